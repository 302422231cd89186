import { changeBetween } from '../../ui/yaml-editor/parts.ts';

const BLANK_END = /\s$/u;
const BLANK_START = /^\s/u;

/** Returns whether an edit continues the word being typed, so that one undo reverts the whole word. */
export function isOneWord(texts: { base: string; before: string; after: string }): boolean {
  const word = changeBetween(texts.base, texts.before);
  const edit = changeBetween(texts.before, texts.after);
  if (word === undefined || edit === undefined) return false;
  const end = word.from + word.inserted.length;
  // An IME inserts text after the word or changes the word.
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
  // Deletions are also undone word by word, in either direction.
  return !BLANK_END.test(first) || BLANK_START.test(last);
}
