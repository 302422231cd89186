import { epochMs, type Instant } from '../../shared/instant.ts';
import { renewalRetryMs } from '../../pki/model/renewal.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import { verifyChain } from '../../pki/verify/verify.ts';
import { CONTROL_PLANE_EXPIRED, KMS_SOCKET_MISSING } from '../../simulation/actions/refusals.ts';
import type { TlsRequest, TlsResponse } from '../../shared/ports.ts';
import type { LabCertificate, LabCluster, LabNode, LabService } from '../model/lab.ts';
import { readCertificatePem } from '../store/secret-files.ts';
import { AgentCalls, describeFailure } from './agent-calls.ts';
import { ServedFile, type MachineContext, type RunningMachine } from './machine.ts';
import { MocClient } from './moc-client.ts';
import { answerKubernetes, statusResponse } from './kubernetes-api.ts';
import { isPast, NodeCertificates } from './node-certificates.ts';
import { RestartSignals } from './restart-signals.ts';

const CHECK_MS = 5_000;

interface Dates {
  version: string | undefined;
  dueAt: Instant | undefined;
  endsAt: Instant;
}

/**
 * Runs the machines of a cluster: API server, etcd and kubelets on sockets, the clients of the cloud agent, and what renews
 * certificates. The API server needs the KMS plugin and etcd, and renewal needs the API server, as in the product.
 * Sources: known issues; the article, "Certificate renewal and management"; Azure/aksArc issues 127 and 237.
 */
export async function runCluster(context: MachineContext): Promise<RunningMachine> {
  const { lab, description, machine, log } = context;
  const cluster = description.clusters.find(({ name }) => name === machine.name);
  if (cluster === undefined) throw new Error(`no cluster ${machine.name}`);
  const running = new ClusterMachine(context, cluster);
  const signals = new RestartSignals(lab, running.clients, log);
  await signals.begin();
  await running.start();
  return {
    tick: async (now) => {
      await signals.restart();
      await running.tick(now);
    },
    close: () => running.close(),
  };
}

class ClusterMachine {
  readonly clients: readonly MocClient[];
  readonly #context: MachineContext;
  readonly #cluster: LabCluster;
  readonly #certificates: NodeCertificates;
  readonly #apiServer: ServedFile;
  /** etcd and the kubelets, which need no one else. */
  readonly #others: readonly ServedFile[];
  readonly #dates = new Map<string, Dates>();
  readonly #failedAt = new Map<string, number>();
  #etcdProblem: string | undefined;
  #checkedAt = 0;
  /** The last sentence on each subject, so that a lasting state is logged once. */
  readonly #said = new Map<string, string>();

  constructor(context: MachineContext, cluster: LabCluster) {
    const { ports, lab, description, machine, log } = context;
    this.#context = context;
    this.#cluster = cluster;
    this.#certificates = new NodeCertificates(ports, { lab, cluster, pace: description.pace });
    const calls = new AgentCalls(ports, lab, description);
    this.clients = description.clients
      .filter((each) => each.machine === machine.name)
      .map((client) => new MocClient({ client, calls, lab, log }));
    const serve = (service: LabService, answer: (request: TlsRequest) => Promise<TlsResponse>): ServedFile =>
      new ServedFile(context, service, {
        asksForCertificate: true,
        read: () => this.#certificates.readIdentity(service.file),
        answer,
      });
    this.#apiServer = serve(this.#service('api-server'), (request) => this.#answerApi(request));
    this.#others = machine.services.flatMap((service) => {
      if (service.kind === 'etcd') return [serve(service, (request) => this.#answerFor(request, this.#etcdClients()))];
      if (service.kind === 'kubelet') return [serve(service, (request) => this.#answerFor(request, 'ca'))];
      return [];
    });
  }

  async start(): Promise<void> {
    for (const client of this.clients) await client.start();
  }

  async tick(now: Instant): Promise<void> {
    for (const each of this.#others) {
      await each.open();
      await each.takeUpRenewal();
    }
    for (const client of this.clients) await client.tick(now);
    if (this.#kms.isStarted) {
      await this.#apiServer.open();
      this.#say('api-server', 'kube-apiserver: serving');
    } else {
      await this.#apiServer.close();
      this.#say('api-server', `kube-apiserver: ${KMS_SOCKET_MISSING}`);
    }
    await this.#apiServer.takeUpRenewal();
    await this.#checkNeighbours(now);
    for (const node of this.#cluster.nodes)
      for (const certificate of node.certificates) await this.#renewIfDue(node, certificate, now);
  }

  async close(): Promise<void> {
    await this.#apiServer.close();
    for (const each of this.#others) await each.close();
  }

  get #kms(): MocClient {
    const kms = this.clients.find(({ client }) => client.profile === 'kms-plugin');
    if (kms === undefined) throw new Error(`${this.#cluster.name} has no KMS plugin`);
    return kms;
  }

  #service(kind: LabService['kind']): LabService {
    const found = this.#context.machine.services.find((each) => each.kind === kind);
    if (found === undefined) throw new Error(`${this.#cluster.name} has no ${kind}`);
    return found;
  }

  #etcdClients(): string {
    return this.#context.description.etcdClientIssuer === 'cluster-ca' ? 'ca' : 'etcd/ca';
  }

  /** Renews what is due while the API server works. An expired certificate needs a repair or a new machine. */
  async #renewIfDue(node: LabNode, certificate: LabCertificate, now: Instant): Promise<void> {
    const { file, profile } = certificate;
    const dates = await this.#readDates(certificate);
    const nowMs = epochMs(now);
    if (dates.dueAt === undefined || nowMs < epochMs(dates.dueAt)) return;
    const { retryShare = 0 } = PROFILES[profile].renewal.value;
    const isEnded = isPast(dates.endsAt, now);
    // A machine that waits to be replaced, and a kubelet without a serving certificate, ask again and again.
    const retryMs = isEnded ? CHECK_MS : renewalRetryMs(retryShare, epochMs(dates.endsAt) - epochMs(dates.dueAt));
    if (nowMs < (this.#failedAt.get(file) ?? -Infinity) + retryMs) return;
    const isServing = profile === 'kubelet-server';
    const isReplaced = isEnded && !isServing;
    if (isReplaced && (node.role !== 'worker' || profile !== 'kubelet-client')) return;
    const problem = await this.#issuanceProblem(isServing, now);
    if (problem !== undefined) {
      this.#failedAt.set(file, nowMs);
      this.#say(
        file,
        `${isServing ? 'certificate-controller-manager' : 'certificate-renewal-controller'}: ${file}: ${problem}`,
      );
      return;
    }
    await this.#certificates.reissue(certificate);
    this.#failedAt.delete(file);
    this.#said.delete(file);
    this.#context.log(
      isReplaced ? `${node.name}: machine replaced` : `certificate-renewal-controller: ${file}: renewed`,
    );
  }

  async #issuanceProblem(isServing: boolean, now: Instant): Promise<string | undefined> {
    if (!this.#apiServer.isListening) return KMS_SOCKET_MISSING;
    const server = await this.#readDates({ profile: 'apiserver', file: this.#service('api-server').file });
    if (isPast(server.endsAt, now)) return CONTROL_PLANE_EXPIRED;
    if (this.#etcdProblem !== undefined) return `etcd: ${this.#etcdProblem}`;
    const approver = this.clients.find(({ client }) => client.profile === 'cert-manager');
    if (isServing && approver?.isConnected(now) === false)
      return 'certificate manager has no connection to the cloud agent';
    return undefined;
  }

  async #readDates(certificate: LabCertificate): Promise<Dates> {
    const { file, profile } = certificate;
    const [version] = await this.#context.lab.versions([file]);
    const known = this.#dates.get(file);
    if (known !== undefined && version !== undefined && known.version === version) return known;
    const dates = { version, ...this.#certificates.dates(profile, await this.#certificates.read(certificate)) };
    this.#dates.set(file, dates);
    return dates;
  }

  /** Tries etcd and the kubelets with the API server's own client certificates. */
  async #checkNeighbours(now: Instant): Promise<void> {
    const nowMs = epochMs(now);
    if (nowMs < this.#checkedAt + CHECK_MS) return;
    this.#checkedAt = nowMs;
    this.#etcdProblem = await this.#callAs('etcd', 'apiserver-etcd-client', 'etcd/ca');
    this.#say('etcd', this.#etcdProblem === undefined ? 'etcd: healthy' : `etcd: ${this.#etcdProblem}`);
    // An API server without etcd does not call kubelets.
    if (this.#etcdProblem !== undefined) return;
    const kubelet = await this.#callAs('kubelet', 'apiserver-kubelet-client', 'ca');
    // The product's sentence for a kubelet without a valid serving certificate. Source: Azure/aksArc issue 237.
    this.#say('kubelet', kubelet === undefined ? 'kubelet: healthy' : 'kubelet: remote error: tls: internal error');
  }

  /** Calls every service of a kind; returns the first failure. */
  async #callAs(kind: LabService['kind'], profile: LabCertificate['profile'], ca: string): Promise<string | undefined> {
    const { ports, lab, machine } = this.#context;
    const [node] = this.#certificates.controlPlane();
    const certificate = node?.certificates.find((each) => each.profile === profile);
    if (certificate === undefined) return undefined;
    const base = certificate.file.replace(/\/[^/]+$/u, '');
    for (const { address, port, serverName } of machine.services.filter((each) => each.kind === kind))
      try {
        const [identity, caPem] = await Promise.all([
          this.#certificates.readIdentity(certificate.file),
          lab.read(`${base}/${ca}.crt`),
        ]);
        const call = { address, port, serverName, caPem, identity, method: 'GET', path: '/health', timeoutMs: 2_000 };
        const { status } = await ports.tls.call(call);
        if (status !== 200) return 'remote error: tls: bad certificate';
      } catch (error) {
        return describeFailure(error);
      }
    return undefined;
  }

  async #answerApi(request: TlsRequest): Promise<TlsResponse> {
    const user = await this.#authenticate(request, 'ca');
    if (user === undefined) return statusResponse(401, 'Unauthorized');
    if (this.#etcdProblem !== undefined) return statusResponse(500, `etcd: ${this.#etcdProblem}`);
    return answerKubernetes(this.#cluster, request);
  }

  async #answerFor(request: TlsRequest, ca: string): Promise<TlsResponse> {
    const user = await this.#authenticate(request, ca);
    return user === undefined ? statusResponse(401, 'Unauthorized') : { status: 200, body: 'ok' };
  }

  /** Returns the common name of the client's certificate if the CA vouches for it now. */
  async #authenticate({ peer }: TlsRequest, ca: string): Promise<string | undefined> {
    const { ports, lab } = this.#context;
    const [node] = this.#certificates.controlPlane();
    if (peer === undefined || node === undefined) return undefined;
    const roots = readCertificatePem(await lab.read(`${this.#cluster.name}/${node.name}/etc/kubernetes/pki/${ca}.crt`));
    const { accepted } = verifyChain(ports, {
      chain: [peer],
      roots: roots.map(({ der }) => der),
      crls: [],
      at: ports.clock.now(),
      purpose: 'client',
      revocationCheck: false,
    });
    return accepted ? 'client' : undefined;
  }

  #say(subject: string, sentence: string): void {
    if (this.#said.get(subject) === sentence) return;
    this.#said.set(subject, sentence);
    this.#context.log(sentence);
  }
}
