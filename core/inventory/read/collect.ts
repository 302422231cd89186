import { addTo, append } from '../../shared/lists.ts';
import { classify } from '../model/classify.ts';
import type { CredentialId } from '../../shared/ids.ts';
import type { Credential, KeyMatch } from '../model/credential.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Found, FoundCertificate, FoundToken } from '../../formats/parsed-file.ts';
import { DAY_MS, instantFromMs, epochMs, type Instant } from '../../shared/instant.ts';
import type { Origin } from '../../shared/origin.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import { decodeCertificate } from '../../formats/x509/certificate.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { Crypto } from '../../shared/ports.ts';
import {
  compareByPlace,
  type CredentialCandidate,
  type CertificateCandidate,
  type TokenCandidate,
  isOfMoc,
} from '../assign/candidate.ts';
import type { LongWork } from '../long-work.ts';
import { certificateRemarks, keyFindings } from './evaluate.ts';
import { FileFindings } from './file-findings.ts';
import { getFileName, getFolder, stripSuffix } from '../assign/path-parts.ts';
import type { RevocationCandidate } from './revocations.ts';

/** Assumed lifetime of MOC tokens without an end. Source: Microsoft Learn, certificate overview. */
const ASSUMED_TOKEN_DAYS = 90;

/** Public facts about a private key, which are kept after the key is discarded. */
type KeyFacts = { outcome: 'read'; spkiHex: string } | { outcome: 'encrypted' | 'unreadable' };

interface GatheredFile {
  path: string;
  modified: Instant;
  sample?: true;
}

export interface Gathered {
  candidates: CredentialCandidate[];
  findings: Finding[];
  revocations: RevocationCandidate[];
}

/** Keys and tokens are used only inside `add` and are not kept. */
export class CandidateCollector {
  readonly #crypto: Crypto;
  readonly candidates: CredentialCandidate[] = [];
  readonly findings = new FileFindings();
  readonly #keys = new Map<string, FolderKeys>();
  readonly #revocations: RevocationCandidate[] = [];
  /** A certificate in many files is decoded once. */
  readonly #facts = new Map<CredentialId, CertificateFacts>();
  readonly #stored: ReadonlyMap<CredentialId, Credential>;

  constructor(crypto: Crypto, stored: ReadonlyMap<CredentialId, Credential>) {
    this.#crypto = crypto;
    this.#stored = stored;
  }

  /** Adds a file and returns its certificates. Yields to other work, since a file may have thousands. */
  async add(work: LongWork, file: GatheredFile, found: Found): Promise<CertificateCandidate[]> {
    const { path } = file;
    const findings = found.findings.map((finding): Finding => ({ ...finding, place: { path, ...finding.place } }));
    const certificates: Matchable[] = [];
    for (const one of found.certificates) {
      await work.step();
      const read = this.#certificate(file, one);
      if ('rule' in read) findings.push(read);
      else certificates.push(read);
    }
    this.findings.add(path, findings);
    const keys: { pair: string | undefined; facts: KeyFacts }[] = [];
    for (const key of found.keys) {
      await work.step();
      const reading = this.#crypto.derivePublicKey(key.keyPem);
      const { outcome } = reading;
      const facts = outcome === 'read' ? { outcome, spkiHex: encodeHex(reading.spki) } : { outcome };
      keys.push({ pair: key.pair, facts });
    }
    matchWithin(certificates, keys);
    if (certificates.length === 0) {
      const [folder, stem] = [getFolder(path), stripSuffix(path)];
      for (const { facts } of keys) {
        const beside = this.#keys.get(folder) ?? { spkis: new Set(), byStem: new Map<string, KeyFacts>() };
        this.#keys.set(folder, beside);
        if (facts.outcome === 'read') beside.spkis.add(facts.spkiHex);
        if (!beside.byStem.has(stem)) beside.byStem.set(stem, facts);
      }
    }
    const candidates = certificates.map(({ candidate }) => candidate);
    append(this.candidates, candidates);
    for (const token of found.tokens) this.candidates.push(this.#token(file, token));
    for (const revocation of found.revocations) {
      const { modified: fileModified, sample } = file;
      this.#revocations.push({ ...revocation, path, fileModified, sample });
    }
    return candidates;
  }

  /** Returns candidates in an order that does not depend on the order of adding. */
  async finish(work: LongWork): Promise<Gathered> {
    const candidates = this.candidates.sort(compareByPlace);
    const byAccessKey = new Map<string, CertificateCandidate[]>();
    for (const candidate of candidates) {
      await work.step();
      if (candidate.kind !== 'certificate') continue;
      const beside = this.#keys.get(getFolder(candidate.path));
      if (beside !== undefined) matchBeside(candidate, beside);
      const { path, entry, line, name, keyMatch, facts, origin } = candidate;
      if (keyMatch !== 'absent' || facts.findings.length > 0) {
        const place = { path, entry, line };
        this.findings.add(path, [...keyFindings(name, keyMatch, place), ...certificateRemarks(facts, place)]);
      }
      if (origin.format === 'access-file' && origin.part === 'client-certificate')
        addTo(byAccessKey, encodeSpki(candidate), candidate);
    }
    for (const finding of findSharedKeys(byAccessKey.values())) this.findings.add(finding.place.path ?? '', [finding]);
    const revocations = [...this.#revocations].sort(compareByPlace);
    return { candidates, findings: this.findings.all, revocations };
  }

  #certificate(
    file: GatheredFile,
    { entry, der, origin, line, pair, modified = file.modified }: FoundCertificate,
  ): Matchable | Finding {
    const { path } = file;
    const digest = this.#crypto.sha256Hex(der) as CredentialId;
    const stored = this.#stored.get(digest);
    let facts = this.#facts.get(digest);
    // Bytes after a certificate are reported for the file; the store keeps only the certificate.
    if (facts === undefined && stored?.kind === 'certificate' && stored.facts.findings.length === 0)
      facts = stored.facts;
    if (facts === undefined) {
      const result = decodeCertificate(der);
      if (!result.ok) {
        const { rule, offset, params } = result.finding;
        const place = { path, entry, line, offset };
        return { rule, severity: 'error', place, params };
      }
      facts = result.certificate;
    }
    const length = facts.length ?? der.length;
    const id = length === der.length ? digest : (this.#crypto.sha256Hex(der.subarray(0, length)) as CredentialId);
    // The facts mention trailing bytes, so they apply only to a certificate without any.
    if (id === digest) this.#facts.set(id, facts);
    // A copy, since the bytes may be a small part of a large file, which would stay in memory.
    const own = length === der.buffer.byteLength ? der : der.slice(0, length);
    const { role, layer } = classify({ kind: 'certificate', origin, path, facts });
    const { cn, text } = facts.subject;
    const { dns, ip, uri } = facts.sans;
    const candidate: CertificateCandidate = {
      kind: 'certificate',
      id,
      path,
      entry,
      line,
      sample: file.sample,
      fileModified: modified,
      origin,
      role,
      layer,
      name: cn || ownerIn(origin) || text || dns[0] || ip[0] || uri[0] || facts.serialHex,
      der: own,
      facts,
      keyMatch: 'absent',
    };
    return { candidate, pair };
  }

  #token(file: GatheredFile, { entry, origin, line, token, modified = file.modified }: FoundToken): TokenCandidate {
    const { path, sample } = file;
    const assumed = token.form === 'opaque' && origin.format === 'login-file';
    const notBefore = assumed ? modified : token.notBefore;
    const notAfter = assumed ? instantFromMs(epochMs(modified) + ASSUMED_TOKEN_DAYS * DAY_MS) : token.notAfter;
    return {
      kind: 'token',
      id: this.#crypto.sha256Hex(token.identity) as CredentialId,
      path,
      entry,
      fileModified: modified,
      origin,
      ...classify({ kind: 'token', origin, path }),
      name: ownerIn(origin) ?? token.subject ?? token.issuer ?? getFileName(path),
      assumed,
      line,
      sample,
      notBefore,
      notAfter,
      issuer: token.issuer,
      subject: token.subject,
    };
  }
}

interface Matchable {
  candidate: CertificateCandidate;
  pair: string | undefined;
}

function ownerIn(origin: Origin): string | undefined {
  const owner = origin.format === 'kubeconfig' ? origin.userName : isOfMoc(origin) ? origin.identityName : undefined;
  return owner === '' ? undefined : owner;
}

/** Compares each key with the certificates of its pair. A key that matches none is taken to be that of the first. */
function matchWithin(certificates: Matchable[], keys: { pair: string | undefined; facts: KeyFacts }[]): void {
  const pairs = new Map<
    string | undefined,
    { first: CertificateCandidate; bySpki: Map<string, CertificateCandidate[]> }
  >();
  if (keys.length > 0)
    for (const { pair, candidate } of certificates) {
      const together = pairs.get(pair) ?? { first: candidate, bySpki: new Map<string, CertificateCandidate[]>() };
      pairs.set(pair, together);
      addTo(together.bySpki, encodeSpki(candidate), candidate);
    }
  for (const { pair, facts } of keys) {
    const together = pairs.get(pair);
    if (together === undefined) continue;
    const { first, bySpki } = together;
    const fitting = facts.outcome === 'read' ? bySpki.get(facts.spkiHex) : undefined;
    // A key may occur again after its certificates have been matched.
    for (const candidate of fitting?.splice(0) ?? []) candidate.keyMatch = 'matches';
    if (fitting === undefined && first.keyMatch === 'absent') first.keyMatch = misfit(facts);
  }
}

function encodeSpki({ der, facts: { spki } }: CertificateCandidate): string {
  return encodeHex(der, spki.offset, spki.offset + spki.length);
}

function misfit(facts: KeyFacts): KeyMatch {
  return facts.outcome === 'read' ? 'differs' : facts.outcome;
}

/** Certificates in these formats may have their key in another file. */
const KEY_BESIDE: readonly Origin['format'][] = ['pem', 'der', 'pkcs7', 'pkcs12'];

interface FolderKeys {
  spkis: Set<string>;
  byStem: Map<string, KeyFacts>;
}

/** Considers keys beside the certificate, such as `apiserver.key` beside `apiserver.crt`. */
function matchBeside(candidate: CertificateCandidate, beside: FolderKeys): void {
  const { keyMatch, entry, path, origin } = candidate;
  if (keyMatch !== 'absent' || !KEY_BESIDE.includes(origin.format)) return;
  // A P7B is a set, which has no first element.
  const isFirst = entry === '' || (entry === '#1' && origin.format !== 'pkcs7');
  const namesake = isFirst ? beside.byStem.get(stripSuffix(path)) : undefined;
  if (beside.spkis.has(encodeSpki(candidate))) candidate.keyMatch = 'matches';
  else if (namesake !== undefined) candidate.keyMatch = misfit(namesake);
}

/** Reports a private key in the access files of several profiles, which shows that a `.wssd` folder was copied. */
function findSharedKeys(byKey: Iterable<CertificateCandidate[]>): Finding[] {
  return [...byKey].flatMap((sharing): Finding[] => {
    const [first, second] = sharing;
    const count = new Set(sharing.map(({ path }) => path)).size;
    if (first === undefined || second === undefined || count < 2) return [];
    const place = { path: first.path, entry: first.entry };
    const params = { name: first.name, count, other: second.path };
    return [{ rule: 'key.shared', severity: 'notice', place, params }];
  });
}
