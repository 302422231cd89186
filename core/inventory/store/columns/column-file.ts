import { z } from 'zod';
import { joinBytes } from '../../../shared/lists.ts';
import type { RowColumns } from '../../model/row-columns.ts';
import type { ClusterListing } from '../listed-cluster.ts';
import { clusterFields } from '../schemas.ts';
import type { Sha256Hex } from '../stored-certificate.ts';

export interface ColumnEntry extends ClusterListing {
  fileVersion: string;
}

const entryHead = z.strictObject({
  cluster: z.strictObject(clusterFields),
  count: z.int().nonnegative(),
  fileVersion: z.string(),
  /** Lengths in bytes; `text` is in UTF-8. */
  cells: z.int().nonnegative().multipleOf(Float64Array.BYTES_PER_ELEMENT),
  ends: z.int().nonnegative().multipleOf(Uint32Array.BYTES_PER_ELEMENT),
  text: z.int().nonnegative(),
  sha256: z.string(),
});
/** Compiled, since a fleet has tens of thousands of clusters. */
const fileHead = z.compile(z.strictObject({ version: z.string(), clusters: z.array(entryHead) }));
type EntryHead = z.infer<typeof entryHead>;

/** Length of the SHA-256 in hex that begins a head; the length of the JSON follows. */
const DIGEST_LENGTH = 64;
const LENGTH_DIGITS = 8;
const HEAD_START = DIGEST_LENGTH + LENGTH_DIGITS;
const HEX = 16;

/**
 * Encodes the columns of clusters, without clusters whose text UTF-8 cannot represent. A program with another `version`
 * ignores the file.
 */
export function encodeColumns(
  {
    version,
    clusters,
  }: { version: string; clusters: readonly (Omit<ColumnEntry, 'columns'> & { columns: RowColumns })[] },
  sha256Hex: Sha256Hex,
): Uint8Array {
  const bodies: Uint8Array[] = [];
  const heads = clusters.flatMap(({ cluster, count, fileVersion, columns }) => {
    const parts = [viewBytes(columns.cells), viewBytes(columns.ends), new TextEncoder().encode(columns.text)];
    const [cells, ends, text] = parts.map(({ length }) => length);
    const body = joinBytes(parts);
    // A malformed string would be decoded as another string.
    if (decodeText(parts[2]!) !== columns.text) return [];
    bodies.push(body);
    return { cluster, count, fileVersion, cells, ends, text, sha256: sha256Hex(body) };
  });
  const head = new TextEncoder().encode(JSON.stringify({ version, clusters: heads }));
  const length = new TextEncoder().encode(head.length.toString(HEX).padStart(LENGTH_DIGITS, '0'));
  const digest = new TextEncoder().encode(sha256Hex(joinBytes([length, head])));
  return joinBytes([digest, length, head, ...bodies]);
}

/**
 * Returns nothing if the file is damaged, truncated, or of another version. If `body` reads the rest, `bytes` may end
 * with the head.
 */
export function decodeColumns(
  bytes: Uint8Array,
  version: string,
  sha256Hex: Sha256Hex,
  body = (from: number, to: number): Uint8Array => bytes.subarray(from, to),
): ColumnEntry[] {
  const head = decodeHead(bytes, sha256Hex);
  if (head?.version !== version) return [];
  let next = headEnd(bytes);
  return head.clusters.map(({ cluster, count, fileVersion, ...lengths }) => {
    const from = next;
    const to = (next += lengths.cells + lengths.ends + lengths.text);
    return { cluster, count, fileVersion, columns: () => decodeBody(body(from, to), lengths, sha256Hex) };
  });
}

/** Returns the end of the head; `NaN` if the bytes are not a column file. */
export function headEnd(bytes: Uint8Array): number {
  return HEAD_START + parseInt(decodeText(bytes.subarray(DIGEST_LENGTH, HEAD_START)), HEX);
}

function decodeHead(bytes: Uint8Array, sha256Hex: Sha256Hex): z.infer<typeof fileHead> | undefined {
  const end = headEnd(bytes);
  const digest = decodeText(bytes.subarray(0, DIGEST_LENGTH));
  if (!(end <= bytes.length) || digest !== sha256Hex(bytes.subarray(DIGEST_LENGTH, end))) return undefined;
  try {
    return fileHead.safeParse(JSON.parse(decodeText(bytes.subarray(HEAD_START, end)))).data;
  } catch {
    return undefined;
  }
}

/** Returns copies, because sending an array to another process sends its whole buffer. */
function decodeBody(
  body: Uint8Array,
  { cells, ends, sha256 }: Pick<EntryHead, 'cells' | 'ends' | 'sha256'>,
  sha256Hex: Sha256Hex,
): RowColumns | undefined {
  if (sha256Hex(body) !== sha256) return undefined;
  return {
    cells: new Float64Array(body.slice(0, cells).buffer),
    ends: new Uint32Array(body.slice(cells, cells + ends).buffer),
    text: decodeText(body.subarray(cells + ends)),
  };
}

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function viewBytes({ buffer, byteOffset, byteLength }: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
