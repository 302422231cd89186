import { ROLE_IDS } from '../../knowledge/model/credentials/credentials.ts';
import { LAYERS } from '../../shared/ids.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';

/** What is made once for a list of rows: the list never changes, a changed board is another one. */
export function oncePerRows<T extends object>(make: (rows: readonly BoardRow[]) => T): typeof make {
  const known = new WeakMap<readonly BoardRow[], T>();
  return (rows) => {
    let made = known.get(rows);
    if (made === undefined) known.set(rows, (made = make(rows)));
    return made;
  };
}

/** What every order and filter asks of all rows, as numbers. */
interface RowTable {
  /** The end of validity in milliseconds since 1970; `Infinity` where it is unknown. */
  ends: Float64Array;
  /** Index in `ROLE_IDS`. */
  roles: Uint8Array;
  /** Index in `LAYERS`. */
  layers: Uint8Array;
}

const ROLE_INDEX = new Map<string, number>(ROLE_IDS.map((role, index) => [role, index]));

export const rowTable = oncePerRows((rows): RowTable => {
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
