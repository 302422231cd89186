import type { FailureRow } from '../../failure.ts';
import { anyWording, daysAtLeast, OFF_FOR_DAYS } from '../wordings.ts';
import { listRoles, ROLES } from '../../credentials/roles.ts';
import { LOAD_BALANCER_REPAIR } from '../../credentials/roles-remedies.ts';
import { LAYERS_IN_ORDER, REPAIR_ORDER, SHUTDOWN_TABLE } from '../../sources/sources-repair.ts';
import {
  CLOUD_STEP,
  CREDENTIAL_AFTER_STEP,
  EXPECTED_NO_ERROR,
  goOn,
  HOST_STEP,
  KUBELET_STEP,
  ON_HOST,
  remedyStep,
} from '../steps.ts';

export const F22: FailureRow = {
  kind: 'certificate',
  published: [
    'shut down over 30 days',
    'When the cluster has been shut down for more than 30 days, run the following commands in the following sequence',
  ],
  texts: [
    { id: 'shut-down', phrases: ['shut down over 30 days'], weight: 0.85 },
    { id: 'more-than', phrases: ['shut down for more than 30 days'], weight: 0.85 },
    // “Over 30 days” contains the number 30; the page says that shorter times are not affected.
    ...daysAtLeast('days', OFF_FOR_DAYS, { atLeast: 30, gap: 14, weight: 0.75 }),
    ...anyWording(
      'japanese',
      [
        ['30 日以上', '停止'],
        ['30 日以上', '電源'],
        ['30 日以上', 'シャットダウン'],
      ],
      { gap: 20, weight: 0.75 },
    ),
    { id: 'off', phrases: ['off for more than 30 days'], weight: 0.8 },
    { id: 'off-over', phrases: ['off over 30 days'], weight: 0.8 },
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
    { id: 'mocctl-works', answer: { field: 'found', of: 'mocctl', is: 'works' }, weight: -0.3 },
  ],
  lookAlikes: { F01: 'moc-node', F21: 'api-server' },
  confirm: 'moc-node',
  cause: [SHUTDOWN_TABLE],
  steps: [
    goOn('F04', 'repair.only.mocctl-expired', LAYERS_IN_ORDER),
    HOST_STEP,
    KUBELET_STEP,
    CLOUD_STEP,
    remedyStep('load-balancer', LOAD_BALANCER_REPAIR, {
      ...ON_HOST,
      needsApiServer: true,
      risk: 'low',
      expected: EXPECTED_NO_ERROR,
    }),
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
