import type { FailureRow } from '../../failure.ts';
import { ISSUE_57, SAME_TEXT } from '../../sources/sources-repair.ts';
import { CREDENTIAL_STEP, stepStatement } from '../steps.ts';

export const F13: FailureRow = {
  kind: 'certificate',
  published: [
    'Unable to connect to the server: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")',
  ],
  texts: [
    {
      id: 'candidate',
      phrases: [
        'Unable to connect to the server: x509: certificate signed by unknown authority',
        'candidate authority certificate "kubernetes"',
      ],
      weight: 0.95,
    },
    {
      id: 'kubectl',
      phrases: ['Unable to connect to the server: x509: certificate signed by unknown authority'],
      weight: 0.75,
    },
  ],
  supports: [{ id: 'ca-expired', roles: ['cluster-ca'], state: 'expired', weight: 0.3 }],
  lookAlikes: { F01: 'kubeconfig-view', F11: 'kubeconfig-view', F12: 'kubeconfig-view' },
  confirm: 'kubeconfig-view',
  cause: [ISSUE_57, SAME_TEXT],
  steps: [{ ...CREDENTIAL_STEP, statement: stepStatement('credential-of-rebuilt', SAME_TEXT) }],
  citations: [ISSUE_57],
};
