import { DAY_MS, epochMs, type Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import { paceProfile, renewalDueAt, renewalLeadMs, TOKEN_ROTATION } from '../../pki/model/renewal.ts';
import { issueRoot } from '../../pki/issue/issue.ts';
import { newTemplate } from '../../pki/issue/profile-template.ts';
import { privateKeyPem } from '../../pki/issue/private-key-pem.ts';
import { encodePem } from '../../formats/der/pem.ts';
import { readToken } from '../../formats/jwt/jwt.ts';
import type { Action } from '../../simulation/actions/actions.ts';
import { CLOUD_SET, HOST_SET } from '../../simulation/actions/cmdlets.ts';
import {
  CONTROL_PLANE_EXPIRED,
  KMS_SOCKET_MISSING,
  PUBLIC_TEXTS,
  SESSION_FAILED,
} from '../../simulation/actions/refusals.ts';
import { logsInAgain } from '../../simulation/validity.ts';
import { AgentCalls, describeFailure, expectRefusal } from '../machines/agent-calls.ts';
import type { MachinePorts } from '../machines/machine.ts';
import { isPast, NodeCertificates } from '../machines/node-certificates.ts';
import { signalFile } from '../machines/restart-signals.ts';
import { LAB_FILES, type Lab, type LabClient, type LabCluster } from '../model/lab.ts';
import { LabFolder, markKey } from '../store/files.ts';
import { readProcess } from '../store/processes.ts';
import { readCertificatePem, readKubeconfigFile, readLogin, type AccessFile } from '../store/secret-files.ts';

export type LabHostPorts = MachinePorts & {
  processes: { isAlive: (process: { pid: number; started: string }) => boolean };
};

/** The text that a command prints when it fails, in the product's words where they are public. */
export class LabFailure extends Error {}

/** Time for a machine to take up what a command has changed. */
const SETTLE_MS = 8_000;
const LOOK_MS = 250;
const CALL_MS = 5_000;
const KUBECONFIG_LIFE_MS = 365 * DAY_MS;
const NO_ACCESS_FILE = 'unable to locate a valid cloudconfig access file';

/**
 * Performs what an administrator does on the first host of a lab: every documented cmdlet, by calls to the running
 * services and with the files of the machines. A cmdlet fails where a call or a file makes it fail. Sources: Microsoft Learn, AksHci
 * reference and known issues; Azure/aksArc issues 107, 127, 146, 168, 169, 173 and 237.
 */
export class LabHost {
  readonly description: Lab;
  readonly #ports: LabHostPorts;
  readonly #lab: LabFolder;
  readonly #calls: AgentCalls;

  private constructor(ports: LabHostPorts, lab: LabFolder, description: Lab) {
    this.#ports = ports;
    this.#lab = lab;
    this.description = description;
    this.#calls = new AgentCalls(ports, lab, description);
  }

  /** Throws `lab.absent` or `lab.damaged`. */
  static async open(ports: LabHostPorts, folder: string): Promise<LabHost> {
    const lab = new LabFolder(ports.files, folder);
    return new LabHost(ports, lab, await lab.describe());
  }

  /** Performs a cmdlet. Throws `LabFailure` with what it prints. */
  async perform(action: Action): Promise<void> {
    switch (action.kind) {
      case 'Repair-MocLogin':
        return this.#repairMocLogin();
      case 'Repair-Moc':
        return this.#repairMoc();
      case 'Update-AksHciCertificates':
        return this.#updateCertificates(action.force === true);
      case 'Update-AksHciClusterCertificates':
        return action.fix === 'kubelet-credentials'
          ? this.#fixKubelet(action.name, action.force === true)
          : this.#fixCloud(action.name, action);
      case 'Get-AksHciCredential':
        return this.#getCredential(action.name);
      case 'replace-management-kubeconfig':
        return this.#replaceManagementKubeconfig();
      case 'Update-AksHci':
        return this.#updateHost();
      case 'Update-AksHciCluster':
        return this.#updateCluster(action.name);
      case 'Invoke-AksHciRotateCACertificate':
        return this.#rotateCa();
      case 'rotate-identity':
        return this.rotateIdentity(action.identity);
      case 'restart-client':
        return this.restartClient(action.identity);
      default:
        throw new LabFailure(`${action.kind}: the lab does not know this`);
    }
  }

  findCluster(name: string): LabCluster {
    const found = this.description.clusters.find((each) => each.name === name);
    if (found === undefined) throw new LabFailure(`not-found (${name})`);
    return found;
  }

  management(): LabCluster {
    const [management] = this.description.clusters.filter(({ kind }) => kind === 'management');
    if (management === undefined) throw new Error('a lab without management cluster');
    return management;
  }

  getKmsIdentity(cluster: string): string {
    return this.#getClient('kms-plugin', cluster).identity;
  }

  async useTool(tool: 'mocctl' | 'kvactl'): Promise<AccessFile> {
    const client = this.#getClient(tool);
    try {
      return await this.#use(client);
    } catch (error) {
      const text = error instanceof LabFailure ? error.message : describeFailure(error);
      throw new LabFailure(tool === 'kvactl' ? SESSION_FAILED + text : text);
    }
  }

  /** Asks most cmdlets' question: the management cluster and kvactl must answer. */
  async checkCmdlet(): Promise<void> {
    await this.askApi(this.management());
    await this.useTool('kvactl');
  }

  /** Calls the API server with the admin's kubeconfig; returns the body. Throws `LabFailure` as kubectl prints it. */
  async askApi(cluster: LabCluster, path = '/healthz'): Promise<string> {
    if (!(await this.#isOn(cluster.name))) throw new LabFailure(`cluster-off (${cluster.name})`);
    const kubeconfig = readKubeconfigFile(await this.#lab.read(cluster.kubeconfig));
    if (kubeconfig === undefined) throw new ConsoleError('lab.damaged', { path: this.#lab.path(cluster.kubeconfig) });
    const { address, port, caPem } = kubeconfig;
    const call = { address, port, serverName: 'kubernetes', caPem, identity: kubeconfig, method: 'GET', path };
    const { status, body } = await this.#ports.tls.call({ ...call, timeoutMs: CALL_MS }).catch((error: unknown) => {
      if (!(error instanceof ConsoleError) || error.code !== 'tls.failed') throw error;
      const { reason } = error.params;
      if (reason === 'ECONNREFUSED') throw new LabFailure(KMS_SOCKET_MISSING);
      throw new LabFailure(
        reason === 'CERT_HAS_EXPIRED'
          ? CONTROL_PLANE_EXPIRED
          : `Unable to connect to the server: ${describeFailure(error)}`,
      );
    });
    if (status === 401) throw new LabFailure(PUBLIC_TEXTS.unauthorized);
    if (status !== 200)
      throw new LabFailure(
        'Error from server (InternalError): an error on the server ("") has prevented the request from succeeding',
      );
    return body;
  }

  /** Issues a new token with mocctl, and writes it where the client reads it. */
  async rotateIdentity(identity: string): Promise<void> {
    const client = this.#findClient(identity);
    const access = await this.useTool('mocctl');
    const path = `/v1/identities/${encodeURIComponent(identity)}/rotate`;
    const reply = await this.#calls.send(access, 'POST', path).catch((error: unknown) => {
      throw new LabFailure(describeFailure(error));
    });
    await this.#calls.saveToken(client, reply, access.caPem);
  }

  /** Restarts a client on its machine, and waits until the machine has done so. */
  async restartClient(identity: string): Promise<void> {
    await this.#lab.write(signalFile(identity), this.#ports.ids.next());
    await this.#ports.scheduler.wait(LOOK_MS * 8);
  }

  async removeToolAccess(tool: 'mocctl' | 'kvactl'): Promise<void> {
    await this.#lab.remove(this.#getClient(tool).accessFile);
  }

  async readEnd(file: string): Promise<Instant | undefined> {
    const text = (await this.#lab.readIfPresent(file)) ?? '';
    const pem = readKubeconfigFile(text)?.certificatePem ?? text;
    return readCertificatePem(pem)[0]?.facts.notAfter;
  }

  async #use(client: LabClient): Promise<AccessFile> {
    const now = this.#ports.clock.now();
    const profile = PROFILES[client.profile];
    let access = await this.#calls.readAccess(client);
    const end = access && readCertificatePem(access.certificatePem)[0]?.facts;
    if (end === undefined || isPast(end.notAfter, now)) {
      if (end !== undefined && !logsInAgain({ profile })) throw new LabFailure(PUBLIC_TEXTS['certificate-expired']);
      if (end === undefined && !logsInAgain({ profile })) throw new LabFailure(NO_ACCESS_FILE);
      await this.#calls.login(client);
    } else {
      const dueAt = renewalDueAt(profile, end);
      if (access !== undefined && dueAt !== undefined && isPast(dueAt, now)) await this.#calls.renew(client, access);
    }
    access = await this.#calls.readAccess(client);
    if (access === undefined) throw new LabFailure(NO_ACCESS_FILE);
    await this.#calls.send(access, 'GET', '/v1/self');
    return access;
  }

  async #repairMocLogin(): Promise<void> {
    const client = this.#getClient('mocctl');
    try {
      await this.#calls.recover(client);
      await this.#calls.login(client);
    } catch (error) {
      throw new LabFailure(describeFailure(error));
    }
    await this.useTool('mocctl');
  }

  async #repairMoc(): Promise<void> {
    await this.useTool('mocctl');
    for (const client of this.description.clients) if (client.profile === 'node-agent') await this.#reset(client);
  }

  /** The first step after a long shutdown: works with an expired control plane, and renews it (inferred). */
  async #updateCertificates(force: boolean): Promise<void> {
    const management = this.management();
    await this.#demandOn(management);
    await this.useTool('mocctl');
    await this.#checkStaleAccess();
    await this.#checkKubeconfig(management);
    const ofHost = this.description.clients.filter(({ profile }) => HOST_SET.includes(profile));
    const clients = [...ofHost, ...this.description.clients.filter(({ machine }) => machine === management.name)];
    for (const client of clients) if (force || (await this.#needsReset(client))) await this.#reset(client);
    await this.#repairControlPlane(management, false);
    await this.#settle(management);
  }

  /** An access file that trusts only a former CA stops kvactl before it can log in again (Azure/aksArc issue 160). */
  async #checkStaleAccess(): Promise<void> {
    const access = await this.#calls.readAccess(this.#getClient('kvactl'));
    if (access === undefined) return;
    await this.#calls.send(access, 'GET', '/v1/self').catch((error: unknown) => {
      const text = describeFailure(error);
      if (text.includes('unknown authority')) throw new LabFailure(SESSION_FAILED + text);
    });
  }

  async #fixKubelet(name: string, force: boolean): Promise<void> {
    const cluster = this.#findWorkload(name);
    await this.checkCmdlet();
    await this.#demandOn(cluster);
    await this.#repairControlPlane(cluster, force);
    await this.#settle(cluster);
  }

  async #fixCloud(
    name: string,
    { force = false, patchLoadBalancer = false }: { force?: boolean; patchLoadBalancer?: boolean },
  ): Promise<void> {
    const cluster = this.#findWorkload(name);
    await this.checkCmdlet();
    await this.useTool('mocctl');
    await this.#demandOn(cluster);
    const server = cluster.nodes[0]?.certificates.find(({ profile }) => profile === 'apiserver');
    const end = server && (await this.readEnd(server.file));
    if (end === undefined || isPast(end, this.#ports.clock.now())) throw new LabFailure(CONTROL_PLANE_EXPIRED);
    const profiles: readonly ProfileId[] = patchLoadBalancer ? [...CLOUD_SET, 'load-balancer'] : CLOUD_SET;
    for (const client of this.description.clients) {
      if (client.machine !== name || !profiles.includes(client.profile)) continue;
      if (force || (await this.#needsReset(client))) await this.#reset(client);
    }
    await this.#settle(cluster);
  }

  async #getCredential(name: string): Promise<void> {
    const cluster = this.#findWorkload(name);
    await this.checkCmdlet();
    await this.#demandOn(cluster);
    const former = readKubeconfigFile(await this.#lab.read(cluster.kubeconfig));
    if (former === undefined) throw new ConsoleError('lab.damaged', { path: this.#lab.path(cluster.kubeconfig) });
    const lifetimeMs = KUBECONFIG_LIFE_MS / this.description.pace;
    await this.#lab.write(cluster.kubeconfig, await this.#certificates(cluster).makeKubeconfig(former, lifetimeMs));
  }

  async #replaceManagementKubeconfig(): Promise<void> {
    const management = this.management();
    await this.#demandOn(management);
    const former = readKubeconfigFile(await this.#lab.read(management.kubeconfig));
    if (former === undefined) throw new ConsoleError('lab.damaged', { path: this.#lab.path(management.kubeconfig) });
    const lifetimeMs = KUBECONFIG_LIFE_MS / this.description.pace;
    await this.#lab.write(
      management.kubeconfig,
      await this.#certificates(management).makeKubeconfig(former, lifetimeMs),
    );
  }

  async #updateHost(): Promise<void> {
    await this.checkCmdlet();
    await this.useTool('mocctl');
    await this.#checkProvider();
    const ofHost = this.description.clients.filter(
      ({ machine, profile }) => profile !== 'extra-admin' && !this.#isOfCluster(machine),
    );
    for (const client of ofHost) await this.#reset(client);
    await this.#renewMachines(this.management());
  }

  async #updateCluster(name: string): Promise<void> {
    const cluster = this.#findWorkload(name);
    await this.checkCmdlet();
    await this.useTool('mocctl');
    await this.#checkProvider();
    await this.askApi(cluster);
    await this.#renewMachines(cluster);
  }

  /** A provider in the management cluster creates machines. Source: Azure/aksArc issue 107. */
  async #checkProvider(): Promise<void> {
    if (await this.#needsLogin(this.#getClient('caph'))) throw new LabFailure(PUBLIC_TEXTS['machines-still-upgrading']);
  }

  async #renewMachines(cluster: LabCluster): Promise<void> {
    const certificates = this.#certificates(cluster);
    for (const node of cluster.nodes) for (const each of node.certificates) await certificates.reissue(each);
    for (const client of this.description.clients) if (client.machine === cluster.name) await this.#reset(client);
    await this.#settle(cluster);
  }

  /**
   * Rotates the CA of the cloud agent in three stages, as `core/pki/model/rotation.ts` describes: both are trusted, the new
   * one signs, the old one is withdrawn. Clients that cannot connect meanwhile are locked out.
   */
  async #rotateCa(): Promise<void> {
    const profile = paceProfile(PROFILES['cloud-agent-ca'], this.description.pace);
    const key = await this.#ports.keys.generate(profile.keyAlgorithms.value[0]);
    const { der } = issueRoot(this.#ports, { template: newTemplate(this.#ports, profile, {}), key });
    const write = (name: string, content: string): Promise<void> =>
      this.#lab.write(`${LAB_FILES.agent}/${name}`, content);
    const pem = encodePem('CERTIFICATE', der);
    const trusted = await this.#lab.read(`${LAB_FILES.agent}/trusted.crt`);
    await write('trusted.crt', pem + trusted);
    await this.#renewConnected();
    await write('signer.key', markKey(privateKeyPem(this.#ports, key)));
    await write('signer.crt', pem);
    await this.#renewConnected();
    await write('trusted.crt', pem);
    await this.#ports.scheduler.wait(LOOK_MS * 8);
  }

  async #renewConnected(): Promise<void> {
    // The cloud agent reads its keys again within a second.
    await this.#ports.scheduler.wait(LOOK_MS * 8);
    for (const client of this.description.clients) {
      const access = await this.#calls.readAccess(client);
      if (access === undefined) continue;
      try {
        await this.#calls.renew(client, access);
      } catch (error) {
        // Such a client keeps the old CA.
        expectRefusal(error);
      }
    }
  }

  async #repairControlPlane(cluster: LabCluster, force: boolean): Promise<void> {
    const now = this.#ports.clock.now();
    const certificates = this.#certificates(cluster);
    for (const node of certificates.controlPlane())
      for (const certificate of node.certificates) {
        const { dueAt, endsAt } = certificates.dates(certificate.profile, await certificates.read(certificate));
        const isServing = certificate.profile === 'kubelet-server';
        if (isServing && (await this.#needsLogin(this.#getClient('cert-manager', cluster.name)))) continue;
        if (force || isPast(dueAt ?? endsAt, now)) await certificates.reissue(certificate);
      }
  }

  /** Gives a client a new token and a new certificate, and restarts it. */
  async #reset(client: LabClient): Promise<void> {
    await this.rotateIdentity(client.identity);
    await this.#calls.login(client).catch((error: unknown) => {
      throw new LabFailure(describeFailure(error));
    });
    if (client.machine !== undefined) await this.#lab.write(signalFile(client.identity), this.#ports.ids.next());
  }

  async #needsReset(client: LabClient): Promise<boolean> {
    const now = this.#ports.clock.now();
    const access = await this.#calls.readAccess(client);
    const facts = access && readCertificatePem(access.certificatePem)[0]?.facts;
    const dueAt = facts && renewalDueAt(PROFILES[client.profile], facts);
    if (dueAt === undefined || isPast(dueAt, now) || (await this.#needsLogin(client))) return true;
    const { token } = readToken(readLogin((await this.#lab.readIfPresent(client.loginFile)) ?? '')?.token ?? '');
    if (token.form !== 'jwt' || token.notAfter === undefined || token.notBefore === undefined) return true;
    const lifetimeMs = epochMs(token.notAfter) - epochMs(token.notBefore);
    return epochMs(now) >= epochMs(token.notAfter) - renewalLeadMs(TOKEN_ROTATION.atShareLeft, lifetimeMs);
  }

  /** Whether the cloud agent refuses the client's certificate. */
  async #needsLogin(client: LabClient): Promise<boolean> {
    const access = await this.#calls.readAccess(client);
    if (access === undefined) return true;
    try {
      await this.#calls.send(access, 'GET', '/v1/self');
      return false;
    } catch (error) {
      expectRefusal(error);
      return true;
    }
  }

  /** The kubeconfig must be valid, also if the API server does not answer. Source: known issues, workload clusters. */
  async #checkKubeconfig(cluster: LabCluster): Promise<void> {
    const end = await this.readEnd(cluster.kubeconfig);
    if (end === undefined || isPast(end, this.#ports.clock.now())) throw new LabFailure(PUBLIC_TEXTS.unauthorized);
  }

  /** Waits until the API server answers with what was changed, but not for ever. */
  async #settle(cluster: LabCluster): Promise<void> {
    const until = this.#ports.scheduler.monotonicMs() + SETTLE_MS;
    do {
      await this.#ports.scheduler.wait(LOOK_MS);
      const answers = await this.askApi(cluster).then(
        () => true,
        () => false,
      );
      if (answers) return;
    } while (this.#ports.scheduler.monotonicMs() < until);
  }

  async #demandOn({ name }: LabCluster): Promise<void> {
    if (!(await this.#isOn(name))) throw new LabFailure(`cluster-off (${name})`);
  }

  async #isOn(machine: string): Promise<boolean> {
    const started = await readProcess(this.#lab, machine);
    return started !== undefined && this.#ports.processes.isAlive(started);
  }

  #isOfCluster(machine: string | undefined): boolean {
    return this.description.clusters.some(({ name }) => name === machine);
  }

  #certificates(cluster: LabCluster): NodeCertificates {
    return new NodeCertificates(this.#ports, { lab: this.#lab, cluster, pace: this.description.pace });
  }

  /** Cmdlets with `-name` accept no other clusters. */
  #findWorkload(name: string): LabCluster {
    const cluster = this.findCluster(name);
    if (cluster.kind !== 'workload') throw new LabFailure(`not-found (${name})`);
    return cluster;
  }

  #findClient(identity: string): LabClient {
    const found = this.description.clients.find((each) => each.identity === identity);
    if (found === undefined) throw new LabFailure(`not-found (${identity})`);
    return found;
  }

  #getClient(profile: ProfileId, machine?: string): LabClient {
    const found = this.description.clients.find(
      (each) => each.profile === profile && (machine === undefined || each.machine === machine),
    );
    if (found === undefined) throw new LabFailure(`not-found (${profile})`);
    return found;
  }
}
