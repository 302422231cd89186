import type { FailureRow } from '../failure.ts';
import { ISSUE_204, KNOWN_ISSUES, KNOWN_OUT_OF_CAPACITY } from '../sources/sources-repair.ts';
import { citeText, ISSUE_173, ISSUE_365, KNOWN_NODE_AGENT } from '../sources/sources.ts';
import { roleSign, sign } from './signs.ts';
import { goOn, lookStep, REPAIR_MOC_STEP, retryStep, step, stepStatement } from './steps.ts';

/** The node agent is stuck in Starting. */
export const F14: FailureRow = {
  published: [
    'Name      Status\n----      ------\nwssdagent Starting',
    'Get-Service wssdagent = Starting; host runs out of ports; upgrade hangs',
  ],
  texts: [
    sign('table', 0.9, ['Name', 'Status', 'wssdagent', 'Starting'], { gap: 24 }),
    sign('equals', 0.9, ['Get-Service wssdagent', 'Starting'], { gap: 24 }),
    sign('list', 0.9, ['Name : wssdagent', 'Status : Starting'], { gap: 40 }),
    sign('default-table', 0.9, ['Status Name DisplayName', 'Starting wssdagent'], { gap: 60 }),
    sign('pending', 0.9, ['StartPending wssdagent']),
    // The words of `sc` have the same letters.
    sign('pending-behind', 0.9, ['wssdagent', 'StartPending']),
    sign('japanese', 0.85, ['wssdagent', '開始中'], { gap: 24 }),
    sign('japanese-starting', 0.9, ['wssdagent', 'Starting のまま'], { gap: 24 }),
    sign('ports', 0.5, ['host runs out of ports']),
    sign('exhaust', 0.5, ['exhaust the supply of ports on the host']),
  ],
  supports: [
    { id: 'not-updated', answer: { field: 'daysSinceUpdate', atLeast: 60 }, weight: 0.1 },
    roleSign('agent-expired', 0.6, 'expired', 'node-agent-token', 'node-agent'),
    roleSign('agent-valid', -0.5, 'valid', 'node-agent-token'),
  ],
  confirm: 'node-agent',
  cause: [KNOWN_NODE_AGENT, ISSUE_173],
  steps: [
    step('kill', {
      place: 'every-host',
      risk: 'disruptive',
      command: 'kill -Name wssdagent -Force',
      statement: stepStatement('kill-agent', KNOWN_NODE_AGENT, ISSUE_173),
    }),
    step('stop', {
      place: 'every-host',
      risk: 'disruptive',
      command: 'Stop-Service wssdagent -Force',
      statement: stepStatement('stop-agent', KNOWN_NODE_AGENT, ISSUE_173),
    }),
    lookStep('stopped', 'Get-Process -Name wssdagent', {
      place: 'every-host',
      statement: stepStatement('agent-stopped', KNOWN_NODE_AGENT, ISSUE_173),
      expected: 'process-gone',
    }),
    step('cloud-agent', {
      command: 'Start-ClusterGroup -Name (Get-MocConfig).clusterRoleName',
      statement: stepStatement('start-cloud-agent', KNOWN_NODE_AGENT, ISSUE_173),
      precondition: 'agents-stopped',
      expected: 'group-online',
    }),
    lookStep('group', 'Get-ClusterGroup -Name (Get-MocConfig).clusterRoleName', {
      statement: stepStatement('cloud-agent-online', KNOWN_NODE_AGENT, ISSUE_173),
      expected: 'group-online',
    }),
    REPAIR_MOC_STEP,
    lookStep('running', 'Get-Service wssdagent | Select-Object -Property Name, Status', {
      place: 'every-host',
      statement: stepStatement('agent-running', KNOWN_NODE_AGENT, ISSUE_173),
      expected: 'agent-running',
    }),
  ],
};

/** No nodes: the tokens of the node agents have expired. */
export const F15: FailureRow = {
  published: [
    "rpc error: code = Unknown desc = Location 'MocLocation' doesn't expose any nodes to create",
    "Location 'MocLocation' doesn't expose any nodes to create … (no OutOfCapacity)",
  ],
  texts: [
    sign('location', 0.9, ["doesn't expose any nodes to create"]),
    sign('not-capacity', -0.4, ["doesn't expose any nodes to create", 'on: OutOfCapacity'], { gap: 160 }),
  ],
  supports: [
    roleSign('agent-expired', 0.4, 'expired', 'node-agent-token', 'node-agent'),
    roleSign('agent-valid', -0.5, 'valid', 'node-agent-token'),
  ],
  follows: ['F14'],
  confirm: 'node-agent',
  cause: [ISSUE_365],
  steps: [REPAIR_MOC_STEP, goOn('F14', 'still-starting', ISSUE_365), retryStep(ISSUE_365)],
};

/** No nodes: OutOfCapacity. */
export const F16: FailureRow = {
  kind: 'not-a-certificate',
  published: [
    "rpc error: code = Unknown desc = Location 'MocLocation' doesn't expose any nodes to create VNIC 'test-load-balancer-whceb-nic' on: OutOfCapacity]",
  ],
  texts: [
    sign('capacity', 0.95, ["doesn't expose any nodes to create", 'on: OutOfCapacity'], { gap: 160 }),
    sign('end', 0.6, ['on: OutOfCapacity']),
  ],
  confirm: 'node-agent',
  cause: [KNOWN_OUT_OF_CAPACITY],
  steps: [
    step('start', {
      check: 'node-agent',
      command: 'Get-ClusterNode | % { Invoke-Command -ComputerName $_ { Start-Service wssdagent } }',
      statement: stepStatement('start-agents', KNOWN_OUT_OF_CAPACITY),
      expected: 'agent-running',
    }),
    goOn('F14', 'still-starting', KNOWN_OUT_OF_CAPACITY),
    retryStep(KNOWN_OUT_OF_CAPACITY),
  ],
};

const SERVICE = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\';

/** The agents are down after a failed update. */
export const F26: FailureRow = {
  kind: 'not-a-certificate',
  published: [
    'MOC agents down after failed May→June 2022 upgrade; Get-AksHciVersion 1.0.10.10513 but Get-MocVersion 1.0.11.10707',
  ],
  texts: [
    sign('versions', 0.85, ['1.0.10.10513', '1.0.11.10707']),
    sign('turned', 0.85, ['Get-MocVersion', '1.0.11.10707', 'Get-AksHciVersion', '1.0.10.10513']),
    sign('image-path', 0.8, ['ImagePath', 'wssd', '--deploymentid'], { gap: 300 }),
  ],
  confirm: 'moc-version',
  cause: [KNOWN_ISSUES, ISSUE_204],
  steps: [
    lookStep('read-cloud', `Get-ItemProperty ${SERVICE}wssdcloudagent -Name ImagePath`, {
      place: 'every-host',
      statement: stepStatement('image-path-read', ISSUE_204),
      expected: 'image-path',
    }),
    step('set-cloud', {
      place: 'every-host',
      risk: 'dangerous',
      command: `Set-ItemProperty ${SERVICE}wssdcloudagent -Name ImagePath -Value '<image-path>'`,
      statement: stepStatement('image-path-set', KNOWN_ISSUES, ISSUE_204),
      undo: { text: 'image-path' },
    }),
    lookStep('read-node', `Get-ItemProperty ${SERVICE}wssdagent -Name ImagePath`, {
      place: 'every-host',
      statement: stepStatement('image-path-read', ISSUE_204),
      expected: 'image-path',
    }),
    step('set-node', {
      place: 'every-host',
      risk: 'dangerous',
      check: 'node-agent',
      command: `Set-ItemProperty ${SERVICE}wssdagent -Name ImagePath -Value '<image-path>'`,
      statement: stepStatement('image-path-set', KNOWN_ISSUES, ISSUE_204),
      undo: { text: 'image-path' },
    }),
  ],
  builds: {
    from: '1.0.10.10513',
    until: '1.0.11.10707',
    statement: citeText('failure.builds.F26', KNOWN_ISSUES, ISSUE_204),
  },
  look: [ISSUE_204],
};
