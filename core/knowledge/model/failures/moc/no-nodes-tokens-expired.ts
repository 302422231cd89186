import type { Failure } from '../../failure.ts';
import { cited, ISSUE_365 } from '../../sources/sources.ts';
import { againStep, goOn, REPAIR_MOC_STEP } from '../steps.ts';

export const F15: Failure = {
  id: 'F15',
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
  lookAlikes: [
    { id: 'F14', apart: 'failure.apart.F14-F15', check: 'node-agent' },
    { id: 'F16', apart: 'failure.apart.F15-F16', check: 'node-agent' },
  ],
  confirm: 'node-agent',
  cause: cited('failure.F15.cause', ISSUE_365),
  steps: [REPAIR_MOC_STEP, goOn('F14', 'repair.only.still-starting', ISSUE_365), againStep(ISSUE_365)],
  citations: [ISSUE_365],
};
