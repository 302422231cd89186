import { exports, runIn, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

const AUDIT = () => import('./audit.ts');

export const AUDIT_VERBS: readonly Verb[] = [
  { name: ['audit', 'list'], effect: READS, options: ['search', 'action'], run: runIn(AUDIT, 'auditList') },
  { name: ['audit', 'verify'], effect: READS, options: ['head'], run: runIn(AUDIT, 'auditVerify') },
  {
    name: ['audit', 'export'],
    usage: '--out FILE',
    effect: exports('audit.exported'),
    options: ['out'],
    run: runIn(AUDIT, 'auditExport'),
  },
];
