import { PROFILES } from '../pki/model/profiles.ts';
import type { ClusterId, CredentialId } from '../shared/ids.ts';
import type { InventoryStore } from '../inventory/store/inventory-store.ts';
import type {
  CertificateCredential,
  Cluster,
  Credential,
  ReplacedCredential,
  TokenCredential,
} from '../inventory/model/credential.ts';
import { instantFromMs, epochMs, SECOND_MS, type Instant } from '../shared/instant.ts';
import type { KeyAlgorithm } from '../shared/certificates/key-algorithm.ts';
import { encodeHex } from '../formats/der/hex.ts';
import type { Ports, PrivateKey } from '../shared/ports.ts';
import { issueCertificate, issueRoot, type SigningAuthority } from '../pki/issue/issue.ts';
import { advance } from '../simulation/advance.ts';
import type { Adoption } from '../simulation/adopt/adopt.ts';
import type { RealCertificate } from '../simulation/adopt/places.ts';
import type { CertificateState, DeploymentState, IdentityState } from '../simulation/state.ts';
import { buildTemplate } from '../simulation/template-of.ts';

interface SimulatedTarget {
  state: DeploymentState;
  read: Pick<Adoption, 'certificates' | 'tokens'>;
}

type PractisePorts = Pick<Ports, 'crypto' | 'files' | 'keys'>;

const MAX_KEY_BYTES = 64 * 1024;
/** Subject of a substitute for a CA whose private key only the cloud agent has. */
const STAND_IN = 'Arcwarden sample';

/**
 * Stores the results of a run on a sample fleet. For each certificate that the simulation issued, a real certificate is
 * created and replaces its predecessor, as after an import of the same files. Tokens are not created, because only
 * their dates matter. Throws `store.not-writable`.
 */
export async function keepSimulated(
  ports: PractisePorts & Pick<Ports, 'clock'>,
  store: InventoryStore,
  { simulated, of }: { simulated: SimulatedTarget; of: readonly { id: ClusterId }[] },
): Promise<void> {
  const clusters = of.flatMap(({ id }) => store.cluster(id) ?? []).filter(({ sample }) => sample === true);
  const now = ports.clock.now();
  // One second later, clients that run again have renewed their overdue credentials.
  const later = instantFromMs(epochMs(simulated.state.now) + SECOND_MS);
  const { state } = advance(simulated.state, later, { log: false });
  const replacing = await new Practice(ports, { ...simulated, state }, now).replacements();
  for (const cluster of clusters) {
    const next = applyRevocations(replaceCredentials(cluster, replacing, now), state, now);
    if (next !== cluster) await store.update(next);
  }
}

/** `undefined`: the credential disappeared with its machine and has no successor. */
type Replacements = ReadonlyMap<CredentialId, Credential | undefined>;

class Practice {
  readonly #ports: PractisePorts;
  readonly #simulated: SimulatedTarget;
  readonly #now: Instant;
  readonly #keys = new Map<KeyAlgorithm, Promise<PrivateKey>>();
  readonly #authorities = new Map<string, Promise<SigningAuthority>>();
  readonly #bySlot: ReadonlyMap<number, CertificateState>;

  constructor(ports: PractisePorts, simulated: SimulatedTarget, now: Instant) {
    this.#ports = ports;
    this.#simulated = simulated;
    this.#now = now;
    this.#bySlot = new Map(simulated.state.certificates.map((record) => [record.slot, record]));
  }

  async replacements(): Promise<Replacements> {
    const { read, state } = this.#simulated;
    const { certificates, tokens } = read;
    const replacing = new Map<CredentialId, Credential | undefined>();
    const free = state.certificates.filter(({ slot }) => !certificates.has(slot));
    for (const [slot, real] of certificates) {
      const { credential } = real;
      const kept = this.#bySlot.get(slot);
      if (kept?.serialHex === credential.facts.serialHex) continue;
      const record = kept ?? takeLike(free, real);
      const next = record === undefined ? undefined : await this.#certificate(record, credential);
      replacing.set(credential.id, next);
    }
    for (const identity of state.identities) {
      const real = tokens.get(identity.name);
      if (real === undefined || identity.token.expiresAt === real.credential.notAfter) continue;
      const next = this.#token(identity, real.credential);
      if (next !== undefined) replacing.set(real.credential.id, next);
    }
    return replacing;
  }

  async #certificate(record: CertificateState, before: CertificateCredential): Promise<CertificateCredential> {
    const key = await this.#key(PROFILES[record.profile].keyAlgorithms.value[0]);
    const template = buildTemplate(record);
    const { der, facts } =
      record.issuer === record.id
        ? issueRoot(this.#ports, { template, key })
        : issueCertificate(this.#ports, {
            template,
            subjectSpki: key.spki,
            issuer: await this.#authority(record.issuer),
          });
    const id = this.#ports.crypto.sha256Hex(der) as CredentialId;
    return { ...this.#markRead(before), id, der, facts };
  }

  #token({ name, token }: IdentityState, before: TokenCredential): TokenCredential | undefined {
    const { issuedAt: notBefore, expiresAt: notAfter, generation } = token;
    // The dates are those of the token's file, so no new token was issued.
    if (before.notBefore !== undefined && notBefore <= before.notBefore) return undefined;
    const mark = new TextEncoder().encode(JSON.stringify([name, notBefore, generation]));
    const id = this.#ports.crypto.sha256Hex(mark) as CredentialId;
    return { ...this.#markRead(before), id, notBefore, notAfter, assumed: false };
  }

  #markRead<C extends Credential>(credential: C): C {
    const now = this.#now;
    const sources = credential.sources.map((source) => ({ ...source, fileModified: now, readAt: now }));
    return { ...credential, sources, firstReadAt: now };
  }

  /** Creates one key of each kind, because all keys are thrown away. */
  #key(algorithm: KeyAlgorithm): Promise<PrivateKey> {
    const known = this.#keys.get(algorithm) ?? this.#ports.keys.generate(algorithm);
    this.#keys.set(algorithm, known);
    return known;
  }

  #authority(id: string): Promise<SigningAuthority> {
    const known = this.#authorities.get(id) ?? this.#createAuthority(id);
    this.#authorities.set(id, known);
    return known;
  }

  async #createAuthority(id: string): Promise<SigningAuthority> {
    const record = this.#simulated.state.certificates.find((each) => each.id === id);
    if (record === undefined) throw new Error('an issuer that is in no state');
    const real = this.#simulated.read.certificates.get(record.slot)?.credential;
    const key = real && (await this.#keyBeside(real));
    if (real !== undefined && key !== undefined) return { der: real.der, facts: real.facts, key };
    return issueRoot(this.#ports, {
      template: { ...buildTemplate(record), subject: { commonName: STAND_IN, organizations: [] } },
      key: await this.#key('p-256'),
    });
  }

  /** Reads the key of a CA, which is beside its certificate on the control plane. */
  async #keyBeside({ sources, facts, der }: CertificateCredential): Promise<PrivateKey | undefined> {
    const { files, keys } = this.#ports;
    const spki = der.subarray(facts.spki.offset, facts.spki.offset + facts.spki.length);
    for (const { path } of sources) {
      if (!path.endsWith('.crt')) continue;
      const bytes = await files.read(path.replace(/\.crt$/u, '.key'), MAX_KEY_BYTES).catch(() => undefined);
      if (bytes === undefined) continue;
      const key = keys.read(new TextDecoder().decode(bytes));
      if (key !== undefined && encodeHex(key.spki) === encodeHex(spki)) return key;
    }
    return undefined;
  }
}

/**
 * Removes a similar certificate from the list and returns it. A replacement machine has a new name but the same kinds
 * of certificates.
 */
function takeLike(free: CertificateState[], { clusterId, credential }: RealCertificate): CertificateState | undefined {
  const at = free.findIndex(({ profile, cluster }) => profile === credential.role && cluster === clusterId);
  return at < 0 ? undefined : free.splice(at, 1)[0];
}

/** Returns the same object if nothing was replaced. */
function replaceCredentials(cluster: Cluster, replacing: Replacements, now: Instant): Cluster {
  if (!cluster.credentials.some(({ id }) => replacing.has(id))) return cluster;
  const history: ReplacedCredential[] = [...cluster.history];
  const credentials = cluster.credentials.flatMap((credential): Credential[] => {
    if (!replacing.has(credential.id)) return [credential];
    const next = replacing.get(credential.id);
    if (next === undefined) return [];
    history.push({ credential, replacedBy: next.id, replacedAt: now });
    return [next];
  });
  return { ...cluster, credentials, history };
}

function applyRevocations(cluster: Cluster, state: DeploymentState, now: Instant): Cluster {
  const inState = state.clusters.find(({ name }) => name === cluster.id);
  const { revocations = [] } = cluster;
  if (inState === undefined) return cluster;
  const isGone = (known: (typeof revocations)[number]): boolean =>
    known.liftedAt === undefined && !inState.revocations.some(({ name }) => name === known.object.name);
  if (!revocations.some(isGone)) return cluster;
  return { ...cluster, revocations: revocations.map((known) => (isGone(known) ? { ...known, liftedAt: now } : known)) };
}
