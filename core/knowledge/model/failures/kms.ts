import { KMS_BY_HAND } from '../credentials/roles-remedies.ts';
import { SSH } from '../step.ts';
import type { FailureRow } from '../failure.ts';
import {
  EVERY_CONTROL_PLANE,
  KNOWN_API_SERVER_DOWN,
  KNOWN_ISSUES,
  TIDY_UP,
  UTF16_REDIRECTION,
} from '../sources/sources-repair.ts';
import { citeText, ISSUE_127, KNOWN_KMS_POD, KNOWN_KMS_ROTATION } from '../sources/sources.ts';
import { anyWording, layerSign, roleSign, serverDownPhrases, sign, TOKEN_REFUSED } from './signs.ts';
import {
  goOn,
  KMS_MANAGEMENT_STEP,
  KMS_WORKLOAD_STEP,
  kmsContainerStep,
  machinesStep,
  MOC_LOGIN_STEP,
  SCP,
  step,
  stepStatement,
} from './steps.ts';

/** The token of the KMS plugin has expired. */
export const F07: FailureRow = {
  published: [
    '2021/08/02 21:27:53 starting login to cloud agent\n2021/08/02 21:27:53 rpc error: code = Unauthenticated desc = Valid Token Required.',
    'KMS pod log: starting login to cloud agent then code = Unauthenticated desc = Valid Token Required; kubectl get secrets internal error; secret volumes fail; apiserver will not start',
  ],
  texts: [
    sign('login', 0.93, ['starting login to cloud agent', 'code = Unauthenticated desc = Valid Token Required']),
    sign('kms-log', 0.7, ['kms-plugin', 'code = Unauthenticated desc = Valid Token Required'], { gap: 600 }),
    sign('token', 0.4, [TOKEN_REFUSED]),
    sign('secrets', 0.6, ['get secrets', 'has prevented the request from succeeding'], { gap: 200 }),
    sign('invalid', 0.6, ['KMS', 'invalid token'], { gap: 200 }),
    sign('japanese', 0.7, ['KMS', 'トークン', '有効期限'], { gap: 30 }),
    // While the API server is down, the cmdlet does not work: see F08.
    ...anyWording('server-down', serverDownPhrases('starting login to cloud agent'), { gap: 3000, weight: -0.25 }),
    ...anyWording('server-down-kms', serverDownPhrases('kms-plugin'), { gap: 3000, weight: -0.1 }),
    sign('repair-failed', -0.4, ['failed to repair cluster certificates']),
  ],
  supports: [
    layerSign('management-kms-fails', 0.5, 'management-kms', 'fails'),
    layerSign('workload-kms-fails', 0.5, 'workload-kms', 'fails'),
    layerSign('workload-kms-works', -0.5, 'workload-kms', 'works'),
    roleSign('kms-expired', 0.6, 'expired', 'kms-plugin-token', 'kms-plugin'),
    roleSign('kms-valid', -0.5, 'valid', 'kms-plugin-token'),
  ],
  confirm: 'kms-log',
  cause: [KNOWN_KMS_POD, ISSUE_127],
  warning: citeText('failure.warning.no-reboot', ISSUE_127),
  steps: [KMS_MANAGEMENT_STEP, KMS_WORKLOAD_STEP, goOn('F08', 'api-server-down', ISSUE_127)],
  dispute: { contradiction: 'kms-on-workload', sides: [['kms-workload'], ['kms-management']] },
};

/** The repair needs the API server, which needs the KMS plugin. */
export const F08: FailureRow = {
  published: [
    'rpc error: code = Unauthenticated desc = Valid Token Required\nfailed to repair cluster certificates',
    'as F07 and the repair says failed to repair cluster certificates (needs a live API server)',
  ],
  texts: [
    sign('repair-failed', 0.9, ['failed to repair cluster certificates']),
    sign('token-repair', 0.92, [TOKEN_REFUSED, 'failed to repair cluster certificates'], { gap: 400 }),
    sign('repair-token', 0.92, ['failed to repair cluster certificates', TOKEN_REFUSED], { gap: 400 }),
    ...anyWording('server-down', serverDownPhrases('starting login to cloud agent'), { gap: 3000, weight: 0.93 }),
    ...anyWording('server-down-kms', serverDownPhrases('kms-plugin', TOKEN_REFUSED), { gap: 3000, weight: 0.9 }),
    sign('token', 0.2, [TOKEN_REFUSED]),
  ],
  supports: [
    layerSign('api-server-fails', 0.15, 'workload-api-server', 'fails'),
    layerSign('api-server-works', -0.6, 'workload-api-server', 'works'),
    layerSign('kms-fails', 0.35, 'workload-kms', 'fails'),
    roleSign('kms-expired', 0.35, 'expired', 'kms-plugin-token'),
    roleSign('kms-valid', -0.4, 'valid', 'kms-plugin-token'),
  ],
  confirm: 'kms-container',
  cause: [KNOWN_API_SERVER_DOWN, ISSUE_127],
  warning: citeText('failure.warning.no-reboot', ISSUE_127),
  steps: [
    { ...MOC_LOGIN_STEP, only: 'mocctl-expired' },
    step('rotate', {
      command: KMS_BY_HAND.command,

      // The credential catalogue has a single sentence for this step and those after it.
      statement: stepStatement('kms-rotate', KNOWN_KMS_ROTATION, ISSUE_127),
      expected: 'login-file',
      precondition: 'mocctl-works',
    }),
    step('encode', {
      statement: stepStatement('encode', UTF16_REDIRECTION),
      command: 'Set-Content -Path .\\cloudlogin.yaml -Value (Get-Content .\\cloudlogin.yaml) -Encoding Ascii',
    }),
    machinesStep(stepStatement('find-address', KNOWN_KMS_ROTATION)),
    step('backup', {
      place: 'every-control-plane',
      statement: stepStatement('kms-backup', TIDY_UP),
      command: `${SSH} "sudo cp -p /opt/wssd/k8s/cloudlogin.yaml /opt/wssd/k8s/cloudlogin.yaml.backup"`,
    }),
    step('copy', {
      place: 'every-control-plane',
      statement: stepStatement('kms-copy', KNOWN_KMS_ROTATION),
      command: `${SCP} .\\cloudlogin.yaml clouduser@<control-plane-ip>:~/cloudlogin.yaml`,
      expected: 'file-copied',
    }),
    step('place', {
      place: 'every-control-plane',
      statement: stepStatement('kms-place', KNOWN_KMS_ROTATION),
      command: `${SSH} sudo mv cloudlogin.yaml /opt/wssd/k8s/cloudlogin.yaml`,
      undo: {
        command: `${SSH} sudo mv /opt/wssd/k8s/cloudlogin.yaml.backup /opt/wssd/k8s/cloudlogin.yaml`,
        text: 'login-file',
      },
    }),
    kmsContainerStep('container', {
      statement: stepStatement('kms-container', KNOWN_KMS_ROTATION, ISSUE_127),
      expected: 'container-id',
    }),
    step('restart', {
      place: 'every-control-plane',
      check: 'kms-container',
      command: `${SSH} "sudo crictl stop <kms-container-id>"`,
      statement: stepStatement('kms-restart', KNOWN_KMS_ROTATION, ISSUE_127, EVERY_CONTROL_PLANE),
      expected: 'container-new',
    }),
    step('tidy', {
      statement: stepStatement('kms-tidy', TIDY_UP),
      command: 'Remove-Item .\\cloudlogin.yaml',
      expected: 'file-gone',
    }),
    { ...KMS_MANAGEMENT_STEP, precondition: 'api-server' },
    { ...KMS_WORKLOAD_STEP, precondition: 'api-server' },
  ],
  contradictions: ['container-tool'],
};

/** The socket of the KMS plugin is missing. */
export const F09: FailureRow = {
  published: [
    'Error while dialing dial unix /var/run/moc-kms-plugin/kmsPlugin.sock: connect: no such file or directory',
  ],
  texts: [
    sign('socket', 0.95, ['moc-kms-plugin/kmsPlugin.sock: connect: no such file or directory']),
    sign('refused', 0.6, ['moc-kms-plugin/kmsPlugin.sock: connect:']),
  ],
  supports: [
    layerSign('kms-fails', 0.15, 'workload-kms', 'fails'),
    roleSign('kms-expired', 0.15, 'expired', 'kms-plugin-token'),
    roleSign('kms-valid', -0.3, 'valid', 'kms-plugin-token'),
  ],
  confirm: 'kms-container',
  cause: [KNOWN_ISSUES],
  warning: citeText('failure.warning.no-reboot', KNOWN_ISSUES),
  steps: [KMS_MANAGEMENT_STEP, KMS_WORKLOAD_STEP, goOn('F08', 'api-server-down', KNOWN_KMS_POD)],
};
