import { expect, test } from 'vitest';
import { copyTexts } from '../../../../core/formats/text/own-text.ts';
import { watchHeldMemory } from '../../../support/held-memory.ts';

test.each(['', 'node-1', '日本語', 'a"b\\c\n', '\ud83d\ude00', '\ud83d'])('a copy equals its text: %j', (text) => {
  expect(copyTexts(text)).toBe(text);
});

test('copied data has equal strings, shares the byte arrays of the original and keeps a repeated object as one object', () => {
  const origin = { format: 'kubeconfig', userName: '\ud83d of a user', part: undefined };
  const bytes = Uint8Array.of(1, 2);
  const data = { list: [origin, origin], bytes, line: 3, isSample: true, nothing: null };
  const copy = copyTexts(data);
  expect(copy).toEqual(data);
  expect(copy.list[0]).not.toBe(origin);
  expect(copy.list[1]).toBe(copy.list[0]);
  expect(copy.bytes).toBe(bytes);
});

test('a copied substring does not keep the original string in memory', async () => {
  const { result, mostHeldBytes } = await watchHeldMemory(async () => {
    const parts: string[] = [];
    for (let each = 0; each < 100; each += 1) {
      const whole = Array.from({ length: 20_000 }, (_, at) => `part ${each} ${at}`).join();
      parts.push(copyTexts(whole.slice(1_000, 1_020)));
      await Promise.resolve();
    }
    return parts;
  });
  expect(result).toHaveLength(100);
  expect(mostHeldBytes).toBeLessThan(10_000_000);
});
