import { instantFromMs, epochMs, SECOND_MS, type Instant } from '../shared/instant.ts';
import type { ClientType } from '../pki/model/identity.ts';
import type { Profile, ProfileId } from '../pki/model/profile.ts';
import type { RenewalRule } from '../pki/model/profile-row.ts';
import type { RotationStageId } from '../pki/model/rotation.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import type { RevocationIndex } from '../shared/renew-revocation/match.ts';
import type { SansTemplate, SubjectTemplate } from '../shared/certificates/certificate-template.ts';
import type { DueQueue } from './due-queue.ts';
import type { EventKind, SimulationEvent } from './events.ts';
import type { Words } from './random.ts';
import type { RefusalReason } from './actions/refusals.ts';
import type {
  CertificateState,
  ClusterState,
  DeploymentState,
  Holder,
  IdentityState,
  NodeState,
  Renewer,
  RevokingEntry,
} from './state.ts';

/*
 * A deployment during simulation: objects that refer to each other and change in place, between open.ts and close.ts.
 * Times are in seconds since 1970.
 */

interface SimulationClock {
  /** Seconds ahead of true time. */
  offset: number;
}

export interface RunningWork {
  running: boolean;
  since: number;
}

/**
 * A slot with its current certificate. The fields that each renewal reads come first, because thousands are processed.
 */
export interface CertificateSlot {
  /** True time of the next event. */
  next: number;
  /** The first second after `notAfter`. */
  end: number;
  /** Remaining lifetime at which renewal is due. */
  readonly left: number;
  issuedAt: number;
  /** Time between two attempts. */
  readonly retry: number;
  /** The time since which the holder has been running, as of the last `schedule`; `Infinity` if the renewer is not running. */
  runsSince: number;
  readonly renewedBy: RenewalRule['by'];
  /** The issuer's clock. */
  readonly judge: SimulationClock;
  /** The holder's clock. */
  readonly own: SimulationClock;
  readonly cluster: MutableCluster | undefined;
  identity: IdentityWork | undefined;
  expired: boolean;
  removed: boolean;
  refusal: { at: number; reason: RefusalReason; by: RevokingEntry | undefined } | undefined;
  revokedBy: RevokingEntry | undefined;
  original: OriginalWork | undefined;
  issuer: CertificateSlot | undefined;
  issueNumber: number;
  renewCount: number;
  notBefore: number;
  readonly backdating: number;
  readonly validity: number;
  record: CertificateState | undefined;
  readonly profile: Profile;
  readonly node: Node | undefined;
  /** Index in `slots`. */
  readonly place: number;
  readonly number: number;
  /** Serial number of a certificate that was read from a file. */
  read: { issueNumber: number; serialHex: string } | undefined;
  readonly holder: Holder;
  subject: SubjectTemplate;
  sans: SansTemplate;
}

interface OriginalWork {
  issueNumber: number;
  /** Absent if it is derived from slot and number. */
  serialHex: string | undefined;
  notBefore: number;
  end: number;
  issuer: CertificateSlot;
}

/** Times are by the clock of the cloud agent. */
export interface TokenWork {
  /** Remaining seconds at which rotation is due. Each token lives as long as the previous one. */
  readonly left: number;
  readonly retry: number;
  issuedAt: number;
  expiresAt: number;
  generation: number;
  expired: boolean;
  refusedAt: number | undefined;
}

export interface IdentityWork {
  readonly name: string;
  readonly profile: Profile;
  readonly clientType: ClientType;
  readonly cluster: MutableCluster | undefined;
  readonly host: string | undefined;
  readonly token: TokenWork;
  readonly autoRotate: boolean;
  revoked: boolean;
  readonly client: RunningWork;
  started: boolean;
  trusts: readonly CertificateSlot[];
  readonly slot: CertificateSlot;
  /** Cached until anything but the certificate's id changes. */
  state: IdentityState | undefined;
}

export interface Node {
  readonly state: NodeState;
  readonly slots: CertificateSlot[];
  readonly serving: CertificateSlot[];
  lost: boolean;
}

export interface MutableCluster {
  readonly index: number;
  readonly state: ClusterState;
  readonly clock: SimulationClock;
  readonly power: RunningWork;
  readonly renewers: Record<Renewer, RunningWork>;
  nodes: Node[];
  nodesMade: number;
  revocations: readonly RenewRevocation[];
  revocationIndex: RevocationIndex | undefined;
  /** During a run, an API server responds and all CAs are valid until this time. */
  calmUntil: number;
  /** During a terse run, every renewal succeeds until this time; 0 if unknown. */
  steadyUntil: number;
  readonly authorities: Map<ProfileId, CertificateSlot>;
  readonly identities: Map<ProfileId, IdentityWork>;
  kubeconfig: CertificateSlot | undefined;
}

export interface MutableState {
  readonly state: DeploymentState;
  readonly key: Words;
  /** True time. */
  now: number;
  readonly hostPower: RunningWork;
  readonly hostClock: SimulationClock;
  readonly clusters: MutableCluster[];
  readonly clusterByName: Map<string, MutableCluster>;
  readonly identities: IdentityWork[];
  readonly slots: CertificateSlot[];
  slotsMade: number;
  readonly agent: { stage: RotationStageId; trusted: CertificateSlot[]; server: CertificateSlot | undefined };
  queue: DueQueue | undefined;
  until: number;
  readonly events: SimulationEvent[] | undefined;
  /** Whether repeated renewals and refusals are counted but not reported. */
  readonly isTerse: boolean;
  readonly counts: Record<EventKind, number>;
}

/** Returns whole seconds since 1970, the simulation's unit of time. */
export function secondFromInstant(moment: Instant): number {
  return epochMs(moment) / SECOND_MS;
}

export function instantFromSecond(second: number): Instant {
  return instantFromMs(second * SECOND_MS);
}

export function seconds(ms: number): number {
  return Math.round(ms / SECOND_MS);
}
