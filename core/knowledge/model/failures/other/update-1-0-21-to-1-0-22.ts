import type { FailureRow } from '../../failure.ts';
import { citeText } from '../../sources/sources.ts';
import { ISSUE_371 } from '../../sources/sources-repair.ts';
import { lookStep, ON_HOST, stepStatement } from '../steps.ts';

export const F35: FailureRow = {
  kind: 'not-a-certificate',
  published: ['no matches for kind "AksHciCluster" in version "msft.microsoft/v1"'],
  texts: [
    { id: 'kind', phrases: ['no matches for kind "AksHciCluster" in version "msft.microsoft/v1"'], weight: 0.95 },
    { id: 'kind-cut', phrases: ['no matches for kind "AksHciCluster"'], weight: 0.7 },
  ],
  supports: [],
  lookAlikes: { F17: 'build' },
  confirm: 'build',
  cause: [ISSUE_371],
  steps: [
    lookStep('logs', 'Get-AksHciLogs', {
      statement: stepStatement('collect-logs', ISSUE_371),
      expected: 'repair.expected.logs-collected',
    }),
    {
      id: 'support',
      ...ON_HOST,
      risk: 'none',
      statement: stepStatement('support', ISSUE_371),
      expected: 'repair.expected.case',
    },
  ],
  builds: { from: '1.0.21', until: '1.0.22', statement: citeText('failure.builds.F35', ISSUE_371) },
  look: [ISSUE_371],
  citations: [ISSUE_371],
};
