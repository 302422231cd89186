import type { Failure } from '../../failure.ts';
import { anyWording, CREDENTIALS_ASKED, CREDENTIALS_ASKED_ALWAYS } from '../wordings.ts';
import { cited, DOC_CREDENTIAL, ISSUE_145, OVERVIEW_RENEWAL } from '../../sources/sources.ts';
import { SAME_TEXT } from '../../sources/sources-repair.ts';
import { CREDENTIAL_STEP } from '../steps.ts';

export const F11: Failure = {
  id: 'F11',
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
  lookAlikes: [
    { id: 'F01', apart: 'failure.apart.F01-F11', check: 'control-plane-end' },
    { id: 'F10', apart: 'failure.apart.F10-F11', check: 'management-kubeconfig' },
    { id: 'F13', apart: 'failure.apart.F11-F13', check: 'kubeconfig-view' },
    { id: 'F20', apart: 'failure.apart.F11-F20', check: 'api-server' },
  ],
  confirm: 'kubeconfig-view',
  cause: cited('failure.F11.cause', OVERVIEW_RENEWAL, ISSUE_145, SAME_TEXT),
  steps: [CREDENTIAL_STEP],
  citations: [OVERVIEW_RENEWAL, DOC_CREDENTIAL],
};
