import type { Failure } from '../../failure.ts';
import { cited } from '../../sources/sources.ts';
import { ISSUE_57, SAME_TEXT } from '../../sources/sources-repair.ts';
import { CREDENTIAL_STEP, citedText } from '../steps.ts';

export const F13: Failure = {
  id: 'F13',
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
  lookAlikes: [
    { id: 'F01', apart: 'failure.apart.F01-F13', check: 'kubeconfig-view' },
    { id: 'F11', apart: 'failure.apart.F11-F13', check: 'kubeconfig-view' },
    { id: 'F12', apart: 'failure.apart.F12-F13', check: 'kubeconfig-view' },
  ],
  confirm: 'kubeconfig-view',
  cause: cited('failure.F13.cause', ISSUE_57, SAME_TEXT),
  steps: [{ ...CREDENTIAL_STEP, statement: citedText('credential-of-rebuilt', SAME_TEXT) }],
  citations: [ISSUE_57],
};
