import type { Ports } from '../shared/ports.ts';
import type { AuditFacts } from '../shared/problem.ts';
import type { Manifest } from './manifest/manifest.ts';

/** Returns facts for the audit trail about a manifest that leaves the console. `more` contains its destination. */
export function describePublication(
  { text, objects, judgement: { impact, guard } }: Manifest,
  { crypto }: Pick<Ports, 'crypto'>,
  more: AuditFacts = {},
): AuditFacts {
  return {
    ...more,
    subject: objects.map(({ name }) => name).join(', '),
    sha256: crypto.sha256Hex(new TextEncoder().encode(text)),
    entries: objects.reduce((sum, { entries }) => sum + entries.length, 0),
    matched: impact.matched,
    exposureUntil: impact.exposureUntil,
    understood: guard.phrase,
  };
}
