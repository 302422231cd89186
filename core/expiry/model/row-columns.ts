import type { ForeignReason } from '../../inventory/model/credential.ts';
import type { LifetimeClassId } from '../../knowledge/model/credentials/lifetimes.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { NamedCluster } from '../../plan/model/command-name.ts';
import type { RenewalRefusal } from '../../revocation/model/renewal-refusal.ts';
import type { CredentialId, CredentialKind, Layer } from '../../shared/ids.ts';
import type { BoardRow } from './board-row.ts';

/**
 * The rows of one cluster as a text and two arrays of numbers. On its way to the page an object for each row would be copied twice,
 * field by field, which takes many times as long.
 */
export interface RowColumns {
  /** The distinct texts of all rows, one after the other. */
  text: string;
  /** Where each of them ends in `text`. */
  ends: Uint32Array;
  /** Some numbers for each row, in one order: moments, and places in `ends`; `NaN` for what it does not have. */
  cells: Float64Array;
  /** By the place of the row; most inventories have none. */
  refusals?: readonly (readonly [place: number, readonly RenewalRefusal[]])[];
}

/** The rows of a cluster, with what they have in common. */
export interface PackedCluster extends NamedCluster, Pick<BoardRow, 'clusterId' | 'sample'> {
  columns: RowColumns;
}

const MOMENTS = ['notBeforeMs', 'notAfterMs', 'firstReadMs', 'confirmedMs'] as const;

/** All rows are of one cluster; `unpackRows` makes the same ones again. */
export function packRows(rows: readonly BoardRow[]): RowColumns {
  const places = new Map<string, number>();
  const cells: number[] = [];
  const refusals: (readonly [number, readonly RenewalRefusal[]])[] = [];
  const put = (value: number | undefined): void => void cells.push(value ?? NaN);
  const putText = (text: string | undefined): void => {
    let place = text === undefined ? undefined : places.get(text);
    if (place === undefined && text !== undefined) places.set(text, (place = places.size));
    put(place);
  };
  for (const [index, row] of rows.entries()) {
    for (const text of [row.id, row.foreign, row.kind, row.layer, row.role]) putText(text);
    for (const text of [row.name, row.issuer, row.lifetimeClass, row.search]) putText(text);
    // They begin with the id.
    putText(row.numbers.slice(row.id.length));
    put(row.assumed ? 1 : 0);
    for (const field of MOMENTS) put(row[field]);
    if (row.refusals !== undefined) refusals.push([index, row.refusals]);
  }
  const ends = new Uint32Array(places.size);
  let end = 0;
  for (const [text, place] of places) ends[place] = end += text.length;
  return {
    text: [...places.keys()].join(''),
    ends,
    cells: Float64Array.from(cells),
    ...(refusals.length > 0 && { refusals }),
  };
}

export function unpackRows({ columns, ...of }: PackedCluster): BoardRow[] {
  const { text, ends, cells, refusals } = columns;
  const { clusterId, name: cluster, commandName, nameEvidence, sample } = of;
  const refused = new Map(refusals);
  const texts = Array.from(ends, (end, place) => text.slice(ends[place - 1] ?? 0, end));
  const rows: BoardRow[] = [];
  let next = 0;
  const take = (): number => cells[next++]!;
  const takeText = (): string | undefined => texts[take()];
  while (next < cells.length) {
    const id = takeText()! as CredentialId;
    const foreign = takeText() as ForeignReason | undefined;
    const row: BoardRow = {
      id,
      clusterId,
      cluster,
      kind: takeText()! as CredentialKind,
      layer: takeText()! as Layer,
      role: takeText()! as RoleId,
      name: takeText()!,
      issuer: takeText()!,
      lifetimeClass: takeText()! as LifetimeClassId,
      search: takeText()!,
      numbers: id + takeText()!,
      assumed: take() === 1,
    };
    for (const field of MOMENTS) {
      const moment = take();
      if (!Number.isNaN(moment)) row[field] = moment;
    }
    if (commandName !== undefined) row.commandName = commandName;
    if (nameEvidence !== undefined) row.nameEvidence = nameEvidence;
    if (foreign !== undefined) row.foreign = foreign;
    if (sample) row.sample = sample;
    const ofRow = refused.get(rows.length);
    if (ofRow !== undefined) row.refusals = ofRow;
    rows.push(row);
  }
  return rows;
}
