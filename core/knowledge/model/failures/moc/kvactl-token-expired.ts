import type { FailureRow } from '../../failure.ts';
import { TOKEN_REFUSED } from '../wordings.ts';
import { ISSUE_169 } from '../../sources/sources.ts';
import { retryStep, HOST_STEP, MOC_LOGIN_FIRST_STEP } from '../steps.ts';

export const F06: FailureRow = {
  kind: 'certificate',
  published: ['failed to create azurestackhci session: rpc error: code = Unauthenticated desc = Valid Token Required'],
  texts: [
    {
      id: 'session',
      phrases: [
        'failed to create azurestackhci session: rpc error: code = Unauthenticated desc = Valid Token Required',
      ],
      weight: 0.95,
    },
    {
      id: 'session-cut',
      phrases: ['failed to create azurestackhci session: rpc error: code = Unauthenticated'],
      weight: 0.8,
    },
    { id: 'kvactl', phrases: ['kvactl', 'Valid Token Required'], gap: 400, weight: 0.6 },
    { id: 'invalid', phrases: ['AksHci', 'invalid token'], gap: 300, weight: 0.6 },
    { id: 'invalid-bare', phrases: ['error regarding an invalid token'], weight: 0.35 },
    { id: 'japanese', phrases: ['kvactl', 'トークン', '有効期限'], gap: 30, weight: 0.6 },
    { id: 'token', phrases: [TOKEN_REFUSED], weight: 0.35 },
  ],
  supports: [
    { id: 'kvactl-fails', answer: { field: 'found', of: 'kvactl', is: 'fails' }, weight: 0.25 },
    { id: 'kvactl-works', answer: { field: 'found', of: 'kvactl', is: 'works' }, weight: -0.8 },
    { id: 'token-expired', roles: ['kvactl-token'], state: 'expired', weight: 0.6 },
    { id: 'token-valid', roles: ['kvactl-token'], state: 'valid', weight: -0.4 },
  ],
  lookAlikes: { F04: 'moc-node', F05: 'kvactl', F07: 'kvactl', F17: 'kvactl' },
  confirm: 'kvactl',
  cause: [ISSUE_169],
  steps: [MOC_LOGIN_FIRST_STEP, HOST_STEP, retryStep(ISSUE_169)],
  citations: [ISSUE_169],
};
