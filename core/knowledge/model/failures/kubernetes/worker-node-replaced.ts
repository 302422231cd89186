import type { FailureRow } from '../../failure.ts';
import { DOC_WORKERS, ISSUE_237, RENEWAL_PODS } from '../../sources/sources.ts';
import { CLOUD_STEP, lookStep, stepStatement } from '../steps.ts';

export const F33: FailureRow = {
  kind: 'certificate',
  published: ['worker node vanishes and is replaced'],
  texts: [
    { id: 'vanishes', phrases: ['worker node vanishes', 'replaced'], gap: 40, weight: 0.85 },
    { id: 'removed', phrases: ['worker node', 'removed and replaced'], gap: 40, weight: 0.8 },
    { id: 'japanese', phrases: ['ワーカー ノード', '置き換え'], gap: 40, weight: 0.7 },
    { id: 'bootstrap', phrases: ['existing bootstrap client certificate', 'is expired'], gap: 80, weight: 0.35 },
    { id: 'renewal-log', phrases: ['certificate-renewal-worker', 'failed to renew'], gap: 300, weight: 0.6 },
  ],
  supports: [
    { id: 'workers-fail', answer: { field: 'found', of: 'workers', is: 'fails' }, weight: 0.3 },
    { id: 'workers-work', answer: { field: 'found', of: 'workers', is: 'works' }, weight: -0.6 },
    { id: 'kubelet-expired', roles: ['kubelet-client'], state: 'expired', weight: 0.3 },
    { id: 'approver-expired', roles: ['cert-manager-token'], state: 'expired', weight: 0.3 },
  ],
  lookAlikes: { F18: 'renewal-pods' },
  confirm: 'renewal-log',
  cause: [DOC_WORKERS],
  steps: [
    lookStep('log', 'kubectl -n kube-system logs <renewal-pod>', {
      place: 'workstation',
      needsApiServer: true,
      statement: stepStatement('renewal-log', RENEWAL_PODS),
      expected: 'repair.expected.reason',
    }),
    { ...CLOUD_STEP, statement: stepStatement('approver-token', ISSUE_237), only: 'repair.only.approver' },
  ],
  citations: [DOC_WORKERS],
};
