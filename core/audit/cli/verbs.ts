import { exports, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

/** What is asked of the audit trail. */
export const AUDIT_VERBS: readonly Verb[] = [
  {
    name: ['audit', 'list'],
    effect: READS,
    words: { least: 0, most: 0 },
    options: ['search', 'action'],
    run: async (invocation) => (await import('./audit.ts')).auditList(invocation),
  },
  {
    name: ['audit', 'verify'],
    effect: READS,
    words: { least: 0, most: 0 },
    options: ['head'],
    run: async (invocation) => (await import('./audit.ts')).auditVerify(invocation),
  },
  {
    name: ['audit', 'export'],
    effect: exports('audit.exported'),
    words: { least: 0, most: 0 },
    options: ['out'],
    run: async (invocation) => (await import('./audit.ts')).auditExport(invocation),
  },
];
