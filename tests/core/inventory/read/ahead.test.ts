import { expect, test } from 'vitest';
import { ahead } from '../../../../core/inventory/read/ahead.ts';

test('prefetched results, including failures, arrive in the order of their items', async () => {
  const items = Array.from({ length: 100 }, (_, at) => at);
  let running = 0;
  let most = 0;
  const arrived: (string | number)[] = [];
  const action = async (item: number): Promise<number> => {
    running += 1;
    most = Math.max(most, running);
    // In each group of four, later items finish first.
    await new Promise((done) => setTimeout(done, 3 - (item % 4)));
    running -= 1;
    if (item % 10 === 9) throw new Error(`no ${item}`);
    return item;
  };
  for await (const [item, outcome] of ahead(items, action)) {
    arrived.push('value' in outcome ? outcome.value : String(outcome.error));
    expect(arrived.at(-1)).toBe(item % 10 === 9 ? `Error: no ${item}` : item);
  }
  expect(arrived).toHaveLength(100);
  expect(most).toBe(16);
});
