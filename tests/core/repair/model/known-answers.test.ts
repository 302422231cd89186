import { describe, expect, test } from 'vitest';
import { TRIAGE_IDS } from '../../../../core/knowledge/model/triage.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { diagnose } from '../../../../core/repair/model/diagnose.ts';
import { DAY_MS, HOUR_MS, instantFromMs, instant, epochMs } from '../../../../core/shared/instant.ts';
import {
  collectAnswers,
  lastSeenRunningMs,
  rolesBehind,
  type KnownAnswer,
  type KnownAnswers,
} from '../../../../core/repair/model/known-answers.ts';
import { boardRow } from '../../../support/board-rows.ts';

const NOW_MS = epochMs(instant('2026-11-24T12:00:00Z'));
const EAST = 'retail-east' as ClusterId;
const AGENT = 'ca-1' as ClusterId;

const token = (daysAgo: number, confirmedMs?: number) =>
  boardRow({
    cluster: AGENT,
    kind: 'token',
    layer: 'moc',
    role: 'kms-plugin-token',
    name: `token-${daysAgo}`,
    notBeforeMs: NOW_MS - daysAgo * DAY_MS,
    confirmedMs,
  });

describe('an answer known from the inventory', () => {
  test('is absent without credentials and without a statement of the admin', () => {
    expect(collectAnswers({ ids: [EAST], rows: [], facts: {}, nowMs: NOW_MS })).toEqual({});
  });

  test('contains the age of the last update according to the oldest token, and the time at which that token was read', () => {
    const readMs = NOW_MS - 2 * DAY_MS;
    const { daysSinceUpdate, offHours } = collectAnswers({
      ids: [EAST, AGENT],
      rows: [token(3), token(61, readMs)],
      facts: {},
      nowMs: NOW_MS,
    });
    expect(daysSinceUpdate).toMatchObject({ amount: 61, source: 'inventory', readMs });
    expect(daysSinceUpdate?.citations.length).toBeGreaterThan(0);
    expect(offHours).toBeUndefined();
  });

  test('is overridden by statements about the cluster, or else by those about its hosts', () => {
    const ago = (days: number) => instantFromMs(NOW_MS - days * DAY_MS);
    const facts = { [EAST]: { offSince: ago(6) }, [AGENT]: { offSince: ago(9), lastUpdatedAt: ago(20) } };
    const known = collectAnswers({ ids: [EAST, AGENT], rows: [token(61)], facts, nowMs: NOW_MS });
    expect(known.offHours).toMatchObject({ amount: (6 * DAY_MS) / HOUR_MS, source: 'stated' });
    expect(known.daysSinceUpdate).toMatchObject({ amount: 20, source: 'stated' });
  });
});

describe('a known answer as evidence', () => {
  const days = (amount: number, source: KnownAnswer['source']): KnownAnswers => ({
    daysSinceUpdate: { amount, source, citations: [] },
  });
  const inventory = { expired: new Set(['kms-plugin-token'] as const) };
  const findItem = (known: KnownAnswers, answers = {}) =>
    diagnose({ texts: [], known, answers, inventory })
      .causes.find(({ failure }) => failure === 'F21')
      ?.evidence.find((item) => item.kind === 'answer');

  test.each([
    ['just under 60 days', 59.99, undefined],
    ['at 60 days', 60, 'inventory'],
  ] as const)('has an effect from 60 days on: %s', (_, amount, from) => {
    expect(findItem(days(amount, 'inventory'))).toEqual(
      from === undefined
        ? undefined
        : { kind: 'answer', sign: 'days', answer: { field: 'daysSinceUpdate', atLeast: 60 }, from },
    );
  });

  test('is overridden by an explicit answer, even by “unknown”', () => {
    expect(findItem(days(70, 'inventory'), { daysSinceUpdate: 5 })).toBeUndefined();
    expect(findItem(days(70, 'inventory'), { daysSinceUpdate: null })).toBeUndefined();
    expect(findItem(days(5, 'inventory'), { daysSinceUpdate: 70 })).not.toHaveProperty('from');
  });

  test('is not enough to diagnose a failure if the age of the update is known only from a token', () => {
    const causes = (source: KnownAnswer['source']) =>
      diagnose({ texts: [], known: days(70, source) }).causes.map(({ failure }) => failure);
    expect(causes('inventory')).toEqual([]);
    expect(causes('stated')).toEqual(['F21']);
  });
});

describe('the time at which a cluster was last seen running', () => {
  const makeRow = (daysAgo: number, change = {}) =>
    boardRow({ cluster: EAST, notBeforeMs: NOW_MS - daysAgo * DAY_MS, ...change });

  test('is the date of its newest certificate that renews itself', () => {
    const rows = [
      ...[makeRow(9), makeRow(7), makeRow(-1)],
      makeRow(2, { cluster: AGENT }),
      makeRow(3, { layer: 'moc', role: 'kms-plugin' }),
      makeRow(4, { kind: 'token' }),
      makeRow(5, { layer: 'workstation', role: 'admin-kubeconfig' }),
    ];
    expect(lastSeenRunningMs(rows, EAST, NOW_MS)).toBe(NOW_MS - 7 * DAY_MS);
    expect(lastSeenRunningMs([], EAST, NOW_MS)).toBeUndefined();
  });
});

test('a layer depends on the credentials whose expiry causes its failures', () => {
  expect(rolesBehind('mocctl')).toEqual(['mocctl']);
  const etcd = ['apiserver-etcd-client', 'etcd-server', 'etcd-peer', 'etcd-healthcheck-client'];
  expect(rolesBehind('workload-api-server')).toEqual(['apiserver', ...etcd, 'kms-plugin-token']);
  expect(TRIAGE_IDS.filter((id) => rolesBehind(id).length === 0)).toEqual(['clock']);
});
