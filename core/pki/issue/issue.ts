import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import { getSignatureHash } from '../../shared/certificates/key-algorithm.ts';
import type { CertificateTemplate } from '../../shared/certificates/certificate-template.ts';
import { decodeCertificate } from '../../formats/x509/certificate.ts';
import {
  keyIdBytes,
  nameElement,
  publicKeyBits,
  signatureAlgorithm,
  encodeSignedObject,
  readSubjectName,
  tbsCertificate,
} from '../../formats/x509/writer.ts';
import type { Ports, PrivateKey } from '../../shared/ports.ts';

export interface IssuedCertificate {
  der: Uint8Array;
  facts: CertificateFacts;
}

export interface SigningAuthority extends IssuedCertificate {
  key: PrivateKey;
}

export interface CertificateOrder {
  template: CertificateTemplate;
  subjectSpki: Uint8Array;
  /** An encoded subject that replaces the template's. */
  subjectName?: Uint8Array;
  /** Default: the SHA-1 hash of the key. */
  subjectKeyId?: Uint8Array;
  issuer: SigningAuthority;
}

export type IssuePorts = Pick<Ports, 'keys' | 'crypto'>;

/** Signs the template as given; callers decide whether the content is allowed. */
export function issueCertificate(ports: IssuePorts, request: CertificateOrder): IssuedCertificate {
  const { issuer } = request;
  return signCertificate(ports, request, {
    key: issuer.key,
    issuerName: readSubjectName(issuer.der),
    authorityKeyId: issuerKeyId(ports, issuer),
  });
}

export function issueRoot(
  ports: IssuePorts,
  { template, key }: { template: CertificateTemplate; key: PrivateKey },
): SigningAuthority {
  const issued = signCertificate(
    ports,
    { template, subjectSpki: key.spki },
    { key, issuerName: nameElement(template.subject), authorityKeyId: undefined },
  );
  return { ...issued, key };
}

function signCertificate(
  ports: IssuePorts,
  { template, subjectSpki, subjectName, subjectKeyId = keyId(ports, subjectSpki) }: Omit<CertificateOrder, 'issuer'>,
  by: { key: PrivateKey; issuerName: Uint8Array; authorityKeyId: Uint8Array | undefined },
): IssuedCertificate {
  const { key, ...issuer } = by;
  const der = signObject(ports, key, (algorithm) =>
    tbsCertificate({ template, subjectName, subjectSpki, subjectKeyId, ...issuer, algorithm }),
  );
  const decoded = decodeCertificate(der);
  if (!decoded.ok) throw new Error(`issued what cannot be read: ${decoded.finding.rule}`);
  return { der, facts: decoded.certificate };
}

/** Signs the content that `build` returns for the encoded algorithm. */
export function signObject(
  { keys }: Pick<Ports, 'keys'>,
  key: PrivateKey,
  build: (algorithm: Uint8Array) => Uint8Array,
): Uint8Array {
  const hash = getSignatureHash(key.algorithm);
  const algorithm = signatureAlgorithm(key.type, hash);
  const content = build(algorithm);
  return encodeSignedObject(content, algorithm, keys.sign(key, content, hash));
}

export function issuerKeyId(ports: IssuePorts, { facts, key }: SigningAuthority): Uint8Array {
  return keyIdBytes(facts.subjectKeyId) ?? keyId(ports, key.spki);
}

function keyId({ crypto }: IssuePorts, spki: Uint8Array): Uint8Array {
  return crypto.sha1(publicKeyBits(spki));
}
