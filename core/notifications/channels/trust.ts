import { decodeText } from '../../formats/text/text-encoding.ts';
import type { Ports, Trust } from '../../shared/ports.ts';

const LIMIT_BYTES = 1024 * 1024;

/**
 * The CA to trust in addition to the known ones, read again for every attempt, since CA files are replaced too.
 * `file.*`.
 */
export async function readTrust({ files }: Pick<Ports, 'files'>, caFile: string | undefined): Promise<Trust> {
  if (caFile === undefined) return {};
  return { extraCaPem: decodeText(await files.read(caFile, LIMIT_BYTES))?.text ?? '' };
}
