import type { FailureRow } from '../../failure.ts';
import { TOKEN_REFUSED } from '../wordings.ts';
import { citeText, ISSUE_107 } from '../../sources/sources.ts';
import { retryStep, HOST_STEP } from '../steps.ts';

export const F17: FailureRow = {
  kind: 'certificate',
  published: [
    'ControlPlane machines are still upgrading...',
    'failed to create scope: rpc error: code = Unauthenticated desc = Valid Token Required.\\nfailed to create wssd session: login failed',
    'Update-AksHci hangs at ControlPlane machines are still upgrading...; CAPH log failed to create wssd session: login failed … Valid Token Required',
  ],
  texts: [
    { id: 'hangs', phrases: ['ControlPlane machines are still upgrading'], weight: 0.75 },
    { id: 'caph', phrases: ['failed to create wssd session: login failed'], weight: 0.9 },
    { id: 'token', phrases: [TOKEN_REFUSED], weight: 0.25 },
    { id: 'scope', phrases: ['failed to create scope', TOKEN_REFUSED], weight: 0.7 },
  ],
  supports: [
    { id: 'not-updated', answer: { field: 'daysSinceUpdate', atLeast: 42 }, weight: 0.1 },
    { id: 'caph-expired', roles: ['caphlogintoken', 'caph'], state: 'expired', weight: 0.5 },
    { id: 'caph-valid', roles: ['caphlogintoken'], state: 'valid', weight: -0.4 },
  ],
  lookAlikes: { F06: 'kvactl', F07: 'kms-log', F27: 'billing', F35: 'build' },
  confirm: 'build',
  cause: [ISSUE_107],
  steps: [HOST_STEP, retryStep(ISSUE_107)],
  builds: { from: '1.0.0.10517', until: '1.0.1.10628', statement: citeText('failure.builds.F17', ISSUE_107) },
  citations: [ISSUE_107],
};
