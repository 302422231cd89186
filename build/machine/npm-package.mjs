import { createHash } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../paths.mjs';
import { SetUpProblem } from '../command.mjs';
import { run } from '../processes.mjs';
import { npmCommand } from './setup.mjs';

const TIMEOUT_MS = 10 * 60_000;

/** @typedef {{ package: string, integrity: string }} Known `name@version`, and the hash of its archive */

/**
 * Downloads a package of the npm registry without installing it, and unpacks it if it is the one that is known.
 *
 * @param {Known} known
 * @param {string} folder
 * @param {{ problem: string, remedy: string }} [otherwise] when it cannot be had
 * @returns {Promise<string>} the folder with its files
 */
export async function fetchPackage(
  known,
  folder,
  otherwise = { problem: `${known.package} could not be downloaded`, remedy: 'Check that npm ping works.' },
) {
  const archive = await download(known.package, folder, otherwise);
  await checkIntegrity(archive, known);
  await untar(archive, folder);
  return join(folder, 'package');
}

/**
 * @param {string} name
 * @param {string} folder
 * @param {{ problem: string, remedy: string }} otherwise
 */
async function download(name, folder, { problem, remedy }) {
  const npm = npmCommand(process.platform, process.env);
  const { code, output } = await run(
    npm.program,
    [...npm.args, 'pack', name, '--silent', '--pack-destination', folder],
    { cwd: ROOT, output: 'collect', timeoutMs: TIMEOUT_MS },
  );
  const file = readdirSync(folder).find((each) => each.endsWith('.tgz'));
  if (code === 0 && file !== undefined) return join(folder, file);
  const reason = output.trim().split('\n').at(-1) || `npm pack ended with exit code ${code}`;
  throw new SetUpProblem(`${problem}: ${reason}.`, remedy);
}

/**
 * @param {string} file
 * @param {Known} known
 */
async function checkIntegrity(file, known) {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  if (`sha512-${hash.digest('base64')}` === known.integrity) return;
  throw new SetUpProblem(
    `The registry delivered a ${known.package} that is not the one this project knows.`,
    'It was deleted unopened. Find out who changed it before you go on.',
  );
}

/**
 * @param {string} archive
 * @param {string} folder
 */
export async function untar(archive, folder) {
  const { code, output } = await run('tar', ['-xzf', archive, '-C', folder, '--no-same-owner'], {
    output: 'collect',
    timeoutMs: TIMEOUT_MS,
  });
  if (code === 0) return;
  throw new SetUpProblem(
    `tar could not unpack ${archive}: ${output.trim().split('\n').at(-1)}.`,
    'Check that tar and gzip are installed and that the disk has 500 MB left, then run the command again.',
  );
}
