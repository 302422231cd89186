import type { RunsApi } from './contract.ts';
import type { SavedFile } from '../shared/saved-file.ts';
import type { RunRecord } from './model/run.ts';
import type { Result } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import { runAudit, type RunAuditRecord } from './run-audit.ts';
import type { Runs } from './runs.ts';

export interface RunsApiContext {
  ports: Pick<Ports, 'host' | 'tickets'>;
  runs: Runs;
  audit: (record: RunAuditRecord) => Promise<unknown>;
  /** Puts a run into words, which this layer cannot, and into a file. */
  writeEvidence: (run: RunRecord, path: string) => Promise<SavedFile>;
  /** Turns what is thrown into problems. */
  answer: <T>(work: () => T | Promise<T>) => Promise<Result<T>>;
}

/** Runs of plans for the window. */
export function runsApi(context: RunsApiContext): RunsApi {
  const { ports, runs, audit, writeEvidence, answer: reply } = context;
  return {
    list: () => reply(() => runs.list()),
    read: ({ id }) => reply(() => runs.read(id)),
    start: (request) => reply(() => runs.start(request)),
    resume: ({ id }) => reply(() => runs.resume(id)),
    answer: ({ id, stepId, answer }) => reply(() => runs.answer(id, stepId, answer)),
    cancel: ({ id }) => reply(() => runs.cancel(id)),
    exportEvidence: ({ id, target }) =>
      reply(async () => {
        const run = await runs.record(id);
        const saved = await writeEvidence(run, ports.tickets.take(target));
        const { by, action, subject, params } = runAudit('run.exported', run, ports.host.user());
        await audit({ by, action, subject, params: { ...params, sha256: saved.sha256 } });
        return saved;
      }),
  };
}
