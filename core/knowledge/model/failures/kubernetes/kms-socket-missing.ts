import type { FailureRow } from '../../failure.ts';
import { citeText, KNOWN_KMS_POD } from '../../sources/sources.ts';
import { KNOWN_ISSUES } from '../../sources/sources-repair.ts';
import { goOn, KMS_MANAGEMENT_STEP, KMS_WORKLOAD_STEP } from '../steps.ts';

export const F09: FailureRow = {
  kind: 'certificate',
  published: [
    'Error while dialing dial unix /var/run/moc-kms-plugin/kmsPlugin.sock: connect: no such file or directory',
  ],
  texts: [
    { id: 'socket', phrases: ['moc-kms-plugin/kmsPlugin.sock: connect: no such file or directory'], weight: 0.95 },
    { id: 'refused', phrases: ['moc-kms-plugin/kmsPlugin.sock: connect:'], weight: 0.6 },
  ],
  supports: [
    { id: 'kms-fails', answer: { field: 'found', of: 'workload-kms', is: 'fails' }, weight: 0.15 },
    { id: 'kms-expired', roles: ['kms-plugin-token'], state: 'expired', weight: 0.15 },
    { id: 'kms-valid', roles: ['kms-plugin-token'], state: 'valid', weight: -0.3 },
  ],
  lookAlikes: { F07: 'kms-container', F36: 'kms-container' },
  confirm: 'kms-container',
  cause: [KNOWN_ISSUES],
  warning: citeText('failure.warning.no-reboot', KNOWN_ISSUES),
  steps: [KMS_MANAGEMENT_STEP, KMS_WORKLOAD_STEP, goOn('F08', 'repair.only.api-server-down', KNOWN_KMS_POD)],
  citations: [KNOWN_ISSUES],
};
