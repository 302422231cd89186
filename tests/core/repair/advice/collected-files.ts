import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import {
  bits,
  boolean,
  buildCertificate,
  commonName,
  ECDSA_SHA256,
  element,
  encodeCertificatePem,
  extension,
  integer,
  octets,
  oid,
  relativeName,
  sequence,
  text,
  utcTime,
} from '../../../support/certificates.ts';
import { posix } from 'node:path';
import { TEST_NOW } from '../../../support/ports.ts';
import { cloudconfig, jwt, kubeconfig, loginFile } from '../../inventory/pki.ts';
import { CREDENTIALS, isValid, type CredentialName, type Platform } from '../proof/platform.ts';
import type { DrawnCluster, DrawnDeployment, DrawnFleet } from './drawn-fleet.ts';

/* Writes the files of a drawn fleet as admins collect them, and records the truth about each file. */

export interface TrueFile {
  /** Absent for a file that belongs to no deployment of the product. */
  deployment?: TrueDeployment;
  /** Absent for a file of a host. */
  cluster?: TrueCluster;
  /** `former`: a file from before the cluster was rebuilt. */
  kind: 'original' | 'copy' | 'former';
}

export interface TrueCluster {
  name: string;
  /** The whole deployment as a repair of this cluster sees it. */
  platform: Platform;
}

export interface TrueDeployment {
  agent: string;
  isAgentRead: boolean;
  /** Whether the configuration of the modules ties the management cluster to a cloud agent with a unique name. */
  isConfigured: boolean;
  /** Whether a file contains both the former and the current CA of the cloud agent, or there is only one CA. */
  isTied: boolean;
  /** Whether the only CA of the cloud agent has expired. */
  needsRoot: boolean;
  managementName: string;
  clusters: TrueCluster[];
}

export interface CollectedFleet {
  contents: Map<string, string>;
  files: Map<string, TrueFile>;
  deployments: TrueDeployment[];
  /** Lists of folders, to be imported one after another. */
  imports: string[][];
}

const NOW_MS = Date.parse(TEST_NOW);
const DAY_MS = 86_400_000;

interface Keys {
  privateKey: KeyObject;
  /** SubjectPublicKeyInfo in DER. */
  spki: Buffer;
}

interface Authority {
  name: Buffer;
  key: KeyObject;
  keyId: Buffer;
  pem: string;
  isAlive: boolean;
}

type Days = readonly [from: number, to: number];

function generateKeys(): Keys {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, spki: publicKey.export({ type: 'spki', format: 'der' }) };
}

const LEAF_KEYS = Array.from({ length: 8 }, generateKeys);
const USAGES = { server: oid('1.3.6.1.5.5.7.3.1'), client: oid('1.3.6.1.5.5.7.3.2') };

/** Issues certificates, with serial numbers that never repeat. */
class Issuer {
  #count = 0;

  authority(cn: string, days: Days): Authority {
    const { spki, privateKey } = generateKeys();
    const keyId = createHash('sha1').update(spki).digest();
    const name = commonName(cn);
    const pem = this.#certify({
      subject: name,
      issuer: name,
      days,
      spki,
      privateKey,
      isCa: true,
      keyId,
      issuerId: keyId,
    });
    return { name, key: privateKey, keyId, pem, isAlive: days[1] > 0 };
  }

  leaf(
    by: Authority,
    cn: string,
    days: Days,
    more: { organisation?: string; usage?: readonly ('server' | 'client')[]; names?: readonly string[] } = {},
  ): string {
    const { spki } = LEAF_KEYS[this.#count % LEAF_KEYS.length]!;
    const subject = sequence(
      ...(more.organisation === undefined ? [] : [relativeName('2.5.4.10', text(0x13, more.organisation))]),
      relativeName('2.5.4.3', text(0x0c, cn)),
    );
    return this.#certify({
      ...more,
      subject,
      issuer: by.name,
      days,
      spki,
      privateKey: by.key,
      isCa: false,
      issuerId: by.keyId,
    });
  }

  #certify(options: {
    subject: Buffer;
    issuer: Buffer;
    days: Days;
    spki: Buffer;
    privateKey: KeyObject;
    isCa: boolean;
    keyId?: Buffer;
    issuerId: Buffer;
    usage?: readonly ('server' | 'client')[];
    names?: readonly string[];
  }): string {
    const { subject, issuer, days, spki, privateKey, isCa, keyId, issuerId, usage = ['client'], names = [] } = options;
    this.#count += 1;
    const parts = {
      serial: integer(`40${this.#count.toString(16).padStart(14, '0')}`),
      algorithm: ECDSA_SHA256,
      issuer,
      subject,
      validity: sequence(...days.map((day) => utcTime(formatUtc(NOW_MS + day * DAY_MS)))),
      key: spki,
      extensions: [
        extension('2.5.29.15', bits(Buffer.from([isCa ? 0x06 : 0xa0]), isCa ? 1 : 5), true),
        ...(isCa ? [] : [extension('2.5.29.37', sequence(...usage.map((each) => USAGES[each])))]),
        extension('2.5.29.19', isCa ? sequence(boolean(0xff)) : sequence(), true),
        ...(keyId === undefined ? [] : [extension('2.5.29.14', octets(keyId))]),
        extension('2.5.29.35', sequence(element(0x80, issuerId))),
        ...(names.length === 0 ? [] : [extension('2.5.29.17', sequence(...names.map((each) => text(0x82, each))))]),
      ],
    };
    // The signature covers the first element of the unsigned certificate.
    const unsigned = buildCertificate(parts);
    const tbs = firstElement(unsigned);
    return encodeCertificatePem(buildCertificate({ ...parts, signature: bits(sign('sha256', tbs, privateKey)) }));
  }
}

function firstElement(der: Buffer): Buffer {
  const start = contentStart(der, 0);
  const first = der[start + 1]!;
  const length = first < 0x80 ? first : der.readUIntBE(start + 2, first & 0x7f);
  return der.subarray(start, contentStart(der, start) + length);
}

function contentStart(der: Buffer, at: number): number {
  const first = der[at + 1]!;
  return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
}

function formatUtc(ms: number): string {
  return `${new Date(ms).toISOString().replaceAll(/[-:T]/gu, '').slice(2, 14)}Z`;
}

const FOUR_DAYS = { alive: [-1, 3], dead: [-9, -5] } as const;
const NINETY_DAYS = { alive: [-10, 80], dead: [-100, -10] } as const;
const YEAR = { alive: [-100, 265], dead: [-400, -35] } as const;
const TEN_YEARS = { alive: [-200, 3_450], dead: [-3_655, -5] } as const;
const SITES = ['lyon', 'kyoto', 'austin', 'oslo'];
const OLDER = { fourDays: [-60, -56], ninetyDays: [-190, -100], year: [-800, -435] } as const;

export function collectFiles(drawn: DrawnFleet): CollectedFleet {
  const fleet: CollectedFleet = { contents: new Map(), files: new Map(), deployments: [], imports: [] };
  const folders: string[] = [];
  const issuer = new Issuer();
  for (const [at, each] of drawn.deployments.entries())
    folders.push(...new DeploymentFiles(fleet, issuer, { fleet: drawn, drawn: each, site: SITES[at]!, at }).write());
  for (const kind of drawn.foreign) folders.push(writeForeign(fleet, issuer, kind));
  fleet.imports =
    drawn.order === 'once'
      ? [folders]
      : (drawn.order === 'forwards' ? folders : folders.toReversed()).map((folder) => [folder]);
  return fleet;
}

class DeploymentFiles {
  readonly #fleet: CollectedFleet;
  readonly #issuer: Issuer;
  readonly #drawn: DrawnDeployment;
  readonly #site: string;
  readonly #at: number;
  readonly #whole: DrawnFleet;
  readonly #truth: TrueDeployment;
  readonly #current: Authority;
  readonly #former: Authority | undefined;
  readonly #folders = new Set<string>();
  readonly #rootsByHost = new Map<string, Set<'current' | 'former'>>();
  readonly #ownHosts = new Set<string>();
  #holders = 0;

  constructor(
    fleet: CollectedFleet,
    issuer: Issuer,
    { fleet: whole, drawn, site, at }: { fleet: DrawnFleet; drawn: DrawnDeployment; site: string; at: number },
  ) {
    this.#fleet = fleet;
    this.#issuer = issuer;
    this.#drawn = drawn;
    this.#site = site;
    this.#at = at;
    this.#whole = whole;
    const cn = at % 2 === 0 ? 'cloud-agent-ca' : `ca-${site}`;
    const isExpired = drawn.roots === 'expired';
    this.#former =
      drawn.roots === 'overlap'
        ? issuer.authority(cn, [-345, 20])
        : drawn.roots === 'replaced'
          ? issuer.authority(cn, [-370, -5])
          : undefined;
    this.#current = issuer.authority(
      cn,
      isExpired ? [-367, -2] : this.#former === undefined ? [-100, 265] : [-20, 345],
    );
    this.#truth = {
      agent: whole.haveSameAgentName
        ? 'cloud.contoso.example'
        : `ca-${createHash('sha256').update(site).digest('hex').slice(0, 8)}.${site}.contoso.example`,
      isAgentRead: false,
      isConfigured: false,
      isTied: this.#former === undefined,
      needsRoot: isExpired,
      managementName: drawn.managementName,
      clusters: [],
    };
    fleet.deployments.push(this.#truth);
  }

  /** Writes the files of the deployment, and returns the folders to import. */
  write(): string[] {
    const dead = this.#writeHosts();
    const management: TrueCluster = { name: this.#drawn.managementName, platform: allValid() };
    const ofManagement = this.#writeManagement(management);
    this.#truth.clusters.push(management);
    for (const [at, each] of this.#drawn.clusters.entries())
      this.#truth.clusters.push(this.#writeCluster(each, at, [...dead, ...ofManagement]));
    const [first] = this.#truth.clusters;
    management.platform = makePlatform([...dead, ...ofManagement], { ...this.#drawn, isManagement: true });
    return first === undefined ? [] : [...this.#folders];
  }

  #put(folder: string, path: string, content: string, truth: Omit<TrueFile, 'deployment'>): void {
    const full = `${folder}/${path}`;
    this.#folders.add(folder);
    this.#fleet.contents.set(full, content);
    this.#fleet.files.set(full, { ...truth, deployment: this.#truth });
  }

  #folder(kind: 'host' | 'node' | 'workstation', name: string, cluster = ''): string {
    const profile = this.#whole.layout === 'in-profile' ? '/C:/Users/ana' : '';
    if (this.#whole.layout !== 'by-site') return `${profile}/collected/${kind === 'node' ? '' : `${kind}s/`}${name}`;
    return `/backup/${this.#site}/${cluster === '' ? kind : cluster}/${name}`;
  }

  /**
   * Returns the access file of a client of the cloud agent. `isDead`: its certificate or the CA that signed it has
   * expired.
   */
  #client(
    identity: string,
    isAlive: boolean,
    host?: { folder: string; isOwn: boolean },
  ): { file: string; isDead: boolean } {
    const trust =
      this.#former === undefined ? 'current' : this.#drawn.trusts[this.#holders++ % this.#drawn.trusts.length]!;
    const by = trust === 'former' ? this.#former! : this.#current;
    if (trust === 'both') this.#truth.isTied = true;
    if (host !== undefined) this.#noteTrust(host.folder, trust === 'former' ? 'former' : 'current', host.isOwn);
    const crt = this.#issuer.leaf(by, identity, NINETY_DAYS[isAlive ? 'alive' : 'dead'], {
      usage: ['client', 'server'],
    });
    const ca = [
      ...(trust === 'current' ? [] : [this.#former!.pem]),
      ...(trust === 'former' ? [] : [this.#current.pem]),
    ].join('');
    this.#truth.isAgentRead = true;
    return { file: cloudconfig({ ca, client: { crt }, identity }), isDead: !isAlive || !by.isAlive };
  }

  /** A host has only one cloud agent, so both CAs in its folder belong to it. */
  /** Notes that a host has a file with this CA. `isOwn`: only the cloud agent of the host writes the file. */
  #noteTrust(host: string, root: 'current' | 'former', isOwn = true): void {
    const roots = (this.#rootsByHost.get(host) ?? new Set()).add(root);
    this.#rootsByHost.set(host, roots);
    if (isOwn) this.#ownHosts.add(host);
    // A profile alone may have files of two sites.
    if (roots.size > 1 && this.#ownHosts.has(host)) this.#truth.isTied = true;
  }

  #login(identity: string, life: boolean | Days, type = 'Node'): string {
    const [from, to] = typeof life === 'boolean' ? NINETY_DAYS[life ? 'alive' : 'dead'] : life;
    return loginFile({
      name: identity,
      token: this.#token(identity, from, to),
      ca: this.#current.pem,
      fqdn: this.#truth.agent,
      type,
    });
  }

  #token(identity: string, from: number, to: number): string {
    const second = (day: number): number => Math.floor((NOW_MS + day * DAY_MS) / 1000);
    const jti = `${this.#site}-${identity}-${from}`;
    return jwt({ name: identity, iss: 'wssdagentsvc', iat: second(from), exp: second(to), jti });
  }

  /** Writes the files of the hosts, and returns the names of their dead credentials. */
  #writeHosts(): CredentialName[] {
    const { host, hosts, copies } = this.#drawn;
    const dead: CredentialName[] = [];
    const original = { kind: 'original' } as const;
    for (let number = 1; number <= hosts; number += 1) {
      const name = `hv-${this.#site}-0${number}`;
      const folder = this.#folder('host', name);
      const access = (file: string, credential: CredentialName & keyof typeof host, identity: string): void => {
        if (host[credential] === 'missing') return;
        const isOwn = credential === 'node-agent';
        const client = this.#client(identity, host[credential] === 'alive', { folder, isOwn });
        if (client.isDead && !dead.includes(credential)) dead.push(credential);
        this.#put(folder, file, client.file, original);
      };
      access('ProgramData/wssdagent/cloudconfig', 'node-agent', name);
      if (host['node-agent-token'] !== 'missing') this.#noteTrust(folder, 'current');
      if (host['node-agent-token'] !== 'missing')
        this.#put(
          folder,
          'ProgramData/wssdagent/cloudlogin.yaml',
          this.#login(name, host['node-agent-token'] === 'alive'),
          original,
        );
      if (copies.includes('access-file') && host['node-agent'] !== 'missing') {
        const crt = this.#issuer.leaf(this.#former ?? this.#current, name, OLDER.ninetyDays, {
          usage: ['client', 'server'],
        });
        const ca = (this.#former ?? this.#current).pem;
        this.#put(
          `/archive/${this.#site}`,
          `${name}/wssdagent/cloudconfig`,
          cloudconfig({ ca, client: { crt }, identity: name }),
          { kind: 'copy' },
        );
      }
      if (copies.includes('host') && host['node-agent'] !== 'missing') this.#writeHostBackup(name, number);
      if (number > 1) continue;
      access('Users/admin/.wssd/mocctl/cloudconfig', 'mocctl', `mocctl-${this.#site}`);
      access('Users/admin/.wssd/kvactl/cloudconfig', 'kvactl', `kvactl-${this.#site}`);
      this.#writeConfig(folder);
      if (host['kvactl-token'] !== 'missing') this.#noteTrust(folder, 'current');
      if (host['kvactl-token'] !== 'missing')
        this.#put(
          folder,
          'AksHci/kvatoken.tok',
          this.#login(`kvactl-${this.#site}`, host['kvactl-token'] === 'alive', 'ExternalClient'),
          original,
        );
    }
    if (['mocctl', 'kvactl', 'node-agent'].every((name) => host[name as 'mocctl'] === 'missing'))
      this.#truth.isAgentRead = host['node-agent-token'] !== 'missing' || host['kvactl-token'] !== 'missing';
    for (const name of ['kvactl-token', 'node-agent-token'] as const) if (host[name] === 'dead') dead.push(name);
    return dead;
  }

  #writeConfig(folder: string): void {
    const { config, management, managementName } = this.#drawn;
    if (config === 'missing') return;
    const isOfLogin = config === 'with-login';
    const identity = Buffer.from(this.#login(`Appliance-${this.#site}`, true, 'ExternalClient')).toString('base64');
    const sections = {
      Moc: { cloudFqdn: this.#truth.agent, clusterRoleName: `ca-${this.#site}` },
      Kva: { kvaName: managementName, kvaK8sVersion: 'v1.29.4', ...(isOfLogin && { identity }) },
    };
    this.#put(folder, 'AksHci/.AksHci/psconfig.json', JSON.stringify(sections), { kind: 'original' });
    if (isOfLogin) this.#noteTrust(folder, 'current');
    const isHostRead = isOfLogin || this.#rootsByHost.has(folder);
    this.#truth.isConfigured =
      isHostRead && management['management-kubeconfig'] !== 'missing' && !this.#whole.haveSameAgentName;
  }

  /** Writes a backup of a host, as it was before its last certificates. */
  #writeHostBackup(name: string, number: number): void {
    const { host } = this.#drawn;
    const by = this.#former ?? this.#current;
    const backup = `/archive/hosts-2026-08/${name}`;
    const put = (path: string, identity: string): void => {
      const crt = this.#issuer.leaf(by, identity, OLDER.ninetyDays, { usage: ['client', 'server'] });
      this.#put(backup, path, cloudconfig({ ca: by.pem, client: { crt }, identity }), { kind: 'copy' });
    };
    put('ProgramData/wssdagent/cloudconfig', name);
    if (number === 1 && host.mocctl !== 'missing') put('Users/admin/.wssd/mocctl/cloudconfig', `mocctl-${this.#site}`);
    if (number === 1 && host.kvactl !== 'missing') put('Users/admin/.wssd/kvactl/cloudconfig', `kvactl-${this.#site}`);
  }

  #writeManagement(cluster: TrueCluster): CredentialName[] {
    const { management, managementName } = this.#drawn;
    const dead: CredentialName[] = [];
    const node = this.#nodeName(managementName, true);
    const folder = this.#folder('node', node, managementName);
    const truth = { kind: 'original', cluster } as const;
    const ca = this.#issuer.authority('kubernetes', TEN_YEARS.alive);
    this.#put(folder, 'etc/kubernetes/pki/ca.crt', ca.pem, truth);
    this.#put(folder, 'etc/kubernetes/pki/apiserver.crt', this.#serverCertificate(ca, node, FOUR_DAYS.alive), truth);
    if (management['management-kms-token'] !== 'missing') {
      const isAlive = management['management-kms-token'] === 'alive';
      this.#put(folder, 'opt/wssd/k8s/cloudlogin.yaml', this.#kmsLogin(managementName, isAlive), truth);
      if (!isAlive) dead.push('management-kms-token');
    }
    if (management.caph !== 'missing') {
      const client = this.#client(`${managementName}-caph`, management.caph === 'alive');
      if (client.isDead) dead.push('caph');
      this.#put(folder, 'caph-controller-manager/etc/azhci/cloudconfig/value', client.file, truth);
    }
    if (management['management-kubeconfig'] !== 'missing') {
      const isAlive = management['management-kubeconfig'] === 'alive';
      const client = { crt: this.#adminClient(ca, YEAR[isAlive ? 'alive' : 'dead']) };
      const server = `https://10.${this.#at}.0.5:6443`;
      const content = kubeconfig({
        cluster: managementName,
        ca: ca.pem,
        client,
        user: `${managementName}-admin`,
        server,
      });
      this.#put(this.#folder('host', `hv-${this.#site}-01`), 'AksHci/1.0.22.10209/kubeconfig-mgmt', content, truth);
      if (!isAlive) dead.push('management-kubeconfig');
    }
    return dead;
  }

  #writeCluster(drawn: DrawnCluster, at: number, deadAround: readonly CredentialName[]): TrueCluster {
    const { name, copies } = drawn;
    const isLoginAlone = this.#hasLoneLogin(drawn);
    const credentials = isLoginAlone
      ? ({ ...drawn.credentials, apiserver: 'missing', 'kubelet-server': 'missing' } as const)
      : drawn.credentials;
    const cluster: TrueCluster = { name, platform: allValid() };
    const truth = { kind: 'original', cluster } as const;
    const first = this.#nodeName(name, drawn.hasOwnNodeNames);
    const folder = this.#folder('node', first, name);
    const isCaAlive = credentials['cluster-ca'] !== 'dead';
    const isServerAlive = credentials.apiserver !== 'dead';
    const ca = this.#issuer.authority('kubernetes', TEN_YEARS[isCaAlive ? 'alive' : 'dead']);
    const etcd = this.#issuer.authority('etcd-ca', TEN_YEARS.alive);
    const frontProxy = this.#issuer.authority('front-proxy-ca', TEN_YEARS.alive);
    const days = FOUR_DAYS[isServerAlive ? 'alive' : 'dead'];
    const server = `https://10.${this.#at}.${at + 1}.5:6443`;
    const writeNode = (root: string, base: string, leaf: Days, kind: TrueFile['kind'], node = first): void => {
      const pki = `${base}etc/kubernetes/pki`;
      const put = (file: string, content: string): void =>
        this.#put(root, posix.join(pki, file), content, { kind, cluster });
      put('ca.crt', ca.pem);
      put('etcd/ca.crt', etcd.pem);
      put('front-proxy-ca.crt', frontProxy.pem);
      put('apiserver.crt', this.#serverCertificate(ca, node, leaf));
      put(
        'apiserver-kubelet-client.crt',
        this.#issuer.leaf(ca, 'kube-apiserver-kubelet-client', leaf, { organisation: 'system:masters' }),
      );
      put(
        'apiserver-etcd-client.crt',
        this.#issuer.leaf(etcd, 'kube-apiserver-etcd-client', leaf, { organisation: 'system:masters' }),
      );
      put(
        'etcd/server.crt',
        this.#issuer.leaf(etcd, node, leaf, { usage: ['server', 'client'], names: ['localhost', node] }),
      );
      put(
        'etcd/peer.crt',
        this.#issuer.leaf(etcd, node, leaf, { usage: ['server', 'client'], names: ['localhost', node] }),
      );
      put(
        'etcd/healthcheck-client.crt',
        this.#issuer.leaf(etcd, 'kube-etcd-healthcheck-client', leaf, { organisation: 'system:masters' }),
      );
      put('front-proxy-client.crt', this.#issuer.leaf(frontProxy, 'front-proxy-client', leaf));
      const client = { crt: this.#adminClient(ca, leaf) };
      put('../admin.conf', kubeconfig({ cluster: name, ca: ca.pem, client, user: 'kubernetes-admin', server }));
    };
    const isNodeRead = credentials.apiserver !== 'missing';
    if (isNodeRead) writeNode(folder, '', days, 'original');
    else if (
      !isLoginAlone &&
      (credentials['cluster-ca'] !== 'missing' ||
        credentials.kubeconfig === 'missing' ||
        credentials['kubelet-server'] === 'missing')
    )
      this.#put(folder, 'etc/kubernetes/pki/ca.crt', ca.pem, truth);
    // Only the first node may have expired certificates.
    for (let number = 2; isNodeRead && number <= drawn.controlPlanes; number += 1) {
      const other = this.#nodeName(`${name}-${number}`, drawn.hasOwnNodeNames).replace(`${name}-${number}`, name);
      writeNode(this.#folder('node', other, name), '', FOUR_DAYS.alive, 'original', other);
    }
    if (credentials['kubelet-server'] !== 'missing') {
      const life = FOUR_DAYS[credentials['kubelet-server'] === 'alive' ? 'alive' : 'dead'];
      const crt = this.#issuer.leaf(ca, `system:node:${first}`, life, {
        organisation: 'system:nodes',
        usage: ['server'],
        names: [first],
      });
      this.#put(folder, 'var/lib/kubelet/pki/kubelet-server-current.pem', crt, truth);
    }
    if (credentials['kms-token'] !== 'missing') {
      this.#put(
        folder,
        'opt/wssd/k8s/cloudlogin.yaml',
        this.#kmsLogin(name, credentials['kms-token'] === 'alive'),
        truth,
      );
    }
    const user = `${name}-admin`;
    const workstation = this.#folder('workstation', `${this.#site}-admin`);
    const writeKubeconfig = (path: string, by: Authority, life: Days, kind: TrueFile['kind']): void => {
      const client = { crt: this.#adminClient(by, life) };
      this.#put(workstation, path, kubeconfig({ cluster: name, ca: by.pem, client, user, server }), { kind, cluster });
    };
    if (credentials.kubeconfig !== 'missing') {
      writeKubeconfig(
        `.kube/config-${name}`,
        ca,
        YEAR[credentials.kubeconfig === 'alive' ? 'alive' : 'dead'],
        'original',
      );
      if (copies.includes('kubeconfig')) writeKubeconfig(`Desktop/${name}-old.yaml`, ca, OLDER.year, 'copy');
    }
    if (drawn.wasRebuilt && isNodeRead) {
      const [rebuilt] = TEN_YEARS[isCaAlive ? 'alive' : 'dead'];
      const before = this.#issuer.authority('kubernetes', [rebuilt - 700, rebuilt + 2_950]);
      writeKubeconfig(`Documents/${name}.yaml`, before, [rebuilt - 300, rebuilt + 65], 'former');
    }
    if (isNodeRead && copies.includes('node')) {
      writeNode('/archive/2026-09', `${first}/`, OLDER.fourDays, 'copy');
      if (credentials['kms-token'] !== 'missing') {
        const login = this.#login(`KMSPlugin-${name}-moc-kms-plugin`, OLDER.ninetyDays, 'ControlPlane');
        this.#put('/archive/2026-09', `${first}/opt/wssd/k8s/cloudlogin.yaml`, login, { kind: 'copy', cluster });
      }
    }
    if (isNodeRead && copies.includes('monitoring')) {
      const crt = this.#issuer.leaf(etcd, 'kube-apiserver-etcd-client', [-80, -76], { organisation: 'system:masters' });
      this.#put(`/monitoring/${this.#site}`, `${name}/etcd-client.crt`, crt, { kind: 'copy', cluster });
    }
    const own = (['cluster-ca', 'apiserver', 'kubelet-server', 'kms-token', 'kubeconfig'] as const).filter(
      (each) => credentials[each] === 'dead',
    );
    // If the CA of the cluster has expired, everything that it signed is useless.
    const lost = isCaAlive
      ? []
      : (['apiserver', 'kubelet-server', 'kubeconfig'] as const).filter((each) => credentials[each] !== 'missing');
    cluster.platform = makePlatform([...deadAround, ...own, ...lost], {
      ...drawn,
      managementKmsDown: this.#drawn.isKmsDown,
    });
    return cluster;
  }

  /** A lone login file names its cluster only if no other deployment has a cluster of that name. */
  #hasLoneLogin({ name, credentials, hasLoneLogin }: DrawnCluster): boolean {
    const namesakes = this.#whole.deployments.filter(({ clusters }) => clusters.some((each) => each.name === name));
    const isReadable = credentials.kubeconfig !== 'missing' && credentials['kms-token'] !== 'missing';
    return hasLoneLogin && namesakes.length === 1 && isReadable;
  }

  #kmsLogin(cluster: string, isAlive: boolean): string {
    return this.#login(`KMSPlugin-${cluster}-moc-kms-plugin`, isAlive, 'ControlPlane');
  }

  #serverCertificate(ca: Authority, node: string, days: Days): string {
    const names = [
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      'kubernetes.default.svc.cluster.local',
      node,
    ];
    return this.#issuer.leaf(ca, 'kube-apiserver', days, { usage: ['server'], names });
  }

  #adminClient(ca: Authority, days: Days): string {
    return this.#issuer.leaf(ca, 'kubernetes-admin', days, { organisation: 'system:masters' });
  }

  #nodeName(cluster: string, isNamed: boolean): string {
    const suffix = createHash('sha256').update(`${this.#site} ${cluster}`).digest('hex').slice(0, 5);
    return isNamed ? `${cluster}-control-plane-${suffix}` : `moc-l${suffix}x${this.#at}`;
  }
}

function allValid(): Platform {
  const credentials = Object.fromEntries(CREDENTIALS.map((name) => [name, 'valid'])) as Platform['credentials'];
  return { credentials, isKmsDown: { management: false, workload: false }, servingBy: 'cloud', isWithoutEffect: false };
}

function makePlatform(
  dead: readonly CredentialName[],
  hidden: {
    isKmsDown: boolean;
    managementKmsDown?: boolean;
    isManagement?: true;
    servingBy?: 'cloud' | 'kubelet';
    isWithoutEffect?: boolean;
  },
): Platform {
  const base = allValid();
  const credentials = { ...base.credentials, ...Object.fromEntries(dead.map((name) => [name, 'expired' as const])) };
  const isDead = (name: CredentialName): boolean => !isValid({ credentials }, name);
  const managementDown = hidden.isManagement ? hidden.isKmsDown : hidden.managementKmsDown === true;
  return {
    credentials,
    isKmsDown: {
      management: managementDown && isDead('management-kms-token'),
      workload: hidden.isManagement !== true && hidden.isKmsDown && isDead('kms-token'),
    },
    servingBy: isDead('kubelet-server') ? (hidden.servingBy ?? 'cloud') : 'cloud',
    isWithoutEffect: hidden.isWithoutEffect === true && isDead('apiserver'),
  };
}

const FOREIGN = {
  k3s: ['k3s-server-ca@1764000001', 'var/lib/rancher/k3s/server/tls/server-ca.crt', 'serving-kube-apiserver.crt'],
  rke2: ['rke2-server-ca@1771329750', 'var/lib/rancher/rke2/server/tls/server-ca.crt', 'serving-kube-apiserver.crt'],
  minikube: ['minikubeCA', '.minikube/ca.crt', 'profiles/minikube/apiserver.crt'],
  openshift: ['kube-apiserver-lb-signer', 'secrets/loadbalancer-serving-signer/tls.crt', '../external/tls.crt'],
} as const;

/** Writes the CA and an expired API server certificate of another distribution, and returns their folder. */
function writeForeign(fleet: CollectedFleet, issuer: Issuer, kind: keyof typeof FOREIGN): string {
  const [cn, caPath, leafPath] = FOREIGN[kind];
  const folder = `/collected/lab-${kind}`;
  const ca = issuer.authority(cn, [-400, 3_250]);
  const crt = issuer.leaf(ca, 'kube-apiserver', [-400, -35], { usage: ['server'], names: ['kubernetes.default.svc'] });
  const base = `${folder}/${caPath}`.replace(/\/[^/]+$/u, '');
  const leaf = leafPath.startsWith('../')
    ? `${base.replace(/\/[^/]+$/u, '')}/${leafPath.slice(3)}`
    : `${base}/${leafPath}`;
  for (const [path, content] of [
    [`${folder}/${caPath}`, ca.pem],
    [leaf, crt],
  ] as const) {
    fleet.contents.set(path, content);
    fleet.files.set(path, { kind: 'original' });
  }
  return folder;
}
