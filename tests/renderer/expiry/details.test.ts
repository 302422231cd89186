import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { BoardRow } from '../../../core/expiry/model/board-row.ts';
import { DAY_MS } from '../../../core/shared/instant.ts';
import { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { aRow, FakeApi, NOW_MS } from '../fake-api.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

async function detailsOf(row: BoardRow, ...others: BoardRow[]) {
  const api = new FakeApi([row, ...others]);
  const state = new ConsoleState(api.api, { language: 'en-GB', dark: false, readClock: () => NOW_MS });
  await state.settings.load();
  await state.inventory.load();
  state.showCredential({ clusterId: row.clusterId, credentialId: row.id });
  await vi.advanceTimersByTimeAsync(100);
  return state.details;
}

/** Nine tenths of four days are over: overdue, not urgent. */
const OVERDUE = { role: 'scheduler' } as const;

describe('why the renewal of the shown credential fails', () => {
  test('is said of a stalled one, with its sources', async () => {
    const { state, obstacle } = await detailsOf(aRow('scheduler', 0.9, { ...OVERDUE, confirmedMs: NOW_MS }));
    expect(state).toBe('stalled');
    expect(obstacle).toMatchObject({
      statement: { text: 'obstacle.unchanged', citations: [{ certainty: 'inferred' }] },
    });
    expect(obstacle?.by).toBeUndefined();
  });

  test('leads to the credential that stands in the way, also of an urgent one', async () => {
    const ca = aRow('kubernetes', 0.5, { role: 'cluster-ca', notAfterMs: NOW_MS - DAY_MS });
    for (const share of [0.9, 0.97]) {
      const { obstacle } = await detailsOf(aRow('scheduler', share, OVERDUE), ca);
      expect(obstacle?.by).toEqual({
        reference: { clusterId: ca.clusterId, credentialId: ca.id },
        name: 'kubernetes',
        role: 'cluster-ca',
      });
    }
  });

  test('is not another cluster’s', async () => {
    const ca = { role: 'cluster-ca', notAfterMs: NOW_MS - DAY_MS, cluster: 'tokyo' } as const;
    const { state, obstacle } = await detailsOf(aRow('scheduler', 0.9, OVERDUE), aRow('kubernetes', 0.5, ca));
    expect(state).toBe('renewal-overdue');
    expect(obstacle).toBeUndefined();
  });

  test('is said of nothing that is fine, only overdue, or expired', async () => {
    for (const share of [0.2, 0.9, 1.1]) {
      const { obstacle } = await detailsOf(aRow('scheduler', share, OVERDUE));
      expect(obstacle).toBeUndefined();
    }
    const read = { ...OVERDUE, confirmedMs: NOW_MS };
    expect((await detailsOf(aRow('scheduler', 1.1, read))).obstacle).toBeUndefined();
  });
});
