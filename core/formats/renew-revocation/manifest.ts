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

/** The namespace that an empty one stands for. Source: Kubernetes, ObjectMeta. */
const DEFAULT_NAMESPACE = 'default';
/** Beyond this many, findings are only counted. */
const MAX_FINDINGS = 100;

/**
 * Reads every RenewRevocation object in YAML or JSON: one object, several documents, a `List`. Objects of other kinds
 * are skipped without a finding. A fault in an entry is a finding and hides neither its neighbours nor objects in other
 * documents; an object without a name is skipped. Never throws.
 */
export function readRevocationManifest(text: string): RevocationManifest {
  const { objects, findings } = readRevocationDrafts(text);
  const manifest: RevocationManifest = {
    objects: objects.flatMap((written) => findRevocation(written, findings) ?? []),
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

/**
 * Converts a written object into the form that the rules take; `undefined` without a name. Faults of its entries are
 * added to `findings`.
 */
export function findRevocation(written: WrittenRevocation, findings: Finding[]): RenewRevocation | undefined {
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
