import type { FailureRow } from '../../failure.ts';
import { daysAtLeast, OFF_FOR_DAYS } from '../wordings.ts';
import { citeText, KNOWN_EXPIRED_CONTROL_PLANE } from '../../sources/sources.ts';
import { ISSUE_233, KNOWN_FOUR_DAYS } from '../../sources/sources-repair.ts';
import { CREDENTIAL_AFTER_STEP, goOn, KUBELET_STEP, stepStatement } from '../steps.ts';

export const F01: FailureRow = {
  kind: 'certificate',
  published: [
    'Unable to connect to the server: x509: certificate has expired or is not yet valid: current time 2022-07-26T12:24:15-04:00 is after 2022-07-15T15:01:07Z',
  ],
  texts: [
    {
      id: 'kubectl',
      phrases: ['Unable to connect to the server: x509: certificate has expired or is not yet valid', 'is after'],
      weight: 0.9,
    },
    {
      id: 'kubectl-cut',
      phrases: ['Unable to connect to the server: x509: certificate has expired or is not yet valid'],
      weight: 0.6,
    },
    { id: 'kubectl-short', phrases: ['Unable to connect to the server: x509: certificate has expired'], weight: 0.55 },
    { id: 'x509', phrases: ['x509: certificate has expired or is not yet valid'], weight: 0.35 },
    { id: 'bootstrap', phrases: ['existing bootstrap client certificate', 'is expired'], gap: 80, weight: 0.75 },
    ...daysAtLeast('off', OFF_FOR_DAYS, { atLeast: 5, gap: 14, weight: 0.4 }),
    { id: 'japanese', phrases: ['kubectl', '証明書', '有効期限が切れ'], gap: 30, weight: 0.45 },
    {
      id: 'after-repair',
      phrases: [
        'Update-AksHciClusterCertificates',
        'fixKubeletCredentials',
        'certificate has expired or is not yet valid',
      ],
      gap: 4000,
      weight: -0.2,
    },
  ],
  supports: [
    { id: 'off', answer: { field: 'offHours', atLeast: 96 }, weight: 0.4 },
    { id: 'api-server-fails', answer: { field: 'found', of: 'workload-api-server', is: 'fails' }, weight: 0.2 },
    { id: 'api-server-works', answer: { field: 'found', of: 'workload-api-server', is: 'works' }, weight: -0.8 },
    { id: 'apiserver-expired', roles: ['apiserver'], state: 'expired', weight: 0.7 },
    { id: 'apiserver-valid', roles: ['apiserver'], state: 'valid', weight: -0.5 },
  ],
  lookAlikes: {
    F02: 'vm-names',
    F03: 'control-plane-end',
    F11: 'control-plane-end',
    F13: 'kubeconfig-view',
    F22: 'moc-node',
    F34: 'revocation-resource',
    F36: 'api-server-port',
  },
  confirm: 'control-plane-end',
  cause: [KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233, KNOWN_FOUR_DAYS],
  steps: [
    KUBELET_STEP,
    CREDENTIAL_AFTER_STEP,
    {
      id: 'wait',
      command: 'kubectl get nodes',
      place: 'workstation',
      risk: 'none',
      statement: stepStatement('wait-minutes', KNOWN_EXPIRED_CONTROL_PLANE),
      needsApiServer: true,
      expected: 'repair.expected.kubectl-answers',
    },
    goOn('F02', 'repair.only.no-effect', ISSUE_233),
  ],
  contradictions: ['off-under-30-days', 'broken-commands'],
  takes: citeText('failure.takes.minutes', KNOWN_EXPIRED_CONTROL_PLANE),
  builds: { statement: citeText('failure.builds.september-2022', KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233) },
  citations: [KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233],
};
