import type { FailureRow } from '../../failure.ts';
import { KNOWN_ISSUES, reference } from '../../sources/sources-repair.ts';
import { ON_HOST, stepStatement } from '../steps.ts';

export const F28: FailureRow = {
  kind: 'not-a-certificate',
  published: ['invalid_client. The provided client secret keys are expired', 'AADSTS7000222'],
  texts: [
    { id: 'secret', phrases: ['provided client secret keys', 'are expired'], gap: 60, weight: 0.93 },
    { id: 'code', phrases: ['AADSTS7000222'], weight: 0.93 },
  ],
  supports: [],
  lookAlikes: {},
  confirm: null,
  cause: [KNOWN_ISSUES],
  steps: [
    {
      id: 'secret',
      ...ON_HOST,
      place: 'workstation',
      risk: 'low',
      statement: stepStatement('new-secret', KNOWN_ISSUES),
      expected: 'repair.expected.secret',
    },
    {
      id: 'connect',
      ...ON_HOST,
      needsApiServer: true,
      risk: 'low',
      command: 'Enable-AksHciArcConnection -name <cluster> -credential (Get-Credential)',
      statement: stepStatement('arc-connect', KNOWN_ISSUES, reference('Enable-AksHciArcConnection')),
      expected: 'repair.expected.connected',
    },
  ],
  look: [KNOWN_ISSUES],
  citations: [KNOWN_ISSUES],
};
