import { ROLE_IDS, type RoleId } from '../knowledge/model/credentials/credentials.ts';
import { ROLES } from '../knowledge/model/credentials/roles.ts';
import type { CredentialId } from '../shared/ids.ts';
import type { Source } from '../shared/source.ts';
import { addTo } from '../shared/lists.ts';
import {
  findNotAfter,
  findNotBefore,
  KEY_MATCHES,
  type Cluster,
  type Credential,
  type ReplacedCredential,
} from './model/credential.ts';
import type { Instant } from '../shared/instant.ts';
import { pathKey } from './model/windows-path.ts';
import { compareByPlace, compareText, type CredentialCandidate } from './assign/candidate.ts';
import { compareAge, holderKeys, type HolderKeys } from './assign/succession.ts';

type MergeOutcome = { kind: 'added' | 'unchanged' | 'superseded' } | { kind: 'renewed'; replaced: CredentialId };

export interface Merged {
  /** The same object that was passed in if nothing changed. */
  cluster: Cluster;
  outcomes: Map<CredentialId, MergeOutcome>;
}

export interface Incoming {
  candidates: readonly CredentialCandidate[];
  /** From other stored clusters. */
  credentials: readonly Credential[];
  history: readonly ReplacedCredential[];
  now: Instant;
}

/**
 * Merges candidates into a cluster. The same credential gains sources; of two credentials of one holder, the older one
 * goes to the history. Credentials found in one file in one reading never replace each other, since a file may contain
 * an old and a new CA on purpose; only the CAs of a deployment do.
 */
export function mergeInto(cluster: Cluster, incoming: Incoming): Merged {
  return new ClusterMerge(cluster, incoming).merge();
}

class ClusterMerge {
  readonly #cluster: Cluster;
  readonly #incoming: Incoming;
  readonly #current = new Map<CredentialId, Credential>();
  readonly #past = new Map<CredentialId, ReplacedCredential>();
  /** Current credentials by each `answers` key, usually one per key. Built when the first new credential arrives. */
  #answering: Map<string, CredentialId | Set<CredentialId>> | undefined;
  readonly #keys = new Map<Credential, HolderKeys>();
  #files: Map<CredentialId, Set<string>> | undefined;
  readonly #outcomes = new Map<CredentialId, MergeOutcome>();
  #changed = false;

  constructor(cluster: Cluster, incoming: Incoming) {
    this.#cluster = cluster;
    this.#incoming = incoming;
    for (const credential of cluster.credentials) this.#current.set(credential.id, credential);
    for (const replaced of cluster.history) this.#past.set(replaced.credential.id, replaced);
  }

  merge(): Merged {
    for (const replaced of this.#incoming.history) {
      if (this.#past.has(replaced.credential.id)) continue;
      this.#past.set(replaced.credential.id, replaced);
      this.#changed = true;
    }
    const found = foldById(this.#incoming.candidates, this.#incoming.now);
    const arriving = this.#incoming.credentials.map((credential) => ({ credential, isFound: false }));
    const all = [...arriving, ...found.map((credential) => ({ credential, isFound: true }))];
    // Newest first, so that an older credential goes to the history without being current first.
    const incoming = all.sort(
      (left, right) =>
        compareAge(right.credential, left.credential) ||
        compareText(left.credential.id, right.credential.id) ||
        Number(left.isFound) - Number(right.isFound),
    );
    for (const { credential, isFound } of incoming) {
      const outcome = this.#take(credential);
      if (isFound) this.#outcomes.set(credential.id, outcome);
    }
    if (!this.#changed) return { cluster: this.#cluster, outcomes: this.#outcomes };
    const known = new Set(this.#cluster.credentials.map(({ id }) => id));
    const added = [...this.#current.values()].filter(({ id }) => !known.has(id));
    const kept = this.#cluster.credentials.flatMap(({ id }) => this.#current.get(id) ?? []);
    added.sort((left, right) => {
      const [[first], [second]] = [left.sources, right.sources];
      return (first && second && compareByPlace(first, second)) || compareText(left.id, right.id);
    });
    const credentials = [...kept, ...added];
    const history = [...this.#past.values()];
    return { cluster: { ...this.#cluster, credentials, history }, outcomes: this.#outcomes };
  }

  #take(credential: Credential): MergeOutcome {
    const current = this.#current.get(credential.id);
    if (current !== undefined) {
      const united = unite(current, [credential]);
      if (united !== current) {
        if (united.role === current.role && united.sources.length === current.sources.length) {
          // The keys stay the same, as for nearly all credentials that are reread.
          this.#current.set(united.id, united);
        } else {
          this.#dropCurrent(current);
          this.#setCurrent(united);
        }
        this.#changed = true;
      }
      return { kind: 'unchanged' };
    }
    const past = this.#past.get(credential.id);
    if (past !== undefined) {
      const united = unite(past.credential, [credential]);
      if (united !== past.credential) {
        this.#past.set(credential.id, { ...past, credential: united });
        this.#changed = true;
      }
      return { kind: 'unchanged' };
    }
    this.#changed = true;
    const others = this.#sameHolder(credential);
    const newer = others.filter((other) => this.#isNewer(other, credential)).sort(newestFirst)[0];
    if (newer !== undefined) {
      this.#retire(credential, newer.id);
      return { kind: 'superseded' };
    }
    for (const older of others) {
      this.#dropCurrent(older);
      this.#retire(older, credential.id);
    }
    this.#setCurrent(credential);
    const replaced = others.sort(newestFirst)[0];
    return replaced === undefined ? { kind: 'added' } : { kind: 'renewed', replaced: replaced.id };
  }

  #sameHolder(credential: Credential): Credential[] {
    if (this.#answering === undefined) {
      this.#answering = new Map();
      for (const current of this.#current.values()) this.#noteAnswers(this.#answering, current);
    }
    let ids: Set<CredentialId> | undefined;
    for (const key of this.#findKeys(credential).asks) {
      const answering = this.#answering.get(key);
      if (answering === undefined) continue;
      ids ??= new Set();
      if (typeof answering === 'string') ids.add(answering);
      else for (const id of answering) ids.add(id);
    }
    if (ids === undefined) return [];
    const found = (this.#files ??= pathsByCredential(this.#incoming.candidates));
    const files = found.get(credential.id);
    return [...ids].flatMap((id) => {
      const mayOverlap = ROLES[credential.role].holder !== 'deployment';
      const together = mayOverlap && [...(found.get(id) ?? [])].some((path) => files?.has(path));
      return together ? [] : (this.#current.get(id) ?? []);
    });
  }

  /**
   * Returns whether `other` is newer. If both are equally old, `credential` is newer if it is now in the place of
   * `other`; otherwise the one with the smaller id is newer.
   */
  #isNewer(other: Credential, credential: Credential): boolean {
    const age = compareAge(other, credential);
    if (age !== 0) return age > 0;
    const places = new Set(credential.sources.map(placeKey));
    const samePlace = other.sources.some((source) => places.has(placeKey(source)));
    return !samePlace && compareText(other.id, credential.id) < 0;
  }

  #retire(credential: Credential, replacedBy: CredentialId): void {
    const replacedAt = this.#incoming.now;
    this.#past.set(credential.id, { credential, replacedBy, replacedAt });
  }

  #setCurrent(credential: Credential): void {
    this.#current.set(credential.id, credential);
    if (this.#answering !== undefined) this.#noteAnswers(this.#answering, credential);
  }

  #noteAnswers(answering: Map<string, CredentialId | Set<CredentialId>>, credential: Credential): void {
    const { id } = credential;
    for (const key of this.#findKeys(credential).answers) {
      const others = answering.get(key);
      if (others === undefined) answering.set(key, id);
      else if (typeof others !== 'string') others.add(id);
      else if (others !== id) answering.set(key, new Set([others, id]));
    }
  }

  #findKeys(credential: Credential): HolderKeys {
    const known = this.#keys.get(credential);
    if (known !== undefined) return known;
    const keys = holderKeys(credential);
    this.#keys.set(credential, keys);
    return keys;
  }

  #dropCurrent(credential: Credential): void {
    this.#current.delete(credential.id);
    const answering = this.#answering;
    if (answering === undefined) return;
    for (const key of this.#findKeys(credential).answers) {
      const others = answering.get(key);
      if (typeof others !== 'string') others?.delete(credential.id);
      else if (others === credential.id) answering.delete(key);
    }
  }
}

function pathsByCredential(candidates: readonly CredentialCandidate[]): Map<CredentialId, Set<string>> {
  const files = new Map<CredentialId, Set<string>>();
  for (const { path, id } of candidates) files.set(id, (files.get(id) ?? new Set()).add(path));
  return files;
}

function newestFirst(left: Credential, right: Credential): number {
  return compareAge(right, left) || compareText(left.id, right.id);
}

function foldById(candidates: readonly CredentialCandidate[], now: Instant): Credential[] {
  const found = new Map<CredentialId, Credential>();
  const again = new Map<CredentialId, Credential[]>();
  for (const candidate of [...candidates].sort(compareByPlace)) {
    const credential = getCredential(candidate, now);
    if (found.has(candidate.id)) addTo(again, candidate.id, credential);
    else found.set(candidate.id, credential);
  }
  for (const [id, others] of again) found.set(id, unite(found.get(id)!, others));
  return [...found.values()];
}

function getCredential(candidate: CredentialCandidate, now: Instant): Credential {
  const { id, layer, role, name, path, computer, entry, fileModified, origin } = candidate;
  const server = 'server' in origin && origin.part === 'certificate-authority' ? origin.server : undefined;
  const place = { path, ...(computer !== undefined && { computer }), entry };
  const sources: Source[] = [{ ...place, fileModified, readAt: now, ...(server !== undefined && { server }) }];
  const common = { id, layer, role, name, sources, firstReadAt: now };
  if (candidate.kind === 'certificate') {
    const { kind, der, facts, keyMatch } = candidate;
    return { ...common, kind, der, facts, keyMatch };
  }
  const { kind, notBefore, notAfter, assumed, issuer, subject } = candidate;
  return { ...common, kind, assumed, notBefore, notAfter, issuer, subject };
}

/** Gives more specific roles smaller ranks, all unique, so that the order of reading does not matter. */
function roleRank(role: RoleId): number {
  const vagueness = role === 'unknown' ? 2 : ROLES[role].isVague ? 1 : 0;
  return vagueness * ROLE_IDS.length + ROLE_IDS.indexOf(role);
}

/** Combines what is known about one credential; returns `known` itself if the others add nothing. */
function unite(known: Credential, others: readonly Credential[]): Credential {
  const united = others.reduce(mergeKnowledge, known);
  // Sources are merged in one step, since copying them for each of thousands of files would take too long.
  const sources = mergeSources(
    known.sources,
    others.flatMap((other) => other.sources),
  );
  return sources === known.sources ? united : { ...united, sources };
}

/** Merges everything but the sources; returns `known` itself if the other adds nothing. */
function mergeKnowledge(known: Credential, other: Credential): Credential {
  let united = known;
  if (roleRank(other.role) < roleRank(known.role)) {
    united = { ...united, role: other.role, layer: other.layer, name: other.name };
  }
  if (united.kind === 'certificate' && other.kind === 'certificate') {
    const better = KEY_MATCHES.indexOf(other.keyMatch) > KEY_MATCHES.indexOf(united.keyMatch);
    return better ? { ...united, keyMatch: other.keyMatch } : united;
  }
  if (united.kind === 'token' && other.kind === 'token' && united.assumed) {
    return takeEarlierDates(united, other);
  }
  return united;
}

/** Returns every place once, with its latest reading; `known` itself if the others add nothing. */
function mergeSources(known: Source[], others: readonly Source[]): Source[] {
  const places = new Map(known.map((source) => [placeKey(source), source]));
  let changed = false;
  for (const source of others) {
    const place = placeKey(source);
    const before = places.get(place);
    if (before !== undefined && before.readAt >= source.readAt) continue;
    places.set(place, source);
    changed = true;
  }
  return changed ? [...places.values()] : known;
}

function placeKey({ path, computer = '', entry }: Source): string {
  return `${computer}\0${pathKey(path)}\0${entry}`;
}

/** Keeps the earlier dates, since a token is at least as old as the oldest file that contains it. */
function takeEarlierDates<T extends Credential>(token: T, other: Credential): T {
  const [mine, theirs] = [findNotBefore(token), findNotBefore(other)];
  if (mine === undefined || theirs === undefined || theirs >= mine) return token;
  return { ...token, notBefore: theirs, notAfter: findNotAfter(other) };
}
