import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../build/paths.mjs';
import { findTool } from '../../build/tools.mjs';

/* Compiles replacements for Windows programs that are not available elsewhere. */

const COMPILER = 'i686-w64-mingw32-gcc';
const LIMIT_MS = 600_000;

/** Returns why there is no compiler, as a sentence without its full stop; `undefined` if there is one. */
export function whyNoCompiler(): string | undefined {
  return findTool(COMPILER) === undefined ? `${COMPILER} is not here` : undefined;
}

export function compile(source: string, target: string, options: readonly string[] = []): void {
  succeed(COMPILER, ['-O1', ...options, '-o', target, join(import.meta.dirname, source)]);
}

/** Runs a program of this system. Throws if the program fails. */
export function succeed(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: ROOT, env, encoding: 'utf8', timeout: LIMIT_MS });
  if (status !== 0) throw new Error(`${program} ended with ${status}:\n${stdout}\n${stderr}`);
}
