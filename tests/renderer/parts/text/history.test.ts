import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineDiff } from '../../../../renderer/parts/text/diff.ts';
import { TextHistory } from '../../../../renderer/parts/text/history.svelte.ts';

/** Types key by key; reports changes as an editor does. */
function typeKeys(history: TextHistory, keys: string, at = history.text.length): void {
  for (const [place, key] of [...keys].entries()) {
    const { text } = history;
    history.type(text.slice(0, at + place) + key + text.slice(at + place));
  }
}

function beginHistory(text: string): TextHistory {
  const history = new TextHistory();
  history.begin(text);
  return history;
}

describe('undo and redo', () => {
  test('undoes typed words one by one, each with the space after it', () => {
    const history = beginHistory('spec: ');
    typeKeys(history, 'two words');
    const texts = [history.text];
    while (history.canUndo) {
      history.undo();
      texts.push(history.text);
    }
    expect(texts).toEqual(['spec: two words', 'spec: two ', 'spec: ']);
    while (history.canRedo) history.redo();
    expect(history.text).toBe('spec: two words');
  });

  test('treats input in another place as a separate step', () => {
    const history = beginHistory('ab');
    typeKeys(history, 'xy', 0);
    typeKeys(history, 'z', 4);
    history.undo();
    expect(history.text).toBe('xyab');
    history.undo();
    expect(history.text).toBe('ab');
  });

  test('undoes pasted text separately from the word typed before it', () => {
    const history = beginHistory('');
    typeKeys(history, 'a');
    history.type('a pasted text');
    history.undo();
    expect(history.text).toBe('a');
  });

  test('undoes a word composed in an IME in one step', () => {
    const history = beginHistory('');
    for (const text of ['k', 'か', 'かn', 'かん', 'かんj', 'かんじ', '漢字']) history.type(text);
    history.undo();
    expect(history.text).toBe('');
  });

  test('restores words one by one after their letters were deleted', () => {
    const history = beginHistory('one two');
    for (let length = 6; length >= 0; length -= 1) history.type('one two'.slice(0, length));
    history.undo();
    expect(history.text).toBe('one ');
    history.undo();
    expect(history.text).toBe('one two');
  });

  test('combines consecutive changes in one field into one step, until the step is closed', () => {
    const history = beginHistory('');
    history.put('a', 'name');
    history.put('ab', 'name');
    history.seal();
    history.put('abc', 'name');
    history.undo();
    expect(history.text).toBe('ab');
    history.undo();
    expect(history.text).toBe('');
  });

  test('discards the redo steps when a change follows an undo', () => {
    const history = beginHistory('a');
    history.put('b');
    history.undo();
    history.put('c');
    expect(history.canRedo).toBe(false);
    history.undo();
    expect(history.text).toBe('a');
  });

  test('offers nothing to undo in a newly loaded text', () => {
    const history = beginHistory('a');
    history.put('b');
    history.begin('c');
    expect([history.canUndo, history.canRedo]).toEqual([false, false]);
  });

  test('leads back to the initial text and forward to the latest text, after any changes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.string({ maxLength: 8 }))), (steps) => {
        const history = beginHistory('start');
        for (const [isTyped, text] of steps) {
          if (isTyped) history.type(text);
          else history.put(text);
        }
        const last = history.text;
        while (history.canUndo) history.undo();
        expect(history.text).toBe('start');
        while (history.canRedo) history.redo();
        expect(history.text).toBe(last);
      }),
    );
  });

  test('keeps the latest five hundred of many steps', () => {
    const history = beginHistory('0');
    for (let step = 1; step <= 600; step += 1) history.put(String(step));
    let undone = 0;
    for (; history.canUndo; undone += 1) history.undo();
    expect([undone, history.text]).toEqual([500, '100']);
  });
});

describe('the difference between two texts', () => {
  const plain = (before: string, after: string): string[] | undefined =>
    lineDiff(before, after)?.map((line) =>
      line.kind === 'skipped'
        ? `… ${String(line.count)}`
        : `${{ same: ' ', removed: '-', added: '+' }[line.kind]}${line.text}`,
    );

  test('shows the removed and added lines, with three unchanged lines around them', () => {
    const lines = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
    const after = lines.map((line) => (line === '5' ? 'five' : line));
    expect(plain(lines.join('\n'), after.join('\n'))).toEqual([
      '… 1',
      ' 2',
      ' 3',
      ' 4',
      '-5',
      '+five',
      ' 6',
      ' 7',
      ' 8',
      '… 1',
    ]);
  });

  test('finds no difference between equal texts, but one if only the line breaks differ', () => {
    expect(plain('a\nb', 'a\nb')).toEqual([]);
    expect(plain('a\r\nb', 'a\nb')).toEqual(['-a␍', '+a', ' b']);
  });

  test('turns one text into the other', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [before, after] = [one.join('\n'), other.join('\n')];
        const lines = lineDiff(before, after) ?? [];
        // Without the skipped lines, neither text can be rebuilt.
        if (lines.some(({ kind }) => kind === 'skipped') || before === after) return;
        const side = (left: string): string =>
          lines.flatMap((line) => (line.kind === left || line.kind === 'skipped' ? [] : [line.text])).join('\n');
        expect([side('added'), side('removed')]).toEqual([before, after]);
      }),
    );
  });

  test('finds the differences in long texts if they are few and far apart', () => {
    const lines = Array.from({ length: 20_000 }, (_, line) => String(line));
    const after = lines.map((line) => (line === '10' || line === '19990' ? 'changed' : line));
    expect(plain(lines.join('\n'), after.join('\n'))).toContain('… 19973');
  });

  test('does not compare long texts that are completely different', () => {
    const lines = (letter: string): string =>
      Array.from({ length: 1_001 }, (_, line) => `${letter}${String(line)}`).join('\n');
    expect(lineDiff(lines('a'), lines('b'))).toBeUndefined();
    expect(lineDiff(lines('a'), `${lines('a')}\nmore`)).toBeDefined();
  });
});
