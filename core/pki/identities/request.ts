import type { RequestFacts } from '../../shared/certificates/certificate-request.ts';
import type { KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';
import type { CertificateTemplate } from '../../shared/certificates/certificate-template.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { decodeRequest, isRequestSigned } from '../../formats/x509/csr.ts';
import { RENEWAL_EXTENSION, writeRenewalExtension } from '../../formats/x509/renewal-extension.ts';
import type { PrivateKey } from '../../shared/ports.ts';
import type { CloudAgentPorts } from './cloud-agent.ts';
import { createRequest } from '../issue/create-request.ts';
import { issueCertificate, type IssuedCertificate } from '../issue/issue.ts';

/** Source: microsoft/moc, pkg/certs, NewPrivateKey. */
const LOGIN_KEY: KeyAlgorithm = 'rsa-2048';

export interface RequestWithKey {
  /** DER. */
  request: Uint8Array;
  key: PrivateKey;
}

/** Requests a login. The SANs name the client's computer. Source: microsoft/moc, pkg/auth, GenerateClientCsr. */
export async function loginRequest(
  ports: CloudAgentPorts,
  client: { name: string; hostName: string; hostIp: string; algorithm?: KeyAlgorithm },
): Promise<RequestWithKey> {
  const key = await ports.keys.generate(client.algorithm ?? LOGIN_KEY);
  const template = {
    subject: { commonName: client.name, organizations: [] },
    sans: { dns: ['localhost', client.hostName], ip: ['127.0.0.1', client.hostIp] },
    keyUsage: [],
    extendedKeyUsage: [],
  };
  return { request: createRequest(ports, { template, key }), key };
}

/**
 * Requests a renewal with a new key of the same kind, certified by the old key. `chain` leads from `certificate` to its
 * root. Source: microsoft/moc, pkg/certs/certs.go, GenerateCertificateRenewRequest.
 */
export async function renewalRequest(
  ports: CloudAgentPorts,
  client: { certificate: IssuedCertificate; key: PrivateKey; chain?: readonly Uint8Array[] },
): Promise<RequestWithKey> {
  const { certificate, key: oldKey, chain = [] } = client;
  const { facts, der } = certificate;
  const key = await ports.keys.generate(oldKey.algorithm ?? LOGIN_KEY);
  const word = issueCertificate(ports, {
    template: keyCertificate(ports, facts),
    subjectSpki: key.spki,
    issuer: { der, facts, key: oldKey },
  });
  const template = {
    subject: { commonName: facts.subject.cn ?? '', organizations: facts.subject.o },
    sans: { dns: facts.sans.dns, ip: facts.sans.ip },
    keyUsage: [],
    extendedKeyUsage: [],
    otherExtensions: [
      { oid: RENEWAL_EXTENSION, critical: false, value: writeRenewalExtension([word.der, der, ...chain]) },
    ],
  };
  return { request: createRequest(ports, { template, key }), key };
}

/** Certifies the new key for this request only. */
function keyCertificate({ clock }: CloudAgentPorts, { notAfter }: IssuedCertificate['facts']): CertificateTemplate {
  return {
    serialHex: '01',
    subject: { commonName: 'CSR Key', organizations: [] },
    sans: { dns: [], ip: [] },
    notBefore: clock.now(),
    notAfter,
    keyUsage: [],
    extendedKeyUsage: [],
    isCa: false,
  };
}

const AMBIGUOUS: ReadonlySet<string> = new Set([
  'der.duplicate-attribute',
  'der.duplicate-extension',
  'der.attribute-list',
  'der.malformed-attribute',
  'der.extension-list',
  'der.malformed-extension',
  'der.trailing-data',
]);
const MINIMUM_RSA_BITS = 2_048;
const MINIMUM_EC_BITS = 256;

/** Reads a request. Throws `identity.request-refused` unless the key is strong and signed the request. */
export function readRequestFacts({ keys }: CloudAgentPorts, der: Uint8Array): RequestFacts {
  const decoded = decodeRequest(der);
  if (!decoded.ok) throw requestRefusal('unreadable');
  const { request } = decoded;
  if (request.findings.some(({ rule }) => AMBIGUOUS.has(rule))) throw requestRefusal('unreadable');
  if (!isRequestSigned(keys, der, request)) throw requestRefusal('signature');
  const { algorithm, bits = 0 } = request.key;
  const isStrong = (algorithm === 'RSA' && bits >= MINIMUM_RSA_BITS) || (algorithm === 'EC' && bits >= MINIMUM_EC_BITS);
  if (!isStrong) throw requestRefusal('weakKey');
  return request;
}

function requestRefusal(reason: 'unreadable' | 'signature' | 'weakKey'): ConsoleError {
  return new ConsoleError('identity.request-refused', { reason });
}

export function slicePart(der: Uint8Array, { offset, length }: { offset: number; length: number }): Uint8Array {
  return new Uint8Array(der.subarray(offset, offset + length));
}

export function subjectNameIn(der: Uint8Array, { subject, subjectName }: RequestFacts): Uint8Array | undefined {
  // An empty subject makes the SANs critical.
  return subject.attributes.length > 0 ? slicePart(der, subjectName) : undefined;
}
