import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../../core/knowledge/model/checks.ts';
import { buildCommand } from '../../../core/plan/model/command.ts';
import type { ClusterId, CredentialId } from '../../../core/shared/ids.ts';
import { instant, instantFromMs } from '../../../core/shared/instant.ts';
import type { Plan, PlanCommand, PlanStep } from '../../../core/plan/model/plan.ts';
import type { Problem, Result } from '../../../core/shared/problem.ts';
import {
  fillPlan,
  newRun,
  type CommandResult,
  type RunId,
  type RunRecord,
  type StepRecord,
} from '../../../core/runs/model/run.ts';
import type { PlanSource } from '../../../core/runs/contract.ts';
import { MOST_LIVE, type RunSummary, type RunView } from '../../../core/runs/model/view.ts';
import { runStore } from '../../../core/runs/store/store.ts';
import { RunBegin } from '../../../renderer/runs/begin.svelte.ts';
import { groupSteps, ranges, getStanding, chooseTurn } from '../../../renderer/runs/turn.ts';
import { DATA_FOLDER, NOW_MS, openConsole, PROBLEM } from '../../support/console.ts';

const SAID = { text: 'remedy.cloud-repair', citations: [] };
const NOW = instantFromMs(NOW_MS);

function open(...names: string[]): PlanCommand {
  const parameters = names.map((name) => ({ name: 'name', value: { name } }));
  return { kind: 'cmdlet', name: 'Get-AksHciCluster', parameters };
}

function makeCmdlet(cluster: string): PlanCommand {
  const parameters = [{ name: 'name', value: { name: 'cluster', value: cluster } }];
  return { kind: 'cmdlet', name: 'Get-AksHciCluster', parameters };
}

function step(id: string, more: Partial<PlanStep> = {}): PlanStep {
  return {
    id,
    title: SAID,
    why: SAID,
    target: { kind: 'host' },
    risk: 'low',
    needsApiServer: false,
    because: { failures: [], credentials: [] },
    command: open(),
    ...more,
  };
}

function makePlan(...steps: PlanStep[]): Plan {
  return {
    kind: 'repair',
    madeAt: NOW,
    warnings: [],
    after: [],
    steps,
    clusters: [{ id: 'east' as ClusterId, name: 'retail-east', isHost: false }],
  };
}

const PLAN = makePlan(step('one'), step('two'), step('three'));
const ID = '00000000000000aa' as RunId;

function makeRun(states: StepRecord['state'][], more: Partial<RunRecord> = {}): RunRecord {
  const run = newRun({ id: ID, plan: PLAN, target: 'local', by: 'admin', startedAt: NOW });
  const steps = run.steps.map((record, at) => ({ ...record, state: states[at] ?? record.state }));
  return { ...run, steps, ...more };
}

const makeQuestion = (stepId: string, kind: 'confirm' | 'failed' = 'confirm', byHand = false) => ({
  question: { stepId, kind, byHand },
});

function makeView(run: RunRecord, more: Partial<RunView> = {}): RunView {
  return { run, isLive: true, ...more };
}

function aResult(head: string): CommandResult {
  return {
    ended: 'itself',
    exitCode: 0,
    tookMs: 5,
    knownErrors: [],
    output: { head, tail: '', leftOutBytes: 0, secrets: 0 },
  };
}

/** Returns a run as listed by main. */
function runSummary({ run, isLive }: RunView): RunSummary {
  const { id, plan, target, by, state, startedAt, endedAt, steps } = run;
  const clusters = plan.clusters.map(({ name }) => name);
  const done = steps.filter((each) => each.state === 'done').length;
  return { id, kind: plan.kind, target, by, state, startedAt, isLive, endedAt, clusters, done, count: steps.length };
}

/** Opens a window with runs in given states, because the state of a real run changes by itself. */
async function openRuns(...views: RunView[]) {
  /** By ID, oldest first; `start` returns the last run. */
  const runs = new Map(views.map((view) => [view.run.id, view]));
  const ok = <T>(value: T): Promise<Result<T>> => Promise.resolve({ ok: true, value });
  const answer = async ({ id = [...runs.keys()].at(-1) }: { id?: RunId }): Promise<Result<RunView>> => {
    const view = id === undefined ? undefined : runs.get(id);
    return view === undefined ? { ok: false, problem: PROBLEM } : ok(view);
  };
  const console = await openConsole({
    overrides: {
      runs: {
        list: () => ok({ runs: [...runs.values()].reverse().map(runSummary), findings: [] }),
        start: () => answer({}),
        read: answer,
        resume: answer,
        answer,
        cancel: answer,
      },
    },
  });
  const state = console.openWindow();
  const store = runStore(console.ports, DATA_FOLDER);
  for (const { run } of views) await store.keep(run);
  return { console, state, answer, runs: state.runs, put: (view: RunView) => void runs.set(view.run.id, view) };
}

/** Returns a run whose steps have a check without a result. */
function makeCheckingRun(...states: StepRecord['state'][]): RunRecord {
  const check = { command: open(), expected: SAID };
  const plan = makePlan(...states.map((_, at) => step(`step-${at}`, { check })));
  const run = newRun({ id: ID, plan, target: 'local', by: 'admin', startedAt: NOW });
  const steps = run.steps.map((record, at): StepRecord => {
    const state = states[at] ?? record.state;
    return { ...record, state, ...(state === 'done' && { result: aResult('') }) };
  });
  return { ...run, steps };
}

describe('the view of a run', () => {
  const run = makeRun(['done', 'not-started']);
  test.each<[string, RunView, string, number]>([
    ['asks before its first step', makeView(makeRun([]), makeQuestion('one')), 'confirm', 0],
    ['asks before a later step', makeView(run, makeQuestion('two')), 'confirm', 1],
    ['waits for a person', makeView(run, makeQuestion('two', 'confirm', true)), 'by-hand', 1],
    ['asks after a failure', makeView(makeRun(['failed']), makeQuestion('one', 'failed')), 'failed', 0],
    ['runs', makeView(makeRun(['done', 'running'])), 'running', 1],
    ['checks the previous step', makeView(makeCheckingRun('done', 'not-started')), 'checking', 0],
    ['checks the last step', makeView(makeCheckingRun('done')), 'checking', 0],
    ['moves to the next step', makeView(run), 'working', 1],
    ['checks an unknown step again', makeView(makeRun(['done', 'unknown'])), 'checking', 1],
    ['reads the inventory', makeView(makeRun(['done', 'done', 'done'], { state: 'done' })), 'ending', 2],
    ['was cut off', makeView(makeRun(['done', 'unknown']), { isLive: false }), 'paused', 1],
    ['was stopped', makeView({ ...run, state: 'stopped' }, { isLive: false }), 'paused', 1],
    ['is over', makeView(makeRun(['done', 'skipped', 'done'], { state: 'done' }), { isLive: false }), 'done', 2],
  ])('%s', (_title, view, phase, at) => {
    expect(chooseTurn(view)).toEqual({ phase, at });
  });

  test('groups steps into those known to be done, those with an unknown result, and the others', () => {
    const groupStates = (...states: StepRecord['state'][]) =>
      groupSteps({ steps: states.map((state) => ({ id: state, state, tries: 0 })) });
    expect(groupStates('done', 'skipped', 'running', 'unknown', 'cancelled', 'failed', 'not-started')).toEqual({
      done: [1, 2],
      unknown: [3, 4, 5],
      notDone: [6, 7],
    });
  });

  test.each([
    [[], ''],
    [[4], '4'],
    [[1, 2, 3], '1–3'],
    [[1, 3, 4, 9], '1, 3–4, 9'],
  ])('writes the steps %j as “%s”', (numbers, text) => {
    expect(ranges(numbers)).toBe(text);
  });

  test('distinguishes runs that wait for an answer, are running, or were interrupted', () => {
    expect(getStanding({ state: 'running', isLive: true }, true)).toBe('waiting');
    expect(getStanding({ state: 'running', isLive: true }, false)).toBe('running');
    expect(getStanding({ state: 'running', isLive: false }, false)).toBe('interrupted');
    expect(getStanding({ state: 'running', isLive: false, isElsewhere: true }, false)).toBe('running');
    for (const state of ['done', 'failed', 'stopped'] as const)
      expect(getStanding({ state, isLive: false }, false)).toBe(state);
  });
});

test('a run on several clusters names its cluster, the step in it, and how many clusters are done', async () => {
  const plan = makePlan(
    step('hosts'),
    step('east-1', { cluster: 'east' }),
    step('east-2', { cluster: 'east' }),
    step('west-1', { cluster: 'west' }),
    step('west-2', { cluster: 'west' }),
  );
  const created = newRun({ id: ID, plan, target: 'local', by: 'admin', startedAt: NOW });
  const viewAt = (done: number) => {
    const steps = created.steps.map(
      (record, index) => ({ ...record, state: index < done ? 'done' : record.state }) as const,
    );
    return makeView({ ...created, steps }, makeQuestion(plan.steps[done]!.id));
  };
  const groupAt = async (done: number) => {
    const { runs } = await openRuns(viewAt(done));
    await runs.open(ID);
    return runs.group;
  };
  expect(await groupAt(0)).toEqual({ name: 'Hosts and cloud agent', at: 1, count: 1, done: 0, total: 2 });
  expect(await groupAt(2)).toEqual({ name: 'east', at: 2, count: 2, done: 0, total: 2 });
  expect(await groupAt(4)).toEqual({ name: 'west', at: 2, count: 2, done: 1, total: 2 });
});

describe('before a run', () => {
  const EAST = { id: 'east' as ClusterId, name: 'retail-east', kind: 'kubernetes' as const };
  const source: PlanSource = { kind: 'repair', answers: { texts: [], answers: {}, clusters: [], failures: [] } };
  const begin = (sample?: true, lab: string | null = null) =>
    new RunBegin({
      clusters: () => [{ ...EAST, count: 3, ...(sample === true && { sample }) }],
      findLab: () => Promise.resolve(lab),
    });

  test('runs clusters of a lab on the lab, and real clusters on hosts', async () => {
    const practised = begin(true, '/labs/one');
    expect(practised.view(PLAN)).toMatchObject({ kind: 'practice', lab: undefined, isReady: false });
    await practised.findLab(PLAN);
    expect(practised.view(PLAN)).toMatchObject({ kind: 'practice', lab: '/labs/one', isReady: true });
    expect(practised.request({ source, plan: PLAN })).toEqual({
      source,
      stepIds: ['one', 'two', 'three'],
      target: { kind: 'lab' },
      values: [],
    });
    const real = begin();
    expect(real.view(PLAN).kind).toBe('hosts');
    expect(real.request({ source, plan: PLAN }).target).toEqual({ kind: 'local' });
  });

  test('keeps the lab of the clusters while their plan is refreshed', async () => {
    const practised = begin(true, '/labs/one');
    await practised.findLab(PLAN);
    expect(practised.view({ ...PLAN }).isReady).toBe(true);
    expect(practised.view({ ...PLAN, clusters: [{ ...PLAN.clusters[0]!, id: 'west' as ClusterId }] }).lab).toBe(
      undefined,
    );
  });

  test('does not start a plan for the demo fleet, which has no machines', async () => {
    const demo = begin(true);
    await demo.findLab(PLAN);
    expect(demo.view(PLAN)).toMatchObject({ kind: 'practice', lab: null, isReady: false });
  });

  test('does not start a plan for both samples and real clusters', () => {
    const mixed = { ...PLAN, clusters: [...PLAN.clusters, { name: 'typed', isHost: false }] };
    expect(begin(true).view(mixed)).toMatchObject({ kind: 'mixed', isReady: false });
  });

  test.each([
    ['', false, false],
    ['host01', false, true],
    [' host01.contoso.example ', false, true],
    ['host01;calc', true, false],
    ['-host', true, false],
    // These names have another meaning in the record.
    ['local', true, false],
    ['Sample', true, false],
  ])('checks “%s” as a host name', (host, isHostFaulty, isReady) => {
    const real = begin();
    real.place = 'host';
    real.host = host;
    expect(real.view(PLAN)).toMatchObject({ isHostFaulty, isReady });
    if (isReady) expect(real.request({ source, plan: PLAN }).target).toEqual({ kind: 'host', name: host.trim() });
  });

  test('asks once for each value that only the admin knows, checks it, and accepts an empty one', () => {
    const plan = makePlan(step('one', { command: open('worker-ip', 'kms-pod', 'worker-ip') }));
    const real = begin();
    expect(real.view(plan).values.map(({ name }) => name)).toEqual(['worker-ip', 'kms-pod']);
    expect(real.view(plan).isReady).toBe(true);
    real.type('worker-ip', '10.0.0.300');
    expect(real.view(plan)).toMatchObject({ isReady: false, values: [{ fault: 'address' }, {}] });
    real.type('worker-ip', ' 10.0.0.30 ');
    expect(real.request({ source, plan }).values).toEqual([{ name: 'worker-ip', value: '10.0.0.30' }]);
  });

  test('asks for every value of the latest plan, even thousands, and names a cmdlet that uses it', () => {
    const steps = Array.from({ length: 5_000 }, (_, at) => step(`step-${at}`, { command: open(`version-${at}`) }));
    const real = begin();
    expect(real.view(makePlan(...steps)).values).toHaveLength(5_000);
    const { values } = real.view(makePlan(...steps.slice(0, 2)));
    expect(values.map(({ name, use }) => [name, use?.cmdlet])).toEqual([
      ['version-0', 'Get-AksHciCluster'],
      ['version-1', 'Get-AksHciCluster'],
    ]);
  });

  test('does not start a plan without steps', () => {
    expect(begin().view(makePlan()).isReady).toBe(false);
  });

  test('starts a run with the steps of the plan and opens it', async () => {
    const { console, runs } = await openRuns(makeView(makeRun([]), makeQuestion('one')));
    await expect(runs.start({ source, plan: PLAN })).resolves.toBe(ID);
    expect(console.calls('runs', 'start')).toMatchObject([
      { stepIds: ['one', 'two', 'three'], target: { kind: 'local' } },
    ]);
    expect([runs.opened?.run.id, runs.current?.step.id]).toEqual([ID, 'one']);
  });

  test('reports a problem that prevents the start, and opens no run', async () => {
    const { console, state, runs } = await openRuns();
    const problem: Problem = { code: 'run.plan-changed', params: {} };
    console.fail('runs', 'start', problem);
    await expect(runs.start({ source, plan: PLAN })).resolves.toBeUndefined();
    expect([runs.opened, runs.busy, state.notices.list[0]?.problem]).toEqual([undefined, undefined, problem]);
  });
});

describe('the open run', () => {
  test('shows all steps, the current step and the previous one', async () => {
    const { runs } = await openRuns(makeView(makeRun(['done', 'skipped']), makeQuestion('three')));
    await runs.open(ID);
    expect(runs.steps.map(({ number, record }) => `${number} ${record.state}`)).toEqual([
      '1 done',
      '2 skipped',
      '3 not-started',
    ]);
    expect(runs.current?.step.id).toBe('three');
    expect(runs.previous?.step.id).toBe('two');
    expect(runs.current?.view.command).toBe('Get-AksHciCluster');
  });

  test('names the cluster of a step if there are several clusters, but never the condition of the step', async () => {
    const only = [SAID];
    const titles = async (...clusters: string[]): Promise<string[]> => {
      const plan = makePlan(...clusters.map((cluster, at) => step(`step-${at}`, { cluster, only })));
      const run = newRun({ id: ID, plan, target: 'local', by: 'admin', startedAt: NOW });
      const { runs } = await openRuns(makeView(run, makeQuestion('step-0')));
      await runs.open(ID);
      return runs.steps.map(({ title }) => title);
    };
    const [alone] = await titles('retail-east');
    expect(alone).not.toContain('retail-east');
    expect(await titles('retail-east', 'retail-west')).toEqual([`${alone} (retail-east)`, `${alone} (retail-west)`]);
  });

  test('names the programs that it starts, and states why one could not be started', async () => {
    const programs = [
      { program: 'powershell.exe', path: 'C:\\Windows\\powershell.exe', steps: ['one'] },
      { program: 'kubectl', steps: ['two', 'three'] },
    ];
    const { runs } = await openRuns(makeView(makeRun([]), { ...makeQuestion('one'), programs }));
    await runs.open(ID);
    expect(runs.programs).toBe(
      'Programs started on this computer: C:\\Windows\\powershell.exe, kubectl (not found; needed by two, three)',
    );
    const record: StepRecord = { id: 'one', state: 'failed', tries: 1 };
    const failed = { ...aResult(''), ended: 'not-started' as const, missingProgram: 'C:\\kubectl.exe' };
    expect(runs.startFaults({ ...record, result: { ...failed, startFault: 'EACCES' } })).toEqual([
      'The program C:\\kubectl.exe could not be started (EACCES). No part of this step was run.',
    ]);
    expect(runs.startFaults({ ...record, check: { ...failed, verdict: 'not-satisfied' } })).toEqual([
      'The program C:\\kubectl.exe is not installed on this computer, or not on its path. The step was run; its check was not.',
    ]);
    expect(runs.startFaults(record)).toEqual([]);
  });

  test('accepts answers to successive questions', async () => {
    const { console, runs, put } = await openRuns(makeView(makeRun([]), makeQuestion('one')));
    await runs.open(ID);
    put(makeView(makeRun(['done']), makeQuestion('two')));
    await runs.answer({ kind: 'run' });
    expect(console.calls('runs', 'answer')).toEqual([{ id: ID, stepId: 'one', answer: { kind: 'run' } }]);
    expect(runs.current?.step.id).toBe('two');
    await runs.answer({ kind: 'skip', reason: 'done by the night shift' });
    expect(console.calls('runs', 'answer')[1]).toMatchObject({
      stepId: 'two',
      answer: { kind: 'skip', reason: 'done by the night shift' },
    });
  });

  test('shows a command with its value after somebody has filled in the value', async () => {
    const plan = makePlan(step('one'), step('two', { command: open('worker-ip') }));
    const run = { ...makeRun(['done']), plan, steps: makeRun(['done']).steps.slice(0, 2) };
    const { runs, put } = await openRuns(makeView(run, makeQuestion('two', 'confirm', true)));
    await runs.open(ID);
    expect(runs.current?.open).toEqual(['worker-ip']);
    expect(runs.current?.view.command).toBe('Get-AksHciCluster -name <worker-ip>');
    const filled = fillPlan(plan, new Map([['worker-ip', '10.0.0.7']]));
    put(makeView({ ...run, plan: filled }, makeQuestion('two')));
    await runs.answer({ kind: 'fill', values: [{ name: 'worker-ip', value: '10.0.0.7' }] });
    expect(runs.turn?.phase).toBe('confirm');
    expect(runs.current?.open).toEqual([]);
    expect(runs.current?.view.command).toBe('Get-AksHciCluster -name 10.0.0.7');
  });

  test('shows a command with the value that an earlier step printed, and goes on without asking for it', async () => {
    const looks = buildCommand(CHECKS['vm-names'].command);
    const ssh = buildCommand(CHECKS['control-plane-end'].command);
    const of = { cluster: 'retail-east' };
    const named = makeCmdlet('retail-east');
    const plan = makePlan(
      step('one', { command: looks, risk: 'none' }),
      step('two', { command: ssh, risk: 'none', ...of }),
      step('three', { command: named, ...of }),
    );
    const printed = aResult('retail-east-control-plane-aaaaa {10.0.0.4}\n');
    const run = { ...makeRun(['done']), plan };
    const steps = run.steps.map((each, at) => (at === 0 ? { ...each, result: printed } : each));
    const { console, runs } = await openRuns(makeView({ ...makeRun([]), plan }, makeQuestion('one')));
    await runs.open(ID);
    expect(runs.current?.view.command).toContain('Get-VM ');
    console.emit('runs', 'changed', makeView({ ...run, steps }, makeQuestion('two')));
    expect(runs.current?.open).toEqual([]);
    expect(runs.current?.view.command).toContain('clouduser@10.0.0.4 ');
    expect(runs.printed).toMatchObject([{ name: 'control-plane-ip', step: 1, value: '10.0.0.4' }]);
    expect(runs.needsNoDecision).toBe(true);
    const entered = fillPlan(plan, new Map([['control-plane-ip', '10.0.0.77']]));
    console.emit('runs', 'changed', makeView({ ...run, steps, plan: entered }, makeQuestion('two')));
    expect(runs.current?.view.command).toContain('clouduser@10.0.0.77 ');
    expect(runs.printed).toEqual([]);
  });

  test('accepts one answer at a time, so that a second key press does not answer the next question', async () => {
    const { console, runs, put } = await openRuns(makeView(makeRun([]), makeQuestion('one')));
    await runs.open(ID);
    put(makeView(makeRun(['done']), makeQuestion('two')));
    await Promise.all([runs.answer({ kind: 'run' }), runs.answer({ kind: 'run' })]);
    expect(console.calls('runs', 'answer')).toHaveLength(1);
  });

  describe('up to the next decision', () => {
    const IF = [SAID];
    const cases: [string, Partial<PlanStep>, boolean][] = [
      ['a step that only reads', { risk: 'none' }, true],
      ['a step that can be done again', { risk: 'low' }, true],
      ['a step after which something is away for a while', { risk: 'disruptive' }, false],
      ['a step that may lose a cluster', { risk: 'dangerous' }, false],
      ['a step for one case', { only: IF }, false],
      ['a step that lacks a value', { command: open('worker-ip') }, false],
      ['a step that begins with a wait elsewhere', { target: { kind: 'workstation' } }, false],
    ];
    test.each(cases)('%s', async (_name, more, runs) => {
      const plan = makePlan(step('one'), step('two', more), step('three'));
      const runIn = (...states: StepRecord['state'][]): RunRecord => ({ ...makeRun(states), plan });
      const opened = await openRuns(makeView(runIn(), makeQuestion('one')));
      const { console, put } = opened;
      await opened.runs.open(ID);
      put(makeView(runIn('running')));
      await opened.runs.answer({ kind: 'run' }, { goesOn: true });
      console.emit('runs', 'changed', makeView(runIn('done'), makeQuestion('two')));
      const asked = console.calls('runs', 'answer') as { stepId: string }[];
      expect(asked.map(({ stepId }) => stepId)).toEqual(runs ? ['one', 'two'] : ['one']);
    });

    test('shows no question in between, and shows it again if main does not accept the answer', async () => {
      const opened = await openRuns(makeView(makeRun([]), makeQuestion('one')));
      const { console, put, runs } = opened;
      await runs.open(ID);
      put(makeView(makeRun(['running'])));
      await runs.answer({ kind: 'run' }, { goesOn: true });
      expect(runs.goesOn).toBe(true);
      console.override('runs', 'answer', () => Promise.resolve({ ok: false, problem: PROBLEM }));
      console.emit('runs', 'changed', makeView(makeRun(['done']), makeQuestion('two')));
      expect(runs.goesOn).toBe(true);
      await expect.poll(() => runs.goesOn).toBe(false);
      expect(runs.turn?.phase).toBe('confirm');
    });

    test('agrees to the steps of one run only', async () => {
      const other = { ...makeRun([]), id: '00000000000000bb' as RunId };
      const opened = await openRuns(makeView(makeRun([]), makeQuestion('one')), makeView(other, makeQuestion('one')));
      const { console, put, runs } = opened;
      await runs.open(ID);
      put(makeView(makeRun(['running'])));
      await runs.answer({ kind: 'run' }, { goesOn: true });
      await runs.open(other.id);
      console.emit('runs', 'changed', makeView({ ...other, steps: makeRun(['done']).steps }, makeQuestion('two')));
      expect(console.calls('runs', 'answer')).toHaveLength(1);
    });

    test('a failure ends it, also if the step succeeds the next time', async () => {
      const opened = await openRuns(makeView(makeRun([]), makeQuestion('one')));
      const { console, put, runs } = opened;
      await runs.open(ID);
      put(makeView(makeRun(['running'])));
      await runs.answer({ kind: 'run' }, { goesOn: true });
      console.emit('runs', 'changed', makeView(makeRun(['failed']), makeQuestion('one', 'failed')));
      await runs.answer({ kind: 'retry' });
      console.emit('runs', 'changed', makeView(makeRun(['done']), makeQuestion('two')));
      expect(console.calls('runs', 'answer')).toHaveLength(2);
    });
  });

  test('keeps the displayed question until the next action is known', async () => {
    const { console, runs, put } = await openRuns(makeView(makeRun([]), makeQuestion('one')));
    await runs.open(ID);
    // Main has accepted the answer, and the step has not started yet.
    put(makeView(makeRun([])));
    await runs.answer({ kind: 'run' });
    expect(runs.turn).toEqual({ phase: 'confirm', at: 0 });
    await runs.answer({ kind: 'run' });
    expect(console.calls('runs', 'answer')).toHaveLength(1);
    console.emit('runs', 'changed', makeView(makeRun(['running'])));
    expect(runs.turn).toEqual({ phase: 'running', at: 0 });
    console.emit('runs', 'changed', makeView(makeRun(['failed']), makeQuestion('one', 'failed')));
    await runs.answer({ kind: 'retry' });
    expect(console.calls('runs', 'answer')).toHaveLength(2);
  });

  test('keeps its question if main did not accept the answer', async () => {
    const { console, state, runs, put, answer } = await openRuns(makeView(makeRun([]), makeQuestion('one')));
    await runs.open(ID);
    console.fail('runs', 'answer', { code: 'run.not-asked', params: {} });
    await runs.answer({ kind: 'run' });
    expect(state.notices.list).toHaveLength(1);
    console.override('runs', 'answer', answer);
    put(makeView(makeRun(['running'])));
    await runs.answer({ kind: 'run' });
    expect(runs.turn?.phase).toBe('running');
  });

  test('sends no answer while a command runs, but can cancel the run', async () => {
    const { console, runs } = await openRuns(makeView(makeRun(['running'])));
    await runs.open(ID);
    await runs.answer({ kind: 'run' });
    await runs.cancel();
    expect(console.calls('runs', 'answer')).toEqual([]);
    expect(console.calls('runs', 'cancel')).toEqual([{ id: ID }]);
  });

  test('shows the next question even if main has not yet replied to the previous call', async () => {
    const { console, runs } = await openRuns(makeView(makeRun([])));
    console.override('runs', 'read', () => {
      // On a busy computer, the event may arrive before an earlier reply.
      console.emit('runs', 'changed', makeView(makeRun([]), makeQuestion('one')));
      return Promise.resolve({ ok: true, value: makeView(makeRun([])) });
    });
    await runs.open(ID);
    expect(runs.turn).toEqual({ phase: 'confirm', at: 0 });
  });

  test.each(['answer', 'resume'] as const)(
    'shows the latest state from main, even if the reply to %s arrives later',
    async (call) => {
      const { console, runs } = await openRuns(makeView(makeRun(['wrote-errors']), makeQuestion('one')));
      await runs.open(ID);
      console.override('runs', call, () => {
        // Main composed the reply before the command started, and then wrote the line for the audit trail.
        console.emit('runs', 'changed', makeView(makeRun(['running'])));
        console.emit('runs', 'changed', makeView({ ...makeRun(['running']), id: '00000000000000bb' as RunId }));
        return Promise.resolve({ ok: true as const, value: makeView(makeRun(['wrote-errors'])) });
      });
      await (call === 'answer' ? runs.answer({ kind: 'run' }) : runs.resume());
      expect(runs.turn).toEqual({ phase: 'running', at: 0 });
    },
  );

  test('ignores events of other runs', async () => {
    const { console, runs } = await openRuns(makeView(makeRun([]), makeQuestion('one')));
    await runs.open(ID);
    const other = { ...makeRun(['running']), id: '00000000000000bb' as RunId };
    console.emit('runs', 'changed', makeView(other));
    expect(runs.turn?.phase).toBe('confirm');
    console.emit('runs', 'changed', makeView(makeRun(['running'])));
    expect(runs.turn?.phase).toBe('running');
    expect(runs.runs.map(({ id }) => id)).toHaveLength(2);
  });

  test('keeps the latest output, up to a limit', async () => {
    const { console, runs } = await openRuns(makeView(makeRun(['running'])));
    await runs.open(ID);
    const print = (text: string, stepId = 'one', id = ID) => console.emit('runs', 'printed', { id, stepId, text });
    print('first ');
    print('second');
    print('of another', 'one', '00000000000000bb' as RunId);
    expect(runs.live).toEqual({ stepId: 'one', text: 'first second' });
    for (let times = 0; times < 50; times += 1) print('x'.repeat(MOST_LIVE / 4));
    print('the end');
    expect(runs.live?.text).toHaveLength(MOST_LIVE);
    expect(runs.live?.text.endsWith('xthe end')).toBe(true);
    print('next', 'two');
    expect(runs.live).toEqual({ stepId: 'two', text: 'next' });
  });

  test('states how long its command has been running, and never a negative time', async () => {
    const startedAt = instant('2026-11-24T11:58:30Z');
    const run = makeRun(['running']);
    const steps = run.steps.map((each, at) => (at === 0 ? { ...each, startedAt } : each));
    const { console, runs } = await openRuns(makeView({ ...run, steps }));
    await runs.open(ID);
    expect(runs.durationMs).toBe(90_000);
    console.clockMs -= 3_600_000;
    runs.clock.tick();
    expect(runs.durationMs).toBe(0);
  });

  test('shows an earlier step on request, and returns to the current one', async () => {
    const { runs } = await openRuns(makeView(makeRun(['done']), makeQuestion('two')));
    await runs.open(ID);
    runs.look('one');
    expect(runs.looked?.step.id).toBe('one');
    runs.look('two');
    expect(runs.looked).toBeUndefined();
    runs.look('three');
    runs.look(undefined);
    expect(runs.looked).toBeUndefined();
  });

  test('shows any step of a run that has ended, even the last one', async () => {
    const run = makeRun(['done', 'done', 'done'], { state: 'done' });
    const { runs } = await openRuns(makeView(run, { isLive: false }));
    await runs.open(ID);
    runs.look('three');
    expect(runs.looked?.step.id).toBe('three');
  });

  test('resumes a run after an interruption', async () => {
    const { console, runs, put } = await openRuns(makeView(makeRun(['done', 'unknown']), { isLive: false }));
    await runs.open(ID);
    expect(runs.turn?.phase).toBe('paused');
    expect(runs.known).toEqual({ done: [1], unknown: [2], notDone: [3] });
    put(makeView(makeRun(['done', 'unknown']), makeQuestion('two')));
    await runs.resume();
    expect(console.calls('runs', 'resume')).toEqual([{ id: ID }]);
    expect(runs.turn).toEqual({ phase: 'confirm', at: 1 });
  });

  test('shows neither output nor steps after the run is closed', async () => {
    const { console, runs } = await openRuns(makeView(makeRun(['running'])));
    await runs.open(ID);
    console.emit('runs', 'printed', { id: ID, stepId: 'one', text: 'printed' });
    runs.close();
    expect([runs.opened, runs.live, runs.plan]).toEqual([undefined, undefined, undefined]);
    expect(runs.steps).toEqual([]);
  });

  test('names credentials as in the inventory, and unknown ones by the first digits of their IDs', async () => {
    const { state, runs } = await openRuns();
    state.inventory.rows = [{ id: 'a'.repeat(64), name: 'apiserver' }] as never;
    expect(runs.credentialNames(['a'.repeat(64), 'b'.repeat(64)] as CredentialId[])).toEqual([
      'apiserver',
      'b'.repeat(12),
    ]);
  });
});

describe('the evidence of a run', () => {
  test('is written to the chosen file, and its checksum is displayed', async () => {
    const { console, state, runs } = await openRuns(makeView(makeRun(['done']), { isLive: false }));
    await runs.open(ID);
    await runs.exportEvidence();
    expect(console.calls('application', 'chooseTarget')).toEqual([
      { suggestedName: `arcwarden-run-2026-11-24-${ID}.zip`, format: 'zip' },
    ]);
    expect(console.calls('runs', 'exportEvidence')).toEqual([{ id: ID, target: expect.any(String) as unknown }]);
    expect(state.notices.list[0]?.checksum).toHaveLength(64);
    expect(console.files.paths()).toContain('/saved');
  });

  test('is not written if no file was chosen', async () => {
    const { console, runs } = await openRuns(makeView(makeRun(['done']), { isLive: false }));
    console.target = null;
    await runs.open(ID);
    await runs.exportEvidence();
    expect(console.calls('runs', 'exportEvidence')).toEqual([]);
  });
});

describe('the list of runs', () => {
  test('shows the newest run first, and the state of each run', async () => {
    const older = { ...makeRun(['done']), startedAt: instant('2026-11-20T00:00:00Z') };
    const asks = { ...makeRun([]), id: '00000000000000bb' as RunId };
    const { runs } = await openRuns(makeView(older, { isLive: false }), makeView(asks, makeQuestion('one')));
    await runs.load();
    expect(runs.runs.map((run) => [run.id, runs.runStanding(run)])).toEqual([
      ['00000000000000bb', 'waiting'],
      [ID, 'interrupted'],
    ]);
  });

  test('does not contain output', async () => {
    const secretive = makeRun(['done']);
    const steps = secretive.steps.map((each) => ({ ...each, result: aResult('printed') }));
    const { runs } = await openRuns(makeView({ ...secretive, steps }, { isLive: false }));
    await runs.load();
    expect(JSON.stringify(runs.runs)).not.toContain('printed');
  });

  test('names runs that are in progress or interrupted, until they are hidden', async () => {
    const cut = makeRun(['done', 'unknown']);
    const asks = { ...makeRun(['done']), id: '00000000000000bb' as RunId };
    const over = { ...makeRun(['done', 'done', 'done'], { state: 'done' }), id: '00000000000000cc' as RunId };
    const { runs } = await openRuns(
      makeView(cut, { isLive: false }),
      makeView(asks, makeQuestion('two', 'failed')),
      makeView(over, { isLive: false }),
    );
    await runs.load();
    expect(runs.lines.map(({ id, phase, at }) => [id, phase, at]).sort()).toEqual([
      [ID, 'interrupted', 2],
      ['00000000000000bb', 'failed', 2],
    ]);
    runs.dismiss(ID);
    expect(runs.lines.map(({ phase }) => phase)).toEqual(['failed']);
  });

  test('opens a run on the screen for runs', async () => {
    const { state, runs } = await openRuns(makeView(makeRun([]), makeQuestion('one')));
    await runs.showRun(ID);
    expect([state.screen, runs.opened?.run.id]).toEqual(['runs', ID]);
  });

  test('reports a failure to read the runs', async () => {
    const { console, state, runs } = await openRuns();
    console.fail('runs', 'list');
    await runs.load();
    expect([runs.loaded, state.notices.list.length]).toEqual([true, 1]);
  });
});
