import { CHECKS } from '../checks.ts';
import { SSH } from '../step.ts';
import type { FailureRow } from '../failure.ts';
import {
  DOC_RECOVERY_REASON,
  EVERY_CONTROL_PLANE,
  ISSUE_233,
  KNOWN_API_SERVER_TIMEOUT,
  KNOWN_BILLING,
  KNOWN_FOUR_DAYS,
  KNOWN_INTERNAL_ERROR,
  KNOWN_KUBE_VIP,
} from '../sources/sources-repair.ts';
import { ROW_DELETION } from '../sources/sources-revocation.ts';
import { citeText, KNOWN_EXPIRED_CONTROL_PLANE, OVERVIEW_REVOCATION } from '../sources/sources.ts';
import { API_SERVER_ROLES, layerSign, roleSign, sign } from './signs.ts';
import {
  CREDENTIAL_AFTER_STEP,
  goOn,
  kmsContainerStep,
  KUBELET_STEP,
  lookStep,
  machinesStep,
  ON_WORKSTATION,
  step,
  stepStatement,
} from './steps.ts';

const EXPIRED = 'Unable to connect to the server: x509: certificate has expired or is not yet valid';
/** The error follows the repair. */
const STILL_EXPIRED = [
  'Update-AksHciClusterCertificates',
  'fixKubeletCredentials',
  'certificate has expired or is not yet valid',
];

/** The control plane of a workload cluster has expired. */
export const F01: FailureRow = {
  published: [
    'Unable to connect to the server: x509: certificate has expired or is not yet valid: current time 2022-07-26T12:24:15-04:00 is after 2022-07-15T15:01:07Z',
  ],
  texts: [
    sign('kubectl', 0.9, [EXPIRED, 'is after']),
    sign('kubectl-cut', 0.6, [EXPIRED]),
    sign('kubectl-short', 0.55, ['Unable to connect to the server: x509: certificate has expired']),
    sign('x509', 0.35, ['x509: certificate has expired or is not yet valid']),
    sign('bootstrap', 0.75, ['existing bootstrap client certificate', 'is expired'], { gap: 80 }),
    sign('japanese', 0.45, ['kubectl', '証明書', '有効期限が切れ'], { gap: 30 }),
    sign('after-repair', -0.2, STILL_EXPIRED, { gap: 4000 }),
  ],
  supports: [
    { id: 'off', answer: { field: 'offHours', atLeast: 96 }, weight: 0.4 },
    layerSign('api-server-fails', 0.2, 'workload-api-server', 'fails'),
    layerSign('api-server-works', -0.8, 'workload-api-server', 'works'),
    roleSign('apiserver-expired', 0.7, 'expired', ...API_SERVER_ROLES),
    roleSign('apiserver-valid', -0.5, 'valid', ...API_SERVER_ROLES),
  ],
  confirm: 'control-plane-end',
  cause: [KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233, KNOWN_FOUR_DAYS],
  steps: [
    KUBELET_STEP,
    CREDENTIAL_AFTER_STEP,
    step('wait', {
      command: CHECKS['api-server'].command,
      ...ON_WORKSTATION,
      risk: 'none',
      statement: stepStatement('wait-minutes', KNOWN_EXPIRED_CONTROL_PLANE),
      expected: 'kubectl-answers',
    }),
    goOn('F02', 'no-effect', ISSUE_233),
  ],
  contradictions: ['off-under-30-days', 'broken-commands'],
  takes: citeText('failure.takes.minutes', KNOWN_EXPIRED_CONTROL_PLANE),
  builds: { statement: citeText('failure.builds.september-2022', KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233) },
  citations: [KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233],
};

/** The repair of the control plane has no effect. */
export const F02: FailureRow = {
  published: [
    'F01’s cmdlet has no effect; VM name without -control-plane-',
    'If the control plane VM has a name pattern other than -control-plane-, the Update-AksHciClusterCertificates command may not work.',
  ],
  texts: [
    sign('still-expired', 0.93, STILL_EXPIRED, { gap: 4000 }),
    sign('not-yet-valid', -0.9, [...STILL_EXPIRED, 'is before'], { gap: 4000 }),
    sign('no-effect', 0.9, ['has no effect', 'VM name without -control-plane-']),
    sign('name-pattern', 0.9, ['name pattern other than -control-plane-', 'may not work']),
  ],
  confirm: 'vm-names',
  cause: [KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233],
  steps: [
    machinesStep(stepStatement('find-address', KNOWN_EXPIRED_CONTROL_PLANE)),
    lookStep('list', `${SSH} "sudo ls /etc/kubernetes/pki/cert-tattoo-*"`, {
      place: 'control-plane',
      statement: stepStatement('list-tattoo', KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233),
      expected: 'files-listed',
    }),
    step('provision', {
      place: 'every-control-plane',
      command: `${SSH} "sudo /usr/bin/cert-tattoo-provision CreateCertsWithAltNames <tattoo-file>"`,
      statement: stepStatement('provision', KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233, EVERY_CONTROL_PLANE),
      check: 'control-plane-end',
    }),
    CREDENTIAL_AFTER_STEP,
  ],
  builds: { until: '1.0.14', statement: citeText('failure.builds.until', KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233) },
  citations: [ISSUE_233, KNOWN_EXPIRED_CONTROL_PLANE],
};

const INTERNAL_ERROR =
  'Error from server (InternalError): an error on the server ("") has prevented the request from succeeding';

/** The API server reports an internal error after it was off for days. */
export const F03: FailureRow = {
  published: [INTERNAL_ERROR],
  texts: [
    sign('internal-error', 0.8, [INTERNAL_ERROR]),
    sign('secrets', -0.4, ['get secrets', 'has prevented the request from succeeding'], { gap: 200 }),
  ],
  supports: [
    { id: 'off', answer: { field: 'offHours', atLeast: 96 }, weight: 0.35 },
    layerSign('api-server-works', -0.8, 'workload-api-server', 'works'),
    roleSign('apiserver-expired', 0.4, 'expired', ...API_SERVER_ROLES),
    roleSign('apiserver-valid', -0.5, 'valid', ...API_SERVER_ROLES),
  ],
  confirm: 'control-plane-end',
  cause: [KNOWN_INTERNAL_ERROR, KNOWN_FOUR_DAYS],
  steps: [
    KUBELET_STEP,
    CREDENTIAL_AFTER_STEP,
    goOn('F02', 'no-effect', ISSUE_233),
    goOn('F07', 'certificates-valid', KNOWN_INTERNAL_ERROR),
  ],
  takes: citeText('failure.takes.minutes', KNOWN_EXPIRED_CONTROL_PLANE),
  citations: [KNOWN_INTERNAL_ERROR],
};

/** A revocation also matches the new certificates. */
export const F34: FailureRow = {
  published: ['after a revocation the cluster is down and the repair brings it back only briefly'],
  texts: [
    sign('symptom', 0.85, ['after a revocation', 'cluster is down'], { gap: 40 }),
    sign('japanese', 0.6, ['失効', 'クラスター', '停止'], { gap: 30 }),
    sign('briefly', 0.5, ['repair brings it back only briefly']),
  ],
  supports: [
    roleSign(
      'refused',
      0.8,
      'refused',
      'apiserver',
      'kubelet-client',
      'etcd-server',
      'etcd-peer',
      'admin-conf',
      'apiserver-kubelet-client',
      'apiserver-etcd-client',
      'front-proxy-client',
      'controller-manager',
      'scheduler',
    ),
  ],
  confirm: 'revocation-resource',
  cause: [OVERVIEW_REVOCATION, DOC_RECOVERY_REASON],
  steps: [
    lookStep('resource', CHECKS['revocation-resource'].command, {
      ...ON_WORKSTATION,
      statement: stepStatement('revocation-resource', ROW_DELETION),
      expected: 'resource',
    }),
    step('edit', {
      ...ON_WORKSTATION,
      command: 'kubectl -n kube-system edit renewrevocation.certificates.microsoft.com <revocation-name>',
      statement: stepStatement('revocation-edit', ROW_DELETION),
      precondition: 'api-access',
      expected: 'entry-gone',
      backup: {
        command: 'kubectl -n kube-system get renewrevocation.certificates.microsoft.com <revocation-name> -o yaml',
        text: 'revocation',
      },
    }),
    KUBELET_STEP,
    CREDENTIAL_AFTER_STEP,
  ],
  contradictions: ['not-before-sample', 'not-before-reason'],
  citations: [OVERVIEW_REVOCATION, ROW_DELETION],
};

/** The API server does not answer. */
export const F36: FailureRow = {
  kind: 'either',
  published: [
    'Unable to connect to the server: dial tcp 192.168.0.150:6443: connectex: A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond.',
    'Get "https://10.193.237.5:6443/api?timeout=10s": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
  ],
  texts: [
    sign('connectex', 0.93, ['dial tcp', '6443: connectex'], { gap: 40 }),
    sign('timeout', 0.93, ['6443', 'Client.Timeout exceeded while awaiting headers'], { gap: 120 }),
    sign('timeout-bare', 0.4, ['Client.Timeout exceeded while awaiting headers']),
    sign('refused', 0.8, ['The connection to the server', '6443 was refused'], { gap: 40 }),
    sign('io-timeout', 0.85, ['dial tcp', '6443: i/o timeout'], { gap: 40 }),
    // Japanese Windows prints these errors in Japanese.
    sign('refused-japanese', 0.85, ['6443', '対象のコンピューターによって拒否されたため、接続できませんでした'], {
      gap: 40,
    }),
    sign('timeout-japanese', 0.85, ['6443', '接続済みの呼び出し先が一定の時間を過ぎても正しく応答しなかったため'], {
      gap: 40,
    }),
    sign('dial-refused', 0.85, ['dial tcp', '6443: connect: connection refused'], { gap: 40 }),
  ],
  supports: [layerSign('api-server-works', -0.8, 'workload-api-server', 'works')],
  // Without the KMS plugin, the API server does not start.
  follows: ['F07', 'F08', 'F09'],
  confirm: 'kms-container',
  cause: [KNOWN_KUBE_VIP, KNOWN_API_SERVER_TIMEOUT, KNOWN_BILLING],
  steps: [
    kmsContainerStep('kms', { statement: stepStatement('kms-first', KNOWN_KUBE_VIP), expected: 'kms-running' }),
    goOn('F08', 'kms-down', KNOWN_KUBE_VIP),
    lookStep('kube-vip', `${SSH} "sudo crictl ps | grep 'kube-vip'"`, {
      place: 'control-plane',
      statement: stepStatement('find-kube-vip', KNOWN_KUBE_VIP),
      expected: 'container-id',
    }),
    step('restart-kube-vip', {
      place: 'control-plane',
      check: 'api-server',
      command: `${SSH} "sudo crictl stop <kube-vip-container-id>"`,
      statement: stepStatement('restart-kube-vip', KNOWN_KUBE_VIP),
      expected: 'kubectl-answers',
    }),
    step('memory', {
      risk: 'disruptive',
      only: 'memory',
      statement: stepStatement('more-memory', KNOWN_BILLING),
      check: 'api-server',
      precondition: 'kms-valid',
      expected: 'kubectl-answers',
    }),
  ],
  look: [KNOWN_KUBE_VIP, KNOWN_API_SERVER_TIMEOUT],
};
