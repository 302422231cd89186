import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import forge from 'node-forge';
import { issue, openssl, pairIn } from './openssl.ts';

/**
 * Encodes one DER element: `tag`, the length in its shortest form, then the parts. Shares no code with the reader, so
 * that each checks the other.
 */
export function element(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOctets(content.length), content]);
}

function lengthOctets(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const octets = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([0x80 | octets.length]), octets]);
}

export const sequence = (...parts: Uint8Array[]): Buffer => element(0x30, ...parts);
export const octets = (...parts: Uint8Array[]): Buffer => element(0x04, ...parts);
export const bits = (content: Uint8Array, unused = 0): Buffer => element(0x03, Buffer.from([unused]), content);
export const integer = (hex: string): Buffer => element(0x02, Buffer.from(hex, 'hex'));
export const boolean = (value: number): Buffer => element(0x01, Buffer.from([value]));
export const text = (tag: number, value: string, encoding: BufferEncoding = 'utf8'): Buffer =>
  element(tag, Buffer.from(value, encoding));
export const oid = (dotted: string): Buffer =>
  element(0x06, Buffer.from(forge.asn1.oidToDer(dotted).getBytes(), 'binary'));

export const relativeName = (type: string, value: Buffer): Buffer => element(0x31, sequence(oid(type), value));

export const commonName = (value: string): Buffer => sequence(relativeName('2.5.4.3', text(0x0c, value)));

export const utcTime = (value: string): Buffer => text(0x17, value);
export const encodeGeneralizedTime = (value: string): Buffer => text(0x18, value);

export function extension(type: string, value: Uint8Array, critical = false): Buffer {
  return sequence(oid(type), ...(critical ? [boolean(0xff)] : []), octets(value));
}

export const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const POINT = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]);
export const P256_KEY = sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), bits(POINT));

/**
 * All parts are whole DER elements: `serial` is the INTEGER, and `extensions` are the elements of the list in `[3]`.
 */
export interface CertificateParts {
  version?: Buffer;
  serial?: Buffer;
  algorithm?: Buffer;
  issuer?: Buffer;
  validity?: Buffer;
  subject?: Buffer;
  key?: Buffer;
  identifiers?: Buffer;
  extensions?: Buffer[];
  outerAlgorithm?: Buffer;
  signature?: Buffer;
}

export const VERSION_3 = element(0xa0, integer('02'));

/** Returns a certificate with the given parts and an invented signature; by default, a plain P-256 leaf. */
export function buildCertificate(parts: CertificateParts = {}): Buffer {
  const algorithm = parts.algorithm ?? ECDSA_SHA256;
  const signed = sequence(
    parts.version ?? VERSION_3,
    parts.serial ?? integer('1234'),
    algorithm,
    parts.issuer ?? commonName('issuer'),
    parts.validity ?? sequence(utcTime('260101000000Z'), utcTime('260105000000Z')),
    parts.subject ?? commonName('subject'),
    parts.key ?? P256_KEY,
    parts.identifiers ?? Buffer.alloc(0),
    parts.extensions === undefined ? Buffer.alloc(0) : element(0xa3, sequence(...parts.extensions)),
  );
  const signature = parts.signature ?? bits(Buffer.alloc(70, 9));
  return sequence(signed, parts.outerAlgorithm ?? algorithm, signature);
}

function certificatesInPem(pem: string): Buffer[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => Buffer.from(block.replace(/-----[A-Z ]+-----/g, ''), 'base64'));
}

export function encodeCertificatePem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const DEBIAN_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';

/** Returns the root certificates of the system; empty if the system has no such file. */
export function systemRoots(): Buffer[] {
  try {
    return certificatesInPem(readFileSync(DEBIAN_BUNDLE, 'latin1'));
  } catch {
    return [];
  }
}

export interface IssuedCertificate {
  label: string;
  der: Buffer;
}

const RICH_EXTENSIONS = `
basicConstraints = critical, CA:TRUE, pathlen:3
keyUsage = critical, digitalSignature, keyEncipherment, keyCertSign, cRLSign
extendedKeyUsage = serverAuth, clientAuth, 1.3.6.1.4.1.99999.1
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
certificatePolicies = 2.23.140.1.2.1, 1.3.6.1.4.1.99999.2
crlDistributionPoints = URI:http://crl.example.test/a.crl, URI:http://crl.example.test/b.crl
authorityInfoAccess = OCSP;URI:http://ocsp.example.test/, caIssuers;URI:http://ca.example.test/ca.cer
subjectAltName = @names
[names]
DNS.1 = node-1.example.test
DNS.2 = *.svc.cluster.local
IP.1 = 10.96.0.1
IP.2 = fd00::1:0:0:1
IP.3 = 2001:db8:0:1:1:1:1:1
email.1 = admin@example.test
URI.1 = spiffe://cluster.local/ns/default
RID.1 = 1.3.6.1.4.1.99999.3
dirName.1 = directory
otherName.1 = 1.3.6.1.4.1.311.20.2.3;UTF8:upn@example.test
[directory]
C = JP
O = Example, Inc.
`;

const LEAF_EXTENSIONS = `
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
`;

interface Recipe {
  label: string;
  key: string[];
  subject: string;
  extensions: string;
  more?: string[];
}

const NODE_SUBJECT = '/O=system:nodes/CN=system:node:node-1';
const curve = (name: string, ...rest: string[]): string[] => [
  '-newkey',
  'ec',
  '-pkeyopt',
  `ec_paramgen_curve:${name}`,
  ...rest,
];

const RECIPES: readonly Recipe[] = [
  { label: 'rsa', key: ['-newkey', 'rsa:2048'], subject: '/CN=rsa/O=a/O=b', extensions: RICH_EXTENSIONS },
  { label: 'p256', key: curve('P-256'), subject: NODE_SUBJECT, extensions: RICH_EXTENSIONS },
  { label: 'p384', key: curve('P-384'), subject: NODE_SUBJECT, extensions: LEAF_EXTENSIONS },
  {
    label: 'p521',
    key: curve('P-521'),
    subject: '/C=JP/O=日本の会社/OU=a+OU=b/CN=a\\,b\\+c "d" \\\\ <e>; #f',
    extensions: LEAF_EXTENSIONS,
    more: ['-multivalue-rdn'],
  },
  { label: 'secp256k1', key: curve('secp256k1'), subject: '/CN=#edge ', extensions: LEAF_EXTENSIONS },
  {
    label: 'brainpool',
    key: curve('brainpoolP384r1'),
    subject: '/DC=test/DC=example/UID=u1/street=Rue 1/emailAddress=a@example.test/CN=b',
    extensions: LEAF_EXTENSIONS,
  },
  {
    label: 'explicit',
    key: curve('P-256', '-pkeyopt', 'ec_param_enc:explicit'),
    subject: '/CN=explicit',
    extensions: LEAF_EXTENSIONS,
  },
  { label: 'ed25519', key: ['-newkey', 'ed25519'], subject: '/CN=ed25519', extensions: LEAF_EXTENSIONS },
  { label: 'ed448', key: ['-newkey', 'ed448'], subject: '/CN=ed448', extensions: LEAF_EXTENSIONS },
  {
    label: 'pss',
    key: ['-newkey', 'rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048'],
    subject: '/CN=pss',
    extensions: LEAF_EXTENSIONS,
    more: ['-sha384', '-sigopt', 'rsa_pss_saltlen:32'],
  },
  { label: 'mldsa', key: ['-newkey', 'ML-DSA-65'], subject: '/CN=mldsa', extensions: LEAF_EXTENSIONS },
  { label: 'slhdsa', key: ['-newkey', 'SLH-DSA-SHA2-128f'], subject: '/CN=slhdsa', extensions: LEAF_EXTENSIONS },
];

/** Creates self-signed certificates of many kinds in `directory`; omits kinds that this openssl cannot create. */
export function issueWithOpenssl(directory: string): IssuedCertificate[] {
  return [...RECIPES.flatMap((recipe) => issueOne(directory, recipe)), issueNoExpiry(directory)];
}

/**
 * Issues a certificate valid from the first instant of a UTCTime until the instant that stands for "no expiry". Source:
 * RFC 5280 section 4.1.2.5.
 */
function issueNoExpiry(directory: string): IssuedCertificate {
  const { certificate } = issue(...pairIn(directory, 'far'), {
    subject: '/CN=no expiry',
    notBeforeMs: Date.parse('1950-01-01T00:00:00Z'),
    notAfterMs: Date.parse('9999-12-31T23:59:59Z'),
    extensions: [LEAF_EXTENSIONS],
  });
  return { label: 'far', der: new X509Certificate(readFileSync(certificate)).raw };
}

function issueOne(directory: string, recipe: Recipe): IssuedCertificate[] {
  const config = join(directory, `${recipe.label}.cnf`);
  writeFileSync(config, `[req]\ndistinguished_name=dn\n[dn]\n[v3]\n${recipe.extensions}`);
  const serial = createHash('sha256').update(recipe.label).digest('hex').slice(0, 32);
  const request = ['req', '-x509', '-nodes', '-utf8', '-outform', 'DER', '-keyout'];
  const identity = ['-subj', recipe.subject, '-set_serial', `0x${serial}`];
  const arguments_ = [
    ...[...request, join(directory, `${recipe.label}.key`), '-config', config],
    ...['-extensions', 'v3', ...recipe.key, ...identity, ...(recipe.more ?? ['-days', '4'])],
  ];
  try {
    return [{ label: recipe.label, der: openssl(...arguments_) }];
  } catch {
    return [];
  }
}

/** Returns the output of `openssl x509` without the final newline. */
export function opensslPrints(der: Uint8Array, ...options: string[]): string {
  const arguments_ = ['x509', '-inform', 'DER', '-noout', ...options];
  return execFileSync('openssl', arguments_, { input: der, encoding: 'utf8' }).replace(/\n$/, '');
}

interface KeyKind {
  spki: Buffer;
  keyId: Buffer;
  algorithm: Buffer;
  signatureBytes: number;
}

function keyKinds(): KeyKind[] {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
  const ec256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
  const ec384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey;
  const rsaSha256 = sequence(oid('1.2.840.113549.1.1.11'), element(0x05));
  const kind = (key: typeof rsa, algorithm: Buffer, signatureBytes: number): KeyKind => {
    const spki = key.export({ type: 'spki', format: 'der' });
    return { spki, keyId: createHash('sha1').update(spki).digest(), algorithm, signatureBytes };
  };
  const first = kind(rsa, rsaSha256, 256);
  return [first, kind(ec256, ECDSA_SHA256, 70), first, kind(ec384, ECDSA_SHA256, 102)];
}

const dns = (value: string): Buffer => text(0x82, value);
const uri = (value: string): Buffer => text(0x86, value);
const address = (...octetValues: number[]): Buffer => element(0x87, Buffer.from(octetValues));

function leafExtensions(index: number, authority: Buffer): Buffer[] {
  const usual = [
    extension('2.5.29.15', bits(Buffer.from([0xa0]), 5), true),
    extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'), oid('1.3.6.1.5.5.7.3.2'))),
    extension('2.5.29.19', sequence(), true),
    extension('2.5.29.14', octets(createHash('sha1').update(`${index}`).digest())),
    extension('2.5.29.35', sequence(element(0x80, authority))),
    extension(
      '2.5.29.17',
      sequence(
        ...[dns('kubernetes'), dns('kubernetes.default.svc'), dns(`node-${index}.cluster.local`)],
        ...[address(10, 96, 0, 1), address(10, (index >> 16) & 255, (index >> 8) & 255, index & 255)],
      ),
    ),
  ];
  if (index % 8 < 4) return usual;
  const location = element(0xa0, element(0xa0, uri('http://crl.example.test/ca.crl')));
  const access = (method: string, url: string): Buffer => sequence(oid(method), uri(url));
  return [
    ...usual,
    extension('2.5.29.32', sequence(sequence(oid('2.23.140.1.2.1')))),
    extension('2.5.29.31', sequence(sequence(location))),
    extension(
      '1.3.6.1.5.5.7.1.1',
      sequence(
        access('1.3.6.1.5.5.7.48.1', 'http://ocsp.example.test'),
        access('1.3.6.1.5.5.7.48.2', 'http://ca.example.test/ca.cer'),
      ),
    ),
  ];
}

/**
 * Creates `count` different leaf certificates: half with RSA-2048, a quarter each with P-256 and P-384. All have the
 * extensions of a cluster's certificates. Keys are shared and signatures are invented, so ten thousand take about a
 * second.
 */
export function leafCorpus(count: number): Buffer[] {
  const kinds = keyKinds();
  const issuer = sequence(
    relativeName('2.5.4.6', text(0x13, 'US')),
    relativeName('2.5.4.10', text(0x0c, 'Example Cluster Operators')),
    relativeName('2.5.4.3', text(0x0c, 'kubernetes')),
  );
  const authority = createHash('sha1').update('authority').digest();
  return Array.from({ length: count }, (_, index) => {
    const kind = kinds[index % kinds.length];
    if (kind === undefined) throw new Error('no kinds of key');
    const unique = createHash('sha512').update(`certificate ${index}`).digest();
    const serial = Buffer.from(unique.subarray(0, 16));
    serial[0] = 0x40 | (serial.readUInt8(0) & 0x3f);
    const start = new Date(Date.UTC(2026, 0, 1) + index * 61_000);
    const stamp = (date: Date) =>
      utcTime(
        date
          .toISOString()
          .replace(/[-:T]|\.\d+/g, '')
          .slice(2),
      );
    const signature = Buffer.alloc(kind.signatureBytes, unique);
    return buildCertificate({
      serial: element(0x02, serial),
      algorithm: kind.algorithm,
      issuer,
      validity: sequence(stamp(start), stamp(new Date(start.getTime() + 4 * 86_400_000))),
      subject: sequence(
        relativeName('2.5.4.10', text(0x0c, 'system:nodes')),
        relativeName('2.5.4.3', text(0x0c, `system:node:node-${index}`)),
      ),
      key: kind.spki,
      extensions: leafExtensions(index, authority),
      signature: bits(signature),
    });
  });
}
