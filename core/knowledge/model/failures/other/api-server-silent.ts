import type { FailureRow } from '../../failure.ts';
import { TOKEN_REFUSED } from '../wordings.ts';
import { KNOWN_API_SERVER_TIMEOUT, KNOWN_BILLING, KNOWN_KUBE_VIP } from '../../sources/sources-repair.ts';
import { goOn, kmsContainerStep, lookStep, ON_HOST, ON_NODE, stepStatement, SSH } from '../steps.ts';

export const F36: FailureRow = {
  kind: 'either',
  published: [
    'Unable to connect to the server: dial tcp 192.168.0.150:6443: connectex: A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond.',
    'Get "https://10.193.237.5:6443/api?timeout=10s": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
  ],
  texts: [
    { id: 'connectex', phrases: ['dial tcp', '6443: connectex'], gap: 40, weight: 0.93 },
    { id: 'timeout', phrases: ['6443', 'Client.Timeout exceeded while awaiting headers'], gap: 120, weight: 0.93 },
    { id: 'timeout-bare', phrases: ['Client.Timeout exceeded while awaiting headers'], weight: 0.4 },
    { id: 'refused', phrases: ['The connection to the server', '6443 was refused'], gap: 40, weight: 0.8 },
    { id: 'io-timeout', phrases: ['dial tcp', '6443: i/o timeout'], gap: 40, weight: 0.85 },
    // Japanese Windows prints this in Japanese.
    {
      id: 'refused-japanese',
      phrases: ['6443', '対象のコンピューターによって拒否されたため、接続できませんでした'],
      gap: 40,
      weight: 0.85,
    },
    {
      id: 'timeout-japanese',
      phrases: ['6443', '接続済みの呼び出し先が一定の時間を過ぎても正しく応答しなかったため'],
      gap: 40,
      weight: 0.85,
    },
    // Nothing answers because the KMS plugin cannot log in.
    { id: 'kms-login', phrases: ['starting login to cloud agent', TOKEN_REFUSED], weight: -0.6 },
    { id: 'kms-log', phrases: ['kms-plugin', TOKEN_REFUSED], gap: 600, weight: -0.6 },
    { id: 'dial-refused', phrases: ['dial tcp', '6443: connect: connection refused'], gap: 40, weight: 0.85 },
  ],
  supports: [
    { id: 'api-server-works', answer: { field: 'found', of: 'workload-api-server', is: 'works' }, weight: -0.8 },
  ],
  lookAlikes: { F01: 'api-server-port', F07: 'kms-container', F08: 'kms-container', F09: 'kms-container' },
  confirm: 'kms-container',
  cause: [KNOWN_KUBE_VIP, KNOWN_API_SERVER_TIMEOUT, KNOWN_BILLING],
  steps: [
    kmsContainerStep('kms', {
      statement: stepStatement('kms-first', KNOWN_KUBE_VIP),
      expected: 'repair.expected.kms-running',
    }),
    goOn('F08', 'repair.only.kms-down', KNOWN_KUBE_VIP),
    lookStep('kube-vip', `${SSH} "sudo crictl ps | grep 'kube-vip'"`, {
      ...ON_NODE,
      statement: stepStatement('find-kube-vip', KNOWN_KUBE_VIP),
      expected: 'repair.expected.container-id',
    }),
    {
      id: 'restart-kube-vip',
      ...ON_NODE,
      risk: 'low',
      check: 'api-server',
      command: `${SSH} "sudo crictl stop <kube-vip-container-id>"`,
      statement: stepStatement('restart-kube-vip', KNOWN_KUBE_VIP),
      expected: 'repair.expected.kubectl-answers',
    },
    {
      id: 'memory',
      ...ON_HOST,
      risk: 'disruptive',
      only: 'repair.only.memory',
      statement: stepStatement('more-memory', KNOWN_BILLING),
      check: 'api-server',
      precondition: 'repair.precondition.kms-valid',
      expected: 'repair.expected.kubectl-answers',
    },
  ],
  look: [KNOWN_KUBE_VIP, KNOWN_API_SERVER_TIMEOUT],
  citations: [KNOWN_KUBE_VIP, KNOWN_API_SERVER_TIMEOUT, KNOWN_BILLING],
};
