import { editDistance } from '../../core/knowledge/model/edit-distance.ts';

/*
 * Ranks what the palette finds. An entry has several names: its label and its synonyms in every language. A lower rank
 * is better, the rank of an entry is that of its best name, and entries of equal rank keep their order.
 */
export const RANK = {
  /** The query is the number of a failure: `F07`. */
  number: 0,
  /** The query is a name: `power off`. */
  whole: 1,
  /** A name begins with the query: `pow`. */
  beginning: 2,
  /** Every word of the query begins a word of the same name: `off pow`. */
  words: 3,
  /** Every word of the query is a part of some name: `wer`. */
  inside: 4,
  /** One letter of a word with at least four is wrong: `pasphrase`. Counts only if nothing else is found. */
  typo: 5,
} as const;

const LEAST_TYPO_LETTERS = 4;

/** Unifies case, width and the optional long vowel mark; hyphens and other marks separate words like spaces. */
export function foldName(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase().replaceAll('ー', '');
  return folded.replaceAll(/[\s\-_.,:;()]+/gu, ' ').trim();
}

/** Returns the rank of an entry, or `undefined` if the query does not find it. The query must be folded. */
export function rankNames(query: string, names: readonly string[]): number | undefined {
  const words = query.split(' ');
  const folded = names.map(foldName);
  const ranks = folded.flatMap((name) => rankName(query, words, name) ?? []);
  if (ranks.length > 0) return Math.min(...ranks);
  if (words.every((word) => folded.some((name) => name.includes(word)))) return RANK.inside;
  return folded.some((name) => words.every((word) => isTypo(word, name))) ? RANK.typo : undefined;
}

function rankName(query: string, words: readonly string[], name: string): number | undefined {
  if (name === query) return RANK.whole;
  if (name.startsWith(query)) return RANK.beginning;
  return words.every((word) => ` ${name}`.includes(` ${word}`)) ? RANK.words : undefined;
}

function isTypo(word: string, name: string): boolean {
  if (` ${name}`.includes(` ${word}`)) return true;
  return word.length >= LEAST_TYPO_LETTERS && name.split(' ').some((each) => editDistance(word, each, 1) <= 1);
}

export interface Ranked {
  rank: number;
}

/** Sorts entries by rank; drops entries found by a typo if others were found without. */
export function sortByRank<Entry extends Ranked>(entries: readonly Entry[]): Entry[] {
  const sorted = entries.toSorted((one, other) => one.rank - other.rank);
  const best = sorted[0]?.rank ?? RANK.typo;
  return best === RANK.typo ? sorted : sorted.filter(({ rank }) => rank !== RANK.typo);
}

/** A verb and the name of an object, in this order or the other: `repair retail`, `retail を修復`. */
export function splitObject(query: string, verbs: readonly string[]): string | undefined {
  const longestFirst = verbs.map(foldName).toSorted((one, other) => other.length - one.length);
  for (const verb of longestFirst) {
    if (query.startsWith(`${verb} `)) return query.slice(verb.length + 1);
    const object = query.slice(0, -verb.length);
    const isApart = object.endsWith(' ') || /\P{ASCII}/u.test(verb);
    if (query.endsWith(verb) && isApart && object.trim() !== '') return object.trim().replace(/ ?[のをにで]$/u, '');
  }
  return undefined;
}
