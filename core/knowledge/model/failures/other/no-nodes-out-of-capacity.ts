import type { FailureRow } from '../../failure.ts';
import { KNOWN_OUT_OF_CAPACITY } from '../../sources/sources-repair.ts';
import { retryStep, goOn, ON_HOST, stepStatement } from '../steps.ts';

export const F16: FailureRow = {
  kind: 'not-a-certificate',
  published: [
    "rpc error: code = Unknown desc = Location 'MocLocation' doesn't expose any nodes to create VNIC 'test-load-balancer-whceb-nic' on: OutOfCapacity]",
  ],
  texts: [
    { id: 'capacity', phrases: ["doesn't expose any nodes to create", 'on: OutOfCapacity'], gap: 160, weight: 0.95 },
    { id: 'end', phrases: ['on: OutOfCapacity'], weight: 0.6 },
  ],
  supports: [],
  lookAlikes: { F14: 'node-agent', F15: 'node-agent' },
  confirm: 'node-agent',
  cause: [KNOWN_OUT_OF_CAPACITY],
  steps: [
    {
      id: 'start',
      ...ON_HOST,
      risk: 'low',
      check: 'node-agent',
      command: 'Get-ClusterNode | % { Invoke-Command -ComputerName $_ { Start-Service wssdagent } }',
      statement: stepStatement('start-agents', KNOWN_OUT_OF_CAPACITY),
      expected: 'repair.expected.agent-running',
    },
    goOn('F14', 'repair.only.still-starting', KNOWN_OUT_OF_CAPACITY),
    retryStep(KNOWN_OUT_OF_CAPACITY),
  ],
  look: [KNOWN_OUT_OF_CAPACITY],
  citations: [KNOWN_OUT_OF_CAPACITY],
};
