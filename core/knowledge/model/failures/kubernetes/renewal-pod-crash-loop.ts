import type { FailureRow } from '../../failure.ts';
import { citeText, RENEWAL_PODS } from '../../sources/sources.ts';
import { KNOWN_RENEWAL_POD, KNOWN_RENEWAL_POD_FIXED } from '../../sources/sources-repair.ts';
import { lookStep, ON_HOST, ON_NODE, stepStatement, SCP, SSH } from '../steps.ts';

const WORKER_SSH = 'ssh -i (Get-MocConfig).sshPrivateKey clouduser@<worker-ip>';
const ON_WORKERS = { place: 'every-worker', needsApiServer: false, risk: 'low' } as const;

export const F18: FailureRow = {
  kind: 'certificate',
  published: [
    'certificate-renewal-worker-abcde   0/1   CrashLoopBackOff   12   38m',
    'certificate-renewal pod CrashLoopBackOff after upgrade/scale-up',
    'the certificate renewal pod is now in a crash loop state',
  ],
  texts: [
    { id: 'row', phrases: ['certificate-renewal-', 'CrashLoopBackOff'], gap: 26, weight: 0.93 },
    { id: 'prose', phrases: ['certificate renewal pod', 'crash loop'], gap: 16, weight: 0.9 },
    { id: 'file', phrases: ['cert-tattoo-kubelet.yaml', 'no such file or directory'], gap: 10, weight: 0.75 },
  ],
  supports: [
    { id: 'workers-fail', answer: { field: 'found', of: 'workers', is: 'fails' }, weight: 0.15 },
    {
      id: 'renewal-stalled',
      roles: ['apiserver', 'etcd-server', 'apiserver-kubelet-client', 'front-proxy-client'],
      state: 'stalled',
      weight: 0.4,
    },
  ],
  lookAlikes: { F33: 'renewal-pods' },
  confirm: 'renewal-pods',
  cause: [KNOWN_RENEWAL_POD, KNOWN_RENEWAL_POD_FIXED],
  steps: [
    {
      id: 'take',
      ...ON_NODE,
      risk: 'low',
      command: `${SSH} "sudo cp /etc/kubernetes/pki/cert-tattoo-kubelet.yaml ~/ && sudo chown clouduser:clouduser ~/cert-tattoo-kubelet.yaml"`,
      statement: stepStatement('tattoo-take', KNOWN_RENEWAL_POD, KNOWN_RENEWAL_POD_FIXED),
      expected: 'repair.expected.no-error',
    },
    {
      id: 'fetch',
      ...ON_HOST,
      risk: 'low',
      command: `${SCP} clouduser@<control-plane-ip>:~/cert-tattoo-kubelet.yaml .\\cert-tattoo-kubelet.yaml`,
      statement: stepStatement('tattoo-fetch', KNOWN_RENEWAL_POD),
      expected: 'repair.expected.file-copied',
    },
    {
      id: 'name',
      ...ON_HOST,
      risk: 'low',
      place: 'every-worker',
      statement: stepStatement('tattoo-name', KNOWN_RENEWAL_POD),
      expected: 'repair.expected.worker-name',
    },
    {
      id: 'send',
      ...ON_WORKERS,
      command: `${SCP} .\\cert-tattoo-kubelet.yaml clouduser@<worker-ip>:~/cert-tattoo-kubelet.yaml`,
      statement: stepStatement('tattoo-send', KNOWN_RENEWAL_POD),
      expected: 'repair.expected.file-copied',
    },
    {
      id: 'place',
      ...ON_WORKERS,
      command: `${WORKER_SSH} "sudo cp ~/cert-tattoo-kubelet.yaml /etc/kubernetes/pki/ && sudo chown root:root /etc/kubernetes/pki/cert-tattoo-kubelet.yaml"`,
      statement: stepStatement('tattoo-place', KNOWN_RENEWAL_POD),
      expected: 'repair.expected.no-error',
      undo: {
        command: `${WORKER_SSH} "sudo rm /etc/kubernetes/pki/cert-tattoo-kubelet.yaml"`,
        text: 'repair.undo.tattoo',
      },
    },
    lookStep('pods', 'kubectl -n kube-system get pods', {
      place: 'workstation',
      needsApiServer: true,
      statement: stepStatement('renewal-running', RENEWAL_PODS),
      expected: 'repair.expected.pods-running',
    }),
  ],
  builds: { until: '1.0.9', statement: citeText('failure.builds.april-2022', KNOWN_RENEWAL_POD_FIXED) },
  citations: [KNOWN_RENEWAL_POD, KNOWN_RENEWAL_POD_FIXED],
};
