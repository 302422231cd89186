import type { FailureRow } from '../../failure.ts';
import { KNOWN_AZURE_LOGIN } from '../../sources/sources-repair.ts';
import { retryStep, ON_HOST, stepStatement } from '../steps.ts';

export const F29: FailureRow = {
  kind: 'not-a-certificate',
  published: ["Connection to Azure failed. Please run 'Set-AksHciRegistration' and try again"],
  texts: [
    {
      id: 'login',
      phrases: ["Connection to Azure failed. Please run 'Set-AksHciRegistration' and try again"],
      weight: 0.95,
    },
    { id: 'login-cut', phrases: ['Connection to Azure failed'], weight: 0.45 },
  ],
  supports: [],
  lookAlikes: {},
  confirm: null,
  cause: [KNOWN_AZURE_LOGIN],
  steps: [
    {
      id: 'register',
      ...ON_HOST,
      risk: 'low',
      command: 'Set-AksHciRegistration -subscriptionId <subscription> -resourceGroupName <resource-group>',
      statement: stepStatement('register', KNOWN_AZURE_LOGIN),
      expected: 'repair.expected.no-error',
    },
    retryStep(KNOWN_AZURE_LOGIN),
  ],
  look: [KNOWN_AZURE_LOGIN],
  citations: [KNOWN_AZURE_LOGIN],
};
