import { addTo } from '../../shared/lists.ts';
import { forgetSearchedText } from '../../shared/secrets/searched-text.ts';
import { findBuild, isInRange } from '../../knowledge/model/build.ts';
import { CHECKS, type CheckId } from '../../knowledge/model/checks.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { ELSEWHERE, type ElsewhereId } from '../../knowledge/model/other-causes.ts';
import { FAILURES, findFailure } from '../../knowledge/model/failures/failures.ts';
import { repairFact } from '../../knowledge/model/repair-facts.ts';
import { TRIAGE, type TriageId } from '../../knowledge/model/triage.ts';
import type {
  SignState,
  AnswerTest,
  Failure,
  FailureId,
  SupportSign,
  TextSign,
} from '../../knowledge/model/failure.ts';
import type { Statement } from '../../shared/citation.ts';
import type { SymptomEvidence } from './evidence.ts';
import type { KnownSource } from './known-answers.ts';
import { findChains, type Chain } from './phrase-search.ts';
import { choosePhrase, lineAt, normaliseText, type NormalisedText } from './normalised-text.ts';
import { listAgreed, listFacts } from './own-words.ts';
import { readPastedTexts, type PastedTexts } from './pasted-texts.ts';
import { hasOwnWord, isShared, Speakers } from './speaker.ts';
import { findTextTime, type TextTime } from './text-time.ts';

export type EvidenceItem =
  /** `text`: index of the text; `line` is 1-based. */
  | { kind: 'text'; sign: string; phrases: readonly string[]; text: number; line: number }
  /** `from`: source of an answer that was not asked for. `line`: the line of the text that states the answer. */
  | { kind: 'answer'; sign: string; answer: AnswerTest; from?: KnownSource | 'text'; line?: number }
  /**
   * `roles`: the sign's roles that are in that state. `isLater`: read after the text was printed. `readMs`: time of
   * the newest reading of these roles; absent if the texts and answers are about no cluster.
   */
  | { kind: 'inventory'; sign: string; roles: RoleId[]; state: SignState; isLater?: true; readMs?: number }
  /** The matched words belong to a longer error text of another failure. */
  | { kind: 'part-of'; failure: string }
  | { kind: 'build'; build: string };

/** The cheapest command that provides more evidence. `between`: the failures that it distinguishes. */
export interface MissingCheck {
  check: CheckId;
  command: string;
  between: FailureId[];
}

export interface Cause {
  failure: FailureId;
  /** 0 to 1: strength of the evidence, not a probability. */
  confidence: number;
  evidence: EvidenceItem[];
  speaksAgainst: EvidenceItem[];
  missingCheck: MissingCheck | null;
  /** The texts may be another product's: nothing shows who printed them, and nothing else supports the cause. */
  isUnplaced?: true;
}

export type ElsewhereSign = { id: ElsewhereId } & (({ kind: 'text' } & Place) | { kind: 'inventory'; roles: RoleId[] });

export interface Diagnosis {
  /** Best first; empty if nothing fits. */
  causes: readonly Cause[];
  elsewhere: readonly ElsewhereSign[];
  /** Warnings and questions to read before the causes. */
  first?: readonly Statement[];
}

/** Below this confidence, the evidence is too weak to name a cause. */
const LEAST_CONFIDENCE = 0.2;
const MOST_CONFIDENCE = 0.99;
/** Factor for builds not affected by the failure. */
const OTHER_BUILD = 0.4;
const DEFAULT_GAP = 120;
/** Signs with less weight are common sentences, which are no evidence if another failure explains them. */
const WEAK_SIGN = 0.5;
/** Newer Go versions print this text instead of `x509:`. */
const NEWER_GO = 'tls: failed to verify certificate: x509:';

/** Finds failures that fit the evidence. Takes about 100 ms per megabyte of text. */
export function diagnose(given: SymptomEvidence): Diagnosis {
  const pasted = given.pasted ?? readPastedTexts(given.texts, given.nowMs ?? 0);
  const evidence = { ...given, pasted: { ...pasted, facts: listAgreed(pasted.facts) } };
  const { found, products } = searchSigns(evidence);
  forgetSearchedText();
  const all = FAILURES.flatMap((failure) => collectCause(failure, found, evidence));
  all.sort((one, other) => other.confidence - one.confidence);
  const causes = all.filter((cause) => {
    const { follows = [] } = findFailure(cause.failure)!;
    return !all.some((other) => follows.includes(other.failure) && isConsequence(cause, other));
  });
  const unplaced = causes.filter(({ isUnplaced }) => isUnplaced);
  // If one line of a text is this product's, the whole text is.
  if (unplaced.length > 0 && causes.some((cause) => !cause.isUnplaced && listTexts(cause).length > 0))
    for (const cause of unplaced) delete cause.isUnplaced;
  const elsewhere = ELSEWHERE.flatMap(({ id }): ElsewhereSign[] => {
    const first = found.get(id)?.flatMap(({ own }) => (own === undefined ? [] : [own]))[0] ?? products.get(id);
    return first === undefined ? [] : [{ id, kind: 'text', ...first }];
  });
  const early = [...(evidence.inventory?.['not-yet-valid'] ?? [])];
  // A certificate that is not yet valid shows that the issuer's clock differed from this computer's.
  if (early.length > 0) elsewhere.push({ id: 'clock', kind: 'inventory', roles: early });
  const isRestartRisky = causes.some(({ failure }) => failure === 'F22' || findFailure(failure)?.warning !== undefined);
  const first = [
    ...(listFacts(pasted.facts, 'restart').length > 0 && isRestartRisky ? [NO_REBOOT] : []),
    ...(pasted.hasObject ? [repairFact('lint')] : []),
    ...(causes[0]?.isUnplaced ? [repairFact('whose')] : []),
  ];
  return {
    causes: causes.map((cause, at) => ({
      ...cause,
      missingCheck: findMissingCheck(cause, causes[at === 0 ? 1 : 0], evidence),
    })),
    elsewhere,
    ...(first.length > 0 && { first }),
  };
}

interface KnownEvidence extends SymptomEvidence {
  pasted: PastedTexts;
}

const NO_REBOOT = findFailure('F21')!.warning!;

/** Lists the indices of the texts that support a cause. */
function listTexts({ evidence }: Cause): number[] {
  return evidence.flatMap((item) => (item.kind === 'text' ? item.text : []));
}

/** With at least this confidence, further causes are treated too, and the first cause needs no check. */
export const SURE_CONFIDENCE = 0.7;

/** Returns whether only texts support the cause, and one of them also supports `other`, which is sure. */
function isConsequence(cause: Cause, other: Cause): boolean {
  const texts = listTexts(cause);
  const isAlone = texts.length === cause.evidence.length && other.confidence >= SURE_CONFIDENCE;
  return isAlone && listTexts(other).some((text) => texts.includes(text));
}

type Judged = Pick<Cause, 'confidence' | 'speaksAgainst'>;

/** Returns whether the confidence suffices and nothing that was read after the text contradicts the cause. */
export function isSure({ confidence, speaksAgainst }: Judged): boolean {
  return confidence >= SURE_CONFIDENCE && !speaksAgainst.some((item) => item.kind === 'inventory' && item.isLater);
}

/** Returns the best cause and all others that are sure. */
export function causesToTreat<C extends Judged>(causes: readonly C[]): C[] {
  return causes.filter((cause, at) => at === 0 || isSure(cause));
}

/** Judges by the output of a check whether the layer works; `undefined` if the output does not show it. */
export function readOutput(layer: TriageId, output: string): 'works' | 'fails' | undefined {
  if (diagnose({ texts: [output] }).causes.length > 0) return 'fails';
  const { text } = normaliseText(output);
  forgetSearchedText();
  const isThere = (phrase: string): boolean => text.includes(choosePhrase(phrase));
  const works = TRIAGE.filter(({ id }) => id === layer)
    .flatMap(({ checks }) => checks)
    .map((check) => CHECKS[check])
    .some(({ works: good, fails = [] }) => good.some(isThere) && !fails.some(isThere));
  return works ? 'works' : undefined;
}

interface CompiledSign {
  owner: string;
  sign: TextSign;
  phrases: readonly string[];
  length: number;
  /** Whether other products also print this text, so that the surrounding lines are examined too. */
  isAnybodys: boolean;
  /** Longer signs of the same failure. */
  implied: readonly string[];
  /** Longer signs of other failures that contain this sign, with the positions of each of its phrases. */
  within: { other: number; places: { phrase: number; offset: number }[][] }[];
}

let compiled: readonly CompiledSign[] | undefined;

function compileSigns(): CompiledSign[] {
  const signs = [...FAILURES, ...ELSEWHERE].flatMap(({ id, texts }) =>
    texts.flatMap((sign) => {
      const newer = sign.phrases.map((phrase) => phrase.replace(/(?<=.)x509:/u, NEWER_GO));
      const isSame = newer.every((phrase, at) => phrase === sign.phrases[at]);
      // Older and newer Go versions print different phrases.
      return (isSame ? [newer] : [sign.phrases, newer]).map((version): CompiledSign => {
        const phrases = version.map(choosePhrase);
        const length = phrases.reduce((sum, phrase) => sum + phrase.length, 0);
        const isAnybodys = id.startsWith('F') && sign.weight > 0 && !hasOwnWord(sign.phrases);
        return { owner: id, sign, phrases, length, isAnybodys, implied: listImplied(sign, texts), within: [] };
      });
    }),
  );
  for (const small of signs) {
    if (small.sign.weight < 0) continue;
    for (const [other, large] of signs.entries()) {
      if (large.owner === small.owner || large.sign.weight <= 0 || large.length <= small.length) continue;
      const places = small.phrases.map((phrase) =>
        large.phrases.flatMap((longer, at) => {
          const offset = longer.indexOf(phrase);
          return offset < 0 ? [] : [{ phrase: at, offset }];
        }),
      );
      if (places.every((each) => each.length > 0)) small.within.push({ other, places });
    }
  }
  return signs;
}

function listImplied(small: TextSign, texts: readonly TextSign[]): string[] {
  const wanted = small.phrases.map(choosePhrase);
  const length = wanted.join('').length;
  return texts
    .filter(({ id, phrases, weight }) => {
      if (id === small.id || weight <= 0 || small.weight <= 0) return false;
      const longer = phrases.map(choosePhrase);
      // The same words in another order are no stronger evidence.
      return longer.join('').length > length && wanted.every((phrase) => longer.some((each) => each.includes(phrase)));
    })
    .map(({ id }) => id);
}

type Place = Pick<EvidenceItem & { kind: 'text' }, 'text' | 'line'>;

interface FoundSign {
  sign: TextSign;
  implied: readonly string[];
  /** The first match that is not part of a longer text of another failure. `isUnplaced`: its speaker is unknown. */
  own: (Place & { isUnplaced?: boolean }) | undefined;
  /** The failure whose longer texts contain all matches. */
  largerFailure: string | undefined;
}

type Found = ReadonlyMap<string, readonly FoundSign[]>;

function searchSigns({ pasted: { lines }, isOurs }: KnownEvidence): {
  found: Found;
  products: ReadonlyMap<ElsewhereId, Place>;
} {
  const found = new Map<string, FoundSign[]>();
  const products = new Map<ElsewhereId, Place>();
  for (const [text, own] of lines.entries()) {
    // Compiling takes longer than a whole plan, and many plans have no texts.
    const signs = (compiled ??= compileSigns());
    const skeleton = normaliseText(own.join('\n'));
    const search = { text: skeleton.text, positions: new Map<string, readonly number[]>() };
    const chains = signs.map(({ phrases, sign: { gap } }) => findChains(search, phrases, gap ?? DEFAULT_GAP));
    const placed = chains.map((each, at) =>
      (signs[at]?.phrases ?? []).map((_, phrase) => new Set(each.map((chain) => chain[phrase] ?? -1))),
    );
    const searched = { text, skeleton, placed, signs, speakers: new Speakers(own), products, isOurs };
    for (const [at, sign] of signs.entries()) {
      const matches = chains[at] ?? [];
      if (matches.length > 0) addTo(found, sign.owner, findOwnPlace(sign, matches, searched));
    }
  }
  return { found, products };
}

interface Searched {
  text: number;
  skeleton: NormalisedText;
  /** Offsets of complete chains, by sign and phrase. */
  placed: readonly (readonly ReadonlySet<number>[])[];
  signs: readonly CompiledSign[];
  speakers: Speakers;
  isOurs: boolean | undefined;
  /** First match of each product's text. */
  products: Map<ElsewhereId, Place>;
}

function findOwnPlace(
  { sign, implied, within, isAnybodys }: CompiledSign,
  chains: readonly Chain[],
  { text, skeleton, placed, signs, speakers, products, isOurs }: Searched,
): FoundSign {
  let largerFailure: string | undefined;
  if (sign.weight > 0 && sign.weight < WEAK_SIGN) {
    const explained = within.find(({ other }) => placed[other]?.[0]?.size && signs[other]?.owner.startsWith('F'));
    if (explained !== undefined) return { sign, implied, own: undefined, largerFailure: signs[explained.other]?.owner };
  }
  let isOther = false;
  for (const chain of chains) {
    const larger = within.find(({ other, places }) =>
      chain.every((start, at) =>
        (places[at] ?? []).some(({ phrase, offset }) => placed[other]?.[phrase]?.has(start - offset)),
      ),
    );
    if (larger === undefined) {
      const own = { text, line: lineAt(skeleton, chain[0] ?? 0) };
      const speaker = isAnybodys ? speakers.find(own.line) : 'ours';
      if (speaker === undefined || speaker === 'ours') {
        const isUnplaced = speaker === undefined && !isOurs && isShared(sign.phrases);
        return { sign, implied, own: isUnplaced ? { ...own, isUnplaced } : own, largerFailure: undefined };
      }
      if (!products.has(speaker)) products.set(speaker, own);
      isOther = true;
      continue;
    }
    largerFailure ??= signs[larger.other]?.owner;
  }
  return { sign, implied, own: undefined, largerFailure: isOther ? undefined : largerFailure };
}

/** `weight` 0: the item can only count against a failure. */
interface WeighedItem {
  weight: number;
  item: EvidenceItem;
}

function collectCause(failure: Failure, found: Found, given: KnownEvidence): Cause[] {
  const items: WeighedItem[] = [];
  let isUnplaced = true;
  const signs = found.get(failure.id) ?? [];
  const said = new Set(signs.flatMap(({ sign, own }) => (own === undefined ? [] : [sign.id])));
  for (const { sign, implied, own, largerFailure } of signs) {
    const { id, phrases, weight } = sign;
    if (implied.some((more) => said.has(more))) continue;
    const isNew = !items.some(({ item }) => item.kind === 'text' && item.sign === id);
    if (own !== undefined && isNew) {
      const { isUnplaced: isUnknown, ...place } = own;
      if (weight > 0) isUnplaced &&= isUnknown === true;
      items.push({ weight, item: { kind: 'text', sign: id, phrases, ...place } });
    } else if (
      largerFailure !== undefined &&
      !items.some(({ item }) => item.kind === 'part-of' && item.failure === largerFailure)
    )
      items.push({ weight: 0, item: { kind: 'part-of', failure: largerFailure } });
  }
  const { pasted, nowMs, readMs } = given;
  const times = items.flatMap(({ item, weight }) =>
    item.kind === 'text' && weight > 0 && nowMs !== undefined && readMs !== undefined
      ? (findTextTime(pasted.lines[item.text] ?? [], item.line, nowMs) ?? [])
      : [],
  );
  const [time] = times.sort((one, other) => other.latestMs - one.latestMs);
  // A former CA in a kubeconfig explains an error about that CA, and no other error.
  const isSilent = given.texts.length > 0 && items.every(({ weight }) => weight <= 0);
  for (const sign of failure.supports) {
    if (isSilent && 'state' in sign && sign.state === 'other-ca') continue;
    const item = supportItem(sign, given, time);
    if (item !== undefined) items.push({ weight: sign.weight, item });
  }
  const evidence = items.flatMap(({ weight, item }) => (weight > 0 ? [item] : []));
  // The age of an update counts only if there is other, observed evidence.
  if (evidence.every((item) => item.kind === 'answer' && item.from === 'inventory')) return [];
  isUnplaced &&= evidence.every(
    (item) => item.kind === 'text' || (item.kind === 'answer' && item.from === 'inventory'),
  );
  const speaksAgainst = items.flatMap(({ weight, item }) => (weight > 0 ? [] : [item]));
  let confidence = combineWeights(items);
  const { build: text } = given.answers ?? {};
  const build = text === undefined ? undefined : findBuild(text);
  if (build !== undefined && failure.builds !== undefined && !isInRange(build, failure.builds)) {
    confidence *= OTHER_BUILD;
    speaksAgainst.push({ kind: 'build', build: text ?? '' });
  }
  if (confidence < LEAST_CONFIDENCE) return [];
  const rounded = Math.round(Math.min(confidence, MOST_CONFIDENCE) * 100) / 100;
  const cause = { failure: failure.id, confidence: rounded, evidence, speaksAgainst, missingCheck: null };
  return [isUnplaced ? { ...cause, isUnplaced } : cause];
}

/**
 * Combines weights: each sign removes its share of the remaining doubt, each contradiction its share of the result.
 * Signs of 0.6 and 0.5 give 0.8; a contradiction of 0.4 reduces this to 0.48.
 */
function combineWeights(items: readonly WeighedItem[]): number {
  let [doubt, left] = [1, 1];
  for (const { weight } of items) {
    if (weight > 0) doubt *= 1 - weight;
    else left *= 1 + weight;
  }
  return (1 - doubt) * left;
}

function supportItem(sign: SupportSign, given: KnownEvidence, time: TextTime | undefined): EvidenceItem | undefined {
  if ('answer' in sign) return answerItem(sign.id, sign.answer, given);
  const inState = given.inventory?.[sign.state];
  const [roles = [], others = []] = [sign.roles, sign.together ?? []].map((all) =>
    all.filter((role) => inState?.has(role)),
  );
  const isComplete = sign.together === undefined || others.length > 0;
  // If a credential of one role has expired, valid ones of the other roles prove nothing.
  const isMixed = sign.state === 'valid' && sign.roles.some((role) => given.inventory?.expired?.has(role));
  if (roles.length === 0 || !isComplete || isMixed) return undefined;
  const readMs = Math.max(...roles.map((role) => given.readMs?.get(role) ?? -Infinity));
  const item = {
    kind: 'inventory' as const,
    sign: sign.id,
    roles: [...roles, ...others],
    state: sign.state,
    ...(Number.isFinite(readMs) && { readMs }),
  };
  if (sign.state !== 'valid' || time === undefined || !Number.isFinite(readMs)) return item;
  // A credential that was valid before the text was printed may have expired since.
  if (time.earliestMs > readMs) return undefined;
  return time.latestMs < readMs ? { ...item, isLater: true } : item;
}

function answerItem(
  sign: string,
  answer: AnswerTest,
  { answers = {}, known = {}, pasted: { facts } }: KnownEvidence,
): EvidenceItem | undefined {
  const item = { kind: 'answer', sign, answer } as const;
  const say = (line: number) => ({ ...item, from: 'text', line }) as const;
  switch (answer.field) {
    case 'sameUser':
      return answers.sameUser === answer.is ? item : undefined;
    case 'found': {
      const stated = answers.found?.[answer.of];
      const said = stated === undefined ? listFacts(facts, 'found').find(({ of }) => of === answer.of) : undefined;
      if (said?.is === answer.is) return say(said.line);
      return stated === answer.is ? item : undefined;
    }
    case 'offHours':
    case 'daysSinceUpdate': {
      const amount = answers[answer.field];
      if (amount !== undefined) return amount !== null && amount >= answer.atLeast ? item : undefined;
      const [said] = listFacts(facts, answer.field);
      if (said !== undefined) return said.amount >= answer.atLeast ? say(said.line) : undefined;
      const shown = known[answer.field];
      return shown === undefined || shown.amount < answer.atLeast ? undefined : { ...item, from: shown.source };
    }
  }
}

/** Finds a check without an answer that distinguishes the cause from the next one, or else confirms the cause. */
function findMissingCheck(
  { failure }: Pick<Cause, 'failure'>,
  beside: Pick<Cause, 'failure'> | undefined,
  { answers, pasted: { facts } }: KnownEvidence,
): MissingCheck | null {
  const own = FAILURES.find(({ id }) => id === failure);
  const apart = own?.lookAlikes.find(({ id }) => id === beside?.failure);
  const answered = new Set<CheckId>(
    TRIAGE.flatMap(({ id, checks: [check] }) =>
      answers?.found?.[id] === undefined && !listFacts(facts, 'found').some(({ of }) => of === id) ? [] : [check],
    ),
  );
  if (answers?.build !== undefined) answered.add('build');
  if (answers?.sameUser !== undefined) answered.add('user');
  const wanted = [apart?.check, own?.confirm].find(
    (check): check is CheckId => check !== undefined && check !== null && !answered.has(check),
  );
  if (wanted === undefined) return null;
  const isBetween = wanted === apart?.check && beside !== undefined;
  return { check: wanted, command: CHECKS[wanted].command, between: isBetween ? [failure, beside.failure] : [failure] };
}
