import type { Instant } from '../shared/instant.ts';
import type { CertificateRecord, IdentityFacts, TokenValidity } from '../pki/model/identity.ts';
import type { ProfileId } from '../pki/model/profile.ts';
import type { RotationStageId } from '../pki/model/rotation.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import type { SansTemplate, SubjectTemplate } from '../shared/certificates/certificate-template.ts';
import type { RefusalReason } from './actions/refusals.ts';

/*
 * A deployment at one instant, as plain immutable data without keys. Instants are true time, except in certificates and
 * tokens, which follow the clock of the issuer.
 */

export interface PowerState {
  running: boolean;
  since: Instant;
}

export type Holder =
  | { kind: 'cloud-agent' }
  | { kind: 'cluster'; cluster: string }
  | { kind: 'node'; cluster: string; node: string }
  | { kind: 'identity'; identity: string }
  /** On an admin's workstation or on the host. */
  | { kind: 'workstation'; cluster: string };

/** `entry` is 0-based. */
export interface RevokingEntry {
  revocation: string;
  entry: number;
}

export interface Refusal {
  at: Instant;
  reason: RefusalReason;
  /** The entry that matches the refused certificate, if `reason` is `revoked` in the Kubernetes layer. */
  by?: RevokingEntry;
}

/** Determines, together with its profile, all contents of a certificate; see `buildTemplate`. */
export interface CertificateState extends CertificateRecord {
  /** `<slot>.<issueNumber>` */
  id: string;
  /** Unchanged by renewal. */
  slot: number;
  /** Counts from 1. */
  issueNumber: number;
  profile: ProfileId;
  holder: Holder;
  /** Absent on the host. */
  cluster?: string;
  subject: SubjectTemplate;
  sans: SansTemplate;
  issuedAt: Instant;
  /** For a root, its own id. */
  issuer: string;
  /** Absent if `renewCount` is 0. Renewals keep the subject, SANs and usages of the original. */
  original?: { id: string; serialHex: string; notBefore: Instant; notAfter: Instant; issuer: string };
  revokedBy?: RevokingEntry;
  expired?: true;
  lastRefusal?: Refusal;
}

export interface TokenState extends TokenValidity {
  /** Counts from 1. */
  generation: number;
  expired?: true;
  refusedAt?: Instant;
}

export interface IdentityState extends IdentityFacts {
  /** Absent on the host. */
  cluster?: string;
  /** Present for a node agent. */
  host?: string;
  token: TokenState;
  /** Whether login and renewal are refused. */
  revoked: boolean;
  /** Not running while the client is stalled. */
  client: PowerState;
  /** False if the client could not log in at startup. */
  started: boolean;
  /** Ids of the CAs in the client's access file. */
  trusts: readonly string[];
  certificate: string;
}

export interface NodeState {
  name: string;
  role: 'control-plane' | 'worker';
  ip: string;
  /** The client certificate of the node's kubelet has expired, and the node could not be replaced. */
  lost?: true;
}

export type Renewer = 'renewal-controller' | 'kubelet';

export interface ClusterState {
  name: string;
  kind: 'management' | 'workload';
  nodes: readonly NodeState[];
  /** Number of machines created so far, from which names are derived. */
  nodesMade: number;
  power: PowerState;
  /** Milliseconds ahead of true time, in whole seconds. */
  clockOffsetMs: number;
  renewers: Record<Renewer, PowerState>;
  /** Objects in force, by name. */
  revocations: readonly RenewRevocation[];
  endpoints: readonly string[];
}

export interface HostNode {
  name: string;
  ip: string;
}

/** Settings that depend on the build or on the habits of admins. */
export interface DeploymentSettings {
  /** Validity of client certificates of the cloud agent: 90 days, or 60 in builds before 1.0.10. */
  identityValidityMs: number;
  kubeconfigValidityMs: number;
  /** Clients that rotate their tokens. Source: Azure/aksArc issue 292; the list of clients is inferred. */
  autoRotate: readonly ProfileId[];
  /** Interval at which mocctl and kvactl are used and renew their certificates; absent for never. */
  toolUseIntervalMs?: number;
  /** It is not public whether any build rotates its CA automatically. */
  caRotatesItself: boolean;
  /**
   * Older builds repair cloud credentials only if the API server responds. Sources: known issues; Azure/aksArc issue
   * 127.
   */
  repairNeedsApiServer: boolean;
}

export interface DeploymentState {
  seed: string;
  now: Instant;
  settings: DeploymentSettings;
  hostPower: PowerState;
  /** Milliseconds ahead of true time, in whole seconds, for hosts and cloud agent. */
  hostClockOffsetMs: number;
  hosts: readonly HostNode[];
  cloudAgent: {
    fqdn: string;
    stage: RotationStageId;
    /** Ids of the CAs whose clients are accepted, oldest first. */
    trusted: readonly string[];
  };
  /** The management cluster comes first. */
  clusters: readonly ClusterState[];
  identities: readonly IdentityState[];
  /** By slot. */
  certificates: readonly CertificateState[];
  slotsMade: number;
}
