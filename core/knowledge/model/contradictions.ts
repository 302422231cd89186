import type { Citation, Statement } from '../../shared/citation.ts';
import {
  cited,
  DOC_KVACTL_FILE,
  DOC_UPDATE_CLUSTER_CERTIFICATES,
  ISSUE_127,
  ISSUE_146,
  ISSUE_168,
  ISSUE_237,
  ISSUE_292,
  KNOWN_EXPIRED_CONTROL_PLANE,
  KNOWN_KMS_POD,
  KNOWN_KMS_ROTATION,
  KNOWN_KVACTL,
  KNOWN_TLS_INTERNAL_ERROR,
  KUBEADM_ETCD,
  MOC_ACCESS_FILE,
  OVERVIEW_ETCD,
  OVERVIEW_MOC_VALIDITY,
  OVERVIEW_REVOCATION,
  UPDATE_COMMANDS,
  UPDATE_RECOMMENDED,
} from './sources/sources.ts';
import {
  ACCESS_FILE_FOLDER,
  CLEANUP_SCRIPT,
  CONFIG_PRINT,
  CONTAINERS_EXTENSION,
  CREDENTIAL_TRANSCRIPT,
  DOC_RECOVERY_REASON,
  DOC_UPDATE_CADENCE,
  ISSUE_232,
  ISSUE_233,
  KNOWN_API_SERVER_DOWN,
  KNOWN_SIXTY_DAYS,
  KNOWN_STUCK_NODE,
  reference,
  SHUTDOWN_TABLE,
  UPDATE_TABLE,
  WAC_EXTENSION,
} from './sources/sources-repair.ts';

/* Disagreements between sources: both sides, and what Arcwarden does about each. */

export const CONTRADICTION_IDS = [
  'tls-internal-error',
  'not-updated-90-days',
  'moc-validity',
  'off-under-30-days',
  'patch-load-balancer',
  'required-true',
  'etcd-server-issuer',
  'not-before-sample',
  'not-before-reason',
  'kind-spelling',
  'update-cadence',
  'kms-on-workload',
  'kvactl-path',
  'container-tool',
  'broken-commands',
  'update-cluster-sets',
  'config-path',
  'access-file-folder',
  'cloud-agent-role',
] as const;
export type ContradictionId = (typeof CONTRADICTION_IDS)[number];

export interface Contradiction {
  id: ContradictionId;
  /** The subject: `contradiction.<id>`. */
  text: string;
  /** `contradiction.<id>.a` and `.b`. */
  sides: readonly [Statement, Statement];
  /** What to do: `contradiction.<id>.advice`. */
  advice: string;
}

type Sources = readonly [Citation, ...Citation[]];

function contradiction(id: ContradictionId, a: Sources, b: Sources): Contradiction {
  const text = `contradiction.${id}`;
  return { id, text, advice: `${text}.advice`, sides: [cited(`${text}.a`, ...a), cited(`${text}.b`, ...b)] };
}

export const CONTRADICTIONS: readonly Contradiction[] = [
  contradiction('tls-internal-error', [ISSUE_237], [KNOWN_TLS_INTERNAL_ERROR]),
  contradiction('not-updated-90-days', [UPDATE_TABLE, ISSUE_292], [OVERVIEW_MOC_VALIDITY, DOC_UPDATE_CADENCE]),
  contradiction(
    'moc-validity',
    [OVERVIEW_MOC_VALIDITY, ISSUE_232],
    [ISSUE_127, ISSUE_146, ISSUE_168, KNOWN_SIXTY_DAYS],
  ),
  contradiction('off-under-30-days', [SHUTDOWN_TABLE], [KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233]),
  contradiction('patch-load-balancer', [UPDATE_COMMANDS], [reference('Update-AksHciClusterCertificates')]),
  contradiction('required-true', [DOC_UPDATE_CLUSTER_CERTIFICATES], [reference('Update-AksHciClusterCertificates')]),
  contradiction('etcd-server-issuer', [OVERVIEW_ETCD], [KUBEADM_ETCD]),
  contradiction('not-before-sample', [OVERVIEW_REVOCATION], [OVERVIEW_REVOCATION]),
  contradiction('not-before-reason', [DOC_RECOVERY_REASON], [OVERVIEW_REVOCATION]),
  contradiction('kind-spelling', [OVERVIEW_REVOCATION], [OVERVIEW_REVOCATION]),
  contradiction('update-cadence', [UPDATE_RECOMMENDED], [DOC_UPDATE_CADENCE]),
  contradiction('kms-on-workload', [KNOWN_KMS_POD], [KNOWN_API_SERVER_DOWN]),
  contradiction('kvactl-path', [ISSUE_146], [KNOWN_KVACTL, DOC_KVACTL_FILE]),
  contradiction('container-tool', [KNOWN_STUCK_NODE], [KNOWN_KMS_ROTATION]),
  contradiction(
    'broken-commands',
    [reference('Update-AksHciClusterCertificates')],
    [KNOWN_EXPIRED_CONTROL_PLANE, KNOWN_KMS_POD, UPDATE_COMMANDS],
  ),
  contradiction('update-cluster-sets', [reference('Update-AksHciCluster')], [WAC_EXTENSION]),
  contradiction('config-path', [WAC_EXTENSION], [CREDENTIAL_TRANSCRIPT, CONTAINERS_EXTENSION]),
  contradiction('access-file-folder', [DOC_KVACTL_FILE, MOC_ACCESS_FILE], [ACCESS_FILE_FOLDER, CONFIG_PRINT]),
  contradiction('cloud-agent-role', [CLEANUP_SCRIPT], [CONFIG_PRINT]),
];
