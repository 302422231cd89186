import { PROFILES } from '../../pki/model/profiles.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { CertificateTemplate } from '../../shared/certificates/certificate-template.ts';
import { buildNamedTemplate } from '../../pki/issue/profile-template.ts';
import { newSerial } from '../../pki/issue/serial.ts';
import type { AuthorityWish, LeafWish } from './creation-spec.ts';
import type { CreatePorts } from './found-files.ts';

/** A leaf is still to be limited by its issuer. */
export function authorityTemplate(
  { clock, keys }: Pick<CreatePorts, 'clock' | 'keys'>,
  { profile: id, subject, sans, validityMs }: AuthorityWish | LeafWish,
): CertificateTemplate {
  const profile = PROFILES[id];
  const serialHex = newSerial(keys, profile.serialBits.value);
  return buildNamedTemplate({ profile, subject, sans, serialHex, now: clock.now(), validityMs: validityMs.value });
}

/** Does not outlive the issuer, since nobody would accept it then. */
export function leafTemplate(
  ports: Pick<CreatePorts, 'clock' | 'keys'>,
  wish: LeafWish,
  issuer: Pick<CertificateFacts, 'notAfter'>,
): CertificateTemplate {
  const template = authorityTemplate(ports, wish);
  return {
    ...template,
    notAfter: template.notAfter > issuer.notAfter ? issuer.notAfter : template.notAfter,
    moc: wish.identity === undefined ? undefined : { accessIdentity: wish.identity },
  };
}
