import type { FailureRow } from '../../failure.ts';
import { OVERVIEW_REVOCATION } from '../../sources/sources.ts';
import { ROW_DELETION } from '../../sources/sources-revocation.ts';
import { DOC_RECOVERY_REASON } from '../../sources/sources-repair.ts';
import { CREDENTIAL_AFTER_STEP, KUBELET_STEP, lookStep, stepStatement } from '../steps.ts';

export const F34: FailureRow = {
  kind: 'certificate',
  published: ['after a revocation the cluster is down and the repair brings it back only briefly'],
  texts: [
    { id: 'symptom', phrases: ['after a revocation', 'cluster is down'], gap: 40, weight: 0.85 },
    { id: 'japanese', phrases: ['失効', 'クラスター', '停止'], gap: 30, weight: 0.6 },
    { id: 'briefly', phrases: ['repair brings it back only briefly'], weight: 0.5 },
    { id: 'object', phrases: ['kind: RenewRevocation'], weight: 0.25 },
  ],
  supports: [
    {
      id: 'refused',
      roles: [
        ...(['apiserver', 'kubelet-client', 'etcd-server', 'etcd-peer', 'admin-conf'] as const),
        ...(['apiserver-kubelet-client', 'apiserver-etcd-client', 'front-proxy-client'] as const),
        ...(['controller-manager', 'scheduler'] as const),
      ],
      state: 'refused',
      weight: 0.8,
    },
  ],
  lookAlikes: { F01: 'revocation-resource', F31: 'revocation-resource' },
  confirm: 'revocation-resource',
  cause: [OVERVIEW_REVOCATION, DOC_RECOVERY_REASON],
  steps: [
    lookStep('resource', 'kubectl api-resources --api-group=certificates.microsoft.com', {
      place: 'workstation',
      needsApiServer: true,
      statement: stepStatement('revocation-resource', ROW_DELETION),
      expected: 'repair.expected.resource',
    }),
    {
      id: 'edit',
      place: 'workstation',
      risk: 'low',
      needsApiServer: true,
      command: 'kubectl -n kube-system edit renewrevocation.certificates.microsoft.com <revocation-name>',
      statement: stepStatement('revocation-edit', ROW_DELETION),
      precondition: 'repair.precondition.api-access',
      expected: 'repair.expected.entry-gone',
      backup: {
        command: 'kubectl -n kube-system get renewrevocation.certificates.microsoft.com <revocation-name> -o yaml',
        text: 'repair.backup.revocation',
      },
    },
    KUBELET_STEP,
    CREDENTIAL_AFTER_STEP,
  ],
  contradictions: ['not-before-sample', 'not-before-reason'],
  citations: [OVERVIEW_REVOCATION, ROW_DELETION],
};
