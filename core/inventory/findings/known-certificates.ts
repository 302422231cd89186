import { findBaseName } from '../../plan/model/cluster-name.ts';
import type { Cluster, CertificateCredential } from '../model/credential.ts';
import { parseKubeconfigEntry } from '../model/kubeconfig-entry.ts';
import type { Instant } from '../../shared/instant.ts';
import { isIssuedByItself, Issuers, MAX_LINKS } from '../assign/issuers.ts';
import { addTo } from '../../shared/lists.ts';
import { isAuthority, certificateOutline } from '../store/stored-certificate.ts';
import type { CheckedSignatures } from '../assign/signatures.ts';
import type { LongWork } from '../long-work.ts';

/** A getter decodes the facts on demand, since decoding all certificates of a fleet would be slow. */
export class ClusterCertificate {
  readonly id: CertificateCredential['id'];
  readonly layer: CertificateCredential['layer'];
  readonly role: CertificateCredential['role'];
  readonly name: string;
  readonly sources: CertificateCredential['sources'];
  readonly credential: CertificateCredential;
  readonly cluster: Cluster;
  readonly isCurrent: boolean;

  constructor(credential: CertificateCredential, cluster: Cluster, isCurrent: boolean) {
    this.id = credential.id;
    this.layer = credential.layer;
    this.role = credential.role;
    this.name = credential.name;
    this.sources = credential.sources;
    this.credential = credential;
    this.cluster = cluster;
    this.isCurrent = isCurrent;
  }

  get der(): Uint8Array {
    return this.credential.der;
  }

  get facts(): CertificateCredential['facts'] {
    return this.credential.facts;
  }
}

interface ChainEnd {
  notAfter: Instant;
  endedBy: ClusterCertificate;
}

/** A check takes up to a millisecond, and a hostile folder may contain thousands of CAs with one name. */
const MAX_SIGNATURES = 20_000;
/** No CA issues more certificates than this with one issuer name and serial number. */
export const MAX_NAMESAKES = 32;

export class KnownCertificates {
  readonly now: Instant;
  readonly all: ClusterCertificate[] = [];
  readonly #signatures: CheckedSignatures;
  readonly #issuers: Issuers<ClusterCertificate>;
  /** Only serial numbers that several certificates share. */
  readonly #byNumber = new Map<string, ClusterCertificate[]>();
  #byPlace: Map<string, ClusterCertificate[]> | undefined;
  readonly #signers = new Map<string, ClusterCertificate[]>();
  readonly #ends = new Map<string, ChainEnd>();
  /** The earliest end among the first `count` authorities of a list. */
  readonly #earliest = new Map<readonly ClusterCertificate[], { count: number; notAfter: Instant | undefined }>();
  #signaturesLeft = MAX_SIGNATURES;

  private constructor(signatures: CheckedSignatures, now: Instant) {
    this.#signatures = signatures;
    this.#issuers = new Issuers(signatures);
    this.now = now;
  }

  static async create(
    { work, signatures }: { work: LongWork; signatures: CheckedSignatures },
    clusters: readonly Cluster[],
    now: Instant,
  ): Promise<KnownCertificates> {
    const known = new KnownCertificates(signatures, now);
    const first = new Map<string, ClusterCertificate>();
    for (const cluster of clusters) {
      await work.pause();
      const replaced = cluster.history.map(({ credential }) => credential);
      for (const [isCurrent, credentials] of [[true, cluster.credentials] as const, [false, replaced] as const]) {
        for (const credential of credentials) {
          if (credential.kind !== 'certificate') continue;
          const certificate = new ClusterCertificate(credential, cluster, isCurrent);
          known.all.push(certificate);
          if (isAuthority(credential)) known.#issuers.add(certificate);
          const key = numberKey(credential);
          const before = first.get(key);
          if (before === undefined) first.set(key, certificate);
          else if (known.#byNumber.has(key)) addTo(known.#byNumber, key, certificate);
          else known.#byNumber.set(key, [before, certificate]);
        }
      }
    }
    return known;
  }

  isValid({ facts }: ClusterCertificate): boolean {
    return facts.notBefore <= this.now && this.now <= facts.notAfter;
  }

  /** Returns several authorities if a CA was renewed with its key, none for a self-signed certificate. */
  findSigners(certificate: ClusterCertificate): readonly ClusterCertificate[] {
    let signers = this.#signers.get(certificate.id);
    if (signers === undefined) {
      const candidates = isIssuedByItself(certificate.facts) ? [] : this.#issuers.candidates(certificate);
      signers = candidates.filter((authority) => this.#isSignedBy(certificate, authority));
      this.#signers.set(certificate.id, signers);
    }
    return signers;
  }

  /** Returns the end of the longest-lived chain. Without a known issuer, the certificate is its own chain. */
  chainEnd(certificate: ClusterCertificate, below = 0): ChainEnd {
    const known = this.#ends.get(certificate.id);
    if (known !== undefined) return known;
    const own: ChainEnd = { notAfter: certificate.facts.notAfter, endedBy: certificate };
    // Certificates may sign each other in a ring, so a provisional end is set before the issuers are examined.
    this.#ends.set(certificate.id, own);
    if (below >= MAX_LINKS || isIssuedByItself(certificate.facts)) return own;
    const findEnd = (authority: ClusterCertificate): ChainEnd => this.chainEnd(authority, below + 1);
    // If no issuer can shorten the chain, no signature has to be checked.
    const candidates = this.#issuers.candidates(certificate);
    const mayShorten =
      below === 0 && !certificate.facts.isCa
        ? this.#endsBefore(candidates, own.notAfter)
        : candidates.some((authority) => findEnd(authority).notAfter < own.notAfter);
    if (!mayShorten) return own;
    const [longest] = this.findSigners(certificate)
      .map(findEnd)
      .sort((one, other) => (one.notAfter < other.notAfter ? 1 : -1));
    const end = longest !== undefined && longest.notAfter < own.notAfter ? longest : own;
    this.#ends.set(certificate.id, end);
    return end;
  }

  /** Returns whether any chain ends before `notAfter`. Examines each list of authorities only once. */
  #endsBefore(authorities: readonly ClusterCertificate[], notAfter: Instant): boolean {
    const seen = this.#earliest.get(authorities) ?? { count: 0, notAfter: undefined };
    this.#earliest.set(authorities, seen);
    for (;;) {
      if (seen.notAfter !== undefined && seen.notAfter < notAfter) return true;
      const authority = authorities[seen.count];
      if (authority === undefined) return false;
      const end = this.chainEnd(authority, 1);
      seen.count += 1;
      if (seen.notAfter === undefined || end.notAfter < seen.notAfter) seen.notAfter = end.notAfter;
    }
  }

  listNamesakes(certificate: ClusterCertificate): ClusterCertificate[] {
    if (this.#byNumber.size === 0) return [];
    const same = this.#byNumber.get(numberKey(certificate.credential)) ?? [];
    return same.slice(0, MAX_NAMESAKES).filter(({ id }) => id !== certificate.id);
  }

  besides(source: { path: string; entry: string }): readonly ClusterCertificate[] {
    return (this.#byPlace ??= this.#groupByPlace()).get(placeKey(source)) ?? [];
  }

  #groupByPlace(): Map<string, ClusterCertificate[]> {
    const byPlace = new Map<string, ClusterCertificate[]>();
    for (const certificate of this.all) {
      if (!certificate.isCurrent) continue;
      for (const source of certificate.sources) addTo(byPlace, placeKey(source), certificate);
    }
    return byPlace;
  }

  #isSignedBy(certificate: ClusterCertificate, authority: ClusterCertificate): boolean {
    this.#signaturesLeft -= 1;
    return this.#signaturesLeft >= 0 && this.#signatures.state(certificate, authority) === 'right';
  }
}

export function cacheResult<T extends object>(
  workOut: (known: KnownCertificates) => T,
): (known: KnownCertificates) => T {
  const workedOut = new WeakMap<KnownCertificates, T>();
  return (known) => {
    const before = workedOut.get(known);
    if (before !== undefined) return before;
    const made = workOut(known);
    workedOut.set(known, made);
    return made;
  };
}

export function numberKey(certificate: CertificateCredential): string {
  const { serialHex, issuer } = certificateOutline(certificate);
  return `${serialHex}\0${issuer.text}`;
}

/** Removes the number that distinguishes certificates in one place: `clusters[a].certificate-authority-data#2`. */
export function placeKey({ path, entry }: { path: string; entry: string }): string {
  return `${path}\0${entry.replace(/#\d+$/u, '')}`;
}

/** Returns the cluster's name without the fingerprint that distinguishes a second cluster. */
export function baseName({ name }: Pick<Cluster, 'name'>): string {
  return findBaseName(name) ?? name;
}

/** Returns the cluster name in a kubeconfig that was set apart, or else the name of the certificate's cluster. */
export function findMeantName({ cluster, sources }: Pick<ClusterCertificate, 'cluster' | 'sources'>): string {
  const entries = cluster.foreign ? sources.map(parseKubeconfigEntry) : [];
  return entries.find((entry) => entry?.list === 'clusters' && entry.name !== '')?.name ?? baseName(cluster);
}

/** Returns whether the certificates belong to two real clusters or to two sample clusters. */
export function areApart(one: ClusterCertificate, other: ClusterCertificate): boolean {
  return one.cluster.id !== other.cluster.id && one.cluster.sample === other.cluster.sample;
}
