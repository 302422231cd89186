import { crlFindings } from '../x509/crl-findings.ts';
import { limitFindings, type Finding } from '../../shared/finding.ts';
import type { FoundCertificate, FoundKey } from '../parsed-file.ts';
import type { Origin } from '../../shared/origin.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { outerLength } from './der.ts';
import { readTrustSettings } from '../x509/trust-settings.ts';
import { recognisePkcs7, nameEntries, PKCS12_NAME } from '../pkcs/container-findings.ts';

/** The line numbers of findings refer to the text. Source: RFC 7468, RFC 1421 for headers. */
interface PemContent {
  certificates: FoundCertificate[];
  keys: FoundKey[];
  requests: PemRequest[];
  findings: Finding[];
  recognised: boolean;
}

/** `label` is the PEM label of the block; two labels are in use. */
export interface PemRequest {
  /** Not yet decoded; may not be a valid request. */
  der: Uint8Array;
  label: string;
  line: number;
}

const BEGIN = '-----BEGIN ';
const END = '-----END ';
const DASHES = '-----';
const PEM_LINE = 64;
const MAX_FINDINGS = 50;

/** Limit in characters; names chosen by people are shorter. */
const LONGEST_ALIAS = 100;

const CERTIFICATE_LABELS: ReadonlySet<string> = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);
/** Only certtool writes this label; every other program writes PKCS #12 in DER. */
const PKCS12_LABEL = 'PKCS12';
const CRL_LABEL = 'X509 CRL';
const PKCS7_LABELS: ReadonlySet<string> = new Set(['PKCS7', 'CMS', 'PKCS #7 SIGNED DATA']);
const REQUEST_LABELS: ReadonlySet<string> = new Set(['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST']);

interface Block {
  label: string;
  body: string;
  line: number;
  closed: boolean;
  start: number;
  end: number;
}

/**
 * Reads every block, whatever text surrounds the blocks. A damaged block is a finding and never hides the others. Never
 * throws.
 */
export function readPem(text: string, origin: Origin, entry = ''): PemContent {
  const content: PemContent = { certificates: [], keys: [], requests: [], findings: [], recognised: false };
  for (const block of listBlocks(text)) {
    content.recognised = true;
    addBlock(content, block, { text, origin });
  }
  nameEntries(content.certificates, entry);
  nameEntries(content.keys, entry);
  content.findings = limitFindings(content.findings, MAX_FINDINGS);
  for (const { place } of content.findings) place.entry ??= entry;
  return content;
}

function finding(
  rule: string,
  severity: Finding['severity'],
  params: Record<string, string | number>,
  line: number,
): Finding {
  return { rule, severity, place: { line }, params };
}

function addBlock(content: PemContent, block: Block, { text, origin }: { text: string; origin: Origin }): void {
  const { label, line } = block;
  const isCertificate = CERTIFICATE_LABELS.has(label);
  const isKey = label.endsWith('PRIVATE KEY');
  if (label === PKCS12_LABEL) {
    content.findings.push(finding('format.not-supported-yet', 'notice', { format: PKCS12_NAME }, line));
    return;
  }
  const isRequest = REQUEST_LABELS.has(label);
  const isPkcs7 = PKCS7_LABELS.has(label);
  const isCrl = label === CRL_LABEL;
  if (!isCertificate && !isKey && !isRequest && !isPkcs7 && !isCrl) return;
  const { headers, base64 } = block.body.includes(':') ? splitHeaders(block.body) : { headers: [], base64: block.body };
  const bytes = block.closed ? decodeBase64(base64) : undefined;
  if (bytes === undefined || bytes.length === 0) {
    // An unreadable key is reported when it is compared with its certificate.
    if (isKey) content.keys.push({ entry: '', keyPem: '', line });
    else if (isAlone(text, block)) {
      const rule = block.closed ? 'pem.damaged' : 'pem.not-closed';
      content.findings.push(finding(rule, 'error', { label }, line));
    }
    return;
  }
  if (isCertificate) {
    const der = label === 'TRUSTED CERTIFICATE' ? firstElement(bytes) : bytes;
    if (der.length < bytes.length) content.findings.push(trustFinding(bytes.subarray(der.length), line));
    content.certificates.push({ entry: '', der, origin, line });
  } else if (isRequest) {
    content.requests.push({ der: bytes, label, line });
  } else if (isCrl) {
    content.findings.push(...crlFindings(bytes, { line }));
  } else if (isPkcs7) {
    // A container in a field keeps the format of the surrounding file; in a file of its own, PEM is only the wrapping.
    const inside = recognisePkcs7(bytes, origin.format === 'pem' ? { format: 'pkcs7' } : origin);
    for (const one of inside.certificates) content.certificates.push({ ...one, line });
    for (const one of inside.findings) content.findings.push({ ...one, place: { ...one.place, line } });
  } else {
    content.keys.push({ entry: '', keyPem: encodePem(label, bytes, headers), line });
  }
}

function trustFinding(bytes: Uint8Array, line: number): Finding {
  const settings = readTrustSettings(bytes);
  if (settings === undefined) return finding('pem.trust-settings-damaged', 'warning', {}, line);
  const { trusted, rejected, alias = '' } = settings;
  const params = {
    trusted: trusted.length === 0 ? 'none' : trusted.join(', '),
    rejected: rejected.length === 0 ? 'none' : rejected.join(', '),
    named: alias === '' ? 'no' : 'yes',
    alias: alias.slice(0, LONGEST_ALIAS),
  };
  return finding('pem.trust-settings', 'notice', params, line);
}

/** Cuts off the trust settings that openssl appends to the certificate in a TRUSTED CERTIFICATE. */
function firstElement(bytes: Uint8Array): Uint8Array {
  const length = outerLength(bytes);
  return length === undefined || length > bytes.length ? bytes : bytes.subarray(0, length);
}

export function encodePem(label: string, der: Uint8Array, headers: readonly string[] = []): string {
  const head = headers.length === 0 ? '' : `${headers.join('\n')}\n\n`;
  return `${BEGIN}${label}-----\n${head}${encodeBase64(der, PEM_LINE)}\n${END}${label}-----\n`;
}

/** Separates headers such as `Proc-Type: 4,ENCRYPTED` from the body. */
function splitHeaders(body: string): { headers: string[]; base64: string } {
  const headers: string[] = [];
  const rest: string[] = [];
  for (const line of body.split(/\r\n|[\r\n]/u)) {
    if (rest.length === 0 && line.includes(':')) headers.push(line.trim());
    else if (line.trim() !== '') rest.push(line);
  }
  return { headers, base64: rest.join('\n') };
}

/** Yields one block at a time, so that only one decoded body is in memory. */
function* listBlocks(text: string): Generator<Block> {
  let line = 1;
  let counted = 0;
  let end = 0;
  let position = text.indexOf(BEGIN);
  while (position !== -1) {
    const labelStart = position + BEGIN.length;
    const labelEnd = text.indexOf(DASHES, labelStart);
    if (labelEnd === -1) return;
    for (; counted < position; counted += 1) {
      const code = text.charCodeAt(counted);
      if (code === 10 || (code === 13 && text.charCodeAt(counted + 1) !== 10)) line += 1;
    }
    const label = text.slice(labelStart, labelEnd);
    const following = text.indexOf(BEGIN, labelStart);
    if (label.length > PEM_LINE || /[\r\n]/u.test(label)) {
      position = following;
      continue;
    }
    const bodyStart = labelEnd + DASHES.length;
    // Each part of the text is scanned only once, since hostile files have many markers.
    if (end !== -1 && end < bodyStart) end = text.indexOf(END, bodyStart);
    const closed =
      end !== -1 && (following === -1 || end < following) && text.startsWith(`${label}${DASHES}`, end + END.length);
    const bodyEnd = closed ? end : bodyStart;
    const body = text.slice(bodyStart, bodyEnd).replaceAll('\\n', '\n').replaceAll('\\r', '');
    yield { label, body, line, closed, start: position, end: bodyStart };
    position = following;
  }
}

const LONGEST_INDENT = 64;

/** Whether the marker is alone on its line; elsewhere it belongs to prose or source code and is no fault. */
function isAlone(text: string, { start, end }: Block): boolean {
  const before = text.slice(Math.max(0, start - LONGEST_INDENT), start);
  const after = text.slice(end, end + LONGEST_INDENT);
  return /(?:^|[\r\n])[ \t\ufeff]*$/u.test(before) && /^[ \t]*(?:[\r\n]|$)/u.test(after);
}
