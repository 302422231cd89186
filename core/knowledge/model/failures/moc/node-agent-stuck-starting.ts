import type { FailureRow } from '../../failure.ts';
import { ISSUE_173, KNOWN_NODE_AGENT } from '../../sources/sources.ts';
import { lookStep, ON_HOST, REPAIR_MOC_STEP, stepStatement } from '../steps.ts';

export const F14: FailureRow = {
  kind: 'certificate',
  published: [
    'Name      Status\n----      ------\nwssdagent Starting',
    'Get-Service wssdagent = Starting; host runs out of ports; upgrade hangs',
  ],
  texts: [
    { id: 'table', phrases: ['Name', 'Status', 'wssdagent', 'Starting'], gap: 24, weight: 0.9 },
    { id: 'equals', phrases: ['Get-Service wssdagent', 'Starting'], gap: 24, weight: 0.9 },
    { id: 'list', phrases: ['Name : wssdagent', 'Status : Starting'], gap: 40, weight: 0.9 },
    { id: 'default-table', phrases: ['Status Name DisplayName', 'Starting wssdagent'], gap: 60, weight: 0.9 },
    { id: 'pending', phrases: ['StartPending wssdagent'], weight: 0.9 },
    { id: 'pending-behind', phrases: ['wssdagent StartPending'], weight: 0.9 },
    { id: 'sc-query', phrases: ['SERVICE_NAME: wssdagent', 'START_PENDING'], gap: 120, weight: 0.9 },
    { id: 'pending-list', phrases: ['Name : wssdagent', 'StartPending'], gap: 60, weight: 0.9 },
    { id: 'pending-prose', phrases: ['wssdagent', 'StartPending'], gap: 24, weight: 0.85 },
    { id: 'japanese', phrases: ['wssdagent', '開始中'], gap: 24, weight: 0.85 },
    { id: 'japanese-starting', phrases: ['wssdagent', 'Starting のまま'], gap: 24, weight: 0.9 },
    { id: 'ports', phrases: ['host runs out of ports'], weight: 0.5 },
    { id: 'exhaust', phrases: ['exhaust the supply of ports on the host'], weight: 0.5 },
  ],
  supports: [
    { id: 'not-updated', answer: { field: 'daysSinceUpdate', atLeast: 60 }, weight: 0.1 },
    { id: 'agent-expired', roles: ['node-agent-token', 'node-agent'], state: 'expired', weight: 0.6 },
    { id: 'agent-valid', roles: ['node-agent-token'], state: 'valid', weight: -0.5 },
  ],
  lookAlikes: { F15: 'node-agent', F16: 'node-agent', F26: 'moc-version' },
  confirm: 'node-agent',
  cause: [KNOWN_NODE_AGENT, ISSUE_173],
  steps: [
    {
      id: 'kill',
      ...ON_HOST,
      place: 'every-host',
      risk: 'disruptive',
      command: 'kill -Name wssdagent -Force',
      statement: stepStatement('kill-agent', KNOWN_NODE_AGENT, ISSUE_173),
      expected: 'repair.expected.no-error',
    },
    {
      id: 'stop',
      ...ON_HOST,
      place: 'every-host',
      risk: 'disruptive',
      command: 'Stop-Service wssdagent -Force',
      statement: stepStatement('stop-agent', KNOWN_NODE_AGENT, ISSUE_173),
      expected: 'repair.expected.no-error',
    },
    lookStep('stopped', 'Get-Process -Name wssdagent', {
      place: 'every-host',
      statement: stepStatement('agent-stopped', KNOWN_NODE_AGENT, ISSUE_173),
      expected: 'repair.expected.process-gone',
    }),
    {
      id: 'cloud-agent',
      ...ON_HOST,
      risk: 'low',
      command: 'Start-ClusterGroup -Name (Get-MocConfig).clusterRoleName',
      statement: stepStatement('start-cloud-agent', KNOWN_NODE_AGENT, ISSUE_173),
      precondition: 'repair.precondition.agents-stopped',
      expected: 'repair.expected.group-online',
    },
    lookStep('group', 'Get-ClusterGroup -Name (Get-MocConfig).clusterRoleName', {
      statement: stepStatement('cloud-agent-online', KNOWN_NODE_AGENT, ISSUE_173),
      expected: 'repair.expected.group-online',
    }),
    REPAIR_MOC_STEP,
    lookStep('running', 'Get-Service wssdagent | Select-Object -Property Name, Status', {
      place: 'every-host',
      statement: stepStatement('agent-running', KNOWN_NODE_AGENT, ISSUE_173),
      expected: 'repair.expected.agent-running',
    }),
  ],
  citations: [KNOWN_NODE_AGENT, ISSUE_173],
};
