import type { Instant } from '../shared/instant.ts';
import { ConsoleError } from '../shared/problem.ts';
import { readSampleMarker, SAMPLE_MARKER, writeSampleMarker } from '../formats/sample-marker.ts';
import type { Files } from '../shared/ports.ts';
import { TEMPORARY_FILE } from '../store/data-layout.ts';
import { unlessAbsent } from '../store/durable-json-file.ts';
import { publicFile, type MadeFile } from '../simulation/files/made-file.ts';

const FOR_OWNER = 0o600;
const FOR_EVERYBODY = 0o644;
const MAX_MARKER_BYTES = 4 * 1024 * 1024;

/** Writes the marker first, so that even a partially written sample is recognised. Returns the number of files. */
export async function writeSample(
  files: Files,
  sample: { folder: string; files: readonly MadeFile[]; readme: string; createdAt: Instant },
): Promise<number> {
  const { folder, createdAt } = sample;
  const all = [...sample.files, publicFile('README.txt', sample.readme)];
  const marker = writeSampleMarker({ createdAt, files: all.map(({ path }) => path) });
  const folders = new Set<string>();
  const written = [publicFile(SAMPLE_MARKER, marker), ...all];
  for (const { path, content, isPublic } of written) {
    const target = files.join(folder, ...path.split('/'));
    const parent = files.parentFolder(target);
    if (!folders.has(parent)) await files.createFolder(parent);
    folders.add(parent);
    await files.replace(target, content, { mode: isPublic ? FOR_EVERYBODY : FOR_OWNER });
  }
  return written.length;
}

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
