import type { ClientType } from '../pki/model/identity.ts';
import type { Profile, ProfileId, RenewalRule } from '../pki/model/profile.ts';
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
 * A deployment while it is processed: objects that refer to each other and are changed in place, instants as whole
 * seconds since 1970. Made by `opened` from a state and turned into the next one by `closed`; nobody else sees it.
 */

/** One for the host and one for each cluster. */
export interface SimulationClock {
  /** Seconds ahead of true time. */
  offset: number;
}

export interface RunningWork {
  running: boolean;
  since: number;
}

/**
 * A place for a certificate, with the one currently in it. What each renewal examines comes first: thousands of these
 * are processed in chronological order.
 */
export interface CertificateSlot {
  /** True time of what comes next here. */
  next: number;
  /** The first second after `notAfter`. */
  end: number;
  /** The remaining lifetime at which renewal of a certificate here is due. */
  readonly left: number;
  issuedAt: number;
  /** Time between two attempts. */
  readonly retry: number;
  /**
   * Since when the renewer of this place has been running; `Infinity` while it is not. As determined by the last
   * `schedule`.
   */
  runsSince: number;
  readonly renewedBy: RenewalRule['by'];
  /** The clock of whoever issues and accepts it. */
  readonly judge: SimulationClock;
  /** The holder's clock. */
  readonly own: SimulationClock;
  readonly cluster: MutableCluster | undefined;
  identity: IdentityWork | undefined;
  expired: boolean;
  removed: boolean;
  refusal: RefusalWork | undefined;
  revokedBy: RevokingEntry | undefined;
  original: OriginalWork | undefined;
  issuer: CertificateSlot | undefined;
  issueNumber: number;
  renewCount: number;
  notBefore: number;
  readonly backdating: number;
  /** From issuance to expiry. */
  readonly validity: number;
  /** As it was read; `undefined` once something changed. */
  record: CertificateState | undefined;
  readonly profile: Profile;
  readonly node: Node | undefined;
  /** In `World.slots`. */
  readonly place: number;
  readonly number: number;
  /** The serial number of the certificate that was here at the start: one that was read has its own. */
  read: { issueNumber: number; serialHex: string } | undefined;
  readonly holder: Holder;
  subject: SubjectTemplate;
  sans: SansTemplate;
}

interface OriginalWork {
  issueNumber: number;
  /** Where it does not follow from the place and the number. */
  serialHex: string | undefined;
  notBefore: number;
  end: number;
  issuer: CertificateSlot;
}

interface RefusalWork {
  at: number;
  reason: RefusalReason;
  by: RevokingEntry | undefined;
}

/** `issuedAt` and `expiresAt` as stated in it, by the cloud agent's clock. */
export interface TokenWork {
  /** Seconds left of the token when its rotation is due; each lives as long as the one before. */
  readonly left: number;
  /** Seconds between two tries. */
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
  /** As it was read; `undefined` once something other than the certificate's id changed. */
  state: IdentityState | undefined;
}

export interface Node {
  readonly state: NodeState;
  readonly slots: CertificateSlot[];
  /** Those without which no API server responds here. */
  readonly serving: CertificateSlot[];
  lost: boolean;
}

export interface MutableCluster {
  /** In `World.clusters`. */
  readonly index: number;
  readonly state: ClusterState;
  readonly clock: SimulationClock;
  readonly power: RunningWork;
  readonly renewers: Record<Renewer, RunningWork>;
  nodes: Node[];
  nodesMade: number;
  lastUpdatedAt: number;
  revocations: readonly RenewRevocation[];
  /** `undefined` without revocations. */
  revocationIndex: RevocationIndex | undefined;
  /** While the world runs: until when an API server responds and all CAs are valid, as far as that is known. */
  calmUntil: number;
  /** While a terse world runs: until when every renewal in it is known to succeed; 0 when that is unknown. */
  steadyUntil: number;
  readonly authorities: Map<ProfileId, CertificateSlot>;
  readonly identities: Map<ProfileId, IdentityWork>;
  kubeconfig: CertificateSlot | undefined;
}

export interface MutableState {
  readonly state: DeploymentState;
  readonly key: Words;
  /** True time of what is being done now. */
  now: number;
  lastUpdatedAt: number;
  readonly hostPower: RunningWork;
  readonly hostClock: SimulationClock;
  readonly clusters: MutableCluster[];
  readonly clusterByName: Map<string, MutableCluster>;
  readonly identities: IdentityWork[];
  readonly slots: CertificateSlot[];
  slotsMade: number;
  readonly agent: { stage: RotationStageId; trusted: CertificateSlot[]; server: CertificateSlot | undefined };
  /** Only while it runs. */
  queue: DueQueue | undefined;
  /** The last second that is processed. */
  until: number;
  /** Absent when nobody wants the events. */
  readonly events: SimulationEvent[] | undefined;
  /** Whether repetitions are only counted: renewal after renewal, refusal after refusal. */
  readonly isTerse: boolean;
  readonly counts: Record<EventKind, number>;
}
