import type { BoardRow } from '../../inventory/model/board-row.ts';
import { ROLE_IDS, type RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { EXPIRY_STATES, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import { LAYERS } from '../../shared/ids.ts';

/** Caches the result of `make` for each list of rows. A list never changes: a changed board has a new list. */
export function memoizeByRows<T extends object>(make: (rows: readonly BoardRow[]) => T): typeof make {
  const known = new WeakMap<readonly BoardRow[], T>();
  return (rows) => {
    let made = known.get(rows);
    if (made === undefined) known.set(rows, (made = make(rows)));
    return made;
  };
}

interface RowTable {
  /** Milliseconds since 1970; `Infinity` if unknown. */
  ends: Float64Array;
  /** Index in `ROLE_IDS`. */
  roles: Uint8Array;
  /** Index in `LAYERS`. */
  layers: Uint8Array;
}

const ROLE_INDEX = new Map<string, number>(ROLE_IDS.map((role, index) => [role, index]));

export const rowTable = memoizeByRows((rows): RowTable => {
  const ends = new Float64Array(rows.length);
  const roles = new Uint8Array(rows.length);
  const layers = new Uint8Array(rows.length);
  for (const [index, row] of rows.entries()) {
    ends[index] = row.notAfterMs ?? Infinity;
    roles[index] = ROLE_INDEX.get(row.role) ?? 0;
    layers[index] = LAYERS.indexOf(row.layer);
  }
  return { ends, roles, layers };
});

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Returns each value's rank among the distinct values. `order`: indexes of the values, sorted by value. */
function ranksIn(order: ArrayLike<number>, values: ArrayLike<string | number>): Uint32Array {
  const ranks = new Uint32Array(order.length);
  let rank = 0;
  for (let place = 1; place < order.length; place++) {
    if (values[order[place]!] !== values[order[place - 1]!]) rank += 1;
    ranks[order[place]!] = rank;
  }
  return ranks;
}

function rankTexts(texts: readonly string[]): Uint32Array {
  const order = Uint32Array.from(texts.keys()).sort((one, other) => compareText(texts[one]!, texts[other]!));
  return ranksIn(order, texts);
}

export function textRanks(getText: (row: BoardRow) => string): (rows: readonly BoardRow[]) => Uint32Array {
  return memoizeByRows((rows) => {
    const texts: string[] = [];
    const places = new Uint32Array(rows.length);
    let before: string | undefined;
    for (const [index, row] of rows.entries()) {
      const text = getText(row);
      // With a letter added, each text is a separate string, which compares three times as fast as a slice.
      if (text !== before) texts.push(`A${text}`.toLowerCase());
      before = text;
      places[index] = texts.length - 1;
    }
    const ranks = rankTexts(texts);
    return places.map((place) => ranks[place]!);
  });
}

export function roleRanks(rows: readonly BoardRow[], roleText: (role: RoleId) => string): Uint8Array {
  const ranks = rankTexts(ROLE_IDS.map((role) => roleText(role).toLowerCase()));
  return rowTable(rows).roles.map((role) => ranks[role]!);
}

const STATE_RANKS = new Map<ExpiryState | undefined, number>(EXPIRY_STATES.map((state, rank) => [state, rank]));

export function stateRanks(rows: readonly BoardRow[], states: readonly ExpiryState[]): Uint8Array {
  const unknown = STATE_RANKS.get('unknown')!;
  const ranks = new Uint8Array(rows.length);
  for (let index = 0; index < ranks.length; index++) ranks[index] = STATE_RANKS.get(states[index]) ?? unknown;
  return ranks;
}

/** Orders rows by end, cluster, name and id, the costly part of every sort: first within clusters, then all by end. */
export const tieOrder = memoizeByRows((rows) => {
  const { ends } = rowTable(rows);
  const order = rowsByCluster(rows).flatMap((own) => sortByName(rows, own));
  return Uint32Array.from(order).sort((one, other) => ends[one]! - ends[other]!);
});

export const endRanks = memoizeByRows((rows) => ranksIn(tieOrder(rows), rowTable(rows).ends));

function rowsByCluster(rows: readonly BoardRow[]): number[][] {
  const clusters = new Map<string, number[]>();
  // Rows of one cluster are usually adjacent, so most need no map lookup.
  let cluster: string | undefined;
  let own: number[] = [];
  for (const [index, row] of rows.entries()) {
    if (row.cluster !== cluster) {
      cluster = row.cluster;
      own = clusters.get(cluster) ?? [];
      clusters.set(cluster, own);
    }
    own.push(index);
  }
  const sorted = [...clusters].sort(([left], [right]) => compareText(left, right));
  return sorted.map(([, indexes]) => indexes);
}

function sortByName(rows: readonly BoardRow[], indexes: readonly number[]): number[] {
  const named = indexes.map((index) => ({ index, name: rows[index]!.name }));
  named.sort((a, b) => compareText(a.name, b.name) || compareText(rows[a.index]!.id, rows[b.index]!.id));
  return named.map(({ index }) => index);
}
