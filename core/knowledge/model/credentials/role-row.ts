import type { Statement } from '../../../shared/citation.ts';
import type { Layer } from '../../../shared/ids.ts';
import type { LifetimeClassId } from './lifetimes.ts';
import type { RepairStepId } from './repair-steps.ts';
import type { Remedy } from './roles-remedies.ts';
import type { Sources } from '../sources/sources.ts';

/** Message keys: `renewer.<id>`. */
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

/** Visible consequences, worst first (`impact.<id>`). `clock`: something is not valid yet, so no date is reliable. */
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

export type Usage = 'serverAuth' | 'clientAuth';

/** One kind of certificate or token, named `role.<id>`. `Id` is the name of another row. */
export interface RoleRow<Id extends string = string> {
  /** `null` for `unknown`, whose layer depends on the place where it was found. */
  layer: Layer | null;
  lifetimeClass: LifetimeClassId;

  renewedBy: RenewerId;
  renewal: Statement;
  /** Renewed only while in use, so an old credential is not a failure. */
  renewsInUse?: true;
  /** The hosts' own rotation renews the credential while it is valid; an expired one needs a separate repair. */
  rotatesWithHost?: true;
  /** For a root, the credential itself. */
  issuer?: Id;
  approver?: Id;
  /** The token with which the holder logs in to get this certificate. */
  token?: Id;
  revocable: boolean | null;
  revocation: Statement;
  /** Group in the impact of a revocation; default: `others`. The group of a kubelet depends on its node. */
  revocationGroup?: 'controlPlane' | 'admins';

  /** Sources for `role.<id>.breaks`: what stops working once the credential has expired. */
  breaks: Sources;
  impact: ImpactId;
  /** Expires in every healthy cluster without breaking anything. */
  endsUnnoticed?: true;
  /** Empty if no source names a remedy; the safest first if sources disagree. */
  remedies: readonly Remedy[];
  /** Repair steps in a workload cluster; empty if none is documented or an admin creates a new credential. */
  repair: readonly RepairStepId[];
  /**
   * The pre-flight check for the credential; `none` if updates do not need it. Default: the common check
   * `credentials`.
   */
  preflight?: 'moc-login' | 'kvactl-login' | 'management-kubeconfig' | 'kms' | 'none';

  /**
   * Distinguishes the holders of credentials with this role, so that a newer credential replaces the right one: by the
   * `subject` (a node, a MOC identity), the `sans` (an API server per node), or only the source `file` and entry.
   * `file` is the cautious choice: if holders share a subject, the renewal of one would hide the expiry of another.
   * `deployment`: the newest credential of a deployment replaces the others.
   */
  holder: 'subject' | 'sans' | 'file' | 'deployment';
  isNamedAfterNode?: true;
  /** Present in the folder of every control-plane node, and never in a folder copied for another program. */
  isOnlyOnNodes?: true;
  /**
   * Matches the path where the product keeps the credential, in lower case with slashes. Older files of the same holder
   * elsewhere are copies, such as that of etcd's client for Prometheus. Source: domain catalogue.
   */
  original?: RegExp;
  marksManagement?: true;

  /** Common names that only this role has. */
  commonNames?: readonly string[];
  /** File name under `/etc/kubernetes/pki`, without extension. */
  pkiFile?: string;
  /** The usage that a certificate must allow, or `authority`, before its common name or file is trusted. */
  usage?: Usage | 'authority';
  /** Matches the folder of the access file; paths are in lower case, with slashes. */
  accessFolder?: RegExp;
  /** In lower case. */
  clientType?: string;
  /** A fixed ending of the identity's lower-case name, which no cluster name can imitate. */
  nameEnding?: RegExp;
  /** A word in the identity's lower-case name; if a name has two such words, the one with the lower `order` decides. */
  nameWord?: { order: number; pattern: RegExp };
  /** Another file may reveal more about the credential. */
  isVague?: true;
  /** Recognised at most by the name of an admin's file, which is no proof that the platform uses the credential. */
  isOutsidePlatform?: true;
}
