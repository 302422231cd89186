import { askHidden, firstLine } from './secret-file.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { readFiles, type ReadingOptions } from '../read/read-files.ts';

/**
 * Passphrases of closed files among those named: one for all from the file given by `--passphrase-file`, else each asked for
 * on the terminal. Without either, closed files stay closed. That of an authority in the environment is not tried on them.
 * Asked beforehand, so that nobody waits for the data folder meanwhile.
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
