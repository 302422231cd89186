import type { Finding } from '../../shared/finding.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import { checkEntry } from '../../shared/renew-revocation/structure.ts';
import { readRevocationDrafts, type WrittenRevocation } from './draft-reader.ts';

export interface RevocationManifest {
  /** In the order of the text. */
  objects: RenewRevocation[];
  /** Places have line, column and the path of the field from the root of its document. */
  findings: Finding[];
}

/** What an empty namespace is equivalent to. Source: Kubernetes, ObjectMeta. */
const DEFAULT_NAMESPACE = 'default';
/** Beyond this many, findings are only counted. */
const MAX_FINDINGS = 100;

/**
 * Reads every RenewRevocation object of YAML or JSON: one object, several documents, a `List`. Objects of other kinds are
 * left alone, without a finding. What is wrong in an entry is a finding and hides neither its neighbours nor, between
 * documents, the other objects; an object without a name is left out. Never throws.
 */
export function readRevocationManifest(text: string): RevocationManifest {
  const { objects, findings } = readRevocationDrafts(text);
  const manifest: RevocationManifest = {
    objects: objects.flatMap((written) => revocationOf(written, findings) ?? []),
    findings,
  };
  const tooMany = findings.length - MAX_FINDINGS;
  if (tooMany > 0) {
    findings.length = MAX_FINDINGS;
    const params = { count: tooMany };
    findings.push({ rule: 'file.more-findings', severity: 'notice', place: {}, params });
  }
  return manifest;
}

/** What is written as the rules take it; `undefined` without a name. What is wrong with its entries is added to `findings`. */
export function revocationOf(written: WrittenRevocation, findings: Finding[]): RenewRevocation | undefined {
  const { name, namespace = DEFAULT_NAMESPACE, description, entries } = written.draft;
  if (name === undefined) return undefined;
  return {
    name,
    namespace,
    description,
    entries: entries.flatMap((draft, index) => {
      const { faults, entry } = checkEntry(draft);
      for (const { field, ...fault } of faults) findings.push({ ...fault, place: written.placeOfEntry(index, field) });
      return entry ?? [];
    }),
  };
}
