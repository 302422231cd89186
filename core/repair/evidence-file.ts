import { ConsoleError } from '../shared/problem.ts';
import { LONGEST_EVIDENCE, type EvidenceText } from './model/planning.ts';
import { OutputDecoder } from '../formats/cmdlet-output/output-decoder.ts';
import { SecretFilter } from '../formats/text/secret-filter.ts';
import { decodeText } from '../formats/text/text-encoding.ts';
import type { Ports } from '../shared/ports.ts';

/** A Japanese character takes three bytes in UTF-8. */
const MOST_BYTES = 3 * LONGEST_EVIDENCE;

/**
 * Reads a text file in UTF-8, UTF-16 or code page 932 and removes its secrets, which never leave the main process.
 * Throws `evidence.not-text`, `evidence.too-long` or `file.*`.
 */
export async function readEvidence({ files }: Pick<Ports, 'files'>, path: string): Promise<EvidenceText> {
  const bytes = await read(files, path);
  if (decodeText(bytes) === undefined) throw new ConsoleError('evidence.not-text', { path });
  const decoder = new OutputDecoder();
  const decoded = (decoder.take(bytes) + decoder.end()).replace(/^\u{FEFF}/u, '');
  if (decoded.length > LONGEST_EVIDENCE) throw tooLong(path);
  const filter = new SecretFilter();
  const text = filter.take(decoded) + filter.end();
  return { name: files.fileName(path), text, secrets: filter.removalCount };
}

async function read(files: Ports['files'], path: string): Promise<Uint8Array> {
  try {
    return await files.read(path, MOST_BYTES);
  } catch (error) {
    if (error instanceof ConsoleError && error.code === 'file.too-large') throw tooLong(path);
    throw error;
  }
}

function tooLong(path: string): ConsoleError {
  return new ConsoleError('evidence.too-long', { path, longest: LONGEST_EVIDENCE });
}
