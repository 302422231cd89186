import type { FailureRow } from '../../failure.ts';
import { ISSUE_160, KNOWN_HANDSHAKE } from '../../sources/sources-repair.ts';
import { retryStep, DELETE_KVACTL_STEP, HOST_STEP, lookStep, stepStatement } from '../steps.ts';

export const F12: FailureRow = {
  kind: 'certificate',
  published: ['transport: authentication handshake failed: x509: certificate signed by unknown authority'],
  texts: [
    {
      id: 'handshake',
      phrases: ['transport: authentication handshake failed: x509: certificate signed by unknown authority'],
      weight: 0.95,
    },
    {
      id: 'handshake-bare',
      phrases: ['authentication handshake failed: x509: certificate signed by unknown authority'],
      weight: 0.85,
    },
    {
      id: 'session',
      phrases: ['azurestackhci session', 'certificate signed by unknown authority'],
      gap: 200,
      weight: 0.5,
    },
  ],
  supports: [
    { id: 'other-user', answer: { field: 'sameUser', is: false }, weight: 0.3 },
    { id: 'kvactl-works', answer: { field: 'found', of: 'kvactl', is: 'works' }, weight: -0.8 },
    { id: 'ca-expired', roles: ['cloud-agent-ca'], state: 'expired', weight: 0.4 },
  ],
  lookAlikes: { F05: 'user', F13: 'kubeconfig-view' },
  confirm: 'user',
  cause: [KNOWN_HANDSHAKE, ISSUE_160],
  steps: [
    lookStep('user', 'whoami', {
      statement: stepStatement('same-user', KNOWN_HANDSHAKE, ISSUE_160),
      expected: 'repair.expected.installer',
    }),
    { ...DELETE_KVACTL_STEP, precondition: 'repair.precondition.same-user' },
    HOST_STEP,
    retryStep(KNOWN_HANDSHAKE),
  ],
  contradictions: ['kvactl-path'],
  citations: [KNOWN_HANDSHAKE, ISSUE_160],
};
