import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The message is a sentence for the user, shown without a stack. */
export class SetUpProblem extends Error {
  /**
   * @param {string} message what failed, and where
   * @param {string} remedy what to do about it
   */
  constructor(message, remedy) {
    super(`${message} ${remedy}`);
  }
}

/**
 * Runs the command of a module if Node was started with that module. For a `SetUpProblem`, prints only the message, for
 * any other error the stack; both set exit code 1.
 *
 * @param {string} moduleUrl `import.meta.url` of the module
 * @param {string} help printed for `--help` or `-h`
 * @param {(args: string[]) => Promise<number>} command resolves to the exit code
 */
export async function runCommand(moduleUrl, help, command) {
  const [, program, ...args] = process.argv;
  if (program === undefined || realpathSync(program) !== realpathSync(fileURLToPath(moduleUrl))) return;
  if (asksForHelp(args)) {
    console.log(help);
    return;
  }
  try {
    process.exitCode = await command(args);
  } catch (error) {
    process.exitCode = 1;
    console.error(error instanceof SetUpProblem ? `\n${error.message}` : error);
  }
}

/** @param {readonly string[]} args */
export function asksForHelp(args) {
  return args.includes('--help') || args.includes('-h');
}

/** @typedef {ReturnType<typeof createProgress>} Progress */

/**
 * Prints numbered lines such as `[1/4] Debian packages: installing xvfb`.
 *
 * @param {number} total number of steps
 * @param {(line: string) => void} [write]
 */
export function createProgress(total, write = console.log) {
  let current = 0;
  return {
    step(/** @type {string} */ text) {
      current += 1;
      write(`[${current}/${total}] ${text}`);
    },
    say: (/** @type {string} */ text) => write(`      ${text}`),
  };
}
