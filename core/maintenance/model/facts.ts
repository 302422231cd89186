import type { Citation, Statement } from '../../shared/citation.ts';
import {
  AD_SSO,
  citeText,
  DOC_CLUSTER_UPDATE,
  DOC_HOST_UPDATE,
  inference,
  ISSUE_145,
  ISSUE_146,
  MOC_ACCESS_FILE,
  OVERVIEW_MOC_ROOT_VALIDITY,
  OVERVIEW_RENEWAL,
  OVERVIEW_TYPES,
} from '../../knowledge/model/sources/sources.ts';
import { reference } from '../../knowledge/model/sources/sources-repair.ts';

/* The effects of other cmdlets are documented with the remedies. */

/** `count` is the number of credentials that require the task. */
export const WHY = {
  'rotate-ca': citeText('maintenance.why.rotate-ca', OVERVIEW_MOC_ROOT_VALIDITY),
  host: citeText('maintenance.why.rotate-host', OVERVIEW_TYPES),
  cloud: citeText('maintenance.why.rotate-cloud', OVERVIEW_TYPES),
  'load-balancer': citeText('maintenance.why.rotate-load-balancer', OVERVIEW_TYPES),
  kubelet: citeText('maintenance.why.kubelet', OVERVIEW_RENEWAL),
  expired: citeText('maintenance.why.expired', inference('maintenance-repair')),
  'ad-auth': citeText('maintenance.why.ad-auth', AD_SSO),
  credential: citeText('maintenance.why.credential', OVERVIEW_RENEWAL),
  'management-kubeconfig': citeText('maintenance.why.management-kubeconfig', OVERVIEW_RENEWAL),
  'by-hand': citeText('maintenance.why.by-hand', inference('maintenance-by-hand')),
  'host-update': citeText('maintenance.why.host-update', OVERVIEW_TYPES),
  'cluster-update': citeText('maintenance.why.cluster-update', OVERVIEW_TYPES),
} as const satisfies Record<string, Statement>;

export const AGAIN = {
  reset: citeText('maintenance.again.reset', OVERVIEW_TYPES),
  'rotate-ca': citeText('maintenance.again.rotate-ca', OVERVIEW_MOC_ROOT_VALIDITY),
  'ad-auth': citeText('maintenance.again.ad-auth', AD_SSO),
  credential: citeText('maintenance.again.credential', ISSUE_145),
  update: citeText('maintenance.again.update', OVERVIEW_TYPES, inference('release-date')),
} as const satisfies Record<string, Statement>;

export const HOW = {
  'host-update': citeText('maintenance.how.host-update', DOC_HOST_UPDATE),
  'cluster-update': citeText('maintenance.how.cluster-update', DOC_CLUSTER_UPDATE),
} as const satisfies Record<string, Statement>;

/** Asked if the cluster's name in commands is unknown. */
export const ASK_NAME = citeText('maintenance.ask-name', reference('Get-AksHciCluster'));

export const UPDATE_INFERRED = citeText('maintenance.note.update-inferred', OVERVIEW_TYPES);

export const UPDATE_UNKNOWN = citeText('maintenance.note.update-unknown', OVERVIEW_TYPES);

export const ESTIMATED = citeText('maintenance.note.estimated', inference('maintenance-duration'));

export const ACCOUNT = citeText('maintenance.note.account', MOC_ACCESS_FILE, ISSUE_146);

const TASK_SCHEDULER: Citation = {
  certainty: 'documented',
  work: 'Microsoft, [MS-TSCH] Task Scheduler Service Remoting Protocol',
  place: '2.5 XML Task Definition Format',
};
export const SCHEDULED = citeText('maintenance.note.scheduled', TASK_SCHEDULER);
const CLUSTERED_TASK: Citation = { certainty: 'documented', work: 'Microsoft Learn, Register-ClusteredScheduledTask' };
export const CLUSTERED = citeText('maintenance.note.clustered', CLUSTERED_TASK);
