import { CHECKS } from '../checks.ts';
import { RESTART_API_SERVER, SERVING_CLOUD_REPAIR, SERVING_KUBELET_REPAIR } from '../credentials/roles-remedies.ts';
import { SSH } from '../step.ts';
import type { FailureRow } from '../failure.ts';
import { KNOWN_RENEWAL_POD, KNOWN_RENEWAL_POD_FIXED, KUBERNETES_114588 } from '../sources/sources-repair.ts';
import {
  citeText,
  DOC_WORKERS,
  ISSUE_237,
  ISSUE_285,
  KNOWN_API_SERVER_RELOAD,
  KNOWN_TLS_INTERNAL_ERROR,
  RENEWAL_PODS,
} from '../sources/sources.ts';
import { anyWording, CREDENTIALS_ASKED, CREDENTIALS_ASKED_ALWAYS, layerSign, roleSign, sign } from './signs.ts';
import {
  CLOUD_STEP,
  CREDENTIAL_AFTER_STEP,
  KUBELET_STEP,
  lookStep,
  ON_WORKSTATION,
  remedyStep,
  SCP,
  step,
  stepStatement,
} from './steps.ts';

const WORKER_SSH = 'ssh -i (Get-MocConfig).sshPrivateKey clouduser@<worker-ip>';

/** The renewal pod is in a crash loop. */
export const F18: FailureRow = {
  published: [
    'certificate-renewal-worker-abcde   0/1   CrashLoopBackOff   12   38m',
    'certificate-renewal pod CrashLoopBackOff after upgrade/scale-up',
    'the certificate renewal pod is now in a crash loop state',
  ],
  texts: [
    sign('row', 0.93, ['certificate-renewal-', 'CrashLoopBackOff'], { gap: 26 }),
    sign('prose', 0.9, ['certificate renewal pod', 'crash loop'], { gap: 16 }),
    sign('file', 0.75, ['cert-tattoo-kubelet.yaml', 'no such file or directory'], { gap: 10 }),
  ],
  supports: [
    layerSign('workers-fail', 0.15, 'workers', 'fails'),
    roleSign(
      'renewal-stalled',
      0.4,
      'stalled',
      'apiserver',
      'etcd-server',
      'apiserver-kubelet-client',
      'front-proxy-client',
    ),
  ],
  confirm: 'renewal-pods',
  cause: [KNOWN_RENEWAL_POD, KNOWN_RENEWAL_POD_FIXED],
  steps: [
    step('take', {
      place: 'control-plane',
      command: `${SSH} "sudo cp /etc/kubernetes/pki/cert-tattoo-kubelet.yaml ~/ && sudo chown clouduser:clouduser ~/cert-tattoo-kubelet.yaml"`,
      statement: stepStatement('tattoo-take', KNOWN_RENEWAL_POD, KNOWN_RENEWAL_POD_FIXED),
    }),
    step('fetch', {
      command: `${SCP} clouduser@<control-plane-ip>:~/cert-tattoo-kubelet.yaml .\\cert-tattoo-kubelet.yaml`,
      statement: stepStatement('tattoo-fetch', KNOWN_RENEWAL_POD),
      expected: 'file-copied',
    }),
    step('name', {
      place: 'every-worker',
      statement: stepStatement('tattoo-name', KNOWN_RENEWAL_POD),
      expected: 'worker-name',
    }),
    step('send', {
      place: 'every-worker',
      command: `${SCP} .\\cert-tattoo-kubelet.yaml clouduser@<worker-ip>:~/cert-tattoo-kubelet.yaml`,
      statement: stepStatement('tattoo-send', KNOWN_RENEWAL_POD),
      expected: 'file-copied',
    }),
    step('place', {
      place: 'every-worker',
      command: `${WORKER_SSH} "sudo cp ~/cert-tattoo-kubelet.yaml /etc/kubernetes/pki/ && sudo chown root:root /etc/kubernetes/pki/cert-tattoo-kubelet.yaml"`,
      statement: stepStatement('tattoo-place', KNOWN_RENEWAL_POD),
      undo: { command: `${WORKER_SSH} "sudo rm /etc/kubernetes/pki/cert-tattoo-kubelet.yaml"`, text: 'tattoo' },
    }),
    lookStep('pods', CHECKS['renewal-pods'].command, {
      ...ON_WORKSTATION,
      statement: stepStatement('renewal-running', RENEWAL_PODS),
      expected: 'pods-running',
    }),
  ],
  builds: { until: '1.0.9', statement: citeText('failure.builds.april-2022', KNOWN_RENEWAL_POD_FIXED) },
};

/** A kubelet has no serving certificate. */
export const F19: FailureRow = {
  published: [
    'Error from server: Get "https://10.0.0.0:10250/containerLogs/kube-system/kube-apiserver-moc-l9iv8xjn3av/kube-apiserver": remote error: tls: internal error',
  ],
  texts: [
    sign('kubelet', 0.9, ['10250', 'remote error: tls: internal error'], { gap: 300 }),
    sign('tls', 0.7, ['remote error: tls: internal error']),
  ],
  supports: [
    layerSign('logs-fail', 0.3, 'logs-and-exec', 'fails'),
    layerSign('logs-work', -0.8, 'logs-and-exec', 'works'),
    roleSign('kubelet-expired', 0.5, 'expired', 'kubelet-server', 'cert-manager-token'),
    roleSign('kubelet-stalled', 0.35, 'stalled', 'kubelet-server'),
    roleSign('kubelet-valid', -0.3, 'valid', 'kubelet-server'),
  ],
  confirm: 'pod-logs',
  cause: [KNOWN_TLS_INTERNAL_ERROR, ISSUE_237],
  steps: [
    { ...CLOUD_STEP, statement: SERVING_CLOUD_REPAIR.statement, check: 'pod-logs' },
    { ...KUBELET_STEP, statement: SERVING_KUBELET_REPAIR.statement, only: 'still-failing', check: 'pod-logs' },
    step('update', {
      needsApiServer: true,
      risk: 'disruptive',
      command: 'Update-AksHciCluster -name <cluster>',
      statement: stepStatement('update-cluster', KNOWN_TLS_INTERNAL_ERROR),
      check: 'pod-logs',
      only: 'old-build',
      expected: 'logs-shown',
    }),
    CREDENTIAL_AFTER_STEP,
  ],
  dispute: { contradiction: 'tls-internal-error', sides: [['cloud'], ['kubelet']] },
  builds: { statement: citeText('failure.builds.september-2022', KNOWN_TLS_INTERNAL_ERROR, ISSUE_237) },
  citations: [ISSUE_237, KNOWN_TLS_INTERNAL_ERROR],
};

const NOT_LOGGED_IN = `You must be logged in to the server (${CREDENTIALS_ASKED})`;

/** The API server uses its old kubelet client certificate. */
export const F20: FailureRow = {
  published: [`error: ${NOT_LOGGED_IN}`],
  texts: [
    sign('credentials', 0.93, [NOT_LOGGED_IN]),
    // An expired kubeconfig produces the same sentence on every call.
    ...anyWording('always', CREDENTIALS_ASKED_ALWAYS, { gap: 90, weight: -0.6 }),
    sign('not-logs', -0.55, ['kubectl get', CREDENTIALS_ASKED], { gap: 90 }),
    sign('logs', 0.5, ['kubectl logs', CREDENTIALS_ASKED], { gap: 160 }),
  ],
  supports: [
    layerSign('logs-fail', 0.25, 'logs-and-exec', 'fails'),
    layerSign('api-server-works', 0.1, 'workload-api-server', 'works'),
    layerSign('logs-work', -0.8, 'logs-and-exec', 'works'),
  ],
  confirm: 'api-server',
  cause: [KNOWN_API_SERVER_RELOAD, ISSUE_285, KUBERNETES_114588],
  steps: [
    lookStep('retry', 'while (1) { kubectl logs <pod>; sleep 1 }', {
      ...ON_WORKSTATION,
      statement: stepStatement('retry-logs', KNOWN_API_SERVER_RELOAD),
      expected: 'logs-shown',
    }),
    remedyStep('restart', RESTART_API_SERVER, {
      place: 'every-control-plane',
      risk: 'disruptive',
      only: 'still-failing',
      check: 'pod-logs',
      expected: 'logs-shown',
    }),
    lookStep('skip', 'kubectl logs <pod> --insecure-skip-tls-verify-backend=true', {
      ...ON_WORKSTATION,
      only: 'not-production',
      statement: stepStatement('skip-verify', KNOWN_API_SERVER_RELOAD),
      expected: 'logs-shown',
    }),
  ],
  citations: [KNOWN_API_SERVER_RELOAD, ISSUE_285],
};

/** A worker node was replaced. */
export const F33: FailureRow = {
  published: ['worker node vanishes and is replaced'],
  texts: [
    sign('vanishes', 0.85, ['worker node vanishes', 'replaced'], { gap: 40 }),
    sign('removed', 0.8, ['worker node', 'removed and replaced'], { gap: 40 }),
    sign('japanese', 0.7, ['ワーカー ノード', '置き換え'], { gap: 40 }),
    sign('bootstrap', 0.35, ['existing bootstrap client certificate', 'is expired'], { gap: 80 }),
    sign('renewal-log', 0.6, ['certificate-renewal-worker', 'failed to renew'], { gap: 300 }),
  ],
  supports: [
    layerSign('workers-fail', 0.3, 'workers', 'fails'),
    layerSign('workers-work', -0.6, 'workers', 'works'),
    roleSign('kubelet-expired', 0.3, 'expired', 'kubelet-client'),
    roleSign('approver-expired', 0.3, 'expired', 'cert-manager-token'),
  ],
  confirm: 'renewal-log',
  cause: [DOC_WORKERS],
  steps: [
    lookStep('log', CHECKS['renewal-log'].command, {
      ...ON_WORKSTATION,
      statement: stepStatement('renewal-log', RENEWAL_PODS),
      expected: 'reason',
    }),
    { ...CLOUD_STEP, statement: stepStatement('approver-token', ISSUE_237), only: 'approver' },
  ],
};
