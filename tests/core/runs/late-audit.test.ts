import { describe, expect, test } from 'vitest';
import { instant } from '../../../core/shared/instant.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import { LateAudit, missingLines } from '../../../core/runs/late-audit.ts';
import type { RunId, RunRecord } from '../../../core/runs/model/run.ts';
import { runAudit, stepAudit, type RunAuditRecord } from '../../../core/runs/run-audit.ts';
import { planOf, runOf, step } from './plans.ts';

const ENDED = instant('2026-11-25T12:05:00Z');

/** Makes a run whose two steps are done. */
function ended(more: Partial<RunRecord> = {}): RunRecord {
  const run = runOf(planOf(step('one'), step('two')));
  const steps = run.steps.map((each) => ({ ...each, state: 'done' as const, tries: 1, endedAt: ENDED }));
  return { ...run, steps, state: 'done', endedAt: ENDED, ...more };
}

function linesOf(run: RunRecord): RunAuditRecord[] {
  const steps = run.steps.flatMap((each) => stepAudit(run, each, 'admin') ?? []);
  return [runAudit('run.started', run, 'admin'), ...steps, runAudit('run.ended', run, 'admin')];
}

async function* trailOf(records: readonly RunAuditRecord[]) {
  for (const [at, record] of records.entries()) yield { entry: { line: at + 1, at: ENDED, previous: '', ...record } };
}

const told = (records: readonly RunAuditRecord[]): string[] =>
  records.map(({ action, params }) => [action, params['step'] ?? ''].join(' ').trim());

describe('lines missing from the trail', () => {
  test('are absent if all were written', async () => {
    expect(await missingLines([ended()], { lines: trailOf(linesOf(ended())) })).toEqual([]);
  });

  test('are the lines that could not be written, with the time of their event', async () => {
    for (const [at, line] of linesOf(ended()).entries()) {
      if (at === 0) continue;
      const missing = await missingLines([ended()], {
        lines: trailOf(linesOf(ended()).filter((_line, place) => place !== at)),
      });
      expect(missing).toEqual([{ ...line, params: { ...line.params, endedAt: ENDED } }]);
    }
  });

  test('of a second attempt differ from those of the first', async () => {
    const run = ended();
    const again = { ...run, steps: run.steps.map((each) => ({ ...each, tries: 2 })) };
    const missing = await missingLines([again], { lines: trailOf(linesOf(run)) });
    expect(told(missing)).toEqual(['run.step-done one', 'run.step-done two']);
  });

  test('of a run that may continue elsewhere are left to it, unless it is this one', async () => {
    const run = ended({ state: 'running', endedAt: undefined });
    const begun = linesOf(run).slice(0, 1);
    expect(await missingLines([run], { lines: trailOf(begun) })).toEqual([]);
    const own = await missingLines([run], { lines: trailOf(begun), own: run.id });
    expect(told(own)).toEqual(['run.step-done one', 'run.step-done two']);
  });

  test('of a run that the trail does not know are not invented', async () => {
    const other = ended({ id: '00000000000000bb' as RunId });
    expect(await missingLines([other], { lines: trailOf(linesOf(ended())) })).toEqual([]);
  });
});

describe('lines of a run in progress', () => {
  test('wait for each other, and are written in order and once', async () => {
    const written: string[] = [];
    let held = true;
    const late = new LateAudit((record) => {
      if (held) return Promise.reject(new ConsoleError('store.not-writable', { path: '/data/audit.jsonl' }));
      written.push(record.action);
      return Promise.resolve();
    });
    const [first, second, third] = linesOf(ended()) as [RunAuditRecord, RunAuditRecord, RunAuditRecord];
    await late.append(first);
    await late.append(second);
    expect(late.missing).toBe(2);
    held = false;
    await late.append(third);
    expect([late.missing, written]).toEqual([0, ['run.started', 'run.step-done', 'run.step-done']]);
  });

  test('end the run on a bug in the program', async () => {
    const late = new LateAudit(() => Promise.reject(new TypeError('x')));
    await expect(late.append(runAudit('run.ended', ended(), 'admin'))).rejects.toThrow(TypeError);
  });
});
