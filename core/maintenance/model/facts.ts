import type { Citation, Statement } from '../../shared/citation.ts';
import {
  AD_SSO,
  cited,
  DOC_CLUSTER_UPDATE,
  DOC_HOST_UPDATE,
  inferred,
  ISSUE_145,
  ISSUE_146,
  MOC_ACCESS_FILE,
  OVERVIEW_MOC_ROOT_VALIDITY,
  OVERVIEW_RENEWAL,
  OVERVIEW_TYPES,
} from '../../knowledge/model/sources/sources.ts';
import { reference } from '../../knowledge/model/sources/sources-repair.ts';

/*
 * Statements in the plan of maintenance windows, with their sources. The remedies document the effect of each cmdlet.
 */

/** Why a task is in the plan; `count` credentials cause it. */
export const WHY = {
  'rotate-ca': cited('maintenance.why.rotate-ca', OVERVIEW_MOC_ROOT_VALIDITY),
  host: cited('maintenance.why.rotate-host', OVERVIEW_TYPES),
  cloud: cited('maintenance.why.rotate-cloud', OVERVIEW_TYPES),
  'load-balancer': cited('maintenance.why.rotate-load-balancer', OVERVIEW_TYPES),
  kubelet: cited('maintenance.why.kubelet', OVERVIEW_RENEWAL),
  expired: cited('maintenance.why.expired', inferred('source.inferred.maintenance-repair')),
  'ad-auth': cited('maintenance.why.ad-auth', AD_SSO),
  credential: cited('maintenance.why.credential', OVERVIEW_RENEWAL),
  'management-kubeconfig': cited('maintenance.why.management-kubeconfig', OVERVIEW_RENEWAL),
  'by-hand': cited('maintenance.why.by-hand', inferred('source.inferred.maintenance-by-hand')),
  'host-update': cited('maintenance.why.host-update', OVERVIEW_TYPES),
  'cluster-update': cited('maintenance.why.cluster-update', OVERVIEW_TYPES),
} as const satisfies Record<string, Statement>;

/** Why a task is due again. */
export const AGAIN = {
  reset: cited('maintenance.again.reset', OVERVIEW_TYPES),
  'rotate-ca': cited('maintenance.again.rotate-ca', OVERVIEW_MOC_ROOT_VALIDITY),
  'ad-auth': cited('maintenance.again.ad-auth', AD_SSO),
  credential: cited('maintenance.again.credential', ISSUE_145),
  update: cited('maintenance.again.update', OVERVIEW_TYPES, inferred('source.inferred.release-date')),
} as const satisfies Record<string, Statement>;

/** The effect of cmdlets that are not remedies. */
export const HOW = {
  'host-update': cited('maintenance.how.host-update', DOC_HOST_UPDATE),
  'cluster-update': cited('maintenance.how.cluster-update', DOC_CLUSTER_UPDATE),
} as const satisfies Record<string, Statement>;

/** Nobody has stated the cluster's name for commands. */
export const ASK_NAME = cited('maintenance.ask-name', reference('Get-AksHciCluster'));

export const UPDATE_UNKNOWN = cited('maintenance.note.update-unknown', OVERVIEW_TYPES);
export const SUPPORT_ENDED = 'maintenance.note.support-ended';

/** Arcwarden estimates how long tasks take. */
export const ESTIMATED = cited('maintenance.note.estimated', inferred('source.inferred.maintenance-duration'));

/** The account that the scheduled task runs as. */
export const ACCOUNT = cited('maintenance.note.account', MOC_ACCESS_FILE, ISSUE_146);

const TASK_SCHEDULER: Citation = {
  certainty: 'documented',
  work: 'Microsoft, [MS-TSCH] Task Scheduler Service Remoting Protocol',
  place: '2.5 XML Task Definition Format',
};
/** Sources for the Task Scheduler files. */
export const SCHEDULED = cited('maintenance.note.scheduled', TASK_SCHEDULER);
const CLUSTERED_TASK: Citation = { certainty: 'documented', work: 'Microsoft Learn, Register-ClusteredScheduledTask' };
export const CLUSTERED = cited('maintenance.note.clustered', CLUSTERED_TASK);
