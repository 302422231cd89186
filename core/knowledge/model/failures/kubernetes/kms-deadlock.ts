import type { FailureRow } from '../../failure.ts';
import { anyWording, TOKEN_REFUSED, serverDownPhrases } from '../wordings.ts';
import { KMS_BY_HAND } from '../../credentials/roles-remedies.ts';
import { citeText, ISSUE_127, KNOWN_KMS_ROTATION } from '../../sources/sources.ts';
import {
  EVERY_CONTROL_PLANE,
  KNOWN_API_SERVER_DOWN,
  TIDY_UP,
  UTF16_REDIRECTION,
} from '../../sources/sources-repair.ts';
import {
  KMS_MANAGEMENT_STEP,
  KMS_WORKLOAD_STEP,
  kmsContainerStep,
  machinesStep,
  MOC_LOGIN_STEP,
  ON_HOST,
  stepStatement,
  SCP,
  SSH,
} from '../steps.ts';

const ON_EVERY_NODE = { place: 'every-control-plane', needsApiServer: false } as const;

export const F08: FailureRow = {
  kind: 'certificate',
  published: [
    'rpc error: code = Unauthenticated desc = Valid Token Required\nfailed to repair cluster certificates',
    'as F07 and the repair says failed to repair cluster certificates (needs a live API server)',
  ],
  texts: [
    { id: 'repair-failed', phrases: ['failed to repair cluster certificates'], weight: 0.9 },
    { id: 'token-repair', phrases: [TOKEN_REFUSED, 'failed to repair cluster certificates'], gap: 400, weight: 0.92 },
    { id: 'repair-token', phrases: ['failed to repair cluster certificates', TOKEN_REFUSED], gap: 400, weight: 0.92 },
    ...anyWording('server-down', serverDownPhrases('starting login to cloud agent'), { gap: 3000, weight: 0.93 }),
    ...anyWording('server-down-kms', serverDownPhrases('kms-plugin', TOKEN_REFUSED), { gap: 3000, weight: 0.9 }),
    { id: 'token', phrases: [TOKEN_REFUSED], weight: 0.2 },
  ],
  supports: [
    { id: 'api-server-fails', answer: { field: 'found', of: 'workload-api-server', is: 'fails' }, weight: 0.15 },
    { id: 'api-server-works', answer: { field: 'found', of: 'workload-api-server', is: 'works' }, weight: -0.6 },
    { id: 'kms-fails', answer: { field: 'found', of: 'workload-kms', is: 'fails' }, weight: 0.35 },
    { id: 'kms-expired', roles: ['kms-plugin-token'], state: 'expired', weight: 0.35 },
    { id: 'kms-valid', roles: ['kms-plugin-token'], state: 'valid', weight: -0.4 },
  ],
  lookAlikes: { F07: 'api-server', F36: 'kms-container' },
  confirm: 'kms-container',
  cause: [KNOWN_API_SERVER_DOWN, ISSUE_127],
  warning: citeText('failure.warning.no-reboot', ISSUE_127),
  steps: [
    { ...MOC_LOGIN_STEP, only: 'repair.only.mocctl-expired' },
    {
      id: 'rotate',
      ...ON_HOST,
      risk: 'low',
      command: KMS_BY_HAND.command,
      // The credential catalogue has a single sentence for this step and those after it.
      statement: stepStatement('kms-rotate', KNOWN_KMS_ROTATION, ISSUE_127),
      expected: 'repair.expected.login-file',
      precondition: 'repair.precondition.mocctl-works',
    },
    {
      id: 'encode',
      ...ON_HOST,
      risk: 'low',
      statement: stepStatement('encode', UTF16_REDIRECTION),
      command: 'Set-Content -Path .\\cloudlogin.yaml -Value (Get-Content .\\cloudlogin.yaml) -Encoding Ascii',
      expected: 'repair.expected.no-error',
    },
    machinesStep(stepStatement('find-address', KNOWN_KMS_ROTATION)),
    {
      id: 'backup',
      ...ON_EVERY_NODE,
      risk: 'low',
      statement: stepStatement('kms-backup', TIDY_UP),
      command: `${SSH} "sudo cp -p /opt/wssd/k8s/cloudlogin.yaml /opt/wssd/k8s/cloudlogin.yaml.backup"`,
      expected: 'repair.expected.no-error',
    },
    {
      id: 'copy',
      ...ON_EVERY_NODE,
      risk: 'low',
      statement: stepStatement('kms-copy', KNOWN_KMS_ROTATION),
      command: `${SCP} .\\cloudlogin.yaml clouduser@<control-plane-ip>:~/cloudlogin.yaml`,
      expected: 'repair.expected.file-copied',
    },
    {
      id: 'place',
      ...ON_EVERY_NODE,
      risk: 'low',
      statement: stepStatement('kms-place', KNOWN_KMS_ROTATION),
      command: `${SSH} sudo mv cloudlogin.yaml /opt/wssd/k8s/cloudlogin.yaml`,
      expected: 'repair.expected.no-error',
      undo: {
        command: `${SSH} sudo mv /opt/wssd/k8s/cloudlogin.yaml.backup /opt/wssd/k8s/cloudlogin.yaml`,
        text: 'repair.undo.login-file',
      },
    },
    kmsContainerStep('container', {
      statement: stepStatement('kms-container', KNOWN_KMS_ROTATION, ISSUE_127),
      expected: 'repair.expected.container-id',
    }),
    {
      id: 'restart',
      ...ON_EVERY_NODE,
      risk: 'low',
      check: 'kms-container',
      command: `${SSH} "sudo crictl stop <kms-container-id>"`,
      statement: stepStatement('kms-restart', KNOWN_KMS_ROTATION, ISSUE_127, EVERY_CONTROL_PLANE),
      expected: 'repair.expected.container-new',
    },
    {
      id: 'tidy',
      ...ON_HOST,
      risk: 'low',
      statement: stepStatement('kms-tidy', TIDY_UP),
      command: 'Remove-Item .\\cloudlogin.yaml',
      expected: 'repair.expected.file-gone',
    },
    { ...KMS_MANAGEMENT_STEP, precondition: 'repair.precondition.api-server' },
    { ...KMS_WORKLOAD_STEP, precondition: 'repair.precondition.api-server' },
  ],
  contradictions: ['container-tool'],
  citations: [KNOWN_API_SERVER_DOWN, ISSUE_127],
};
