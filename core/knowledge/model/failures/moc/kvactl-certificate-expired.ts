import type { FailureRow } from '../../failure.ts';
import { citeText, ISSUE_145, ISSUE_146, KNOWN_KVACTL } from '../../sources/sources.ts';
import { retryStep, DELETE_KVACTL_STEP, HOST_STEP } from '../steps.ts';

export const F05: FailureRow = {
  kind: 'certificate',
  published: [
    'Error: failed to get new provider: failed to create azurestackhci session: Certificate has expired: Expired',
    'Error: failed to get new provider: failed to create azurestackhci session: Certificate has expired: Expired: Expired',
  ],
  texts: [
    {
      id: 'session',
      phrases: ['failed to create azurestackhci session: Certificate has expired: Expired'],
      weight: 0.95,
    },
    { id: 'session-cut', phrases: ['failed to create azurestackhci session: Certificate has expired'], weight: 0.8 },
    { id: 'japanese', phrases: ['kvactl', '証明書', '有効期限'], gap: 30, weight: 0.6 },
    { id: 'kvactl', phrases: ['kvactl', 'Certificate has expired: Expired'], gap: 400, weight: 0.5 },
  ],
  supports: [
    { id: 'kvactl-fails', answer: { field: 'found', of: 'kvactl', is: 'fails' }, weight: 0.25 },
    { id: 'kvactl-works', answer: { field: 'found', of: 'kvactl', is: 'works' }, weight: -0.8 },
    { id: 'kvactl-expired', roles: ['kvactl'], state: 'expired', weight: 0.6 },
    { id: 'kvactl-valid', roles: ['kvactl'], state: 'valid', weight: -0.3 },
  ],
  lookAlikes: { F04: 'moc-node', F06: 'kvactl', F10: 'management-kubeconfig', F12: 'user', F32: 'kvactl' },
  confirm: 'kvactl',
  cause: [KNOWN_KVACTL, ISSUE_146, ISSUE_145],
  steps: [DELETE_KVACTL_STEP, HOST_STEP, retryStep(ISSUE_146)],
  contradictions: ['kvactl-path', 'moc-validity'],
  builds: { statement: citeText('failure.builds.F05', ISSUE_146) },
  citations: [ISSUE_146, ISSUE_145, KNOWN_KVACTL],
};
