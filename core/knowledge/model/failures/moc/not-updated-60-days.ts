import type { FailureRow } from '../../failure.ts';
import { daysAtLeast } from '../wordings.ts';
import { citeText } from '../../sources/sources.ts';
import { KNOWN_SIXTY_DAYS } from '../../sources/sources-repair.ts';
import { CLOUD_STEP, goOn, HOST_STEP, MOC_LOGIN_STEP } from '../steps.ts';

export const F21: FailureRow = {
  kind: 'certificate',
  published: [
    'cluster idle/not upgraded over 60 days, still works; breaks at reboot',
    "When an AKS cluster isn't upgraded within 60 days, the KMS plug-in token and the certificates both expire within the 60 days. The cluster is still functional.",
  ],
  texts: [
    { id: 'idle', phrases: ['not upgraded over 60 days'], weight: 0.85 },
    { id: 'within', phrases: ["isn't upgraded within 60 days"], weight: 0.85 },
    { id: 'not-used', phrases: ["isn't used for more than 60 days"], weight: 0.7 },
    ...daysAtLeast(
      'days',
      [
        ['not', 'updated', 'days'],
        ['not', 'upgraded', 'days'],
        ["n't", 'updated', 'days'],
        ["n't", 'upgraded', 'days'],
        ['without', 'update', 'days'],
        ['without', 'upgrade', 'days'],
        ['last update', 'days ago'],
        ['last upgrade', 'days ago'],
        ['days', 'since', 'update'],
        ['days', 'since', 'upgrade'],
        ['days', 'without', 'update'],
        ['日', '更新していな'],
        ['日', '更新していま'],
        ['日', '更新されてい'],
        ['日', 'アップグレードしてい'],
        ['更新から', '日'],
      ],
      { atLeast: 60, gap: 24, weight: 0.6 },
    ),
    ...daysAtLeast(
      'reboot',
      [
        ['days', 'reboot planned'],
        ['days', 'reboot is planned'],
        ['days', 'planned reboot'],
        ['days', 'reboot scheduled'],
        ['days', 'restart planned'],
        ['日', '再起動予定'],
        ['日', '再起動を予定'],
        ['日', '再起動する予定'],
      ],
      { atLeast: 60, gap: 60, weight: 0.6 },
    ),
    ...daysAtLeast('reboot-near', [['days', 'reboot']], { atLeast: 60, gap: 10, weight: 0.4 }),
    { id: 'not-updated', phrases: ['not', 'updated', '60 days'], gap: 24, weight: 0.5 },
    { id: 'not-upgraded', phrases: ['not', 'upgraded', '60 days'], gap: 24, weight: 0.5 },
  ],
  supports: [
    { id: 'days', answer: { field: 'daysSinceUpdate', atLeast: 60 }, weight: 0.4 },
    { id: 'api-server-works', answer: { field: 'found', of: 'workload-api-server', is: 'works' }, weight: 0.1 },
    { id: 'api-server-fails', answer: { field: 'found', of: 'workload-api-server', is: 'fails' }, weight: -0.7 },
    { id: 'kms-expired', roles: ['kms-plugin-token', 'kms-plugin'], state: 'expired', weight: 0.4 },
    { id: 'kms-valid', roles: ['kms-plugin-token'], state: 'valid', weight: -0.6 },
  ],
  lookAlikes: { F07: 'kms-log', F22: 'api-server' },
  confirm: 'kms-log',
  cause: [KNOWN_SIXTY_DAYS],
  warning: citeText('failure.warning.no-reboot', KNOWN_SIXTY_DAYS),
  steps: [
    HOST_STEP,
    goOn('F08', 'repair.only.management-down', KNOWN_SIXTY_DAYS),
    MOC_LOGIN_STEP,
    { ...CLOUD_STEP, only: 'repair.only.each-cluster' },
    { ...goOn('F08', 'repair.only.api-server-down', KNOWN_SIXTY_DAYS), id: 'go-on-workload' },
  ],
  contradictions: ['not-updated-90-days', 'update-cadence', 'moc-validity'],
  citations: [KNOWN_SIXTY_DAYS],
};
