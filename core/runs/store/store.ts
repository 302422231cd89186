import type { Finding } from '../../shared/finding.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { strictUtf8 } from '../../formats/text/text-encoding.ts';
import { decodePlanRequest, encodePlanRequest, type RunPlanRequest } from '../model/plan-request.ts';
import { markDoubtful, type RunId, type RunRecord } from '../model/run.ts';
import type { Ports } from '../../shared/ports.ts';
import { isTemporaryFile } from '../../store/data-layout.ts';
import { Queue } from '../../store/document.ts';
import {
  convertFileFailure,
  DurableJsonFile,
  LIMIT_BYTES,
  unlessAbsent,
  type FileContext,
  type FileFormat,
} from '../../store/durable-json-file.ts';
import { MIGRATIONS, SCHEMA_VERSION } from '../../store/migrations.ts';
import { isRunId, runFile } from './schemas.ts';
import { storeFinding } from '../../store/store-findings.ts';

/** Each run has its own file, so that a damaged file affects no other run. */
const FOLDER = 'runs';
const FILE = /^([0-9a-f]{16})\.json(?:\.previous)?$/u;

/**
 * Only the process that has claimed the clusters of a run writes its file, so the data folder needs no lock. A change
 * is on disk once its promise resolves; if it fails, the promise rejects with `store.not-writable`.
 */
export class RunStore {
  readonly #ports: Pick<Ports, 'files' | 'clock'>;
  readonly #folder: string;
  readonly #context: FileContext;
  readonly #queue = new Queue();
  #findings: Finding[] = [];

  constructor(ports: Pick<Ports, 'files' | 'clock'>, dataFolder: string) {
    this.#ports = ports;
    this.#folder = ports.files.join(dataFolder, FOLDER);
    this.#context = { ports, migrations: MIGRATIONS, readOnly: false };
  }

  list(): Promise<RunRecord[]> {
    return this.#queue.run(async () => {
      const { files } = this.#ports;
      this.#findings = [];
      const ids = new Set<RunId>();
      for (const name of (await unlessAbsent(files.list(this.#folder))) ?? []) {
        const id = FILE.exec(name)?.[1] ?? '';
        if (!isTemporaryFile(name) && isRunId(id)) ids.add(id);
      }
      const runs: RunRecord[] = [];
      for (const id of ids) {
        const run = await this.#tryRead(id);
        if (run !== undefined) runs.push(run);
      }
      return runs.sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1));
    });
  }

  /**
   * Reads a record; if the record is damaged or missing, reads its former copy and marks it. `restores`: the copy
   * replaces the record, which is set aside; otherwise, no file changes. Throws `run.unknown`, `store.newer` or
   * `file.not-readable`.
   */
  read(id: RunId, options?: { restores: boolean }): Promise<RunRecord> {
    return this.#queue.run(async () => {
      this.#findings = [];
      const run = await this.#read(id, options);
      if (run === undefined) throw new ConsoleError('run.unknown', { run: id });
      return run;
    });
  }

  /** Calls take effect in order. `fence` is called right before the record is written and may throw to prevent that. */
  keep(run: RunRecord, fence?: () => void): Promise<void> {
    return this.#queue.run(async () => {
      const files = fence === undefined ? this.#ports.files : this.#ports.files.createFenced(fence);
      await convertFileFailure(files.createFolder(this.#folder));
      await this.#file(run.id, { files }).write(run);
    });
  }

  keepRequest(id: RunId, request: RunPlanRequest): Promise<void> {
    const { files } = this.#ports;
    return this.#queue.run(async () => {
      await convertFileFailure(files.createFolder(this.#folder));
      await convertFileFailure(files.replace(this.#requestPath(id), encodePlanRequest(request)));
    });
  }

  /** Returns the input of the plan; `undefined` if it was removed or damaged, or written by an early release. */
  async readRequest(id: RunId): Promise<RunPlanRequest | undefined> {
    try {
      return decodePlanRequest(strictUtf8(await this.#ports.files.read(this.#requestPath(id), LIMIT_BYTES)));
    } catch {
      return undefined;
    }
  }

  findings(): readonly Finding[] {
    return this.#findings;
  }

  #requestPath(id: RunId): string {
    return this.#ports.files.join(this.#folder, `${id}.request.json`);
  }

  #file(id: RunId, { files = this.#ports.files, readOnly = false } = {}): DurableJsonFile<RunRecord> {
    const path = files.join(this.#folder, `${id}.json`);
    const context = { ...this.#context, ports: { ...this.#ports, files }, readOnly };
    return new DurableJsonFile(context, path, getFormat(id));
  }

  async #read(id: RunId, { restores } = { restores: false }): Promise<RunRecord | undefined> {
    const file = this.#file(id, { readOnly: !restores });
    const run = await file.read();
    const { files } = this.#ports;
    if (file.outcome === 'restored' || file.outcome === 'lost') {
      const rule = `store.run-${file.outcome}` as const;
      this.#findings.push(storeFinding(rule, { path: file.path }, { file: files.fileName(file.path) }));
    }
    if (run === null) return undefined;
    return file.outcome === 'restored' ? markDoubtful(run) : run;
  }

  async #tryRead(id: RunId): Promise<RunRecord | undefined> {
    try {
      return await this.#read(id);
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      const { code, params } = error;
      if (code !== 'store.newer' && code !== 'file.not-readable' && code !== 'file.too-large') throw error;
      const { path } = this.#file(id);
      const rule = code === 'store.newer' ? 'store.run-newer' : 'store.run-unreadable';
      const named = { file: this.#ports.files.fileName(path), ...params };
      this.#findings.push(storeFinding(rule, { path }, named));
      return undefined;
    }
  }
}

export function runStore(ports: Pick<Ports, 'files' | 'clock'>, dataFolder: string): RunStore {
  return new RunStore(ports, dataFolder);
}

function getFormat(id: RunId): FileFormat<RunRecord> {
  return {
    kind: 'run',
    decode(content) {
      const run = runFile.safeParse(content).data;
      // A file with another name is a copy of the run.
      return run?.id === id ? run : undefined;
    },
    encode: ({ isFormerCopy: _, ...run }) => ({ schema: SCHEMA_VERSION, ...run }),
  };
}
