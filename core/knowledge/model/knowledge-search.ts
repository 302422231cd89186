import { commandNamed } from './cmdlets/cmdlets.ts';
import { CONTRADICTIONS } from './contradictions.ts';
import type { ElsewhereId } from './other-causes.ts';
import { findFailure } from './failures/failures.ts';
import { ROLES } from './credentials/roles.ts';
import { checkCommand } from './cmdlets/command-check.ts';
import { distinctBy } from '../../shared/lists.ts';
import type { FailureId } from './failure.ts';
import { nearest } from './edit-distance.ts';
import { KNOWLEDGE, knowledgeKey, listStepLines, type KnowledgeRef } from './article.ts';

/*
 * Finds articles by any words: an id, part of a name, a title in either language, a command line, or an error as
 * printed. Japanese puts no spaces between words, so a query is also split where its script changes.
 */

type TextsOf = (key: string) => readonly string[];

/** Returns the failures that print an error, best first with confidences from 0 to 1, and other causes. */
type RecogniseError = (text: string) => {
  causes: readonly { failure: FailureId; confidence: number }[];
  elsewhere: readonly { id: ElsewhereId }[];
};

export interface KnowledgeHit {
  ref: KnowledgeRef;
  /** `error`: the query is a failure's text. `command`: it contains a command. `words`: the article has the words. */
  by: 'error' | 'command' | 'words';
  /** From 0 to 1. */
  confidence?: number;
}

export interface KnowledgeHits {
  /** Best first; every article for an empty query. */
  hits: readonly KnowledgeHit[];
  /** No article has all of the words. */
  isPartial: boolean;
  elsewhere: readonly ElsewhereId[];
  /** The query is a command line with at least one known command. */
  isCommand: boolean;
}

const WEIGHTS = { id: 100, name: 60, title: 30, parameter: 20, error: 14, text: 5 } as const;
type Place = keyof typeof WEIGHTS;
/** Words with at least this many letters are also searched for inside longer words of running text. */
const LEAST_INSIDE = 4;
const FACTORS = { word: 1, beginning: 0.8, inside: 0.5, typo: 0.4 } as const;
/** A query that is the article's name (`WHOLE`) or occurs in the article (`PART`) is worth this many words. */
const WHOLE = 20;
const PART = 5;
/** Minimum share of a kanji run's character pairs that must occur: 証明書更新 is found in 証明書の更新. */
const LEAST_PAIRS = 0.6;
/** Minimum share of the query's weight that an article must cover if no article covers all of it. */
const LEAST_COVERAGE = 0.6;
/** A query with more words counts as pasted text. */
const MOST_WORDS = 8;
/** Only this many words of a long text are searched for; an error in it is recognised wherever it occurs. */
const MOST_SEARCHED_WORDS = 40;
const MOST_COMMAND_LETTERS = 2_000;
const LEAST_TYPO_LETTERS = 4;

interface Field {
  place: Place;
  /** Each word of Latin letters and digits has a space on both sides. */
  words: string;
  letters: string;
}

interface Entry {
  ref: KnowledgeRef;
  fields: readonly Field[];
}

interface Token {
  text: string;
  script: 'latin' | 'katakana' | 'kanji' | 'hiragana';
}

/** Prepares all texts, which takes about 20 ms, so that a search can run at every keystroke. */
export class KnowledgeSearch {
  readonly #entries: readonly Entry[];
  readonly #vocabulary: readonly string[];

  readonly #recognise: RecogniseError;

  constructor(textsOf: TextsOf, recognise: RecogniseError) {
    this.#recognise = recognise;
    this.#entries = KNOWLEDGE.map((ref) => ({ ref, fields: listFields(ref, textsOf) }));
    const known = this.#entries.flatMap(({ fields }) =>
      fields
        .filter(({ place }) => place === 'name' || place === 'title' || place === 'parameter')
        .flatMap(({ words }) => words.split(' ')),
    );
    this.#vocabulary = [...new Set(known)].filter(({ length }) => length >= LEAST_TYPO_LETTERS);
  }

  /** Finds articles for a query of any length, even a megabyte of log. */
  find(query: string): KnowledgeHits {
    const text = query.trim();
    if (text === '') {
      const hits = KNOWLEDGE.map((ref): KnowledgeHit => ({ ref, by: 'words' }));
      return { hits, isPartial: false, elsewhere: [], isCommand: false };
    }
    const { causes, elsewhere } = this.#recognise(text);
    const recognised = causes.map(({ failure, confidence }): KnowledgeHit => ({
      ref: { kind: 'failure', id: failure },
      by: 'error',
      confidence,
    }));
    const commands = commandsNamedIn(text).map((id): KnowledgeHit => ({ ref: { kind: 'cmdlet', id }, by: 'command' }));
    const tokens = tokenize(text);
    const isPasted = tokens.length > MOST_WORDS && recognised.length > 0;
    const { hits, isPartial } = isPasted
      ? NOTHING
      : this.#findByWords(tokens.slice(0, MOST_SEARCHED_WORDS), keepLetters(text));
    // A query such as `F07` means that failure, not others that its title suggests.
    const isId = /^f\d\d$/iu.test(text.normalize('NFKC'));
    const first = isId ? [] : [...recognised, ...commands];
    return {
      hits: distinctBy([...first, ...hits], ({ ref }) => knowledgeKey(ref)),
      isPartial: isPartial && first.length === 0,
      elsewhere: elsewhere.map(({ id }) => id),
      isCommand: commands.length > 0 && /\S\s+\S/u.test(text),
    };
  }

  #findByWords(tokens: readonly Token[], phrase: string): { hits: KnowledgeHit[]; isPartial: boolean } {
    if (tokens.length === 0) return NOTHING;
    const columns = tokens.map((token) => this.#column(token));
    const worth = weighWords(columns);
    const total = worth.reduce((sum, each) => sum + each, 0);
    const found = this.#entries.flatMap(({ ref, fields }, at) => {
      let [score, covered, count] = [0, 0, 0];
      for (const [index, column] of columns.entries()) {
        const each = column[at] ?? 0;
        if (each === 0) continue;
        score += each * (worth[index] ?? 0);
        covered += worth[index] ?? 0;
        count += 1;
      }
      if (count === 0) return [];
      score += Math.max(...fields.map((field) => phraseScore(phrase, field)));
      return [{ ref, score, coverage: covered / total, isWhole: count === tokens.length }];
    });
    const whole = found.filter(({ isWhole }) => isWhole);
    const isPartial = whole.length === 0;
    const kept = isPartial ? found.filter(({ coverage }) => coverage >= LEAST_COVERAGE) : whole;
    kept.sort((one, other) => other.score - one.score);
    return { hits: kept.map(({ ref }) => ({ ref, by: 'words' })), isPartial };
  }

  #column(token: Token): number[] {
    const column = this.#scores(token, 1);
    const isTypo = token.script === 'latin' && token.text.length >= LEAST_TYPO_LETTERS;
    if (!isTypo || column.some((score) => score > 0)) return column;
    const meant = nearest(token.text, this.#vocabulary, token.text.length > 6 ? 2 : 1);
    if (meant === undefined) return column;
    return this.#scores({ ...token, text: meant }, FACTORS.typo);
  }

  #scores(token: Token, factor: number): number[] {
    return this.#entries.map(
      ({ fields }) => factor * Math.max(0, ...fields.map((field) => computeScore(token, field))),
    );
  }
}

/** Weighs words: rare words count more; a word in no article counts as much as the others on average. */
function weighWords(columns: readonly (readonly number[])[]): number[] {
  const known = columns.map((column) => {
    const count = column.filter((score) => score > 0).length;
    return count === 0 ? undefined : Math.log(1 + column.length / count);
  });
  const found = known.filter((worth) => worth !== undefined);
  const average = found.reduce((sum, each) => sum + each, 0) / Math.max(1, found.length);
  return known.map((worth) => worth ?? average);
}

const NOTHING: { hits: KnowledgeHit[]; isPartial: boolean } = { hits: [], isPartial: false };

function computeScore({ text, script }: Token, { place, words, letters }: Field): number {
  const weight = WEIGHTS[place];
  if (script === 'latin') {
    if (words.includes(` ${text} `)) return weight * FACTORS.word;
    if (place === 'id') return 0;
    if (words.includes(` ${text}`)) return weight * FACTORS.beginning;
    const isRunning = place === 'text' || place === 'error';
    if (isRunning && text.length < LEAST_INSIDE) return 0;
    return (isRunning ? words : letters).includes(text) ? weight * FACTORS.inside : 0;
  }
  if (letters.includes(text)) return weight * FACTORS.word;
  if (script !== 'kanji' || text.length < 3) return 0;
  const pairs = Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2));
  const share = pairs.filter((pair) => letters.includes(pair)).length / pairs.length;
  return share >= LEAST_PAIRS ? weight * FACTORS.inside * share : 0;
}

function phraseScore(phrase: string, { place, letters }: Field): number {
  if (letters === phrase) return WHOLE * WEIGHTS[place];
  return letters.includes(phrase) ? PART * WEIGHTS[place] : 0;
}

/** Returns known commands in a line, with typos corrected, except aliases that are ordinary words, such as `where`. */
function commandsNamedIn(text: string): string[] {
  if (text.length > MOST_COMMAND_LETTERS || /[\n\p{Script=Hiragana}]/u.test(text)) return [];
  // A single word may be unfinished, which does not make it a typo.
  if (!/\S\s+\S/u.test(text) && commandNamed(text) === undefined) return [];
  const { commands, problems } = checkCommand(text);
  const letters = keepLetters(text);
  const corrected = problems.flatMap(({ code, suggestion }) =>
    code === 'typo' && suggestion !== null ? [keepLetters(suggestion)] : [],
  );
  return commands
    .map(({ name }) => name)
    .filter((name) => {
      const own = keepLetters(name);
      const isNamed = letters.includes(own) || corrected.some((each) => own.endsWith(each));
      // A program's name alone may be the subject of a sentence.
      return isNamed && (/[ -]/u.test(name) || /\s-\S/u.test(text));
    });
}

/** English words that any article may contain. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  'a an and are as at be by for from has have how i in is it of on or that the to was were what why with'.split(' '),
);

const RUNS = /[\p{Script=Latin}\p{N}_]+|[\p{Script=Katakana}]+|[\p{Script=Han}々]+|[\p{Script=Hiragana}]+/gu;

/** Unifies full and half width, and case; drops the optional long vowel mark: サーバー, サーバ. */
function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('ー', '');
}

function keepLetters(text: string): string {
  return (foldText(text).match(RUNS) ?? []).join('');
}

function tokenize(query: string): Token[] {
  const runs = foldText(query).match(RUNS) ?? [];
  const tokens = runs.map((text): Token => ({ text, script: getScript(text) }));
  // Hiragana between other words is grammar, as is a single kanji before hiragana; without other words, both form the
  // query.
  const words = tokens.filter(
    ({ text, script }, at) =>
      script !== 'hiragana' && (script !== 'kanji' || text.length > 1 || tokens[at + 1]?.script !== 'hiragana'),
  );
  if (words.length === 0) return tokens;
  const significant = words.filter(({ text }) => !EMPTY_WORDS.has(text));
  const kept = significant.length > 0 ? significant : words;
  return [...new Map(kept.map((token) => [token.text, token])).values()];
}

function getScript(run: string): Token['script'] {
  if (/^\p{Script=Hiragana}/u.test(run)) return 'hiragana';
  if (/^[\p{Script=Han}々]/u.test(run)) return 'kanji';
  return /^\p{Script=Katakana}/u.test(run) ? 'katakana' : 'latin';
}

function listFields(ref: KnowledgeRef, textsOf: TextsOf): Field[] {
  const say = (...keys: readonly (string | undefined)[]): string[] => keys.flatMap((key) => (key ? textsOf(key) : []));
  return (Object.entries(collectTexts(ref, say)) as [Place, string[]][]).flatMap(([place, texts]) =>
    // Each title is in one language only.
    place === 'title' ? texts.map((text) => getField(place, text)) : [getField(place, texts.join(' '))],
  );
}

function collectTexts(
  { kind, id }: KnowledgeRef,
  say: (...keys: readonly (string | undefined)[]) => string[],
): Partial<Record<Place, string[]>> {
  switch (kind) {
    case 'failure': {
      const failure = findFailure(id);
      if (failure === undefined) return {};
      const { published, texts, cause, warning, look, builds, takes, steps } = failure;
      return {
        id: [id],
        title: say(`failure.${id}`),
        error: [...published, ...texts.flatMap(({ phrases }) => phrases)],
        text: [
          ...say(cause.text, warning?.text, look?.text, builds?.statement.text, takes?.text),
          ...steps.flatMap((step) => [
            ...say(step.statement.text, step.only, step.precondition),
            ...listStepLines(step),
          ]),
        ],
      };
    }
    case 'cmdlet': {
      const command = commandNamed(id);
      if (command === undefined) return { name: [id] };
      const { use, notes, syntaxes, module, deprecated } = command;
      return {
        name: [id],
        parameter: syntaxes.flatMap(({ parameters }) => parameters.map(({ name }) => name)),
        text: [...say(use.text, ...notes.map(({ text }) => text)), module, deprecated?.successor ?? ''],
      };
    }
    case 'credential': {
      const { breaks, renewal, revocation, renewedBy, layer, remedies } = ROLES[id];
      return {
        name: [id],
        title: say(`role.${id}`),
        text: [
          ...say(
            breaks.text,
            renewal.text,
            revocation.text,
            `renewer.${renewedBy}`,
            layer ? `layer.${layer}` : undefined,
          ),
          ...remedies.flatMap(({ command, statement }) => [command, ...say(statement.text)]),
        ],
      };
    }
    case 'contradiction': {
      const found = CONTRADICTIONS.find((each) => each.id === id);
      const sides = found?.sides.map(({ text }) => text) ?? [];
      return { title: say(found?.text), text: say(found?.advice, ...sides) };
    }
  }
}

function getField(place: Place, text: string): Field {
  const runs = foldText(text).match(RUNS) ?? [];
  const latin = runs.filter((run) => /^[\p{Script=Latin}\p{N}_]/u.test(run));
  return { place, words: ` ${latin.join(' ')} `, letters: runs.join('') };
}
