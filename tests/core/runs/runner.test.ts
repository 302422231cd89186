import { describe, expect, test } from 'vitest';
import { citeText, UPDATE_COMMANDS } from '../../../core/knowledge/model/sources/sources.ts';
import { instant } from '../../../core/shared/instant.ts';
import { openValues, type Plan, type PlanStep } from '../../../core/plan/model/plan.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import type { RunRecord, StepState } from '../../../core/runs/model/run.ts';
import { runPlan, type RunEvents } from '../../../core/runs/runner.ts';
import type { StepRunner } from '../../../core/runs/target.ts';
import { testPorts, type TestPorts } from '../../support/ports.ts';
import { makeCheckedStep, cmdlet, MemoryTarget, makePlan, result, makeRun, step } from './plans.ts';

const WHY_CASE = citeText('repair.only.api-server-down', UPDATE_COMMANDS);
/** Confirms each step, and answers any other question with “done”. */
const saysDone: RunEvents['ask'] = ({ kind }) => Promise.resolve({ kind: kind === 'confirm' ? 'run' : 'done' });
const YES: RunEvents = { ask: () => Promise.resolve({ kind: 'run' }) };

interface Work {
  target?: StepRunner;
  events?: RunEvents;
  clock?: TestPorts['clock'];
  signal?: AbortSignal;
  keep?: (run: RunRecord) => Promise<unknown>;
}

function go(run: RunRecord, { target = new MemoryTarget(), events = YES, ...more }: Work = {}) {
  const { clock = testPorts().clock, keep = () => Promise.resolve(), signal } = more;
  return runPlan({ run, target, events, clock, keep, signal });
}

const states = ({ steps }: RunRecord): StepState[] => steps.map(({ state }) => state);
const PLAN = makePlan(makeCheckedStep('one'), makeCheckedStep('two'), makeCheckedStep('three'));

describe('a run', () => {
  test('performs and checks each step after its confirmation, in the order of the plan', async () => {
    const target = new MemoryTarget();
    const asked: string[] = [];
    const run = await go(makeRun(PLAN), {
      target,
      events: {
        ask: ({ step: { id }, byHand }) => {
          asked.push(`${id} after ${target.ran.length} ${byHand}`);
          return Promise.resolve({ kind: 'run' });
        },
      },
    });
    expect(target.ran).toEqual(['one', 'one?', 'two', 'two?', 'three', 'three?']);
    expect(asked).toEqual(['one after 0 false', 'two after 2 false', 'three after 4 false']);
    expect(run).toMatchObject({ state: 'done' });
    expect(run.steps.map(({ check }) => check?.verdict)).toEqual(Array(3).fill('satisfied'));
  });

  test('stops at the first failure, and can be resumed there', async () => {
    const target = new MemoryTarget();
    target.fate.set('two', result({ exitCode: 1 }));
    const failed = await go(makeRun(PLAN), { target });
    expect([failed.state, ...states(failed)]).toEqual(['failed', 'done', 'failed', 'not-started']);
    const again = await go(failed, { target });
    expect([again.state, ...states(again)]).toEqual(['done', 'done', 'done', 'done']);
    expect(target.ran).toEqual(['one', 'one?', 'two', 'two', 'two?', 'three', 'three?']);
    expect(again.steps[1]?.tries).toBe(2);
  });

  test.each([
    ['with unexpected output', result()],
    ['that fails', result({ exitCode: 1 })],
    ['with a known error', result({ knownErrors: [{ failure: 'F07', confidence: 0.9 }] })],
    ['that takes too long', result({ ended: 'timed-out', exitCode: null })],
  ])('stops at a check %s', async (_title, fate) => {
    const target = new MemoryTarget();
    target.fate.set('one?', fate);
    const run = await go(makeRun(PLAN), { target });
    expect([run.state, ...states(run)]).toEqual(['failed', 'failed', 'not-started', 'not-started']);
    expect(run.steps[0]?.check?.verdict).toBe('not-satisfied');
  });

  test('asks once whether a condition is met, and then skips all steps of that cluster with the same condition', async () => {
    const only = [WHY_CASE];
    const other = step('five', { only, cluster: 'another' });
    const plan = makePlan(step('one', { only }), step('two', { only }), step('three'), step('four', { only }), other);
    const target = new MemoryTarget();
    const asked: string[] = [];
    const run = await go(makeRun(plan), {
      target,
      events: {
        ask: ({ step: { id } }) => {
          asked.push(id);
          return Promise.resolve(id === 'one' ? { kind: 'skip', reason: 'it answers', isCase: true } : { kind: 'run' });
        },
      },
    });
    expect(asked).toEqual(['one', 'three', 'five']);
    expect(states(run)).toEqual(['skipped', 'skipped', 'done', 'skipped', 'done']);
    expect(run.steps[1]?.reason).toBe('it answers');
  });

  test('asks for a value at its step, and uses the value in later steps too', async () => {
    const open = { name: 'Update-AksHciClusterCertificates', kind: 'cmdlet' } as const;
    const parameters = [{ name: 'name', value: { name: 'worker-ip' } }];
    const plan = makePlan(
      makeCheckedStep('one'),
      step('two', { command: { ...open, parameters } }),
      step('three', { command: { ...open, parameters } }),
    );
    const target = new MemoryTarget();
    const asked: [string, boolean][] = [];
    const kept: RunRecord[] = [];
    const run = await go(makeRun(plan), {
      target,
      keep: (record) => Promise.resolve(kept.push(record)),
      events: {
        ask: ({ step: { id }, byHand }) => {
          asked.push([id, byHand]);
          const values = [{ name: 'worker-ip', value: '10.0.0.7' }];
          return Promise.resolve(byHand ? { kind: 'fill', values } : { kind: 'run' });
        },
      },
    });
    expect(asked).toEqual([
      ['one', false],
      ['two', true],
      ['two', false],
      ['three', false],
    ]);
    expect(target.ran).toEqual(['one', 'one?', '10.0.0.7', '10.0.0.7']);
    expect(run.state).toBe('done');
    // The record contains the value before the step begins, so a resumed run has it too.
    const begun = kept.find(({ steps }) => steps[1]?.state === 'running');
    expect(openValues(begun?.plan ?? plan)).toEqual([]);
  });

  test('marks a check as unclear if its output cannot be judged', async () => {
    const { check, ...rest } = makeCheckedStep('one');
    if (check === undefined) throw new Error('a check is expected');
    const { prints: _prints, ...seen } = check;
    const run = await go(makeRun(makePlan({ ...rest, check: seen })));
    expect(run.steps[0]).toMatchObject({ state: 'done', check: { verdict: 'unclear' } });
  });

  test.each([
    [['another', 'it is one'], 'satisfied'],
    [['it is none'], 'unclear'],
  ])('with a check that requires any of %j in its output records the verdict %s', async (satisfiedBy, verdict) => {
    const { check, ...rest } = makeCheckedStep('one');
    if (check === undefined) throw new Error('a check is expected');
    const { prints: _prints, ...seen } = check;
    const run = await go(makeRun(makePlan({ ...rest, check: { ...seen, satisfiedBy } })));
    expect(run.steps[0]).toMatchObject({ state: 'done', check: { verdict } });
  });

  test('does not accept the check of several hosts if the output of one host contradicts it', async () => {
    const { check, ...rest } = makeCheckedStep('one');
    if (check === undefined) throw new Error('a check is expected');
    const { prints: _prints, ...seen } = check;
    const judged = { ...seen, satisfiedBy: ['it is'], deniedBy: ['is one'] };
    const run = await go(makeRun(makePlan({ ...rest, check: judged })));
    expect(run.steps[0]).toMatchObject({ state: 'failed', check: { verdict: 'not-satisfied' } });
  });

  test('skips a step with a reason or stops, depending on the answer', async () => {
    const target = new MemoryTarget();
    target.fate.set('one', result({ exitCode: 1 }));
    const answers = [{ kind: 'run' }, { kind: 'skip', reason: 'done by the night shift' }, { kind: 'stop' }] as const;
    let next = 0;
    const run = await go(makeRun(PLAN), {
      target,
      events: {
        ask: ({ kind }) =>
          Promise.resolve(kind === 'confirm' ? (answers[Math.min(next++, 2)] ?? { kind: 'stop' }) : { kind: 'retry' }),
      },
    });
    expect(run.steps[0]).toMatchObject({ state: 'skipped', reason: 'done by the night shift' });
    expect([run.state, run.steps[1]?.state]).toEqual(['stopped', 'not-started']);
    expect(target.ran).toEqual(['one']);
  });

  describe('in which a command wrote errors', () => {
    const wrote = (): MemoryTarget => {
      const target = new MemoryTarget();
      target.intercept = (name) => {
        if (name === 'one') target.done.add('one');
      };
      target.fate.set('one', result({ ended: 'with-errors', exitCode: 3 }));
      return target;
    };

    test('counts the step as done if its check is satisfied', async () => {
      const run = await go(makeRun(makePlan(makeCheckedStep('one'), step('two'))), { target: wrote() });
      expect(states(run)).toEqual(['done', 'done']);
      expect(run.steps[0]).toMatchObject({ result: { ended: 'with-errors' }, check: { verdict: 'satisfied' } });
    });

    test('counts the step as failed if its check is not satisfied', async () => {
      const target = wrote();
      target.intercept = () => undefined;
      const run = await go(makeRun(makePlan(makeCheckedStep('one'), step('two'))), { target });
      expect([run.state, ...states(run)]).toEqual(['failed', 'failed', 'not-started']);
    });

    test('stops if there is no check, and asks again when it is resumed', async () => {
      const target = wrote();
      const run = await go(makeRun(makePlan(step('one'), step('two'))), { target });
      expect([run.state, ...states(run)]).toEqual(['failed', 'wrote-errors', 'not-started']);
      const asked: string[] = [];
      const resumed = await go(run, {
        target,
        events: {
          ask: ({ step: { id }, record }) => {
            asked.push(`${id} ${record.state}`);
            return Promise.resolve({ kind: id === 'one' ? 'done' : 'run' });
          },
        },
      });
      expect(asked).toEqual(['one wrote-errors', 'two not-started']);
      expect(states(resumed)).toEqual(['done', 'done']);
      expect(target.ran).toEqual(['one', 'two']);
    });

    test('continues after a person has confirmed the step, which is recorded', async () => {
      const settled: string[] = [];
      const run = await go(makeRun(makePlan(step('one'), step('two'))), {
        target: wrote(),
        events: {
          ask: saysDone,
          settled: (_run, { id, state }) => Promise.resolve(void settled.push(`${id} ${state}`)),
        },
      });
      expect(run.steps[0]).toMatchObject({ state: 'done', accepted: true, result: { ended: 'with-errors' } });
      expect(settled).toEqual(['one wrote-errors', 'one done', 'two done']);
    });

    test('does not count a failed step as done if a person confirms it', async () => {
      const target = new MemoryTarget();
      target.fate.set('one', result({ exitCode: 1 }));
      const run = await go(makeRun(makePlan(step('one'))), { target, events: { ask: saysDone } });
      expect([run.state, ...states(run)]).toEqual(['failed', 'failed']);
    });
  });

  test('leaves steps with no command or with a missing value to a person', async () => {
    const { command: _command, ...hand } = step('hand');
    const open: PlanStep = step('open', {
      command: {
        kind: 'cmdlet',
        name: 'Update-AksHciCluster',
        parameters: [{ name: 'kubernetesVersion', value: { name: 'version' } }],
      },
    });
    const target = new MemoryTarget();
    const byHand: boolean[] = [];
    const run = await go(makeRun(makePlan(hand, open)), {
      target,
      events: {
        ask: (question) => {
          byHand.push(question.byHand);
          return Promise.resolve({ kind: 'done' });
        },
      },
    });
    expect(byHand).toEqual([true, true]);
    expect(target.ran).toEqual([]);
    expect(run.steps).toMatchObject([
      { state: 'done', byHand: true },
      { state: 'done', byHand: true },
    ]);
  });

  test('that is cancelled ends its command and starts no other command', async () => {
    const target = new MemoryTarget();
    const controller = new AbortController();
    target.fate.set('two', result({ ended: 'cancelled', exitCode: null }));
    target.intercept = (name) => {
      if (name === 'two') controller.abort();
    };
    const run = await go(makeRun(PLAN), { target, signal: controller.signal });
    expect([run.state, ...states(run)]).toEqual(['stopped', 'done', 'cancelled', 'not-started']);
    const again = await go(run, { target });
    // The check shows that the step is not done.
    expect(target.ran.slice(2)).toEqual(['two', 'two?', 'two', 'two?', 'three', 'three?']);
    expect(again.state).toBe('done');
  });

  test.each(['timed-out', 'lost'] as const)('records the outcome as unknown if a step was %s', async (ended) => {
    const target = new MemoryTarget();
    target.fate.set('one', result({ ended, exitCode: ended === 'lost' ? 255 : null }));
    const run = await go(makeRun(PLAN), { target });
    expect([run.state, run.steps[0]?.state]).toEqual(['failed', 'unknown']);
    // The step took effect after all, so it must not be done twice.
    target.done.add('one');
    const again = await go(run, { target });
    expect(target.ran.filter((name) => name === 'one')).toHaveLength(1);
    expect(states(again)).toEqual(['done', 'done', 'done']);
  });

  test('reports a missing program as a failure', async () => {
    const target: StepRunner = {
      canRun: () => true,
      run: () => Promise.reject(new ConsoleError('program.not-found', { program: 'ssh' })),
    };
    const run = await go(makeRun(PLAN), { target });
    expect(run.steps[0]).toMatchObject({
      state: 'failed',
      result: { ended: 'not-started', output: { head: 'program.not-found: ssh\n' } },
    });
  });

  test('fails if a program cannot be started, and keeps the reason', async () => {
    const fault = new ConsoleError('program.not-started', { program: '/opt/kubectl', reason: 'UNKNOWN' });
    const target: StepRunner = { canRun: () => true, run: () => Promise.reject(fault) };
    const run = await go(makeRun(PLAN), { target });
    expect(run).toMatchObject({
      state: 'failed',
      steps: [{ result: { missingProgram: '/opt/kubectl', startFault: 'UNKNOWN' } }, {}, {}],
    });
  });

  test('records no end before the beginning, even if the clock is set back', async () => {
    const clock = testPorts().clock;
    const target = new MemoryTarget();
    clock.moment = instant('2026-11-25T13:00:00Z');
    target.intercept = () => {
      clock.moment = instant('2026-11-25T09:00:00Z');
    };
    const run = await go(makeRun(makePlan(makeCheckedStep('one'))), { target, clock });
    expect(run.steps[0]).toMatchObject({
      startedAt: '2026-11-25T13:00:00Z',
      endedAt: '2026-11-25T13:00:00Z',
      result: { tookMs: 5 },
    });
    expect(run.endedAt).toBe('2026-11-25T13:00:00Z');
  });

  test('neither ends a step early nor records a wrong duration if the clock is changed', async () => {
    const clock = testPorts().clock;
    const target = new MemoryTarget();
    clock.moment = instant('2026-11-25T13:00:00Z');
    const limits: number[] = [];
    target.intercept = (_name, { timeoutMs }) => {
      limits.push(timeoutMs);
      clock.moment = instant('2027-11-25T13:00:00Z');
    };
    const run = await go(makeRun(makePlan(makeCheckedStep('one'), makeCheckedStep('two'))), { target, clock });
    expect([run.state, ...states(run)]).toEqual(['done', 'done', 'done']);
    // The time limit of a command is measured by a monotonic clock from the start of that command.
    expect(limits.slice(0, 2)).toEqual(limits.slice(2));
    expect(run.steps.map(({ result: ended }) => ended?.tookMs)).toEqual([5, 5]);
    expect(run.steps[0]).toMatchObject({ startedAt: '2026-11-25T13:00:00Z' });
    expect(run.endedAt).toBe('2027-11-25T13:00:00Z');
  });
});

/** Returns each record that was written, with the steps that were done on the host at that time. */
async function snapshots(plan: Plan): Promise<{ run: RunRecord; done: string[] }[]> {
  const target = new MemoryTarget();
  const all: { run: RunRecord; done: string[] }[] = [];
  await go(makeRun(plan), {
    target,
    keep: (run) => {
      all.push({ run: structuredClone(run), done: [...target.done] });
      return Promise.resolve();
    },
  });
  return all;
}

describe('a run whose program was killed', () => {
  test('repeats no step, whichever record was the last', async () => {
    const all = await snapshots(PLAN);
    expect(all.length).toBeGreaterThan(8);
    for (const { run, done } of all) {
      // If the record does not contain the end of the command, the command may have succeeded or not.
      const running = run.steps.find(({ state }) => state === 'running')?.id;
      for (const wentThrough of running === undefined ? [false] : [false, true]) {
        const target = new MemoryTarget();
        for (const id of done) target.done.add(id);
        if (running !== undefined && wentThrough) target.done.add(running);
        const before = new Set(target.done);
        const again = await go(run, { target });
        expect(states(again)).toEqual(['done', 'done', 'done']);
        for (const id of before) expect(target.ran).not.toContain(id);
        for (const id of ['one', 'two', 'three'])
          expect(target.ran.filter((name) => name === id).length).toBe(before.has(id) ? 0 : 1);
      }
    }
  });

  test.each([
    ['cannot decide', undefined, 'unclear'],
    // The check may already have been satisfied before the step.
    ['is satisfied, but does not show the cause', ['nothing'], 'satisfied'],
  ])('asks again about a step whose check %s', async (_, satisfiedBy, verdict) => {
    const check = { ...checkWithout(), ...(satisfiedBy !== undefined && { satisfiedBy }) };
    const plan = makePlan(step('one', { check }));
    const [, begun] = await snapshots(plan);
    if (begun === undefined) throw new Error('a snapshot is expected');
    expect(states(begun.run)).toEqual(['running']);
    const seen: string[] = [];
    const target = new MemoryTarget();
    await go(begun.run, {
      target,
      events: {
        ask: ({ record }) => {
          seen.push(`${record.state} ${record.check?.verdict}`);
          return Promise.resolve({ kind: 'stop' });
        },
      },
    });
    expect(seen).toEqual([`unknown ${verdict}`]);
    expect(target.ran).toEqual(['one?']);
  });
});

function checkWithout() {
  const [first] = PLAN.steps;
  if (first?.check === undefined) throw new Error('a check is expected');
  return { command: cmdlet('Get-AksHciCluster', 'one'), expected: first.check.expected };
}
