import type { Citation, Statement } from '../../../shared/citation.ts';
import type { Layer } from '../../../shared/ids.ts';
import type { LifetimeClassId } from './lifetimes.ts';
import type { RepairStepId } from './repair-steps.ts';
import type { Remedy } from './roles-remedies.ts';

/** Who renews: a stable word for JSON and filters. Texts are `renewer.<id>`. */
export const RENEWER_IDS = [
  'nobody',
  'renewal-controller',
  'kubelet',
  'client-itself',
  'cloud-agent',
  'node-agent',
  'host-update',
  'cluster-update',
  'admin',
  'unknown',
] as const;
export type RenewerId = (typeof RENEWER_IDS)[number];

/**
 * Consequences that people notice, the worst first; texts: `impact.<id>`. `clock`: something is not valid yet, so that
 * no date is reliable.
 */
export const IMPACT_IDS = [
  'clock',
  'cluster',
  'cloud-agent',
  'node-agent',
  'cmdlets',
  'management',
  'api-server',
  'control-plane',
  'nodes',
  'secrets',
  'platform-services',
  'load-balancer',
  'logs',
  'aggregated-apis',
  'sign-in',
  'kubectl',
  'image-pulls',
  'pods',
  'unknown',
] as const;
export type ImpactId = (typeof IMPACT_IDS)[number];

/** A purpose that the extended key usage of a certificate must allow. */
export type Usage = 'serverAuth' | 'clientAuth';

/**
 * Everything known about one kind of certificate or token, named `role.<id>`: every table of roles follows from these
 * rows. `Id` names another row.
 */
export interface RoleRow<Id extends string = string> {
  /** `null` for `unknown`, whose layer depends on where it was found. */
  layer: Layer | null;
  lifetimeClass: LifetimeClassId;

  // Renewal and revocation
  renewedBy: RenewerId;
  renewal: Statement;
  /** Renewed only while it is in use, so an old one is not a failure. */
  renewsInUse?: true;
  /** The hosts' own rotation renews it while it is valid; once expired it requires a repair of its own. */
  rotatesWithHost?: true;
  /** The authority that signs it; itself for a root. */
  issuer?: Id;
  /** The token of the approver of requests for it. */
  approver?: Id;
  /** The token by which its holder logs in to get this certificate. */
  token?: Id;
  /** `null` when unknown. */
  revocable: boolean | null;
  /** `RenewRevocation` for the Kubernetes layer, `identity` for a MOC identity. */
  revokedBy?: 'RenewRevocation' | 'identity';
  revocation: Statement;
  /** Its group in the impact of a revocation: `others` where absent; that of a kubelet depends on its node. */
  revocationGroup?: 'controlPlane' | 'admins';

  // Expiry
  /** Sources for what stops working once it has expired, `role.<id>.breaks`. */
  breaks: readonly [Citation, ...Citation[]];
  /** The consequence that people notice then. */
  impact: ImpactId;
  /** It expires in every healthy cluster and breaks nothing. */
  endsUnnoticed?: true;
  /** Empty when no source names one. More than one where sources disagree: the first is the safer to try. */
  remedies: readonly Remedy[];
  /** The steps that restore it in a workload cluster; empty where none is documented, or an admin makes a new one. */
  repair: readonly RepairStepId[];
  /**
   * The pre-flight check that covers it, `none` where updates do not need it. Absent: the check of all other
   * credentials.
   */
  preflight?: 'moc-login' | 'kvactl-login' | 'management-kubeconfig' | 'kms' | 'none';

  // Place
  /**
   * Distinguishes the holders of credentials with this role, so that a newer credential replaces the right one: by the
   * `subject` (a node, a MOC identity), the `sans` (an API server per node), or only the `file` and entry it was read
   * from. `file` is the cautious choice: where holders share a subject, the renewal of one would hide the expiry of
   * another.
   */
  holder: 'subject' | 'sans' | 'file';
  /** Its subject is the name of the node. */
  isNamedAfterNode?: true;
  /** Every control-plane node has it in its folder; a folder copied for another program never has it. */
  isOnlyOnNodes?: true;
  /** Admins give it to other programs, such as etcd’s to Prometheus. */
  isCopied?: true;
  /** A cluster that has one is a management cluster, whatever its name. */
  marksManagement?: true;

  // Recognition
  /** Common names that belong to it alone. */
  commonNames?: readonly string[];
  /** Its file under `/etc/kubernetes/pki`, without extension. */
  pkiFile?: string;
  /** A certificate must be or allow this before its common name or file is trusted. */
  usage?: Usage | 'authority';
  /** The folder of its access file; paths are in lower case, with slashes. */
  accessFolder?: RegExp;
  /** The type of client in the login file of the identity, in lower case. */
  clientType?: string;
  /** A fixed ending of the identity's lower-case name, which no cluster's name can imitate. */
  nameEnding?: RegExp;
  /** A word in the identity's lower-case name; of two in one name the one that comes first in `order` decides. */
  nameWord?: { order: number; pattern: RegExp };
  /** Another file may say more about it. */
  isVague?: true;
  /** At most an admin's file name says what it is, which is no evidence that it concerns the platform. */
  isOutsidePlatform?: true;
}
