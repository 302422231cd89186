import { epochMs, instantFromMs, SECOND_MS, type Instant } from '../../shared/instant.ts';
import type { CertificateState, DeploymentState } from '../../simulation/state.ts';

/**
 * Returns the deployment with all dates of certificates and tokens drawn closer to now, so that every lifetime and
 * every age is shorter in the proportion of `pace`. Rounds to whole seconds, since certificates have no fractions.
 */
export function paceDeployment(state: DeploymentState, pace: number): DeploymentState {
  if (pace === 1) return state;
  const nowMs = epochMs(state.now);
  const draw = (moment: Instant): Instant =>
    instantFromMs(Math.round((nowMs + (epochMs(moment) - nowMs) / pace) / SECOND_MS) * SECOND_MS);
  const drawCertificate = (record: CertificateState): CertificateState => ({
    ...record,
    notBefore: draw(record.notBefore),
    notAfter: draw(record.notAfter),
    issuedAt: draw(record.issuedAt),
    ...(record.original && {
      original: {
        ...record.original,
        notBefore: draw(record.original.notBefore),
        notAfter: draw(record.original.notAfter),
      },
    }),
  });
  return {
    ...state,
    certificates: state.certificates.map(drawCertificate),
    identities: state.identities.map((identity) => ({
      ...identity,
      token: { ...identity.token, issuedAt: draw(identity.token.issuedAt), expiresAt: draw(identity.token.expiresAt) },
    })),
  };
}
