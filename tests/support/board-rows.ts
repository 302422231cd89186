import type { BoardRow } from '../../core/expiry/model/board-row.ts';
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
