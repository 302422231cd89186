import { exports, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

export const AUDIT_VERBS: readonly Verb[] = [
  {
    name: ['audit', 'list'],
    effect: READS,
    options: ['search', 'action'],
    run: async (invocation) => (await import('./audit.ts')).auditList(invocation),
  },
  {
    name: ['audit', 'verify'],
    effect: READS,
    options: ['head'],
    run: async (invocation) => (await import('./audit.ts')).auditVerify(invocation),
  },
  {
    name: ['audit', 'export'],
    effect: exports('audit.exported'),
    options: ['out'],
    run: async (invocation) => (await import('./audit.ts')).auditExport(invocation),
  },
];
