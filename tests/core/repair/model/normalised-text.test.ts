import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findChains } from '../../../../core/repair/model/phrase-search.ts';
import { choosePhrase, lineAt, normaliseText } from '../../../../core/repair/model/normalised-text.ts';
import { wrapLines } from '../../../support/perturbed.ts';

/** Returns the letters and digits of a text. Simple, so that it can check `normaliseText`. */
function keepLetters(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

const WORDS = fc.stringMatching(/^[a-zA-Z0-9:.,;=()" '-]{1,60}$/u);

describe('a normalised text', () => {
  test('consists of the letters and digits of the original, in lower case', () => {
    fc.assert(
      fc.property(WORDS, (text) => {
        fc.pre(!/^\s*\d/u.test(text));
        expect(normaliseText(text).text).toBe(keepLetters(text));
      }),
    );
  });

  test('is the same wherever a console wraps the lines', () => {
    fc.assert(
      fc.property(WORDS, fc.integer({ min: 3, max: 20 }), fc.integer({ max: 4 }), (text, width, indent) => {
        // Digits at the start of a line could be mistaken for the time in a log prefix.
        fc.pre(!/\d/u.test(text));
        const wrapped = wrapLines(text, width, ' '.repeat(Math.max(0, indent)));
        expect(normaliseText(wrapped).text).toBe(normaliseText(text).text);
      }),
    );
  });

  test('is the same however often the text was encoded as JSON', () => {
    fc.assert(
      fc.property(WORDS, fc.integer({ min: 1, max: 3 }), (text, times) => {
        let escaped = `say "${text}"\nnow`;
        const plain = normaliseText('say').text + keepLetters(text) + 'now';
        for (let time = 0; time < times; time++) escaped = JSON.stringify(escaped);
        expect(normaliseText(escaped).text).toBe(plain);
      }),
    );
  });

  test.each([
    ['terminal colours', '\u001b[31;1mexpired\u001b[0m', 'expired'],
    ['a terminal title', '\u001b]0;Windows PowerShell\u0007expired', 'expired'],
    ['colours in JSON', '"\\u001b[31mexpired\\u001b[0m"', 'expired'],
    ['typographic quotes', 'doesn’t “expire”', 'doesntexpire'],
    ['HTML entities', '&quot;a&quot; &lt;b&gt; &amp;amp', 'abamp'],
    ['full-width letters', 'Ｅｘｐｉｒｅｄ　４２', 'expired42'],
    ['Japanese', '証明書の期限切れ: Expired', '証明書の期限切れexpired'],
    ['letters of other languages', 'ÄÖÜß Ωμ', 'äöüßωμ'],
    ['non-breaking spaces', 'a\u00a0b\u200bc', 'abc'],
    ['a path with a folder that begins with n', 'open C:\\nodes\\new: no', 'opencnodesnewno'],
    ['a path on a share', '\\\\server\\nodes', 'servernodes'],
    ['escaped line ends', 'Required.\\nfailed\\tto log in', 'requiredfailedtologin'],
    ['a path in JSON', '{"p":"C:\\\\nodes\\\\new"}', 'pcnodesnew'],
  ])('contains only the letters and digits of %s', (_, text, skeleton) => {
    expect(normaliseText(text).text).toBe(skeleton);
  });

  test.each([
    ['RFC 3339', '2026-11-24T09:12:44.123Z stderr F expired'],
    ['a Go program', '2021/08/02 21:27:53 expired'],
    ['klog', 'E0702 15:28:43.669450       1 controller.go:257] expired'],
    ['klog after a runtime’s timestamp', '2026-11-24T09:12:44Z stdout F I0702 15:28:43.66 1 a.go:7] expired'],
    ['syslog', 'Nov 24 09:12:44 host-1 kubelet[812]: expired'],
    ['PowerShell', 'VERBOSE: [11/24/2026 09:12:45] expired'],
    ['a quoted email', '> > expired'],
  ])('omits the line prefix of %s', (_, line) => {
    expect(normaliseText(line).text).toBe('expired');
  });

  test('keeps the original line number of each letter', () => {
    const skeleton = normaliseText('one\r\n\r\ntwo\nthree\rfour');
    const { text } = skeleton;
    expect(text).toBe('onetwothreefour');
    const lines = ['one', 'two', 'three', 'four'].map((word) => lineAt(skeleton, text.indexOf(word)));
    expect(lines).toEqual([1, 3, 4, 5]);
    expect(lineAt(normaliseText(''), 0)).toBe(1);
  });

  test('contains each phrase of the original', () => {
    fc.assert(
      fc.property(WORDS, (phrase) => {
        fc.pre(!/^\s*\d/u.test(phrase));
        expect(normaliseText(`x ${phrase} y`).text).toBe(`x${choosePhrase(phrase)}y`);
      }),
    );
  });

  test.each(['\\', '"\\', '\u001b[', '\u001b]', '&', '&amp', '\n', '{"', '\\u', '"\\u00', '2026-11-24'])(
    'is computed quickly even if "%s" is repeated many times',
    (text) => {
      expect(normaliseText(text.repeat(20_000)).text.length).toBeLessThan(200_001);
    },
  );
});

describe('phrases that follow each other', () => {
  /** Returns where the last phrase begins in each match, by trying every position for every phrase. */
  function matchSlowly(text: string, phrases: readonly string[], gap: number): number[] {
    const ends: number[] = [];
    const walk = (index: number, from: number, most: number): boolean => {
      const phrase = phrases[index];
      if (phrase === undefined) return true;
      for (let at = from; at <= Math.min(most, text.length - phrase.length); at++)
        if (text.startsWith(phrase, at)) {
          const end = at + phrase.length;
          if (index === phrases.length - 1) ends.push(at);
          else walk(index + 1, end, end + gap);
        }
      return false;
    };
    walk(0, 0, Infinity);
    return [...new Set(ends)].sort((one, other) => one - other);
  }

  const LETTERS = fc.stringMatching(/^[abc]{0,40}$/u);
  // Phrases that do not overlap themselves, like those of real errors.
  const PHRASES = fc.array(fc.constantFrom('ab', 'bc', 'c', 'abc', 'ca'), { minLength: 1, maxLength: 3 });

  test('are found wherever a search through all positions finds them', () => {
    fc.assert(
      fc.property(LETTERS, PHRASES, fc.integer({ min: 0, max: 6 }), (text, phrases, gap) => {
        const chains = findChains({ text, positions: new Map() }, phrases, gap);
        expect(chains.map((chain) => chain.at(-1))).toEqual(matchSlowly(text, phrases, gap));
        for (const chain of chains)
          for (const [at, place] of chain.entries()) expect(text.startsWith(phrases[at] ?? '-', place)).toBe(true);
      }),
    );
  });

  test.each([
    [4, 0],
    [5, 1],
    [6, 1],
  ])('with a gap of at most %d letters are found %d times if five letters lie between them', (gap, times) => {
    expect(findChains({ text: 'one12345two', positions: new Map() }, ['one', 'two'], gap)).toHaveLength(times);
  });
});
