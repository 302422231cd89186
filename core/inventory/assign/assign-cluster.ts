import { addTo, append } from '../../shared/lists.ts';
import { findDistribution } from '../../knowledge/model/credentials/other-distributions.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import { FOREIGN_CLUSTER, type CredentialId } from '../../shared/ids.ts';
import type { LongWork } from '../long-work.ts';
import {
  type Cluster,
  type Credential,
  type Placement,
  type ReplacedCredential,
  collectHistory,
} from '../model/credential.ts';
import { ClusterLinks } from './cluster-links.ts';
import {
  compareText,
  type CertificateCandidate,
  type CredentialCandidate,
  findClusterName,
  parseHost,
  isOfMoc,
  isPlainFile,
  kubeconfigEntry,
  treeNode,
} from './candidate.ts';
import { findBaseName } from '../../plan/model/cluster-name.ts';
import { isFingerprint } from '../../plan/model/deployment.ts';
import { clusterInIdentity } from './cluster-name.ts';
import { listCopies } from './copies.ts';
import { findFormerClusters, isFetched, type ClusterPart } from './former-clusters.ts';
import { certificateOutline } from '../store/stored-certificate.ts';
import { isAllForeign, isOfPlatform } from '../model/foreign.ts';
import { nodeNamesIn } from './node-names.ts';
import { isIssuedByItself, Issuers } from './issuers.ts';
import type { Certified, CheckedSignatures, SignatureQuestion } from './signatures.ts';
import { InventoryIndex, type Home } from './inventory-index.ts';
import { getFileName, getFolder, getTree, distinctiveFolder } from './path-parts.ts';

/** A cluster under construction: the stored clusters that it continues, and new entries. */
export interface ClusterGroup {
  kind: Cluster['kind'];
  foreign?: true;
  stored: Cluster[];
  /** From kubeconfigs and login files in this import. */
  explicitNames: Set<string>;
  folderNames: Set<string>;
  /** Lower-case cluster names in MOC identities, from this import and the store. */
  identityNames: ReadonlySet<string>;
  /** Lower-case cluster names in MOC identities in the cluster's own files. */
  ownIdentityNames: Set<string>;
  /** In lower case, from certificates. */
  nodeNames: Set<string>;
  addresses: Set<string>;
  cloudAgents: Set<string>;
  /** Authorities that identify the group, the cluster's CA first; empty if only a folder identifies it. */
  anchors: string[];
  fallbackAnchor: string;
  candidates: CredentialCandidate[];
  arrivals: Arrival[];
}

interface Arrival {
  from: Cluster;
  credential: Credential;
  history: ReplacedCredential[];
}

/** Only `CERTAIN` moves credentials that are already stored elsewhere. */
const CERTAIN = 3;
const STATED = 2;
const GUESSED = 1;

const FOREIGN_NODE = `s:${FOREIGN_CLUSTER}`;

interface Choice {
  node: string;
  strength: number;
}

export interface Places {
  clusters: readonly Cluster[];
  placements: readonly Placement[];
  /** Whether credentials outside the platform are kept apart; a sample fleet has none. */
  keepsApart: boolean;
}

/** Returns the graph nodes of a cluster's cloud agents, by their CAs if known, otherwise by their names. */
function listAgentNodes({ cloudAgents = [] }: Cluster): string[] {
  const cas = cloudAgents.filter(isFingerprint);
  return cas.length > 0 ? cas.map((id) => `m:${id}`) : cloudAgents.map((name) => `f:${parseHost(name)}`);
}

/** The result does not depend on the order of candidates or clusters. */
export class ClusterAssigner {
  readonly #index: InventoryIndex;
  readonly #links: ClusterLinks;
  readonly #authorities: Issuers<Certified>;
  readonly #keepsApart: boolean;
  /** Whether the import contains an authority that is not stored yet. */
  readonly #bringsAuthority: boolean;
  /** By cluster name in lower case. */
  readonly #byName = new Map<string, Set<string>>();
  readonly #placedAuthorities = new Map<string, Choice>();
  /** By group; listed when first needed. */
  #agents: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  /** A certificate of each node, by folder tree; filled when first needed. */
  #leaves: Map<string, CertificateCandidate> | undefined;
  /** Whether one of these authorities is new. Many certificates share one array. */
  readonly #areNew = new Map<readonly Certified[], boolean>();

  private constructor(
    index: InventoryIndex,
    links: ClusterLinks,
    { signatures, keepsApart }: { signatures: CheckedSignatures; keepsApart: boolean },
  ) {
    const all = [...index.authorities.values()];
    this.#index = index;
    this.#links = links;
    this.#authorities = new Issuers(signatures, all);
    this.#keepsApart = keepsApart;
    this.#bringsAuthority = all.some(({ id }) => !index.homes.has(id as CredentialId));
  }

  static async create(
    { work, signatures }: { work: LongWork; signatures: CheckedSignatures },
    candidates: readonly CredentialCandidate[],
    { clusters, placements, keepsApart }: Places,
  ): Promise<ClusterAssigner> {
    const index = await InventoryIndex.create(work, candidates, { clusters, placements });
    const links = await ClusterLinks.create(work, index);
    return new ClusterAssigner(index, links, { signatures, keepsApart });
  }

  async questions(work: LongWork): Promise<SignatureQuestion[]> {
    const asking: Certified[] = [];
    for (const candidate of this.#index.candidates) {
      await work.step();
      if (candidate.kind !== 'certificate' || isIssuedByItself(candidate.facts)) continue;
      if (this.#mayMove(candidate)) asking.push(candidate);
    }
    for (const { credential, current } of this.#bringsAuthority ? this.#index.homes.values() : []) {
      await work.step();
      if (!current || credential.kind !== 'certificate' || isIssuedByItself(credential.facts)) continue;
      if (this.#hasNewIssuer(credential)) asking.push(credential);
    }
    return asking.map((certificate) => ({ certificate, authorities: this.#authorities.candidates(certificate) }));
  }

  /** Progress starts at `done` of `total` candidates. */
  async groups(work: LongWork, { done, total }: { done: number; total: number }): Promise<ClusterGroup[]> {
    await this.#nameClusters(work);
    const signers: [path: string, id: string][] = [];
    for (const one of this.#links.ofMoc) {
      await work.step();
      if (!this.#mayMove(one)) continue;
      const signer = isIssuedByItself(one.facts) ? undefined : this.#authorities.findSigner(one);
      if (signer !== undefined) signers.push([one.path, signer.id]);
    }
    this.#links.joinCloudAgents(signers);
    // A stored cluster without a CA, such as a node’s folder, joins the cluster whose new CA signed its certificates.
    for (const { id, kind, credentials } of this.#bringsAuthority ? this.#index.clusters : []) {
      if (kind === 'moc' || credentials.some(({ role }) => role === 'cluster-ca')) continue;
      const signers = new Set<string>();
      for (const one of credentials)
        if (one.kind === 'certificate' && ROLES[one.role].isOnlyOnNodes && this.#hasNewIssuer(one))
          signers.add(this.#findByIssuer(one)?.node ?? '');
      const [signer, another] = signers;
      if (signer && another === undefined) this.#links.groups.join(`s:${id}`, signer);
    }
    const choices = new Map<CredentialId, Choice>();
    for (const [at, candidate] of this.#index.candidates.entries()) {
      await work.step();
      const choice = this.#choose(candidate);
      const known = choices.get(candidate.id);
      if (known === undefined || this.#compareChoices(choice, known) < 0) choices.set(candidate.id, choice);
      work.report({ stage: { name: 'placing', done: done + at + 1, total } });
    }
    const building = new Map<string, ClusterGroup>();
    for (const candidate of this.#index.candidates) {
      await work.step();
      this.#group(building, this.#resolveNode(candidate, choices.get(candidate.id))).candidates.push(candidate);
    }
    for (const [id, home] of this.#index.homes) {
      await work.step();
      const node = this.#newNode(id, home, choices.get(id));
      if (node === undefined) continue;
      const history = collectHistory(home.cluster, id);
      this.#group(building, node).arrivals.push({ from: home.cluster, credential: home.credential, history });
    }
    const isAlone = building.size + this.#index.clusters.length < 2;
    const former = this.#keepsApart && !isAlone ? this.#findFormer(building) : new Set<string>();
    await this.#describe(work, building);
    if (this.#keepsApart) await this.#setApart(work, building, former);
    for (const group of building.values()) {
      await work.pause();
      const stored = group.stored.flatMap(({ credentials }) => credentials);
      group.nodeNames = new Set([...group.candidates, ...stored].flatMap((one) => nodeNamesIn(one)));
      if (group.foreign !== true) this.#nameByFolders(group);
      // A cloud agent's CA signs only for its clients, wherever their files are.
      if (group.kind === 'moc')
        group.candidates = group.candidates.map((candidate) =>
          candidate.kind === 'certificate' &&
          candidate.role === 'unknown' &&
          candidate.facts.extendedKeyUsage?.includes('clientAuth') === true
            ? { ...candidate, role: 'moc-client', layer: 'moc' }
            : candidate,
        );
    }
    return [...building.values()];
  }

  #compareChoices(left: Choice, right: Choice): number {
    return (
      right.strength - left.strength ||
      compareText(this.#links.groups.find(left.node), this.#links.groups.find(right.node))
    );
  }

  /** Keeps a stored credential in its cluster, unless it certainly belongs elsewhere or an admin moved it. */
  #resolveNode(candidate: CredentialCandidate, choice: Choice | undefined): string {
    const home = this.#index.homes.get(candidate.id);
    const placed = this.#index.findPlacement(candidate);
    if (placed !== undefined) return `s:${placed}`;
    if (choice === undefined) return '';
    if (home === undefined || (choice.strength >= CERTAIN && home.current)) return choice.node;
    return `s:${home.cluster.id}`;
  }

  #choose(candidate: CredentialCandidate): Choice {
    const named = this.#findByIdentity(candidate);
    if (named !== undefined) return { node: named, strength: CERTAIN };
    if (candidate.kind === 'certificate') {
      const authority = this.#index.authorityNode(candidate.id);
      if (authority !== undefined) {
        return { node: authority, strength: authority.startsWith('m:') ? CERTAIN : STATED };
      }
      if (this.#mayMove(candidate) && (!candidate.facts.isCa || isPlainFile(candidate))) {
        const issuer = this.#findByIssuer(candidate);
        if (issuer !== undefined) return issuer;
      }
    }
    return this.#findByFile(candidate);
  }

  #findByIdentity({ id, origin, name, path }: CredentialCandidate): string | undefined {
    if (isOfMoc(origin) && origin.part === 'cloud-certificate') return undefined;
    const cluster = clusterInIdentity((isOfMoc(origin) ? origin.identityName : undefined) ?? name);
    if (cluster === undefined) return undefined;
    // The other files of the same node decide which of two clusters with one name is meant.
    const agents =
      'cloudFqdn' in origin && origin.cloudFqdn !== undefined ? [`a:${path}`, `f:${parseHost(origin.cloudFqdn)}`] : [];
    return this.#findByTree(path) ?? this.#findByName(cluster, { path, home: this.#index.homes.get(id), agents });
  }

  /** Finds the cluster whose CA is in the same folder tree, or else the cluster of a node’s certificate there. */
  #findByTree(path: string): string | undefined {
    const tree = this.#links.findClusterTree(path);
    if (tree !== undefined) return tree;
    if (this.#leaves === undefined) {
      this.#leaves = new Map();
      for (const candidate of this.#index.candidates)
        if (isPlainFile(candidate) && !candidate.facts.isCa && ROLES[candidate.role].isOnlyOnNodes)
          this.#leaves.set(getTree(candidate.path), candidate);
    }
    const leaf = this.#leaves.get(getTree(path));
    return leaf && (this.#findByIssuer(leaf)?.node ?? treeNode('kubernetes', path));
  }

  /**
   * Prefers the cluster with this name that already has the credential or whose node has the file. Ignores clusters
   * that are known to run only on other cloud agents than `agents`, which are nodes.
   */
  #findByName(
    name: string,
    { path, home, agents }: { path: string; home: Home | undefined; agents: readonly string[] },
  ): string | undefined {
    const { groups } = this.#links;
    const named = [...(this.#byName.get(name.toLowerCase()) ?? [])];
    const known = agents.length === 0 ? undefined : (this.#agents ??= this.#listAgents());
    const [first, ...others] = named.filter((node) => {
      const own = known?.get(groups.find(node));
      return own === undefined || agents.some((agent) => own.has(groups.find(agent)));
    });
    if (first === undefined) return undefined;
    const group = groups.find(first);
    if (others.every((node) => groups.find(node) === group)) return first;
    const places = [home && `s:${home.cluster.id}`, treeNode('kubernetes', path)].flatMap((node) => node ?? []);
    const isHere = (node: string): boolean => places.some((place) => groups.find(place) === groups.find(node));
    return [first, ...others].find(isHere);
  }

  /** Lists the cloud agents of each cluster’s login files by the group of the cluster. */
  #listAgents(): ReadonlyMap<string, ReadonlySet<string>> {
    const { groups } = this.#links;
    const agents = new Map<string, Set<string>>();
    const add = (node: string, agent: string): void => {
      const root = groups.find(node);
      agents.set(root, (agents.get(root) ?? new Set()).add(groups.find(agent)));
    };
    for (const cluster of this.#index.clusters)
      if (cluster.kind !== 'moc') for (const agent of listAgentNodes(cluster)) add(`s:${cluster.id}`, agent);
    for (const { origin, name, path } of this.#index.candidates) {
      if (origin.format !== 'login-file' || origin.cloudFqdn === undefined) continue;
      const node = clusterInIdentity(name) && this.#findByTree(path);
      if (node) for (const agent of [`a:${path}`, `f:${parseHost(origin.cloudFqdn)}`]) add(node, agent);
    }
    return agents;
  }

  #findByIssuer(certificate: Certified): Choice | undefined {
    if (isIssuedByItself(certificate.facts)) return undefined;
    const signer = this.#authorities.findSigner(certificate);
    return signer === undefined ? undefined : { ...this.#placeOfAuthority(signer), strength: CERTAIN };
  }

  /** Returns the cluster that the authority anchors, or else its stored cluster, or that of its files or issuer. */
  #placeOfAuthority(authority: Certified): Choice {
    const known = this.#placedAuthorities.get(authority.id);
    if (known !== undefined) return known;
    const { id } = authority;
    const home = this.#index.homes.get(id as CredentialId);
    const node = this.#index.authorityNode(id) ?? (home && `s:${home.cluster.id}`);
    if (node !== undefined) {
      const stated = { node, strength: STATED };
      this.#placedAuthorities.set(id, stated);
      return stated;
    }
    const choices = this.#index
      .findCandidates(id)
      .map((candidate) => this.#findByFile(candidate))
      .sort((left, right) => this.#compareChoices(left, right));
    const provisional = choices[0] ?? { node: `n:${id}`, strength: GUESSED };
    // Certificates may sign each other in a ring, so a provisional choice is set before the issuer is looked up.
    this.#placedAuthorities.set(id, provisional);
    if (provisional.strength > GUESSED) return provisional;
    const placed = this.#findByIssuer(authority) ?? provisional;
    this.#placedAuthorities.set(id, placed);
    return placed;
  }

  #findByFile(candidate: CredentialCandidate): Choice {
    const { origin, path, layer } = candidate;
    const entry = kubeconfigEntry(candidate);
    if (entry !== undefined) return { node: entry, strength: STATED };
    const file = `a:${path}`;
    const isMoc = isOfMoc(origin);
    if (isMoc && this.#links.isBound(file)) return { node: file, strength: STATED };
    const kind = isMoc || layer === 'moc' ? 'moc' : 'kubernetes';
    const stored = isPlainFile(candidate) ? undefined : this.#links.findStored(kind, path);
    const node = stored === undefined ? treeNode(kind, path) : `s:${stored}`;
    return { node, strength: GUESSED };
  }

  async #nameClusters(work: LongWork): Promise<void> {
    for (const { id, name, kind } of this.#index.clusters)
      if (kind === 'kubernetes') this.#addName(findBaseName(name) ?? name, `s:${id}`);
    for (const candidate of this.#index.candidates) {
      await work.step();
      if (isOfPlatform(candidate)) this.#addName(findClusterName(candidate), kubeconfigEntry(candidate) ?? '');
    }
    for (const candidate of this.#index.candidates) {
      await work.step();
      if (isPlainFile(candidate) && this.#index.clusterRoots.has(candidate.id))
        this.#addName(distinctiveFolder(candidate.path), `k:${candidate.id}`);
    }
  }

  #addName(name: string | undefined, node: string): void {
    const key = name?.toLowerCase();
    if (key !== undefined) this.#byName.set(key, (this.#byName.get(key) ?? new Set()).add(node));
  }

  /** Returns `undefined` if the stored credential stays. */
  #newNode(id: CredentialId, home: Home, found: Choice | undefined): string | undefined {
    if (!home.current || this.#index.isPlaced(id)) return undefined;
    const choice = found ?? this.#newPlace(home);
    if (choice === undefined || choice.strength < CERTAIN) return undefined;
    return this.#links.groups.find(choice.node) === this.#links.groups.find(`s:${home.cluster.id}`)
      ? undefined
      : choice.node;
  }

  /** Considers only changes that this import can cause: signatures are checked only against new authorities. */
  #newPlace(home: Home): Choice | undefined {
    const { credential } = home;
    if (credential.kind === 'certificate' && credential.facts.isCa) return undefined;
    const cluster = clusterInIdentity(credential.name);
    const path = credential.sources[0]?.path ?? '';
    // A name alone moves nothing out of a cluster whose CA is known.
    const isSettled = home.cluster.credentials.some(({ role }) => role === 'cluster-ca');
    const agents = home.cluster.kind === 'moc' ? [`s:${home.cluster.id}`] : listAgentNodes(home.cluster);
    const node =
      cluster === undefined || isSettled
        ? undefined
        : (this.#findByTree(path) ?? this.#findByName(cluster, { path, home, agents }));
    if (node !== undefined) return { node, strength: CERTAIN };
    if (credential.kind !== 'certificate') return undefined;
    return this.#hasNewIssuer(credential) ? this.#findByIssuer(credential) : undefined;
  }

  #mayMove(candidate: CertificateCandidate): boolean {
    return !this.#index.homes.has(candidate.id) || this.#hasNewIssuer(candidate);
  }

  /** Returns whether a new authority may have signed the certificate; cheaper than checking signatures. */
  #hasNewIssuer(certificate: Certified): boolean {
    if (!this.#bringsAuthority) return false;
    const fitting = this.#authorities.candidates(certificate);
    const known = this.#areNew.get(fitting);
    if (known !== undefined) return known;
    const areNew = fitting.some(({ id }) => !this.#index.homes.has(id as CredentialId));
    this.#areNew.set(fitting, areNew);
    return areNew;
  }

  #group(building: Map<string, ClusterGroup>, node: string): ClusterGroup {
    const root = this.#links.groups.find(node);
    const known = building.get(root);
    if (known !== undefined) return known;
    const group: ClusterGroup = {
      kind: 'afmu'.includes(root.charAt(0)) ? 'moc' : 'kubernetes',
      stored: [],
      explicitNames: new Set(),
      folderNames: new Set(),
      identityNames: this.#index.identityNames,
      ownIdentityNames: new Set(),
      nodeNames: new Set(),
      addresses: new Set(),
      cloudAgents: new Set(),
      anchors: [],
      fallbackAnchor: root,
      candidates: [],
      arrivals: [],
    };
    building.set(root, group);
    return group;
  }

  async #describe(work: LongWork, building: ReadonlyMap<string, ClusterGroup>): Promise<void> {
    const { groups } = this.#links;
    for (const cluster of this.#index.clusters) {
      const group = building.get(groups.find(`s:${cluster.id}`));
      if (group === undefined) continue;
      if (group.stored.length === 0) group.kind = cluster.kind;
      group.stored.push(cluster);
    }
    const foreign = building.get(groups.find(FOREIGN_NODE));
    if (foreign !== undefined) this.#describeForeign(foreign);
    for (const id of this.#index.mocAuthorities) building.get(groups.find(`m:${id}`))?.anchors.push(id);
    for (const id of this.#index.clusterRoots.keys()) building.get(groups.find(`k:${id}`))?.anchors.push(id);
    for (const { kind, anchors, cloudAgents } of building.values())
      if (kind === 'moc') for (const id of anchors) cloudAgents.add(id);
    const casByFile = new Map<string, string[]>();
    for (const candidate of this.#index.candidates) {
      await work.step();
      const { origin, path } = candidate;
      if (isOfMoc(origin) && origin.part === 'cloud-certificate') addTo(casByFile, path, candidate.id);
      const entry = kubeconfigEntry(candidate);
      if (entry !== undefined && origin.format === 'kubeconfig') {
        const group = building.get(groups.find(entry));
        if (origin.clusterName !== undefined) group?.explicitNames.add(origin.clusterName);
        if (origin.server !== undefined) group?.addresses.add(origin.server);
      }
      if (origin.format === 'login-file' && origin.cloudFqdn !== undefined) {
        const group = building.get(groups.find(`a:${path}`));
        group?.explicitNames.add(parseHost(origin.cloudFqdn));
        group?.addresses.add(parseHost(origin.cloudFqdn));
      }
    }
    for (const { kind, candidates, arrivals, cloudAgents, explicitNames, ownIdentityNames } of building.values()) {
      if (kind === 'moc') continue;
      for (const { origin, name, path } of candidates) {
        if (origin.format !== 'login-file') continue;
        for (const id of casByFile.get(path) ?? []) cloudAgents.add(id);
        const cluster = clusterInIdentity(name);
        if (cluster !== undefined) {
          explicitNames.add(cluster);
          ownIdentityNames.add(cluster.toLowerCase());
        }
        if (origin.cloudFqdn !== undefined) cloudAgents.add(parseHost(origin.cloudFqdn));
      }
      // Until the cluster was known, its login files counted as the cloud agent's.
      for (const { from } of arrivals)
        if (from.kind === 'moc')
          for (const agent of [...from.addresses, ...(from.cloudAgents ?? [])]) cloudAgents.add(parseHost(agent));
    }
  }

  #describeForeign(group: ClusterGroup): void {
    group.foreign = true;
    if (this.#index.foreign !== undefined) group.stored = [this.#index.foreign];
  }

  /** Removes credentials outside the platform from every group, except those that an admin placed. */
  async #setApart(work: LongWork, building: Map<string, ClusterGroup>, former: ReadonlySet<string>): Promise<void> {
    const candidates: CredentialCandidate[] = [];
    const arrivals: Arrival[] = [];
    for (const [node, group] of building) {
      await work.pause();
      if (group.foreign === true) continue;
      const isForeign = former.has(node) ? () => true : this.#foreignIn(group);
      const own: CredentialCandidate[] = [];
      for (const one of group.candidates)
        (this.#index.findPlacement(one) === undefined && isForeign(one) ? candidates : own).push(one);
      group.candidates = own;
      const stays: Arrival[] = [];
      for (const arrival of group.arrivals)
        if (!isForeign(arrival.credential)) stays.push(arrival);
        else if (arrival.from.foreign !== true) arrivals.push(arrival);
      group.arrivals = stays;
      for (const cluster of group.stored)
        for (const credential of cluster.credentials)
          if (!this.#index.isPlaced(credential.id) && isForeign(credential))
            arrivals.push({ from: cluster, credential, history: collectHistory(cluster, credential.id) });
      // The live cluster may take the name of its former cluster.
      if (former.has(node)) group.stored = [];
      if (group.candidates.length + group.arrivals.length + group.stored.length === 0) building.delete(node);
    }
    if (candidates.length + arrivals.length === 0) return;
    const group = this.#group(building, FOREIGN_NODE);
    this.#describeForeign(group);
    append(group.candidates, candidates);
    append(group.arrivals, arrivals);
  }

  /** Returns the nodes in `building` whose clusters were rebuilt later. */
  #findFormer(building: Map<string, ClusterGroup>): ReadonlySet<string> {
    const { groups } = this.#links;
    const foreign = groups.find(FOREIGN_NODE);
    const live = [...building].filter(([node, { kind }]) => kind !== 'moc' && node !== foreign);
    const stored = this.#index.clusters.filter(({ kind }) => kind !== 'moc');
    const places = stored.map((cluster) => [groups.find(`s:${cluster.id}`), cluster] as const);
    // An admin's choice takes precedence.
    const mayBeFormer = (one: CredentialCandidate | Credential): boolean =>
      isFetched(one) && ('path' in one ? this.#index.findPlacement(one) === undefined : !this.#index.isPlaced(one.id));
    const others = new Set<string>();
    for (const [node, { credentials, nameEvidence }] of places)
      if (nameEvidence === 'admin' || !credentials.every(mayBeFormer)) others.add(node);
    for (const [node, { candidates, arrivals }] of live)
      if (!candidates.every(mayBeFormer) || !arrivals.every(({ credential }) => isFetched(credential)))
        others.add(node);
    if ([...places, ...live].every(([node]) => others.has(node))) return new Set();
    const parts = new Map<string, ClusterPart[]>();
    for (const [node, { name, addresses, credentials }] of places)
      addTo(parts, node, { names: [(findBaseName(name) ?? name).toLowerCase()], addresses, credentials });
    for (const [node, { candidates, arrivals }] of live) {
      const names = candidates.flatMap((one) =>
        [
          findClusterName(one),
          clusterInIdentity(one.name),
          isPlainFile(one) ? distinctiveFolder(one.path) : undefined,
        ].flatMap((name) => name?.toLowerCase() ?? []),
      );
      const addresses = candidates.flatMap(({ origin }) => ('server' in origin ? (origin.server ?? []) : []));
      addTo(parts, node, {
        names,
        addresses,
        credentials: [...arrivals.map(({ credential }) => credential), ...candidates],
      });
    }
    const former = findFormerClusters(parts, others);
    for (const node of former) this.#group(building, node);
    return former;
  }

  #foreignIn(group: ClusterGroup): (one: CredentialCandidate | Credential) => boolean {
    const stored = [
      ...group.arrivals.map(({ credential }) => credential),
      ...group.stored.flatMap(({ credentials }) => credentials),
    ];
    const copies = listCopies(group.candidates, stored, this.#index.foreign?.credentials ?? []);
    if (group.kind === 'moc') return ({ id }) => copies.has(id);
    const all = [...group.candidates, ...stored];
    const isCluster = group.stored.some((one) => !isAllForeign(one)) || all.some((one) => isOfPlatform(one));
    if (!isCluster) return () => true;
    const [names, paths] = [new Set<string>(), new Set<string>()];
    for (const one of all) {
      if (one.kind !== 'certificate') continue;
      // Avoids decoding stored certificates.
      names.add(('path' in one ? one.facts : certificateOutline(one)).issuer.cn ?? '');
      paths.add(`${getFolder(('path' in one ? one : one.sources[0])?.path ?? '')}/`);
    }
    if (findDistribution({ names: [...names], paths: [...paths] }) !== undefined) return () => true;
    const issuers = new Set(
      all.flatMap((one) =>
        one.kind === 'certificate' && one.facts.isCa && isOfPlatform(one) ? [one.facts.issuer.text] : [],
      ),
    );
    return (one) => {
      if (copies.has(one.id)) return true;
      // A cluster keeps its stored credentials, so only new ones are judged.
      if (isOfPlatform(one) || one.kind === 'token' || this.#index.homes.has(one.id)) return false;
      if (one.facts.isCa && issuers.has(one.facts.subject.text)) return false;
      if (clusterInIdentity(one.name) !== undefined) return false;
      const signer = this.#authorities.findSigner(one);
      return signer === undefined || this.#index.authorityNode(signer.id) === undefined;
    };
  }

  /** Names a cloud agent after folders only as a last resort, since its files are in many profiles and copies. */
  #nameByFolders(group: ClusterGroup): void {
    group.anchors.sort(
      (left, right) =>
        Number(this.#index.clusterCas.has(right)) - Number(this.#index.clusterCas.has(left)) ||
        compareText(left, right),
    );
    if (group.kind === 'moc' && group.anchors.length > 0) return;
    const plain = group.candidates.filter(
      (one) => isPlainFile(one) && (group.anchors.length === 0 || this.#index.clusterRoots.has(one.id)),
    );
    const naming = plain.length > 0 ? plain : group.candidates;
    for (const { path } of naming) {
      const folder = distinctiveFolder(path, group.nodeNames);
      if (folder !== undefined) group.folderNames.add(folder);
    }
    if (group.folderNames.size > 0 || group.anchors.length > 0) return;
    // Files without a cluster or a distinctive folder: the name of any folder will do.
    for (const { path } of naming) {
      const folder = getFileName(getFolder(path));
      if (folder !== '') group.folderNames.add(folder);
    }
  }
}
