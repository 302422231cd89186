import { buildPostings, type IndexedEntry } from '../../../../core/revocation/model/postings.ts';
import { getConfirmation } from '../../../../core/revocation/impact/confirmation.ts';
import { computeIndexedImpact } from '../../../../core/revocation/impact/impact.ts';
import { judgeText, type EvaluationContext } from '../../../../core/revocation/evaluate.ts';
import type { Evaluation } from '../../../../core/revocation/evaluation.ts';
import { lintDraft } from '../../../../core/revocation/model/lint.ts';
import { buildManifest } from '../../../../core/revocation/manifest/manifest.ts';
import { writeDraft } from '../../../../core/revocation/manifest/writer.ts';
import { findWorst, type Guard } from '../../../../core/revocation/model/view.ts';
import {
  API_VERSION,
  OBJECT_KIND,
  PUBLISHED_NAMESPACE,
  type ConsequenceId,
  type DraftEntry,
} from '../../../../core/shared/renew-revocation/draft.ts';
import { ALPHABET } from './alphabet.ts';
import { HELD, KNOWN, NOW, NOW_MS } from './deployment.ts';
import { fallen, hits, hitsAsBits, hitsByHabit, worst, type Fallen } from './oracle.ts';

/* Compares the judgement of the product with that of the oracle. */

const CONTEXT: EvaluationContext = { clusters: [], certificates: KNOWN, now: NOW, serialSpelling: 'serialnumber' };

/** Facts about a single entry, computed once. */
interface Prepared {
  bits: bigint;
  byHabit: boolean;
  /** Whether the product refuses the entry. In contrast, `isForbidden` is based on the sources. */
  isRefused: boolean;
  isForbidden: boolean;
  indexed?: IndexedEntry;
  consequences: readonly ConsequenceId[];
}

const PREPARED: readonly Prepared[] = ALPHABET.map((entry) => {
  const draft = { apiVersion: API_VERSION, kind: OBJECT_KIND, name: 'r', namespace: PUBLISHED_NAMESPACE };
  const { object, consequences, entries } = lintDraft(
    { ...draft, entries: [entry] },
    { now: NOW, certificates: KNOWN },
  );
  const [one] = entries;
  return {
    bits: hitsAsBits(entry),
    byHabit: hitsByHabit(entry),
    isRefused: object === undefined,
    isForbidden: isForbidden(entry),
    consequences,
    indexed: one && buildPostings([one.entry], KNOWN)[0],
  };
});

/**
 * Returns whether the sources forbid an entry: it has a wildcard, a range, a lone dot, or the serial number of a
 * certificate that cannot be revoked.
 */
function isForbidden({ dns = '', ip = '', serialNumber }: DraftEntry): boolean {
  if (dns.includes('*') || dns === '.' || ip.includes('/')) return true;
  const servers = HELD.filter(({ exempt }) => exempt === 'kubelet-server').map((one) => ({
    ...one,
    exempt: undefined,
  }));
  return serialNumber !== undefined && servers.some((one) => hits({ serialNumber }, one));
}

/** Returns the confirmation that the product requires; `undefined` if it refuses to write the manifest. */
export function computeGuard(places: readonly number[]): Guard | undefined {
  const own = places.flatMap((at) => PREPARED[at] ?? []);
  if (own.some((one) => one.isRefused)) return undefined;
  const indexed = own.flatMap((one) => one.indexed ?? []);
  const impact = computeIndexedImpact(indexed, KNOWN, () => false);
  const consequences = [...new Set(own.flatMap((one) => one.consequences))];
  return getConfirmation({ entries: indexed.map(({ entry }) => entry), consequences, nowMs: NOW_MS }, impact, KNOWN);
}

/** Judges the text of these entries as the product does. */
export function judgeEntries(places: readonly number[]): Evaluation {
  return judgeText(writeDraft({ name: 'r', entries: places.flatMap((at) => ALPHABET[at] ?? []) }), CONTEXT);
}

export function expectFallen(places: readonly number[]): Fallen {
  const own = places.flatMap((at) => PREPARED[at] ?? []);
  const bits = own.reduce((all, one) => all | one.bits, 0n);
  return fallen(
    bits,
    own.some((one) => one.byHabit),
  );
}

const TOLD: Record<keyof Fallen, ConsequenceId> = {
  servers: 'all-api-servers',
  etcd: 'etcd',
  kubelets: 'all-kubelets',
};
const WAYS = Object.keys(TOLD) as (keyof Fallen)[];

export function findProblems(places: readonly number[]): string[] {
  const guard = computeGuard(places);
  const isAnyForbidden = places.some((at) => PREPARED[at]?.isForbidden === true);
  if (guard === undefined || isAnyForbidden)
    return (guard === undefined) === isAnyForbidden ? [] : ['is refused by one and not by the other'];
  const expected = expectFallen(places);
  const findConsequence = (id: ConsequenceId) => guard.consequences.find((one) => one.id === id);
  const problems = WAYS.flatMap((way) => {
    const { phrase = '', clusters = [] } = findConsequence(TOLD[way]) ?? {};
    const missing = [...expected[way]].filter((name) => !clusters.includes(name) || !guard.phrase?.includes(phrase));
    const wrong = clusters.filter((name) => !expected[way].has(name));
    return [
      ...missing.map((name) => `${way}: nobody has to confirm that ${name} goes down`),
      ...wrong.map((name) => `${way}: ${name} is named and stays up`),
    ];
  });
  const headline = findWorst(guard);
  const first = worst(expected);
  const isSame =
    first === undefined
      ? headline === undefined || !Object.values(TOLD).includes(headline.id)
      : headline?.id === TOLD[first.what] && headline.clusters[0] === first.cluster;
  return isSame ? problems : [...problems, `the headline is not about ${first?.what} of ${first?.cluster}`];
}

/** Returns whether a manifest is written without a confirmation. */
export function isWrittenUnasked(judged: Evaluation): boolean {
  try {
    buildManifest(judged, undefined);
    return true;
  } catch {
    return false;
  }
}

export function describeManifest(places: readonly number[]): string {
  return JSON.stringify(places.map((at) => ALPHABET[at]));
}
