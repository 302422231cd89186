import { PROFILES } from '../model/profiles.ts';
import type { SubjectAltNames } from '../../shared/certificates/certificate.ts';
import type { RequestFacts } from '../../shared/certificates/certificate-request.ts';
import { findSignerProfile, readCsrState, type CsrObject } from '../../shared/certificates/csr-object.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { CertificateTemplate, SansTemplate } from '../../shared/certificates/certificate-template.ts';
import { findRequest } from '../../formats/kubernetes/csr-object.ts';
import { encodePem } from '../../formats/der/pem.ts';
import type { Ports } from '../../shared/ports.ts';
import { signerObjections } from './approver.ts';
import { NODES_GROUP } from './rule.ts';
import { slicePart } from '../identities/request.ts';
import { issueCertificate, type IssuedCertificate, type IssuePorts, type SigningAuthority } from '../issue/issue.ts';
import { getPeriod } from '../issue/request-period.ts';
import { newSerial } from '../issue/serial.ts';

export type SigningPorts = IssuePorts & Pick<Ports, 'clock'>;

/** Names of key usages in the API. Source: Kubernetes API reference, `KeyUsage`. */
const KEY_USAGES: Readonly<Record<string, string>> = {
  'digital signature': 'digitalSignature',
  'key encipherment': 'keyEncipherment',
};

/**
 * Signs an approved request from a kubelet and returns the object with its certificate. Group, node name and, for
 * serving, DNS names and addresses come from the request, the usages from the signer. The lifetime is that of the
 * profile, or shorter if requested (at least ten minutes) or if the CA expires earlier. Source: Kubernetes
 * documentation, "Kubernetes signers".
 */
export function signCsrObject(
  ports: SigningPorts,
  { object, authority }: { object: CsrObject; authority: SigningAuthority },
): { object: CsrObject; issued: IssuedCertificate } {
  const objection = findObjection(ports, object);
  if (objection !== undefined) throw objection;
  const enclosed = findRequest(object);
  if (enclosed?.decoded.ok !== true) throw new Error('a request without objections can be read');
  const { request } = enclosed.decoded;
  const { serialBits } = kubeletProfile(object);
  const template: CertificateTemplate = {
    serialHex: newSerial(ports.keys, serialBits.value),
    ...kubeletCertificate(ports, { object, request, authority }),
  };
  const subjectSpki = slicePart(enclosed.der, request.spki);
  return answerWith(object, issueCertificate(ports, { template, subjectSpki, issuer: authority }));
}

function kubeletProfile(object: CsrObject) {
  return PROFILES[findSignerProfile(object) ?? 'kubelet-client'];
}

/** Returns why a kubelet's object must not be signed. */
export function findObjection(ports: SigningPorts, object: CsrObject): ConsoleError | undefined {
  const { name } = object;
  const state = readCsrState(object);
  if (state === 'issued') return new ConsoleError('csr.already-issued', { name });
  if (state !== 'approved') return new ConsoleError('csr.not-approved', { name, state });
  const [objection] = signerObjections(ports, object);
  return objection && new ConsoleError('csr.refused', { name, rule: objection });
}

interface KubeletRequest {
  object: CsrObject;
  request: RequestFacts;
  authority: Pick<SigningAuthority, 'facts'>;
}

export function kubeletCertificate(
  ports: SigningPorts,
  { object, request, authority }: KubeletRequest,
): Omit<CertificateTemplate, 'serialHex'> {
  const profile = kubeletProfile(object);
  const isServing = profile.id === 'kubelet-server';
  return {
    subject: { commonName: request.subject.cn ?? '', organizations: [NODES_GROUP] },
    sans: isServing ? uniqueNames(request.sans) : { dns: [], ip: [] },
    ...getPeriod(ports, { profile, authority, seconds: object.expirationSeconds }),
    keyUsage: object.usages.flatMap((usage) => KEY_USAGES[usage] ?? []),
    extendedKeyUsage: [isServing ? 'serverAuth' : 'clientAuth'],
    isCa: false,
  };
}

export function answerWith(object: CsrObject, issued: IssuedCertificate) {
  const certificate = new TextEncoder().encode(encodePem('CERTIFICATE', issued.der));
  return { object: { ...object, certificate }, issued };
}

export function uniqueNames({ dns, ip }: SubjectAltNames): SansTemplate {
  return { dns: [...new Set(dns)], ip: [...new Set(ip)] };
}
