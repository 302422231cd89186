import type { HashName } from '../../shared/certificates/key-algorithm.ts';
import { ipBytes } from '../../shared/ip-address.ts';
import type {
  CertificateTemplate,
  SansTemplate,
  SubjectTemplate,
} from '../../shared/certificates/certificate-template.ts';
import { contextTag, DerReader, SEQUENCE } from '../der/der.ts';
import {
  bitString,
  boolean,
  directoryString,
  explicit,
  implicit,
  integer,
  bitFlags,
  nullValue,
  identify,
  objectIdentifier,
  octetString,
  sequence,
  encodeSet,
  smallInteger,
  time,
} from '../der/der-writer.ts';
import { decodeHex } from '../der/hex.ts';
import { AUTHORITY_KEY_ID } from './crl-extensions.ts';
import {
  KEY_PURPOSE_NAMES,
  KEY_USAGE_NAMES,
  MOC_ACCESS_IDENTITY,
  MOC_ORIGINAL_CERTIFICATE,
  MOC_RENEW_COUNT,
} from '../der/oids.ts';

const encoder = new TextEncoder();

/** Source: RFC 5280 appendix A.1. */
export const COMMON_NAME = '2.5.4.3';
const ORGANIZATION = '2.5.4.10';
const SUBJECT_KEY_ID = '2.5.29.14';
const KEY_USAGE = '2.5.29.15';
export const SUBJECT_ALT_NAME = '2.5.29.17';
export const BASIC_CONSTRAINTS = '2.5.29.19';
const EXTENDED_KEY_USAGE = '2.5.29.37';
/** Source: RFC 5280 section 4.2.1.6. */
const DNS_NAME = 2;
const IP_ADDRESS = 7;
const VERSION_3 = 2;

const KEY_PURPOSE_OIDS: ReadonlyMap<string, string> = new Map([...KEY_PURPOSE_NAMES].map(([oid, name]) => [name, oid]));

export const SIGNATURE_OIDS: Record<'rsa' | 'ec', Record<HashName, string>> = {
  rsa: {
    'SHA-1': '1.2.840.113549.1.1.5',
    'SHA-256': '1.2.840.113549.1.1.11',
    'SHA-384': '1.2.840.113549.1.1.12',
    'SHA-512': '1.2.840.113549.1.1.13',
  },
  ec: {
    'SHA-1': '1.2.840.10045.4.1',
    'SHA-256': '1.2.840.10045.4.3.2',
    'SHA-384': '1.2.840.10045.4.3.3',
    'SHA-512': '1.2.840.10045.4.3.4',
  },
};

/** Adds NULL for RSA, but no parameters for ECDSA. Source: RFC 4055 section 5, RFC 5758 section 3.2. */
export function signatureAlgorithm(type: 'rsa' | 'ec', hash: HashName): Uint8Array {
  return identify(SIGNATURE_OIDS[type][hash], ...(type === 'rsa' ? [nullValue()] : []));
}

/**
 * Encodes one SET with all organizations, then the common name. Source: Go's `pkix.Name`, which Kubernetes and MOC use.
 */
export function nameElement({ commonName, organizations }: SubjectTemplate): Uint8Array {
  const attribute = (oid: string, value: string): Uint8Array => identify(oid, directoryString(value));
  return sequence(
    ...(organizations.length === 0 ? [] : [encodeSet(...organizations.map((each) => attribute(ORGANIZATION, each)))]),
    ...(commonName === '' ? [] : [encodeSet(attribute(COMMON_NAME, commonName))]),
  );
}

/** Source: RFC 5280 section 4.1. */
export function extension(oid: string, critical: boolean, value: Uint8Array): Uint8Array {
  return identify(oid, ...(critical ? [boolean(true)] : []), octetString(value));
}

/** Returns an empty list if there are no names. Throws on text that is not an IP address (a bug). */
export function sansExtension({ dns, ip }: SansTemplate, critical: boolean): Uint8Array[] {
  if (dns.length + ip.length === 0) return [];
  const names = [
    ...dns.map((name) => implicit(DNS_NAME, encoder.encode(name))),
    ...ip.map((address) => {
      const bytes = ipBytes(address);
      if (bytes === undefined) throw new Error('a template holds something that is no IP address');
      return implicit(IP_ADDRESS, bytes);
    }),
  ];
  return [extension(SUBJECT_ALT_NAME, critical, sequence(...names))];
}

export interface CertificateParts {
  template: CertificateTemplate;
  /** Replaces the template's subject, for instance by that of a request; DER. */
  subjectName?: Uint8Array;
  /** DER, byte for byte as in the issuer's certificate. */
  issuerName: Uint8Array;
  subjectSpki: Uint8Array;
  /** SHA-1 of the key. Source: RFC 5280 section 4.2.1.2, method 1. */
  subjectKeyId: Uint8Array;
  authorityKeyId: Uint8Array | undefined;
  /** DER of the signature's AlgorithmIdentifier. */
  algorithm: Uint8Array;
}

/** Encodes version 3, with extensions in the order in which Go writes them. Source: RFC 5280 section 4.1.2. */
export function tbsCertificate(parts: CertificateParts): Uint8Array {
  const { template } = parts;
  return sequence(
    explicit(0, smallInteger(VERSION_3)),
    integer(template.serialHex),
    parts.algorithm,
    parts.issuerName,
    sequence(time(template.notBefore), time(template.notAfter)),
    parts.subjectName ?? nameElement(template.subject),
    parts.subjectSpki,
    explicit(3, sequence(...listExtensions(parts))),
  );
}

function listExtensions(parts: CertificateParts): Uint8Array[] {
  const { template, subjectKeyId, authorityKeyId } = parts;
  const { keyUsage, extendedKeyUsage, subject, sans, moc } = template;
  const isNameless = subject.commonName === '' && subject.organizations.length === 0;
  return [
    ...usageExtensions(keyUsage, extendedKeyUsage),
    extension(BASIC_CONSTRAINTS, true, basicConstraints(template)),
    extension(SUBJECT_KEY_ID, false, octetString(subjectKeyId)),
    ...(authorityKeyId === undefined
      ? []
      : [extension(AUTHORITY_KEY_ID, false, sequence(implicit(0, authorityKeyId)))]),
    ...sansExtension(sans, isNameless && parts.subjectName === undefined),
    ...(moc === undefined ? [] : mocExtensions(moc)),
  ];
}

export function usageExtensions(usages: readonly string[], purposes: readonly string[]): Uint8Array[] {
  const identifiers = purposes.map((name) => objectIdentifier(KEY_PURPOSE_OIDS.get(name) ?? name));
  return [
    ...(usages.length === 0 ? [] : [extension(KEY_USAGE, true, bitFlags(usages.map(usageBit)))]),
    ...(purposes.length === 0 ? [] : [extension(EXTENDED_KEY_USAGE, false, sequence(...identifiers))]),
  ];
}

function basicConstraints({ isCa, pathLength }: CertificateTemplate): Uint8Array {
  if (!isCa) return sequence();
  return sequence(boolean(true), ...(pathLength === undefined ? [] : [smallInteger(pathLength)]));
}

function mocExtensions(moc: NonNullable<CertificateTemplate['moc']>): Uint8Array[] {
  const { originalCertificate, renewCount, accessIdentity } = moc;
  return [
    ...(originalCertificate === undefined ? [] : [extension(MOC_ORIGINAL_CERTIFICATE, false, originalCertificate)]),
    ...(renewCount === undefined ? [] : [extension(MOC_RENEW_COUNT, false, smallInteger(renewCount))]),
    extension(MOC_ACCESS_IDENTITY, false, encoder.encode(accessIdentity)),
  ];
}

function usageBit(name: string): number {
  const bit = (KEY_USAGE_NAMES as readonly string[]).indexOf(name);
  if (bit < 0) throw new Error(`not a key usage: ${name}`);
  return bit;
}

export function encodeSignedObject(toBeSigned: Uint8Array, algorithm: Uint8Array, signature: Uint8Array): Uint8Array {
  return sequence(toBeSigned, algorithm, bitString(signature));
}

/** Returns the subject as encoded, so that issuer names are equal byte for byte. */
export function readSubjectName(certificate: Uint8Array): Uint8Array {
  const reader = new DerReader(certificate);
  const ok = reader.expect(SEQUENCE, 0, certificate.length);
  const outer = reader.end;
  if (!ok || !reader.expect(SEQUENCE, reader.start, outer)) throw notDecoded();
  const limit = reader.end;
  let at = reader.start;
  if (reader.hasTag(contextTag(0), at, limit)) at = skipElement(reader, at, limit);
  // Skips the serial number, signature algorithm, issuer and validity.
  for (let skipped = 0; skipped < 4; skipped += 1) at = skipElement(reader, at, limit);
  return new Uint8Array(certificate.subarray(at, skipElement(reader, at, limit)));
}

function skipElement(reader: DerReader, at: number, limit: number): number {
  if (!reader.read(at, limit)) throw notDecoded();
  return reader.end;
}

function notDecoded(): Error {
  return new Error('only a certificate that was decoded before has a subject to copy');
}

export function publicKeyBits(spki: Uint8Array): Uint8Array {
  const reader = new DerReader(spki);
  if (!reader.expect(SEQUENCE, 0, spki.length)) throw notDecoded();
  const limit = reader.end;
  const at = skipElement(reader, reader.start, limit);
  if (!reader.read(at, limit)) throw notDecoded();
  return spki.subarray(reader.start + 1, reader.end);
}

export function keyIdBytes(hex: string | undefined): Uint8Array | undefined {
  return hex === undefined ? undefined : decodeHex(hex);
}
