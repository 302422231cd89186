import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, type TestContext } from 'vitest';
import type { KubernetesPrograms } from '../rigs/kubernetes.mjs';
import { BuiltProgram, type Outcome } from '../support/built-program.ts';
import { needKubernetes } from '../support/real-kubernetes.ts';
import { ask, pair, readUser, type Answer, type Identity, type Request } from './identity.ts';
import { freePorts } from '../support/free-ports.ts';
import { ServerProcess } from '../support/server-process.ts';

/*
 * Runs the real etcd, kube-apiserver and kube-controller-manager, with files from `authority create` and the options of
 * kubeadm 1.20.
 */

const READY_MS = 600_000;
const CLUSTER = 'retail-east';
export const NODE = 'retail-east-control-plane-1';

export type EtcdClientIssuer = 'etcd-ca' | 'cluster-ca';

/**
 * Returns a specification of all files of a control-plane node whose API server uses this port. Without an issuer, it
 * does not name the CA of the API server's client certificate for etcd.
 */
export function specification(port: number, issuer?: EtcdClientIssuer): string {
  return `apiVersion: arcwarden/v1
kind: CertificateSpec
cluster:
  name: ${CLUSTER}
  server: https://127.0.0.1:${port}
  endpoints: [api.retail-east.contoso.example]
  serviceIp: 10.96.0.1
node:
  name: ${NODE}
  ips: [127.0.0.1]
certificates:
  - apiserver
  - apiserver-kubelet-client
  - ${issuer === undefined ? 'apiserver-etcd-client' : `{ profile: apiserver-etcd-client, issuer: ${issuer} }`}
  - etcd-server
  - etcd-peer
  - etcd-healthcheck-client
  - front-proxy-client
kubeconfigs: [admin, super-admin, controller-manager, scheduler]
serviceAccountKey: true
`;
}

export interface ControlPlaneOptions {
  clientCas?: string;
  madeAgoMs?: number;
  /** With `cluster-ca`, the first etcd member trusts clients of the Cluster CA alone, the second also of the etcd CA. */
  etcdClientIssuer?: EtcdClientIssuer;
}

interface EtcdMember {
  name: string;
  client: number;
  peer: number;
  trusted: string | undefined;
}

export class ControlPlane {
  readonly programs: KubernetesPrograms;
  readonly folder = mkdtempSync(join(tmpdir(), 'arcwarden-kubernetes-'));
  /** The folder that replaces /etc/kubernetes. */
  readonly files = join(this.folder, 'kubernetes');
  readonly arcwarden: BuiltProgram;
  readonly #processes: ServerProcess[] = [];
  #ports: { api: number; etcd: number; manager: number } = { api: 0, etcd: 0, manager: 0 };
  #secondEtcd = 0;

  private constructor(programs: KubernetesPrograms, arcwarden: BuiltProgram) {
    this.programs = programs;
    this.arcwarden = arcwarden;
  }

  static async prepare(programs: KubernetesPrograms): Promise<ControlPlane> {
    return new ControlPlane(programs, await BuiltProgram.build());
  }

  get server(): string {
    return `https://127.0.0.1:${this.#ports.api}`;
  }

  get etcd(): string {
    return `https://127.0.0.1:${this.#ports.etcd}`;
  }

  get secondEtcd(): string {
    return `https://127.0.0.1:${this.#secondEtcd}`;
  }

  get ca(): string {
    return readFileSync(this.pki('ca.crt'), 'utf8');
  }

  pki(...names: string[]): string {
    return join(this.files, 'pki', ...names);
  }

  kubeconfig(name: string): string {
    return join(this.files, `${name}.conf`);
  }

  get superAdmin(): Identity {
    return readUser(this.kubeconfig('super-admin'));
  }

  /** Runs a command of the product. Throws if the command fails. */
  run(...words: string[]): Outcome {
    const outcome = this.arcwarden.run(words);
    if (outcome.code !== 0) throw new Error(`arcwarden ${words.join(' ')}: ${outcome.notices}`);
    return outcome;
  }

  /** Creates the specified files with the product, as of `now`. */
  create(text: string, { into = this.files, now }: { into?: string; now?: string } = {}): Outcome {
    return this.run(...this.#createWords(text, into), ...(now === undefined ? [] : ['--now', now]));
  }

  /** Copies the CAs with their keys, so that certificates created in the folder belong to this cluster. */
  copyAuthorities(into: string): void {
    mkdirSync(join(into, 'pki/etcd'), { recursive: true });
    for (const name of ['ca.crt', 'ca.key', 'etcd/ca.crt', 'etcd/ca.key', 'front-proxy-ca.crt', 'front-proxy-ca.key'])
      copyFileSync(this.pki(name), join(into, 'pki', name));
  }

  /** Creates the specified files in the background. */
  createLater(text: string): Promise<string> {
    const words = [this.arcwarden.file, ...this.#createWords(text, this.files)];
    return new Promise((resolve, reject) => {
      execFile(process.execPath, words, this.arcwarden.options(), (error, out, notices) =>
        error === null ? resolve(out) : reject(new Error(notices, { cause: error })),
      );
    });
  }

  #createWords(text: string, into: string): string[] {
    const file = join(this.folder, 'specification.yaml');
    writeFileSync(file, text);
    return ['authority', 'create', '-f', file, '--out', into];
  }

  async start({ clientCas = '', madeAgoMs = 0, etcdClientIssuer }: ControlPlaneOptions = {}): Promise<void> {
    const [api = 0, etcd = 0, secondEtcd = 0, peer = 0, secondPeer = 0, manager = 0] = await freePorts(6);
    this.#ports = { api, etcd, manager };
    this.#secondEtcd = secondEtcd;
    // The first run is dated eight days ago, so that the files of the second replace expired ones.
    for (const agoMs of [8 * 86_400_000, madeAgoMs])
      this.create(specification(api, etcdClientIssuer), { now: new Date(Date.now() - agoMs).toISOString() });
    writeFileSync(join(this.folder, 'client-cas.crt'), this.ca + clientCas);
    const isByCluster = etcdClientIssuer === 'cluster-ca';
    const both = join(this.folder, 'etcd-clients.crt');
    writeFileSync(both, this.ca + readFileSync(this.pki('etcd/ca.crt'), 'utf8'));
    const [first, second] = isByCluster ? [this.pki('ca.crt'), both] : [];
    await this.#startEtcd([
      { name: 'first', client: etcd, peer, trusted: first },
      { name: 'second', client: secondEtcd, peer: secondPeer, trusted: second },
    ]);
    const server = this.#begin('kube-apiserver', this.#apiServerOptions());
    await server.waitUntilReady(async () => (await this.request(this.superAdmin, '/readyz')).status === 200, READY_MS);
    const started = this.#begin('kube-controller-manager', this.#managerOptions());
    // The controller manager is ready once it has created the default service account for pods.
    const account = '/api/v1/namespaces/default/serviceaccounts/default';
    await started.waitUntilReady(async () => (await this.request(this.superAdmin, account)).status === 200, READY_MS);
  }

  async #startEtcd(members: readonly EtcdMember[]): Promise<void> {
    const cluster = members.map(({ name, peer }) => `${name}=https://127.0.0.1:${peer}`).join(',');
    const started = members.map(({ name, client, peer, trusted = this.pki('etcd/ca.crt') }) =>
      this.#begin(
        'etcd',
        [
          `--name=${name}`,
          `--data-dir=${join(this.folder, `etcd-${name}`)}`,
          `--cert-file=${this.pki('etcd/server.crt')}`,
          `--key-file=${this.pki('etcd/server.key')}`,
          `--trusted-ca-file=${trusted}`,
          '--client-cert-auth=true',
          `--peer-cert-file=${this.pki('etcd/peer.crt')}`,
          `--peer-key-file=${this.pki('etcd/peer.key')}`,
          `--peer-trusted-ca-file=${this.pki('etcd/ca.crt')}`,
          '--peer-client-cert-auth=true',
          `--listen-client-urls=https://127.0.0.1:${client}`,
          `--advertise-client-urls=https://127.0.0.1:${client}`,
          `--listen-peer-urls=https://127.0.0.1:${peer}`,
          `--initial-advertise-peer-urls=https://127.0.0.1:${peer}`,
          `--initial-cluster=${cluster}`,
          // The data of a killed test is worthless.
          '--unsafe-no-fsync',
        ],
        `etcd-${name}`,
      ),
    );
    const probe = pair(this.pki('apiserver-etcd-client'));
    for (const [at, { client }] of members.entries())
      await started[at]?.waitUntilReady(
        async () => (await this.askEtcd(probe, '/health', `https://127.0.0.1:${client}`)).body.includes('"true"'),
        READY_MS,
      );
  }

  #apiServerOptions(): string[] {
    return [
      '--advertise-address=127.0.0.1',
      '--bind-address=127.0.0.1',
      '--endpoint-reconciler-type=none',
      '--allow-privileged=true',
      '--authorization-mode=Node,RBAC',
      `--cert-dir=${join(this.folder, 'api-server')}`,
      `--client-ca-file=${join(this.folder, 'client-cas.crt')}`,
      '--enable-admission-plugins=NodeRestriction',
      '--enable-bootstrap-token-auth=true',
      `--etcd-cafile=${this.pki('etcd/ca.crt')}`,
      `--etcd-certfile=${this.pki('apiserver-etcd-client.crt')}`,
      `--etcd-keyfile=${this.pki('apiserver-etcd-client.key')}`,
      `--etcd-servers=${this.etcd}`,
      '--insecure-port=0',
      `--kubelet-certificate-authority=${this.pki('ca.crt')}`,
      `--kubelet-client-certificate=${this.pki('apiserver-kubelet-client.crt')}`,
      `--kubelet-client-key=${this.pki('apiserver-kubelet-client.key')}`,
      '--kubelet-preferred-address-types=InternalIP',
      `--proxy-client-cert-file=${this.pki('front-proxy-client.crt')}`,
      `--proxy-client-key-file=${this.pki('front-proxy-client.key')}`,
      '--requestheader-allowed-names=front-proxy-client',
      `--requestheader-client-ca-file=${this.pki('front-proxy-ca.crt')}`,
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      '--requestheader-group-headers=X-Remote-Group',
      '--requestheader-username-headers=X-Remote-User',
      `--secure-port=${this.#ports.api}`,
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${this.pki('sa.pub')}`,
      `--service-account-signing-key-file=${this.pki('sa.key')}`,
      '--service-cluster-ip-range=10.96.0.0/12',
      `--tls-cert-file=${this.pki('apiserver.crt')}`,
      `--tls-private-key-file=${this.pki('apiserver.key')}`,
    ];
  }

  #managerOptions(): string[] {
    const kubeconfig = this.kubeconfig('controller-manager');
    return [
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
      '--bind-address=127.0.0.1',
      `--cert-dir=${join(this.folder, 'controller-manager')}`,
      `--client-ca-file=${this.pki('ca.crt')}`,
      `--cluster-name=${CLUSTER}`,
      `--cluster-signing-cert-file=${this.pki('ca.crt')}`,
      `--cluster-signing-key-file=${this.pki('ca.key')}`,
      '--cluster-signing-duration=96h',
      '--controllers=*,bootstrapsigner,tokencleaner',
      `--kubeconfig=${kubeconfig}`,
      '--leader-elect=false',
      '--port=0',
      `--requestheader-client-ca-file=${this.pki('front-proxy-ca.crt')}`,
      `--root-ca-file=${this.pki('ca.crt')}`,
      `--secure-port=${this.#ports.manager}`,
      `--service-account-private-key-file=${this.pki('sa.key')}`,
      '--use-service-account-credentials=true',
    ];
  }

  #begin(program: keyof KubernetesPrograms, args: readonly string[], name: string = program): ServerProcess {
    mkdirSync(join(this.folder, 'logs'), { recursive: true });
    const log = join(this.folder, 'logs', `${name}.log`);
    const started = new ServerProcess(name, this.programs[program], args, log);
    this.#processes.push(started);
    return started;
  }

  /** Returns the API server's answer; status 0 if the server accepts no connection. */
  async request(identity: Identity, path: string, request?: Request): Promise<Answer> {
    try {
      return await ask(`${this.server}${path}`, this.ca, identity, request);
    } catch (error) {
      return { status: 0, body: String(error) };
    }
  }

  /** Sends a request as the super-admin and returns the object in the answer. Throws if the request fails. */
  async must<Result = Record<string, unknown>>(path: string, request?: Request): Promise<Result> {
    const { status, body } = await this.request(this.superAdmin, path, request);
    if (status < 200 || status > 299) throw new Error(`${request?.method ?? 'GET'} ${path}: ${status} ${body}`);
    return JSON.parse(body) as Result;
  }

  /** Sends a request to etcd and returns the answer; status 0 if etcd rejects the client. */
  async askEtcd(identity: Identity, path = '/health', member = this.etcd): Promise<Answer> {
    try {
      return await ask(`${member}${path}`, readFileSync(this.pki('etcd/ca.crt'), 'utf8'), identity);
    } catch (error) {
      return { status: 0, body: String(error) };
    }
  }

  /** Runs kubectl with a kubeconfig of the control-plane node. */
  kubectl(kubeconfig: string, ...words: string[]): Outcome {
    const { status, stdout, stderr } = spawnSync(this.programs.kubectl, this.#kubectlWords(kubeconfig, words), {
      encoding: 'utf8',
      ...this.#kubectlOptions,
    });
    return { code: status, out: stdout, notices: stderr };
  }

  /** Runs kubectl in the background, for calls to a server in this process. */
  kubectlLater(kubeconfig: string, ...words: string[]): Promise<Outcome> {
    return new Promise((resolve) => {
      const child = execFile(
        this.programs.kubectl,
        this.#kubectlWords(kubeconfig, words),
        this.#kubectlOptions,
        (_, out, notices) => resolve({ code: child.exitCode, out, notices }),
      );
    });
  }

  #kubectlWords(kubeconfig: string, words: readonly string[]): string[] {
    return ['--kubeconfig', this.kubeconfig(kubeconfig), ...words];
  }

  get #kubectlOptions() {
    return { env: { PATH: '/usr/bin:/bin', HOME: this.folder }, timeout: 240_000 };
  }

  async stop(): Promise<void> {
    // Stops in reverse order, so that no process waits for a stopped one.
    for (const each of this.#processes.toReversed()) await each.stop();
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(this.arcwarden.folder, { recursive: true, force: true });
  }
}

/** Shares one control plane among the tests of a file. Skips the tests where Kubernetes is unavailable. */
export function shareControlPlane(
  options?: (plane: ControlPlane) => ControlPlaneOptions,
): (context: TestContext) => Promise<ControlPlane> {
  let started: Promise<ControlPlane> | undefined;
  let plane: ControlPlane | undefined;
  const start = async (programs: KubernetesPrograms): Promise<ControlPlane> => {
    plane = await ControlPlane.prepare(programs);
    await plane.start(options?.(plane));
    return plane;
  };
  afterAll(() => plane?.stop());
  return (context) => {
    const programs = needKubernetes(context);
    return (started ??= start(programs));
  };
}
