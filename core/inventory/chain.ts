import type { ChainLink } from './contract.ts';
import type { CredentialId } from '../shared/ids.ts';
import { type CertificateCredential, type Cluster, listCertificates } from './model/credential.ts';
import { compareEnds, Issuers, MAX_LINKS } from './assign/issuers.ts';
import type { CheckedSignatures } from './assign/signatures.ts';
import { isAuthority } from './store/stored-certificate.ts';
import { shortName } from './store/rows.ts';

interface Held extends CertificateCredential {
  cluster: Cluster;
}

/** Lists issuers, the nearest first, up to a root, an unknown issuer or an invalid signature. */
export function buildChain(
  signatures: CheckedSignatures,
  clusters: readonly Cluster[],
  certificate: CertificateCredential,
): ChainLink[] {
  const issuers = new Issuers(signatures, authoritiesIn(clusters));
  const links: ChainLink[] = [];
  const seen = new Set<CredentialId>();
  let below = certificate;
  while (links.length < MAX_LINKS && !seen.has(below.id)) {
    seen.add(below.id);
    if (issuers.isRoot(below)) {
      return links.length > 0 ? links : [selfLink(clusters, below)];
    }
    const signer = issuers.findSigner(below);
    const shown = signer ?? issuers.candidates(below)[0];
    if (shown === undefined) {
      links.push({ name: shortName(below.facts.issuer), signature: 'issuer-not-known' });
      return links;
    }
    links.push(linkTo(shown, signer === undefined ? 'failed' : 'verified'));
    if (signer === undefined) return links;
    below = signer;
  }
  return links;
}

/** Includes replaced authorities, whose signatures remain valid. Of several with one key, the last end comes first. */
function authoritiesIn(clusters: readonly Cluster[]): Held[] {
  const held = clusters.flatMap((cluster) =>
    listCertificates(cluster)
      .filter(isAuthority)
      .map((certificate) => ({ ...certificate, cluster })),
  );
  return held.sort(compareEnds);
}

function linkTo({ facts, id, cluster }: Held, signature: ChainLink['signature']): ChainLink {
  return {
    name: facts.subject.text === '' ? facts.serialHex : shortName(facts.subject),
    credentialId: id,
    clusterId: cluster.id,
    notAfter: facts.notAfter,
    signature,
  };
}

function selfLink(clusters: readonly Cluster[], certificate: CertificateCredential): ChainLink {
  const cluster = clusters.find(({ credentials }) => credentials.some(({ id }) => id === certificate.id));
  const { facts, id } = certificate;
  return {
    name: shortName(facts.subject),
    credentialId: id,
    clusterId: cluster?.id,
    notAfter: facts.notAfter,
    signature: 'self-signed',
  };
}
