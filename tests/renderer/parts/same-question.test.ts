import { flushSync } from 'svelte';
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../../core/shared/instant.ts';
import { SameQuestion } from '../../../renderer/parts/same-question.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { openConsole, type TestConsole } from '../../support/console.ts';
import { certificateFiles } from '../../support/fleet.ts';

const FILES = await certificateFiles({ role: 'cluster-ca', lifeMs: 3_650 * DAY_MS });

test('returns the same object for a question until one of its parts changes', () => {
  const same = new SameQuestion<{ rows: readonly number[] }>();
  const rows = [1];
  const first = { rows };
  expect(same.reuse(first, [rows, 'a'])).toBe(first);
  expect(same.reuse({ rows }, [rows, 'a'])).toBe(first);
  const other = { rows };
  expect(same.reuse(other, [rows, 'b'])).toBe(other);
  expect(same.reuse({ rows }, [[1], 'b'])).not.toBe(other);
});

interface Opened {
  console: TestConsole;
  state: ConsoleState;
}

async function openState(): Promise<Opened> {
  const console = await openConsole();
  await console.import(FILES);
  const state = await console.open();
  return { console, state };
}

/** Questions that main answers from the whole inventory. */
const QUESTIONS: [string, (state: ConsoleState) => unknown][] = [
  ['maintenance plan', ({ maintenance }) => maintenance.question],
  ['causes of a repair', ({ repair }) => repair.question],
  ['repair plan', ({ repair }) => repair.planQuestion],
  ['update plan', ({ update }) => update.question],
  ['forecast', ({ timeline }) => timeline.question],
];

describe.each(QUESTIONS)('the question for the %s', (_, questionOf) => {
  test('remains the same object as time passes and when an unrelated setting changes', async () => {
    const { console, state } = await openState();
    const first = questionOf(state);
    for (let second = 0; second < 90; second += 1) {
      console.clockMs += SECOND_MS;
      state.now.tick();
      flushSync();
      expect(questionOf(state)).toBe(first);
    }
    state.settings.change({ density: 'compact' });
    flushSync();
    expect(questionOf(state)).toBe(first);
  });

  test('becomes a new object after an hour, and when thresholds or the inventory change', async () => {
    const { console, state } = await openState();
    const asked = new Set([questionOf(state)]);
    console.clockMs += HOUR_MS;
    state.now.tick();
    flushSync();
    asked.add(questionOf(state));
    state.settings.change({ thresholds: { 'kubernetes-leaf': { renewalDue: { share: 0.6 } } } });
    flushSync();
    asked.add(questionOf(state));
    await state.inventory.forget(console.clusterId('retail-east'));
    await expect.poll(() => state.inventory.rows).toEqual([]);
    flushSync();
    asked.add(questionOf(state));
    expect(asked.size).toBe(4);
  });
});
