import type { FailureRow } from '../../failure.ts';
import { anyWording, CREDENTIALS_ASKED, CREDENTIALS_ASKED_ALWAYS } from '../wordings.ts';
import { ISSUE_145, KNOWN_MANAGEMENT_KUBECONFIG } from '../../sources/sources.ts';
import { OPENSSH, TIDY_UP } from '../../sources/sources-repair.ts';
import { retryStep, lookStep, machinesStep, ON_HOST, ON_NODE, stepStatement, SCP, SSH } from '../steps.ts';

const FIRST_SSH = 'ssh -o StrictHostKeyChecking=no -i (Get-MocConfig).sshPrivateKey clouduser@<control-plane-ip>';

export const F10: FailureRow = {
  kind: 'certificate',
  published: ['Error: You must be logged in to the server (Unauthorized)'],
  texts: [
    { id: 'unauthorized', phrases: ['You must be logged in to the server (Unauthorized)'], weight: 0.6 },
    {
      id: 'update',
      phrases: ['Update-AksHci', 'You must be logged in to the server (Unauthorized)'],
      gap: 500,
      weight: 0.7,
    },
    { id: 'kvactl', phrases: ['kvactl', 'You must be logged in to the server (Unauthorized)'], gap: 500, weight: 0.7 },
    {
      id: 'kubeconfig-mgmt',
      phrases: ['kubeconfig-mgmt', 'You must be logged in to the server (Unauthorized)'],
      gap: 500,
      weight: 0.8,
    },
    ...anyWording('always', CREDENTIALS_ASKED_ALWAYS, { gap: 90, weight: 0.55 }),
    { id: 'asked-mgmt', phrases: ['kubeconfig-mgmt', CREDENTIALS_ASKED], gap: 500, weight: 0.8 },
    { id: 'japanese', phrases: ['管理クラスター', 'kubeconfig', '有効期限'], gap: 30, weight: 0.7 },
    {
      id: 'behind',
      phrases: ['You must be logged in to the server (Unauthorized)', 'from Update-AksHci'],
      weight: 0.7,
    },
    {
      id: 'other-cluster',
      phrases: ['You must be logged in to the server (Unauthorized)', 'workload cluster'],
      weight: -0.4,
    },
  ],
  supports: [
    { id: 'kubeconfig-fails', answer: { field: 'found', of: 'management-kubeconfig', is: 'fails' }, weight: 0.7 },
    { id: 'kubeconfig-works', answer: { field: 'found', of: 'management-kubeconfig', is: 'works' }, weight: -0.8 },
    { id: 'kubeconfig-expired', roles: ['management-kubeconfig'], state: 'expired', weight: 0.8 },
    { id: 'kubeconfig-valid', roles: ['management-kubeconfig'], state: 'valid', weight: -0.6 },
  ],
  lookAlikes: { F05: 'management-kubeconfig', F11: 'management-kubeconfig', F20: 'api-server' },
  confirm: 'management-kubeconfig',
  cause: [KNOWN_MANAGEMENT_KUBECONFIG, ISSUE_145],
  steps: [
    lookStep(
      'confirm',
      "[Security.Cryptography.X509Certificates.X509Certificate2]::new([Convert]::FromBase64String((Select-String -Path (Get-KvaConfig).kubeconfig -Pattern 'client-certificate-data:\\s*(\\S+)').Matches[0].Groups[1].Value)).NotAfter",
      {
        statement: stepStatement('kubeconfig-end', KNOWN_MANAGEMENT_KUBECONFIG),
        expected: 'repair.expected.date-passed',
      },
    ),
    machinesStep(stepStatement('find-management-address', KNOWN_MANAGEMENT_KUBECONFIG)),
    {
      id: 'copy',
      ...ON_NODE,
      risk: 'low',
      command: `${FIRST_SSH} "sudo cp /etc/kubernetes/admin.conf /home/clouduser/admin.conf && sudo chown clouduser:clouduser /home/clouduser/admin.conf"`,
      statement: stepStatement('copy-admin-conf', KNOWN_MANAGEMENT_KUBECONFIG, OPENSSH),
      expected: 'repair.expected.no-error',
    },
    {
      id: 'backup',
      ...ON_HOST,
      risk: 'low',
      command: 'Copy-Item (Get-KvaConfig).kubeconfig "$((Get-KvaConfig).kubeconfig).backup"',
      statement: stepStatement('backup-kubeconfig', KNOWN_MANAGEMENT_KUBECONFIG),
      expected: 'repair.expected.file-copied',
    },
    {
      id: 'replace',
      ...ON_HOST,
      risk: 'low',
      check: 'management-kubeconfig',
      command: `${SCP} clouduser@<control-plane-ip>:~/admin.conf (Get-KvaConfig).kubeconfig`,
      statement: stepStatement('replace-kubeconfig', KNOWN_MANAGEMENT_KUBECONFIG),
      expected: 'repair.expected.date-ahead',
      undo: {
        command: 'Copy-Item "$((Get-KvaConfig).kubeconfig).backup" (Get-KvaConfig).kubeconfig',
        text: 'repair.undo.management-kubeconfig',
      },
    },
    {
      id: 'tidy',
      ...ON_NODE,
      risk: 'low',
      statement: stepStatement('remove-copy', TIDY_UP),
      command: `${SSH} "rm /home/clouduser/admin.conf"`,
      expected: 'repair.expected.file-gone',
    },
    retryStep(KNOWN_MANAGEMENT_KUBECONFIG),
  ],
  citations: [KNOWN_MANAGEMENT_KUBECONFIG],
};
