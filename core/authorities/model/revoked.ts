import type { RevokedSerial } from '../../revocation/model/view.ts';
import { SECOND_MS } from '../../shared/instant.ts';
import type { AuthorityTree } from './view.ts';

/** Lists the revoked certificates of an authority, except expired ones, which nobody accepts anyway. */
export function listRevoked(
  { name: cluster, rows }: Pick<AuthorityTree, 'name' | 'rows'>,
  now: number,
): RevokedSerial[] {
  return rows
    .filter(({ revoked, notAfterMs }) => revoked !== undefined && now < notAfterMs + SECOND_MS)
    .map(({ serialHex, name, exempt }) => ({ serialHex, name, cluster, exempt }));
}
