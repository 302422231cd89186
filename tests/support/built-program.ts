import { mkdtempSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCommandLine } from '../../build/build.mjs';

export interface Outcome {
  code: number | null;
  out: string;
  notices: string;
}

/** The environment of plain Node without a display, as in a scheduled task; Electron acts as Node as well. */
const ENVIRONMENT = { PATH: process.env['PATH'], LANG: 'en_US.UTF-8', TZ: 'Asia/Tokyo', ELECTRON_RUN_AS_NODE: '1' };

/** The shipped command line in a new folder, which also serves as its home folder. */
export class BuiltProgram {
  readonly folder: string;
  readonly file: string;

  constructor(folder: string, file: string) {
    this.folder = folder;
    this.file = file;
  }

  static async build(): Promise<BuiltProgram> {
    const folder = mkdtempSync(join(tmpdir(), 'arcwarden-built-'));
    return new BuiltProgram(folder, await buildCommandLine(folder));
  }

  /** Returns options for `spawn` and similar functions. */
  options(environment: Record<string, string> = {}) {
    return {
      encoding: 'utf8' as const,
      env: { ...ENVIRONMENT, HOME: this.folder, ...environment },
      cwd: this.folder,
      maxBuffer: 64 * 1024 * 1024,
    };
  }

  run(words: readonly string[], environment?: Record<string, string>): Outcome {
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.file, ...words], this.options(environment));
    return { code: status, out: stdout, notices: stderr };
  }
}
