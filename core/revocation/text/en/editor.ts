/** Words of the editor: its keys, and those that its parts have of their own. */
export const revocationEditor = {
  'editor.keys':
    'F8 next finding · Ctrl+Space suggestions · Ctrl+F search · Ctrl+M lets Tab indent, then Esc and Tab leave',
  'editor.finding': '{severity}: {text}',
  'editor.suggestion.now': 'now',
  'editor.suggestion.group':
    '{count, plural, one {# known certificate} other {# known certificates}}',

  'editor.phrase.line': 'line $',
  'editor.phrase.tab-indents': 'Tab indents. Press Escape and then Tab to leave the field.',
  'editor.phrase.tab-leaves': 'Tab leaves the field.',
  'editor.phrase.control-character': 'Control character',
  'editor.phrase.selection-deleted': 'Selection deleted',
  'editor.phrase.suggestions': 'Suggestions',
  'editor.phrase.find': 'Find',
  'editor.phrase.replace-by': 'Replace by',
  'editor.phrase.next': 'Next',
  'editor.phrase.previous': 'Previous',
  'editor.phrase.all': 'Select all',
  'editor.phrase.match-case': 'Match case',
  'editor.phrase.regexp': 'Regular expression',
  'editor.phrase.by-word': 'Whole words',
  'editor.phrase.replace': 'Replace',
  'editor.phrase.replace-all': 'Replace all',
  'editor.phrase.close': 'Close',
  'editor.phrase.current-match': 'Current match',
  'editor.phrase.on-line': 'on line',
  'editor.phrase.replaced-on-line': 'Replaced on line $',
  'editor.phrase.replaced': 'Replaced: $',
} as const;
