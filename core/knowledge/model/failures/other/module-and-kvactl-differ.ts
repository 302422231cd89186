import type { FailureRow } from '../../failure.ts';
import { ISSUE_145_TAGS } from '../../sources/sources-repair.ts';
import { retryStep, ON_HOST, stepStatement } from '../steps.ts';

const ON_HOSTS = { ...ON_HOST, place: 'every-host', risk: 'low' } as const;

export const F23: FailureRow = {
  kind: 'not-a-certificate',
  published: ['[Error: unknown flag: --tags]'],
  texts: [{ id: 'flag', phrases: ['unknown flag: --tags'], weight: 0.95 }],
  supports: [],
  lookAlikes: {},
  confirm: 'module-versions',
  cause: [ISSUE_145_TAGS],
  steps: [
    {
      id: 'close',
      ...ON_HOSTS,
      risk: 'none',
      statement: stepStatement('close-windows', ISSUE_145_TAGS),
      expected: 'repair.expected.windows-closed',
    },
    {
      id: 'update',
      ...ON_HOSTS,
      check: 'module-versions',
      command: 'Update-Module -Name AksHci -Force -AcceptLicense',
      statement: stepStatement('update-module', ISSUE_145_TAGS),
      expected: 'repair.expected.one-version',
    },
    {
      id: 'remove',
      ...ON_HOSTS,
      check: 'module-versions',
      command: 'Uninstall-Module -Name AksHci -RequiredVersion <module-version>',
      statement: stepStatement('remove-module', ISSUE_145_TAGS),
      expected: 'repair.expected.one-version',
    },
    retryStep(ISSUE_145_TAGS),
  ],
  look: [ISSUE_145_TAGS],
  citations: [ISSUE_145_TAGS],
};
