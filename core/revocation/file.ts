import { ConsoleError } from '../shared/problem.ts';
import { isUndo } from './manifest/undo.ts';
import { decodeText } from '../formats/text/text-encoding.ts';
import type { Ports } from '../shared/ports.ts';
import { unlessAbsent } from '../store/durable-json-file.ts';
import type { Manifest } from './manifest/manifest.ts';

const MAX_BYTES = 16 * 1024 * 1024;

/** Reads the text of the file at an absolute path. Throws `file.not-found`, `file.not-readable` or `file.too-large`. */
export async function readManifestText({ files }: Pick<Ports, 'files'>, path: string): Promise<string> {
  // A file that is not text counts as empty, so the finding is that it contains no object.
  return decodeText(await files.read(path, MAX_BYTES))?.text ?? '';
}

/**
 * Writes the undo manifest and then the manifest, at an absolute path, so that neither exists alone. Writes nothing if
 * the undo file has other content (`revocation.undo-taken`) or if `lastLook`, called right before writing, rejects.
 * Throws `file.not-writable`, or `revocation.undo-left` if only the undo manifest was written.
 */
export async function saveManifest(
  { files }: Pick<Ports, 'files'>,
  path: string,
  { text, undo }: Manifest,
  lastLook?: () => Promise<void>,
): Promise<void> {
  const undoPath = getUndoPath(path);
  const former = await findManifest(files, undoPath);
  if (former !== undefined && !isUndo(former)) throw new ConsoleError('revocation.undo-taken', { path: undoPath });
  await lastLook?.();
  await files.replace(undoPath, undo);
  try {
    await files.replace(path, text);
  } catch (error) {
    // The manifest may exist although its folder could not be flushed.
    const isThere = await findManifest(files, path).then(
      (found) => found === text,
      () => false,
    );
    if (isThere) throw error;
    await (former === undefined ? files.remove(undoPath) : files.replace(undoPath, former)).catch((cause: unknown) => {
      throw new ConsoleError('revocation.undo-left', { path, undo: undoPath }, { cause });
    });
    throw error;
  }
}

function findManifest(files: Ports['files'], path: string): Promise<string | undefined> {
  return unlessAbsent(readManifestText({ files }, path));
}

/** Returns the path of the undo manifest: `lost.undo.yaml` for `lost.yaml`. */
export function getUndoPath(path: string): string {
  return /\.ya?ml$/iu.test(path) ? path.replace(/(\.ya?ml)$/iu, '.undo$1') : `${path}.undo`;
}
