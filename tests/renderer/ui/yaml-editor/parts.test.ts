import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeBetween, getLineSeparator } from '../../../../renderer/ui/yaml-editor/parts.ts';

describe('the change between two texts', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 });

  test('turns the first text into the second', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const change = changeBetween(before, after);
        const { from, to, inserted } = change ?? { from: 0, to: 0, inserted: '' };
        expect(before.slice(0, from) + inserted + before.slice(to)).toBe(after);
      }),
    );
  });

  test('finds the shortest possible single change', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const change = changeBetween(before, after);
        const length = change === undefined ? 0 : change.to - change.from + change.inserted.length;
        // Tries all single changes to find the smallest one.
        let least = before.length + after.length;
        for (let from = 0; from <= before.length; from += 1)
          for (let to = from; to <= before.length; to += 1) {
            const [head, tail] = [before.slice(0, from), before.slice(to)];
            const inserted = after.length - head.length - tail.length;
            if (inserted >= 0 && after.startsWith(head) && after.endsWith(tail))
              least = Math.min(least, to - from + inserted);
          }
        expect(length).toBe(least);
      }),
    );
  });

  test('finds no change between equal texts', () => {
    expect(changeBetween('a\n', 'a\n')).toBeUndefined();
  });
});

describe('line breaks', () => {
  test.each([
    ['', '\n'],
    ['a', '\n'],
    ['a\nb\n', '\n'],
    ['a\r\nb\r\n', '\r\n'],
    ['\r\n', '\r\n'],
    ['a\r\nb\n', '\n'],
    ['\na\r\n', '\n'],
    ['a\r\nb\rc', '\n'],
    ['a\rb', '\n'],
  ])('recognises the line breaks in %j', (text, separator) => {
    expect(getLineSeparator(text)).toBe(separator);
    // Splitting and joining must not lose any character.
    expect(text.split(separator).join(separator)).toBe(text);
  });
});
