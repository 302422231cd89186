import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { runOutcome, type RunFleet } from '../../../../core/runs/model/outcome.ts';
import type { RunBaseline, RunOutcome } from '../../../../core/runs/model/run.ts';
import { runFile } from '../../../../core/runs/store/schemas.ts';
import { formatElsewhere, verdictLines } from '../../../../core/runs/text/run-text.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import { DAY_MS, epochMs, HOUR_MS, instant } from '../../../../core/shared/instant.ts';
import { translator } from '../../../../core/shared/text/text.ts';
import { boardRow } from '../../../support/board-rows.ts';
import { makePlan, makeRun, step } from '../plans.ts';

const now = instant('2026-11-24T12:00:00Z');
const VALID = { notBeforeMs: epochMs(now) - DAY_MS, notAfterMs: epochMs(now) + 300 * DAY_MS };
const EXPIRED = { notBeforeMs: epochMs(now) - 97 * HOUR_MS, notAfterMs: epochMs(now) - HOUR_MS };
const EARLY = { notBeforeMs: epochMs(now) + HOUR_MS, notAfterMs: epochMs(now) + 300 * DAY_MS };

type Facts = Partial<BoardRow> & { of: string };

function makeFleet(...facts: Facts[]): RunFleet {
  const rows = facts.map(({ of, ...each }, at) =>
    boardRow({ id: `${of} ${at}` as CredentialId, clusterId: of as ClusterId, cluster: of, ...each }),
  );
  const names = [...new Set(facts.map(({ of }) => of))];
  const clusters = names.map((name) => {
    const sample = facts.some(({ of, sample: isSample }) => of === name && isSample) || undefined;
    const kind = name === 'hosts' ? 'moc' : 'kubernetes';
    return { id: name, name, kind, sample, credentials: [], history: [] } as unknown as Cluster;
  });
  const listRows = ({ id }: Cluster) => rows.filter(({ clusterId }) => clusterId === id);
  return { now, clusters, classes: LIFETIME_CLASSES, facts: {}, listRows };
}

function makeBaseline(...names: string[]): RunBaseline[] {
  return names.map((name) => ({ id: name as ClusterId, name, expired: 1, soon: 0, credentials: [] }));
}

function listTexts(outcome: RunOutcome, language: 'en' | 'ja' = 'en'): string[] {
  const clusters = outcome.clusters.map(({ id, name }) => ({ id, name, isHost: name === 'hosts' }));
  const run = { plan: { clusters }, outcome } as unknown as Parameters<typeof verdictLines>[0];
  const translate = translator(language);
  return [...verdictLines(run, translate).map(({ text }) => text), formatElsewhere(run, translate) ?? []].flat();
}

describe('the verdict of a run', () => {
  test('says that a cluster is repaired, and names what is still open on the hosts', () => {
    const fleet = makeFleet(
      { of: 'sapporo-depot', ...VALID },
      { of: 'hosts', role: 'node-agent', name: 'token of wssdagent', ...EXPIRED },
    );
    const outcome = runOutcome(makeBaseline('sapporo-depot', 'hosts'), fleet);
    expect(listTexts(outcome)).toEqual(['sapporo-depot is repaired.', 'Still open on the hosts: token of wssdagent']);
    expect(listTexts(outcome, 'ja')).toEqual([
      'sapporo-depot の修復が完了しました。',
      'ホストに残っている問題: token of wssdagent',
    ]);
  });

  test('does not call a cluster repaired in which a function has stopped, although nothing in it is expired', () => {
    const outcome = runOutcome(makeBaseline('east'), makeFleet({ of: 'east', ...EARLY }));
    expect(outcome.clusters[0]).toMatchObject({ stillExpired: [], stopped: ['clock'] });
    expect(listTexts(outcome)).toEqual(['Still open in east: Credentials refused because of a wrong clock']);
  });

  test('counts the clusters elsewhere that need a repair, not those that are fine', () => {
    const others = [
      { of: 'west', ...EXPIRED },
      { of: 'north', ...EXPIRED },
      { of: 'fine', ...VALID },
    ];
    const outcome = runOutcome(makeBaseline('east'), makeFleet({ of: 'east', ...VALID }, ...others));
    expect(listTexts(outcome)).toEqual(['east is repaired.', 'Elsewhere in the fleet, 2 clusters need repair.']);
  });

  test('judges a demo cluster beside real ones, and does not count those as open', () => {
    const fleet = makeFleet(
      { of: 'east', sample: true, ...EXPIRED },
      { of: 'demo', sample: true, ...EXPIRED },
      { of: 'real', ...EXPIRED },
    );
    const outcome = runOutcome(makeBaseline('east'), fleet);
    expect(outcome).toMatchObject({ elsewhere: 0, clusters: [{ stopped: ['api-server'] }] });
  });

  test('has at most five lines of each kind, then a count, and no line for what was never broken', () => {
    const names = Array.from({ length: 7 }, (_, at) => `plant${at}`);
    const facts = names.map((of) => ({ of, ...VALID }));
    const broken = ['a', 'b', 'c', 'd', 'e', 'f'].map((of) => ({ of, ...EXPIRED }));
    const baseline = makeBaseline(...names, ...broken.map(({ of }) => of));
    const sound = { ...makeBaseline('sound')[0]!, expired: 0 };
    const outcome = runOutcome([...baseline, sound], makeFleet(...facts, ...broken, { of: 'sound', ...VALID }));
    const texts = listTexts(outcome);
    expect(texts).toHaveLength(12);
    expect([texts[5], texts[11]]).toEqual(['2 more clusters are repaired.', '1 more cluster still has problems.']);
    expect(texts.join()).not.toContain('sound');
  });

  test('names at most three credentials', () => {
    const facts = ['one', 'two', 'three', 'four', 'five'].map((name) => ({ of: 'east', name, ...EXPIRED }));
    expect(listTexts(runOutcome(makeBaseline('east'), makeFleet(...facts)))).toEqual([
      'Still open in east: one, two, three and 2 more',
    ]);
  });

  test('is kept in the record of the run', () => {
    const outcome = runOutcome(makeBaseline('east'), makeFleet({ of: 'east', ...EARLY }, { of: 'west', ...EXPIRED }));
    const kept = JSON.stringify({ ...makeRun(makePlan(step('one'))), outcome });
    expect(runFile.parse(JSON.parse(kept)).outcome).toEqual(outcome);
    expect(outcome).toMatchObject({ elsewhere: 1 });
  });

  test('is missing in records of early releases', () => {
    const { clusters, readAt } = runOutcome(makeBaseline('east'), makeFleet({ of: 'east', ...VALID }));
    const early = clusters.map(({ names: _names, stopped: _stopped, ...each }) => each);
    expect(listTexts({ readAt, clusters: early })).toEqual([]);
  });
});
