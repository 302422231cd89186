import { moreFindings, type Finding, type Severity } from '../../shared/finding.ts';
import type { FoundCertificate } from '../parsed-file.ts';
import type { Origin } from '../../shared/origin.ts';
import type { ContainerProblem } from './container-problem.ts';
import { crlFindings } from '../x509/crl-findings.ts';
import { readPkcs7 } from './pkcs7.ts';

/** If a container has more revocation lists, only their number is reported. */
const MOST_CRLS = 20;

const PKCS7_NAME = 'PKCS #7 (P7B)';
export const PKCS12_NAME = 'PKCS #12 (PFX)';

const RULES: Record<ContainerProblem['kind'], [rule: string, severity: Severity]> = {
  damaged: ['container.damaged', 'error'],
  unsupported: ['container.not-supported', 'warning'],
  'too-many-entries': ['container.too-many-entries', 'error'],
  'too-costly': ['container.too-costly', 'error'],
  'too-costly-together': ['container.too-costly-together', 'error'],
  'wrong-passphrase': ['container.passphrase-needed', 'warning'],
};

/** Returns a finding without its place, which the caller fills in. */
export function containerFinding(format: string, problem: ContainerProblem): Finding {
  const { kind, offset, ...params } = { offset: undefined, ...problem };
  const [rule, usual] = RULES[kind];
  // A P7B with content other than signed data, such as an encrypted message, contains no certificates.
  const severity = kind === 'unsupported' && format === PKCS7_NAME ? 'notice' : usual;
  return { rule, severity, place: { offset }, params: { format, ...params } };
}

export function wrongPassphraseFinding(format: string): Finding {
  return { rule: 'container.passphrase-wrong', severity: 'warning', place: {}, params: { format } };
}

export function emptyContainerFinding(format: string): Finding {
  return { rule: 'container.empty', severity: 'notice', place: {}, params: { format } };
}

/** Recognises the certificates and CRLs of a PKCS #7 file. The entries get no names. Never throws. */
export function recognisePkcs7(
  der: Uint8Array,
  origin: Origin,
): { certificates: FoundCertificate[]; findings: Finding[] } {
  const reading = readPkcs7(der);
  if (!reading.ok) {
    return { certificates: [], findings: [containerFinding(PKCS7_NAME, reading.problem)] };
  }
  const findings: Finding[] = [];
  for (const crl of reading.crls.slice(0, MOST_CRLS)) findings.push(...crlFindings(crl.der, {}));
  const untold = reading.crls.length - MOST_CRLS;
  if (untold > 0) findings.push(moreFindings(untold));
  if (reading.certificates.length + reading.crls.length === 0) findings.push(emptyContainerFinding(PKCS7_NAME));
  const certificates = reading.certificates.map((one) => ({ entry: '', der: one.der, origin }));
  return { certificates, findings };
}

/** Names a single entry after the place; several entries, such as a chain, also get a number. */
export function nameEntries(entries: { entry: string }[], place: string): void {
  entries.forEach((item, index) => {
    item.entry = entries.length === 1 ? place : `${place}#${index + 1}`;
  });
}
