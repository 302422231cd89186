import type { Command, Parameter, ModuleRelease } from './cmdlet.ts';
import { needed, citeNote, optional, syntax, citeUse } from './cmdlet-shapes.ts';
import {
  DOC_EXTRA_ADMIN_VALIDITY,
  DOC_EXTRA_ADMINS,
  DOC_LOGIN,
  DOC_PROXY,
  DOC_ROTATE_CA,
  DOC_UPDATE_CERTIFICATES,
  DOC_UPDATE_CLUSTER_CERTIFICATES,
  ISSUE_127,
  ISSUE_145,
  ISSUE_168,
  ISSUE_173,
  ISSUE_365,
  KNOWN_KMS_POD,
  KNOWN_KMS_ROTATION,
  KNOWN_MOCCTL,
  KNOWN_NODE_AGENT,
  OVERVIEW_REVOCATION,
  UPDATE_COMMANDS,
} from '../sources/sources.ts';
import {
  CONFIG_PRINT,
  DOC_TIMELINE,
  ISSUE_233,
  ISSUE_402,
  KNOWN_API_SERVER_DOWN,
  NOT_EXPIRED_ONLY,
  reference,
  THIRD_PARTY,
} from '../sources/sources-repair.ts';

/*
 * Cmdlets and program commands about certificates and tokens, spelled as in the syntax blocks. The reference's
 * parameter tables print "Required: True" for switches that the syntax on the same page shows as optional; the syntax
 * counts.
 */

/** The Update cmdlets for certificates came with this release; their predecessors were marked for deprecation. */
const MAY_2022: ModuleRelease = { month: '2022-05', build: '1.0.10.10513', citation: DOC_TIMELINE };

const NAME = needed('name', 'cluster');
const FORCE = optional('force', 'switch');
const KEY_FILE = optional('sshPrivateKeyFile', 'path');
const FIX_CLOUD = 'fixCloudCredentials';
const FIX_KUBELET = 'fixKubeletCredentials';

const LOAD_BALANCER: Parameter = {
  ...needed('patchLoadBalancer', 'switch'),
  remark: { severity: 'notice', text: 'cmdlet.remark.one-page', citation: UPDATE_COMMANDS },
};

/** These make sense only for one cluster, so they reveal which layer was meant. */
const OF_CLUSTER = ['name', FIX_CLOUD, FIX_KUBELET, 'patchLoadBalancer'];

export const CERTIFICATE_COMMANDS: readonly Command[] = [
  {
    name: 'Update-AksHciCertificates',
    module: 'AksHci',
    layer: 'host',
    syntaxes: [syntax([FORCE], { citations: [reference('Update-AksHciCertificates')], needsApiServer: true })],
    use: citeUse('Update-AksHciCertificates', DOC_UPDATE_CERTIFICATES, UPDATE_COMMANDS),
    notes: [
      citeNote('Update-AksHciCertificates', 'window', DOC_UPDATE_CERTIFICATES),
      citeNote('Update-AksHciCertificates', 'api-server', KNOWN_KMS_POD),
    ],
    risk: 'changes',
    isRepeatable: true,
    since: MAY_2022,
    otherLayer: { parameters: OF_CLUSTER, command: 'Update-AksHciClusterCertificates' },
  },
  {
    name: 'Update-AksHciClusterCertificates',
    module: 'AksHci',
    layer: 'kubernetes',
    syntaxes: [
      syntax([NAME, optional(FIX_CLOUD, 'switch'), FORCE], {
        citations: [reference('Update-AksHciClusterCertificates')],
        needsApiServer: true,
      }),
      syntax([NAME, optional(FIX_KUBELET, 'switch'), FORCE], {
        citations: [reference('Update-AksHciClusterCertificates')],
        needsApiServer: false,
      }),
      // That -force combines with it follows from the other two.
      syntax([NAME, LOAD_BALANCER, needed(FIX_CLOUD, 'switch'), FORCE], { citations: [UPDATE_COMMANDS] }),
    ],
    use: citeUse('Update-AksHciClusterCertificates', DOC_UPDATE_CLUSTER_CERTIFICATES),
    notes: [
      citeNote('Update-AksHciClusterCertificates', 'one-fix', DOC_UPDATE_CLUSTER_CERTIFICATES),
      citeNote('Update-AksHciClusterCertificates', 'no-effect', ISSUE_233),
    ],
    risk: 'changes',
    isRepeatable: true,
    since: MAY_2022,
  },
  {
    name: 'Repair-AksHciCerts',
    module: 'AksHci',
    layer: 'host',
    syntaxes: [syntax([KEY_FILE], { citations: [reference('Repair-AksHciCerts')], needsApiServer: true })],
    use: citeUse('Repair-AksHciCerts', reference('Repair-AksHciCerts')),
    notes: [citeNote('Repair-AksHciCerts', 'api-server', ISSUE_127)],
    risk: 'changes',
    isRepeatable: true,
    deprecated: { successor: 'Update-AksHciCertificates', since: MAY_2022 },
    otherLayer: { parameters: ['name', FIX_CLOUD, FIX_KUBELET, 'force'], command: 'Repair-AksHciClusterCerts' },
  },
  {
    name: 'Repair-AksHciClusterCerts',
    module: 'AksHci',
    layer: 'kubernetes',
    syntaxes: [FIX_CLOUD, FIX_KUBELET].map((fix) =>
      syntax([NAME, needed(fix, 'switch'), KEY_FILE, FORCE], {
        citations: [reference('Repair-AksHciClusterCerts')],
        needsApiServer: true,
      }),
    ),
    use: citeUse('Repair-AksHciClusterCerts', reference('Repair-AksHciClusterCerts')),
    notes: [
      citeNote('Repair-AksHciClusterCerts', 'article', OVERVIEW_REVOCATION),
      citeNote('Repair-AksHciClusterCerts', 'kvactl', ISSUE_145),
      citeNote('Repair-AksHciClusterCerts', 'api-server', KNOWN_API_SERVER_DOWN),
    ],
    risk: 'changes',
    isRepeatable: true,
    deprecated: { successor: 'Update-AksHciClusterCertificates', since: MAY_2022 },
  },
  {
    name: 'Invoke-AksHciRotateCACertificate',
    module: 'AksHci',
    layer: 'moc',
    syntaxes: [syntax([], { citations: [reference('Invoke-AksHciRotateCACertificate')] })],
    use: citeUse('Invoke-AksHciRotateCACertificate', DOC_ROTATE_CA),
    notes: [
      citeNote('Invoke-AksHciRotateCACertificate', 'index', reference('Invoke-AksHciRotateCACertificate')),
      citeNote('Invoke-AksHciRotateCACertificate', 'threshold', CONFIG_PRINT),
    ],
    risk: 'interrupts',
    isRepeatable: false,
  },
  {
    name: 'Repair-MocLogin',
    module: 'Moc',
    layer: 'moc',
    syntaxes: [],
    open: true,
    use: citeUse('Repair-MocLogin', KNOWN_MOCCTL, ISSUE_168),
    notes: [citeNote('Repair-MocLogin', 'no-page', KNOWN_MOCCTL)],
    risk: 'changes',
    isRepeatable: true,
  },
  {
    name: 'Repair-Moc',
    module: 'Moc',
    layer: 'moc',
    syntaxes: [],
    open: true,
    use: citeUse('Repair-Moc', KNOWN_NODE_AGENT, ISSUE_173, ISSUE_365),
    notes: [citeNote('Repair-Moc', 'no-page', KNOWN_NODE_AGENT), citeNote('Repair-Moc', 'restarts', ISSUE_402)],
    risk: 'interrupts',
    isRepeatable: true,
  },
  {
    name: 'New-MocIdentity',
    module: 'Moc',
    layer: 'moc',
    syntaxes: [
      syntax(
        [
          needed('name', 'text'),
          needed('validityDays', 'number'),
          needed('location', 'text'),
          needed('outfile', 'path'),
        ],
        { citations: [DOC_EXTRA_ADMINS] },
      ),
    ],
    use: citeUse('New-MocIdentity', DOC_EXTRA_ADMINS),
    notes: [citeNote('New-MocIdentity', 'validity', DOC_EXTRA_ADMIN_VALIDITY)],
    risk: 'changes',
    isRepeatable: false,
  },
  {
    name: 'New-MocRoleAssignment',
    module: 'Moc',
    layer: 'moc',
    syntaxes: [
      syntax([needed('identityName', 'text'), needed('roleName', 'text'), needed('location', 'text')], {
        citations: [DOC_EXTRA_ADMINS],
      }),
    ],
    use: citeUse('New-MocRoleAssignment', DOC_EXTRA_ADMINS),
    notes: [],
    risk: 'changes',
    isRepeatable: null,
  },
  {
    name: 'Update-MocIdentity',
    module: 'Moc',
    layer: 'moc',
    open: true,
    syntaxes: [
      syntax(
        [
          needed('name', 'text'),
          optional('validityDays', 'number'),
          optional('fqdn', 'text'),
          optional('location', 'text'),
          optional('outFile', 'path'),
          optional('enableTokenAutoRotate', 'switch'),
        ],
        { citations: [THIRD_PARTY] },
      ),
    ],
    use: citeUse('Update-MocIdentity', THIRD_PARTY),
    notes: [citeNote('Update-MocIdentity', 'no-page', THIRD_PARTY)],
    risk: 'changes',
    isRepeatable: null,
  },
  {
    name: 'mocctl security identity rotate',
    module: 'mocctl',
    layer: 'moc',
    open: true,
    syntaxes: [
      syntax([needed('--name', 'text'), optional('--encode', 'boolean'), optional('--cloudFqdn', 'text')], {
        citations: [KNOWN_KMS_ROTATION, ISSUE_127],
        needsApiServer: false,
      }),
    ],
    use: citeUse('mocctl security identity rotate', KNOWN_KMS_ROTATION, ISSUE_127),
    notes: [citeNote('mocctl security identity rotate', 'secret', NOT_EXPIRED_ONLY)],
    risk: 'changes',
    isRepeatable: false,
  },
  {
    name: 'mocctl security login',
    module: 'mocctl',
    layer: 'moc',
    open: true,
    syntaxes: [
      syntax([needed('--loginpath', 'path'), optional('--identity', 'switch')], {
        citations: [DOC_LOGIN],
        needsApiServer: false,
      }),
    ],
    use: citeUse('mocctl security login', DOC_LOGIN),
    notes: [],
    risk: 'changes',
    isRepeatable: true,
  },
  {
    name: 'Set-AksHciProxySetting',
    module: 'AksHci',
    layer: 'kubernetes',
    syntaxes: [syntax([optional('noProxy', 'text'), needed('certFile', 'path')], { citations: [DOC_PROXY] })],
    use: citeUse('Set-AksHciProxySetting', DOC_PROXY),
    notes: [citeNote('Set-AksHciProxySetting', 'later', DOC_PROXY)],
    risk: 'changes',
    isRepeatable: true,
    since: { month: '2022-10', citation: DOC_PROXY },
  },
];
