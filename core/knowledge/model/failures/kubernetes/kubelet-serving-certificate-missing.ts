import type { FailureRow } from '../../failure.ts';
import { SERVING_CLOUD_REPAIR, SERVING_KUBELET_REPAIR } from '../../credentials/roles-remedies.ts';
import { citeText, ISSUE_237, KNOWN_TLS_INTERNAL_ERROR } from '../../sources/sources.ts';
import { CLOUD_STEP, CREDENTIAL_AFTER_STEP, KUBELET_STEP, ON_HOST, stepStatement } from '../steps.ts';

export const F19: FailureRow = {
  kind: 'certificate',
  published: [
    'Error from server: Get "https://10.0.0.0:10250/containerLogs/kube-system/kube-apiserver-moc-l9iv8xjn3av/kube-apiserver": remote error: tls: internal error',
  ],
  texts: [
    { id: 'kubelet', phrases: ['10250', 'remote error: tls: internal error'], gap: 300, weight: 0.9 },
    { id: 'tls', phrases: ['remote error: tls: internal error'], weight: 0.7 },
  ],
  supports: [
    { id: 'logs-fail', answer: { field: 'found', of: 'logs-and-exec', is: 'fails' }, weight: 0.3 },
    { id: 'logs-work', answer: { field: 'found', of: 'logs-and-exec', is: 'works' }, weight: -0.8 },
    { id: 'kubelet-expired', roles: ['kubelet-server', 'cert-manager-token'], state: 'expired', weight: 0.5 },
    { id: 'kubelet-stalled', roles: ['kubelet-server'], state: 'stalled', weight: 0.35 },
    { id: 'kubelet-valid', roles: ['kubelet-server'], state: 'valid', weight: -0.3 },
  ],
  lookAlikes: { F20: 'pod-logs' },
  confirm: 'pod-logs',
  cause: [KNOWN_TLS_INTERNAL_ERROR, ISSUE_237],
  steps: [
    { ...CLOUD_STEP, statement: SERVING_CLOUD_REPAIR.statement, check: 'pod-logs' },
    {
      ...KUBELET_STEP,
      statement: SERVING_KUBELET_REPAIR.statement,
      only: 'repair.only.still-failing',
      check: 'pod-logs',
    },
    CREDENTIAL_AFTER_STEP,
    {
      id: 'update',
      ...ON_HOST,
      needsApiServer: true,
      risk: 'disruptive',
      command: 'Update-AksHciCluster -name <cluster>',
      statement: stepStatement('update-cluster', KNOWN_TLS_INTERNAL_ERROR),
      check: 'pod-logs',
      only: 'repair.only.old-build',
      expected: 'repair.expected.logs-shown',
    },
  ],
  dispute: { contradiction: 'tls-internal-error', sides: [['cloud'], ['kubelet']] },
  builds: { statement: citeText('failure.builds.september-2022', KNOWN_TLS_INTERNAL_ERROR, ISSUE_237) },
  citations: [ISSUE_237, KNOWN_TLS_INTERNAL_ERROR],
};
