import type { Finding, Place } from '../../../shared/finding.ts';

/** Texts: `finding.<rule>` and its remedy. */
export const SPEC_RULES = [
  'spec.not-a-mapping',
  'spec.not-a-role',
  'spec.unknown-field',
  'spec.missing-field',
  'spec.wrong-type',
  'spec.not-text',
  'spec.unknown-value',
  'spec.invalid-value',
  'spec.too-few',
  'spec.too-many',
  'spec.wrong-list',
  'spec.kubelet',
  'spec.nothing-to-make',
  'spec.needs',
  'spec.key-algorithm',
  'spec.issuer',
  'spec.name-too-long',
  'spec.same-file',
  'spec.server-not-covered',
  'spec.more-findings',
] as const;
export type SpecRule = (typeof SPEC_RULES)[number];

export function specFinding(rule: SpecRule, place: Place, params?: Record<string, string | number>): Finding {
  return { rule, severity: rule === 'spec.server-not-covered' ? 'warning' : 'error', place, params };
}
