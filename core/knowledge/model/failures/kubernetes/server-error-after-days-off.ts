import type { FailureRow } from '../../failure.ts';
import { citeText, KNOWN_EXPIRED_CONTROL_PLANE } from '../../sources/sources.ts';
import { ISSUE_233, KNOWN_FOUR_DAYS, KNOWN_INTERNAL_ERROR } from '../../sources/sources-repair.ts';
import { CREDENTIAL_AFTER_STEP, goOn, KUBELET_STEP } from '../steps.ts';

export const F03: FailureRow = {
  kind: 'certificate',
  published: [
    'Error from server (InternalError): an error on the server ("") has prevented the request from succeeding',
  ],
  texts: [
    {
      id: 'internal-error',
      phrases: [
        'Error from server (InternalError): an error on the server ("") has prevented the request from succeeding',
      ],
      weight: 0.8,
    },
    { id: 'secrets', phrases: ['get secrets', 'has prevented the request from succeeding'], gap: 200, weight: -0.4 },
  ],
  supports: [
    { id: 'off', answer: { field: 'offHours', atLeast: 96 }, weight: 0.35 },
    { id: 'api-server-works', answer: { field: 'found', of: 'workload-api-server', is: 'works' }, weight: -0.8 },
    { id: 'apiserver-expired', roles: ['apiserver'], state: 'expired', weight: 0.4 },
    { id: 'apiserver-valid', roles: ['apiserver'], state: 'valid', weight: -0.5 },
  ],
  lookAlikes: { F01: 'control-plane-end', F07: 'kms-container' },
  confirm: 'control-plane-end',
  cause: [KNOWN_INTERNAL_ERROR, KNOWN_FOUR_DAYS],
  steps: [
    KUBELET_STEP,
    CREDENTIAL_AFTER_STEP,
    goOn('F02', 'repair.only.no-effect', ISSUE_233),
    goOn('F07', 'repair.only.certificates-valid', KNOWN_INTERNAL_ERROR),
  ],
  takes: citeText('failure.takes.minutes', KNOWN_EXPIRED_CONTROL_PLANE),
  citations: [KNOWN_INTERNAL_ERROR],
};
