import type { KnownIssuers } from '../contract.ts';
import type { Ports } from '../../shared/ports.ts';
import { isIssuedByItself, Issuers } from './issuers.ts';
import type { CheckedSignatures } from './signatures.ts';
import { compareText } from './candidate.ts';
import { LongWork } from '../long-work.ts';
import { listCertificates, type CertificateCredential } from '../model/credential.ts';
import { clustersAndForeign, type InventoryStore } from '../store/inventory-store.ts';
import { isAuthority } from '../store/stored-certificate.ts';

/**
 * Finds out which authority in the inventory signed which certificate, by the signature itself. If several authorities
 * with one key fit, such as a renewed CA and its predecessor, the last end counts.
 */
export async function findKnownIssuers(
  { scheduler }: Pick<Ports, 'scheduler'>,
  signatures: CheckedSignatures,
  store: InventoryStore,
): Promise<KnownIssuers> {
  const work = new LongWork(scheduler);
  const all = new Map(
    clustersAndForeign(store).flatMap((cluster) => listCertificates(cluster).map((one) => [one.id, one] as const)),
  );
  const authorities = [...all.values()].filter(isAuthority).sort(compareEnds);
  const issuers = new Issuers(signatures, authorities);
  const certificates = [...all.values()];
  const questions = certificates.map((certificate) => ({ certificate, authorities: issuers.candidates(certificate) }));
  await signatures.checkAhead(work, questions);
  const found: KnownIssuers = { issuers: [] };
  for (const certificate of certificates) {
    await work.step();
    const isRoot = isIssuedByItself(certificate.facts) && signatures.state(certificate, certificate) === 'right';
    const issuer = isRoot ? certificate : issuers.findSigner(certificate);
    if (issuer !== undefined) found.issuers.push([certificate.id, issuer.id]);
  }
  return found;
}

function compareEnds(one: CertificateCredential, other: CertificateCredential): number {
  return compareText(other.facts.notAfter, one.facts.notAfter);
}
