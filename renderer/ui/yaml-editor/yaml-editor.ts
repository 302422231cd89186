import {
  autocompletion,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  forEachDiagnostic,
  lintGutter,
  nextDiagnostic,
  previousDiagnostic,
  setDiagnostics,
  type Diagnostic,
} from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, Text, type Extension } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  type Command,
  type KeyBinding,
} from '@codemirror/view';
import { changeBetween, getLineSeparator, type EditorFinding, type Suggest } from './parts.ts';
import { LOOK } from './theme.ts';

export interface YamlEditorSettings {
  label: string;
  /** ID of the element that explains the keys. */
  describedBy: string;
  phrases: Record<string, string>;
}

export interface YamlEditorEvents {
  suggest: Suggest;
  ontype: (text: string) => void;
  onundo: () => void;
  onredo: () => void;
}

const fromOutside = Annotation.define<true>();

const SEVERITIES = { error: 'error', warning: 'warning', notice: 'info' } as const;

/** Keys that the console uses for something else. */
const LEFT_OUT: ReadonlySet<string | undefined> = new Set(['Mod-Alt-g', 'Mod-Shift-k', 'Mod-k']);

/**
 * An editor in a shadow root. Its styles are adopted style sheets, because the content security policy forbids style
 * elements.
 */
export class YamlEditor {
  #view: EditorView;
  #events: YamlEditorEvents;
  #settings = new Compartment();
  #separator = new Compartment();
  #told: string;
  /** The next change is undo or redo, and is scrolled into view. */
  #follows = false;
  #waiting: readonly EditorFinding[] | undefined;

  constructor(root: ShadowRoot, text: string, settings: YamlEditorSettings & YamlEditorEvents) {
    this.#events = settings;
    this.#told = text;
    const separator = getLineSeparator(text);
    this.#view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: Text.of(text.split(separator)),
        extensions: [
          this.#separator.of(EditorState.lineSeparator.of(separator)),
          this.#settings.of(getExtension(settings)),
          this.#keys(),
          ...FIXED,
          autocompletion({ icons: false, override: [(context) => this.#complete(context)] }),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            if (update.transactions.some((one) => one.annotation(fromOutside))) return;
            this.#follows = false;
            if (!update.view.composing) this.#tell();
          }),
          EditorView.domEventHandlers({
            beforeinput: (event) => this.#historyWanted(event),
            compositionend: () => void requestAnimationFrame(() => this.#endComposition()),
          }),
        ],
      }),
    });
    // Tab leaves the editor, as in any field. Ctrl+M makes Tab indent until Escape is pressed.
    this.#view.setTabFocusMode(true);
    // A search box has its own undo and keys.
    root.addEventListener('keydown', (event) => {
      const isInPanel = (event.target as Element).closest('.cm-panel') !== null;
      if (isInPanel && !LEAVES_PANEL.has((event as KeyboardEvent).key)) event.stopPropagation();
    });
  }

  get text(): string {
    return this.#view.state.sliceDoc();
  }

  /** Replaces the text. Cursor and scroll position stay where the text is unchanged. */
  setText(text: string): void {
    const { state } = this.#view;
    this.#told = text;
    if (text === this.text) return;
    const separator = getLineSeparator(text);
    const change = changeBetween(state.doc.toString(), text.split(separator).join('\n'));
    const end = change === undefined ? 0 : change.from + change.inserted.length;
    this.#view.dispatch({
      ...(separator !== state.lineBreak && {
        effects: this.#separator.reconfigure(EditorState.lineSeparator.of(separator)),
      }),
      ...(change !== undefined && {
        changes: { from: change.from, to: change.to, insert: Text.of(change.inserted.split('\n')) },
        ...(this.#follows && { selection: { anchor: end }, scrollIntoView: true }),
      }),
      annotations: fromOutside.of(true),
    });
    this.#follows = false;
  }

  setFindings(findings: readonly EditorFinding[]): void {
    if (this.#view.composing) {
      this.#waiting = findings;
      return;
    }
    this.#waiting = undefined;
    const { state } = this.#view;
    const diagnostics = findings.flatMap((finding) => buildDiagnostics(finding, state.doc));
    this.#view.dispatch(setDiagnostics(state, diagnostics));
  }

  setSettings(settings: YamlEditorSettings): void {
    this.#view.dispatch({ effects: this.#settings.reconfigure(getExtension(settings)) });
  }

  focus(): void {
    this.#view.focus();
  }

  reveal(line: number): void {
    const { doc } = this.#view.state;
    const { from, text } = doc.line(Math.max(1, Math.min(line, doc.lines)));
    const anchor = from + text.length - text.trimStart().length;
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    this.#view.focus();
  }

  close(): void {
    this.#view.destroy();
  }

  #keys(): Extension {
    const undo = makeCommand(() => this.#turn('onundo'));
    const redo = makeCommand(() => this.#turn('onredo'));
    const bindings: KeyBinding[] = [
      { key: 'Mod-z', run: undo },
      { key: 'Mod-y', run: redo },
      { key: 'Mod-Shift-z', run: redo },
      { key: 'F8', run: announceAfter(nextDiagnostic), shift: announceAfter(previousDiagnostic) },
      { key: 'Ctrl-m', run: toggleTab },
      ...completionKeymap,
      ...searchKeymap.filter(({ key }) => !LEFT_OUT.has(key)),
      ...defaultKeymap.filter(({ key }) => !LEFT_OUT.has(key)),
      indentWithTab,
    ];
    // A key used here must have no other effect in the console.
    return keymap.of(bindings.map((binding) => ({ ...binding, stopPropagation: true })));
  }

  #turn(way: 'onundo' | 'onredo'): void {
    this.#follows = true;
    this.#events[way]();
  }

  /** Handles undo and redo from a menu. */
  #historyWanted(event: InputEvent): boolean {
    if (event.inputType === 'historyUndo') this.#turn('onundo');
    else if (event.inputType === 'historyRedo') this.#turn('onredo');
    else return false;
    event.preventDefault();
    return true;
  }

  /** Reports all text composed in an IME as one undo step. */
  #endComposition(): void {
    if (this.#view.composing) return;
    this.#tell();
    if (this.#waiting !== undefined) this.setFindings(this.#waiting);
  }

  #tell(): void {
    const { text } = this;
    if (text === this.#told) return;
    this.#told = text;
    this.#events.ontype(text);
  }

  #complete(context: CompletionContext): CompletionResult | null {
    const found = this.#events.suggest(context.state.doc.toString(), context.pos);
    if (found === undefined || found.options.length === 0) return null;
    if (!context.explicit && found.from === context.pos) return null;
    return {
      from: found.from,
      options: found.options.map(({ text, insert, detail }, index) => ({
        label: text,
        apply: insert ?? text,
        boost: -index,
        detail,
      })),
      validFor: /^[\w."':-]*$/u,
    };
  }
}

/** Keys that affect the console even if pressed in a panel. */
const LEAVES_PANEL: ReadonlySet<string> = new Set(['Tab', 'F6']);

const FIXED: readonly Extension[] = [
  lineNumbers(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  yaml(),
  lintGutter(),
  search({ top: true }),
  // Pasted line breaks are converted to those of the text.
  EditorView.clipboardInputFilter.of((text, { lineBreak }) => text.replaceAll(/\r\n?|\n/gu, lineBreak)),
  LOOK,
];

function getExtension(settings: YamlEditorSettings): Extension {
  const { label, describedBy, phrases } = settings;
  return [
    EditorState.phrases.of(phrases),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-describedby': describedBy,
      'aria-readonly': 'false',
      spellcheck: 'false',
      tabindex: '0',
    }),
  ];
}

function buildDiagnostics(finding: EditorFinding, doc: Text): Diagnostic[] {
  const { line: number, column = 1, severity, message } = finding;
  if (number === undefined || number < 1 || number > doc.lines) return [];
  const line = doc.line(number);
  const end = line.from + line.text.trimEnd().length;
  const begin = line.from + line.text.length - line.text.trimStart().length;
  const from = Math.min(Math.max(line.from + column - 1, begin), end);
  return [{ from, to: Math.max(from, end), severity: SEVERITIES[severity], message }];
}

function makeCommand(run: () => void): Command {
  return () => {
    run();
    return true;
  };
}

/** Announces the finding after a move, because its tooltip is not read out. */
function announceAfter(move: Command): Command {
  return (view) => {
    if (!move(view)) return false;
    const { from, to } = view.state.selection.main;
    const words: string[] = [];
    forEachDiagnostic(view.state, ({ message }, start, end) => {
      if (start <= to && end >= from) words.push(message);
    });
    const line = view.state.doc.lineAt(from).number;
    const place = view.state.phrase('line $', line);
    view.dispatch({ effects: EditorView.announce.of(`${place}. ${words.join(' ')}`) });
    return true;
  };
}

const tabIndents = new WeakMap<EditorView, boolean>();

const toggleTab: Command = (view) => {
  const indents = tabIndents.get(view) !== true;
  tabIndents.set(view, indents);
  view.setTabFocusMode(!indents);
  const phrase = view.state.phrase(indents ? 'Tab indents' : 'Tab leaves');
  view.dispatch({ effects: EditorView.announce.of(phrase) });
  return true;
};
