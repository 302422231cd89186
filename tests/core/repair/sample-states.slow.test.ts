import { beforeAll, describe, expect, test } from 'vitest';
import { advance } from '../../../core/simulation/advance.ts';
import { observe } from '../../../core/simulation/observe.ts';
import { perform } from '../../../core/simulation/actions/perform.ts';
import type { DeploymentState } from '../../../core/simulation/state.ts';
import { judgeRows } from '../../support/judge-rows.ts';
import type { RoleId } from '../../../core/knowledge/model/credentials/credentials.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import type { FailureId } from '../../../core/knowledge/model/failure.ts';
import { DAY_MS, HOUR_MS, instantFromMs, epochMs } from '../../../core/shared/instant.ts';
import type { ExpiryState } from '../../../core/knowledge/model/credentials/expiry-state.ts';
import type { SampleState } from '../../../core/sample/model/sample.ts';
import { commandText, openValues, type Plan, type PlanStep } from '../../../core/plan/model/plan.ts';
import { powerOffClocks } from '../../../core/availability/model/power-off.ts';
import { fillPlan, newRun, type RunId, type RunRecord } from '../../../core/runs/model/run.ts';
import type { RunAnswer } from '../../../core/runs/contract.ts';
import { runPlan, type StepQuestion } from '../../../core/runs/runner.ts';
import { SimulatedHost, simulateHost } from '../../support/simulated-host.ts';
import { inspectPaths } from '../../../core/inventory/export/inspect.ts';
import { listRows } from '../../../core/inventory/store/rows.ts';
import { repairPlan, type RepairRequest } from '../../../core/repair/model/plan.ts';
import { repairRequest, type RepairChoice } from '../../../core/repair/model/request.ts';
import { buildInventory } from '../../support/inventory-of-deployment.ts';
import { testPorts } from '../../support/ports.ts';
import { FOLDER, FolderFiles, NOW } from '../sample/fleet.ts';
import { quickKeys } from '../sample/quick-keys.ts';
import { deployment, Life } from '../simulation/deployment.ts';
import { TestWorld } from '../cli/test-world.ts';

/*
 * These tests cover the whole process on the demo fleet: the problems in its files, the plan to repair them, a run on a
 * simulated copy, and then the board of that copy.
 */

const files = new FolderFiles();
let clusters: readonly Cluster[];

beforeAll(async () => {
  const ports = { ...testPorts(files), keys: quickKeys() };
  ports.clock.moment = NOW;
  const { code } = await new TestWorld(ports).run('sample', '--out', FOLDER);
  if (code !== 0) throw new Error('no sample');
  ({ clusters } = await inspectPaths(ports, [FOLDER]));
});

function findId(name: string): string {
  return clusters.find((each) => each.name === name)?.id ?? '';
}

function makePlan(...[first, ...others]: [string, ...(string | Partial<RepairChoice>)[]]): {
  request: RepairRequest;
  plan: Plan;
} {
  const names = [first, ...others].filter((each) => typeof each === 'string');
  const choice = others.find((each) => typeof each !== 'string');
  const request = repairRequest(
    {
      now: NOW,
      clusters,
      facts: {},
      classes: LIFETIME_CLASSES,
      rows: clusters.flatMap((cluster) => listRows(cluster)),
    },
    { clusters: names, failures: [], texts: [], answers: {}, ...choice },
  );
  return { request, plan: repairPlan(request) };
}

/** Enters values that only the admin knows, since the simulation has no addresses and no pods. */
function fillValues(plan: Plan): Plan {
  return fillPlan(plan, new Map(openValues(plan).map((name) => [name, `${name}-1`])));
}

/** Skips steps with a condition and performs all others, by hand if there is no command. */
function usual({ step, byHand }: StepQuestion): RunAnswer {
  if (step.only !== undefined) return { kind: 'skip', reason: 'not the case' };
  return { kind: byHand ? 'done' : 'run' };
}

async function runOn(target: SimulatedHost, plan: Plan, answer: typeof usual): Promise<RunRecord> {
  const started = { id: '00000000000000aa' as RunId, plan, target: 'sample', by: 'admin' };
  return runPlan({
    run: newRun({ ...started, startedAt: NOW }),
    events: { ask: (question) => Promise.resolve(answer(question)) },
    target,
    clock: testPorts().clock,
    keep: () => Promise.resolve(),
  });
}

async function ran(plan: Plan): Promise<{ run: RunRecord; state: DeploymentState }> {
  const fleet = simulateHost({ clusters, facts: {}, now: NOW, plan });
  const run = await runOn(fleet, plan, usual);
  return { run, state: fleet.state };
}

/** Returns the roles of a cluster that need attention, by their state on the board. */
function board(name: string, state: DeploymentState): Partial<Record<ExpiryState, RoleId[]>> {
  const id = findId(name);
  const rows = buildInventory(state)
    .filter((cluster) => cluster.id === id)
    .flatMap((cluster) => listRows(cluster));
  if (rows.length === 0) throw new Error(`no rows of ${name}`);
  const { states } = judgeRows(rows, epochMs(state.now));
  const found: Partial<Record<ExpiryState, RoleId[]>> = {};
  for (const [at, { role }] of rows.entries()) {
    const each = states[at] ?? 'unknown';
    // A super-admin.conf is used only in the first days of a cluster, and a renewal that is due is normal.
    if (role === 'super-admin-conf' || each === 'fine' || each === 'renewal-due') continue;
    found[each] = [...new Set([...(found[each] ?? []), role])].sort();
  }
  return found;
}

/** Lists the expired roles of a cluster, including its clients of the cloud agent. */
function listExpired(name: string, state: DeploymentState): RoleId[] {
  const named = buildInventory(state).map((cluster): Cluster => {
    const known = clusters.find(({ id }) => id === cluster.id);
    return { ...cluster, name: known?.name ?? cluster.name };
  });
  const [clock] = powerOffClocks(
    named,
    named.flatMap((cluster) => listRows(cluster)),
    { nowMs: epochMs(state.now), classes: LIFETIME_CLASSES, facts: {} },
  ).filter(({ cluster }) => cluster === name);
  if (clock === undefined) throw new Error(`no clock of ${name}`);
  return clock.alreadyExpired.map(({ row }) => row.role);
}

/** Lists the errors of the API server, of the kubelets and of the clients of the cloud agent. */
function troubles(name: string, state: DeploymentState): string[] {
  const id = findId(name);
  const seen = observe(state);
  const nodes = state.clusters.find((each) => each.name === id)?.nodes ?? [];
  return [
    seen.apiServer(id),
    ...nodes.map((node) => seen.kubelet(node.name)),
    ...state.identities.filter(({ cluster }) => cluster === id).map((each) => seen.cloudAgent(each.name)),
  ].flatMap((problem) => (problem === undefined ? [] : [problem.text ?? problem.code]));
}

const later = (state: DeploymentState, ms: number): DeploymentState =>
  advance(state, instantFromMs(epochMs(state.now) + ms)).state;

/** Lists the commands of unconditional steps that change something. */
const listChanges = ({ steps }: Plan): string[] =>
  steps
    .filter(({ risk, only }) => risk !== 'none' && only === undefined)
    .map(({ command }) => (command === undefined ? '-' : commandText(command)));

const backup = (name: string): string =>
  `Copy-Item "$env:UserProfile\\.kube\\config" ("$env:UserProfile\\.kube\\config.before-" + '${name}')`;
const fix = (name: string, what: string): string => `Update-AksHciClusterCertificates -name ${name} ${what}`;
const CONTROL_PLANE: readonly RoleId[] = [
  ...(['admin-conf', 'apiserver', 'apiserver-etcd-client', 'apiserver-kubelet-client'] as const),
  ...(['controller-manager', 'etcd-healthcheck-client', 'etcd-peer', 'etcd-server'] as const),
  ...(['front-proxy-client', 'scheduler'] as const),
];
const KUBERNETES: RoleId[] = [...CONTROL_PLANE, 'kubelet-client', 'kubelet-server'];

interface Expected {
  state: SampleState;
  name: string;
  failures: FailureId[];
  /** The board of the cluster before the repair. */
  before: Partial<Record<ExpiryState, readonly RoleId[]>>;
  changes: string[];
}

const repairs = (name: string): string[] => [fix(name, '-fixKubeletCredentials'), fix(name, '-fixCloudCredentials')];
const fetchCommands = (name: string): string[] => [backup(name), `Get-AksHciCredential -name ${name}`];

const STATES: Expected[] = [
  {
    state: 'off-6-days',
    name: 'sapporo-depot',
    failures: ['F01'],
    before: { expired: [...KUBERNETES].sort() },
    changes: [...repairs('sapporo-depot'), ...fetchCommands('sapporo-depot')],
  },
  {
    state: 'off-35-days',
    name: 'logistics',
    failures: ['F22', 'F01'],
    before: { expired: [...KUBERNETES, 'kms-plugin-token' as const].sort() },
    changes: [
      ...['Update-AksHciCertificates', ...repairs('logistics')],
      ...[fix('logistics', '-patchLoadBalancer -fixCloudCredentials'), ...fetchCommands('logistics')],
    ],
  },
  {
    state: 'revoked',
    name: 'nagoya-lab',
    failures: ['F34'],
    before: { expired: ['kubelet-client', 'kubelet-server'] },
    changes: [
      `kubectl delete -f '${FOLDER}/workstation/Users/tanaka.mika/Documents/revocations/nagoya-lab-lost-worker-image.yaml'`,
      ...[...repairs('nagoya-lab'), ...fetchCommands('nagoya-lab')],
    ],
  },
  {
    state: 'kubeconfig-expired',
    name: 'finance',
    failures: ['F11'],
    before: { expired: ['admin-kubeconfig'] },
    changes: fetchCommands('finance'),
  },
];

describe('a state of the demo fleet', () => {
  test.each(STATES)(
    '$state ($name) is found, planned and repaired, and the cluster is healthy afterwards',
    async (each) => {
      const { name, failures, before, changes } = each;
      const { request, plan } = makePlan(name);
      expect(request.targets.find((target) => target.name === name)?.failures).toEqual(failures);
      expect(listChanges(plan)).toEqual(changes);
      const start = simulateHost({ clusters, facts: {}, now: NOW, plan }).state;
      expect(board(name, start)).toEqual(before);
      const { run, state: healed } = await ran(fillValues(plan));
      expect(run.state).toBe('done');
      expect(board(name, healed)).toEqual({});
      expect(listExpired(name, healed)).toEqual([]);
      expect(troubles(name, healed)).toEqual([]);
      // The repair lasts, since automatic renewal has resumed.
      expect(board(name, later(healed, 2 * HOUR_MS))).toEqual({});
    },
  );

  test('renewal-stalled (retail-east) is found, planned and repaired while everything is still valid', async () => {
    const { request, plan } = makePlan('retail-east');
    expect(request.targets.find(({ name }) => name === 'retail-east')?.failures).toEqual(['F18']);
    const start = simulateHost({ clusters, facts: {}, now: NOW, plan }).state;
    const waiting = { 'renewal-overdue': ['kubelet-server'] };
    expect(board('retail-east', start)).toEqual({ ...waiting, stalled: CONTROL_PLANE });
    // Without the repair, the API server stops 10 hours later.
    expect(troubles('retail-east', later(start, 10 * HOUR_MS))).not.toEqual([]);
    const { run, state } = await ran(fillValues(plan));
    expect(run.state).toBe('done');
    // According to the documentation, nobody renews the serving certificates of kubelets. A repair replaces them once
    // they have expired.
    expect(board('retail-east', state)).toEqual(waiting);
    expect(troubles('retail-east', state)).toEqual([]);
    const ends = later(state, 10 * HOUR_MS);
    expect(board('retail-east', ends)).toEqual({ expired: ['kubelet-server'] });
    expect(observe(ends).apiServer(findId('retail-east'))).toBeUndefined();
  });

  test.each([
    ['healthy', 'management'],
    ['renewal-due', 'osaka-plant'],
  ])('%s (%s) needs no repair', (_state, name) => {
    const { request, plan } = makePlan(name);
    expect(request.targets.flatMap(({ failures }) => failures)).toEqual([]);
    expect(plan.steps).toEqual([]);
    expect(plan.after).toEqual([]);
  });

  test('is repaired together with all other states by one plan', async () => {
    const names = STATES.map(({ name }) => name);
    const { plan } = makePlan('retail-east', ...names);
    expect(listChanges(plan).filter((each) => each === 'Update-AksHciCertificates')).toHaveLength(1);
    const { run, state } = await ran(fillValues(plan));
    expect(run.state).toBe('done');
    for (const name of names) {
      expect(board(name, state)).toEqual({});
      expect(troubles(name, state)).toEqual([]);
    }
  });
});

describe('a repair in the wrong order', () => {
  const dropConditional = ({ steps, ...plan }: Plan): Plan => ({
    ...plan,
    steps: steps.filter(({ only }) => only === undefined),
  });
  const startsWith = (step: PlanStep, id: string): boolean => step.id.startsWith(id);

  test('fails with a known error if the cloud credentials are repaired before the control plane', async () => {
    const { steps, ...plan } = dropConditional(makePlan('logistics').plan);
    const cloud = steps.filter((step) => startsWith(step, 'repair-cloud'));
    const others = steps.filter((step) => !startsWith(step, 'repair-cloud'));
    const { run, state } = await ran(fillValues({ ...plan, steps: [...cloud, ...others] }));
    expect(run.state).toBe('failed');
    expect(run.steps[0]).toMatchObject({ state: 'failed' });
    expect(run.steps[0]?.result?.knownErrors[0]?.failure).toBe('F01');
    expect(troubles('logistics', state)).not.toEqual([]);
  });

  test('does not last if the revocation is not removed first', async () => {
    const { steps, ...plan } = dropConditional(makePlan('nagoya-lab').plan);
    const rest = steps.filter((step) => !startsWith(step, 'repair-revocation'));
    const { state } = await ran(fillValues({ ...plan, steps: rest }));
    expect(board('nagoya-lab', state)).toEqual({ expired: ['kubelet-client', 'kubelet-server'] });
  });
});

describe('the deadlock of the KMS plugin', () => {
  test('is resolved by hand in a cluster that was off, and only then by the cmdlet', async () => {
    const plan = fillValues(makePlan('logistics', { failures: ['F08'] }).plan);
    const { run, state } = await ran(plan);
    expect(run.state).toBe('done');
    expect(board('logistics', state)).toEqual({});
    expect(troubles('logistics', state)).toEqual([]);
    // Without the manual steps, the cmdlet fails, since it needs the API server, which needs the plugin.
    const { steps, ...rest } = plan;
    const short = { ...rest, steps: steps.filter(({ id }) => !id.startsWith('f08-restart')) };
    const failed = await ran(short);
    expect(failed.run.state).toBe('failed');
    const known = failed.run.steps.flatMap(({ result }) => result?.knownErrors ?? []);
    expect(known.map(({ failure }) => failure)).toContain('F08');
  });

  test('does not occur if nobody reboots before the repair', async () => {
    const idle = new Life(deployment({ settings: { autoRotate: [], repairNeedsApiServer: true } }));
    idle.pass(100 * DAY_MS);
    const { state: before } = idle;
    expect(observe(before).apiServer('retail')).toBeUndefined();
    const plan = idlePlan(before, {});
    expect(plan.warnings[0]?.text).toBe('failure.warning.no-reboot');

    // The plan repairs the cluster while everything runs. A later reboot is harmless.
    const right = new SimulatedHost({ state: before, names: new Map() });
    const run = await runOn(right, fillValues(plan), usual);
    expect(run.state).toBe('done');
    expect(observe(reboot(right.state)).apiServer('retail')).toBeUndefined();

    // If the reboot comes first, no client is accepted, and the same plan fails.
    const wrong = new SimulatedHost({ state: reboot(before), names: new Map() });
    expect(observe(wrong.state).apiServer('retail')?.text).toContain('kmsPlugin.sock');
    const stopped = await runOn(wrong, fillValues(plan), usual);
    expect(stopped.state).toBe('failed');
    const known = stopped.steps.flatMap(({ result }) => result?.knownErrors ?? []);
    expect(known.map(({ failure }) => failure)).toContain('F08');

    // After the reboot, the manual procedure succeeds.
    const out = new SimulatedHost({ state: reboot(before), names: new Map() });
    const byHand = idlePlan(before, { clusters: ['management', 'retail'], failures: ['F08'] });
    expect((await runOn(out, fillValues(byHand), usual)).state).toBe('done');
    expect(observe(out.state).apiServer('retail')).toBeUndefined();
  });

  function reboot(state: DeploymentState): DeploymentState {
    const power = (each: DeploymentState, on: boolean): DeploymentState => perform(each, { kind: 'power', on }).state;
    return power(power(state, false), true);
  }

  function idlePlan(state: DeploymentState, choice: Partial<RepairChoice>): Plan {
    const known = buildInventory(state);
    const request = repairRequest(
      {
        now: state.now,
        clusters: known,
        facts: {},
        classes: LIFETIME_CLASSES,
        rows: known.flatMap((cluster) => listRows(cluster)),
      },
      { clusters: ['retail'], failures: [], texts: [], answers: {}, ...choice },
    );
    return repairPlan(request);
  }
});
