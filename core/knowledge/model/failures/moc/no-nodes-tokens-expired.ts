import type { FailureRow } from '../../failure.ts';
import { ISSUE_365 } from '../../sources/sources.ts';
import { retryStep, goOn, REPAIR_MOC_STEP } from '../steps.ts';

export const F15: FailureRow = {
  kind: 'certificate',
  published: [
    "rpc error: code = Unknown desc = Location 'MocLocation' doesn't expose any nodes to create",
    "Location 'MocLocation' doesn't expose any nodes to create … (no OutOfCapacity)",
  ],
  texts: [
    { id: 'location', phrases: ["doesn't expose any nodes to create"], weight: 0.9 },
    {
      id: 'not-capacity',
      phrases: ["doesn't expose any nodes to create", 'on: OutOfCapacity'],
      gap: 160,
      weight: -0.4,
    },
  ],
  supports: [
    { id: 'agent-expired', roles: ['node-agent-token', 'node-agent'], state: 'expired', weight: 0.4 },
    { id: 'agent-valid', roles: ['node-agent-token'], state: 'valid', weight: -0.5 },
  ],
  lookAlikes: { F14: 'node-agent', F16: 'node-agent' },
  confirm: 'node-agent',
  cause: [ISSUE_365],
  steps: [REPAIR_MOC_STEP, goOn('F14', 'repair.only.still-starting', ISSUE_365), retryStep(ISSUE_365)],
  citations: [ISSUE_365],
};
