import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { findWine, whyNoWine, WinePrefix } from '../../build/wine.mjs';

interface Skippable {
  skip: (condition: boolean, note?: string) => void;
}

/** Skips the running test with the reason where no Windows program runs. */
export function needWindows({ skip }: Skippable): void {
  skip(findWine() === undefined, `Wine is not here: ${whyNoWine()}`);
}

export interface ProgramEnd {
  exitCode: number | null;
  output: string;
  errors: string;
}

const LIMIT_MS = 120_000;
const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** A computer with Windows, as far as Wine is one. */
export class WindowsComputer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'arcwarden-windows-'));
  readonly prefix = WinePrefix.create(join(this.#folder, 'prefix'));

  run(program: string, args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): ProgramEnd {
    const { program: file, args: words, env } = this.prefix.command(program, args, environment);
    const { status, stdout, stderr } = spawnSync(file, words, {
      env,
      encoding: 'utf8',
      timeout: LIMIT_MS,
      maxBuffer: MOST_OUTPUT_BYTES,
    });
    return { exitCode: status, output: stdout, errors: stderr };
  }

  async remove(): Promise<void> {
    await this.prefix.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** One computer for the tests of a file; there is none where they are skipped. */
export function sharedComputer(): () => WindowsComputer {
  let computer: WindowsComputer | undefined;
  beforeAll(() => {
    if (findWine() !== undefined) computer = new WindowsComputer();
  });
  afterAll(() => computer?.remove());
  return () => {
    if (computer === undefined) throw new Error('there is no Windows here');
    return computer;
  };
}
