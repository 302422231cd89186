import type { Statement } from '../../shared/citation.ts';
import {
  DOC_CLUSTER_UPDATE,
  DOC_CREDENTIAL,
  DOC_HOST_UPDATE,
  DOC_KMS,
  ISSUE_127,
  ISSUE_145,
  ISSUE_168,
  ISSUE_169,
  ISSUE_292,
  KNOWN_KMS_POD,
  KNOWN_KVACTL,
  KNOWN_MANAGEMENT_KUBECONFIG,
  KNOWN_MOCCTL,
  OVERVIEW_MOC_VALIDITY,
  OVERVIEW_RENEWAL,
  OVERVIEW_TYPES,
  RENEWAL_PODS,
  UPDATE_RECOMMENDED,
  shareSources,
  type Sources,
} from './sources/sources.ts';
import {
  ISSUE_145_TAGS,
  ISSUE_204,
  ISSUE_371,
  KNOWN_SIXTY_DAYS,
  KNOWN_STUCK_NODE,
  reference,
  UPDATE_TABLE,
  CONFIG_PATH,
} from './sources/sources-repair.ts';
import * as source from './sources/sources-update.ts';

/* Statements of update plans and pre-flight checks, with sources. Message keys: `update.<id>`, `preflight.<id>`. */

const UPDATE_SOURCES = {
  'module.title': [source.HOST_MODULES],
  'module.why': [source.HOST_MODULES, source.MODULE_AFTER_REPAIR, ISSUE_145_TAGS],
  'module.expected': [source.KNOWN_OLD_MODULES],
  ...shareSources([source.HOST_VERSION], 'version.title', 'version.why', 'version.expected', 'version.expected-build'),
  'host.title': [source.HOST_UPDATE],
  'host.why': [source.HOST_OVERVIEW, source.HOST_UPDATE, DOC_HOST_UPDATE, OVERVIEW_TYPES],
  'host.expected': [OVERVIEW_TYPES],
  ...shareSources([source.HOST_VERIFY], 'host.check', 'host.check-from', 'host.check-build'),
  'host.undo': [source.NO_WAY_BACK],
  'reread.title': [source.CLUSTER_UPDATES],
  'reread.why': [source.HOST_UPDATE],
  'reread.expected': [source.CLUSTER_UPDATES],
  ...shareSources([source.CLUSTER_UPDATE], 'cluster.title', 'cluster.title-open', 'cluster.title-unknown'),
  'cluster.why': [source.CLUSTER_UPDATE, DOC_CLUSTER_UPDATE],
  ...shareSources([source.SUPPORTED_VERSIONS, source.SKEW_POLICY], 'cluster.why-minor', 'cluster.why-open'),
  'cluster.why-before-host': [reference('Test-UpdateAksHci'), source.HOST_UPDATE],
  'cluster.host-first': [source.HOST_OVERVIEW],
  'cluster.expected': [source.CLUSTER_UPDATE],
  ...shareSources([reference('Get-AksHciCluster')], 'cluster.check', 'cluster.check-open'),
  'cluster.undo': [source.NO_WAY_BACK, source.WORKLOAD_BACKUP],
  ...shareSources([source.CLUSTER_SYSTEM], 'system.title', 'system.why', 'system.expected'),
  'pools.title': [reference('Get-AksHciNodePool')],
  'pools.why': [source.NODE_CHECK, KNOWN_STUCK_NODE],
  ...shareSources([reference('Get-AksHciNodePool')], 'pools.expected', 'pools.expected-version'),
  'nodes.why-own': [CONFIG_PATH],
  'credential.title': [DOC_CREDENTIAL],
  'credential.why': [OVERVIEW_RENEWAL, source.FETCH_AFTER_UPDATE],
  ...shareSources([DOC_CREDENTIAL], 'credential.expected', 'credential.undo'),
  'nodes.title': [KNOWN_STUCK_NODE],
  'nodes.why': [KNOWN_STUCK_NODE, source.NODE_CHECK],
  ...shareSources([KNOWN_STUCK_NODE], 'nodes.expected', 'nodes.expected-version'),
  ...shareSources([source.REPAIR_BEFORE_UPDATE], 'warning.command-failed', 'warning.repair-first'),
  'warning.do-not-reboot': [KNOWN_SIXTY_DAYS, source.HOST_OVERVIEW],
  ...shareSources([source.HOST_OVERVIEW], 'warning.call-support', 'warning.hosts-left'),
  'warning.deprecated-first': [reference('Test-UpdateAksHci'), source.HOST_UPDATE],
  'warning.deprecated-stuck': [source.HOST_UPDATE, source.SERVICE_UPDATES],
  'warning.taints': [source.KNOWN_TAINTS],
  'warning.issue-371': [ISSUE_371],
  'warning.unreachable-target': [source.SUPPORTED_VERSIONS, source.SKEW_POLICY],
  'warning.nothing': [source.HOST_UPDATES, source.CLUSTER_UPDATES],
  'after.reset': [OVERVIEW_TYPES],
  'after.window-60': [UPDATE_RECOMMENDED],
  'after.window-30': [source.HOST_OVERVIEW],
  'after.window-90': [source.HOST_OVERVIEW, OVERVIEW_MOC_VALIDITY],
  'after.not-impacted': [UPDATE_TABLE, ISSUE_292],
  'after.kubernetes': [RENEWAL_PODS],
  'after.kubeconfig': [OVERVIEW_RENEWAL],
  'after.next-end': [source.NEXT_END],
  'ask.host-version': [source.HOST_VERSION],
  'ask.host-updates': [source.HOST_UPDATES],
  'ask.cluster-version': [reference('Get-AksHciCluster')],
  'ask.cluster-updates': [source.CLUSTER_UPDATES],
  'ask.clusters': [reference('Get-AksHciCluster')],
  'run-length': [source.RUN_LENGTH],
} as const satisfies Record<string, Sources>;

/** Sentences about the credentials in a check, in addition to its title. */
const ENDS = ['expired', 'ends', 'valid', 'unknown', 'expected'] as const;

function citeCheck<Id extends string, Part extends string>(id: Id, sources: Sources, ...parts: readonly Part[]) {
  return shareSources<Id | `${Id}.${Part}`>(sources, id, ...parts.map((part) => `${id}.${part}` as const));
}

const CREDENTIALS = [OVERVIEW_TYPES, source.REPAIR_BEFORE_UPDATE] as const;
const CREDENTIALS_AHEAD = [OVERVIEW_TYPES, source.RUN_LENGTH] as const;

const PREFLIGHT_SOURCES = {
  ...citeCheck('moc-login', [KNOWN_MOCCTL, ISSUE_168], 'answered', 'failed', ...ENDS),
  ...citeCheck('kvactl-login', [KNOWN_KVACTL, ISSUE_169], 'answered', 'failed', ...ENDS),
  ...citeCheck('management-kubeconfig', [KNOWN_MANAGEMENT_KUBECONFIG, ISSUE_145], ...ENDS),
  'host-credentials': CREDENTIALS,
  'host-credentials.expected': [source.ISSUE_234],
  'cluster-credentials': CREDENTIALS,
  'cluster-credentials.expected': [source.ISSUE_234],
  'credentials.expired': CREDENTIALS,
  'credentials.ends': CREDENTIALS_AHEAD,
  'credentials.valid': CREDENTIALS_AHEAD,
  'credentials.unknown': [source.ISSUE_234],
  ...citeCheck('kms', [KNOWN_KMS_POD, DOC_KMS, ISSUE_127], ...ENDS),
  'kms.expected': [KNOWN_KMS_POD],
  'moc-version': [ISSUE_204],
  ...shareSources([ISSUE_204, source.SAME_BUILD], 'moc-version.same', 'moc-version.differs'),
  'moc-version.unknown': [ISSUE_204],
  'moc-version.expected': [ISSUE_204, source.SAME_BUILD],
  ...citeCheck('module', [ISSUE_145_TAGS, source.KNOWN_OLD_MODULES], 'one', 'several', 'unknown', 'expected'),
  ...citeCheck(
    'update-test',
    [reference('Test-UpdateAksHci')],
    'passed',
    'failed',
    'deprecated',
    'unknown',
    'expected',
  ),
  room: [source.NEEDED_MEMORY, source.NEEDED_ADDRESSES, source.NEEDED_STORAGE],
  'room.unknown': [source.NEEDED_MEMORY, source.NEEDED_ADDRESSES, source.SPACE_UNKNOWN],
  'room.expected': [source.NEEDED_STORAGE, source.SPACE_UNKNOWN],
  'support-end.expected': [source.SYSTEM_NAME],
  ...citeCheck(
    'update-age',
    [source.HOST_OVERVIEW, OVERVIEW_MOC_VALIDITY],
    'current',
    'expired',
    'unknown',
    'expected',
  ),
  'update-age.late': [UPDATE_RECOMMENDED, source.HOST_OVERVIEW, KNOWN_SIXTY_DAYS],
  'update-age.release': [UPDATE_RECOMMENDED, source.HOST_VERSION],
} as const satisfies Record<string, Sources>;

type UpdateFact = keyof typeof UPDATE_SOURCES;
type PreflightFact = keyof typeof PREFLIGHT_SOURCES;

export const UPDATE_FACTS = Object.keys(UPDATE_SOURCES) as readonly UpdateFact[];
export const PREFLIGHT_FACTS = Object.keys(PREFLIGHT_SOURCES) as readonly PreflightFact[];

/** Returns a statement of a plan. Instants among the values appear as dates. */
export function updateFact(id: UpdateFact, params?: Statement['params']): Statement {
  return { text: `update.${id}`, params, citations: UPDATE_SOURCES[id] };
}

export function preflightFact(id: PreflightFact, params?: Statement['params']): Statement {
  return { text: `preflight.${id}`, params, citations: PREFLIGHT_SOURCES[id] };
}
