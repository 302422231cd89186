import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CertificateFacts } from '../../../../core/shared/certificates/certificate.ts';
import { instantFromMs } from '../../../../core/shared/instant.ts';
import { decodeCertificate } from '../../../../core/formats/x509/certificate.ts';
import {
  issueWithOpenssl,
  opensslPrints,
  systemRoots,
  encodeCertificatePem,
  type IssuedCertificate,
} from '../../../support/certificates.ts';

const POST_QUANTUM = join(import.meta.dirname, '../../../fixtures/post-quantum');

let directory: string;
let issued: IssuedCertificate[];
let everything: IssuedCertificate[];

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'x509-peers-'));
  issued = issueWithOpenssl(directory);
  const roots = systemRoots().map((der, index) => ({ label: `root ${index}`, der }));
  everything = [...issued, ...roots];
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

function decode(der: Uint8Array): CertificateFacts {
  const result = decodeCertificate(der);
  if (!result.ok) throw new Error(JSON.stringify(result.finding));
  return result.certificate;
}

function findIssued(label: string): CertificateFacts {
  const found = issued.find((certificate) => certificate.label === label);
  if (found === undefined) throw new Error(`openssl did not issue ${label}`);
  return decode(found.der);
}

/** Attribute names that openssl spells differently from RFC 4514 and X.520. */
const OPENSSL_LABELS: Record<string, string> = { STREET: 'street' };

/** Formats a name as Node does: one relative name per line, in the order of the certificate. */
function nameLines(text: string): string {
  const relative = text.split(/(?<!\\),/).reverse();
  const relabelled = relative.map((part) => part.replace(/^[^=]+/, (label) => OPENSSL_LABELS[label] ?? label));
  return relabelled.join('\n');
}

/** Formats an address as Node prints IPv6: eight upper-case groups without shortening. */
function longAddress(ip: string): string {
  if (!ip.includes(':')) return ip;
  const [head = '', tail = ''] = ip.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const missing = 8 - groups(head).length - groups(tail).length;
  const zeros = ip.includes('::') ? Array.from({ length: missing }, () => '0') : [];
  return [...groups(head), ...zeros, ...groups(tail)].join(':').toUpperCase();
}

/**
 * Returns Node's alternative names of the types that are compared. Sorts them, because the facts have one list per
 * type.
 */
function nodeAltNames(text: string | undefined): string[] {
  const entries = text?.match(/(?:"[^"]*"|[^",])+/g) ?? [];
  return entries
    .map((entry) => entry.trim())
    .filter((entry) => /^(DNS|IP|email|URI|Reg)/.test(entry))
    .sort();
}

function factAltNames({ sans }: CertificateFacts): string[] {
  return [
    ...sans.dns.map((name) => `DNS:${name}`),
    ...sans.ip.map((ip) => `IP Address:${longAddress(ip)}`),
    ...sans.email.map((email) => `email:${email}`),
    ...sans.uri.map((uri) => `URI:${uri}`),
    ...sans.registeredId.map((id) => `Registered ID:${id}`),
  ].sort();
}

const NODE_KEY_TYPES: Record<string, string> = {
  RSA: 'rsa',
  'RSA-PSS': 'rsa-pss',
  EC: 'ec',
  Ed25519: 'ed25519',
  Ed448: 'ed448',
};
const NODE_CURVES: Record<string, string> = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };

const KEY_PURPOSE_OIDS: Record<string, string> = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' };

describe('the decoder and Node agree', () => {
  test('on names, serial numbers, validity periods, alternative names, access locations and key usage of every certificate', () => {
    expect(everything.length).toBeGreaterThan(10);
    for (const { label, der } of everything) {
      const facts = decode(der);
      const peer = new X509Certificate(der);
      const access = [
        ...facts.ocspUrls.map((url) => `OCSP - URI:${url}`),
        ...facts.caIssuerUrls.map((url) => `CA Issuers - URI:${url}`),
      ].sort();
      const ours = {
        subject: nameLines(facts.subject.text),
        issuer: nameLines(facts.issuer.text),
        serial: facts.serialHex.toUpperCase(),
        notBefore: facts.notBefore,
        notAfter: facts.notAfter,
        names: factAltNames(facts),
        access,
        isCa: facts.isCa || facts.version === 1,
        purposes: facts.extendedKeyUsage.map((name) => KEY_PURPOSE_OIDS[name] ?? name),
        length: facts.length,
      };
      expect(ours, label).toEqual({
        subject: peer.subject.replaceAll(' + ', '+'),
        issuer: peer.issuer.replaceAll(' + ', '+'),
        serial: peer.serialNumber === '0' ? '00' : peer.serialNumber,
        notBefore: instantFromMs(Date.parse(peer.validFrom)),
        notAfter: instantFromMs(Date.parse(peer.validTo)),
        names: nodeAltNames(peer.subjectAltName),
        access: peer.infoAccess?.split('\n').sort() ?? [],
        isCa: peer.ca,
        purposes: peer.keyUsage ?? [],
        length: peer.raw.length,
      });
    }
  });

  test('on the type, size and curve of every key that Node can read', () => {
    for (const { label, der } of everything) {
      const { key } = decode(der);
      const expected = NODE_KEY_TYPES[key.algorithm];
      if (expected === undefined) continue;
      const peer = new X509Certificate(der).publicKey;
      expect(peer.asymmetricKeyType, label).toBe(expected);
      const { modulusLength, namedCurve } = peer.asymmetricKeyDetails ?? {};
      if (modulusLength !== undefined) expect(key.bits, label).toBe(modulusLength);
      if (key.curve !== undefined) expect(NODE_CURVES[key.curve] ?? key.curve, label).toBe(namedCurve);
    }
  });

  test('on the DER of every public key', () => {
    for (const { label, der } of everything) {
      const { spki, key } = decode(der);
      const explicitCurve = key.algorithm === 'EC' && key.curve === undefined;
      if (NODE_KEY_TYPES[key.algorithm] === undefined || explicitCurve) continue;
      const peer = new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' });
      expect(der.subarray(spki.offset, spki.offset + spki.length).equals(peer), label).toBe(true);
    }
  });
});

interface OpensslFacts {
  version: number;
  serialHex: string;
  algorithm: string;
  bits: number | undefined;
  keyUsage: string[];
  isCa: boolean;
  pathLength: number | undefined;
  subjectKeyId: string | undefined;
  authorityKeyId: string | undefined;
  policies: string[];
  crlUrls: string[];
  critical: number;
}

const OPENSSL_KEY_USAGE: Record<string, string> = {
  'Digital Signature': 'digitalSignature',
  'Non Repudiation': 'nonRepudiation',
  'Key Encipherment': 'keyEncipherment',
  'Data Encipherment': 'dataEncipherment',
  'Key Agreement': 'keyAgreement',
  'Certificate Sign': 'keyCertSign',
  'CRL Sign': 'cRLSign',
};

/** Returns the text under a heading, up to the next line that is not indented further than the heading. */
function block(text: string, heading: string): string | undefined {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim().startsWith(heading));
  if (first < 0) return undefined;
  const indent = lines[first]?.search(/\S/) ?? 0;
  const rest = lines.slice(first + 1);
  const stop = rest.findIndex((line) => line.trim() !== '' && line.search(/\S/) <= indent);
  return rest.slice(0, stop < 0 ? undefined : stop).join('\n');
}

function opensslSerial(text: string): string {
  const inline = /Serial Number: (-?)\d+ \(-?0x([0-9a-f]+)\)/.exec(text);
  if (inline !== null) {
    const digits = inline[2] ?? '';
    return (inline[1] ?? '') + (digits.length % 2 === 0 ? digits : `0${digits}`);
  }
  const long = /Serial Number:\s+(?:\(Negative\))?([0-9a-f:]+)/.exec(text)?.[1] ?? '';
  return (text.includes('(Negative)') ? '-' : '') + long.replaceAll(':', '').replace(/^(00)+(?=..)/, '');
}

const hexBlock = (text: string | undefined): string | undefined =>
  text
    ?.trim()
    .split('\n')[0]
    ?.trim()
    .replace(/^keyid:/i, '')
    .replaceAll(':', '')
    .toLowerCase();

function readOpensslText(text: string): OpensslFacts {
  const constraints = block(text, 'X509v3 Basic Constraints:') ?? '';
  const usages = block(text, 'X509v3 Key Usage:')?.trim().split(', ') ?? [];
  const pathLength = /pathlen:(\d+)/.exec(constraints)?.[1];
  const size = /Public-Key: \((\d+) bit/.exec(text)?.[1];
  const all = (pattern: RegExp, within: string) => [...within.matchAll(pattern)].map((m) => m[1] ?? '');
  return {
    version: Number(/Version: (\d)/.exec(text)?.[1]),
    serialHex: opensslSerial(text),
    algorithm: /Signature Algorithm: (\S+)/.exec(text)?.[1] ?? '',
    bits: size === undefined ? undefined : Number(size),
    keyUsage: usages.map((usage) => OPENSSL_KEY_USAGE[usage] ?? usage),
    isCa: constraints.includes('CA:TRUE'),
    pathLength: pathLength === undefined ? undefined : Number(pathLength),
    subjectKeyId: hexBlock(block(text, 'X509v3 Subject Key Identifier:')),
    authorityKeyId: hexBlock(block(text, 'X509v3 Authority Key Identifier:')),
    policies: all(/^ {16}Policy: (\S+)/gm, block(text, 'X509v3 Certificate Policies:') ?? ''),
    crlUrls: all(/URI:(\S+)/g, block(text, 'X509v3 CRL Distribution Points:') ?? ''),
    critical: text.match(/: critical$/gm)?.length ?? 0,
  };
}

const OPENSSL_ALGORITHMS: Record<string, string> = { 'RSASSA-PSS': 'rsassaPss', Ed25519: 'ED25519', Ed448: 'ED448' };

function convertFacts(facts: CertificateFacts): OpensslFacts {
  const { name } = facts.signatureAlgorithm;
  const sizeless = facts.key.algorithm !== 'RSA' && facts.key.algorithm !== 'EC' && facts.key.algorithm !== 'RSA-PSS';
  return {
    version: facts.version,
    serialHex: facts.serialHex,
    algorithm: OPENSSL_ALGORITHMS[name] ?? name,
    bits: sizeless ? undefined : facts.key.bits,
    keyUsage: facts.keyUsage,
    isCa: facts.isCa,
    pathLength: facts.pathLength,
    subjectKeyId: facts.subjectKeyId,
    authorityKeyId: facts.authorityKeyId?.keyId,
    policies: facts.policies.map((policy) => (policy === '2.5.29.32.0' ? 'X509v3' : policy)),
    crlUrls: facts.crlUrls,
    critical: facts.extensions.filter((extension) => extension.critical).length,
  };
}

/** Sorts the attributes: a SET has no order, and openssl prints the attributes of a relative name in reverse. */
function anyOrder(name: string): string {
  const relative = name.split(/(?<!\\),/);
  return relative
    .map((part) =>
      part
        .split(/(?<!\\)\+/)
        .sort()
        .join('+'),
    )
    .join(',');
}

describe('the decoder and openssl agree', () => {
  test('on versions, serial numbers, algorithms, sizes, usages, constraints, identifiers and addresses', () => {
    const file = join(directory, 'everything.pem');
    writeFileSync(file, everything.map(({ der }) => encodeCertificatePem(der)).join(''));
    const options = ['storeutl', '-noout', '-text', '-certs', file];
    const printed = execFileSync('openssl', options, { encoding: 'utf8', maxBuffer: 1 << 26 });
    const texts = printed.split(/^\d+: Certificate$/m).slice(1);
    expect(texts).toHaveLength(everything.length);
    everything.forEach(({ label, der }, index) => {
      expect(convertFacts(decode(der)), label).toEqual(readOpensslText(texts[index] ?? ''));
    });
  });

  test('on RFC 4514 names with escapes, several values and characters beyond ASCII', () => {
    for (const { label, der } of issued) {
      const [subject] = opensslPrints(der, '-subject', '-nameopt', 'RFC2253,-esc_msb,utf8').split('\n');
      const peer = subject?.replace('subject=', '').replace('street=', 'STREET=') ?? '';
      expect(anyOrder(decode(der).subject.text), label).toBe(anyOrder(peer));
    }
  });

  test('on the algorithm and digest of a certificate signed with RSASSA-PSS', () => {
    const facts = findIssued('pss');
    expect(facts.key).toMatchObject({ algorithm: 'RSA-PSS', bits: 2048 });
    expect(facts.signatureAlgorithm).toMatchObject({ name: 'RSASSA-PSS', hash: 'SHA-384' });
  });

  test('on the node name and the group that Kubernetes would read', () => {
    const { subject } = findIssued('p256');
    expect(subject).toMatchObject({ cn: 'system:node:node-1', o: ['system:nodes'] });
  });

  test('on certificates without an expiry', () => {
    expect(findIssued('far')).toMatchObject({
      notBefore: '1950-01-01T00:00:00Z',
      notAfter: '9999-12-31T23:59:59Z',
      findings: [],
    });
  });

  test('on explicit curves, which have a size but no name', () => {
    const { key, findings } = findIssued('explicit');
    expect(key).toEqual({ algorithm: 'EC', oid: '1.2.840.10045.2.1', bits: 256 });
    expect(findings.map(({ rule }) => rule)).toEqual(['der.explicit-curve']);
  });

  test('on the names of the key and signature algorithms of post-quantum certificates', () => {
    // openssl has created such certificates since 3.5; openssl 3.5.9 created these copies.
    for (const name of ['ML-DSA-65', 'SLH-DSA-SHA2-128f']) {
      const pem = readFileSync(join(POST_QUANTUM, `${name.toLowerCase()}.pem`));
      const facts = decode(new X509Certificate(pem).raw);
      expect([facts.key.algorithm, facts.signatureAlgorithm.name]).toEqual([name, name]);
    }
  });

  test('on every type of alternative name', () => {
    expect(findIssued('rsa').sans).toEqual({
      dns: ['node-1.example.test', '*.svc.cluster.local'],
      ip: ['10.96.0.1', 'fd00::1:0:0:1', '2001:db8:0:1:1:1:1:1'],
      email: ['admin@example.test'],
      uri: ['spiffe://cluster.local/ns/default'],
      directory: ['O=Example\\, Inc.,C=JP'],
      registeredId: ['1.3.6.1.4.1.99999.3'],
      other: [{ type: '1.3.6.1.4.1.311.20.2.3', valueHex: `0c10${Buffer.from('upn@example.test').toString('hex')}` }],
    });
  });
});
