import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colours stand for states, so syntax is shown only by weight and two shades. */
const WORDS = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), fontWeight: '600' },
  { tag: [tags.comment, tags.lineComment, tags.meta], color: 'var(--ink-soft)' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--ink-soft)' },
  { tag: [tags.keyword, tags.labelName, tags.typeName], color: 'var(--ink-soft)' },
]);

const EDGE = '1px solid var(--line-control)';
const OPTIONS = '.cm-tooltip.cm-tooltip-autocomplete > ul';

/** Returns the style of a mark in the margin, which keeps its colour even if the system overrides colours. */
function sign(shape: Record<string, string>): Record<string, string> {
  return { content: 'normal', width: '10px', height: '10px', margin: '0 auto', forcedColorAdjust: 'none', ...shape };
}

/** Returns the style of an underline, used instead of the package's picture. */
function underline(style: string, color: string): Record<string, string> {
  return { textDecorationStyle: style, textDecorationColor: color, backgroundImage: 'none' };
}

const CROSS =
  'polygon(0 18%, 18% 0, 50% 32%, 82% 0, 100% 18%, 68% 50%, 100% 82%, 82% 100%, 50% 68%, 18% 100%, 0 82%, 32% 50%)';

const FACE = EditorView.theme({
  '&': { height: '100%', background: 'var(--panel)', color: 'var(--ink)' },
  // The component draws the focus ring, above the margin.
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--face-mono)', fontSize: 'var(--size-body)', lineHeight: '1.5', overflow: 'auto' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 12px 0 6px' },
  '.cm-line::selection, .cm-line ::selection': {
    background: 'var(--strong) !important',
    color: 'var(--ink-on-strong) !important',
  },
  '.cm-gutters': { border: '0', background: 'var(--panel)', color: 'var(--ink-soft)', fontSize: 'var(--size-small)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '28px', padding: '0 8px 0 4px' },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'var(--hover)' },
  '.cm-activeLineGutter': { color: 'var(--ink)' },
  '.cm-specialChar': { color: 'var(--state-expired)' },
  '.cm-searchMatch': { background: 'var(--chosen)', outline: EDGE },
  '.cm-searchMatch-selected': { outline: '2px solid var(--focus)' },

  '.cm-gutter-lint': { width: '18px' },
  '.cm-gutter-lint .cm-gutterElement': { display: 'flex', alignItems: 'center', padding: '0' },
  '.cm-lint-marker-error': sign({ background: 'var(--state-expired)', clipPath: CROSS }),
  '.cm-lint-marker-warning': sign({
    background: 'var(--state-renewal-overdue)',
    clipPath: 'polygon(50% 0, 100% 100%, 0 100%)',
  }),
  '.cm-lint-marker-info': sign({ border: '1.5px solid var(--ink-soft)', borderRadius: '50%' }),
  '.cm-lintRange': {
    backgroundImage: 'none',
    textDecoration: 'underline',
    textUnderlineOffset: '3px',
    textDecorationThickness: '1.5px',
  },
  '.cm-lintRange-error': underline('wavy', 'var(--state-expired)'),
  '.cm-lintRange-warning': underline('wavy', 'var(--state-renewal-overdue)'),
  '.cm-lintRange-info': underline('dotted', 'var(--ink-soft)'),

  '.cm-tooltip': {
    border: '1px solid var(--line-firm)',
    borderRadius: 'var(--radius-small)',
    background: 'var(--raised)',
    color: 'var(--ink)',
    fontFamily: 'var(--face)',
    fontSize: 'var(--size-small)',
    zIndex: '40',
  },
  '.cm-tooltip-lint': { maxWidth: '420px' },
  '.cm-diagnostic': { padding: '6px 10px', lineHeight: 'var(--line)' },
  '.cm-diagnostic + .cm-diagnostic': { borderTop: '1px solid var(--line-soft)' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--state-expired)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--state-renewal-overdue)' },
  '.cm-diagnostic-info': { borderLeft: '3px solid var(--ink-soft)' },
  [OPTIONS]: { maxHeight: '200px', fontFamily: 'var(--face-mono)', fontSize: 'var(--size-small)' },
  [`${OPTIONS} > li`]: { display: 'flex', gap: '16px', padding: '4px 8px', lineHeight: '1.4' },
  [`${OPTIONS} > li[aria-selected]`]: { background: 'var(--strong)', color: 'var(--ink-on-strong)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-completionDetail': { marginLeft: 'auto', fontFamily: 'var(--face)', fontStyle: 'normal' },

  '.cm-panels': { border: '0', background: 'var(--window)', color: 'var(--ink)' },
  '.cm-panels-top': { borderBottom: '1px solid var(--line-soft)' },
  '.cm-panel.cm-search': { padding: '6px 36px 6px 8px', fontFamily: 'var(--face)', fontSize: 'var(--size-small)' },
  '.cm-panel.cm-search label': { display: 'inline-flex', alignItems: 'center', gap: '4px' },
  '.cm-panel.cm-search input[type=checkbox]': { margin: '0', accentColor: 'var(--strong)' },
  '.cm-textfield, .cm-button': {
    minHeight: '26px',
    border: EDGE,
    borderRadius: 'var(--radius-small)',
    background: 'var(--panel)',
    backgroundImage: 'none',
    color: 'var(--ink)',
    fontFamily: 'inherit',
    fontSize: 'inherit',
  },
  '.cm-textfield': { minWidth: '160px', padding: '2px 6px' },
  '.cm-button': { padding: '2px 8px' },
  '.cm-button:hover': { background: 'var(--hover)' },
  '.cm-button:active': { background: 'var(--chosen)', backgroundImage: 'none' },
  '.cm-panel.cm-search [name=close]': {
    top: '4px',
    right: '6px',
    width: '26px',
    height: '26px',
    color: 'var(--ink)',
    fontSize: 'var(--size-lead)',
    cursor: 'default',
  },
  '.cm-panel :focus-visible': { outline: '2px solid var(--focus)', outlineOffset: '1px' },

  '@media (forced-colors: active)': {
    [`${OPTIONS} > li[aria-selected]`]: { forcedColorAdjust: 'none', background: 'Highlight', color: 'HighlightText' },
    '.cm-searchMatch-selected': { outline: '2px solid Highlight' },
  },
});

export const LOOK: Extension = [FACE, syntaxHighlighting(WORDS)];
