import { Future } from '../../simulation/future.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import { DAY_MS, HOUR_MS, instantFromMs, epochMs, type Instant } from '../../shared/instant.ts';
import { RevocationIndex } from '../../shared/renew-revocation/match.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import { copyAlone, findRealCertificate, type CopyRequest } from '../dry-run/cluster-model.ts';

export interface FutureMatch {
  clusterId: ClusterId;
  id: CredentialId;
  at: Instant;
  entries: readonly number[];
}

export interface FutureRequest extends Pick<CopyRequest, 'clusters' | 'now'> {
  object: RenewRevocation;
  pause: () => Promise<void>;
}

/**
 * Within this time, a four-day certificate is renewed at least once. Entries affect no certificates with a longer life.
 */
const HORIZON_MS = 4 * DAY_MS + HOUR_MS;

/**
 * Returns matches among the certificates that the simulation, without the object, issues in the next four days. A new
 * certificate equals the previous one except for its serial number and start.
 */
export async function futureMatches(request: FutureRequest): Promise<FutureMatch[]> {
  const { clusters, now, object, pause } = request;
  const index = new RevocationIndex([object]);
  const until = instantFromMs(epochMs(now) + HORIZON_MS);
  const found: FutureMatch[] = [];
  for (const cluster of clusters) {
    if (cluster.kind === 'moc') continue;
    const copy = copyAlone(cluster, now);
    const future = new Future(copy.state);
    await future.advanceTo(until, pause);
    const seen = new Set<CredentialId>();
    for (const { kind, at, certificate, params } of future.events) {
      const real = findRealCertificate(copy, certificate);
      if (kind !== 'certificate-renewed' || real?.clusterId !== cluster.id) continue;
      const { id, facts } = real.credential;
      if (seen.has(id)) continue;
      seen.add(id);
      const profile = PROFILES[params.profile as ProfileId];
      const matches = index.match({
        serialHex: '',
        groups: facts.subject.o,
        dns: facts.sans.dns,
        ip: facts.sans.ip,
        notBefore: instantFromMs(epochMs(at) - profile.backdatingMs.value),
        exempt: profile.revokedBy.value !== 'RenewRevocation',
      });
      if (matches.length > 0)
        found.push({ clusterId: cluster.id, id, at, entries: matches.map(({ entryIndex }) => entryIndex) });
    }
    await pause();
  }
  return found;
}
