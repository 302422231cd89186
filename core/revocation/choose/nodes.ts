import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { ClusterId } from '../../shared/ids.ts';
import { addTo } from '../../shared/lists.ts';
import { isStillValid, type KnownCertificate } from '../model/inventory-index.ts';
import type { CandidateNode } from '../model/view.ts';
import { comparableIp } from '../../shared/renew-revocation/values.ts';
import { getGroup } from '../impact/impact-counts.ts';

export interface ClusterNode extends Omit<CandidateNode, 'certificates' | 'sample'> {
  /** Certificates that an entry can affect and that may still be accepted. */
  certificates: readonly KnownCertificate[];
  unplaced: number;
}

const NODE_USER = 'system:node:';
/** Names of every API server on any machine. Source: kubeadm. */
const SERVICE_NAME = /^(?:localhost|kubernetes(?:\.default(?:\.svc(?:\..+)?)?)?)$/u;
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|(?:0\.){15}1)$/u;

/** Lists machines named by certificates, in cluster order and then by name. */
export function listNodes(certificates: readonly KnownCertificate[], nowMs: number): ClusterNode[] {
  const byCluster = new Map<ClusterId, KnownCertificate[]>();
  for (const certificate of certificates)
    if (certificate.layer === 'kubernetes') addTo(byCluster, certificate.clusterId, certificate);
  return [...byCluster.values()].flatMap((all) => {
    const owners = new Owners(all);
    return [...owners.names].sort().map((name) => owners.node(name, nowMs));
  });
}

export function machineLookup(all: readonly KnownCertificate[]): (certificate: KnownCertificate) => string | undefined {
  const owners = new Owners(all);
  return (certificate) => owners.findOwner(certificate);
}

function nodeNames({ cn = '', role }: KnownCertificate): string[] {
  if (cn.startsWith(NODE_USER)) return [cn.slice(NODE_USER.length)];
  return ROLES[role].isNamedAfterNode && cn !== '' ? [cn] : [];
}

class Owners {
  readonly names: ReadonlySet<string>;
  readonly #all: readonly KnownCertificate[];
  readonly #byCertificate = new Map<KnownCertificate, string>();
  readonly #controlPlane = new Set<string>();
  #shared: ReadonlySet<string> | undefined;
  #unplaced = 0;

  constructor(all: readonly KnownCertificate[]) {
    this.#all = all;
    this.names = new Set(all.flatMap(nodeNames));
    for (const certificate of all) {
      const owner = nodeNames(certificate)[0] ?? ownerByNames(certificate, this.names);
      if (owner !== undefined) this.#own(certificate, owner);
    }
    for (const name of this.names)
      if (getGroup({ role: 'kubelet-client', name: `${NODE_USER}${name}` }) === 'controlPlane')
        this.#controlPlane.add(name);
    this.#placeNameless();
  }

  findOwner(certificate: KnownCertificate): string | undefined {
    return this.#byCertificate.get(certificate);
  }

  node(name: string, nowMs: number): ClusterNode {
    const own = this.#all.filter((certificate) => this.#byCertificate.get(certificate) === name);
    const reachable = own.filter(({ exempt }) => exempt === undefined);
    const { clusterId, cluster } = this.#all[0] ?? { clusterId: '' as ClusterId, cluster: '' };
    const controlPlane = this.#controlPlane.has(name);
    const isValid = (certificate: KnownCertificate): boolean => isStillValid(certificate, nowMs);
    return {
      clusterId,
      cluster,
      name,
      controlPlane,
      certificates: reachable.filter(isValid),
      expired: reachable.filter((one) => !isValid(one) && one.replaced !== true).length,
      dns: this.#alone(reachable.flatMap((one) => ownDns(one, name))),
      ip: this.#alone(reachable.flatMap(ownIp)),
      unplaced: controlPlane ? this.#unplaced : 0,
    };
  }

  #own(certificate: KnownCertificate, name: string): void {
    this.#byCertificate.set(certificate, name);
    if (getGroup(certificate) === 'controlPlane' && certificate.role !== 'kubelet-client') this.#controlPlane.add(name);
  }

  /** Returns names and addresses that occur in certificates of several machines or of unknown machines. */
  #findSharedValues(): Set<string> {
    const seen = new Map<string, string | undefined>();
    const shared = new Set<string>();
    for (const certificate of this.#all) {
      const owner = this.#byCertificate.get(certificate);
      for (const value of [...certificate.dns, ...certificate.ip]) {
        const key = getKey(value);
        if (seen.has(key) && seen.get(key) !== owner) shared.add(key);
        seen.set(key, owner);
      }
    }
    return shared;
  }

  #alone(values: readonly string[]): string[] {
    const shared = (this.#shared ??= this.#findSharedValues());
    const kept = new Map(values.map((value) => [getKey(value), value]));
    return [...kept].flatMap(([key, value]) => (shared.has(key) ? [] : [value])).sort();
  }

  /**
   * Assigns control-plane certificates without a machine name to the only machine, or to the machine whose other
   * certificates were in the same folder.
   */
  #placeNameless(): void {
    const [only, ...others] = this.#controlPlane;
    const byFolder = new Map<string, Set<string>>();
    for (const [{ paths }, owner] of this.#byCertificate)
      for (const folder of paths.map(getFolder)) byFolder.set(folder, (byFolder.get(folder) ?? new Set()).add(owner));
    for (const certificate of this.#all) {
      if (this.#byCertificate.has(certificate) || !isOnControlPlane(certificate)) continue;
      const beside = new Set(certificate.paths.flatMap((path) => [...(byFolder.get(getFolder(path)) ?? [])]));
      const [neighbour, ...more] = beside;
      const owner = others.length === 0 ? only : more.length === 0 ? neighbour : undefined;
      if (owner === undefined) this.#unplaced += 1;
      else this.#byCertificate.set(certificate, owner);
    }
  }
}

function ownerByNames({ dns, exempt }: KnownCertificate, names: ReadonlySet<string>): string | undefined {
  if (exempt === 'authority') return undefined;
  const found = new Set(
    dns.flatMap((name) => {
      const lower = name.toLowerCase();
      const [first = ''] = lower.split('.');
      return names.has(lower) ? [lower] : names.has(first) ? [first] : [];
    }),
  );
  const [only, ...others] = found;
  return others.length === 0 ? only : undefined;
}

function isOnControlPlane({ role, exempt, dns, ip }: KnownCertificate): boolean {
  if (exempt !== undefined || dns.length + ip.length > 0) return false;
  const { layer, revocationGroup } = ROLES[role];
  return layer === 'kubernetes' && revocationGroup !== undefined;
}

/**
 * Returns the names that belong to the machine alone. An API server's certificate also contains the names of the
 * cluster.
 */
function ownDns({ role, dns }: KnownCertificate, node: string): string[] {
  return dns.filter((name) => {
    const lower = name.toLowerCase();
    const isNode = lower === node || lower.startsWith(`${node}.`);
    return role === 'apiserver' ? isNode : !SERVICE_NAME.test(lower);
  });
}

/** Returns no addresses for an API server, whose certificate mixes those of the machine and of the cluster. */
function ownIp({ role, ip }: KnownCertificate): string[] {
  if (role === 'apiserver') return [];
  return ip.filter((address) => !LOOPBACK.test(comparableIp(address) ?? ''));
}

function getKey(value: string): string {
  return comparableIp(value) ?? value.toLowerCase();
}

/** Returns the folder of a Windows or Linux path. kubeadm stores etcd's certificates one folder deeper. */
function getFolder(path: string): string {
  return path.replace(/[\\/][^\\/]*$/u, '').replace(/[\\/]etcd$/u, '');
}
