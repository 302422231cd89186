import type { FactsByCluster } from '../domain/cluster-facts.ts';
import type { Cluster } from '../domain/credential.ts';
import type { Finding } from '../domain/finding.ts';
import { knownCertificates } from '../domain/revocation-known.ts';
import type { KnownCertificate } from '../domain/revocation-known.ts';
import { decodeText } from '../formats/text-encoding.ts';
import { lintText } from '../revocation/lint-text.ts';
import type { LintedText } from '../revocation/lint-text.ts';
import { findingLines } from './findings.ts';
import type { Invocation } from './invocation.ts';
import { sourceOf } from './judged-source.ts';
import { UsageError } from './usage.ts';

/** What revocations are judged against. */
export interface RevocationInventory {
  clusters: readonly Cluster[];
  certificates: readonly KnownCertificate[];
  facts: FactsByCluster;
  /** What is wrong in the files of the inventory. */
  findings: readonly Finding[];
}

/** Far above what YAML is read of. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * The certificates in the files that `--inventory` names, with the words behind `ownWords` among them; without it, those of
 * the data folder.
 */
export async function inventoryOf(
  invocation: Invocation,
  ownWords: number,
): Promise<RevocationInventory> {
  const { line, world, paths } = invocation;
  const named = (line.values.inventory ?? []).map((path) => world.absolute(path));
  const more = paths.slice(ownWords);
  const [stray] = invocation.words.slice(ownWords);
  if (named.length === 0 && stray !== undefined)
    throw new UsageError('cli.usage.stray-word', { word: stray, option: '--inventory' });
  const { clusters, findings, facts } = await sourceOf({
    ...invocation,
    paths: [...named, ...more],
  });
  // What expires when is for the other verbs to tell; here it counts what could not be read.
  const faults = findings.filter(({ severity }) => severity === 'error');
  return { clusters, findings: faults, facts, certificates: knownCertificates(clusters) };
}

export interface RevocationFile extends LintedText {
  path: string;
}

/** The objects of a file, judged. `file.not-found`, `file.not-readable`, `file.too-large`. */
export async function fileOf(
  { paths, ports }: Invocation,
  { certificates }: RevocationInventory,
): Promise<RevocationFile> {
  const path = paths[0] ?? '';
  // Bytes that are no text hold no object, and that is told.
  const text = decodeText(await ports.files.read(path, MAX_BYTES))?.text ?? '';
  return { path, ...lintText(text, { now: ports.clock.now(), certificates }) };
}

/** What is wrong in the files of the inventory, as remarks. */
export function tellInventory(
  { world, translate }: Pick<Invocation, 'world' | 'translate'>,
  { findings }: RevocationInventory,
): void {
  for (const finding of findings)
    for (const text of findingLines(finding, translate)) world.notice(text);
}
