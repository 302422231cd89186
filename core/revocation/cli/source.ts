import type { FactsByCluster } from '../../plan/model/cluster-facts.ts';
import type { Cluster } from '../../inventory/model/credential.ts';
import type { Finding } from '../../shared/finding.ts';
import type { SerialSpelling } from '../../shared/renew-revocation/draft.ts';
import { knownCertificates, type KnownCertificate } from '../model/inventory-index.ts';
import { openRevocations, type RevocationFile } from '../file.ts';
import { findingLines } from '../../cli/findings.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { sourceOf } from './inventory-source.ts';
import { UsageError } from '../../cli/usage.ts';

/** What revocations are judged against. */
export interface RevocationInventory {
  clusters: readonly Cluster[];
  certificates: readonly KnownCertificate[];
  facts: FactsByCluster;
  /** As the data folder has it set; as published for files on their own. */
  serialSpelling: SerialSpelling;
  /** What is wrong in the files of the inventory. */
  findings: readonly Finding[];
}

/**
 * The certificates in the files that `--inventory` names, with the words behind `ownWords` among them; without it, those of
 * the data folder.
 */
export async function inventoryOf(invocation: Invocation, ownWords: number): Promise<RevocationInventory> {
  const { line, world, paths } = invocation;
  const named = (line.values.inventory ?? []).map((path) => world.absolute(path));
  const more = paths.slice(ownWords);
  const [stray] = invocation.words.slice(ownWords);
  if (named.length === 0 && stray !== undefined)
    throw new UsageError('cli.usage.stray-word', { word: stray, option: '--inventory' });
  const { clusters, findings, facts, serialSpelling } = await sourceOf({ ...invocation, paths: [...named, ...more] });
  // What expires when is for the other verbs to tell; here it counts what could not be read.
  const faults = findings.filter(({ severity }) => severity === 'error');
  const certificates = knownCertificates(clusters);
  return { clusters, findings: faults, facts, serialSpelling, certificates };
}

/** The objects of the file that the first word names. `file.not-found`, `file.not-readable`, `file.too-large`. */
export async function fileOf(
  { paths, ports }: Invocation,
  { certificates }: RevocationInventory,
): Promise<RevocationFile> {
  return openRevocations(ports, paths[0] ?? '', { now: ports.clock.now(), certificates });
}

/** What is wrong in the files of the inventory, as remarks. */
export function tellInventory(
  { world, translate }: Pick<Invocation, 'world' | 'translate'>,
  { findings }: RevocationInventory,
): void {
  for (const finding of findings) for (const text of findingLines(finding, translate)) world.notice(text);
}
