import type { Finding, Place } from '../../../shared/finding.ts';

/** Texts: `finding.<rule>` and its remedy. The comments list the parameters. */
export const SPEC_RULES = [
  'spec.not-a-mapping',
  'spec.unknown-field', // field, nearest
  'spec.missing-field', // field
  'spec.wrong-type', // field, expected
  'spec.not-text', // field
  'spec.unknown-value', // field, nearest, allowed
  'spec.invalid-value', // field, expected
  'spec.too-few', // field, limit
  'spec.too-many', // field, limit
  'spec.wrong-list', // profile, list
  'spec.kubelet', // profile
  'spec.nothing-to-make',
  'spec.needs', // asker, field, hint
  'spec.key-algorithm', // profile, allowed
  'spec.name-too-long', // profile, limit
  'spec.same-file', // file, line
  'spec.server-not-covered', // host
  'spec.more-findings', // count
] as const;
export type SpecRule = (typeof SPEC_RULES)[number];

export function specFinding(rule: SpecRule, place: Place, params?: Record<string, string | number>): Finding {
  return { rule, severity: rule === 'spec.server-not-covered' ? 'warning' : 'error', place, params };
}
