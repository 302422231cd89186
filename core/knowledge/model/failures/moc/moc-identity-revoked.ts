import type { FailureRow } from '../../failure.ts';
import { IDENTITY_LOGIN } from '../../credentials/roles-remedies.ts';
import { LOGIN_AGAIN, MOC_ERRORS } from '../../sources/sources-repair.ts';
import { retryStep, ON_HOST, remedyStep, stepStatement } from '../steps.ts';

export const F31: FailureRow = {
  kind: 'certificate',
  published: ['certificate is revoked', 'rpc error: code = Revoked'],
  texts: [
    { id: 'text', phrases: ['certificate is revoked'], weight: 0.9 },
    { id: 'code', phrases: ['code = Revoked'], weight: 0.9 },
    { id: 'code-word', phrases: ['code Revoked from MOC'], weight: 0.9 },
    { id: 'suffix', phrases: ['azurestackhci session', 'Revoked'], gap: 80, weight: 0.7 },
  ],
  supports: [],
  lookAlikes: { F04: 'moc-node', F34: 'revocation-resource' },
  confirm: 'moc-node',
  cause: [MOC_ERRORS],
  steps: [
    {
      id: 'token',
      ...ON_HOST,
      risk: 'low',
      statement: stepStatement('new-identity-token', LOGIN_AGAIN),
      expected: 'repair.expected.login-file',
    },
    remedyStep(
      'login',
      { ...IDENTITY_LOGIN, command: 'mocctl.exe security login --loginpath <login-file> --identity' },
      { ...ON_HOST, risk: 'low', expected: 'repair.expected.moc-answers', check: 'moc-node' },
    ),
    retryStep(LOGIN_AGAIN),
  ],
  citations: [MOC_ERRORS],
};
