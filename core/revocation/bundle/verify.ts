import { z } from 'zod';
import { instantField } from '../../shared/contract/schemas.ts';
import type { Finding } from '../../shared/finding.ts';
import {
  BUNDLE_FILES,
  BUNDLE_SCHEMA,
  SUMMED_FILES,
  type BundledFile,
  type BundleFacts,
  type BundleVerdict,
} from '../model/bundle.ts';
import { consequencesIn, phraseFor } from '../../shared/renew-revocation/draft.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import { readSums } from '../../formats/archive/sha256-sums.ts';
import { strictUtf8 } from '../../formats/text/text-encoding.ts';
import { writeZip, type ZipEntry } from '../../formats/archive/zip-writer.ts';
import { readZip } from '../../formats/archive/zip.ts';
import type { Ports } from '../../shared/ports.ts';
import { isAcceptable } from '../model/rule.ts';
import { lintText } from '../lint-text.ts';

export const BUNDLE_RULES = [
  'bundle.changed',
  'bundle.missing',
  'bundle.unlisted',
  'bundle.sums-unreadable', // params: line
  'bundle.repacked', // params: offset
  'bundle.impact-unreadable',
  'bundle.other-manifest',
  'bundle.not-confirmed', // params: phrase
  'bundle.not-sound',
] as const;
type BundleRule = (typeof BUNDLE_RULES)[number];

/**
 * Verifies that an archive is an unchanged offline bundle: every file matches its checksum, there are no other files,
 * Arcwarden would pack these files into exactly this archive, and the manifest is the one confirmed in the report.
 * Detects any changed byte, but not a completely forged bundle, which no content can reveal. Never throws.
 */
export function verifyBundle(bytes: Uint8Array, { sha256 }: Pick<Ports['crypto'], 'sha256'>): BundleVerdict {
  const hash = (some: Uint8Array): string => encodeHex(sha256(some));
  const archive = { ok: false, sha256: hash(bytes) };
  const reading = readZip(bytes);
  if (!reading.ok) return { ...archive, files: [], findings: [reading.finding] };
  const { files, findings } = compareFiles(reading.entries, hash);
  // A changed file also changes the archive, so packing is checked only if all files match.
  if (findings.length === 0) findings.push(...checkPacking(bytes, reading.entries));
  const contents = new Map(reading.entries.map(({ name, bytes: own }) => [name, own]));
  const report = findReport(contents.get(BUNDLE_FILES.impact));
  const manifest = contents.get(BUNDLE_FILES.manifest);
  if (report === undefined && contents.has(BUNDLE_FILES.impact))
    findings.push(makeFinding('bundle.impact-unreadable', BUNDLE_FILES.impact));
  if (report !== undefined && manifest !== undefined) findings.push(...checkManifest(manifest, report, hash));
  return { ...archive, ok: findings.length === 0, files, findings, facts: report && describeReport(report) };
}

const MOST_BYTES = 64 * 1024 * 1024;

/** Verifies the file at an absolute path. Throws `file.not-found`, `file.not-readable` or `file.too-large`. */
export async function verifyBundleFile(
  { files, crypto }: Pick<Ports, 'files' | 'crypto'>,
  path: string,
): Promise<BundleVerdict> {
  return verifyBundle(await files.read(path, MOST_BYTES), crypto);
}

function makeFinding(rule: BundleRule, entry?: string, more: Partial<Finding> = {}): Finding {
  const place = { entry, ...more.place };
  return { rule, severity: 'error', ...more, place };
}

function compareFiles(
  entries: readonly ZipEntry[],
  hash: (bytes: Uint8Array) => string,
): { files: BundledFile[]; findings: Finding[] } {
  const hashes = new Map(entries.map(({ name, bytes }) => [name, hash(bytes)]));
  const list = entries.find(({ name }) => name === BUNDLE_FILES.sums);
  const reading = list === undefined ? undefined : readSums(decodeText(list.bytes) ?? '?');
  const sums = reading?.ok === true ? reading.sums : new Map<string, string>();
  const findings: Finding[] = [];
  if (reading?.ok === false) {
    const place = { line: reading.line };
    findings.push(makeFinding('bundle.sums-unreadable', BUNDLE_FILES.sums, { place }));
  }
  const names = new Set([...SUMMED_FILES, ...sums.keys(), ...hashes.keys(), BUNDLE_FILES.sums]);
  const files = [...names].sort().map((name): BundledFile => {
    const sha256 = hashes.get(name);
    if (sha256 === undefined) return { name, state: 'missing' };
    // The list has no checksum of its own, but any change to it changes the packing.
    if (name === BUNDLE_FILES.sums) return { name, state: reading?.ok === true ? 'same' : 'changed', sha256 };
    const sum = sums.get(name);
    const state = sum === undefined ? 'unlisted' : sum === sha256 ? 'same' : 'changed';
    return { name, state, sha256 };
  });
  for (const { name, state } of files)
    if (state !== 'same' && !(name === BUNDLE_FILES.sums && state === 'changed'))
      findings.push(makeFinding(`bundle.${state}`, name));
  return { files, findings };
}

/** Packing is deterministic, so any differing byte is a later change. */
function checkPacking(bytes: Uint8Array, entries: readonly ZipEntry[]): Finding[] {
  const written = writeZip(entries);
  const { length } = bytes;
  let at = 0;
  while (at < length && bytes[at] === written[at]) at += 1;
  if (at === length && length === written.length) return [];
  return [makeFinding('bundle.repacked', undefined, { place: { offset: at }, params: { offset: at } })];
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8(bytes, 'kept');
  } catch {
    return undefined;
  }
}

const reportSchema = z.object({
  schema: z.literal(BUNDLE_SCHEMA),
  generatedAt: instantField,
  manifest: z.object({
    sha256: z.string(),
    objects: z.array(z.object({ name: z.string(), namespace: z.string(), entries: z.number() })),
  }),
  matched: z.number(),
  guard: z.object({ phrase: z.string().nullable() }),
  entries: z.array(
    z.object({
      object: z.string(),
      index: z.number(),
      kind: z.string(),
      value: z.string(),
      notBefore: z.string().nullable(),
    }),
  ),
});
type Report = z.infer<typeof reportSchema>;

/** Returns `undefined` unless the file is a bundle report of this version. */
function findReport(bytes: Uint8Array | undefined): Report | undefined {
  const text = bytes === undefined ? undefined : decodeText(bytes);
  try {
    return text === undefined ? undefined : reportSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function describeReport({ generatedAt, manifest, matched, guard }: Report): BundleFacts {
  const { sha256, objects } = manifest;
  return { madeAt: generatedAt, manifestSha256: sha256, objects, matched, phrase: guard.phrase ?? undefined };
}

function checkManifest(manifest: Uint8Array, report: Report, hash: (bytes: Uint8Array) => string): Finding[] {
  // The inventory at the time of the bundle is unknown.
  const linted = lintText(decodeText(manifest) ?? '', { now: report.generatedAt, certificates: [] });
  const objects = linted.objects.map(({ written: { draft } }) => ({
    name: draft.name ?? '',
    namespace: draft.namespace ?? '',
    entries: draft.entries.length,
  }));
  const entries = linted.objects.flatMap(({ written: { draft }, entries: own }) =>
    own.map(({ index, entry: { kind, value, notBefore = null } }) => {
      return { object: draft.name ?? '', index, kind, value, notBefore };
    }),
  );
  const isSame =
    hash(manifest) === report.manifest.sha256 &&
    JSON.stringify([objects, entries]) === JSON.stringify([report.manifest.objects, report.entries]);
  const findings = isSame ? [] : [makeFinding('bundle.other-manifest', BUNDLE_FILES.manifest)];
  const isSound = linted.objects.length > 0 && linted.findings.every(isAcceptable);
  if (!isSound) findings.push(makeFinding('bundle.not-sound', BUNDLE_FILES.manifest));
  const typed = consequencesIn(report.guard.phrase ?? '');
  const open = linted.objects
    .flatMap(({ consequences }) => consequences)
    .filter((consequence) => !typed.has(consequence));
  const phrase = phraseFor(open);
  if (phrase !== undefined)
    findings.push(makeFinding('bundle.not-confirmed', BUNDLE_FILES.manifest, { params: { phrase } }));
  return findings;
}
