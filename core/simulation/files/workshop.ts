import { epochMs } from '../../shared/instant.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import { privateKeyPem } from '../../pki/issue/private-key-pem.ts';
import { newCloudAgentState } from '../../pki/identities/cloud-agent.ts';
import type { CloudAgentState, TokenRecord } from '../../pki/model/identity.ts';
import { issueToken } from '../../pki/identities/token.ts';
import type { IssuePorts, SigningAuthority } from '../../pki/issue/issue.ts';
import { Materials } from '../materialise.ts';
import { encodePem } from '../../formats/der/pem.ts';
import { writeAccessFile } from '../../formats/moc/access-file-writer.ts';
import { writeKubeconfig } from '../../formats/kubernetes/kubeconfig-writer.ts';
import { writeLoginFile } from '../../formats/moc/login-file-writer.ts';
import type { PrivateKey } from '../../shared/ports.ts';
import type { CertificateState, ClusterState, DeploymentState, IdentityState } from '../state.ts';

/** Default in Kubernetes. */
const API_PORT = 6443;

/** Ports of servers that do not listen at the documented ones. */
export interface ServerPlaces {
  apiServer?: (cluster: string) => number;
  cloudAgent?: Pick<CloudAgentState, 'port' | 'authPort'>;
  /** The recipient of tokens that must open nothing else. Source: RFC 7519 section 4.1.3. */
  audience?: string;
}

/** Makes the certificates, keys and tokens of a simulated deployment, each only once. */
export class Workshop {
  readonly state: DeploymentState;
  readonly #ports: IssuePorts;
  readonly #materials: Materials;
  readonly #tokenKey: PrivateKey;
  readonly #places: ServerPlaces;
  readonly #tokens = new Map<string, ReturnType<typeof issueToken>>();
  readonly #certificates = new Set<string>();
  readonly #keys = new Set<PrivateKey>();

  constructor(ports: IssuePorts, state: DeploymentState, tokenKey: PrivateKey, places: ServerPlaces = {}) {
    this.#ports = ports;
    this.#places = places;
    this.state = state;
    this.#materials = new Materials(ports);
    this.#tokenKey = tokenKey;
  }

  get counts(): { certificates: number; tokens: number; privateKeys: number } {
    return { certificates: this.#certificates.size, tokens: this.#tokens.size, privateKeys: this.#keys.size };
  }

  materialise(record: CertificateState): Promise<SigningAuthority> {
    return this.#materials.certificate(this.state, record);
  }

  kubeconfigCertificate({ name }: ClusterState): CertificateState {
    return this.#findCertificate(({ holder, cluster }) => holder.kind === 'workstation' && cluster === name, name);
  }

  root({ name }: ClusterState, profile: ProfileId): CertificateState {
    return this.#findCertificate(
      (record) => record.holder.kind === 'cluster' && record.cluster === name && record.profile === profile,
      `${profile} of ${name}`,
    );
  }

  cloudAgentCertificate(profile: 'cloud-agent-ca' | 'cloud-agent-server'): CertificateState {
    const all = this.state.certificates.filter(
      (record) => record.holder.kind === 'cloud-agent' && record.profile === profile,
    );
    const newest = all.at(-1);
    if (newest === undefined) throw new Error(`no ${profile}`);
    return newest;
  }

  identity(name: string): IdentityState {
    const found = this.state.identities.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no identity ${name}`);
    return found;
  }

  async certificatePem(record: CertificateState): Promise<string> {
    const { der } = await this.#countAndMaterialise(record);
    return encodePem('CERTIFICATE', der);
  }

  async keyPem(record: CertificateState): Promise<string> {
    return this.privatePem((await this.#countAndMaterialise(record)).key);
  }

  privatePem(key: PrivateKey): string {
    this.#keys.add(key);
    return privateKeyPem(this.#ports, key);
  }

  async kubeconfig(
    cluster: ClusterState,
    record: CertificateState,
    { userName, address }: { userName: string; address?: string },
  ): Promise<string> {
    return writeKubeconfig({
      clusterName: cluster.name,
      server: `https://${address ?? cluster.endpoints[0] ?? ''}:${this.#places.apiServer?.(cluster.name) ?? API_PORT}`,
      certificateAuthorityPem: await this.certificatePem(this.root(cluster, 'cluster-ca')),
      userName,
      credentials: { certificatePem: await this.certificatePem(record), keyPem: await this.keyPem(record) },
    });
  }

  async accessFile(identity: IdentityState): Promise<string> {
    const record = this.#findCertificate(({ id }) => id === identity.certificate, identity.name);
    const { der, key } = await this.#countAndMaterialise(record);
    this.#keys.add(key);
    const rsaPrivateKey = this.#ports.keys.exportPrivateKey(key, 'traditional');
    try {
      return writeAccessFile({
        authorities: await this.#listAuthorities(identity),
        certificate: der,
        rsaPrivateKey,
        identityName: identity.name,
        // A login writes the type, a renewal omits it.
        withType: record.renewCount === 0,
      });
    } finally {
      this.#ports.keys.wipe(rsaPrivateKey);
    }
  }

  async loginFile(identity: IdentityState): Promise<string> {
    const {
      fqdn: cloudFqdn,
      port: cloudPort,
      authPort: cloudAuthPort,
      location,
    } = { ...newCloudAgentState(this.state.cloudAgent.fqdn), ...this.#places.cloudAgent };
    return writeLoginFile({
      cloudFqdn,
      cloudPort,
      cloudAuthPort,
      location,
      name: identity.name,
      token: this.#token(identity).token,
      authorities: await this.#listAuthorities(identity),
      clientType: identity.clientType,
    });
  }

  tokenRecord(identity: IdentityState): TokenRecord {
    return this.#token(identity).record;
  }

  /** Issues a token at its start time; later calls return the same token. */
  #token({ name, token: { issuedAt, expiresAt } }: IdentityState): ReturnType<typeof issueToken> {
    const known = this.#tokens.get(name);
    if (known !== undefined) return known;
    const token = issueToken(
      { ...this.#ports, clock: { now: () => issuedAt } },
      { tokenKey: this.#tokenKey, audience: this.#places.audience },
      { name, tokenValidityMs: epochMs(expiresAt) - epochMs(issuedAt) },
    );
    this.#tokens.set(name, token);
    return token;
  }

  /** Returns DER, newest first. */
  async #listAuthorities({ trusts }: IdentityState): Promise<Uint8Array[]> {
    const trusted = trusts.map((id) => this.#findCertificate((record) => record.id === id, id));
    const made = await Promise.all(trusted.map((record) => this.#countAndMaterialise(record)));
    return made.map(({ der }) => der).reverse();
  }

  #countAndMaterialise(record: CertificateState): Promise<SigningAuthority> {
    this.#certificates.add(record.id);
    return this.materialise(record);
  }

  #findCertificate(fits: (record: CertificateState) => boolean, wanted: string): CertificateState {
    const found = this.state.certificates.find(fits);
    if (found === undefined) throw new Error(`no certificate: ${wanted}`);
    return found;
  }
}
