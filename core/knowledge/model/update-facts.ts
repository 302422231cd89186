import type { Citation, Statement } from '../../shared/citation.ts';
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

/* Statements of update plans and pre-flight checks, with their sources. Texts: `update.<id>`, `preflight.<id>`. */

type Sources = readonly [Citation, ...Citation[]];

const UPDATE_SOURCES = {
  // Before anything else.
  'module.title': [source.HOST_MODULES],
  'module.why': [source.HOST_MODULES, source.MODULE_AFTER_REPAIR, ISSUE_145_TAGS],
  'module.expected': [source.KNOWN_OLD_MODULES],
  'version.title': [source.HOST_VERSION],
  'version.why': [source.HOST_VERSION],
  'version.expected': [source.HOST_VERSION],
  'version.expected-build': [source.HOST_VERSION],
  // The hosts.
  'host.title': [source.HOST_UPDATE],
  'host.why': [source.HOST_OVERVIEW, source.HOST_UPDATE, DOC_HOST_UPDATE, OVERVIEW_TYPES],
  'host.expected': [OVERVIEW_TYPES],
  'host.check': [source.HOST_VERIFY],
  'host.check-from': [source.HOST_VERIFY],
  'host.check-build': [source.HOST_VERIFY],
  'host.undo': [source.NO_WAY_BACK],
  // A cluster.
  'reread.title': [source.CLUSTER_UPDATES],
  'reread.why': [source.HOST_UPDATE],
  'reread.expected': [source.CLUSTER_UPDATES],
  'cluster.title': [source.CLUSTER_UPDATE],
  'cluster.title-open': [source.CLUSTER_UPDATE],
  'cluster.title-unknown': [source.CLUSTER_UPDATE],
  'cluster.why': [source.CLUSTER_UPDATE, DOC_CLUSTER_UPDATE],
  'cluster.why-minor': [source.SUPPORTED_VERSIONS, source.SKEW_POLICY],
  'cluster.why-open': [source.SUPPORTED_VERSIONS, source.SKEW_POLICY],
  'cluster.why-before-host': [reference('Test-UpdateAksHci'), source.HOST_UPDATE],
  'cluster.host-first': [source.HOST_OVERVIEW],
  'cluster.expected': [source.CLUSTER_UPDATE],
  'cluster.check': [reference('Get-AksHciCluster')],
  'cluster.check-open': [reference('Get-AksHciCluster')],
  'cluster.undo': [source.NO_WAY_BACK, source.WORKLOAD_BACKUP],
  'system.title': [source.CLUSTER_SYSTEM],
  'system.why': [source.CLUSTER_SYSTEM],
  'system.expected': [source.CLUSTER_SYSTEM],
  'pools.title': [reference('Get-AksHciNodePool')],
  'pools.why': [source.NODE_CHECK, KNOWN_STUCK_NODE],
  'pools.expected': [reference('Get-AksHciNodePool')],
  'pools.expected-version': [reference('Get-AksHciNodePool')],
  'nodes.why-own': [CONFIG_PATH],
  'credential.title': [DOC_CREDENTIAL],
  'credential.why': [OVERVIEW_RENEWAL, source.FETCH_AFTER_UPDATE],
  'credential.expected': [DOC_CREDENTIAL],
  'credential.undo': [DOC_CREDENTIAL],
  'nodes.title': [KNOWN_STUCK_NODE],
  'nodes.why': [KNOWN_STUCK_NODE, source.NODE_CHECK],
  'nodes.expected': [KNOWN_STUCK_NODE],
  'nodes.expected-version': [KNOWN_STUCK_NODE],
  // Above everything.
  'warning.command-failed': [source.REPAIR_BEFORE_UPDATE],
  'warning.repair-first': [source.REPAIR_BEFORE_UPDATE],
  'warning.do-not-reboot': [KNOWN_SIXTY_DAYS, source.HOST_OVERVIEW],
  'warning.call-support': [source.HOST_OVERVIEW],
  'warning.hosts-left': [source.HOST_OVERVIEW],
  'warning.deprecated-first': [reference('Test-UpdateAksHci'), source.HOST_UPDATE],
  'warning.deprecated-stuck': [source.HOST_UPDATE, source.SERVICE_UPDATES],
  'warning.taints': [source.KNOWN_TAINTS],
  'warning.issue-371': [ISSUE_371],
  'warning.unreachable-target': [source.SUPPORTED_VERSIONS, source.SKEW_POLICY],
  'warning.nothing': [source.HOST_UPDATES, source.CLUSTER_UPDATES],
  // When all is done.
  'after.reset': [OVERVIEW_TYPES],
  'after.window-60': [UPDATE_RECOMMENDED],
  'after.window-30': [source.HOST_OVERVIEW],
  'after.window-90': [source.HOST_OVERVIEW, OVERVIEW_MOC_VALIDITY],
  'after.not-impacted': [UPDATE_TABLE, ISSUE_292],
  'after.kubernetes': [RENEWAL_PODS],
  'after.kubeconfig': [OVERVIEW_RENEWAL],
  'after.next-end': [source.NEXT_END],
  // What is unknown.
  'ask.host-version': [source.HOST_VERSION],
  'ask.host-updates': [source.HOST_UPDATES],
  'ask.cluster-version': [reference('Get-AksHciCluster')],
  'ask.cluster-updates': [source.CLUSTER_UPDATES],
  'ask.clusters': [reference('Get-AksHciCluster')],
  'run-length': [source.RUN_LENGTH],
} as const satisfies Record<string, Sources>;

const MOC_LOGIN: Sources = [KNOWN_MOCCTL, ISSUE_168];
const KVACTL_LOGIN: Sources = [KNOWN_KVACTL, ISSUE_169];
const KUBECONFIG: Sources = [KNOWN_MANAGEMENT_KUBECONFIG, ISSUE_145];
const CREDENTIALS: Sources = [OVERVIEW_TYPES, source.REPAIR_BEFORE_UPDATE];
const KMS: Sources = [KNOWN_KMS_POD, DOC_KMS, ISSUE_127];
const TEST: Sources = [reference('Test-UpdateAksHci')];
const MODULE: Sources = [ISSUE_145_TAGS, source.KNOWN_OLD_MODULES];
const AGE: Sources = [source.HOST_OVERVIEW, OVERVIEW_MOC_VALIDITY];

const PREFLIGHT_SOURCES = {
  'moc-login': MOC_LOGIN,
  'moc-login.answered': MOC_LOGIN,
  'moc-login.failed': MOC_LOGIN,
  'moc-login.expired': MOC_LOGIN,
  'moc-login.ends': MOC_LOGIN,
  'moc-login.valid': MOC_LOGIN,
  'moc-login.unknown': MOC_LOGIN,
  'moc-login.expected': MOC_LOGIN,
  'kvactl-login': KVACTL_LOGIN,
  'kvactl-login.answered': KVACTL_LOGIN,
  'kvactl-login.failed': KVACTL_LOGIN,
  'kvactl-login.expired': KVACTL_LOGIN,
  'kvactl-login.ends': KVACTL_LOGIN,
  'kvactl-login.valid': KVACTL_LOGIN,
  'kvactl-login.unknown': KVACTL_LOGIN,
  'kvactl-login.expected': KVACTL_LOGIN,
  'management-kubeconfig': KUBECONFIG,
  'management-kubeconfig.expired': KUBECONFIG,
  'management-kubeconfig.ends': KUBECONFIG,
  'management-kubeconfig.valid': KUBECONFIG,
  'management-kubeconfig.unknown': KUBECONFIG,
  'management-kubeconfig.expected': KUBECONFIG,
  'host-credentials': CREDENTIALS,
  'host-credentials.expired': CREDENTIALS,
  'host-credentials.ends': [OVERVIEW_TYPES, source.RUN_LENGTH],
  'host-credentials.valid': [OVERVIEW_TYPES, source.RUN_LENGTH],
  'host-credentials.unknown': [source.ISSUE_234],
  'host-credentials.expected': [source.ISSUE_234],
  'cluster-credentials': CREDENTIALS,
  'cluster-credentials.expired': CREDENTIALS,
  'cluster-credentials.ends': [OVERVIEW_TYPES, source.RUN_LENGTH],
  'cluster-credentials.valid': [OVERVIEW_TYPES, source.RUN_LENGTH],
  'cluster-credentials.unknown': [source.ISSUE_234],
  'cluster-credentials.expected': [source.ISSUE_234],
  kms: KMS,
  'kms.expired': KMS,
  'kms.ends': KMS,
  'kms.valid': KMS,
  'kms.unknown': KMS,
  'kms.expected': [KNOWN_KMS_POD],
  'moc-version': [ISSUE_204],
  'moc-version.same': [ISSUE_204, source.SAME_BUILD],
  'moc-version.differs': [ISSUE_204, source.SAME_BUILD],
  'moc-version.unknown': [ISSUE_204],
  'moc-version.expected': [ISSUE_204, source.SAME_BUILD],
  module: MODULE,
  'module.one': MODULE,
  'module.several': MODULE,
  'module.unknown': MODULE,
  'module.expected': MODULE,
  'update-test': TEST,
  'update-test.passed': TEST,
  'update-test.failed': TEST,
  'update-test.deprecated': TEST,
  'update-test.unknown': TEST,
  'update-test.expected': TEST,
  room: [source.NEEDED_MEMORY, source.NEEDED_ADDRESSES, source.NEEDED_STORAGE],
  'room.unknown': [source.NEEDED_MEMORY, source.NEEDED_ADDRESSES, source.SPACE_UNKNOWN],
  'room.expected': [source.NEEDED_STORAGE, source.SPACE_UNKNOWN],
  'support-end.expected': [source.SYSTEM_NAME],
  'update-age': AGE,
  'update-age.current': AGE,
  'update-age.late': [UPDATE_RECOMMENDED, source.HOST_OVERVIEW, KNOWN_SIXTY_DAYS],
  'update-age.expired': [source.HOST_OVERVIEW, OVERVIEW_MOC_VALIDITY],
  'update-age.release': [UPDATE_RECOMMENDED, source.HOST_VERSION],
  'update-age.unknown': AGE,
  'update-age.expected': AGE,
} as const satisfies Record<string, Sources>;

export type UpdateFact = keyof typeof UPDATE_SOURCES;
type PreflightFact = keyof typeof PREFLIGHT_SOURCES;

export const UPDATE_FACTS = Object.keys(UPDATE_SOURCES) as readonly UpdateFact[];
export const PREFLIGHT_FACTS = Object.keys(PREFLIGHT_SOURCES) as readonly PreflightFact[];

/**
 * A statement of a plan: the text `update.<id>` with its values and sources. Instants among the values are shown as
 * dates.
 */
export function updateFact(id: UpdateFact, params?: Statement['params']): Statement {
  return statement(`update.${id}`, UPDATE_SOURCES[id], params);
}

/** A statement of a check: the text `preflight.<id>`. */
export function preflightFact(id: PreflightFact, params?: Statement['params']): Statement {
  return statement(`preflight.${id}`, PREFLIGHT_SOURCES[id], params);
}

function statement(text: string, citations: Sources, params: Statement['params']): Statement {
  return { text, params, citations };
}
