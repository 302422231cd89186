import type { ForeignReason } from './credential.ts';
import { LIFETIME_CLASS_IDS, type LifetimeClassId } from '../../knowledge/model/credentials/lifetimes.ts';
import { ROLE_IDS, type RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { NamedCluster } from '../../plan/model/command-name.ts';
import type { NameEvidence } from '../../plan/model/cluster-name.ts';
import type { RenewalRefusal } from './renewal-refusal.ts';
import { LAYERS, type ClusterId, type CredentialId, type CredentialKind, type Layer } from '../../shared/ids.ts';
import type { BoardRow } from './board-row.ts';

/**
 * The rows of one cluster as a few texts and arrays of numbers. An object for each row would be copied twice on its way
 * to the page, field by field, which takes many times as long. The page reads the rows in place.
 */
export interface RowColumns {
  /**
   * The parts follow each other: the distinct words of all rows (role, layer, issuer and the like); names; numbers;
   * search texts. In the last three parts each row has its own text, which ends with a newline.
   */
  text: string;
  /**
   * The ends of all parts of `text` but the last (`HEAD`), then the end of each word, then some places for each row
   * (`CELL`).
   */
  ends: Uint32Array;
  /** Some moments for each row, in the order of `MOMENTS`; `NaN` for a missing one. */
  cells: Float64Array;
  /** By position of the row; most inventories have none. */
  refusals?: readonly (readonly [place: number, readonly RenewalRefusal[]])[];
}

/** The rows of a cluster, with the fields that they share. */
export interface PackedCluster extends NamedCluster, Pick<BoardRow, 'clusterId' | 'sample'> {
  columns: RowColumns;
}

const HEAD = { words: 0, names: 1, numbers: 2, countOfWords: 3 } as const;
const HEADS = Object.keys(HEAD).length;
const CELL = {
  /** The ends of its texts in their parts, before the newline. */
  name: 0,
  numbers: 1,
  search: 2,
  /** The length of its id, with which its numbers begin. */
  id: 3,
  assumed: 4,
  /** The position of a word. */
  kind: 5,
  layer: 6,
  role: 7,
  issuer: 8,
  lifetimeClass: 9,
  foreign: 10,
} as const;
const CELLS = Object.keys(CELL).length;
/** Replaces the position of a word that a row lacks. */
const NO_WORD = 0xff_ff_ff_ff;
const MOMENTS = ['notBeforeMs', 'notAfterMs', 'firstReadMs', 'confirmedMs'] as const;

/** Packs rows of one cluster; `unpackRows` makes the same rows again. */
export function packRows(rows: readonly BoardRow[]): RowColumns {
  const words = new Map<string, number>();
  const ofRows: number[] = [];
  const cells = new Float64Array(rows.length * MOMENTS.length);
  const texts = { name: '', numbers: '', search: '' };
  const refusals: (readonly [number, readonly RenewalRefusal[]])[] = [];
  for (const [index, row] of rows.entries()) {
    for (const field of ['name', 'numbers', 'search'] as const) {
      texts[field] += row[field];
      ofRows.push(texts[field].length);
      texts[field] += '\n';
    }
    ofRows.push(row.id.length, row.assumed ? 1 : 0);
    for (const word of [row.kind, row.layer, row.role, row.issuer, row.lifetimeClass, row.foreign]) {
      let place = word === undefined ? NO_WORD : words.get(word);
      if (place === undefined && word !== undefined) words.set(word, (place = words.size));
      ofRows.push(place ?? NO_WORD);
    }
    for (const [place, field] of MOMENTS.entries()) cells[index * MOMENTS.length + place] = row[field] ?? NaN;
    if (row.refusals !== undefined) refusals.push([index, row.refusals]);
  }
  const all = [...words.keys()].join('');
  let wordEnd = 0;
  const wordEnds = Array.from(words.keys(), (word) => (wordEnd += word.length));
  const namesEnd = all.length + texts.name.length;
  return {
    text: all + texts.name + texts.numbers + texts.search,
    ends: Uint32Array.from([all.length, namesEnd, namesEnd + texts.numbers.length, words.size, ...wordEnds, ...ofRows]),
    cells,
    ...(refusals.length > 0 && { refusals }),
  };
}

/** Rows that read their fields from the columns: a million of them take little time and memory. */
export function unpackRows(cluster: PackedCluster): BoardRow[] {
  const shared = new SharedColumns(cluster);
  const count = cluster.columns.cells.length / MOMENTS.length;
  const rows: BoardRow[] = [];
  for (let place = 0; place < count; place++) rows.push(new ColumnRow(shared, place));
  return rows;
}

/** Texts of consecutive rows within one text, each followed by a newline. */
export interface AdjacentTexts {
  text: string;
  /** The start of the first text, and the end of each. */
  start: number;
  ends: number[];
}

/** Texts of as many rows from `first` on as share its columns; rows without columns are joined. */
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
  for (let next: BoardRow | undefined = leader; next instanceof ColumnRow; next = rows[first + ends.length]) {
    if (next.shared !== shared || next.place !== place + ends.length) break;
    ends.push(shared.cell(next.place, CELL[field]));
  }
  return { text: shared[field], start: shared.textStart(place, CELL[field]), ends };
}

const KINDS: readonly CredentialKind[] = ['certificate', 'token'];
/** Words that are often compared with constants. Comparing is faster with the constant's own string. */
const CONSTANTS = new Map<string, string>(
  [...KINDS, ...ROLE_IDS, ...LAYERS, ...LIFETIME_CLASS_IDS].map((word) => [word, word]),
);

/** The fields that the rows of a cluster share. */
class SharedColumns {
  readonly cluster: Omit<PackedCluster, 'columns'>;
  /** The names of all rows. */
  readonly names: string;
  readonly numbers: string;
  readonly search: string;
  readonly #columns: RowColumns;
  /** The index of the first row's places. */
  readonly #first: number;
  #words: readonly string[] | undefined;
  #refusals: ReadonlyMap<number, readonly RenewalRefusal[]> | undefined;

  constructor({ columns, ...cluster }: PackedCluster) {
    const { text, ends } = columns;
    const [words, names, numbers, countOfWords] = [
      ends[HEAD.words]!,
      ends[HEAD.names]!,
      ends[HEAD.numbers]!,
      ends[HEAD.countOfWords]!,
    ];
    this.cluster = cluster;
    this.names = text.slice(words, names);
    this.numbers = text.slice(names, numbers);
    this.search = text.slice(numbers);
    this.#columns = columns;
    this.#first = HEADS + countOfWords;
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

/** Whether any row has this role, layer or other word. Its issuer may have the same text. */
export function hasWord(columns: RowColumns, word: string): boolean {
  return readWords(columns).includes(word);
}

function readWords({ text, ends }: RowColumns): string[] {
  let start = 0;
  return Array.from(ends.subarray(HEADS, HEADS + ends[HEAD.countOfWords]!), (end) => {
    const word = text.slice(start, end);
    start = end;
    return CONSTANTS.get(word) ?? word;
  });
}

/** A row that reads from the columns. Its properties belong to its class, so spreading copies none. */
class ColumnRow implements BoardRow {
  readonly shared: SharedColumns;
  readonly place: number;

  constructor(shared: SharedColumns, place: number) {
    this.shared = shared;
    this.place = place;
  }

  get id(): CredentialId {
    const { shared, place } = this;
    const start = shared.textStart(place, CELL.numbers);
    return shared.numbers.slice(start, start + shared.cell(place, CELL.id)) as CredentialId;
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
  get foreign(): ForeignReason | undefined {
    return this.shared.word(this.place, CELL.foreign) as ForeignReason | undefined;
  }
  get kind(): CredentialKind {
    return this.shared.word(this.place, CELL.kind) as CredentialKind;
  }
  get layer(): Layer {
    return this.shared.word(this.place, CELL.layer) as Layer;
  }
  get role(): RoleId {
    return this.shared.word(this.place, CELL.role) as RoleId;
  }
  get issuer(): string {
    return this.shared.word(this.place, CELL.issuer)!;
  }
  get lifetimeClass(): LifetimeClassId {
    return this.shared.word(this.place, CELL.lifetimeClass) as LifetimeClassId;
  }
  get name(): string {
    return this.#text(CELL.name, this.shared.names);
  }
  get search(): string {
    return this.#text(CELL.search, this.shared.search);
  }
  get numbers(): string {
    return this.#text(CELL.numbers, this.shared.numbers);
  }
  get assumed(): boolean {
    return this.shared.cell(this.place, CELL.assumed) === 1;
  }
  get notBeforeMs(): number | undefined {
    return this.shared.moment(this.place, 0);
  }
  get notAfterMs(): number | undefined {
    return this.shared.moment(this.place, 1);
  }
  get firstReadMs(): number | undefined {
    return this.shared.moment(this.place, 2);
  }
  get confirmedMs(): number | undefined {
    return this.shared.moment(this.place, 3);
  }
  get refusals(): readonly RenewalRefusal[] | undefined {
    return this.shared.refusals(this.place);
  }

  #text(cell: number, text: string): string {
    return text.slice(this.shared.textStart(this.place, cell), this.shared.cell(this.place, cell));
  }
}
