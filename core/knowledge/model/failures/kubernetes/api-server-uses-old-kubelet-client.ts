import type { FailureRow } from '../../failure.ts';
import { anyWording, CREDENTIALS_ASKED, CREDENTIALS_ASKED_ALWAYS } from '../wordings.ts';
import { RESTART_API_SERVER } from '../../credentials/roles-remedies.ts';
import { ISSUE_285, KNOWN_API_SERVER_RELOAD } from '../../sources/sources.ts';
import { KUBERNETES_114588 } from '../../sources/sources-repair.ts';
import { lookStep, remedyStep, stepStatement } from '../steps.ts';

export const F20: FailureRow = {
  kind: 'certificate',
  published: [
    'error: You must be logged in to the server (the server has asked for the client to provide credentials)',
  ],
  texts: [
    {
      id: 'credentials',
      phrases: ['You must be logged in to the server (the server has asked for the client to provide credentials)'],
      weight: 0.93,
    },
    // An expired kubeconfig produces the same sentence on every call.
    ...anyWording('always', CREDENTIALS_ASKED_ALWAYS, { gap: 90, weight: -0.6 }),
    { id: 'not-logs', phrases: ['kubectl get', CREDENTIALS_ASKED], gap: 90, weight: -0.55 },
    { id: 'logs', phrases: ['kubectl logs', CREDENTIALS_ASKED], gap: 160, weight: 0.5 },
  ],
  supports: [
    { id: 'logs-fail', answer: { field: 'found', of: 'logs-and-exec', is: 'fails' }, weight: 0.25 },
    { id: 'api-server-works', answer: { field: 'found', of: 'workload-api-server', is: 'works' }, weight: 0.1 },
    { id: 'logs-work', answer: { field: 'found', of: 'logs-and-exec', is: 'works' }, weight: -0.8 },
  ],
  lookAlikes: { F10: 'api-server', F11: 'api-server', F19: 'pod-logs' },
  confirm: 'api-server',
  cause: [KNOWN_API_SERVER_RELOAD, ISSUE_285, KUBERNETES_114588],
  steps: [
    lookStep('retry', 'while (1) { kubectl logs <pod>; sleep 1 }', {
      place: 'workstation',
      needsApiServer: true,
      statement: stepStatement('retry-logs', KNOWN_API_SERVER_RELOAD),
      expected: 'repair.expected.logs-shown',
    }),
    remedyStep('restart', RESTART_API_SERVER, {
      place: 'every-control-plane',
      risk: 'disruptive',
      needsApiServer: false,
      only: 'repair.only.still-failing',
      check: 'pod-logs',
      expected: 'repair.expected.logs-shown',
    }),
    lookStep('skip', 'kubectl logs <pod> --insecure-skip-tls-verify-backend=true', {
      place: 'workstation',
      needsApiServer: true,
      only: 'repair.only.not-production',
      statement: stepStatement('skip-verify', KNOWN_API_SERVER_RELOAD),
      expected: 'repair.expected.logs-shown',
    }),
  ],
  citations: [KNOWN_API_SERVER_RELOAD, ISSUE_285],
};
