import { ROLE_IDS } from '../../knowledge/model/credentials/credentials.ts';
import { EXPIRY_STATES, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import { LAYERS } from '../../shared/ids.ts';
import {
  FACET_COLUMNS,
  FACET_FACTS,
  type ColumnWords,
  type FacetColumn,
  type JudgedRow,
  type SoughtLabels,
} from './board-columns.ts';
import { parseQuery, type BoardQuery } from './board-query.ts';
import { memoizeByRows, rowTable } from './row-ranks.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import { adjacentTexts } from '../../inventory/model/row-columns.ts';

export interface JudgedRows {
  rows: readonly BoardRow[];
  states: readonly ExpiryState[];
}

export interface RowLabels extends SoughtLabels {
  /** The columns that a query can name, by their ids and by their titles. */
  facets: ReadonlyMap<string, FacetColumn>;
}

export function rowLabels(words: Pick<ColumnWords, 'state' | 'role' | 'layer' | 'title'>): RowLabels {
  return {
    states: labelIds(EXPIRY_STATES, words.state),
    roles: labelIds(ROLE_IDS, words.role),
    layers: labelIds(LAYERS, words.layer),
    facets: new Map([
      ...FACET_COLUMNS.map((column) => [column, column] as const),
      ...FACET_COLUMNS.map((column) => [words.title(column).toLowerCase(), column] as const),
    ]),
  };
}

/** An id counts as a second label, so that a query means the same in every language. */
function labelIds<Id extends string>(ids: readonly Id[], getWord: (id: Id) => string): Map<Id, string> {
  return new Map(ids.map((id) => [id, `${getWord(id).toLowerCase()}\n${id}`]));
}

const MISSING = -1;
/** The word occurs elsewhere in the row, so the text was not searched. */
const NOT_SOUGHT = -2;

/** Rows whose texts are joined, because one long text is searched several times faster than each row. */
interface TextBlock {
  text: string;
  first: number;
  start: number;
  end: number;
}

class RowTexts {
  readonly #blocks: readonly TextBlock[];
  /** End of each row's text within its block. One character separates texts. */
  readonly #ends: Uint32Array;
  /** Positions of the last query's words: while somebody types, most rows still match at the same position. */
  #found = new Map<string, Int32Array>();

  constructor(blocks: readonly TextBlock[], ends: Uint32Array) {
    this.#blocks = blocks;
    this.#ends = ends;
  }

  /**
   * Finds the first position of each word in each text; negative if missing. Skips rows with a position in `elsewhere`.
   */
  findPositions(words: readonly string[], elsewhere?: readonly (Int32Array | undefined)[]): Int32Array[] {
    const found = new Map<string, Int32Array>();
    const places: Int32Array[] = [];
    for (const [index, word] of words.entries()) {
      const part = longestStart(word, this.#found.keys());
      const before = part === undefined ? undefined : this.#found.get(part);
      const ofWord =
        before !== undefined && part === word
          ? before
          : this.#search(word, { known: before, part: part?.length ?? 0, elsewhere: elsewhere?.[index] });
      places.push(ofWord);
      found.set(word, ofWord);
    }
    this.#found = found;
    return places;
  }

  /** Visits every row at every keystroke. */
  #search(
    word: string,
    { known, part, elsewhere }: { known: Int32Array | undefined; part: number; elsewhere: Int32Array | undefined },
  ): Int32Array {
    const places = new Int32Array(this.#ends.length).fill(MISSING);
    const ends = this.#ends;
    const rest = word.slice(part);
    const letter = rest.length === 1 ? rest.charCodeAt(0) : -1;
    for (const { text, first, start, end } of this.#blocks) {
      // First position of the word after the start of the last search; valid for every row in between.
      let next = -1;
      let from = start;
      for (let row = first; row < end; from = ends[row]! + 1, row++) {
        const at = known === undefined ? NOT_SOUGHT : known[row]!;
        if (at === MISSING) continue;
        if (elsewhere !== undefined && elsewhere[row]! >= 0) {
          places[row] = NOT_SOUGHT;
          continue;
        }
        if (at >= 0 && (letter < 0 ? text.startsWith(rest, at + part) : text.charCodeAt(at + part) === letter)) {
          places[row] = at;
          continue;
        }
        const begin = at >= 0 ? at : from;
        if (next < begin) next = text.indexOf(word, begin);
        if (next === -1) break;
        if (next < ends[row]!) places[row] = next;
      }
    }
    return places;
  }
}

function longestStart(word: string, parts: Iterable<string>): string | undefined {
  let longest: string | undefined;
  for (const part of parts) {
    if (word.startsWith(part) && part.length > (longest?.length ?? 0)) longest = part;
  }
  return longest;
}

/** Joins the texts of rows. Texts that are already in columns are searched in place. */
function rowTexts(field: 'search' | 'numbers'): (rows: readonly BoardRow[]) => RowTexts {
  return memoizeByRows((rows) => {
    const blocks: TextBlock[] = [];
    const ends = new Uint32Array(rows.length);
    for (let first = 0; first < rows.length;) {
      const texts = adjacentTexts(rows, first, field);
      ends.set(texts.ends, first);
      const end = first + texts.ends.length;
      blocks.push({ text: texts.text, first, start: texts.start, end });
      first = end;
    }
    return new RowTexts(blocks, ends);
  });
}

const SEARCHED = { words: rowTexts('search'), numbers: rowTexts('numbers') };

export function prepareSearch(rows: readonly BoardRow[]): void {
  rowTable(rows);
  for (const getTexts of Object.values(SEARCHED)) getTexts(rows);
}

/** Fewer digits, such as those of the failure `F07`, occur in many serial numbers by chance. */
const HEX = /^[0-9a-f]{4,}$/u;

/**
 * Returns 1 for every row that contains all words of the query, and 0 for the others; `undefined` for an empty query.
 */
export function rowsWithQuery({ rows, states }: JudgedRows, query: string, labels: RowLabels): Uint8Array | undefined {
  const { words, facets } = parseQuery(query, labels.facets);
  if (words.length + facets.size === 0) return undefined;
  const { roles, layers } = rowTable(rows);
  const inWords = SEARCHED.words(rows).findPositions(words);
  const hexWords = words.filter((word) => HEX.test(word));
  const inNumbers = SEARCHED.numbers(rows).findPositions(
    hexWords,
    hexWords.map((word) => inWords[words.indexOf(word)]),
  );
  const marks = new Uint8Array(rows.length).fill(1);
  for (const [index, word] of words.entries())
    unmarkMissing(marks, [inWords[index], inNumbers[hexWords.indexOf(word)]], {
      ...{ roles, layers, states },
      labelledRoles: Uint8Array.from(ROLE_IDS, (id) => hasWord(labels.roles.get(id), word)),
      labelledLayers: Uint8Array.from(LAYERS, (id) => hasWord(labels.layers.get(id), word)),
      labelledStates: new Set(EXPIRY_STATES.filter((id) => hasWord(labels.states.get(id), word) === 1)),
    });
  const hasFacets = facetTest(facets, labels);
  if (facets.size > 0)
    for (const [index, row] of rows.entries())
      if (marks[index] === 1 && !hasFacets({ row, state: states[index]! })) marks[index] = 0;
  return marks;
}

/** Returns a test for single rows, which is faster than `rowsWithQuery` for a few rows. */
export function queryTest(query: string, labels: RowLabels): (one: JudgedRow) => boolean {
  const { words, facets } = parseQuery(query, labels.facets);
  const hasFacets = facetTest(facets, labels);
  return (one) => hasFacets(one) && words.every((word) => rowHasWord(one, word, labels));
}

function rowHasWord({ row, state }: JudgedRow, word: string, labels: RowLabels): boolean {
  return (
    row.search.includes(word) ||
    (HEX.test(word) && row.numbers.includes(word)) ||
    hasWord(labels.roles.get(row.role), word) === 1 ||
    hasWord(labels.layers.get(row.layer), word) === 1 ||
    hasWord(labels.states.get(state), word) === 1
  );
}

function facetTest(facets: BoardQuery<FacetColumn>['facets'], labels: RowLabels): (one: JudgedRow) => boolean {
  const wanted = [...facets].map(([column, texts]) => ({ getText: FACET_FACTS[column].facet, texts }));
  return (one) =>
    wanted.every(({ getText, texts }) => {
      const text = getText(one, labels);
      return texts.some((each) => text.includes(each));
    });
}

interface Labelled {
  roles: Uint8Array;
  layers: Uint8Array;
  states: readonly ExpiryState[];
  /** 1 for each role and layer whose label contains the word. */
  labelledRoles: Uint8Array;
  labelledLayers: Uint8Array;
  labelledStates: ReadonlySet<ExpiryState>;
}

/** Sets rows without the word to 0. Uses only arrays, since it runs at every keystroke. */
function unmarkMissing(
  marks: Uint8Array,
  [first, second]: [Int32Array | undefined, Int32Array | undefined],
  { roles, layers, states, labelledRoles, labelledLayers, labelledStates }: Labelled,
): void {
  const places = first ?? NOWHERE;
  const others = second ?? NOWHERE;
  const inOthers = second !== undefined;
  const inStates = labelledStates.size > 0;
  for (let row = 0; row < marks.length; row++) {
    if (places[row]! >= 0 || (inOthers && others[row]! >= 0)) continue;
    if (labelledRoles[roles[row]!] === 1 || labelledLayers[layers[row]!] === 1) continue;
    if (inStates && labelledStates.has(states[row]!)) continue;
    marks[row] = 0;
  }
}

const NOWHERE = new Int32Array(0);

function hasWord(label: string | undefined, word: string): 0 | 1 {
  return label?.includes(word) ? 1 : 0;
}
