import { findBaseName } from '../../plan/model/cluster-name.ts';
import type { Cluster } from '../model/credential.ts';
import type { ClusterCertificate } from './known-certificates.ts';

/** What an admin calls a cluster: a second one of the same name is told apart by an ending. */
export function baseName({ name }: Pick<Cluster, 'name'>): string {
  return findBaseName(name) ?? name;
}

/** In two clusters of one kind: what is of a sample has nothing to do with the rest. */
export function areApart(one: ClusterCertificate, other: ClusterCertificate): boolean {
  return one.cluster.id !== other.cluster.id && one.cluster.sample === other.cluster.sample;
}
