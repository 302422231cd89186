import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import { type Cluster, type Credential, type ForeignReason, allCredentials } from './credential.ts';

export function isOfPlatform({ role, layer }: Pick<Credential, 'role' | 'layer'>): boolean {
  return ROLES[role].isOutsidePlatform !== true || layer === 'moc';
}

/** Returns whether no part of a stored cluster belongs to the platform; formerly, every folder became a cluster. */
export function isAllForeign(cluster: Cluster): boolean {
  const { kind, revocations = [] } = cluster;
  return kind === 'kubernetes' && revocations.length === 0 && !allCredentials(cluster).some(isOfPlatform);
}

/** Nothing depends on these credentials, or an admin excluded them, so nobody is warned. */
const UNWATCHED: readonly ForeignReason[] = ['admin', 'copy', 'trust-bundle'];

export function isWatched(reason: ForeignReason): boolean {
  return !UNWATCHED.includes(reason);
}
