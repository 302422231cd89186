import { moreFindings, type Finding } from '../shared/finding.ts';
import { crlFindings } from './x509/crl-findings.ts';
import { createFound, type Found } from './parsed-file.ts';
import { isAccessFile, readAccessFile } from './moc/access-file.ts';
import { decodeBase64 } from './der/base64.ts';
import { containerFinding, recognisePkcs7, nameEntries } from './pkcs/container-findings.ts';
import { derShape, MOST_IN_PATH } from './der/der-shape.ts';
import { getClaims } from './jwt/jwt.ts';
import { isKubeconfig, readKubeconfig } from './kubernetes/kubeconfig.ts';
import { recogniseObjects } from './kubernetes/objects-found.ts';
import { kubernetesObjectsIn } from './kubernetes/objects.ts';
import { isLoginFile, readBareToken, readLoginFile } from './moc/login-file.ts';
import { recogniseModuleConfig } from './moc/module-config-file.ts';
import { readPem, type PemRequest } from './der/pem.ts';
import { plainCertificate } from './der/plain-pem.ts';
import { loneRequestFindings } from './x509/request-findings.ts';
import { copyTexts } from './text/own-text.ts';
import { decodeText } from './text/text-encoding.ts';
import { readYaml, readYamlDocuments } from './yaml/yaml.ts';

/** Limit for a file that is Base64 as a whole; a login file has a few kilobytes. */
const MAX_WRAPPED_LENGTH = 4 * 1024 * 1024;
const MAX_REQUESTS = 20;
/** Shorter runs of letters and digits are words, not Base64. */
const MIN_WRAPPED_LENGTH = 64;

/** Base64 of a whole file, such as `mocctl … rotate --encode` writes. */
const BASE64_ONLY = /^[A-Za-z0-9+/\s]+={0,2}$/u;

/**
 * Keys of structured formats, at the start of a line or as a JSON key. Repetitions are bounded: a hostile file of
 * spaces would otherwise take quadratic time.
 */
const KEYS =
  'clusters|users|contexts|current-context|cloudcertificate|clientcertificate|cloudfqdn|clienttype|cloudauthport|token';
const DISTINCTIVE_KEY = new RegExp(`(?:^|[\\r\\n{,])[ \\t]{0,64}["']?(?:${KEYS})["']?[ \\t]{0,8}:`, 'iu');
/** Matches `KEYS` only where prose cannot contain them: alone at the start of a line, or in quotes. */
const STRUCTURED_KEY = new RegExp(
  `(?:(?:^|[\\r\\n])[ \\t]{0,64}(${KEYS})|[\\r\\n{,][ \\t]{0,64}"(${KEYS})")[ \\t]{0,8}:`,
  'giu',
);
const KUBERNETES_KIND =
  /(?:^|[\r\n{,])[ \t]{0,64}(?:-[ \t]{1,8})?["']?kind["']?[ \t]{0,8}:[ \t]{0,8}["']?(Config|(?:Secret|CertificateSigningRequest|RenewRevocation)(?:List)?)\b/u;

/**
 * Binary containers that are recognised by their first bytes but not read. Bouncy Castle writes a version, the length
 * of the salt (20), the salt, and 1,024 to 2,047 rounds, which `isPlausible` checks; UBER is version 1. Sources: Bouncy
 * Castle, BcKeyStoreSpi; KeyStore Explorer, KdbKeyDatabase, for IBM's Certificate Management System (unrelated to the
 * CMS of RFC 5652).
 */
const MAGIC: readonly { bytes: readonly number[]; format: string; isPlausible?: (bytes: Uint8Array) => boolean }[] = [
  { bytes: [0xfe, 0xed, 0xfe, 0xed], format: 'Java KeyStore' },
  { bytes: [0xce, 0xce, 0xce, 0xce], format: 'Java KeyStore (JCEKS)' },
  ...[1, 2].map((version) => ({
    bytes: [0, 0, 0, version, 0, 0, 0, 20],
    format: 'Bouncy Castle KeyStore (BKS, UBER)',
    isPlausible: hasBouncyCastleRounds,
  })),
  { bytes: [0x37, 0x48], format: 'CMS key database (KDB)', isPlausible: isKeyDatabase },
  { bytes: [0, 0, 0, 0, 0x43, 0x45, 0x52, 0x54], format: 'Microsoft certificate store (SST)' },
];

/**
 * Recognises a file by its content, not its name: binary, text in any encoding that Windows writes, or Base64 as a
 * whole. The caller opens a PFX. Never throws. Strings in the result are copies, so that the rest of the file, which
 * may be secret, does not stay in memory.
 */
export function recognise(bytes: Uint8Array): Found {
  return copyTexts(recogniseContent(bytes, true));
}

function recogniseContent(bytes: Uint8Array, isWhole: boolean): Found {
  const plain = plainCertificate(bytes);
  if (plain !== undefined) {
    const certificate = { entry: '', der: plain, origin: { format: 'pem' } as const, line: 1 };
    return { ...createFound('pem'), certificates: [certificate] };
  }
  const binary = readBinary(bytes);
  if (binary !== undefined) return binary;
  const decoded = decodeText(bytes);
  if (decoded === undefined || decoded.text.trim() === '') return createFound('nothing');
  const found = readText(decoded.text, isWhole);
  if (decoded.damaged && found.format !== 'nothing')
    found.findings.push({ rule: 'text.damaged', severity: 'warning', place: {} });
  return found;
}

function readBinary(bytes: Uint8Array): Found | undefined {
  const magic = MAGIC.find(
    ({ bytes: known, isPlausible = () => true }) =>
      known.every((byte, index) => bytes[index] === byte) && isPlausible(bytes),
  );
  if (magic !== undefined) return notSupportedYet(magic.format);
  if (bytes[0] !== 0x30) return undefined;
  const shape = derShape(bytes);
  if (shape.kind === 'unknown') return undefined;
  if (shape.kind === 'crl') return { ...createFound('refused'), findings: crlFindings(bytes, {}) };
  if (shape.kind === 'request') return { ...createFound('request'), findings: loneRequestFindings(bytes, {}) };
  if (shape.kind === 'pkcs7') return readPkcs7File(bytes);
  if (shape.kind === 'bcfks') return notSupportedYet('Bouncy Castle KeyStore (BCFKS)');
  if (shape.kind === 'path') return readPath(shape.certificates);
  if (shape.kind === 'pkcs12') {
    const container = { entry: '', der: bytes, origin: { format: 'pkcs12' } as const };
    return { ...createFound('pkcs12'), containers: [container] };
  }
  if (shape.kind === 'key') return { ...createFound('der'), keys: [{ entry: '', keyPem: shape.keyPem }] };
  return { ...createFound('der'), certificates: [{ entry: '', der: bytes, origin: { format: 'der' } }] };
}

function readPkcs7File(bytes: Uint8Array): Found {
  const { certificates, findings } = recognisePkcs7(bytes, { format: 'pkcs7' });
  nameEntries(certificates, '');
  return { ...createFound(certificates.length > 0 ? 'pkcs7' : 'refused'), certificates, findings };
}

function readPath(certificates: readonly Uint8Array[]): Found {
  if (certificates.length > MOST_IN_PATH) {
    const finding = containerFinding('PkiPath', { kind: 'too-many-entries', limit: MOST_IN_PATH });
    return { ...createFound('refused'), findings: [finding] };
  }
  const entries = certificates.map((der) => ({ entry: '', der, origin: { format: 'der' } as const }));
  nameEntries(entries, '');
  return { ...createFound('der'), certificates: entries };
}

function hasBouncyCastleRounds(bytes: Uint8Array): boolean {
  const [first, second, third = 0] = bytes.subarray(28, 32);
  return bytes.length >= 32 && first === 0 && second === 0 && third >= 4 && third < 8;
}

const KEY_DATABASES: readonly string[] = ['X509KEY', 'X509KYP', 'X509CRL'];

/** Whether the kind of a key database follows two bytes of magic, a version and five more bytes. */
function isKeyDatabase(bytes: Uint8Array): boolean {
  return KEY_DATABASES.includes(String.fromCharCode(...bytes.subarray(8, 15)));
}

function notSupportedYet(format: string): Found {
  const finding: Finding = { rule: 'format.not-supported-yet', severity: 'notice', place: {}, params: { format } };
  return { ...createFound('refused'), findings: [finding] };
}

function readText(text: string, isWhole: boolean): Found {
  const trimmed = text.trim();
  if (getClaims(trimmed) !== undefined) return readBareToken(trimmed);
  const config = recogniseModuleConfig(text);
  if (config !== undefined) return config;
  const structured = readStructured(text, isWhole);
  if (structured !== undefined && structured.format !== 'refused') return structured;
  const pem = text.includes('-----BEGIN ') ? readPemFile(text) : undefined;
  if (pem !== undefined) {
    // Text with invalid YAML may still contain PEM, so the findings about both are reported.
    if (structured !== undefined) pem.findings.unshift(...structured.findings);
    return pem;
  }
  if (structured !== undefined) return structured;
  return (isWhole ? unwrapBase64(trimmed) : undefined) ?? createFound('nothing');
}

function unwrapBase64(text: string): Found | undefined {
  const isPossible = text.length >= MIN_WRAPPED_LENGTH && text.length <= MAX_WRAPPED_LENGTH && BASE64_ONLY.test(text);
  const bytes = isPossible ? decodeBase64(text) : undefined;
  if (bytes === undefined) return undefined;
  const found = recogniseContent(bytes, false);
  return found.format === 'nothing' ? undefined : removeLines(found);
}

/** Removes line numbers, which refer to the decoded content. */
function removeLines(found: Found): Found {
  const { certificates, keys, tokens, references, containers } = found;
  for (const item of [certificates, keys, tokens, references, containers].flat()) delete item.line;
  for (const { place } of found.findings) {
    delete place.line;
    delete place.column;
  }
  return found;
}

/** Reads the structured formats; `undefined` for any other text, `refused` if a structured text is unreadable. */
function readStructured(text: string, isWhole: boolean): Found | undefined {
  const kind = KUBERNETES_KIND.exec(text)?.[1];
  if (kind === undefined && !DISTINCTIVE_KEY.test(text)) return undefined;
  if (kind !== undefined && kind !== 'Config') {
    const objects = kubernetesObjectsIn(readYamlDocuments(text));
    const found = isWhole ? recogniseObjects(objects, (value) => recogniseContent(value, false)) : undefined;
    // Objects of other kinds refer to Secrets but contain none.
    if (found !== undefined || objects.objects.length > 0) return found;
  }
  const yaml = readYaml(text);
  if (!yaml.ok) {
    const isRefused = kind !== undefined || looksStructured(text);
    return isRefused ? { ...createFound('refused'), findings: yaml.findings } : undefined;
  }
  const { root } = yaml;
  if (root?.kind !== 'map') return undefined;
  if (isKubeconfig(root)) return readKubeconfig(root);
  if (isAccessFile(root)) return readAccessFile(root);
  return isLoginFile(root) ? readLoginFile(root) : undefined;
}

/**
 * Returns whether a text has two keys of structured data; a single key may also occur in logs and in other programs'
 * files.
 */
function looksStructured(text: string): boolean {
  const keys = new Set<string>();
  for (const [, plain, quoted] of text.matchAll(STRUCTURED_KEY)) {
    keys.add((plain ?? quoted ?? '').toLowerCase());
    if (keys.size > 1) return true;
  }
  return false;
}

function readPemFile(text: string): Found | undefined {
  const { certificates, keys, requests, findings, recognised } = readPem(text, { format: 'pem' });
  if (!recognised) return undefined;
  findings.push(...requestsFound(requests));
  const format =
    certificates.length + keys.length > 0
      ? 'pem'
      : requests.length > 0
        ? 'request'
        : findings.length > 0
          ? 'refused'
          : 'nothing';
  return { ...createFound(format), certificates, keys, findings };
}

function requestsFound(requests: readonly PemRequest[]): Finding[] {
  const shown = requests.slice(0, MAX_REQUESTS);
  const findings = shown.flatMap(({ der, line }) => loneRequestFindings(der, { entry: '', line }));
  const count = requests.length - shown.length;
  if (count > 0) findings.push(moreFindings(count));
  return findings;
}
