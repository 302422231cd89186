import type { BoardRow } from '../../core/inventory/model/board-row.ts';
import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';

/** The certificate of an API server in `retail-east`, unless `change` specifies otherwise. */
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
    lifetimeClass: 'kubernetes-leaf',
    search: `${name}\n${cluster}`.toLowerCase(),
    numbers: '',
    ...change,
  };
}

const FIELDS: Record<keyof BoardRow, true> = {
  ...{ id: true, clusterId: true, cluster: true, commandName: true, nameEvidence: true, sample: true, foreign: true },
  ...{
    kind: true,
    layer: true,
    role: true,
    name: true,
    issuer: true,
    lifetimeClass: true,
    search: true,
    numbers: true,
  },
  ...{ notBeforeMs: true, notAfterMs: true, firstReadMs: true, confirmedMs: true, assumed: true, refusals: true },
};

/** Everything that can be asked of a row, wherever it has it from. */
export function plainRow(row: BoardRow): BoardRow {
  return Object.fromEntries(
    Object.keys(FIELDS).map((field) => [field, row[field as keyof BoardRow]]),
  ) as unknown as BoardRow;
}
