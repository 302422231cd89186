import type { Instant } from '../shared/instant.ts';
import type { CertificateRecord, IdentityFacts, TokenValidity } from '../pki/model/identity.ts';
import type { ProfileId } from '../pki/model/profile.ts';
import type { RotationStageId } from '../pki/model/rotation.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import type { SansTemplate, SubjectTemplate } from '../shared/certificates/certificate-template.ts';
import type { RefusalReason } from './actions/refusals.ts';

/*
 * A deployment at one instant, as plain data without keys; never changed in place. Instants are true time, except in
 * certificates and tokens, which go by the issuer's clock.
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
  /** With `revoked` in the Kubernetes layer: matches the certificate that would have been issued. */
  by?: RevokingEntry;
}

/** The first one of a chain of renewals. Subject, SANs and usages are the same. */
export interface OriginalCertificate {
  id: string;
  serialHex: string;
  notBefore: Instant;
  notAfter: Instant;
  issuer: string;
}

/** The present certificate of a slot. With its profile, everything that it contains: `buildTemplate`. */
export interface CertificateState extends CertificateRecord {
  /** `<slot>.<issueNumber>` */
  id: string;
  /** Passes on to renewed certificates. */
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
  /** Its own id for a root. */
  issuer: string;
  /** Absent when `renewCount` is 0. */
  original?: OriginalCertificate;
  /** In force now. */
  revokedBy?: RevokingEntry;
  expired?: true;
  /** Since it was issued. */
  lastRefusal?: Refusal;
}

/** Only its dates; the token is made elsewhere. */
export interface TokenState extends TokenValidity {
  /** Counts from 1. */
  generation: number;
  expired?: true;
  /** The last failed rotation. */
  refusedAt?: Instant;
}

/** An identity and its one client. */
export interface IdentityState extends IdentityFacts {
  /** Absent on the host. */
  cluster?: string;
  /** The host of a node agent. */
  host?: string;
  token: TokenState;
  /** No login or renewal is possible any more. */
  revoked: boolean;
  /** Stopped when stalled. */
  client: PowerState;
  /** False for a client that could not log in when it started. */
  started: boolean;
  /** Ids of the CAs in its access file. */
  trusts: readonly string[];
  /** An id. */
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
  /** Machines so far; names derive from it. */
  nodesMade: number;
  power: PowerState;
  /** Whole seconds ahead of true time. */
  clockOffsetMs: number;
  renewers: Record<Renewer, PowerState>;
  /** In force, by name. */
  revocations: readonly RenewRevocation[];
  lastUpdatedAt: Instant;
  /** Reach the API server. */
  endpoints: readonly string[];
  serviceIp: string;
  serviceDomain: string;
}

export interface HostNode {
  name: string;
  ip: string;
}

/** Differs between builds and habits. */
export interface DeploymentSettings {
  /** For clients of the cloud agent: 90 days, 60 in builds before 1.0.10. */
  identityValidityMs: number;
  kubeconfigValidityMs: number;
  /** Clients that rotate their tokens. Source: Azure/aksArc issue 292; inferred which ones. */
  autoRotate: readonly ProfileId[];
  /** mocctl and kvactl renew their certificates only when used; absent: never. */
  toolUseIntervalMs?: number;
  /** Whether any build does so is not public. */
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
  /** Hosts and cloud agent: whole seconds ahead of true time. */
  hostClockOffsetMs: number;
  hosts: readonly HostNode[];
  cloudAgent: {
    fqdn: string;
    /** Rotation of its CA. */
    stage: RotationStageId;
    /** Ids of CAs whose clients it accepts, oldest first. */
    trusted: readonly string[];
  };
  /** The management cluster first. */
  clusters: readonly ClusterState[];
  identities: readonly IdentityState[];
  /** By slot. */
  certificates: readonly CertificateState[];
  slotsMade: number;
}
