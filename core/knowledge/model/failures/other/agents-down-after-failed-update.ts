import type { FailureRow } from '../../failure.ts';
import { citeText } from '../../sources/sources.ts';
import { ISSUE_204, KNOWN_ISSUES } from '../../sources/sources-repair.ts';
import { lookStep, ON_HOST, stepStatement } from '../steps.ts';

const SERVICE = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\';
const ON_HOSTS = { ...ON_HOST, place: 'every-host' } as const;

export const F26: FailureRow = {
  kind: 'not-a-certificate',
  published: [
    'MOC agents down after failed May→June 2022 upgrade; Get-AksHciVersion 1.0.10.10513 but Get-MocVersion 1.0.11.10707',
  ],
  texts: [
    { id: 'versions', phrases: ['1.0.10.10513', '1.0.11.10707'], weight: 0.85 },
    { id: 'turned', phrases: ['Get-MocVersion', '1.0.11.10707', 'Get-AksHciVersion', '1.0.10.10513'], weight: 0.85 },
    { id: 'image-path', phrases: ['ImagePath', 'wssd', '--deploymentid'], gap: 300, weight: 0.8 },
  ],
  supports: [],
  lookAlikes: { F14: 'moc-version' },
  confirm: 'moc-version',
  cause: [KNOWN_ISSUES, ISSUE_204],
  steps: [
    lookStep('read-cloud', `Get-ItemProperty ${SERVICE}wssdcloudagent -Name ImagePath`, {
      place: 'every-host',
      statement: stepStatement('image-path-read', ISSUE_204),
      expected: 'repair.expected.image-path',
    }),
    {
      id: 'set-cloud',
      ...ON_HOSTS,
      risk: 'dangerous',
      command: `Set-ItemProperty ${SERVICE}wssdcloudagent -Name ImagePath -Value '<image-path>'`,
      statement: stepStatement('image-path-set', KNOWN_ISSUES, ISSUE_204),
      expected: 'repair.expected.no-error',
      undo: { text: 'repair.undo.image-path' },
    },
    lookStep('read-node', `Get-ItemProperty ${SERVICE}wssdagent -Name ImagePath`, {
      place: 'every-host',
      statement: stepStatement('image-path-read', ISSUE_204),
      expected: 'repair.expected.image-path',
    }),
    {
      id: 'set-node',
      ...ON_HOSTS,
      risk: 'dangerous',
      check: 'node-agent',
      command: `Set-ItemProperty ${SERVICE}wssdagent -Name ImagePath -Value '<image-path>'`,
      statement: stepStatement('image-path-set', KNOWN_ISSUES, ISSUE_204),
      expected: 'repair.expected.no-error',
      undo: { text: 'repair.undo.image-path' },
    },
  ],
  builds: {
    from: '1.0.10.10513',
    until: '1.0.11.10707',
    statement: citeText('failure.builds.F26', KNOWN_ISSUES, ISSUE_204),
  },
  look: [ISSUE_204],
  citations: [KNOWN_ISSUES, ISSUE_204],
};
