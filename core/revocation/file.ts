import { ConsoleError } from '../shared/problem.ts';
import { hexOf } from '../formats/der/hex.ts';
import { isUndo } from './manifest/undo.ts';
import { decodeText } from '../formats/text/text-encoding.ts';
import type { Ports } from '../shared/ports.ts';
import type { Manifest } from './manifest/manifest.ts';

/** Far above what YAML is read of. */
const MAX_BYTES = 16 * 1024 * 1024;

/** The text of the file at an absolute path. `file.not-found`, `file.not-readable`, `file.too-large`. */
export async function readManifestText({ files }: Pick<Ports, 'files'>, path: string): Promise<string> {
  // Bytes that are no text hold no object, and that is told.
  return decodeText(await files.read(path, MAX_BYTES))?.text ?? '';
}

/** A manifest that was written, with the one that undoes it. */
export interface SavedManifest {
  path: string;
  undoPath: string;
  /** Of the manifest, in lower-case hex. */
  sha256: string;
}

/**
 * Writes a manifest to an absolute path, and beside it what undoes it. Nothing is written when the file of the latter holds
 * something else: `revocation.undo-taken`; or when `lastLook` throws, which comes right before the writing.
 * `file.not-writable`.
 */
export async function saveManifest(
  { files, crypto }: Pick<Ports, 'files' | 'crypto'>,
  path: string,
  { text, undo }: Manifest,
  lastLook?: () => Promise<void>,
): Promise<SavedManifest> {
  const undoPath = undoPathOf(path);
  if (!(await isFree(files, undoPath))) throw new ConsoleError('revocation.undo-taken', { path: undoPath });
  await lastLook?.();
  await files.replace(path, text);
  await files.replace(undoPath, undo);
  return { path, undoPath, sha256: hexOf(crypto.sha256(new TextEncoder().encode(text))) };
}

/** Whether nothing is lost there: no file, or one that undoes manifests and holds nothing else. */
async function isFree(files: Ports['files'], path: string): Promise<boolean> {
  try {
    return isUndo(await readManifestText({ files }, path));
  } catch (error) {
    if (error instanceof ConsoleError && error.code === 'file.not-found') return true;
    throw error;
  }
}

/** `lost.yaml` is undone by `lost.undo.yaml`. */
export function undoPathOf(path: string): string {
  return /\.ya?ml$/iu.test(path) ? path.replace(/(\.ya?ml)$/iu, '.undo$1') : `${path}.undo`;
}
