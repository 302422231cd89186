import type { FailureRow } from '../../failure.ts';
import { citeText, KNOWN_EXPIRED_CONTROL_PLANE } from '../../sources/sources.ts';
import { EVERY_CONTROL_PLANE, ISSUE_233 } from '../../sources/sources-repair.ts';
import { CREDENTIAL_AFTER_STEP, lookStep, machinesStep, ON_NODE, stepStatement, SSH } from '../steps.ts';

export const F02: FailureRow = {
  kind: 'certificate',
  published: [
    'F01’s cmdlet has no effect; VM name without -control-plane-',
    'If the control plane VM has a name pattern other than -control-plane-, the Update-AksHciClusterCertificates command may not work.',
  ],
  texts: [
    {
      id: 'still-expired',
      phrases: [
        'Update-AksHciClusterCertificates',
        'fixKubeletCredentials',
        'certificate has expired or is not yet valid',
      ],
      gap: 4000,
      weight: 0.93,
    },
    {
      id: 'not-yet-valid',
      phrases: [
        'Update-AksHciClusterCertificates',
        'fixKubeletCredentials',
        'certificate has expired or is not yet valid',
        'is before',
      ],
      gap: 4000,
      weight: -0.9,
    },
    { id: 'no-effect', phrases: ['has no effect', 'VM name without -control-plane-'], weight: 0.9 },
    { id: 'name-pattern', phrases: ['name pattern other than -control-plane-', 'may not work'], weight: 0.9 },
  ],
  supports: [],
  lookAlikes: { F01: 'vm-names' },
  confirm: 'vm-names',
  cause: [KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233],
  steps: [
    machinesStep(stepStatement('find-address', KNOWN_EXPIRED_CONTROL_PLANE)),
    lookStep('list', `${SSH} "sudo ls /etc/kubernetes/pki/cert-tattoo-*"`, {
      ...ON_NODE,
      statement: stepStatement('list-tattoo', KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233),
      expected: 'repair.expected.files-listed',
    }),
    {
      id: 'provision',
      place: 'every-control-plane',
      risk: 'low',
      needsApiServer: false,
      command: `${SSH} "sudo /usr/bin/cert-tattoo-provision CreateCertsWithAltNames <tattoo-file>"`,
      statement: stepStatement('provision', KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233, EVERY_CONTROL_PLANE),
      expected: 'repair.expected.no-error',
      check: 'control-plane-end',
    },
    CREDENTIAL_AFTER_STEP,
  ],
  builds: { until: '1.0.14', statement: citeText('failure.builds.until', KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233) },
  citations: [ISSUE_233, KNOWN_EXPIRED_CONTROL_PLANE],
};
