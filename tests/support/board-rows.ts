import { fieldsHeld, type BoardRow } from '../../core/inventory/model/board-row.ts';
import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';

/** Returns the row of an API server in `retail-east`, with `change` applied. */
export function boardRow(change: Partial<BoardRow>): BoardRow {
  const { name = 'kube-apiserver', cluster = 'retail-east' } = change;
  return {
    id: name as CredentialId,
    clusterId: cluster as ClusterId,
    cluster,
    kind: 'certificate',
    layer: 'kubernetes',
    role: 'apiserver',
    name,
    issuer: 'kubernetes',
    assumed: false,
    endsWithIssuer: false,
    lifetimeClass: 'kubernetes-leaf',
    search: `${name}\n${cluster}`.toLowerCase(),
    numbers: '',
    ...change,
  };
}

const FIELDS: readonly (keyof BoardRow)[] = [
  ...(['id', 'clusterId', 'cluster', 'commandName', 'nameEvidence', 'sample', 'refusals'] as const),
  ...(['text', 'flag', 'word', 'moment'] as const).flatMap(fieldsHeld),
];

/** Copies every property of a row, whether or not the row is a plain object. */
export function plainRow(row: BoardRow): BoardRow {
  return Object.fromEntries(FIELDS.map((field) => [field, row[field]])) as unknown as BoardRow;
}
