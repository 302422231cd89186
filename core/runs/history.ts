import { ConsoleError, type Service } from '../shared/problem.ts';
import type { Ports, HeldFolder } from '../shared/ports.ts';
import type { SavedFile } from '../shared/files/saved-file.ts';
import type { RunsApi } from './contract.ts';
import { reopenRun, type RunId, type RunRecord } from './model/run.ts';
import { runSummary, type RunSummary, type RunView } from './model/view.ts';
import { isClaimed } from './locks.ts';
import { runAudit } from './run-audit.ts';
import { isRunId } from './store/schemas.ts';
import type { RunStore } from './store/store.ts';

export interface RunHistoryContext {
  ports: Pick<Ports, 'tickets' | 'files' | 'crypto'>;
  dataFolder: string;
  isHeld?: HeldFolder;
  store: RunStore;
  /** Writes a run as text to a file. Passed in, because this layer has no catalogue of texts. */
  writeEvidence: (run: RunRecord, path: string) => Promise<SavedFile>;
  liveView?: (id: RunId) => RunView | undefined;
}

/**
 * Returns the service that lists and exports the runs in the data folder. Its methods throw `run.unknown`,
 * `file.not-readable` or `store.newer`.
 */
export function runHistory({
  ports,
  dataFolder,
  isHeld = () => Promise.resolve(false),
  store,
  writeEvidence,
  liveView = () => undefined,
}: RunHistoryContext): Service<Pick<RunsApi, 'list' | 'read' | 'exportEvidence'>> {
  return {
    list: async () => {
      const kept = await store.list();
      const findings = store.findings();
      const summarised = kept.map(async (run): Promise<RunSummary> => {
        const live = liveView(run.id);
        const summary = runSummary(live?.run ?? run, live !== undefined);
        const isOpen = summary.state === 'running' && !summary.isLive;
        const isElsewhere = isOpen && (await isClaimed(ports, { dataFolder, plan: run.plan, isHeld }));
        return isElsewhere ? { ...summary, isElsewhere } : summary;
      });
      return { runs: await Promise.all(summarised), findings };
    },
    read: async ({ id }) => liveView(id) ?? recordView(await readRun(store, id)),
    exportEvidence: async ({ id, target }, note) => {
      const run = await readRun(store, id);
      const saved = await writeEvidence(run, ports.tickets.take(target, 'write:zip'));
      const { subject, params } = runAudit('run.exported', run, '');
      note?.({ ...params, subject, sha256: saved.sha256 });
      return saved;
    },
  };
}

export async function readRun(store: RunStore, id: string): Promise<RunRecord> {
  if (!isRunId(id)) throw new ConsoleError('run.unknown', { run: id });
  return store.read(id);
}

export function recordView(run: RunRecord): RunView {
  // Another process ran it and may have been killed, so the outcome of the running step is unknown.
  const known = run.state === 'running' ? reopenRun(run) : run;
  return { run: known, isLive: false };
}
