import { changeBetween } from '../../ui/yaml-editor/parts.ts';

/** The one place in which two texts differ. */
function editBetween(before: string, after: string) {
  const end = before.length;
  const { from, to, inserted } = changeBetween(before, after) ?? { from: end, to: end, inserted: '' };
  return { from, removed: before.slice(from, to), inserted };
}

const BLANK_END = /\s$/u;
const BLANK_START = /^\s/u;

/** Whether an edit continues the word being typed, so that one undo takes back both. */
export function isOneWord(texts: { base: string; before: string; after: string }): boolean {
  const word = editBetween(texts.base, texts.before);
  const edit = editBetween(texts.before, texts.after);
  const end = word.from + word.inserted.length;
  if (word.removed === '' && word.inserted === '') return false;
  // Inserted behind the word, or changed inside it by an input method.
  if (word.inserted !== '') {
    const isWithin = edit.from >= word.from && edit.from + edit.removed.length <= end;
    if (!isWithin) return false;
    if (edit.from < end || edit.inserted === '') return true;
    const beginsAnother = BLANK_END.test(word.inserted) && !BLANK_START.test(edit.inserted);
    return !beginsAnother && [...edit.inserted].length === 1;
  }
  if (edit.inserted !== '') return false;
  const isBackwards = edit.from + edit.removed.length === word.from;
  if (!isBackwards && edit.from !== word.from) return false;
  const [first, last] = isBackwards ? [edit.removed, word.removed] : [word.removed, edit.removed];
  // Deletions are undone word by word too, in either direction.
  return !BLANK_END.test(first) || BLANK_START.test(last);
}
