import { ConsoleError } from '../shared/problem.ts';
import { readSampleMarker, SAMPLE_MARKER } from '../formats/sample-marker.ts';
import type { Files } from '../shared/ports.ts';
import { TEMPORARY_FILE } from '../store/data-layout.ts';
import { unlessAbsent } from '../store/durable-json-file.ts';

const MAX_MARKER_BYTES = 4 * 1024 * 1024;

/**
 * Removes an earlier sample. Throws `sample.folder-in-use` for a folder with any other file, so that no file of an
 * admin is lost.
 */
export async function clearForSample(files: Files, folder: string): Promise<void> {
  const names = (await unlessAbsent(files.list(folder))) ?? [];
  if (names.length === 0) return;
  const foreign = await foreignIn(files, { folder, way: '', known: await listMarkedFiles(files, folder) });
  if (foreign !== undefined) throw new ConsoleError('sample.folder-in-use', { path: foreign });
  for (const name of names) await files.removeFolder(files.join(folder, name));
}

async function listMarkedFiles(files: Files, folder: string): Promise<ReadonlySet<string>> {
  const bytes = await unlessAbsent(files.read(files.join(folder, SAMPLE_MARKER), MAX_MARKER_BYTES));
  const marker = bytes && readSampleMarker(new TextDecoder().decode(bytes));
  return new Set(marker && [SAMPLE_MARKER, ...marker.files]);
}

async function foreignIn(
  files: Files,
  { folder, way, known }: { folder: string; way: string; known: ReadonlySet<string> },
): Promise<string | undefined> {
  for (const name of await files.list(folder)) {
    const path = files.join(folder, name);
    const { kind } = await files.facts(path);
    if (kind !== 'folder') {
      if (!known.has(way + name.replace(TEMPORARY_FILE, ''))) return path;
      continue;
    }
    const foreign = await foreignIn(files, { folder: path, way: `${way}${name}/`, known });
    if (foreign !== undefined) return foreign;
  }
  return undefined;
}
