import { expect, test } from 'vitest';
import { ownText } from '../../../../core/formats/text/own-text.ts';
import { watchHeldMemory } from '../../../support/held-memory.ts';

test.each(['', 'node-1', '日本語', 'a"b\\c\n', '\ud83d\ude00', '\ud83d'])('a copy is the same text: %j', (text) => {
  expect(ownText(text)).toBe(text);
});

test('copies of parts do not keep the texts in memory that they were part of', async () => {
  const { result, mostHeldBytes } = await watchHeldMemory(async () => {
    const parts: string[] = [];
    for (let each = 0; each < 100; each += 1) {
      const whole = Array.from({ length: 20_000 }, (_, at) => `part ${each} ${at}`).join();
      parts.push(ownText(whole.slice(1_000, 1_020)));
      await Promise.resolve();
    }
    return parts;
  });
  expect(result).toHaveLength(100);
  expect(mostHeldBytes).toBeLessThan(10_000_000);
});
