import type { Instant } from '../shared/instant.ts';
import type { CertificateRecord, IdentityFacts, TokenValidity } from '../pki/model/identity.ts';
import type { ProfileId } from '../pki/model/profile.ts';
import type { RotationStageId } from '../pki/model/rotation.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import type { SansTemplate, SubjectTemplate } from '../shared/certificates/certificate-template.ts';
import type { RefusalReason } from './actions/refusals.ts';

/*
 * A deployment at one instant, as plain data without keys; never changed in place. Instants are true time, except in
 * certificates and tokens, which follow the issuer's clock.
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

/** `entry` counts from 0. */
export interface RevokingEntry {
  revocation: string;
  entry: number;
}

/** The last failed try to get a new certificate. */
export interface Refusal {
  at: Instant;
  reason: RefusalReason;
  /** With `revoked` in the Kubernetes layer: the entry that matches the refused certificate. */
  by?: RevokingEntry;
}

/** The first certificate in a chain of renewals. Subject, SANs and usages stay the same. */
export interface OriginalCertificate {
  id: string;
  serialHex: string;
  notBefore: Instant;
  notAfter: Instant;
  issuer: string;
}

/** The present certificate of a slot. With its profile, it determines all its contents: `buildTemplate`. */
export interface CertificateState extends CertificateRecord {
  /** `<slot>.<issueNumber>` */
  id: string;
  /** Kept by renewed certificates. */
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
  /** Absent when `renewCount` is 0. */
  original?: OriginalCertificate;
  /** The entry in force now. */
  revokedBy?: RevokingEntry;
  expired?: true;
  /** The last refusal since issuance. */
  lastRefusal?: Refusal;
}

/** Only the dates of a token, which is made elsewhere. */
export interface TokenState extends TokenValidity {
  /** Counts from 1. */
  generation: number;
  expired?: true;
  /** The last failed rotation. */
  refusedAt?: Instant;
}

/** An identity and its only client. */
export interface IdentityState extends IdentityFacts {
  /** Absent on the host. */
  cluster?: string;
  /** Only for a node agent. */
  host?: string;
  token: TokenState;
  /** Whether login and renewal are refused. */
  revoked: boolean;
  /** A stalled client is not running. */
  client: PowerState;
  /** False for a client that could not log in at its start. */
  started: boolean;
  /** Ids of the CAs in its access file. */
  trusts: readonly string[];
  /** Id of its certificate. */
  certificate: string;
}

export interface NodeState {
  name: string;
  role: 'control-plane' | 'worker';
  ip: string;
  /** Its kubelet's client certificate has expired, and it could not be replaced. */
  lost?: true;
}

export type Renewer = 'renewal-controller' | 'kubelet';

export interface ClusterState {
  name: string;
  kind: 'management' | 'workload';
  nodes: readonly NodeState[];
  /** Machines created so far; names derive from it. */
  nodesMade: number;
  power: PowerState;
  /** Ahead of true time, in whole seconds. */
  clockOffsetMs: number;
  renewers: Record<Renewer, PowerState>;
  /** In force, by name. */
  revocations: readonly RenewRevocation[];
  lastUpdatedAt: Instant;
  /** Addresses of the API server. */
  endpoints: readonly string[];
  serviceIp: string;
  serviceDomain: string;
}

export interface HostNode {
  name: string;
  ip: string;
}

/** Differences between builds and habits. */
export interface DeploymentSettings {
  /** Validity for clients of the cloud agent: 90 days, 60 in builds before 1.0.10. */
  identityValidityMs: number;
  kubeconfigValidityMs: number;
  /** Clients that rotate their tokens. Source: Azure/aksArc issue 292; inferred which ones. */
  autoRotate: readonly ProfileId[];
  /** mocctl and kvactl renew their certificates only when used; absent: never used. */
  toolUseIntervalMs?: number;
  /** Whether any build rotates it is not public. */
  caRotatesItself: boolean;
  /** Older builds repair cloud credentials only while the API server responds (known issue, #127). */
  repairNeedsApiServer: boolean;
}

export interface DeploymentState {
  seed: string;
  now: Instant;
  lastUpdatedAt: Instant;
  settings: DeploymentSettings;
  hostPower: PowerState;
  /** Hosts and cloud agent: ahead of true time, in whole seconds. */
  hostClockOffsetMs: number;
  hosts: readonly HostNode[];
  cloudAgent: {
    fqdn: string;
    /** Rotation stage of its CA. */
    stage: RotationStageId;
    /** Ids of CAs whose clients it accepts, the oldest first. */
    trusted: readonly string[];
  };
  /** The management cluster comes first. */
  clusters: readonly ClusterState[];
  identities: readonly IdentityState[];
  /** By slot. */
  certificates: readonly CertificateState[];
  slotsMade: number;
}
