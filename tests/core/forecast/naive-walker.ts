import type { RoleId } from '../../../core/knowledge/model/credentials/credentials.ts';
import { AGENT, uniqueName, type Fleet, type Held } from './fleet-by-hand.ts';

/*
 * Predicts the future of a fleet, from one event to the next, by the rules in the sources. The walker shares no code
 * with the simulation and takes none of its shortcuts: every list is searched every time. Anything that was not read is
 * assumed to work. Instants are in whole seconds. Sources: the article, "Certificate renewal and management" and
 * "Certificate types" (what is renewed, and by what); Microsoft Learn (four-day certificates are renewed every three to
 * four days; a worker whose certificate expires is replaced; the KMS plugin and the node agent log in with their token
 * at every start); microsoft/moc and moc-sdk-for-go (30 %, and which clients log in again); Azure/aksArc 168 and 169
 * (mocctl and kvactl are renewed in use, and mocctl does not log in again). For anything else, the walker follows
 * docs/profiles.md and assumes that the tools are used at the turn of each full week since 1970.
 */

/** A change to the fleet, in a second without other events. */
export interface Deed {
  at: number;
  what: 'off' | 'on' | 'leave' | 'return' | 'update';
  /** Absent if all hosts are switched off or on. */
  cluster?: string;
}

const DAY = 86_400;
const WEEK = 7 * DAY;
const BACKDATING = 300;

/** Certificates that the API server of a node needs. */
const SERVING: readonly RoleId[] = ['apiserver', 'apiserver-etcd-client', 'etcd-server'];
const OF_ETCD: readonly RoleId[] = ['apiserver-etcd-client', 'etcd-server', 'etcd-peer', 'etcd-healthcheck-client'];
const BY_CONTROLLER: readonly RoleId[] = [
  ...SERVING,
  ...(['apiserver-kubelet-client', 'etcd-peer', 'etcd-healthcheck-client', 'front-proxy-client'] as const),
  ...(['admin-conf', 'controller-manager', 'scheduler'] as const),
];
const TOOLS: readonly string[] = ['mocctl', 'kvactl'];
const AT_START_ONLY: readonly string[] = ['kms-plugin', 'node-agent'];
const ON_HOST: readonly string[] = ['node-agent', 'mocctl', 'kvactl', 'extra-admin'];
const IN_MANAGEMENT: readonly string[] = ['caph', 'cloud-operator'];
const TOKEN_OF: Partial<Record<RoleId, string>> = { caphlogintoken: 'caph', 'moc-token': 'mocctl' };

interface Thing extends Held {
  /** Present on certificates of machines that an update creates. Their expiry is not reported. */
  isNew?: true;
  hasEnded: boolean;
  /** Absent if the certificate belongs to a machine, a cluster or the cloud agent itself. */
  client?: Client;
  isGone: boolean;
  /** Time of the next attempt after a refusal. */
  waitsUntil: number;
}

interface Client {
  kind: string;
  name: string;
  /** Absent for a client on the host. */
  cluster: string | undefined;
  certificate: Thing | undefined;
  token: Thing | undefined;
  /** False if the client failed to log in at startup and therefore does not run. */
  hasStarted: boolean;
}

export class NaiveWalker {
  readonly expiries: string[] = [];
  #now: number;
  readonly #things: Thing[];
  readonly #clients: Client[] = [];
  readonly #clusters: readonly string[];
  readonly #management: string | undefined;
  readonly #off = new Set<string>();
  readonly #lost = new Set<string>();
  #isSomebodyThere = true;

  /** `off`: clusters that, according to an admin, have been off for a while. */
  constructor({ now, clusters, held }: Fleet, off: readonly string[] = []) {
    this.#now = now;
    this.#clusters = clusters;
    this.#things = held.map((each) => ({ ...each, hasEnded: each.end <= now, isGone: false, waitsUntil: -Infinity }));
    this.#management = held.find(({ role }) => role === 'management-kubeconfig')?.cluster;
    for (const cluster of off) this.#off.add(cluster);
    for (const thing of this.#things) this.#addClient(thing);
  }

  walk(deeds: readonly Deed[], until: number): string[] {
    const left = [...deeds].sort((one, other) => one.at - other.at);
    for (;;) {
      const next = Math.min(this.#nextOfThings(), this.#nextUse(), left[0]?.at ?? Infinity);
      if (next > until) return this.expiries.sort();
      this.#now = Math.max(this.#now, next);
      this.#fallDue();
      while (left[0] !== undefined && left[0].at <= this.#now) {
        const deed = left.shift();
        if (deed !== undefined) this.#do(deed);
        this.#fallDue();
      }
    }
  }

  #addClient(thing: Thing): void {
    const { role, name, cluster, kind } = thing;
    const client = kind === 'token' ? (TOKEN_OF[role] ?? role.replace(/-token$/u, '')) : role;
    const isClient = cluster === AGENT ? !role.startsWith('cloud-agent-') : client === 'kms-plugin';
    if (!isClient) return;
    let found = this.#clients.find((each) => each.kind === client && each.name === name);
    if (found === undefined) {
      const runsIn = ON_HOST.includes(client)
        ? undefined
        : IN_MANAGEMENT.includes(client)
          ? this.#management
          : this.#clusters.find((id) => id === cluster || name.includes(id));
      found = { kind: client, name, cluster: runsIn, certificate: undefined, token: undefined, hasStarted: true };
      this.#clients.push(found);
    }
    thing.client = found;
    if (kind === 'token') found.token = thing;
    else found.certificate = thing;
  }

  #nextOfThings(): number {
    let next = Infinity;
    for (const thing of this.#things) {
      if (thing.isGone) continue;
      if (!thing.hasEnded) next = Math.min(next, thing.end);
      next = Math.min(next, this.#nextTry(thing));
    }
    return next;
  }

  #nextUse(): number {
    return (Math.floor(this.#now / WEEK) + 1) * WEEK;
  }

  /**
   * Returns the time of the next renewal attempt if nothing changes; `Infinity` for tokens, for clients and clusters
   * that are off, and for tools, which are used at fixed hours.
   */
  #nextTry(thing: Thing): number {
    if (thing.kind === 'token' || thing.isGone) return Infinity;
    const at = Math.max(thing.waitsUntil, this.#now);
    const { role, cluster } = thing;
    if (role === 'cloud-agent-server') return this.#off.has('') ? Infinity : Math.max(dueAt(thing, 0.3), at);
    if (BY_CONTROLLER.includes(role) || role === 'kubelet-client') {
      if (thing.hasEnded || !this.#isOn(cluster)) return Infinity;
      return Math.max(dueAt(thing, role === 'kubelet-client' ? 1 / 5 : 1 / 4), at);
    }
    const { client } = thing;
    if (client === undefined || TOOLS.includes(client.kind) || client.kind === 'extra-admin') return Infinity;
    if (!this.#runs(client) || (thing.hasEnded && AT_START_ONLY.includes(client.kind))) return Infinity;
    return thing.hasEnded ? at : Math.max(dueAt(thing, 0.3), at);
  }

  #isOn(cluster: string | undefined): boolean {
    return !this.#off.has('') && (cluster === undefined || !this.#off.has(cluster));
  }

  #runs(client: Client): boolean {
    return this.#isOn(client.cluster) && client.hasStarted;
  }

  #isValid(thing: Thing | undefined): boolean {
    return thing === undefined || (thing.from <= this.#now && this.#now < thing.end);
  }

  #find(cluster: string, role: RoleId): Thing | undefined {
    return this.#things.find((thing) => thing.cluster === cluster && thing.role === role && !thing.isGone);
  }

  #isAuthorityValid({ cluster, role }: Pick<Held, 'cluster' | 'role'>): boolean {
    const authority = OF_ETCD.includes(role)
      ? 'etcd-ca'
      : role === 'front-proxy-client'
        ? 'front-proxy-ca'
        : 'cluster-ca';
    return this.#isValid(this.#find(cluster, authority));
  }

  #answers(cluster: string | undefined): boolean {
    if (!this.#isOn(cluster)) return false;
    if (cluster === undefined) return true;
    if (
      this.#clients.some((client) => client.cluster === cluster && client.kind === 'kms-plugin' && !client.hasStarted)
    )
      return false;
    const serving = this.#things.filter(
      (thing) => thing.cluster === cluster && SERVING.includes(thing.role) && !thing.isGone,
    );
    const machines = new Set(serving.map(({ machine }) => machine));
    if (machines.size === 0) return SERVING.every((role) => this.#isAuthorityValid({ cluster, role }));
    return [...machines].some((machine) =>
      serving
        .filter((thing) => thing.machine === machine)
        .every((thing) => this.#isValid(thing) && this.#isAuthorityValid(thing)),
    );
  }

  #canAgentSign(): boolean {
    return this.#isValid(this.#find(AGENT, 'cloud-agent-ca'));
  }

  #isAgentTrusted(): boolean {
    return this.#canAgentSign() && this.#isValid(this.#find(AGENT, 'cloud-agent-server'));
  }

  #canConnect(client: Client | undefined): boolean {
    return this.#isAgentTrusted() && this.#isValid(client?.certificate);
  }

  #fallDue(): void {
    for (const thing of this.#things) if (!thing.isGone && !thing.hasEnded && thing.end <= this.#now) this.#end(thing);
    for (const thing of this.#things) if (this.#nextTry(thing) <= this.#now) this.#try(thing);
    if (this.#now % WEEK === 0 && this.#isSomebodyThere)
      for (const client of this.#clients) if (TOOLS.includes(client.kind) && this.#runs(client)) this.#use(client);
    this.#replaceLost();
  }

  #end(thing: Thing): void {
    thing.hasEnded = true;
    if (thing.isNew !== true) this.expiries.push(`${formatSecond(this.#now)} ${uniqueName(thing)}`);
    if (thing.role === 'kubelet-client' && thing.machine !== undefined) this.#lost.add(thing.machine);
  }

  #try(thing: Thing): void {
    const { role, cluster, client } = thing;
    let isDone: boolean;
    if (role === 'cloud-agent-server') {
      isDone = this.#canAgentSign();
      if (isDone) renew(thing, this.#now);
    } else if (client !== undefined) isDone = thing.hasEnded ? this.#logIn(client) : this.#renewClient(client);
    else {
      isDone = this.#answers(cluster) && this.#isAuthorityValid(thing);
      if (isDone) renew(thing, this.#now, BACKDATING);
    }
    thing.waitsUntil = isDone ? -Infinity : this.#now + Math.ceil((thing.end - thing.from) / 50);
  }

  #renewClient(client: Client): boolean {
    if (!this.#canConnect(client)) return false;
    if (client.certificate !== undefined) renew(client.certificate, this.#now);
    return true;
  }

  #logIn(client: Client): boolean {
    if (!this.#isAgentTrusted() || !this.#isValid(client.token)) return false;
    if (client.certificate !== undefined) renew(client.certificate, this.#now);
    return true;
  }

  #use(client: Client): void {
    const { certificate, kind } = client;
    if (certificate === undefined) return;
    if (certificate.hasEnded) {
      if (kind === 'kvactl') this.#logIn(client);
    } else if (dueAt(certificate, 0.3) <= this.#now) this.#renewClient(client);
  }

  /** Simulates how the management cluster replaces workers without a valid certificate. */
  #replaceLost(): void {
    if (this.#lost.size === 0) return;
    const provider = this.#clients.find(({ kind }) => kind === 'caph');
    if (!this.#answers(this.#management) || !this.#canConnect(provider)) return;
    for (const machine of this.#lost) {
      const on = this.#things.filter((thing) => thing.machine === machine && !thing.isGone);
      const [one] = on;
      if (one === undefined || on.some(({ role }) => SERVING.includes(role)) || !this.#answers(one.cluster)) continue;
      for (const thing of on) thing.isGone = true;
      this.#lost.delete(machine);
    }
  }

  #do({ what, cluster }: Deed): void {
    switch (what) {
      case 'off':
        this.#off.add(cluster ?? '');
        return;
      case 'on':
        if (this.#off.delete(cluster ?? '')) this.#start(cluster);
        return;
      case 'leave':
      case 'return':
        this.#isSomebodyThere = what === 'return';
        return;
      case 'update':
        this.#updateHost();
        for (const each of this.#clusters) if (each !== this.#management) this.#updateCluster(each);
        return;
    }
  }

  #start(cluster: string | undefined): void {
    const server = this.#find(AGENT, 'cloud-agent-server');
    if (server !== undefined && this.#nextTry(server) <= this.#now) this.#try(server);
    for (const client of this.#clients) {
      const isConcerned = cluster === undefined ? this.#isOn(client.cluster) : client.cluster === cluster;
      if (isConcerned && this.#isOn(undefined) && AT_START_ONLY.includes(client.kind))
        client.hasStarted = this.#logIn(client);
    }
  }

  /**
   * Returns whether updates can run: they need the management cluster, its kubeconfig, kvactl and the machine provider.
   */
  #canUpdate(): boolean {
    const management = this.#management;
    if (!this.#answers(management)) return false;
    if (management !== undefined) {
      const kubeconfig = this.#find(management, 'management-kubeconfig');
      if (!this.#isValid(kubeconfig) || !this.#isValid(this.#find(management, 'cluster-ca'))) return false;
    }
    const kvactl = this.#clients.find(({ kind }) => kind === 'kvactl');
    if (kvactl !== undefined) this.#use(kvactl);
    return this.#canConnect(kvactl) && this.#canConnect(this.#clients.find(({ kind }) => kind === 'caph'));
  }

  #updateHost(): void {
    if (!this.#canUpdate()) return;
    const server = this.#find(AGENT, 'cloud-agent-server');
    if (server !== undefined && this.#canAgentSign()) renew(server, this.#now);
    this.#reset((client) => client.cluster === undefined && client.kind !== 'extra-admin');
    if (this.#management !== undefined) this.#renewCluster(this.#management);
  }

  #updateCluster(cluster: string): void {
    if (this.#canUpdate() && this.#answers(cluster)) this.#renewCluster(cluster);
  }

  #renewCluster(cluster: string): void {
    const old = this.#things.filter(
      (thing) => thing.cluster === cluster && thing.machine !== undefined && !thing.isGone,
    );
    const controlPlane = new Set(old.filter(({ role }) => SERVING.includes(role)).map(({ machine }) => machine));
    for (const thing of old) thing.isGone = true;
    for (let made = 0; made < Math.max(1, controlPlane.size); made += 1)
      for (const role of SERVING)
        this.#things.push({
          ...{
            kind: 'certificate',
            role,
            name: role,
            cluster,
            machine: `${cluster} ${this.#now} ${made}`,
            isNew: true,
          },
          ...{ from: this.#now - BACKDATING, end: this.#now + 4 * DAY },
          ...{ hasEnded: false, isGone: false, waitsUntil: -Infinity },
        });
    this.#reset((client) => client.cluster === cluster);
  }

  /** Resets clients as after an update. Source: "Certificate and token validity is reset". */
  #reset(isConcerned: (client: Client) => boolean): void {
    for (const client of this.#clients.filter(isConcerned)) {
      if (client.token !== undefined) renew(client.token, this.#now);
      const isIn = this.#logIn(client);
      if (AT_START_ONLY.includes(client.kind)) client.hasStarted = isIn;
    }
  }
}

/** Returns the first second in which at most this share of the validity is left. */
function dueAt({ from, end }: Held, share: number): number {
  const last = end - 1;
  return Math.ceil(last - share * (last - from));
}

/** Renews a certificate or token at `now`, with the lifetime of the previous one. */
function renew(thing: Thing, now: number, backdating = 0): void {
  const life = thing.end - thing.from;
  thing.from = now - backdating;
  thing.end = thing.from + life;
  thing.hasEnded = false;
}

function formatSecond(second: number): string {
  return new Date(second * 1000).toISOString().replace('.000', '');
}
