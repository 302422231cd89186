import { describe, expect, test } from 'vitest';
import { advance } from '../../../core/simulation/advance.ts';
import { observe } from '../../../core/simulation/observe.ts';
import type { DeploymentState } from '../../../core/simulation/state.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { DAY_MS, instantFromMs, epochMs } from '../../../core/shared/instant.ts';
import { commandText } from '../../../core/plan/model/plan.ts';
import { powerOffClocks, type PowerOffClock } from '../../../core/availability/model/power-off.ts';
import { newRun, type RunId, type RunRecord } from '../../../core/runs/model/run.ts';
import { NOTHING_KNOWN, type KnownVersions } from '../../../core/update/model/versions.ts';
import { runPlan } from '../../../core/runs/runner.ts';
import { simulateHost } from '../../support/simulated-host.ts';
import { listRows } from '../../../core/inventory/store/rows.ts';
import { updatePlan } from '../../../core/update/model/plan.ts';
import { updateRequest } from '../../../core/update/request.ts';
import { buildInventory } from '../../support/inventory-of-deployment.ts';
import { testPorts } from '../../support/ports.ts';
import { deployment, Life } from '../simulation/deployment.ts';

/*
 * These tests update a simulated copy, 70 days after its last update. The effects are checked in the inventory of the
 * copy, independently of the plan and the run.
 */

const VERSIONS: KnownVersions = {
  ...NOTHING_KNOWN,
  host: '1.0.14.10928',
  hostUpdates: ['1.0.17.10310'],
  clusters: [
    {
      name: 'retail',
      kubernetesVersion: 'v1.21.9',
      updates: [
        { kubernetesVersion: 'v1.21.14', operatingSystem: {} },
        { kubernetesVersion: 'v1.22.11', operatingSystem: {} },
      ],
    },
  ],
};

/**
 * Returns a deployment after this many days in which nothing was rotated automatically, as before 2023, so each token
 * is as old as the last update.
 */
function idleFor(days: number): DeploymentState {
  return new Life(deployment({ settings: { autoRotate: [] } })).pass(days * DAY_MS).state;
}

function makeClocks(state: DeploymentState, names?: ReadonlyMap<string, string>): PowerOffClock[] {
  const clusters = buildInventory(state).map((cluster): Cluster => {
    return { ...cluster, name: names?.get(cluster.id) ?? cluster.name };
  });
  const rows = clusters.flatMap((cluster) => listRows(cluster));
  const now = { nowMs: epochMs(state.now), classes: LIFETIME_CLASSES, facts: {} };
  return powerOffClocks(clusters, rows, now);
}

/** Returns the days since the update for each kind of cluster with a token that shows it. */
const countDays = (state: DeploymentState): Record<string, number> =>
  Object.fromEntries(
    makeClocks(state).flatMap(({ kind, update }) =>
      update === undefined ? [] : [[kind, Math.floor((epochMs(state.now) - update.lastUpdatedMs) / DAY_MS)]],
    ),
  );

interface Updated {
  run: RunRecord;
  changes: string[];
  state: DeploymentState;
}

async function runUpdate(before: DeploymentState): Promise<Updated> {
  const clusters = buildInventory(before);
  const { plan } = updatePlan(
    updateRequest(
      {
        now: before.now,
        clusters,
        facts: {},
        classes: LIFETIME_CLASSES,
        minutes: {},
        rows: clusters.flatMap((cluster) => listRows(cluster)),
        versions: VERSIONS,
      },
      { clusters: ['retail'], versions: new Map(), onlySystem: false },
    ),
  );
  const target = simulateHost({ clusters, facts: {}, now: before.now, plan });
  const { clock } = testPorts();
  clock.moment = before.now;
  const run = await runPlan({
    target,
    clock,
    keep: () => Promise.resolve(),
    run: newRun({ id: '00000000000000aa' as RunId, plan, target: 'sample', by: 'admin', startedAt: before.now }),
    events: {
      ask: ({ step, byHand }) =>
        Promise.resolve(
          step.only === undefined ? { kind: byHand ? 'done' : 'run' } : { kind: 'skip', reason: 'not the case' },
        ),
    },
  });
  const changes = plan.steps
    .filter(({ risk }) => risk !== 'none')
    .map(({ command }) => (command === undefined ? '-' : commandText(command)));
  return { run, changes, state: target.state };
}

describe('an update on day 70', () => {
  test('updates the hosts and then the cluster, and each update is confirmed by a check', async () => {
    const { run, changes } = await runUpdate(idleFor(70));
    expect(run.state).toBe('done');
    // Earlier changes repair the serving certificates of kubelets, which nobody renews.
    expect(changes.slice(-4)).toEqual([
      'Update-Module -Name AksHci -Force -AcceptLicense',
      'Update-AksHci',
      'Update-AksHciCluster -name retail -kubernetesVersion v1.22.11',
      'Get-AksHciCredential -name retail',
    ]);
    const findVerdict = (of: string) => run.steps.find(({ id }) => id === of)?.check?.verdict;
    expect(findVerdict('update-host')).toBe('satisfied');
    expect(findVerdict('update-retail-v1-22-11')).toBe('satisfied');
  });

  test('resets the age of the update, and each token is valid for 90 days again', async () => {
    const before = idleFor(70);
    expect(countDays(before)).toEqual({ host: 70, management: 70, workload: 70 });
    const { state } = await runUpdate(before);
    expect(countDays(state)).toEqual({ host: 0, management: 0, workload: 0 });
    for (const { update, kind } of makeClocks(state)) {
      expect(update?.state, kind).toBe('current');
      expect(update?.deadlineMs, kind).toBe(epochMs(state.now) + 90 * DAY_MS);
    }
    const ends = state.identities.map(({ token }) => epochMs(token.expiresAt) - epochMs(state.now));
    expect(ends.length).toBeGreaterThan(5);
    for (const end of ends) expect(end).toBe(90 * DAY_MS);
    // The old tokens would have expired within 30 days.
    const later = advance(state, instantFromMs(epochMs(state.now) + 30 * DAY_MS)).state;
    expect(later.identities.filter(({ token }) => token.expired)).toEqual([]);
    expect(observe(later).apiServer('retail')).toBeUndefined();
  });

  test('is necessary, since the tokens would expire 20 days later', () => {
    const before = idleFor(70);
    const later = advance(before, instantFromMs(epochMs(before.now) + 21 * DAY_MS)).state;
    expect(later.identities.filter(({ token }) => token.expired).length).toBeGreaterThan(5);
  });
});
