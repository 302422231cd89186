import type { Instant } from '../shared/instant.ts';
import type { CertificateRecord, IdentityFacts, TokenValidity } from '../pki/model/identity.ts';
import type { ProfileId } from '../pki/model/profile.ts';
import type { RotationStageId } from '../pki/model/rotation.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import type { SansTemplate, SubjectTemplate } from '../shared/certificates/certificate-template.ts';
import type { RefusalReason } from './actions/refusals.ts';

/*
 * A deployment at one instant, as plain data without keys: what exists, and what each certificate contains. Nothing
 * here is changed in place; `advance` and `perform` return a new state. Instants are true time, except for what
 * certificates and tokens state about themselves: that is by the issuer's clock.
 */

/** Whether something runs, and since when it has or has not been running. */
export interface PowerState {
  running: boolean;
  since: Instant;
}

/** The holder of a certificate and its key. */
export type Holder =
  | { kind: 'cloud-agent' }
  | { kind: 'cluster'; cluster: string }
  | { kind: 'node'; cluster: string; node: string }
  | { kind: 'identity'; identity: string }
  /** The kubeconfig of a cluster on an admin's workstation or on the host. */
  | { kind: 'workstation'; cluster: string };

/** The entry of a RenewRevocation object that matches a certificate; `entry` counts from 0. */
export interface RevokingEntry {
  revocation: string;
  entry: number;
}

/** Why the last attempt to get a new certificate failed. */
export interface Refusal {
  at: Instant;
  reason: RefusalReason;
  /** With `revoked` in the Kubernetes layer: what matches the certificate that would have been issued. */
  by?: RevokingEntry;
}

/** What was issued first, for the renewed certificates that descend from it. Subject, SANs and usages are the same. */
export interface OriginalCertificate {
  id: string;
  serialHex: string;
  notBefore: Instant;
  notAfter: Instant;
  issuer: string;
}

/** The certificate currently in a slot. Together with its profile this is everything that it contains: `buildTemplate`. */
export interface CertificateState extends CertificateRecord {
  /** Unique to this certificate: `<slot>.<issueNumber>`. */
  id: string;
  /** The place that a renewed certificate takes over from the previous one. */
  slot: number;
  /** Counts from 1. */
  issueNumber: number;
  profile: ProfileId;
  holder: Holder;
  /** Absent for what belongs to the host. */
  cluster?: string;
  subject: SubjectTemplate;
  sans: SansTemplate;
  issuedAt: Instant;
  /** Id of the CA's certificate; its own for a root. */
  issuer: string;
  /** Absent when `renewCount` is 0. */
  original?: OriginalCertificate;
  /** In force now. */
  revokedBy?: RevokingEntry;
  expired?: true;
  /** Since it was issued. */
  lastRefusal?: Refusal;
}

/** What a client of the cloud agent presents at login. Only its dates; a token itself is made elsewhere. */
export interface TokenState extends TokenValidity {
  /** Counts from 1. */
  generation: number;
  expired?: true;
  /** When it last failed to rotate itself. */
  refusedAt?: Instant;
}

/** An identity of the cloud agent and the one client that uses it. */
export interface IdentityState extends IdentityFacts {
  /** Where the client runs; absent on the host. */
  cluster?: string;
  /** For a node agent: its host. */
  host?: string;
  token: TokenState;
  /** Set at the cloud agent: neither login nor renewal is possible any more. */
  revoked: boolean;
  /** Stopped when somebody stalled it. */
  client: PowerState;
  /** False for a client that must log in when it starts and could not. */
  started: boolean;
  /** Ids of the CA certificates in its access file. */
  trusts: readonly string[];
  /** Id of its certificate. */
  certificate: string;
}

export interface NodeState {
  name: string;
  role: 'control-plane' | 'worker';
  ip: string;
  /** The kubelet's client certificate has expired and the node could not be replaced. */
  lost?: true;
}

export type Renewer = 'renewal-controller' | 'kubelet';

export interface ClusterState {
  name: string;
  kind: 'management' | 'workload';
  nodes: readonly NodeState[];
  /** Machines made so far; names are derived from it. */
  nodesMade: number;
  power: PowerState;
  /** How far its clocks are ahead of true time; whole seconds. */
  clockOffsetMs: number;
  renewers: Record<Renewer, PowerState>;
  /** In force, by name. */
  revocations: readonly RenewRevocation[];
  lastUpdatedAt: Instant;
  /** Addresses and names of the API server. */
  endpoints: readonly string[];
  serviceIp: string;
  serviceDomain: string;
}

export interface HostNode {
  name: string;
  ip: string;
}

/** What differs between builds and usage habits. */
export interface DeploymentSettings {
  /** For certificates and tokens of the cloud agent's clients: 90 days, 60 in builds before 1.0.10. */
  identityValidityMs: number;
  kubeconfigValidityMs: number;
  /** Clients whose tokens rotate by themselves. Source: Azure/aksArc issue 292; which ones is inferred. */
  autoRotate: readonly ProfileId[];
  /**
   * How often somebody uses mocctl and kvactl, which renew their certificates only when used; absent: never by itself.
   */
  toolUseIntervalMs?: number;
  /** Whether the cloud agent begins to rotate its CA by itself; whether any build does so is not public. */
  caRotatesItself: boolean;
  /** Older builds repair a cluster's cloud credentials only while its API server responds (known issue, #127). */
  repairNeedsApiServer: boolean;
}

export interface DeploymentState {
  seed: string;
  now: Instant;
  lastUpdatedAt: Instant;
  settings: DeploymentSettings;
  hostPower: PowerState;
  /** How far the clocks of the hosts, and therefore of the cloud agent, are ahead of true time; whole seconds. */
  hostClockOffsetMs: number;
  hosts: readonly HostNode[];
  cloudAgent: {
    fqdn: string;
    /** How far a rotation of its CA has come. */
    stage: RotationStageId;
    /** Ids of the CA certificates whose client certificates it accepts, oldest first. */
    trusted: readonly string[];
  };
  /** The management cluster first. */
  clusters: readonly ClusterState[];
  identities: readonly IdentityState[];
  /** By slot. */
  certificates: readonly CertificateState[];
  slotsMade: number;
}
