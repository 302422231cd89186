import {
  issueCertificate,
  issueRoot,
  type IssuedCertificate,
  type SigningAuthority,
} from '../../../../core/pki/issue/issue.ts';
import type { CertificateFacts } from '../../../../core/shared/certificates/certificate.ts';
import { instant } from '../../../../core/shared/instant.ts';
import type { CertificateTemplate } from '../../../../core/shared/certificates/certificate-template.ts';
import { decodeCertificate } from '../../../../core/formats/x509/certificate.ts';
import { readSubjectName } from '../../../../core/formats/x509/writer.ts';
import type { PrivateKey } from '../../../../core/shared/ports.ts';
import {
  buildCertificate,
  bits,
  oid,
  sequence,
  utcTime,
  VERSION_3,
  type CertificateParts,
} from '../../../support/certificates.ts';
import { testPorts } from '../../../support/ports.ts';

export const ports = testPorts();
export const NOW = instant('2026-11-24T12:00:00Z');

let serial = 0x1000;

type Changes = Partial<CertificateTemplate> & { name: string };

function makeTemplate({ name, ...changes }: Changes): CertificateTemplate {
  serial += 1;
  return {
    serialHex: serial.toString(16),
    subject: { commonName: name, organizations: [] },
    sans: { dns: [], ip: [] },
    notBefore: instant('2026-01-01T00:00:00Z'),
    notAfter: instant('2027-01-01T00:00:00Z'),
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: [],
    isCa: false,
    ...changes,
  };
}

/** Returns the template of a CA. By default, the CA is valid for ten years and may sign certificates and CRLs. */
function caTemplate(changes: Changes): CertificateTemplate {
  return makeTemplate({
    notBefore: instant('2020-01-01T00:00:00Z'),
    notAfter: instant('2030-01-01T00:00:00Z'),
    keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'],
    isCa: true,
    ...changes,
  });
}

export async function aRoot(changes: Changes, key?: PrivateKey): Promise<SigningAuthority> {
  const own = key ?? (await ports.keys.generate('p-256'));
  return issueRoot(ports, { template: caTemplate(changes), key: own });
}

export async function anAuthority(
  issuer: SigningAuthority,
  changes: Changes,
  key?: PrivateKey,
): Promise<SigningAuthority> {
  const own = key ?? (await ports.keys.generate('p-256'));
  const template = caTemplate(changes);
  return { ...issueCertificate(ports, { template, subjectSpki: own.spki, issuer }), key: own };
}

let rsa: Promise<PrivateKey> | undefined;

/** Returns an RSA key, generated only once because that takes a tenth of a second or more. */
export async function rsaKey(): Promise<PrivateKey> {
  rsa ??= ports.keys.generate('rsa-2048');
  return rsa;
}

let leafKey: PrivateKey | undefined;

/** Issues a leaf. All leaves share one key by default, because only their contents are judged. */
export async function aLeaf(
  issuer: SigningAuthority,
  changes: Partial<CertificateTemplate> & { name?: string } = {},
  subjectSpki?: Uint8Array,
): Promise<IssuedCertificate> {
  leafKey ??= await ports.keys.generate('p-256');
  const template = makeTemplate({ name: 'leaf', ...changes });
  return issueCertificate(ports, { template, subjectSpki: subjectSpki ?? leafKey.spki, issuer });
}

/**
 * Makes a certificate from DER parts in a form that the engine would not write, signed by `issuer` (by default with
 * P-256 and SHA-256). Missing parts are those of a plain leaf called `subject` below `issuer`.
 */
export function anOddCertificate(
  issuer: SigningAuthority,
  parts: CertificateParts,
  signer = (data: Uint8Array): Uint8Array => ports.keys.sign(issuer.key, data, 'SHA-256'),
): Uint8Array {
  const all = {
    issuer: Buffer.from(readSubjectName(issuer.der)),
    validity: sequence(utcTime('260101000000Z'), utcTime('270101000000Z')),
    version: VERSION_3,
    // Any valid public key.
    key: Buffer.from(issuer.key.spki),
    ...parts,
  };
  const unsigned = buildCertificate(all);
  const { offset, length } = decodeFacts(unsigned).tbs;
  return buildCertificate({ ...all, signature: bits(signer(unsigned.subarray(offset, offset + length))) });
}

function decodeFacts(der: Uint8Array): CertificateFacts {
  const result = decodeCertificate(der);
  if (!result.ok) throw new Error('an odd certificate must be readable');
  return result.certificate;
}

/** Makes a leaf called `subject` with a correct SHA-1 signature. */
export function aSha1Certificate(issuer: SigningAuthority): Uint8Array {
  const algorithm = sequence(oid('1.2.840.10045.4.1'));
  return anOddCertificate(issuer, { algorithm }, (data) => ports.keys.sign(issuer.key, data, 'SHA-1'));
}

/** Makes a CA with the given key, whatever its certificate permits. */
export function anOddAuthority(issuer: SigningAuthority, key: PrivateKey, parts: CertificateParts): SigningAuthority {
  const der = anOddCertificate(issuer, { key: Buffer.from(key.spki), ...parts });
  return { der, facts: decodeFacts(der), key };
}
