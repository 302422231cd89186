import type { Finding } from '../../shared/finding.ts';
import { strictUtf8 } from '../text/text-encoding.ts';
import { LOCAL_HEADER, STORED, type ZipEntry } from './zip-writer.ts';

/*
 * Reads only archives as `writeZip` writes them: stored files, one after the other. Therefore nothing is unpacked, and
 * no archive can need more memory than its own size. Source: APPNOTE.TXT, version 6.3.10.
 */

export const ZIP_RULES = [
  'zip.not-a-zip',
  'zip.not-supported',
  'zip.unsafe-name',
  'zip.duplicate-name',
  'zip.damaged',
] as const;

type ZipReading = { ok: true; entries: ZipEntry[] } | { ok: false; finding: Finding };

const LONGEST_NAME = 255;

/**
 * Lists the files of an archive in archive order, and refuses names that could leave the target folder. Ignores the
 * directory, times and checksums: compare the archive with `writeZip(entries)`. Never throws.
 */
export function readZip(bytes: Uint8Array): ZipReading {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isHeader = (at: number): boolean =>
    at + LOCAL_HEADER.length <= bytes.length && view.getUint32(at, true) === LOCAL_HEADER.signature;
  if (!isHeader(0)) return refuse('zip.not-a-zip');
  const entries = new Map<string, ZipEntry>();
  for (let at = 0, end = 0; isHeader(at); at = end) {
    const [flags, method] = [view.getUint16(at + 6, true), view.getUint16(at + 8, true)];
    const [packedSize, size] = [view.getUint32(at + 18, true), view.getUint32(at + 22, true)];
    const [nameLength, extraLength] = [view.getUint16(at + 26, true), view.getUint16(at + 28, true)];
    if (flags !== 0 || method !== STORED || extraLength > 0 || packedSize !== size)
      return refuse('zip.not-supported', { place: { offset: at } });
    const from = at + LOCAL_HEADER.length + nameLength;
    end = from + size;
    if (end > bytes.length) return refuse('zip.damaged', { place: { offset: at } });
    const name = decodeName(bytes.subarray(at + LOCAL_HEADER.length, from));
    if (!isSafeName(name)) return refuse('zip.unsafe-name', { params: { name: showName(name) } });
    // Windows would write names that differ only in case to the same file.
    const known = name.toLowerCase();
    if (entries.has(known)) return refuse('zip.duplicate-name', { params: { name } });
    entries.set(known, { name, bytes: bytes.subarray(from, end) });
  }
  return { ok: true, entries: [...entries.values()] };
}

function refuse(rule: (typeof ZIP_RULES)[number], { place = {}, ...rest }: Partial<Finding> = {}): ZipReading {
  return { ok: false, finding: { rule, severity: 'error', place, ...rest } };
}

function decodeName(bytes: Uint8Array): string {
  try {
    return strictUtf8(bytes, 'kept');
  } catch {
    return '?';
  }
}

/** Characters that no Windows file name may contain, and those that separate folders, drives and streams. */
const UNSAFE = /[\\:*?"<>|\P{ASCII}\p{Cc}]/u;
/** Parts must not be empty, consist of dots only, or end in characters that Windows strips. */
const SAFE_PART = /[^. ]$/u;

function isSafeName(name: string): boolean {
  return name.length <= LONGEST_NAME && !UNSAFE.test(name) && name.split('/').every((part) => SAFE_PART.test(part));
}

function showName(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\uFFFD').slice(0, LONGEST_NAME);
}
