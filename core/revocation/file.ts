import { ConsoleError } from '../shared/problem.ts';
import { encodeHex } from '../formats/der/hex.ts';
import { isUndo } from './manifest/undo.ts';
import { decodeText } from '../formats/text/text-encoding.ts';
import type { Ports } from '../shared/ports.ts';
import type { Manifest } from './manifest/manifest.ts';

/** Far above the limit for YAML. */
const MAX_BYTES = 16 * 1024 * 1024;

/** The text of the file at an absolute path. `file.not-found`, `file.not-readable`, `file.too-large`. */
export async function readManifestText({ files }: Pick<Ports, 'files'>, path: string): Promise<string> {
  // Bytes that are not text contain no object, which is reported.
  return decodeText(await files.read(path, MAX_BYTES))?.text ?? '';
}

/** A saved manifest, with the one that undoes it. */
export interface SavedManifest {
  path: string;
  undoPath: string;
  /** SHA-256 of the manifest, in lower-case hex. */
  sha256: string;
}

/**
 * Writes a manifest to an absolute path, with its undo manifest beside it. Nothing is written when the undo file holds
 * something else (`revocation.undo-taken`), or when `lastLook` throws, which is called right before writing.
 * `file.not-writable`.
 */
export async function saveManifest(
  { files, crypto }: Pick<Ports, 'files' | 'crypto'>,
  path: string,
  { text, undo }: Manifest,
  lastLook?: () => Promise<void>,
): Promise<SavedManifest> {
  const undoPath = getUndoPath(path);
  if (!(await isFree(files, undoPath))) throw new ConsoleError('revocation.undo-taken', { path: undoPath });
  await lastLook?.();
  await files.replace(path, text);
  await files.replace(undoPath, undo);
  return { path, undoPath, sha256: encodeHex(crypto.sha256(new TextEncoder().encode(text))) };
}

/** Whether nothing would be lost there: no file, or one that only undoes manifests. */
async function isFree(files: Ports['files'], path: string): Promise<boolean> {
  try {
    return isUndo(await readManifestText({ files }, path));
  } catch (error) {
    if (error instanceof ConsoleError && error.code === 'file.not-found') return true;
    throw error;
  }
}

/** `lost.yaml` is undone by `lost.undo.yaml`. */
export function getUndoPath(path: string): string {
  return /\.ya?ml$/iu.test(path) ? path.replace(/(\.ya?ml)$/iu, '.undo$1') : `${path}.undo`;
}
