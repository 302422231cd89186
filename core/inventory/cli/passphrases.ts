import { askHidden, firstLine } from './secret-file.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { readFiles, type ReadingOptions } from '../read/read-files.ts';

/**
 * Returns passphrases for locked files: one for all from `--passphrase-file`, or else one per file from the terminal.
 * The environment's passphrase for authorities is not tried. Asks before the data folder is opened, so that no other
 * process waits for the answers.
 */
export async function passphrasesFor(invocation: Invocation): Promise<ReadingOptions> {
  const { line, world, ports, paths, translate } = invocation;
  const file = line.values['passphrase-file'];
  if (file !== undefined) {
    const passphrase = await firstLine(invocation, file);
    return { passphraseFor: () => passphrase };
  }
  if (world.ask === undefined) return {};
  const { locked } = await readFiles(ports, paths);
  if (locked.length === 0) return {};
  const questions = locked.map((path) => translate('cli.ask.file-passphrase', { path }));
  const answers = await askHidden(invocation, questions);
  const known = new Map(locked.map((path, index) => [path, answers?.[index]]));
  return { passphraseFor: (path) => known.get(path) };
}
