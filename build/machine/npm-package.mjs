import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SetUpProblem } from '../command.mjs';
import { ROOT } from '../paths.mjs';
import { run } from '../processes.mjs';
import { npmCommand } from './setup.mjs';

const TIMEOUT_MS = 10 * 60_000;

/** @typedef {{ package: string, integrity: string }} Known `name@version` and the hash of its archive */

/**
 * @param {Known} known
 * @param {string} folder
 * @param {{ problem: string, remedy: string }} [otherwise] the error for a failed download
 * @returns the folder with its files
 */
export async function fetchPackage(
  known,
  folder,
  otherwise = { problem: `${known.package} could not be downloaded`, remedy: 'Check that npm ping works.' },
) {
  const npm = npmCommand(process.platform, process.env);
  const words = ['pack', known.package, '--silent', '--pack-destination', folder];
  const options = /** @type {const} */ ({ cwd: ROOT, output: 'collect', timeoutMs: TIMEOUT_MS });
  const { code, output } = await run(npm.program, [...npm.args, ...words], options);
  const file = readdirSync(folder).find((each) => each.endsWith('.tgz'));
  if (code !== 0 || file === undefined) {
    const reason = output.trim().split('\n').at(-1) || `npm pack ended with exit code ${code}`;
    throw new SetUpProblem(`${otherwise.problem}: ${reason}.`, otherwise.remedy);
  }
  const archive = join(folder, file);
  const hash = createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (`sha512-${hash}` !== known.integrity) {
    throw new SetUpProblem(
      `The registry delivered a ${known.package} that is not the one this project knows.`,
      'It was deleted unopened. Find out who changed it before you go on.',
    );
  }
  await untar(archive, folder);
  return join(folder, 'package');
}

/**
 * @param {string} archive
 * @param {string} folder
 */
export async function untar(archive, folder) {
  const words = ['-xzf', archive, '-C', folder, '--no-same-owner'];
  const { code, output } = await run('tar', words, { output: 'collect', timeoutMs: TIMEOUT_MS });
  if (code === 0) return;
  throw new SetUpProblem(
    `tar could not unpack ${archive}: ${output.trim().split('\n').at(-1)}.`,
    'Check that tar and gzip are installed and that the disk has 500 MB left, then run the command again.',
  );
}
