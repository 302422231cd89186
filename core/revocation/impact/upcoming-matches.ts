import { rowKey } from '../../inventory/model/board-row.ts';
import type { Cluster, Credential } from '../../inventory/model/credential.ts';
import { listWellFormed } from '../choose/matches.ts';
import { MOST_FUTURE_ROWS, type FutureRow, type RevocationFuture } from '../model/view.ts';
import type { WrittenRevocations } from '../../formats/renew-revocation/draft-reader.ts';
import { futureMatches, type FutureMatch, type FutureRequest } from './upcoming-certificates.ts';

/** Finds renewals of the next four days that would be refused if all objects in the text were in force. */
export async function foresee(
  { objects }: WrittenRevocations,
  request: Omit<FutureRequest, 'object'>,
): Promise<RevocationFuture> {
  const placed = listWellFormed(objects);
  const places = placed.map(({ objectIndex, entryIndex }) => ({ objectIndex, entryIndex }));
  const object = { name: '', namespace: '', entries: placed.map(({ entry }) => entry) };
  const matches = await futureMatches({ object, ...request });
  const counts = new Map<number, number>();
  for (const { entries } of matches) for (const at of entries) counts.set(at, (counts.get(at) ?? 0) + 1);
  const named = listNames(request.clusters, matches);
  const rows = matches
    .map((match): FutureRow => {
      const { clusterId, id, at, entries } = match;
      const { cluster = '', name = '', role = 'unknown' } = named.get(rowKey(match)) ?? {};
      return { clusterId, id, cluster, name, role, at, entries: entries.flatMap((index) => places[index] ?? []) };
    })
    .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  return {
    total: rows.length,
    rows: rows.slice(0, MOST_FUTURE_ROWS),
    byEntry: places.flatMap((place, at) => {
      const count = counts.get(at);
      return count === undefined ? [] : { ...place, count };
    }),
  };
}

type Named = Pick<Credential, 'name' | 'role'> & { cluster: string };

function listNames(clusters: readonly Cluster[], matches: readonly FutureMatch[]): Map<string, Named> {
  const wanted = new Set(matches.map(rowKey));
  const named = new Map<string, Named>();
  for (const { id: clusterId, name: cluster, credentials } of clusters)
    for (const { id, name, role } of credentials) {
      const key = rowKey({ clusterId, id });
      if (wanted.has(key)) named.set(key, { cluster, name, role });
    }
  return named;
}

function sortKey({ at, cluster, name, id }: FutureRow): string {
  return `${at}\0${cluster}\0${name}\0${id}`;
}
