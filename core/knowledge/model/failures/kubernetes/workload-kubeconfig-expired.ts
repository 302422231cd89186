import type { FailureRow } from '../../failure.ts';
import { anyWording, CREDENTIALS_ASKED, CREDENTIALS_ASKED_ALWAYS } from '../wordings.ts';
import { DOC_CREDENTIAL, ISSUE_145, OVERVIEW_RENEWAL } from '../../sources/sources.ts';
import { SAME_TEXT } from '../../sources/sources-repair.ts';
import { CREDENTIAL_STEP } from '../steps.ts';

export const F11: FailureRow = {
  kind: 'certificate',
  published: [
    'PS C:\\> kubectl get nodes\nerror: You must be logged in to the server (Unauthorized)',
    'You must be logged in to the server (Unauthorized), same text for a workload cluster',
  ],
  texts: [
    { id: 'unauthorized', phrases: ['You must be logged in to the server (Unauthorized)'], weight: 0.5 },
    { id: 'kubectl', phrases: ['kubectl', 'You must be logged in to the server (Unauthorized)'], gap: 60, weight: 0.7 },
    {
      id: 'workload',
      phrases: ['You must be logged in to the server (Unauthorized)', 'workload cluster'],
      weight: 0.7,
    },
    ...anyWording('always', CREDENTIALS_ASKED_ALWAYS, { gap: 90, weight: 0.7 }),
    { id: 'not-logs', phrases: ['kubectl get', CREDENTIALS_ASKED], gap: 90, weight: 0.7 },
    { id: 'japanese', phrases: ['kubeconfig', '有効期限が切れ'], gap: 20, weight: 0.4 },
    {
      id: 'management',
      phrases: ['kubeconfig-mgmt', 'You must be logged in to the server (Unauthorized)'],
      gap: 500,
      weight: -0.7,
    },
    { id: 'cmdlet', phrases: ['kvactl', 'You must be logged in to the server (Unauthorized)'], gap: 500, weight: -0.5 },
  ],
  supports: [
    { id: 'management-works', answer: { field: 'found', of: 'management-kubeconfig', is: 'works' }, weight: 0.2 },
    {
      id: 'kubeconfig-expired',
      roles: ['admin-kubeconfig', 'kubeconfig-client', 'kubeconfig-token'],
      state: 'expired',
      weight: 0.6,
    },
    { id: 'kubeconfig-valid', roles: ['admin-kubeconfig'], state: 'valid', weight: -0.4 },
  ],
  lookAlikes: { F01: 'control-plane-end', F10: 'management-kubeconfig', F13: 'kubeconfig-view', F20: 'api-server' },
  confirm: 'kubeconfig-view',
  cause: [OVERVIEW_RENEWAL, ISSUE_145, SAME_TEXT],
  steps: [CREDENTIAL_STEP],
  citations: [OVERVIEW_RENEWAL, DOC_CREDENTIAL],
};
