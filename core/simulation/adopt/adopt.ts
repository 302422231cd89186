import { PROFILES } from '../../pki/model/profiles.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { Cluster, Credential } from '../../inventory/model/credential.ts';
import type { Instant } from '../../shared/instant.ts';
import { CLUSTER_ROOT_IDS, type ClusterRootId, type ProfileId } from '../../pki/model/profile.ts';
import { findRotationStage, ROTATION_STAGES, currentSigner, type RotationStageId } from '../../pki/model/rotation.ts';
import {
  listClients,
  IN_MANAGEMENT,
  KUBECONFIGS,
  listMachines,
  HOST_PROFILES,
  type Client,
  type Machine,
  type RealCertificate,
  type RealCredential,
  type RealToken,
} from './places.ts';
import { AdoptedRecords, findTokenState, type RecordPlace } from './records.ts';
import { getClientType } from '../identities.ts';
import { DEFAULT_DEPLOYMENT_SETTINGS, createClusterState, emptyDeployment } from '../provision.ts';
import { SERVING } from '../slots.ts';
import type {
  CertificateState,
  ClusterState,
  DeploymentSettings,
  DeploymentState,
  Holder,
  IdentityState,
  NodeState,
  Renewer,
  PowerState,
} from '../state.ts';

/*
 * Builds a deployment from an inventory. Dates, names and serial numbers are kept. Assumed certificates outlive every
 * forecast, so that they cause no event.
 */

export interface KnownCluster {
  cluster: Cluster;
  offSince?: Instant;
}

interface AdoptionRequest {
  now: Instant;
  /** Absent if none of the cloud agent's files was read. */
  cloudAgent?: KnownCluster;
  clusters: readonly KnownCluster[];
  isStalled: (credential: Credential) => boolean;
  /** By default, neither tokens nor the CA of the cloud agent rotate automatically. */
  settings?: Partial<DeploymentSettings>;
}

export interface Assumed {
  part: 'cloud-agent' | 'management-cluster' | 'control-plane';
  clusterId?: ClusterId;
}

export interface Adoption {
  /** The ids of clusters serve as their names. */
  state: DeploymentState;
  /** By slot; certificates that are not listed are assumed. */
  certificates: ReadonlyMap<number, RealCertificate>;
  /** Keyed by identity name. */
  tokens: ReadonlyMap<string, RealToken>;
  /** Credentials that the simulation cannot represent. Each expires on its date, and no renewal is known. */
  apart: readonly RealCredential[];
  assumed: readonly Assumed[];
}

type Roots = Record<ClusterRootId, string>;

/** Never the id of a cluster, because ids contain no spaces. */
const ASSUMED_MANAGEMENT = 'assumed management';
/** For documentation (RFC 5737), so that a value that a practice run fills in leads nowhere. */
const ADDRESS = '192.0.2.1';

export function adopt(request: AdoptionRequest): Adoption {
  return new Adopter(request).adoption();
}

class Adopter {
  readonly #request: AdoptionRequest;
  readonly #records: AdoptedRecords;
  readonly #identities: IdentityState[] = [];
  readonly #names = new Set<string>();
  readonly #tokens = new Map<string, RealToken>();
  readonly #assumed: Assumed[] = [];
  readonly #all: readonly RealCredential[];
  readonly #placed = new Set<Credential>();
  /** Oldest first. */
  readonly #trusted: CertificateState[] = [];
  #stage: RotationStageId = 'single';

  constructor(request: AdoptionRequest) {
    const { now, cloudAgent, clusters } = request;
    this.#request = request;
    this.#records = new AdoptedRecords(now);
    const known = cloudAgent === undefined ? clusters : [cloudAgent, ...clusters];
    this.#all = known.flatMap(({ cluster }) =>
      [...listTrusted(cluster, now), ...cluster.credentials].map((credential) => ({
        clusterId: cluster.id,
        credential,
      })),
    );
  }

  adoption(): Adoption {
    const { now, cloudAgent, settings } = this.#request;
    this.#adoptCloudAgent();
    const management = this.#request.clusters.find(({ cluster }) => isManagement(cluster));
    const others = this.#request.clusters.filter((known) => known !== management);
    const clusters = [
      management === undefined ? this.#assumeManagement() : this.#adoptCluster(management),
      ...others.map((known) => this.#adoptCluster(known)),
    ];
    for (const client of listClients(this.#all.filter(({ credential }) => credential.layer === 'moc')))
      this.#adoptClient(client, clusters);
    this.#assumeTools(clusters[0]?.name);
    const agents = this.#identities.flatMap(({ host }) => host ?? []);
    const cloudAgentFqdn = cloudAgent?.cluster.name ?? '';
    const state: DeploymentState = {
      ...emptyDeployment({
        seed: 'adopted',
        at: now,
        hosts: (agents.length > 0 ? agents : ['host']).map((name) => ({ name, ip: ADDRESS })),
        cloudAgentFqdn,
        settings: { autoRotate: [], caRotatesItself: false, ...settings },
      }),
      hostPower: createPowerState(now, cloudAgent?.offSince),
      cloudAgent: { fqdn: cloudAgentFqdn, stage: this.#stage, trusted: this.#trusted.map(({ id }) => id) },
      clusters,
      identities: this.#identities,
      certificates: this.#records.all,
      slotsMade: this.#records.all.length,
    };
    return {
      state,
      certificates: this.#records.real,
      tokens: this.#tokens,
      apart: this.#all.filter(({ credential }) => !this.#placed.has(credential)),
      assumed: this.#assumed,
    };
  }

  #adoptCloudAgent(): void {
    const holder: Holder = { kind: 'cloud-agent' };
    const all = this.#listCertificates('cloud-agent-ca');
    const valid = all.filter(({ credential }) => credential.facts.notAfter >= this.#request.now);
    // During a rotation there are two valid CAs; older ones are withdrawn.
    for (const real of valid.length > 0 ? valid.slice(-2) : all.slice(-1))
      this.#trusted.push(...this.#readAll([real], { profile: 'cloud-agent-ca', holder }));
    if (this.#trusted.length === 0) {
      this.#assumed.push({ part: 'cloud-agent' });
      this.#trusted.push(this.#records.assume({ profile: 'cloud-agent-ca', holder }));
    }
    const server = this.#listCertificates('cloud-agent-server').at(-1);
    if (this.#trusted.length > 1)
      this.#stage = findRotationStage({ hasOld: true, isOldWithdrawn: false, hasReissued: this.#hasReissued() });
    const [oldest] = this.#trusted;
    const signer = currentSigner({ stage: ROTATION_STAGES[this.#stage], newest: this.#newest(), oldest });
    const issuer = server === undefined ? signer : this.#findIssuer(server.credential.facts);
    this.#readOrAssume(server, { profile: 'cloud-agent-server', holder, issuer: issuer.id });
  }

  #hasReissued(): boolean {
    return this.#all.some(
      ({ credential }) =>
        credential.kind === 'certificate' &&
        credential.layer === 'moc' &&
        credential.role !== 'cloud-agent-ca' &&
        credential.facts.notAfter >= this.#request.now &&
        this.#findIssuer(credential.facts) === this.#newest(),
    );
  }

  #newest(): CertificateState {
    const newest = this.#trusted.at(-1);
    if (newest === undefined) throw new Error('a cloud agent without CA');
    return newest;
  }

  #findIssuer({ authorityKeyId, notBefore }: CertificateFacts): CertificateState {
    const keyId = authorityKeyId?.keyId;
    const named = this.#trusted.find(
      ({ slot }) => keyId !== undefined && this.#records.real.get(slot)?.credential.facts.subjectKeyId === keyId,
    );
    const older = this.#trusted.filter((ca) => ca.notBefore <= notBefore).at(-1);
    return named ?? older ?? this.#newest();
  }

  #adoptCluster(known: KnownCluster): ClusterState {
    const { now } = this.#request;
    const { cluster, offSince } = known;
    const name = cluster.id;
    const certificates = cluster.credentials.flatMap((credential): RealCertificate[] =>
      credential.kind === 'certificate' ? [{ clusterId: cluster.id, credential }] : [],
    );
    const roots = this.#adoptRoots(name, certificates);
    const before = this.#records.all.length;
    const nodes = listMachines(certificates).map((machine, at) => this.#adoptMachine(name, roots, at, machine));
    const ofMachines = this.#records.all.slice(before);
    if (!ofMachines.some(({ profile }) => SERVING.includes(profile))) {
      this.#assumed.push({ part: 'control-plane', clusterId: name });
      nodes.push(this.#assumeControlPlane(name, roots));
    }
    this.#adoptKubeconfigs(name, roots, certificates);
    return {
      ...createClusterState(name, isManagement(known.cluster) ? 'management' : 'workload', now),
      nodes,
      // Only the first machine gets all certificates, so machines created later must not count as the first.
      nodesMade: nodes.length + 1,
      power: createPowerState(now, offSince),
      renewers: {
        'renewal-controller': this.#renewer('renewal-controller', ofMachines),
        kubelet: this.#renewer('kubelet', ofMachines),
      },
    };
  }

  /** Returns a renewer, which is stopped if its renewal failed while the certificate was valid. */
  #renewer(renewer: Renewer, records: readonly CertificateState[]): PowerState {
    const { now, isStalled } = this.#request;
    const fails = records.some(({ slot, profile, expired }) => {
      const real = this.#records.real.get(slot);
      const isIts = PROFILES[profile].renewal.value.by === renewer;
      return isIts && expired !== true && real !== undefined && isStalled(real.credential);
    });
    return { running: !fails, since: now };
  }

  #adoptRoots(name: string, certificates: readonly RealCertificate[]): Roots {
    const holder: Holder = { kind: 'cluster', cluster: name };
    const ids = CLUSTER_ROOT_IDS.map((profile) => {
      const newest = certificates
        .filter(({ credential }) => credential.role === profile)
        .sort(compareEnds)
        .at(-1);
      return [profile, this.#readOrAssume(newest, { profile, holder, cluster: name }).id];
    });
    return Object.fromEntries(ids) as Roots;
  }

  #adoptMachine(
    name: string,
    roots: Roots,
    at: number,
    { name: nodeName = '', isControlPlane, certificates }: Machine,
  ): NodeState {
    // Machine names must be unique across clusters.
    const node = `${name} ${at} ${nodeName}`;
    const holder: Holder = { kind: 'node', cluster: name, node };
    for (const [profile, real] of certificates)
      this.#readAll([real], { profile, holder, cluster: name, issuer: getRoot(profile, roots) });
    // A node with an expired kubelet certificate is not lost: its files were read, so it has not been replaced.
    return { name: node, role: isControlPlane ? 'control-plane' : 'worker', ip: ADDRESS };
  }

  #assumeControlPlane(name: string, roots: Roots): NodeState {
    const node = `${name} assumed`;
    const holder: Holder = { kind: 'node', cluster: name, node };
    for (const profile of SERVING)
      this.#records.assume({ profile, holder, cluster: name, issuer: getRoot(profile, roots) });
    return { name: node, role: 'control-plane', ip: ADDRESS };
  }

  /** Adds the kubeconfigs. The one that cmdlets use must come last. */
  #adoptKubeconfigs(name: string, roots: Roots, certificates: readonly RealCertificate[]): void {
    const rank = ({ credential }: RealCertificate): number => KUBECONFIGS.indexOf(credential.role);
    const ordered = certificates
      .filter((real) => rank(real) >= 0)
      .sort((one, other) => rank(one) - rank(other) || compareEnds(one, other));
    const holder: Holder = { kind: 'workstation', cluster: name };
    const issuer = roots['cluster-ca'];
    this.#readAll(ordered, { profile: 'admin', holder, cluster: name, issuer });
  }

  #assumeManagement(): ClusterState {
    const name = ASSUMED_MANAGEMENT;
    this.#assumed.push({ part: 'management-cluster' });
    const roots = this.#adoptRoots(name, []);
    const nodes = [this.#assumeControlPlane(name, roots)];
    const holder: Holder = { kind: 'workstation', cluster: name };
    this.#records.assume({ profile: 'admin', holder, cluster: name, issuer: roots['cluster-ca'] });
    return { ...createClusterState(name, 'management', this.#request.now), nodes, nodesMade: 2 };
  }

  #adoptClient(client: Client, clusters: readonly ClusterState[]): void {
    const { now, settings, isStalled } = this.#request;
    const { certificate, token, profile } = client;
    const usualMs = settings?.identityValidityMs ?? DEFAULT_DEPLOYMENT_SETTINGS.identityValidityMs;
    const ofToken = token && findTokenState(token, { now, usualMs });
    if (certificate === undefined && ofToken === undefined) return;
    const cluster = this.#findCluster(client, clusters);
    const name = this.#freeName(client.name);
    const issuer = certificate ? this.#findIssuer(certificate.credential.facts) : this.#newest();
    const { id } = this.#readOrAssume(certificate, {
      profile,
      holder: { kind: 'identity', identity: name },
      issuer: issuer.id,
      cluster,
    });
    if (token !== undefined && ofToken !== undefined) {
      this.#tokens.set(name, token);
      this.#placed.add(token.credential);
    }
    this.#addIdentity({
      name,
      profile,
      cluster,
      certificate: id,
      token: ofToken ?? this.#records.assumeToken(),
      runs: certificate === undefined || !isStalled(certificate.credential),
    });
  }

  #addIdentity({
    runs,
    ...identity
  }: Pick<IdentityState, 'name' | 'profile' | 'cluster' | 'certificate' | 'token'> & { runs: boolean }): void {
    const { now, settings } = this.#request;
    const { name, profile } = identity;
    this.#names.add(name);
    this.#identities.push({
      ...identity,
      clientType: getClientType(profile),
      host: profile === 'node-agent' ? name : undefined,
      autoRotate: settings?.autoRotate?.includes(profile) === true,
      revoked: false,
      client: { running: runs, since: now },
      started: true,
      trusts: this.#trusted.map(({ id }) => id),
    });
  }

  /**
   * Finds the cluster of a client by the kind of client, the location of its files, or a cluster name contained in its
   * name.
   */
  #findCluster(client: Client, clusters: readonly ClusterState[]): string | undefined {
    const { name, profile } = client;
    if (HOST_PROFILES.includes(profile)) return undefined;
    if (IN_MANAGEMENT.includes(profile)) return clusters[0]?.name;
    const kept = (client.certificate ?? client.token)?.clusterId;
    if (clusters.some((cluster) => cluster.name === kept)) return kept;
    const [named] = this.#request.clusters
      .filter(({ cluster }) => name.includes(cluster.name))
      .sort((one, other) => other.cluster.name.length - one.cluster.name.length);
    return named?.cluster.id;
  }

  #assumeTools(management: string | undefined): void {
    for (const profile of ['mocctl', 'kvactl', 'caph'] as const) {
      if (this.#identities.some((identity) => identity.profile === profile)) continue;
      const name = this.#freeName(`assumed ${profile}`);
      const cluster = profile === 'caph' ? management : undefined;
      const { id } = this.#records.assume({
        profile,
        holder: { kind: 'identity', identity: name },
        issuer: this.#newest().id,
        cluster,
      });
      const token = this.#records.assumeToken();
      this.#addIdentity({ name, profile, cluster, certificate: id, token, runs: true });
    }
  }

  #freeName(name: string): string {
    let free = name;
    for (let copy = 2; this.#names.has(free); copy += 1) free = `${name} ${copy}`;
    return free;
  }

  #listCertificates(role: Credential['role']): RealCertificate[] {
    return this.#all
      .flatMap(({ clusterId, credential }): RealCertificate[] =>
        credential.kind === 'certificate' && credential.role === role ? [{ clusterId, credential }] : [],
      )
      .sort(compareEnds);
  }

  #readAll(all: readonly RealCertificate[], place: RecordPlace): CertificateState[] {
    return all.flatMap((real) => {
      const record = this.#records.read(real, place);
      if (record === undefined) return [];
      this.#placed.add(real.credential);
      return [record];
    });
  }

  #readOrAssume(one: RealCertificate | undefined, place: RecordPlace): CertificateState {
    return this.#readAll(one === undefined ? [] : [one], place)[0] ?? this.#records.assume(place);
  }
}

/** Returns whether a cluster is the management cluster, which is repaired with other cmdlets. */
export function isManagement(cluster: Cluster | undefined): boolean {
  return cluster?.credentials.some(({ role }) => role === 'management-kubeconfig') === true;
}

function compareEnds(one: RealCertificate, other: RealCertificate): number {
  const [left, right] = [one.credential.facts.notAfter, other.credential.facts.notAfter];
  return left < right ? -1 : left > right ? 1 : 0;
}

function getRoot(profile: ProfileId, roots: Roots): string {
  const issuer = PROFILES[profile].issuer.value;
  return roots[CLUSTER_ROOT_IDS.find((root) => root === issuer) ?? 'cluster-ca'];
}

function createPowerState(now: Instant, offSince: Instant | undefined): PowerState {
  return offSince === undefined || offSince > now ? { running: true, since: now } : { running: false, since: offSince };
}

/** Lists replaced CAs of a cloud agent that clients still trust because they overlap with their successors. */
function listTrusted({ history }: Cluster, now: Instant): Credential[] {
  return history
    .map(({ credential }) => credential)
    .filter(
      (credential) =>
        credential.kind === 'certificate' && credential.role === 'cloud-agent-ca' && credential.facts.notAfter >= now,
    );
}
