import type { Instant } from '../../shared/instant.ts';
import { SAMPLE_MARKER, writeSampleMarker } from '../../formats/sample-marker.ts';
import type { Files } from '../../shared/ports.ts';
import { publicFile, type MadeFile } from './made-file.ts';

const FOR_OWNER = 0o600;
const FOR_EVERYBODY = 0o644;

/** Writes the marker first, so that even partially written files are recognised as invented. Returns the number of files. */
export async function writeMarkedFiles(
  files: Files,
  made: { folder: string; files: readonly MadeFile[]; readme: string; createdAt: Instant; isLive?: boolean },
): Promise<number> {
  const { folder, createdAt, isLive } = made;
  const all = [...made.files, publicFile('README.txt', made.readme)];
  const marker = writeSampleMarker({ createdAt, files: all.map(({ path }) => path), isLive });
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
