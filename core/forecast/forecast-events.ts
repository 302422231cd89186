import type { Adoption } from '../simulation/adopt/adopt.ts';
import type { SimulationEvent } from '../simulation/events.ts';
import type { CertificateState } from '../simulation/state.ts';
import { TOOLS } from '../simulation/validity.ts';
import { PROFILES } from '../pki/model/profiles.ts';
import { ROLES } from '../knowledge/model/credentials/roles.ts';
import type { Certainty } from '../shared/citation.ts';
import type { ClusterId } from '../shared/ids.ts';
import { findNotAfter, findNotBefore, type Credential } from '../inventory/model/credential.ts';
import type { ScenarioAction } from './actions.ts';
import type { ExpiryCause, ForecastEvent } from './model/forecast.ts';
import type { StatusSegment } from './model/forecast-part.ts';
import { epochMs, SECOND_MS } from '../shared/instant.ts';
import { addTo } from '../shared/lists.ts';
import type { ProfileId } from '../pki/model/profile.ts';

export interface Life extends StatusSegment {
  credential: Credential;
  clusterId: ClusterId;
  /** Absent for tokens and credentials that are not simulated. */
  slot?: number;
  isSimulated: boolean;
  /** Present from its expiry until the credential is replaced. */
  expiry?: ForecastEvent;
}

/** The lifetimes of these certificates are unknown, so no expiry is predicted for those issued in the simulation. */
const LIFE_NOT_KNOWN: readonly ProfileId[] = ['kubelet-server'];

/** Translates events of the simulation into events of credentials in the inventory, and drops all others. */
export class Ledger {
  readonly events: ForecastEvent[] = [];
  readonly lives: Life[] = [];
  readonly #adoption: Adoption;
  readonly #nowMs: number;
  readonly #bySlot = new Map<number, Life>();
  readonly #byToken = new Map<string, Life>();
  readonly #bySlotOnNode = new Map<string, Life[]>();
  readonly #records: ReadonlyMap<number, CertificateState>;
  readonly #lastRefusal = new Map<number, string>();
  readonly #notStarted = new Map<string, ForecastEvent>();
  readonly #lost = new Map<string, ForecastEvent>();
  readonly #successors = new Set<string>();
  readonly #known: ReadonlySet<string>;
  /** Switched-off clusters; `''` for the hosts. */
  readonly #off = new Set<string>();
  #isAbsent = false;
  /** Times at which somebody acts. A problem that ends then does not end by itself. */
  readonly #acted = new Set<number>();

  constructor(adoption: Adoption, nowMs: number) {
    this.#adoption = adoption;
    this.#nowMs = nowMs;
    const { state, certificates, tokens, apart } = adoption;
    this.#records = new Map(state.certificates.map((record) => [record.slot, record]));
    if (!state.hostPower.running) this.#off.add('');
    for (const { name, power } of state.clusters) if (!power.running) this.#off.add(name);
    for (const [slot, { clusterId, credential }] of certificates) {
      const life: Life = { credential, clusterId, slot, isSimulated: true };
      this.lives.push(life);
      this.#bySlot.set(slot, life);
      const holder = this.#records.get(slot)?.holder;
      if (holder?.kind === 'node') addTo(this.#bySlotOnNode, holder.node, life);
    }
    for (const [identity, { clusterId, credential }] of tokens) {
      const life: Life = { credential, clusterId, isSimulated: true };
      this.lives.push(life);
      this.#byToken.set(identity, life);
    }
    for (const { clusterId, credential } of apart) this.lives.push({ credential, clusterId, isSimulated: false });
    this.#known = new Set(this.lives.map(({ clusterId, credential }) => `${clusterId} ${credential.role}`));
  }

  /** Adds past expiries and, for credentials that are not simulated, expiries until the end of the forecast. */
  open(untilMs: number): void {
    for (const life of this.lives) {
      const endMs = firstMsWithout(life.credential);
      if (endMs === undefined) continue;
      if (endMs <= (life.isSimulated ? this.#nowMs : untilMs))
        this.#expire(life, endMs, { cause: causeByRenewer(life) });
    }
  }

  act(kind: ScenarioAction['kind'], atMs: number, cluster = ''): void {
    this.#acted.add(atMs);
    if (kind === 'power-off') this.#off.add(cluster);
    if (kind === 'power-on') this.#off.delete(cluster);
    if (kind === 'leave') this.#isAbsent = true;
    if (kind === 'return') this.#isAbsent = false;
  }

  write(event: SimulationEvent): void {
    const atMs = epochMs(event.at);
    switch (event.kind) {
      case 'certificate-issued':
      case 'certificate-renewed':
        this.#lastRefusal.delete(getSlot(event));
        return this.#renew(this.#bySlot.get(getSlot(event)), atMs);
      case 'certificate-refused':
      case 'login-refused':
        this.#lastRefusal.set(getSlot(event), String(event.params.reason));
        return;
      case 'certificate-expired':
        return this.#certificateExpired(event, atMs);
      case 'token-rotated':
        return this.#renew(this.#byToken.get(event.identity ?? ''), atMs);
      case 'token-expired':
        return this.#tokenExpired(event, atMs);
      case 'client-not-started':
        return this.#clientNotStarted(event, atMs);
      case 'client-started':
        return this.#recover(this.#notStarted, event.identity, atMs);
      case 'node-lost':
        return this.#nodeLost(event, atMs);
      case 'node-replaced':
        return this.#nodeReplaced(event, atMs);
      case 'token-refused':
      case 'ca-both-trusted':
      case 'ca-reissuing':
      case 'ca-withdrawn':
        return;
    }
  }

  #renew(life: Life | undefined, atMs: number): void {
    if (life === undefined) return;
    life.renewedMs ??= atMs;
    if (life.expiry === undefined) return;
    this.#settle(life.expiry, atMs);
    life.recoversMs ??= atMs;
    delete life.expiry;
  }

  #settle(event: ForecastEvent, atMs: number): void {
    event.recoversMs = atMs;
    if (!this.#acted.has(atMs)) event.needsSomebody = false;
  }

  #recover(among: Map<string, ForecastEvent>, key: string | undefined, atMs: number): void {
    const event = among.get(key ?? '');
    if (event === undefined || key === undefined) return;
    this.#settle(event, atMs);
    among.delete(key);
  }

  #certificateExpired(event: SimulationEvent, atMs: number): void {
    const slot = getSlot(event);
    const life = this.#bySlot.get(slot);
    if (life === undefined) return this.#successorExpired(event, slot, atMs);
    this.#expire(life, atMs, this.#findCause(slot, String(event.params.profile) as ProfileId));
  }

  /**
   * Reports the expiry of credentials on a machine that an update created. The machine has its predecessor's
   * credentials but an unknown name, so each expiry is reported once.
   */
  #successorExpired({ cluster = '', params }: SimulationEvent, slot: number, atMs: number): void {
    const profile = String(params.profile) as ProfileId;
    if (slot <= this.#adoption.state.slotsMade || LIFE_NOT_KNOWN.includes(profile)) return;
    const { role } = PROFILES[profile];
    const key = `${atMs} ${cluster} ${role}`;
    if (!this.#known.has(`${cluster} ${role}`) || this.#successors.has(key)) return;
    this.#successors.add(key);
    this.events.push({
      kind: 'expiry',
      atMs,
      clusterId: cluster as ClusterId,
      credentialKind: 'certificate',
      role,
      needsSomebody: true,
      ...this.#findCause(slot, profile, cluster),
      certainty: 'inferred',
    });
  }

  #findCause(
    slot: number,
    profile: ProfileId,
    cluster = this.#records.get(slot)?.cluster,
  ): Pick<ForecastEvent, 'cause' | 'reason'> {
    const { by } = PROFILES[profile].renewal.value;
    const holder = this.#records.get(slot)?.holder;
    if (by === 'nobody' || profile === 'cloud-agent-ca' || holder?.kind === 'workstation')
      return { cause: 'nobody-renews' };
    if (this.#off.has('') || (cluster !== undefined && this.#off.has(cluster))) return { cause: 'off' };
    const reason = this.#lastRefusal.get(slot);
    if (reason !== undefined) return { cause: 'refused', reason };
    if (TOOLS.includes(profile)) return { cause: 'not-used' };
    return { cause: this.#isAbsent ? 'not-used' : 'stalled' };
  }

  #tokenExpired({ identity = '' }: SimulationEvent, atMs: number): void {
    const life = this.#byToken.get(identity);
    if (life !== undefined) this.#expire(life, atMs, { cause: causeByRenewer(life) });
  }

  #expire(life: Life, atMs: number, cause: Pick<ForecastEvent, 'cause' | 'reason'>): void {
    const { credential, clusterId } = life;
    const event: ForecastEvent = {
      kind: 'expiry',
      atMs,
      clusterId,
      ...eventSubject(credential),
      needsSomebody: true,
      ...cause,
      certainty: this.#expiryCertainty(life),
    };
    life.expiry = event;
    this.events.push(event);
    if (life.endMs !== undefined) return;
    life.endMs = atMs;
    const lifeMs = measureLifetime(credential);
    if (lifeMs !== undefined) life.endFromMs = atMs - lifeMs;
  }

  /** Returns `inferred` for a predicted date; a date that was read is as certain as the renewal rule of the role. */
  #expiryCertainty({ credential, renewedMs }: Life): Certainty {
    if (renewedMs !== undefined || (credential.kind === 'token' && credential.assumed)) return 'inferred';
    return ROLES[credential.role].renewal.citations[0]?.certainty ?? 'inferred';
  }

  #clientNotStarted(event: SimulationEvent, atMs: number): void {
    const { identity = '', params } = event;
    const life = this.#byToken.get(identity) ?? this.#bySlot.get(getSlot(event));
    if (life === undefined || this.#notStarted.has(identity)) return;
    const told: ForecastEvent = {
      kind: 'not-started',
      atMs,
      clusterId: life.clusterId,
      ...eventSubject(life.credential),
      needsSomebody: true,
      reason: String(params.reason),
      certainty: 'inferred',
    };
    this.#notStarted.set(identity, told);
    this.events.push(told);
  }

  #nodeLost({ cluster = '', node = '', params }: SimulationEvent, atMs: number): void {
    const [life] = this.#bySlotOnNode.get(node) ?? [];
    if (life === undefined || params.role !== 'control-plane') return;
    const told: ForecastEvent = {
      kind: 'node-lost',
      atMs,
      clusterId: cluster as ClusterId,
      name: findNodeName(node),
      needsSomebody: true,
      certainty: 'documented',
    };
    this.#lost.set(node, told);
    this.events.push(told);
  }

  #nodeReplaced({ cluster = '', params }: SimulationEvent, atMs: number): void {
    const node = String(params.replaced);
    const onNode = this.#bySlotOnNode.get(node) ?? [];
    const isByItself = !this.#acted.has(atMs);
    this.#recover(this.#lost, node, atMs);
    if (onNode.length > 0 && isByItself)
      this.events.push({
        kind: 'node-replaced',
        atMs,
        clusterId: cluster as ClusterId,
        name: findNodeName(node),
        needsSomebody: false,
        certainty: 'documented',
      });
    for (const life of onNode) this.#renew(life, atMs);
    this.#bySlotOnNode.delete(node);
  }
}

function causeByRenewer({ credential }: Life): ExpiryCause {
  switch (ROLES[credential.role].renewedBy) {
    case 'nobody':
    case 'admin':
      return 'nobody-renews';
    case 'host-update':
    case 'cluster-update':
      return 'only-by-update';
    default:
      return 'not-known';
  }
}

function getSlot({ certificate = '' }: SimulationEvent): number {
  return Number(certificate.slice(0, certificate.indexOf('.')));
}

/** Extracts the node's own name, which the simulation prefixes with its cluster and a number. */
function findNodeName(node: string): string | undefined {
  return node.split(' ')[2] || undefined;
}

export function eventSubject({ id, kind, role, name }: Credential) {
  return { credential: id, credentialKind: kind, role, name };
}

/** Returns the first instant without a valid credential: the end of a token, or a second after a certificate's end. */
function firstMsWithout(credential: Credential): number | undefined {
  const notAfter = findNotAfter(credential);
  return notAfter && epochMs(notAfter) + (credential.kind === 'certificate' ? SECOND_MS : 0);
}

function measureLifetime(credential: Credential): number | undefined {
  const endMs = firstMsWithout(credential);
  const notBefore = findNotBefore(credential);
  return endMs === undefined || notBefore === undefined ? undefined : endMs - epochMs(notBefore);
}
