import type { KnownIssuers } from '../contract.ts';
import type { Ports } from '../../shared/ports.ts';
import { compareEnds, Issuers } from './issuers.ts';
import type { CheckedSignatures } from './signatures.ts';
import type { CredentialId } from '../../shared/ids.ts';
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
  const all = new Map<CredentialId, CertificateCredential>();
  for (const cluster of clustersAndForeign(store)) {
    await work.pause();
    for (const certificate of listCertificates(cluster)) all.set(certificate.id, certificate);
  }
  const authorities = [...all.values()].filter(isAuthority).sort(compareEnds);
  const issuers = new Issuers(signatures, authorities);
  const certificates = [...all.values()];
  const questions = certificates.map((certificate) => ({ certificate, authorities: issuers.candidates(certificate) }));
  await signatures.checkAhead(work, questions);
  const found: KnownIssuers = { issuers: [] };
  for (const certificate of certificates) {
    await work.step();
    const issuer = issuers.isRoot(certificate) ? certificate : issuers.findSigner(certificate);
    if (issuer !== undefined) found.issuers.push([certificate.id, issuer.id]);
  }
  return found;
}
