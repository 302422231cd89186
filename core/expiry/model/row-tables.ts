import { runSteps, type Stepwise } from '../../shared/stepwise/steps.ts';
import { ROLE_IDS } from '../../knowledge/model/credentials/credentials.ts';
import { LAYERS } from '../../shared/ids.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';

/** So many rows are gone through in a few milliseconds. */
export const ROWS_AT_ONCE = 8_192;

/** What is made once for a list of rows: the list never changes, a changed board is another one. */
export class OncePerRows<T> {
  readonly #make: (rows: readonly BoardRow[]) => Stepwise<T>;
  readonly #made = new WeakMap<readonly BoardRow[], T>();

  constructor(make: (rows: readonly BoardRow[]) => Stepwise<T>) {
    this.#make = make;
  }

  of(rows: readonly BoardRow[]): T {
    return runSteps(this.steps(rows));
  }

  *steps(rows: readonly BoardRow[]): Stepwise<T> {
    let made = this.#made.get(rows);
    if (made === undefined) {
      made = yield* this.#make(rows);
      this.#made.set(rows, made);
    }
    return made;
  }
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

export const rowTables = new OncePerRows<RowTable>(function* (rows) {
  const ends = new Float64Array(rows.length);
  const roles = new Uint8Array(rows.length);
  const layers = new Uint8Array(rows.length);
  for (const [index, row] of rows.entries()) {
    ends[index] = row.notAfterMs ?? Infinity;
    roles[index] = ROLE_INDEX.get(row.role) ?? 0;
    layers[index] = LAYERS.indexOf(row.layer);
    if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) yield;
  }
  return { ends, roles, layers };
});
