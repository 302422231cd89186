import { CHECKS } from '../checks.ts';
import { IDENTITY_LOGIN } from '../credentials/roles-remedies.ts';
import type { FailureRow } from '../failure.ts';
import { ISSUE_160, ISSUE_43, ISSUE_47, KNOWN_HANDSHAKE, LOGIN_AGAIN, MOC_ERRORS } from '../sources/sources-repair.ts';
import {
  citeText,
  ISSUE_145,
  ISSUE_146,
  ISSUE_168,
  ISSUE_169,
  KNOWN_KVACTL,
  KNOWN_MOCCTL,
} from '../sources/sources.ts';
import { layerSign, roleSign, sign, TOKEN_REFUSED } from './signs.ts';
import {
  DELETE_KVACTL_STEP,
  goOn,
  HOST_STEP,
  lookStep,
  MOC_LOGIN_FIRST_STEP,
  MOC_LOGIN_STEP,
  remedyStep,
  retryStep,
  step,
  stepStatement,
} from './steps.ts';

/** The certificate of mocctl has expired. */
export const F04: FailureRow = {
  published: [
    '[Error: Certificate has expired: Expired]',
    'System.Collections.Hashtable.generic_non_zero 1 [Error: Certificate has expired: Expired]',
  ],
  texts: [
    sign('error', 0.9, ['Error: Certificate has expired: Expired']),
    sign('bare', 0.5, ['Certificate has expired: Expired']),
    sign('unreachable', 0.3, ['MOC is unreachable']),
    sign('agent-unreachable', 0.3, ['CloudAgent is unreachable']),
    // Output of the modules on Japanese Windows.
    sign('unreachable-japanese', 0.3, ['MOC に到達できません']),
    sign('agent-unreachable-japanese', 0.3, ['CloudAgent に到達できません']),
    sign('japanese', 0.6, ['mocctl', '証明書', '有効期限'], { gap: 30 }),
    sign('mocctl', 0.6, ['mocctl', 'Certificate has expired: Expired'], { gap: 400 }),
  ],
  supports: [
    layerSign('mocctl-fails', 0.35, 'mocctl', 'fails'),
    layerSign('mocctl-works', -0.8, 'mocctl', 'works'),
    roleSign('mocctl-expired', 0.7, 'expired', 'mocctl'),
    roleSign('mocctl-valid', -0.4, 'valid', 'mocctl'),
  ],
  confirm: 'moc-node',
  cause: [KNOWN_MOCCTL, ISSUE_168],
  steps: [MOC_LOGIN_STEP, retryStep(ISSUE_168)],
  contradictions: ['moc-validity'],
  citations: [ISSUE_168, KNOWN_MOCCTL],
};

/** The certificate of kvactl has expired. */
export const F05: FailureRow = {
  published: [
    'Error: failed to get new provider: failed to create azurestackhci session: Certificate has expired: Expired',
    'Error: failed to get new provider: failed to create azurestackhci session: Certificate has expired: Expired: Expired',
  ],
  texts: [
    sign('session', 0.95, ['failed to create azurestackhci session: Certificate has expired: Expired']),
    sign('session-cut', 0.8, ['failed to create azurestackhci session: Certificate has expired']),
    sign('japanese', 0.6, ['kvactl', '証明書', '有効期限'], { gap: 30 }),
    sign('kvactl', 0.5, ['kvactl', 'Certificate has expired: Expired'], { gap: 400 }),
  ],
  supports: [
    layerSign('kvactl-fails', 0.25, 'kvactl', 'fails'),
    layerSign('kvactl-works', -0.8, 'kvactl', 'works'),
    roleSign('kvactl-expired', 0.6, 'expired', 'kvactl'),
    roleSign('kvactl-valid', -0.3, 'valid', 'kvactl'),
  ],
  confirm: 'kvactl',
  cause: [KNOWN_KVACTL, ISSUE_146, ISSUE_145],
  steps: [DELETE_KVACTL_STEP, HOST_STEP, retryStep(ISSUE_146)],
  contradictions: ['kvactl-path', 'moc-validity'],
  builds: { statement: citeText('failure.builds.F05', ISSUE_146) },
  citations: [ISSUE_146, ISSUE_145, KNOWN_KVACTL],
};

const SESSION_REFUSED = 'failed to create azurestackhci session: rpc error: code = Unauthenticated';

/** The token of kvactl has expired. */
export const F06: FailureRow = {
  published: [`${SESSION_REFUSED} ${TOKEN_REFUSED}`],
  texts: [
    sign('session', 0.95, [`${SESSION_REFUSED} ${TOKEN_REFUSED}`]),
    sign('session-cut', 0.8, [SESSION_REFUSED]),
    sign('kvactl', 0.6, ['kvactl', 'Valid Token Required'], { gap: 400 }),
    sign('invalid', 0.6, ['AksHci', 'invalid token'], { gap: 300 }),
    sign('invalid-bare', 0.35, ['error regarding an invalid token']),
    sign('japanese', 0.6, ['kvactl', 'トークン', '有効期限'], { gap: 30 }),
    sign('token', 0.35, [TOKEN_REFUSED]),
  ],
  supports: [
    layerSign('kvactl-fails', 0.25, 'kvactl', 'fails'),
    layerSign('kvactl-works', -0.8, 'kvactl', 'works'),
    roleSign('token-expired', 0.6, 'expired', 'kvactl-token'),
    roleSign('token-valid', -0.4, 'valid', 'kvactl-token'),
  ],
  confirm: 'kvactl',
  cause: [ISSUE_169],
  steps: [MOC_LOGIN_FIRST_STEP, HOST_STEP, retryStep(ISSUE_169)],
};

const HANDSHAKE_FAILED = 'authentication handshake failed: x509: certificate signed by unknown authority';

/** The cloud agent is not trusted. */
export const F12: FailureRow = {
  published: [`transport: ${HANDSHAKE_FAILED}`],
  texts: [
    sign('handshake', 0.95, [`transport: ${HANDSHAKE_FAILED}`]),
    sign('handshake-bare', 0.85, [HANDSHAKE_FAILED]),
    sign('session', 0.5, ['azurestackhci session', 'certificate signed by unknown authority'], { gap: 200 }),
  ],
  supports: [
    { id: 'other-user', answer: { field: 'sameUser', is: false }, weight: 0.3 },
    layerSign('kvactl-works', -0.8, 'kvactl', 'works'),
    roleSign('ca-expired', 0.4, 'expired', 'cloud-agent-ca'),
  ],
  confirm: 'user',
  cause: [KNOWN_HANDSHAKE, ISSUE_160],
  steps: [
    lookStep('user', CHECKS.user.command, {
      statement: stepStatement('same-user', KNOWN_HANDSHAKE, ISSUE_160),
      expected: 'installer',
    }),
    { ...DELETE_KVACTL_STEP, precondition: 'same-user' },
    HOST_STEP,
    retryStep(KNOWN_HANDSHAKE),
  ],
  contradictions: ['kvactl-path'],
};

const NO_ACCESS_FILE = 'unable to locate a valid cloudconfig access file';

/** The access file of mocctl is missing. */
export const F25: FailureRow = {
  published: [NO_ACCESS_FILE],
  texts: [sign('access-file', 0.95, [NO_ACCESS_FILE])],
  confirm: 'moc-node',
  cause: [ISSUE_43, ISSUE_47],
  steps: [
    MOC_LOGIN_STEP,
    retryStep(ISSUE_43),
    step('reinstall', {
      risk: 'dangerous',
      statement: stepStatement('preview-reinstall', ISSUE_43),
      only: 'preview',
      expected: 'works-now',
    }),
  ],
  builds: { until: '0.9', statement: citeText('failure.builds.preview', ISSUE_43, ISSUE_47) },
};

/** A MOC identity was revoked. */
export const F31: FailureRow = {
  published: ['certificate is revoked', 'rpc error: code = Revoked'],
  texts: [
    sign('text', 0.9, ['certificate is revoked']),
    sign('code', 0.9, ['code = Revoked']),
    sign('code-word', 0.9, ['code Revoked from MOC']),
    sign('suffix', 0.7, ['azurestackhci session', 'Revoked'], { gap: 80 }),
  ],
  confirm: 'moc-node',
  cause: [MOC_ERRORS],
  steps: [
    step('token', { statement: stepStatement('new-identity-token', LOGIN_AGAIN), expected: 'login-file' }),
    remedyStep(
      'login',
      { ...IDENTITY_LOGIN, command: 'mocctl.exe security login --loginpath <login-file> --identity' },
      { expected: 'moc-answers', check: 'moc-node' },
    ),
    retryStep(LOGIN_AGAIN),
  ],
};

/** A renewal was requested with a certificate that does not belong to the client. */
export const F32: FailureRow = {
  published: [
    'Old certificate verification failed',
    'unable to verify certificate to be renewed',
    "certToRenew wasn't used for clientAuthCert",
    'missing CSR renew certificates',
  ],
  texts: [
    sign('old', 0.95, ['Old certificate verification failed']),
    sign('renewed', 0.95, ['unable to verify certificate to be renewed']),
    sign('other', 0.95, ["certToRenew wasn't used for clientAuthCert"]),
    sign('missing', 0.95, ['missing CSR renew certificates']),
  ],
  confirm: 'moc-node',
  cause: [MOC_ERRORS],
  steps: [goOn('F04', 'from-mocctl', LOGIN_AGAIN), goOn('F05', 'from-kvactl', LOGIN_AGAIN)],
};
