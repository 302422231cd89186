import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EndMark } from '../../../core/runs/end-mark.ts';

const IDS = ['00000000000000aa', '00000000000000bb'];
const MARK = `\u001e${IDS[0]}.${IDS[1]}`;

function makeMark(): EndMark {
  const ids = [...IDS];
  return new EndMark({ next: () => ids.shift() ?? '' });
}

/** Passes a text through `EndMark` in pieces, cut at these positions, and returns the output without the mark. */
function passText(text: string, cuts: readonly number[] = []): { text: string; isSeen: boolean } {
  const mark = makeMark();
  const bytes = new TextEncoder().encode(text);
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const pieces = [0, ...ends].map((from, at) => bytes.subarray(from, ends[at] ?? bytes.length));
  const chunks = [...pieces.map((piece) => mark.removeMark(piece)), mark.rest()];
  return { text: new TextDecoder().decode(Buffer.concat(chunks)), isSeen: mark.isSeen };
}

describe('the mark at the end of a script', () => {
  test('is found and removed, however the output is cut into pieces', () => {
    const texts = fc.string({ unit: fc.constantFrom('\u001e', '0', 'a', '.', '\n', '証', MARK.slice(0, 9)) });
    const cuts = fc.array(fc.nat(), { maxLength: 8 });
    fc.assert(
      fc.property(texts, texts, cuts, (before, after, at) => {
        expect(passText(`${before}${MARK}${after}`, at)).toEqual({ text: `${before}${after}`, isSeen: true });
        expect(passText(`${before}${after}`, at)).toEqual({ text: `${before}${after}`, isSeen: false });
      }),
    );
  });

  test.each([
    ['its separate parts in the script', `["${IDS[0]}.","${IDS[1]}"]`],
    ['all but its last character', MARK.slice(0, -1)],
    ['all but its first', MARK.slice(1)],
    ['another one', MARK.replace('bb', 'bc')],
    ['nothing', ''],
  ])('is not found in %s', (_title, text) => {
    expect(passText(text)).toEqual({ text, isSeen: false });
  });

  test('is different for each command', () => {
    let count = 0;
    const ids = { next: () => String((count += 1)) };
    expect(new EndMark(ids).parts).not.toEqual(new EndMark(ids).parts);
  });
});
