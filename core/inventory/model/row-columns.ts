import { LIFETIME_CLASS_IDS } from '../../knowledge/model/credentials/lifetimes.ts';
import { ROLE_IDS } from '../../knowledge/model/credentials/credentials.ts';
import type { NamedCluster } from '../../plan/model/command-name.ts';
import type { NameEvidence } from '../../plan/model/cluster-name.ts';
import type { RenewalRefusal } from './renewal-refusal.ts';
import { LAYERS, type ClusterId, type CredentialId, type CredentialKind } from '../../shared/ids.ts';
import { fieldsHeld, type BoardRow } from './board-row.ts';

/** The page reads rows in place: copying row objects to the page twice, field by field, would be many times slower. */
export interface RowColumns {
  /**
   * The distinct words of all rows (role, layer, issuer and the like), names, numbers, and search texts. In the last
   * three parts, each row has its own text, which ends with a newline.
   */
  text: string;
  /** The ends of all parts of `text` but the last, the number of words, the words' ends, and the cells of each row. */
  ends: Uint32Array;
  /** The times of each row; `NaN` if missing. */
  cells: Float64Array;
  /** By position of the row; absent in most inventories. */
  refusals?: readonly (readonly [place: number, readonly RenewalRefusal[]])[];
}

export interface PackedCluster extends NamedCluster, Pick<BoardRow, 'clusterId' | 'sample'> {
  columns: RowColumns;
}

const TEXTS = fieldsHeld('text');
const FLAGS = fieldsHeld('flag');
const WORDS = fieldsHeld('word');
const MOMENTS = fieldsHeld('moment');

/** `ends` begins with the end of the words, the ends of all texts but the last, and the number of words. */
const HEADS = TEXTS.length + 1;
/** The cells of a row: the ends of its texts, before the newline; the length of its id; flags; word numbers. */
const ID_CELL = TEXTS.length;
const FIRST_FLAG = ID_CELL + 1;
const FIRST_WORD = FIRST_FLAG + FLAGS.length;
const CELLS = FIRST_WORD + WORDS.length;
const NO_WORD = 0xff_ff_ff_ff;

export function packRows(rows: readonly BoardRow[]): RowColumns {
  const words = new Map<string, number>();
  const ofRows: number[] = [];
  const cells = new Float64Array(rows.length * MOMENTS.length);
  const texts = TEXTS.map(() => '');
  const refusals: (readonly [number, readonly RenewalRefusal[]])[] = [];
  for (const [index, row] of rows.entries()) {
    for (const [at, field] of TEXTS.entries()) {
      const text = texts[at]! + row[field];
      ofRows.push(text.length);
      texts[at] = `${text}\n`;
    }
    ofRows.push(row.id.length);
    for (const field of FLAGS) ofRows.push(row[field] ? 1 : 0);
    for (const field of WORDS) {
      const word = row[field];
      let place = word === undefined ? NO_WORD : words.get(word);
      if (place === undefined && word !== undefined) words.set(word, (place = words.size));
      ofRows.push(place ?? NO_WORD);
    }
    for (const [place, field] of MOMENTS.entries()) cells[index * MOMENTS.length + place] = row[field] ?? NaN;
    if (row.refusals !== undefined) refusals.push([index, row.refusals]);
  }
  const parts = [[...words.keys()].join(''), ...texts];
  let end = 0;
  const partEnds = parts.map((part) => (end += part.length)).slice(0, -1);
  let wordEnd = 0;
  const wordEnds = Array.from(words.keys(), (word) => (wordEnd += word.length));
  return {
    text: parts.join(''),
    ends: Uint32Array.from([...partEnds, words.size, ...wordEnds, ...ofRows]),
    cells,
    ...(refusals.length > 0 && { refusals }),
  };
}

/** Returns rows that read their fields from the columns, which saves time and memory for a million rows. */
export function unpackRows(cluster: PackedCluster): BoardRow[] {
  const shared = new SharedColumns(cluster);
  const count = cluster.columns.cells.length / MOMENTS.length;
  const rows: BoardRow[] = [];
  for (let place = 0; place < count; place++) rows.push(new ColumnRow(shared, place) as BoardRow & ColumnRow);
  return rows;
}

/** Texts of consecutive rows within one string, each followed by a newline. */
interface AdjacentTexts {
  text: string;
  /** The start of the first text, and the end of each. */
  start: number;
  ends: number[];
}

/** Returns the texts of all rows from `first` on that share its columns, or of rows without columns. */
export function adjacentTexts(rows: readonly BoardRow[], first: number, field: 'search' | 'numbers'): AdjacentTexts {
  const leader = rows[first];
  const ends: number[] = [];
  if (!(leader instanceof ColumnRow)) {
    const texts: string[] = [];
    let end = -1;
    for (let next = leader; next !== undefined && !(next instanceof ColumnRow); next = rows[first + ends.length]) {
      const text = next[field];
      texts.push(text);
      ends.push((end += text.length + 1));
    }
    return { text: texts.join('\n'), start: 0, ends };
  }
  const { shared, place } = leader;
  const at = TEXTS.indexOf(field);
  for (let next: BoardRow | undefined = leader; next instanceof ColumnRow; next = rows[first + ends.length]) {
    if (next.shared !== shared || next.place !== place + ends.length) break;
    ends.push(shared.cell(next.place, at));
  }
  return { text: shared.texts[at]!, start: shared.textStart(place, at), ends };
}

const KINDS: readonly CredentialKind[] = ['certificate', 'token'];
/** Words that are often compared with constants, since comparing is faster with the constant's own string. */
const CONSTANTS = new Map<string, string>(
  [...KINDS, ...ROLE_IDS, ...LAYERS, ...LIFETIME_CLASS_IDS].map((word) => [word, word]),
);

class SharedColumns {
  readonly cluster: Omit<PackedCluster, 'columns'>;
  /** By field. */
  readonly texts: readonly string[];
  readonly #columns: RowColumns;
  readonly #first: number;
  #words: readonly string[] | undefined;
  #refusals: ReadonlyMap<number, readonly RenewalRefusal[]> | undefined;

  constructor({ columns, ...cluster }: PackedCluster) {
    const { text, ends } = columns;
    this.cluster = cluster;
    this.texts = TEXTS.map((_, at) => text.slice(ends[at], at + 1 < TEXTS.length ? ends[at + 1] : undefined));
    this.#columns = columns;
    this.#first = HEADS + countWords(columns);
  }

  cell(row: number, cell: number): number {
    return this.#columns.ends[this.#first + row * CELLS + cell]!;
  }

  textStart(row: number, cell: number): number {
    return row === 0 ? 0 : this.cell(row - 1, cell) + 1;
  }

  word(row: number, cell: number): string | undefined {
    this.#words ??= readWords(this.#columns);
    return this.#words[this.cell(row, cell)];
  }

  moment(row: number, place: number): number | undefined {
    const moment = this.#columns.cells[row * MOMENTS.length + place]!;
    return Number.isNaN(moment) ? undefined : moment;
  }

  refusals(row: number): readonly RenewalRefusal[] | undefined {
    const { refusals } = this.#columns;
    if (refusals === undefined) return undefined;
    this.#refusals ??= new Map(refusals);
    return this.#refusals.get(row);
  }
}

/** Returns whether any row has this word, such as a role or layer. An issuer with the same text also counts. */
export function hasWord(columns: RowColumns, word: string): boolean {
  return readWords(columns).includes(word);
}

function countWords({ ends }: RowColumns): number {
  return ends[HEADS - 1]!;
}

function readWords(columns: RowColumns): string[] {
  const { text, ends } = columns;
  let start = 0;
  return Array.from(ends.subarray(HEADS, HEADS + countWords(columns)), (end) => {
    const word = text.slice(start, end);
    start = end;
    return CONSTANTS.get(word) ?? word;
  });
}

/** Reads the columns in place. The properties belong to the class, so spreading a row copies none of them. */
class ColumnRow {
  readonly shared: SharedColumns;
  readonly place: number;

  constructor(shared: SharedColumns, place: number) {
    this.shared = shared;
    this.place = place;
  }

  get id(): CredentialId {
    const { shared, place } = this;
    const start = shared.textStart(place, NUMBERS);
    return shared.texts[NUMBERS]!.slice(start, start + shared.cell(place, ID_CELL)) as CredentialId;
  }
  get clusterId(): ClusterId {
    return this.shared.cluster.clusterId;
  }
  get cluster(): string {
    return this.shared.cluster.name;
  }
  get commandName(): string | undefined {
    return this.shared.cluster.commandName;
  }
  get nameEvidence(): NameEvidence | undefined {
    return this.shared.cluster.nameEvidence;
  }
  get sample(): true | undefined {
    return this.shared.cluster.sample;
  }
  get refusals(): readonly RenewalRefusal[] | undefined {
    return this.shared.refusals(this.place);
  }
}

const NUMBERS = TEXTS.indexOf('numbers');

function defineFields(fields: readonly string[], makeGetter: (at: number) => (this: ColumnRow) => unknown): void {
  for (const [at, field] of fields.entries())
    Object.defineProperty(ColumnRow.prototype, field, { get: makeGetter(at) });
}

defineFields(
  TEXTS,
  (at) =>
    function (this: ColumnRow) {
      const { shared, place } = this;
      return shared.texts[at]!.slice(shared.textStart(place, at), shared.cell(place, at));
    },
);
defineFields(
  FLAGS,
  (at) =>
    function (this: ColumnRow) {
      return this.shared.cell(this.place, FIRST_FLAG + at) === 1;
    },
);
defineFields(
  WORDS,
  (at) =>
    function (this: ColumnRow) {
      return this.shared.word(this.place, FIRST_WORD + at);
    },
);
defineFields(
  MOMENTS,
  (at) =>
    function (this: ColumnRow) {
      return this.shared.moment(this.place, at);
    },
);
