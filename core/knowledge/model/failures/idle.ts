import { LOAD_BALANCER_REPAIR } from '../credentials/roles-remedies.ts';
import { listRoles, ROLES } from '../credentials/roles.ts';
import type { FailureRow } from '../failure.ts';
import { KNOWN_SIXTY_DAYS, LAYERS_IN_ORDER, REPAIR_ORDER, SHUTDOWN_TABLE } from '../sources/sources-repair.ts';
import { citeText } from '../sources/sources.ts';
import { API_SERVER_ROLES, layerSign, roleSign, sign } from './signs.ts';
import {
  CLOUD_STEP,
  CREDENTIAL_AFTER_STEP,
  goOn,
  HOST_STEP,
  KUBELET_STEP,
  MOC_LOGIN_STEP,
  remedyStep,
} from './steps.ts';

/** The deployment was not updated for 60 days. */
export const F21: FailureRow = {
  published: [
    'cluster idle/not upgraded over 60 days, still works; breaks at reboot',
    "When an AKS cluster isn't upgraded within 60 days, the KMS plug-in token and the certificates both expire within the 60 days. The cluster is still functional.",
  ],
  texts: [
    sign('idle', 0.85, ['not upgraded over 60 days']),
    sign('within', 0.85, ["isn't upgraded within 60 days"]),
    sign('not-used', 0.7, ["isn't used for more than 60 days"]),
  ],
  supports: [
    { id: 'days', answer: { field: 'daysSinceUpdate', atLeast: 60 }, weight: 0.4 },
    layerSign('api-server-works', 0.25, 'workload-api-server', 'works'),
    layerSign('api-server-fails', -0.7, 'workload-api-server', 'fails'),
    // No credential shows whether the cluster still works. If it does not, this is F07.
    roleSign('kms-expired', 0.3, 'expired', 'kms-plugin-token', 'kms-plugin'),
    roleSign('api-server-expired', -0.7, 'expired', ...API_SERVER_ROLES),
    roleSign('kms-valid', -0.6, 'valid', 'kms-plugin-token'),
  ],
  confirm: 'kms-log',
  cause: [KNOWN_SIXTY_DAYS],
  warning: citeText('failure.warning.no-reboot', KNOWN_SIXTY_DAYS),
  steps: [
    HOST_STEP,
    goOn('F08', 'management-down', KNOWN_SIXTY_DAYS),
    { ...MOC_LOGIN_STEP, only: 'mocctl-expired' },
    { ...CLOUD_STEP, only: 'each-cluster' },
    { ...goOn('F08', 'api-server-down', KNOWN_SIXTY_DAYS), id: 'go-on-workload' },
  ],
  contradictions: ['not-updated-90-days', 'update-cadence', 'moc-validity'],
};

/** The deployment was off for 30 days. */
export const F22: FailureRow = {
  published: [
    'shut down over 30 days',
    'When the cluster has been shut down for more than 30 days, run the following commands in the following sequence',
  ],
  texts: [
    sign('shut-down', 0.85, ['shut down over 30 days']),
    sign('more-than', 0.85, ['shut down for more than 30 days']),
  ],
  supports: [
    { id: 'off-long', answer: { field: 'offHours', atLeast: 720 }, weight: 0.8 },
    {
      id: 'both-layers',
      roles: ['apiserver', 'kubelet-client', 'etcd-server'],
      // Clients of the cloud agent in every cluster.
      together: listRoles(({ id, token = id }) => ROLES[token].renewedBy === 'cluster-update'),
      state: 'expired',
      weight: 0.85,
    },
    layerSign('mocctl-works', -0.3, 'mocctl', 'works'),
  ],
  confirm: 'moc-node',
  cause: [SHUTDOWN_TABLE],
  steps: [
    goOn('F04', 'mocctl-expired', LAYERS_IN_ORDER),
    HOST_STEP,
    KUBELET_STEP,
    CLOUD_STEP,
    remedyStep('load-balancer', LOAD_BALANCER_REPAIR, { needsApiServer: true }),
    {
      ...CREDENTIAL_AFTER_STEP,
      statement: {
        ...CREDENTIAL_AFTER_STEP.statement,
        citations: [...CREDENTIAL_AFTER_STEP.statement.citations, LAYERS_IN_ORDER],
      },
    },
  ],
  contradictions: ['off-under-30-days', 'patch-load-balancer'],
  citations: [REPAIR_ORDER],
};
