import type { AuditEntry } from '../audit/store/audit-lines.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { RunId, RunRecord } from './model/run.ts';
import { runAudit, stepAudit, type RunAuditRecord } from './run-audit.ts';

/**
 * Writes the lines of a run to the audit trail. A line that cannot be written does not stop the run. It is written with
 * the next line, or by the next run.
 */
export class LateAudit {
  readonly #append: (record: RunAuditRecord) => Promise<unknown>;
  readonly #waiting: RunAuditRecord[] = [];

  constructor(append: (record: RunAuditRecord) => Promise<unknown>) {
    this.#append = append;
  }

  get backlog(): number {
    return this.#waiting.length;
  }

  async append(record: RunAuditRecord): Promise<void> {
    this.#waiting.push(record);
    try {
      for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
        await this.#append(next);
        this.#waiting.shift();
      }
    } catch (error) {
      // The trail may be locked or in use, or the disk may be full. Any other error is a bug.
      if (!(error instanceof ConsoleError)) throw error;
    }
  }
}

export interface RunTrail {
  append: (record: RunAuditRecord) => Promise<unknown>;
  check: () => AsyncIterable<{ entry?: AuditEntry | undefined }>;
}

/**
 * Lists lines that the trail lacks because their process was killed or could not write them, except those that a
 * running process may still write. `endedAt` in a line is the time of the event.
 */
export async function findMissingLines(
  runs: readonly RunRecord[],
  { lines, own }: { lines: ReturnType<RunTrail['check']>; own?: RunId | undefined },
): Promise<RunAuditRecord[]> {
  const kept = runs.filter(({ id, state }) => state !== 'running' || id === own);
  const known = new Map(kept.map(({ id }) => [String(id), { steps: new Set<string>(), last: '' }]));
  if (known.size === 0) return [];
  for await (const { entry } of lines) {
    const run = entry === undefined ? undefined : known.get(entry.subject);
    // Lines with an `act` concern a call, such as an answer, not a run.
    if (entry === undefined || run === undefined || 'act' in entry.params) continue;
    run.steps.add(stepKey(entry));
    if (!('step' in entry.params) && entry.action !== 'run.exported') run.last = entry.action;
  }
  return kept.flatMap((run) => {
    const { steps, last } = known.get(run.id) ?? { steps: new Set<string>(), last: '' };
    // If the trail lacks the start of a run, the record was copied from elsewhere.
    if (last === '') return [];
    const late = run.steps.flatMap((step) => {
      const record = stepAudit(run, step, run.by);
      return record === undefined || steps.has(stepKey(record)) ? [] : [addEndTime(record, step.endedAt)];
    });
    const isEnded = run.state !== 'running' && last !== 'run.ended';
    return isEnded ? [...late, addEndTime(runAudit('run.ended', run, run.by), run.endedAt)] : late;
  });
}

function stepKey({ action, params }: Pick<RunAuditRecord, 'params'> & { action: string }): string {
  return [action, params['step'], params['tries']].join(' ');
}

function addEndTime(record: RunAuditRecord, endedAt: string | undefined): RunAuditRecord {
  return endedAt === undefined ? record : { ...record, params: { ...record.params, endedAt } };
}
