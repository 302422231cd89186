import { resolve } from 'node:path';
import { processEnvironment } from '../../core/cli/process-environment.ts';
import { runCli } from '../../core/cli/run.ts';
import type { Outcome } from './built-program.ts';

/**
 * Runs a command on real files in this process, as if typed in `folder`. Starting a process for each command would take
 * most of a test's time.
 */
export async function runInFolder(folder: string, ...words: string[]): Promise<Outcome> {
  const outcome = { out: '', notices: '' };
  const code = await runCli(words, {
    ...processEnvironment(),
    write: (text) => (outcome.out += typeof text === 'string' ? text : new TextDecoder().decode(text)),
    writeError: (text) => (outcome.notices += text),
    isTerminal: false,
    language: 'en',
    defaultDataFolder: resolve(folder, 'default-data'),
    absolute: (path) => resolve(folder, path),
    environment: () => undefined,
  });
  return { code, ...outcome };
}
