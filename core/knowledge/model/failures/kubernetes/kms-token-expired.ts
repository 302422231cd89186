import type { FailureRow } from '../../failure.ts';
import { anyWording, TOKEN_REFUSED, serverDownPhrases } from '../wordings.ts';
import { citeText, ISSUE_127, KNOWN_KMS_POD } from '../../sources/sources.ts';
import { goOn, KMS_MANAGEMENT_STEP, KMS_WORKLOAD_STEP } from '../steps.ts';

export const F07: FailureRow = {
  kind: 'certificate',
  published: [
    '2021/08/02 21:27:53 starting login to cloud agent\n2021/08/02 21:27:53 rpc error: code = Unauthenticated desc = Valid Token Required.',
    'KMS pod log: starting login to cloud agent then code = Unauthenticated desc = Valid Token Required; kubectl get secrets internal error; secret volumes fail; apiserver will not start',
  ],
  texts: [
    {
      id: 'login',
      phrases: ['starting login to cloud agent', 'code = Unauthenticated desc = Valid Token Required'],
      weight: 0.93,
    },
    {
      id: 'kms-log',
      phrases: ['kms-plugin', 'code = Unauthenticated desc = Valid Token Required'],
      gap: 600,
      weight: 0.7,
    },
    { id: 'token', phrases: [TOKEN_REFUSED], weight: 0.4 },
    { id: 'secrets', phrases: ['get secrets', 'has prevented the request from succeeding'], gap: 200, weight: 0.6 },
    { id: 'invalid', phrases: ['KMS', 'invalid token'], gap: 200, weight: 0.6 },
    { id: 'japanese', phrases: ['KMS', 'トークン', '有効期限'], gap: 30, weight: 0.7 },
    // While the API server is down, the cmdlet does not work: see F08.
    ...anyWording('server-down', serverDownPhrases('starting login to cloud agent'), { gap: 3000, weight: -0.25 }),
    ...anyWording('server-down-kms', serverDownPhrases('kms-plugin'), { gap: 3000, weight: -0.1 }),
    { id: 'repair-failed', phrases: ['failed to repair cluster certificates'], weight: -0.4 },
  ],
  supports: [
    { id: 'management-kms-fails', answer: { field: 'found', of: 'management-kms', is: 'fails' }, weight: 0.5 },
    { id: 'workload-kms-fails', answer: { field: 'found', of: 'workload-kms', is: 'fails' }, weight: 0.5 },
    { id: 'workload-kms-works', answer: { field: 'found', of: 'workload-kms', is: 'works' }, weight: -0.5 },
    { id: 'kms-expired', roles: ['kms-plugin-token', 'kms-plugin'], state: 'expired', weight: 0.6 },
    { id: 'kms-valid', roles: ['kms-plugin-token'], state: 'valid', weight: -0.5 },
  ],
  lookAlikes: {
    F03: 'kms-container',
    F06: 'kvactl',
    F08: 'api-server',
    F09: 'kms-container',
    F17: 'kms-log',
    F21: 'kms-log',
    F36: 'kms-container',
  },
  confirm: 'kms-log',
  cause: [KNOWN_KMS_POD, ISSUE_127],
  warning: citeText('failure.warning.no-reboot', ISSUE_127),
  steps: [KMS_MANAGEMENT_STEP, KMS_WORKLOAD_STEP, goOn('F08', 'repair.only.api-server-down', ISSUE_127)],
  dispute: { contradiction: 'kms-on-workload', sides: [['kms-workload'], ['kms-management']] },
  citations: [KNOWN_KMS_POD, ISSUE_127],
};
