import { realpathSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { asksForHelp } from './help.mjs';

/** A step that failed. The message is a sentence for the user; no stack is shown. */
export class SetUpProblem extends Error {
  /**
   * @param {string} message what failed and on what
   * @param {string} remedy what to do about it
   */
  constructor(message, remedy) {
    super(`${message} ${remedy}`);
    this.name = 'SetUpProblem';
  }
}

/**
 * Runs a command of this folder: a `SetUpProblem` ends it with its message, anything else with a stack, both with exit
 * code 1.
 *
 * @param {() => Promise<number>} command resolves to the exit code
 * @param {string} help printed instead for `--help` or `-h`
 */
export async function runCommand(command, help) {
  if (asksForHelp(process.argv.slice(2))) {
    console.log(help);
    return;
  }
  try {
    process.exitCode = await command();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof SetUpProblem) console.error(`\n${error.message}`);
    else console.error(error);
  }
}

/** @param {string} moduleUrl `import.meta.url` of the module that wants to know whether it is the program being run */
export function isProgram(moduleUrl) {
  const program = process.argv[1];
  return program !== undefined && fileUrl(program) === fileUrl(fileURLToPath(moduleUrl));
}

/** @param {string} path */
function fileUrl(path) {
  return pathToFileURL(realpathSync(path)).href;
}
