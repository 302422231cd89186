import { findBaseName } from '../../plan/model/cluster-name.ts';
import type { Cluster } from '../model/credential.ts';
import type { ClusterCertificate } from './known-certificates.ts';

/** The name that an admin uses for a cluster: an ending tells a second one of the same name apart. */
export function baseName({ name }: Pick<Cluster, 'name'>): string {
  return findBaseName(name) ?? name;
}

/** Whether they belong to two clusters of one kind. Sample and real clusters have nothing to do with each other. */
export function areApart(one: ClusterCertificate, other: ClusterCertificate): boolean {
  return one.cluster.id !== other.cluster.id && one.cluster.sample === other.cluster.sample;
}
