import { findBaseName } from '../../plan/model/cluster-name.ts';
import type { Cluster } from '../model/credential.ts';
import type { ClusterCertificate } from './known-certificates.ts';

/** Returns the name that an admin uses for a cluster, without the suffix that distinguishes a second cluster. */
export function baseName({ name }: Pick<Cluster, 'name'>): string {
  return findBaseName(name) ?? name;
}

/** Whether the certificates belong to two clusters of one kind. Sample and real clusters are unrelated. */
export function areApart(one: ClusterCertificate, other: ClusterCertificate): boolean {
  return one.cluster.id !== other.cluster.id && one.cluster.sample === other.cluster.sample;
}
