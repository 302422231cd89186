import type { CertificateTemplate } from '../shared/certificates/certificate-template.ts';
import { PROFILES } from '../pki/model/profiles.ts';
import type { PrivateKey } from '../shared/ports.ts';
import { issueCertificate, issueRoot, type IssuePorts, type SigningAuthority } from '../pki/issue/issue.ts';
import type { CertificateState, DeploymentState } from './state.ts';
import { buildTemplate } from './template-of.ts';

/**
 * Creates real certificates with the first key type in their profiles. Each is created once, so that several instants
 * share the same object. A CA that no longer exists must have been created while it existed.
 */
export class Materials {
  readonly #ports: IssuePorts;
  readonly #made = new Map<string, Promise<SigningAuthority>>();

  constructor(ports: IssuePorts) {
    this.#ports = ports;
  }

  certificate(state: DeploymentState, record: CertificateState): Promise<SigningAuthority> {
    return this.#makeOnce(record.id, async () => {
      const key = await this.#key(record);
      const template = await this.#template(state, record);
      if (record.issuer === record.id) return issueRoot(this.#ports, { template, key });
      return this.#issue(state, { template, key, issuer: record.issuer });
    });
  }

  authority(state: DeploymentState, id: string): Promise<SigningAuthority> {
    const record = state.certificates.find((each) => each.id === id);
    if (record !== undefined) return this.certificate(state, record);
    const made = this.#made.get(id);
    if (made === undefined) throw new Error('a CA of the past that was not made in its time');
    return made;
  }

  #makeOnce(id: string, make: () => Promise<SigningAuthority>): Promise<SigningAuthority> {
    const known = this.#made.get(id);
    if (known !== undefined) return known;
    const made = make();
    this.#made.set(id, made);
    return made;
  }

  #key({ profile }: CertificateState): Promise<PrivateKey> {
    return this.#ports.keys.generate(PROFILES[profile].keyAlgorithms.value[0]);
  }

  /** Adds the first certificate of the chain to the template of a renewed MOC certificate. */
  async #template(state: DeploymentState, record: CertificateState): Promise<CertificateTemplate> {
    const template = buildTemplate(record);
    if (template.moc === undefined || record.original === undefined) return template;
    const original = await this.#original(state, record, record.original);
    return { ...template, moc: { ...template.moc, originalCertificate: original.der } };
  }

  #original(
    state: DeploymentState,
    record: CertificateState,
    original: NonNullable<CertificateState['original']>,
  ): Promise<SigningAuthority> {
    return this.#makeOnce(original.id, async () => {
      const { original: _, ...rest } = record;
      const { id, serialHex, notBefore, notAfter, issuer } = original;
      const first = { ...rest, id, serialHex, notBefore, notAfter, issuer, renewCount: 0 };
      const key = await this.#key(record);
      return this.#issue(state, { template: buildTemplate(first), key, issuer });
    });
  }

  async #issue(
    state: DeploymentState,
    { template, key, issuer }: { template: CertificateTemplate; key: PrivateKey; issuer: string },
  ): Promise<SigningAuthority> {
    const authority = await this.authority(state, issuer);
    const request = { template, subjectSpki: key.spki, issuer: authority };
    return { ...issueCertificate(this.#ports, request), key };
  }
}
