import { epochMs, type Instant } from '../../shared/instant.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import type { Profile } from '../../pki/model/profile.ts';
import { paceProfile, renewalDueAt } from '../../pki/model/renewal.ts';
import { privateKeyPem } from '../../pki/issue/private-key-pem.ts';
import { renewCertificate } from '../../pki/issue/renewal.ts';
import { newTemplate } from '../../pki/issue/profile-template.ts';
import {
  issueCertificate,
  type IssuedCertificate,
  type IssuePorts,
  type SigningAuthority,
} from '../../pki/issue/issue.ts';
import { encodePem } from '../../formats/der/pem.ts';
import { writeKubeconfig } from '../../formats/kubernetes/kubeconfig-writer.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Ports, PrivateKey, TlsIdentity } from '../../shared/ports.ts';
import type { LabCertificate, LabCluster, LabNode } from '../model/lab.ts';
import { markKey, type LabFolder } from '../store/files.ts';
import { readCertificatePem, readKeyPem, readKubeconfigFile, type KubeconfigFile } from '../store/secret-files.ts';

export type NodePorts = IssuePorts & Pick<Ports, 'clock'>;

/** The CAs that sign for the nodes of a cluster, relative to `/etc/kubernetes/pki`. */
const AUTHORITIES = ['ca', 'etcd/ca', 'front-proxy-ca'];

/** The certificates of a cluster's nodes, in the files that the nodes read. */
export class NodeCertificates {
  readonly #ports: NodePorts;
  readonly #lab: LabFolder;
  readonly #cluster: LabCluster;
  readonly #pace: number;

  constructor(ports: NodePorts, given: { lab: LabFolder; cluster: LabCluster; pace: number }) {
    this.#ports = ports;
    this.#lab = given.lab;
    this.#cluster = given.cluster;
    this.#pace = given.pace;
  }

  async readIdentity(file: string): Promise<TlsIdentity> {
    const text = await this.#lab.read(file);
    if (file.endsWith('.crt')) return { certificatePem: text, keyPem: await this.#lab.read(getKeyFile(file)) };
    const kubeconfig = readKubeconfigFile(text);
    return kubeconfig ?? { certificatePem: text, keyPem: text };
  }

  async read({ file }: Pick<LabCertificate, 'file'>): Promise<IssuedCertificate> {
    const [certificate] = readCertificatePem((await this.readIdentity(file)).certificatePem);
    if (certificate === undefined) throw new ConsoleError('lab.damaged', { path: this.#lab.path(file) });
    return certificate;
  }

  /** Returns when the certificate is to be renewed and when it ends. The approver signs serving certificates like client ones. */
  dates(
    profileId: LabCertificate['profile'],
    { facts }: IssuedCertificate,
  ): { dueAt: Instant | undefined; endsAt: Instant } {
    const rules = PROFILES[profileId === 'kubelet-server' ? 'kubelet-client' : profileId];
    return { dueAt: renewalDueAt(rules, facts), endsAt: facts.notAfter };
  }

  /** Issues the next certificate with a new key, by the CA that issued the last one, for its full lifetime. */
  async reissue(certificate: LabCertificate): Promise<IssuedCertificate> {
    const former = await this.read(certificate);
    const issuer = await this.#findIssuer(former);
    const profile = paceProfile(PROFILES[certificate.profile], this.#pace);
    const issued = await renewCertificate(this.#ports, { profile, certificate: former, issuer });
    await this.#save(certificate, issued);
    return issued;
  }

  /** Issues a client certificate for the kubeconfig of an admin and returns the file; `lifetimeMs` is real time. */
  async makeKubeconfig(former: KubeconfigFile, lifetimeMs: number): Promise<string> {
    const profile: Profile = paceProfile(PROFILES.admin, this.#pace);
    const key = await this.#ports.keys.generate(profile.keyAlgorithms.value[0]);
    const issuer = await this.#readAuthority('ca');
    const template = newTemplate(this.#ports, profile, { cluster: this.#cluster.name }, lifetimeMs);
    const { der } = issueCertificate(this.#ports, { template, subjectSpki: key.spki, issuer });
    return this.#writeKubeconfig(former, encodePem('CERTIFICATE', der), key);
  }

  controlPlane(): readonly LabNode[] {
    return this.#cluster.nodes.filter(({ role }) => role === 'control-plane');
  }

  async #findIssuer(former: IssuedCertificate): Promise<SigningAuthority> {
    for (const name of AUTHORITIES) {
      const authority = await this.#readAuthority(name);
      if (this.#ports.crypto.isSignedBy(former.der, authority.der)) return authority;
    }
    throw new ConsoleError('lab.damaged', { path: this.#lab.path(this.#pkiFile('ca')) });
  }

  async #readAuthority(name: string): Promise<SigningAuthority> {
    const file = this.#pkiFile(name);
    const certificate = await this.read({ file });
    const key = readKeyPem(this.#ports.keys, await this.#lab.read(getKeyFile(file)));
    if (key === undefined) throw new ConsoleError('lab.damaged', { path: this.#lab.path(getKeyFile(file)) });
    return { ...certificate, key };
  }

  #pkiFile(name: string): string {
    const [node] = this.controlPlane();
    return `${this.#cluster.name}/${node?.name ?? ''}/etc/kubernetes/pki/${name}.crt`;
  }

  async #save({ file }: LabCertificate, { der, key }: IssuedCertificate & { key: PrivateKey }): Promise<void> {
    const certificatePem = encodePem('CERTIFICATE', der);
    const keyPem = privateKeyPem(this.#ports, key);
    if (file.endsWith('.crt')) {
      // The key goes first: a server reads both again when the certificate has changed.
      await this.#lab.write(getKeyFile(file), markKey(keyPem));
      await this.#lab.write(file, certificatePem, { isPublic: true });
      return;
    }
    if (file.endsWith('.pem')) return this.#lab.write(file, certificatePem + keyPem);
    const former = readKubeconfigFile(await this.#lab.read(file));
    if (former === undefined) throw new ConsoleError('lab.damaged', { path: this.#lab.path(file) });
    const pem = file.replace(/etc\/kubernetes\/kubelet\.conf$/u, 'var/lib/kubelet/pki/kubelet-client-current.pem');
    if (pem !== file) await this.#lab.write(pem, certificatePem + keyPem);
    await this.#lab.write(file, this.#writeKubeconfig(former, certificatePem, key));
  }

  #writeKubeconfig(former: KubeconfigFile, certificatePem: string, key: PrivateKey): string {
    return writeKubeconfig({
      clusterName: former.cluster,
      server: `https://${former.address}:${former.port}`,
      certificateAuthorityPem: former.caPem,
      userName: former.user,
      credentials: { certificatePem, keyPem: privateKeyPem(this.#ports, key) },
    });
  }
}

export function isPast(moment: Instant, now: Instant): boolean {
  return epochMs(now) > epochMs(moment);
}

function getKeyFile(file: string): string {
  return file.replace(/\.crt$/u, '.key');
}
