import { findBaseName } from '../../plan/model/cluster-name.ts';
import type { HeldCertificate } from './known-certificates.ts';

/** What an admin calls the cluster: a second one of the same name is told apart by an ending. */
export function givenName({ cluster }: HeldCertificate): string {
  return findBaseName(cluster.name) ?? cluster.name;
}

/** In two clusters of one kind: what is of a sample has nothing to do with the rest. */
export function areApart(one: HeldCertificate, other: HeldCertificate): boolean {
  return one.cluster.id !== other.cluster.id && one.cluster.sample === other.cluster.sample;
}
