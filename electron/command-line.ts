import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { app, utilityProcess } from 'electron';
import { ConsoleError } from '../core/shared/problem.ts';

const PROGRAM = 'arcwarden.cjs';
const FILE_MODE = 0o600;

/**
 * Runs the command line in a process of its own, which ends with this one. A release cannot start itself as Node,
 * because of its fuses. Returns the number of the process. Throws `program.not-started`.
 */
export function launchCommandLine(words: string[], logPath: string): Promise<number> {
  const log = createWriteStream(logPath, { flags: 'a', mode: FILE_MODE });
  // A log that cannot be written must not end the window.
  log.on('error', () => undefined);
  // A package has the command line beside the archive of the application.
  const folder = app.getAppPath().endsWith('.asar') ? process.resourcesPath : __dirname;
  const child = utilityProcess.fork(join(folder, PROGRAM), words, { stdio: 'pipe' });
  child.stdout?.on('data', (chunk: Buffer) => log.write(chunk));
  child.stderr?.on('data', (chunk: Buffer) => log.write(chunk));
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new ConsoleError('program.not-started', { program: PROGRAM, reason: 'exit' }));
    child.once('spawn', () => (child.pid === undefined ? fail() : resolve(child.pid)));
    child.once('exit', () => {
      log.end();
      fail();
    });
  });
}
