import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { secondsLeft, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import type { Layer } from '../../shared/ids.ts';
import { instantOrNull } from '../../shared/instant.ts';
import type { Assessment } from './assess.ts';
import { endRanks, roleRanks, rowTable, stateRanks, textRanks } from './row-ranks.ts';

export interface ColumnWords {
  title: (column: BoardColumn) => string;
  state: (state: ExpiryState) => string;
  layer: (layer: Layer) => string;
  role: (role: RoleId) => string;
  sample: (cluster: string) => string;
  end: (row: BoardRow) => string;
  left: (row: BoardRow) => string;
}

export type JudgedRow = Pick<Assessment, 'row' | 'state'>;

/** Words shown in a row that its search text lacks because they depend on the language; all in lower case. */
export interface SoughtLabels {
  states: ReadonlyMap<ExpiryState, string>;
  roles: ReadonlyMap<RoleId, string>;
  layers: ReadonlyMap<Layer, string>;
}

export type FieldValue = string | number | boolean | null;

interface BoardFact {
  /** Width in pixels on the page: the minimum for legible text, and the share of spare width. */
  width?: { least: number; grows: number };
  /** A narrow table drops columns in this order, lowest first; the details still show them. */
  givenUp?: number;
  /** The column with which this one is shown and hidden. */
  beside?: string;
  /** Absent if the page draws the value instead of writing it. */
  text?: (one: JudgedRow, words: ColumnWords) => string;
  /** Returns the text, in lower case, in which a query for this column is searched. */
  facet?: (one: JudgedRow, labels: SoughtLabels) => string;
  /** Returns the key of the group of a row, if the table can be grouped by this column. */
  group?: (one: JudgedRow) => string;
  ranks?: (
    rows: readonly BoardRow[],
    context: { states: readonly ExpiryState[]; roleText: (role: RoleId) => string },
  ) => ArrayLike<number>;
  /** Right-aligned in printed tables. */
  isFigures?: true;
  /** Too wide for a terminal. */
  isWide?: true;
  reportHead?: 'report.column.notAfter';
  /** Returns the value for CSV and JSON, the same in every language. */
  value?: (one: Assessment, nowMs: number) => FieldValue;
  /** Field name in CSV and JSON, if not the column's id; documented in `docs/data-formats.md`. */
  field?: string;
  isJsonOnly?: boolean;
}

/**
 * In the column order of the board and its exports. A fact with a width is a column on the page, one with ranks can be
 * sorted and hidden, and one with a value is exported.
 */
const FACTS = {
  state: {
    width: { least: 140, grows: 0 },
    text: ({ state }, words) => words.state(state),
    facet: ({ state }, { states }) => states.get(state) ?? '',
    group: ({ state }) => state,
    ranks: (rows, { states }) => stateRanks(rows, states),
    value: ({ state }) => state,
  },
  cluster: {
    width: { least: 144, grows: 1 },
    text: ({ row }, words) => (row.sample ? words.sample(row.cluster) : row.cluster),
    facet: ({ row }) => row.cluster.toLowerCase(),
    group: ({ row }) => row.clusterId,
    ranks: textRanks(({ cluster }) => cluster),
    value: ({ row }) => row.cluster,
  },
  layer: {
    width: { least: 108, grows: 0 },
    givenUp: 3,
    text: ({ row }, words) => words.layer(row.layer),
    facet: ({ row }, { layers }) => layers.get(row.layer) ?? '',
    group: ({ row }) => row.layer,
    ranks: (rows) => rowTable(rows).layers,
    value: ({ row }) => row.layer,
  },
  role: {
    width: { least: 116, grows: 1.8 },
    text: ({ row }, words) => words.role(row.role),
    facet: ({ row }, { roles }) => roles.get(row.role) ?? '',
    ranks: (rows, { roleText }) => roleRanks(rows, roleText),
    value: ({ row }) => row.role,
  },
  name: {
    width: { least: 120, grows: 2 },
    text: ({ row }) => row.name,
    facet: ({ row }) => row.name.toLowerCase(),
    ranks: textRanks(({ name }) => name),
    value: ({ row }) => row.name,
  },
  issuer: {
    width: { least: 92, grows: 0.8 },
    givenUp: 1,
    text: ({ row }) => row.issuer,
    facet: ({ row }) => row.issuer.toLowerCase(),
    /** Only the group of a row whose issuer is not in the inventory. */
    group: ({ row }) => row.issuer,
    ranks: textRanks(({ issuer }) => issuer),
    isWide: true,
    value: ({ row }) => row.issuer,
  },
  kind: { value: ({ row }) => row.kind },
  notBefore: { value: ({ row }) => instantOrNull(row.notBeforeMs) },
  expires: {
    width: { least: 140, grows: 0 },
    givenUp: 4,
    text: ({ row }, words) => (row.endsWithIssuer ? `${words.end(row)} CA` : words.end(row)),
    ranks: endRanks,
    isFigures: true,
    reportHead: 'report.column.notAfter',
    value: ({ row }) => instantOrNull(row.notAfterMs),
    field: 'notAfter',
  },
  renewalDueAt: { value: ({ renewalDueMs }) => instantOrNull(renewalDueMs) },
  left: {
    width: { least: 96, grows: 0 },
    text: ({ row }, words) => words.left(row),
    ranks: endRanks,
    isFigures: true,
    value: ({ row: { notAfterMs } }, nowMs) => (notAfterMs === undefined ? null : secondsLeft(notAfterMs, nowMs)),
    field: 'secondsLeft',
  },
  life: { width: { least: 88, grows: 0.6 }, givenUp: 2, beside: 'left' },
  assumed: { value: ({ row }) => row.assumed },
  id: { value: ({ row }) => row.id },
  sample: { value: ({ row }) => row.sample === true },
  foreign: { value: ({ row }) => row.foreign ?? null, isJsonOnly: true },
  clusterId: { value: ({ row }) => row.clusterId },
  confirmedAt: { value: ({ row }) => instantOrNull(row.confirmedMs) },
  obstacle: { value: ({ obstacle }) => obstacle?.rule ?? null },
  endsWithIssuer: { value: ({ row }) => row.endsWithIssuer },
} as const satisfies Record<string, BoardFact>;

type Facts = typeof FACTS;
type FactWith<Part extends keyof BoardFact> = {
  [Id in keyof Facts]: Facts[Id] extends Record<Part, unknown> ? Id : never;
}[keyof Facts];

export type BoardColumn = FactWith<'ranks'>;
export type ShownColumn = FactWith<'width'>;
export type FacetColumn = FactWith<'facet'>;
export type Grouping = FactWith<'group'>;

type With<Part extends keyof BoardFact> = BoardFact & Required<Pick<BoardFact, Part>>;
export const COLUMN_FACTS: Readonly<Record<BoardColumn, With<'ranks' | 'text'>>> = FACTS;
export const GROUP_FACTS: Readonly<Record<Grouping, With<'group' | 'text'>>> = FACTS;
export const FACET_FACTS: Readonly<Record<FacetColumn, With<'facet'>>> = FACTS;
export const SHOWN_FACTS: Readonly<Record<ShownColumn, With<'width'>>> = FACTS;

function factsWith<Part extends keyof BoardFact>(part: Part): FactWith<Part>[] {
  const all: [string, BoardFact][] = Object.entries(FACTS);
  return all.filter(([, fact]) => fact[part] !== undefined).map(([id]) => id as FactWith<Part>);
}

export const BOARD_COLUMNS: readonly BoardColumn[] = factsWith('ranks');
export const SHOWN_COLUMNS: readonly ShownColumn[] = factsWith('width');
export const GROUPINGS: readonly Grouping[] = factsWith('group');
export const FACET_COLUMNS: readonly FacetColumn[] = factsWith('facet');

export const BOARD_FIELDS = factsWith('value').map((id) => {
  const { field = id, value, isJsonOnly = false }: With<'value'> = FACTS[id];
  return { field, value, isJsonOnly };
});
