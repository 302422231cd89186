import {
  citeText,
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
  type Sources,
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

const SIDES = {
  'tls-internal-error': [[ISSUE_237], [KNOWN_TLS_INTERNAL_ERROR]],
  'not-updated-90-days': [
    [UPDATE_TABLE, ISSUE_292],
    [OVERVIEW_MOC_VALIDITY, DOC_UPDATE_CADENCE],
  ],
  'moc-validity': [
    [OVERVIEW_MOC_VALIDITY, ISSUE_232],
    [ISSUE_127, ISSUE_146, ISSUE_168, KNOWN_SIXTY_DAYS],
  ],
  'off-under-30-days': [[SHUTDOWN_TABLE], [KNOWN_EXPIRED_CONTROL_PLANE, ISSUE_233]],
  'patch-load-balancer': [[UPDATE_COMMANDS], [reference('Update-AksHciClusterCertificates')]],
  'required-true': [[DOC_UPDATE_CLUSTER_CERTIFICATES], [reference('Update-AksHciClusterCertificates')]],
  'etcd-server-issuer': [[OVERVIEW_ETCD], [KUBEADM_ETCD]],
  'not-before-sample': [[OVERVIEW_REVOCATION], [OVERVIEW_REVOCATION]],
  'not-before-reason': [[DOC_RECOVERY_REASON], [OVERVIEW_REVOCATION]],
  'kind-spelling': [[OVERVIEW_REVOCATION], [OVERVIEW_REVOCATION]],
  'update-cadence': [[UPDATE_RECOMMENDED], [DOC_UPDATE_CADENCE]],
  'kms-on-workload': [[KNOWN_KMS_POD], [KNOWN_API_SERVER_DOWN]],
  'kvactl-path': [[ISSUE_146], [KNOWN_KVACTL, DOC_KVACTL_FILE]],
  'container-tool': [[KNOWN_STUCK_NODE], [KNOWN_KMS_ROTATION]],
  'broken-commands': [
    [reference('Update-AksHciClusterCertificates')],
    [KNOWN_EXPIRED_CONTROL_PLANE, KNOWN_KMS_POD, UPDATE_COMMANDS],
  ],
  'update-cluster-sets': [[reference('Update-AksHciCluster')], [WAC_EXTENSION]],
  'config-path': [[WAC_EXTENSION], [CREDENTIAL_TRANSCRIPT, CONTAINERS_EXTENSION]],
  'access-file-folder': [
    [DOC_KVACTL_FILE, MOC_ACCESS_FILE],
    [ACCESS_FILE_FOLDER, CONFIG_PRINT],
  ],
  'cloud-agent-role': [[CLEANUP_SCRIPT], [CONFIG_PRINT]],
} as const satisfies Record<string, readonly [Sources, Sources]>;
export type ContradictionId = keyof typeof SIDES;
export const CONTRADICTION_IDS = Object.keys(SIDES) as readonly ContradictionId[];

export const CONTRADICTIONS = CONTRADICTION_IDS.map((id) => {
  const [a, b]: readonly [Sources, Sources] = SIDES[id];
  const text = `contradiction.${id}`;
  const sides = [citeText(`${text}.a`, ...a), citeText(`${text}.b`, ...b)] as const;
  return { id, text, advice: `${text}.advice`, sides };
});
