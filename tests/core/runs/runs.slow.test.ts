import { beforeEach, describe, expect, test } from 'vitest';
import { openValues, type Plan } from '../../../core/plan/model/plan.ts';
import { parseOpenValue, valueFault } from '../../../core/plan/model/value.ts';
import type { Result } from '../../../core/shared/problem.ts';
import type { RepairAnswers } from '../../../core/repair/model/planning.ts';
import type { RunId } from '../../../core/runs/model/run.ts';
import type { RunAnswer, RunRequest } from '../../../core/runs/contract.ts';
import type { RunView } from '../../../core/runs/model/view.ts';
import type { FileTicket } from '../../../core/shared/ticket.ts';
import { startSampleFleet, type Started } from '../sample/fleet.ts';

let fleet: Started;

/** Starts with the clusters of the demo fleet as if they were real, on a computer where all commands succeed. */
beforeEach(async () => {
  fleet = await startSampleFleet();
  fleet.ports.host.confirm = () => Promise.resolve(true);
  for (const cluster of fleet.store.clusters()) {
    const { sample: _sample, ...real } = cluster;
    await fleet.store.update(real);
  }
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code} ${JSON.stringify(result.problem.params)}`);
  return result.value;
}

function problem(result: Result<unknown>): string {
  return result.ok ? 'none' : result.problem.code;
}

const answersFor = (...clusters: string[]): RepairAnswers => ({ texts: [], answers: {}, clusters, failures: [] });

async function planFor(cluster: string): Promise<Plan> {
  return value(await fleet.api.repair.plan(answersFor(cluster))).plan;
}

async function requestFor(cluster: string, more: Partial<RunRequest> = {}): Promise<RunRequest> {
  const plan = await planFor(cluster);
  return {
    source: { kind: 'repair', answers: answersFor(cluster) },
    stepIds: plan.steps.map(({ id }) => id),
    target: { kind: 'local' },
    values: openValues(plan).map((name) => ({ name, value: someValue(name) })),
    ...more,
  };
}

function someValue(name: string): string {
  return valueFault(parseOpenValue(name), '192.0.2.7') === undefined ? '192.0.2.7' : 'a1';
}

/** Waits until the run asks a question or ends, and returns the run. */
async function waitForQuestion(id: RunId): Promise<RunView> {
  for (;;) {
    const view = value(await fleet.api.runs.read({ id }));
    if (view.question !== undefined || !view.isLive) return view;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function answer(view: RunView, given: RunAnswer): Promise<RunView> {
  const { run, question } = view;
  const stepId = question?.stepId ?? '';
  value(await fleet.api.runs.answer({ id: run.id, stepId, answer: given }));
  return waitForQuestion(run.id);
}

/** Confirms steps and marks manual ones as done, until the run ends or a step fails. */
async function runToEnd(view: RunView): Promise<RunView> {
  let now = view;
  while (now.question !== undefined) {
    const { kind, byHand } = now.question;
    const given: RunAnswer = kind === 'failed' ? { kind: 'stop' } : byHand ? { kind: 'done' } : { kind: 'run' };
    now = await answer(now, given);
  }
  return now;
}

async function readAudit(id: RunId) {
  const { lines } = value(await fleet.api.audit.list({ limit: 1000 }));
  return lines
    .flatMap(({ entry }) => (entry?.subject === id ? [entry] : []))
    .filter(({ action, params }) => !('act' in params) || (action === 'run.exported' && params['phase'] === 'done'))
    .reverse()
    .map(({ action }) => action);
}

test('the audit trail contains each step of a run', async () => {
  const view = value(await fleet.api.runs.start(await requestFor('logistics')));
  const { id } = view.run;
  const skipped = await answer(await waitForQuestion(id), { kind: 'skip', reason: 'seen already' });
  const ended = await runToEnd(skipped);
  const steps = ended.run.steps.map(({ state }) => `run.step-${state}`);
  expect(await readAudit(id)).toEqual(['run.started', ...steps, 'run.ended']);
  expect(steps[0]).toBe('run.step-skipped');
});

test('a waiting run can be resumed at the same step after a restart of the console', async () => {
  const view = value(await fleet.api.runs.start(await requestFor('logistics')));
  const { id } = view.run;
  const second = await answer(await waitForQuestion(id), { kind: 'run' });
  expect(second.question?.stepId).toBe(second.run.steps[1]?.id);
  expect(fleet.runs.live()).toEqual({ count: 1, working: 0 });
  await fleet.runs.close();
  expect(fleet.runs.live()).toEqual({ count: 0, working: 0 });
  const stopped = value(await fleet.api.runs.read({ id }));
  expect([stopped.isLive, stopped.run.state]).toEqual([false, 'stopped']);
  expect(stopped.run.steps[0]?.state).toBe('done');
  const { runs } = value(await fleet.api.runs.list());
  expect(runs).toMatchObject([{ id, isLive: false, state: 'stopped', target: 'local' }]);
  value(await fleet.api.runs.resume({ id }));
  const again = await waitForQuestion(id);
  expect(again.question?.stepId).toBe(second.question?.stepId);
  expect((await runToEnd(again)).run.state).toBe('done');
  expect(await readAudit(id)).toContain('run.resumed');
});

test('a run that is cancelled while it waits ends without another step', async () => {
  const view = value(await fleet.api.runs.start(await requestFor('logistics')));
  await waitForQuestion(view.run.id);
  const stopped = value(await fleet.api.runs.cancel({ id: view.run.id }));
  expect([stopped.isLive, stopped.run.state]).toEqual([false, 'stopped']);
  expect(new Set(stopped.run.steps.map(({ state }) => state))).toEqual(new Set(['not-started']));
});

describe('a request is refused', () => {
  test('to run a plan that has changed since it was shown', async () => {
    const request = await requestFor('logistics');
    const stepIds = request.stepIds.slice(1);
    expect(problem(await fleet.api.runs.start({ ...request, stepIds }))).toBe('run.plan-changed');
  });

  test('to run a plan that has no steps', async () => {
    const request = await requestFor('osaka-plant', { stepIds: [] });
    expect((await planFor('osaka-plant')).steps).toEqual([]);
    expect(problem(await fleet.api.runs.start(request))).toBe('run.nothing-to-do');
  });

  test.each([
    [{ kind: 'host', name: 'host01; Remove-Item C:\\' }, 'run.bad-host'],
    [{ kind: 'host', name: 'sample' }, 'run.bad-host'],
    [{ kind: 'host', name: '-ComputerName' }, 'run.bad-host'],
  ] as const)('to run a plan on the target %j', async (target, code) => {
    expect(problem(await fleet.api.runs.start(await requestFor('logistics', { target })))).toBe(code);
  });

  test('to run a plan for a real cluster on a lab', async () => {
    const request = await requestFor('logistics', { target: { kind: 'lab' } });
    expect(problem(await fleet.api.runs.start(request))).toBe('run.no-lab');
  });

  test.each([
    [{ kind: 'lab' }, 'run.no-lab'],
    [{ kind: 'local' }, 'run.sample-only'],
    [{ kind: 'host', name: 'host01' }, 'run.sample-only'],
  ] as const)('to run a plan for the demo fleet, which has no machines, on the target %j', async (target, code) => {
    fleet = await startSampleFleet();
    expect(problem(await fleet.api.runs.start(await requestFor('logistics', { target })))).toBe(code);
  });

  test('for a second run on a cluster, until the first has ended', async () => {
    const request = await requestFor('logistics');
    const { run } = value(await fleet.api.runs.start(request));
    expect(problem(await fleet.api.runs.start(request))).toBe('run.cluster-busy');
    value(await fleet.api.runs.cancel({ id: run.id }));
    expect(problem(await fleet.api.runs.start(request))).toBe('none');
  });

  test('with an answer that the question does not allow', async () => {
    const view = value(await fleet.api.runs.start(await requestFor('logistics')));
    const { run, question } = await waitForQuestion(view.run.id);
    const stepId = question?.stepId ?? '';
    const give = async (given: RunAnswer, to = stepId): Promise<string> =>
      problem(await fleet.api.runs.answer({ id: run.id, stepId: to, answer: given }));
    expect(await give({ kind: 'retry' })).toBe('run.not-asked');
    expect(await give({ kind: 'skip', reason: ' ' })).toBe('run.not-asked');
    expect(await give({ kind: 'run' }, 'another-step')).toBe('run.not-asked');
    value(await fleet.api.runs.cancel({ id: run.id }));
    expect(await give({ kind: 'run' })).toBe('run.not-asked');
    const nobody = { id: 'ffffffffffffffff' as RunId, stepId, answer: { kind: 'stop' } as const };
    expect(problem(await fleet.api.runs.answer(nobody))).toBe('run.unknown');
  });
});

test('the evidence of a run is one file, which is the same at every export', async () => {
  const view = value(await fleet.api.runs.start(await requestFor('logistics')));
  const { id } = (await runToEnd(await waitForQuestion(view.run.id))).run;
  const save = async (path: string) => value(await fleet.api.runs.exportEvidence({ id, target: path as FileTicket }));
  const first = await save('/one.zip');
  expect((await save('/two.zip')).sha256).toBe(first.sha256);
  expect(await readAudit(id)).toContain('run.exported');
});
