import { describe, expect, test } from 'vitest';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import type { Plan, PlanCommand, PlanStep } from '../../../core/plan/model/plan.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import { ConsoleError, type ProblemCode } from '../../../core/shared/problem.ts';
import type { RunConsent } from '../../../core/runs/model/consent.ts';
import type { PlanSource, RunAnswer, RunTarget } from '../../../core/runs/contract.ts';
import type { RunView } from '../../../core/runs/model/view.ts';
import { isOfCatalogue } from '../../../core/runs/model/catalogue-steps.ts';
import { fillPlan } from '../../../core/runs/model/run.ts';
import type { StepJudge } from '../../../core/runs/recorded-plan.ts';
import { Runs } from '../../../core/runs/runs.ts';
import { runStore } from '../../../core/runs/store/store.ts';
import { consentQuestion } from '../../../core/runs/text/consent.ts';
import { LANGUAGES, translator } from '../../../core/shared/text/text.ts';
import { memoryClaims } from '../../support/claims.ts';
import { MemoryFiles, RecordingOutside, testPorts } from '../../support/ports.ts';
import { makePlan as repairPlanOf } from '../repair/fleet-by-hand.ts';
import { cmdlet, exampleValues, makePlan, step } from './plans.ts';

const SOURCE: PlanSource = { kind: 'repair', answers: { texts: [], answers: {}, clusters: [], failures: [] } };
const LOCAL: RunTarget = { kind: 'local' };

const DANGEROUS = step('rebuild', {
  risk: 'dangerous',
  command: { kind: 'cmdlet', name: 'Remove-AksHciCluster', parameters: [{ name: 'name', value: { name: 'cluster' } }] },
});

/** Makes a service for runs of one plan, on a computer where all commands succeed. */
function makeRuns(
  plan: Plan,
  agree: (asked: RunConsent) => boolean | Promise<boolean> = () => true,
  isOfCatalogue: StepJudge = () => true,
) {
  const outside = new RecordingOutside();
  const ports = testPorts(new MemoryFiles(), outside);
  const asked: RunConsent[] = [];
  const store = runStore(ports, '/data');
  const { files } = ports;
  const runs = new Runs({
    ports: {
      ...ports,
      host: {
        about: () => ({ version: '1', node: '22', system: 'test' }),
        chooseSources: async () => [],
        chooseTarget: async () => null,
        copy: async () => undefined,
        user: () => 'admin',
      },
    },
    dataFolder: '/data',
    store,
    claim: memoryClaims(),
    findLab: () => Promise.resolve(undefined),
    makePlan: () => Promise.resolve({ plan }),
    isOfCatalogue,
    fleet: () => ({ now: ports.clock.now(), clusters: [], classes: LIFETIME_CLASSES, facts: {}, listRows: () => [] }),
    consent: async (consent) => {
      asked.push(consent);
      return agree(consent);
    },
    outcome: () => Promise.reject(new Error('nothing is read again')),
    withTrail: (work) => work({ append: async () => undefined, async *check() {} }),
    changed: () => undefined,
    printed: () => undefined,
    broken: (error) => {
      throw error;
    },
  });
  const waitForQuestion = async ({ run: { id } }: RunView): Promise<RunView> => {
    for (;;) {
      const view = runs.liveView(id);
      if (view === undefined || view.question !== undefined) return view ?? runs.cancel(id);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return {
    runs,
    files,
    asked,
    store,
    started: () => outside.streams.length,
    start: (target: RunTarget = LOCAL) =>
      runs.start({ source: SOURCE, stepIds: plan.steps.map(({ id }) => id), target, values: [] }),
    waitForQuestion,
    answer: ({ run: { id }, question }: RunView, answer: RunAnswer) => runs.answer(id, question?.stepId ?? '', answer),
  };
}

async function catchCode(work: Promise<unknown>): Promise<ProblemCode | 'none'> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (error instanceof ConsoleError) return error.code;
    throw error;
  }
}

describe('a run on a real computer', () => {
  test.each<[RunTarget, string]>([
    [LOCAL, 'local'],
    [{ kind: 'host', name: 'HOST01' }, 'HOST01'],
  ])('begins on %j after one consent for the whole run', async (target, name) => {
    const { start, waitForQuestion, answer, asked, started } = makeRuns(makePlan(step('one'), step('two')));
    const first = await waitForQuestion(await start(target));
    expect(asked).toMatchObject([{ kind: 'start', target: name }]);
    await answer(first, { kind: 'run' });
    await waitForQuestion(first);
    expect(asked).toHaveLength(1);
    expect(started()).toBe(1);
  });

  test('leaves nothing behind, not even a claim, if nobody agrees', async () => {
    let agrees = false;
    const { start, runs, started } = makeRuns(makePlan(step('one')), () => agrees);
    expect(await catchCode(start())).toBe('run.not-confirmed');
    expect([runs.live.count, started()]).toEqual([0, 0]);
    agrees = true;
    expect(await catchCode(start())).toBe('none');
  });

  test('is resumed after a stop only if the user agrees again', async () => {
    let agrees = true;
    const { start, waitForQuestion, answer, asked, runs } = makeRuns(makePlan(step('one'), step('two')), () => agrees);
    const view = await waitForQuestion(await start());
    const { id } = view.run;
    await answer(view, { kind: 'stop' });
    await runs.cancel(id);
    agrees = false;
    expect(await catchCode(runs.resume(id))).toBe('run.not-confirmed');
    agrees = true;
    expect(await catchCode(runs.resume(id))).toBe('none');
    expect(asked.map(({ kind }) => kind)).toEqual(['start', 'resume', 'resume']);
  });

  test('with a damaged record is resumed from the previous copy only if the user agrees to that', async () => {
    let agrees = true;
    const plan = makePlan(step('one'), step('two'));
    const { start, waitForQuestion, answer, asked, runs, files } = makeRuns(plan, () => agrees);
    const view = await waitForQuestion(await start());
    const { id } = view.run;
    await answer(view, { kind: 'stop' });
    await runs.cancel(id);
    const path = `/data/runs/${id}.json`;
    await files.replace(`${path}.previous`, await files.read(path, Infinity));
    await files.replace(path, 'damaged');
    agrees = false;
    expect(await catchCode(runs.resume(id))).toBe('run.not-confirmed');
    expect(new TextDecoder().decode(await files.read(path, Infinity))).toBe('damaged');
    agrees = true;
    expect(await catchCode(runs.resume(id))).toBe('none');
    expect(asked.slice(1)).toMatchObject([{ isFormerCopy: true }, { isFormerCopy: true }]);
    const { detail } = consentQuestion(
      { kind: 'resume', plan, target: 'local', isFormerCopy: true },
      { ...{ language: 'en', translate: translator('en'), zone: 'utc' } },
    );
    expect(detail).toContain('This is an earlier copy');
  });

  test('asks before each step that may destroy a cluster, and asks again after a refusal', async () => {
    let agrees = true;
    const dangerous = { ...DANGEROUS, command: cmdlet('Remove-AksHciCluster', 'retail-east') };
    const { start, waitForQuestion, answer, asked, started } = makeRuns(makePlan(step('one'), dangerous), () => agrees);
    const view = await waitForQuestion(await start());
    await answer(view, { kind: 'run' });
    const second = await waitForQuestion(view);
    agrees = false;
    expect(await catchCode(answer(second, { kind: 'run' }))).toBe('run.not-confirmed');
    expect(started()).toBe(1);
    expect((await waitForQuestion(second)).question?.stepId).toBe('rebuild');
    agrees = true;
    await answer(second, { kind: 'run' });
    await waitForQuestion(second);
    expect(started()).toBe(2);
    expect(asked.map(({ kind }) => kind)).toEqual(['start', 'step', 'step']);
  });

  test('rejects a step whose value was changed while the dialog showed another value', async () => {
    const given = makeRuns(makePlan(DANGEROUS), async (consent) => {
      if (consent.kind !== 'step') return true;
      const view = await given.waitForQuestion(shown);
      await given.answer(view, { kind: 'fill', values: [{ name: 'cluster', value: 'logistics' }] });
      await given.waitForQuestion(shown);
      return true;
    });
    const { start, waitForQuestion, answer, started } = given;
    const shown: RunView = await waitForQuestion(await start());
    expect(await catchCode(answer(shown, { kind: 'run' }))).toBe('run.not-asked');
    expect(started()).toBe(0);
  });
});

describe('a record that somebody has changed', () => {
  const planned = repairPlanOf({ named: ['depot'], failures: ['F01', 'F08', 'F10'] });
  const PLAN = { ...planned, clusters: planned.clusters.map((each, at) => ({ ...each, id: `c${at}` as ClusterId })) };
  const FILLED = fillPlan(PLAN, exampleValues(PLAN));
  const stepWith = (isWanted: (command: PlanCommand) => boolean): PlanStep => {
    const found = FILLED.steps.find(({ command }) => command !== undefined && isWanted(command));
    if (found === undefined) throw new Error('no such step in the plan');
    return found;
  };
  const SCRIPT = stepWith((command) => command.kind === 'script' && Object.keys(command.values).length > 0);
  const CMDLET = stepWith((command) => command.kind === 'cmdlet');
  const script = 'Remove-Item C:\\Important -Recurse';

  const changes: [string, PlanStep][] = [
    ['runs a different command from the one it shows', changeCommand(SCRIPT, { script })],
    ['shows and runs a different command', changeCommand(SCRIPT, { script, typed: script })],
    ['runs a different cmdlet', changeCommand(CMDLET, { name: 'Remove-AksHciCluster' })],
    ['has one more parameter', changeCommand(CMDLET, { parameters: [{ name: 'name', value: { literal: 'depot' } }] })],
    ['runs a program', { ...CMDLET, command: { kind: 'program', program: 'cmd', args: [{ literal: '/c' }] } }],
    ['has a different check', { ...CMDLET, check: { command: cmdlet('Remove-AksHci'), expected: CMDLET.title } }],
    ['belongs to another command', { ...CMDLET, command: SCRIPT.command }],
    ['leaves its command to a person', { ...CMDLET, needsPerson: true }],
    ['states a different risk', { ...CMDLET, risk: 'none' }],
    ['has a different title', { ...CMDLET, title: { ...CMDLET.title, text: 'Only look' } }],
    ['has a value that a program takes for an option', setValue(SCRIPT, '--kubeconfig=evil')],
  ];

  test.each(changes)('is refused, and the error contains the step and the file, if a step %s', async (_title, step) => {
    const { start, waitForQuestion, answer, runs, store, asked, started } = makeRuns(FILLED, () => true, isOfCatalogue);
    const view = await waitForQuestion(await start());
    await answer(view, { kind: 'stop' });
    const { run } = await runs.cancel(view.run.id);
    const steps = FILLED.steps.map((each) => (each.id === step.id ? step : each));
    await store.keep({ ...run, plan: { ...FILLED, steps } });
    await expect(runs.resume(run.id)).rejects.toMatchObject({
      code: 'run.command-changed',
      params: { step: step.id, file: `runs/${run.id}.json` },
    });
    expect([asked.length, started()]).toEqual([1, 0]);
    await store.keep(run);
    expect(await catchCode(runs.resume(run.id))).toBe('none');
  });

  test('is refused as a record of another release, if another release has written it', async () => {
    const { start, waitForQuestion, answer, runs, store } = makeRuns(FILLED, () => true, isOfCatalogue);
    const view = await waitForQuestion(await start());
    await answer(view, { kind: 'stop' });
    const { run } = await runs.cancel(view.run.id);
    const steps = FILLED.steps.map((each) => (each.id === SCRIPT.id ? changeCommand(SCRIPT, { script }) : each));
    for (const madeBy of ['0.9', undefined]) {
      await store.keep({ ...run, madeBy, plan: { ...FILLED, steps } });
      await expect(runs.resume(run.id)).rejects.toMatchObject({
        code: 'run.of-another-release',
        params: { step: SCRIPT.id, madeBy: madeBy ?? 'unknown', release: '1' },
      });
      // An unchanged record can be resumed, whichever release has written it.
      await store.keep({ ...run, madeBy });
      await runs.resume(run.id);
      await runs.cancel(run.id);
    }
  });
});

function changeCommand(step: PlanStep, change: object): PlanStep {
  return { ...step, command: { ...step.command, ...change } as PlanCommand };
}

function setValue(step: PlanStep, value: string): PlanStep {
  const { command } = step;
  if (command?.kind !== 'script') throw new Error('no script');
  const [[key, word] = ['', undefined]] = Object.entries(command.values);
  return changeCommand(step, { values: { ...command.values, [key]: { ...word, value } } });
}

describe('the confirmation dialog', () => {
  const words = (language: (typeof LANGUAGES)[number]) =>
    ({ language, translate: translator(language), zone: 'utc' }) as const;

  test.each(LANGUAGES)(
    'contains in %s the plan, the target, the cluster, the step and the whole command',
    (language) => {
      const filled: PlanStep = { ...DANGEROUS, command: cmdlet('Remove-AksHciCluster', 'retail-east') };
      const asked: RunConsent = { kind: 'step', plan: makePlan(filled), target: 'HOST01', step: filled };
      const { message, detail, yes, no } = consentQuestion(asked, words(language));
      expect(message).toContain('HOST01');
      for (const part of ['HOST01', 'retail-east', 'Remove-AksHciCluster -name retail-east'])
        expect(detail).toContain(part);
      expect(new Set([yes, no]).size).toBe(2);
      expect(`${message}${detail}${yes}${no}`).not.toMatch(/run\.consent/u);
      const run = consentQuestion({ kind: 'start', plan: makePlan(filled), target: 'local' }, words(language));
      expect(run.detail).toContain('retail-east');
      expect(run.detail).toContain('1');
    },
  );

  test('never shows part of a cluster’s name as a separate line', () => {
    const plan = makePlan(step('one'));
    const forged = { ...plan, clusters: [{ name: 'east\nTarget: harmless\u202e', isHost: false }] };
    const { detail } = consentQuestion({ kind: 'start', plan: forged, target: 'HOST01' }, words('en'));
    expect(detail.split('\n').filter((line) => line.startsWith('Target:'))).toEqual(['Target: HOST01']);
    expect(detail).not.toMatch(/\u202e/u);
  });
});
