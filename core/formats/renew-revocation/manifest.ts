import { limitFindings, type Finding } from '../../shared/finding.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import { checkEntry } from '../../shared/renew-revocation/structure.ts';
import { readRevocationDrafts, type WrittenRevocation } from './draft-reader.ts';

interface RevocationManifest {
  objects: RenewRevocation[];
  /** Places have line, column and the path from the root of the document. */
  findings: Finding[];
}

/** Applies if the namespace is empty. Source: Kubernetes, ObjectMeta. */
const DEFAULT_NAMESPACE = 'default';
const MAX_FINDINGS = 100;

/**
 * Reads RenewRevocation objects in YAML or JSON: one object, several documents or a `List`. Skips other kinds, and
 * objects without a name. A faulty entry becomes a finding and hides nothing else. Never throws.
 */
export function readRevocationManifest(text: string): RevocationManifest {
  const { objects, findings } = readRevocationDrafts(text);
  const found = objects.flatMap((written) => findRevocation(written, findings) ?? []);
  return { objects: found, findings: limitFindings(findings, MAX_FINDINGS) };
}

/** Converts an object for the rules; `undefined` if it has no name. Adds faults of its entries to `findings`. */
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
