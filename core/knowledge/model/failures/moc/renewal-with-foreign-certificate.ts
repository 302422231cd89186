import type { FailureRow } from '../../failure.ts';
import { LOGIN_AGAIN, MOC_ERRORS } from '../../sources/sources-repair.ts';
import { goOn } from '../steps.ts';

export const F32: FailureRow = {
  kind: 'certificate',
  published: [
    'Old certificate verification failed',
    'unable to verify certificate to be renewed',
    "certToRenew wasn't used for clientAuthCert",
    'missing CSR renew certificates',
  ],
  texts: [
    { id: 'old', phrases: ['Old certificate verification failed'], weight: 0.95 },
    { id: 'renewed', phrases: ['unable to verify certificate to be renewed'], weight: 0.95 },
    { id: 'other', phrases: ["certToRenew wasn't used for clientAuthCert"], weight: 0.95 },
    { id: 'missing', phrases: ['missing CSR renew certificates'], weight: 0.95 },
  ],
  supports: [],
  lookAlikes: { F04: 'moc-node', F05: 'kvactl' },
  confirm: 'moc-node',
  cause: [MOC_ERRORS],
  steps: [goOn('F04', 'repair.only.from-mocctl', LOGIN_AGAIN), goOn('F05', 'repair.only.from-kvactl', LOGIN_AGAIN)],
  citations: [MOC_ERRORS],
};
