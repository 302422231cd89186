import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import { findDistribution } from '../../knowledge/model/credentials/other-distributions.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { type Cluster, type Credential, type ForeignReason, type Placement, allCredentials } from './credential.ts';

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

export function foreignReasons(
  { credentials }: Cluster,
  placements: readonly Placement[],
): ReadonlyMap<CredentialId, ForeignReason> {
  const placed = new Set(placements.map(({ credentialId }) => credentialId));
  const authorities = new Map<string, number>();
  for (const credential of credentials) {
    if (!isAuthority(credential)) continue;
    for (const { path } of credential.sources) authorities.set(path, (authorities.get(path) ?? 0) + 1);
  }
  const isInBundle = ({ sources }: Credential): boolean => sources.some(({ path }) => (authorities.get(path) ?? 0) > 1);
  return new Map(
    credentials.map((credential) => {
      const reason: ForeignReason = placed.has(credential.id)
        ? 'admin'
        : isOfOtherDistribution(credential)
          ? 'other-distribution'
          : isOfPlatform(credential)
            ? 'copy'
            : isAuthority(credential) && isInBundle(credential)
              ? 'trust-bundle'
              : isOfServiceMesh(credential)
                ? 'service-mesh'
                : 'unrelated';
      return [credential.id, reason];
    }),
  );
}

function isOfOtherDistribution(credential: Credential): boolean {
  const names = credential.kind === 'certificate' ? [credential.facts.issuer.cn ?? ''] : [];
  const paths = credential.sources.map(({ path }) => path);
  const kubeconfig = credential.sources.flatMap(({ entry }) => /^(?:clusters|users)\[(.+)\]\./u.exec(entry)?.[1] ?? []);
  return findDistribution({ names, paths, kubeconfig }) !== undefined;
}

function isAuthority(credential: Credential): boolean {
  return credential.kind === 'certificate' && credential.facts.isCa;
}

/** SPIFFE, "The X.509 SPIFFE Verifiable Identity Document": one URI has the scheme `spiffe`. */
function isOfServiceMesh(credential: Credential): boolean {
  return credential.kind === 'certificate' && credential.facts.sans.uri.some((uri) => /^spiffe:\/\//iu.test(uri));
}
