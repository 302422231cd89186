import { describe, expect, test } from 'vitest';
import { instant } from '../../../core/shared/instant.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import { LateAudit, findMissingLines } from '../../../core/runs/late-audit.ts';
import type { RunId, RunRecord } from '../../../core/runs/model/run.ts';
import { runAudit, stepAudit, type RunAuditRecord } from '../../../core/runs/run-audit.ts';
import { makePlan, makeRun, step } from './plans.ts';

const ENDED = instant('2026-11-25T12:05:00Z');

function makeEndedRun(more: Partial<RunRecord> = {}): RunRecord {
  const run = makeRun(makePlan(step('one'), step('two')));
  const steps = run.steps.map((each) => ({ ...each, state: 'done' as const, tries: 1, endedAt: ENDED }));
  return { ...run, steps, state: 'done', endedAt: ENDED, ...more };
}

function auditLines(run: RunRecord): RunAuditRecord[] {
  const steps = run.steps.flatMap((each) => stepAudit(run, each, 'admin') ?? []);
  return [runAudit('run.started', run, 'admin'), ...steps, runAudit('run.ended', run, 'admin')];
}

async function* makeTrail(records: readonly RunAuditRecord[]) {
  for (const [at, record] of records.entries()) yield { entry: { line: at + 1, at: ENDED, previous: '', ...record } };
}

const listActions = (records: readonly RunAuditRecord[]): string[] =>
  records.map(({ action, params }) => [action, params['step'] ?? ''].join(' ').trim());

describe('audit lines of a run that are missing in the trail', () => {
  test('do not exist if all were written', async () => {
    expect(await findMissingLines([makeEndedRun()], { lines: makeTrail(auditLines(makeEndedRun())) })).toEqual([]);
  });

  test('are those that could not be written, with the time of their event', async () => {
    for (const [at, line] of auditLines(makeEndedRun()).entries()) {
      if (at === 0) continue;
      const missing = await findMissingLines([makeEndedRun()], {
        lines: makeTrail(auditLines(makeEndedRun()).filter((_line, place) => place !== at)),
      });
      expect(missing).toEqual([{ ...line, params: { ...line.params, endedAt: ENDED } }]);
    }
  });

  test('include the second attempt at a step, even if the trail has the first', async () => {
    const run = makeEndedRun();
    const again = { ...run, steps: run.steps.map((each) => ({ ...each, tries: 2 })) };
    const missing = await findMissingLines([again], { lines: makeTrail(auditLines(run)) });
    expect(listActions(missing)).toEqual(['run.step-done one', 'run.step-done two']);
  });

  test('are not added for a run that may continue elsewhere, unless it is the current one', async () => {
    const run = makeEndedRun({ state: 'running', endedAt: undefined });
    const begun = auditLines(run).slice(0, 1);
    expect(await findMissingLines([run], { lines: makeTrail(begun) })).toEqual([]);
    const own = await findMissingLines([run], { lines: makeTrail(begun), own: run.id });
    expect(listActions(own)).toEqual(['run.step-done one', 'run.step-done two']);
  });

  test('are not added for a run that the trail does not contain', async () => {
    const other = makeEndedRun({ id: '00000000000000bb' as RunId });
    expect(await findMissingLines([other], { lines: makeTrail(auditLines(makeEndedRun())) })).toEqual([]);
  });
});

describe('audit lines of a run in progress', () => {
  test('are written in order and only once, after earlier failures', async () => {
    const written: string[] = [];
    let held = true;
    const late = new LateAudit((record) => {
      if (held) return Promise.reject(new ConsoleError('store.not-writable', { path: '/data/audit.jsonl' }));
      written.push(record.action);
      return Promise.resolve();
    });
    const [first, second, third] = auditLines(makeEndedRun()) as [RunAuditRecord, RunAuditRecord, RunAuditRecord];
    await late.append(first);
    await late.append(second);
    expect(late.backlog).toBe(2);
    held = false;
    await late.append(third);
    expect([late.backlog, written]).toEqual([0, ['run.started', 'run.step-done', 'run.step-done']]);
  });

  test('cause an exception if writing them reveals a bug', async () => {
    const late = new LateAudit(() => Promise.reject(new TypeError('x')));
    await expect(late.append(runAudit('run.ended', makeEndedRun(), 'admin'))).rejects.toThrow(TypeError);
  });
});
