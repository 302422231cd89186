import { CHECKS } from '../checks.ts';
import { COPY_ADMIN_CONF } from '../credentials/roles-remedies.ts';
import { SSH } from '../step.ts';
import type { FailureRow } from '../failure.ts';
import { ISSUE_269, ISSUE_57, KNOWN_KUBE_FOLDER, OPENSSH, SAME_TEXT, TIDY_UP } from '../sources/sources-repair.ts';
import { DOC_CREDENTIAL, ISSUE_145, KNOWN_MANAGEMENT_KUBECONFIG, OVERVIEW_RENEWAL } from '../sources/sources.ts';
import { anyWording, CREDENTIALS_ASKED, CREDENTIALS_ASKED_ALWAYS, layerSign, roleSign, sign } from './signs.ts';
import { CREDENTIAL_STEP, lookStep, machinesStep, retryStep, SCP, step, stepStatement } from './steps.ts';

const UNAUTHORIZED = 'You must be logged in to the server (Unauthorized)';

/** The management kubeconfig has expired. */
export const F10: FailureRow = {
  published: ['Error: You must be logged in to the server (Unauthorized)'],
  texts: [
    sign('unauthorized', 0.6, [UNAUTHORIZED]),
    sign('update', 0.7, ['Update-AksHci', UNAUTHORIZED], { gap: 500 }),
    sign('kvactl', 0.7, ['kvactl', UNAUTHORIZED], { gap: 500 }),
    sign('kubeconfig-mgmt', 0.8, ['kubeconfig-mgmt', UNAUTHORIZED], { gap: 500 }),
    ...anyWording('always', CREDENTIALS_ASKED_ALWAYS, { gap: 90, weight: 0.55 }),
    sign('asked-mgmt', 0.8, ['kubeconfig-mgmt', CREDENTIALS_ASKED], { gap: 500 }),
    sign('japanese', 0.7, ['管理クラスター', 'kubeconfig', '有効期限'], { gap: 30 }),
    sign('behind', 0.7, [UNAUTHORIZED, 'from Update-AksHci']),
    sign('other-cluster', -0.4, [UNAUTHORIZED, 'workload cluster']),
  ],
  supports: [
    layerSign('kubeconfig-fails', 0.7, 'management-kubeconfig', 'fails'),
    layerSign('kubeconfig-works', -0.8, 'management-kubeconfig', 'works'),
    roleSign('kubeconfig-expired', 0.8, 'expired', 'management-kubeconfig'),
    roleSign('kubeconfig-valid', -0.6, 'valid', 'management-kubeconfig'),
  ],
  confirm: 'management-kubeconfig',
  cause: [KNOWN_MANAGEMENT_KUBECONFIG, ISSUE_145],
  steps: [
    lookStep('confirm', CHECKS['management-kubeconfig'].command, {
      statement: stepStatement('kubeconfig-end', KNOWN_MANAGEMENT_KUBECONFIG),
      expected: 'date-passed',
    }),
    machinesStep(stepStatement('find-management-address', KNOWN_MANAGEMENT_KUBECONFIG)),
    step('copy', {
      place: 'control-plane',
      command: `${COPY_ADMIN_CONF.command} "sudo cp /etc/kubernetes/admin.conf /home/clouduser/admin.conf && sudo chown clouduser:clouduser /home/clouduser/admin.conf"`,
      statement: stepStatement('copy-admin-conf', KNOWN_MANAGEMENT_KUBECONFIG, OPENSSH),
    }),
    step('backup', {
      command: 'Copy-Item (Get-KvaConfig).kubeconfig "$((Get-KvaConfig).kubeconfig).backup"',
      statement: stepStatement('backup-kubeconfig', KNOWN_MANAGEMENT_KUBECONFIG),
      expected: 'file-copied',
    }),
    step('replace', {
      check: 'management-kubeconfig',
      command: `${SCP} clouduser@<control-plane-ip>:~/admin.conf (Get-KvaConfig).kubeconfig`,
      statement: stepStatement('replace-kubeconfig', KNOWN_MANAGEMENT_KUBECONFIG),
      expected: 'date-ahead',
      undo: {
        command: 'Copy-Item "$((Get-KvaConfig).kubeconfig).backup" (Get-KvaConfig).kubeconfig',
        text: 'management-kubeconfig',
      },
    }),
    step('tidy', {
      place: 'control-plane',
      statement: stepStatement('remove-copy', TIDY_UP),
      command: `${SSH} "rm /home/clouduser/admin.conf"`,
      expected: 'file-gone',
    }),
    retryStep(KNOWN_MANAGEMENT_KUBECONFIG),
  ],
  citations: [KNOWN_MANAGEMENT_KUBECONFIG],
};

/** The kubeconfig of a workload cluster has expired. */
export const F11: FailureRow = {
  published: [
    'PS C:\\> kubectl get nodes\nerror: You must be logged in to the server (Unauthorized)',
    'You must be logged in to the server (Unauthorized), same text for a workload cluster',
  ],
  texts: [
    sign('unauthorized', 0.5, [UNAUTHORIZED]),
    sign('kubectl', 0.7, ['kubectl', UNAUTHORIZED], { gap: 60 }),
    sign('workload', 0.7, [UNAUTHORIZED, 'workload cluster']),
    ...anyWording('always', CREDENTIALS_ASKED_ALWAYS, { gap: 90, weight: 0.7 }),
    sign('not-logs', 0.7, ['kubectl get', CREDENTIALS_ASKED], { gap: 90 }),
    sign('japanese', 0.4, ['kubeconfig', '有効期限が切れ'], { gap: 20 }),
    sign('management', -0.7, ['kubeconfig-mgmt', UNAUTHORIZED], { gap: 500 }),
    sign('cmdlet', -0.5, ['kvactl', UNAUTHORIZED], { gap: 500 }),
  ],
  supports: [
    layerSign('management-works', 0.2, 'management-kubeconfig', 'works'),
    roleSign('kubeconfig-expired', 0.6, 'expired', 'admin-kubeconfig', 'kubeconfig-client', 'kubeconfig-token'),
    roleSign('kubeconfig-valid', -0.4, 'valid', 'admin-kubeconfig'),
  ],
  confirm: 'kubeconfig-view',
  cause: [OVERVIEW_RENEWAL, ISSUE_145, SAME_TEXT],
  steps: [CREDENTIAL_STEP],
  citations: [OVERVIEW_RENEWAL, DOC_CREDENTIAL],
};

/** The kubeconfig belongs to another cluster. */
export const F13: FailureRow = {
  published: [
    'Unable to connect to the server: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")',
  ],
  texts: [
    sign('candidate', 0.95, [
      'Unable to connect to the server: x509: certificate signed by unknown authority',
      'candidate authority certificate "kubernetes"',
    ]),
    sign('kubectl', 0.75, ['Unable to connect to the server: x509: certificate signed by unknown authority']),
    sign('bare', 0.3, ['x509: certificate signed by unknown authority']),
  ],
  supports: [roleSign('other-ca', 0.6, 'other-ca', 'admin-kubeconfig')],
  confirm: 'kubeconfig-view',
  cause: [ISSUE_57, SAME_TEXT],
  steps: [{ ...CREDENTIAL_STEP, statement: stepStatement('credential-of-rebuilt', SAME_TEXT) }],
  citations: [ISSUE_57],
};

/** The folder .kube is missing. */
export const F24: FailureRow = {
  kind: 'not-a-certificate',
  published: ['Error: open C:\\Users\\<user>\\.kube\\config: The system cannot find the path specified.'],
  texts: [
    sign('path', 0.95, ['.kube\\config: The system cannot find the path specified']),
    // Japanese Windows prints this error in Japanese.
    sign('japanese', 0.95, ['.kube\\config: 指定されたパスが見つかりません']),
  ],
  supports: [{ id: 'other-user', answer: { field: 'sameUser', is: false }, weight: 0.1 }],
  confirm: 'user',
  cause: [KNOWN_KUBE_FOLDER, ISSUE_269],
  steps: [
    step('folder', {
      command: 'mkdir "$HOME/.kube"',
      statement: stepStatement('kube-folder', KNOWN_KUBE_FOLDER, ISSUE_269),
      expected: 'folder',
    }),
    retryStep(ISSUE_269),
  ],
  look: [KNOWN_KUBE_FOLDER],
  citations: [ISSUE_269, KNOWN_KUBE_FOLDER],
};
