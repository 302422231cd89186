import type { FailureRow } from '../../failure.ts';
import { citeText } from '../../sources/sources.ts';
import { ISSUE_43, ISSUE_47 } from '../../sources/sources-repair.ts';
import { retryStep, MOC_LOGIN_STEP, ON_HOST, stepStatement } from '../steps.ts';

export const F25: FailureRow = {
  kind: 'certificate',
  published: ['unable to locate a valid cloudconfig access file'],
  texts: [{ id: 'access-file', phrases: ['unable to locate a valid cloudconfig access file'], weight: 0.95 }],
  supports: [],
  lookAlikes: { F04: 'moc-node' },
  confirm: 'moc-node',
  cause: [ISSUE_43, ISSUE_47],
  steps: [
    MOC_LOGIN_STEP,
    retryStep(ISSUE_43),
    {
      id: 'reinstall',
      ...ON_HOST,
      risk: 'dangerous',
      statement: stepStatement('preview-reinstall', ISSUE_43),
      only: 'repair.only.preview',
      expected: 'repair.expected.works-now',
    },
  ],
  builds: { until: '0.9', statement: citeText('failure.builds.preview', ISSUE_43, ISSUE_47) },
  citations: [ISSUE_43, ISSUE_47],
};
