import { PROFILES } from '../../pki/model/profiles.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { Profile } from '../../pki/model/profile.ts';
import type { CertificateTemplate } from '../../shared/certificates/certificate-template.ts';
import { buildProfileTemplate } from '../../pki/issue/profile-template.ts';
import { newSerial } from '../../pki/issue/serial.ts';
import type { AuthorityWish, LeafWish } from './creation-spec.ts';
import type { CreatePorts } from './found-files.ts';

type TemplatePorts = Pick<CreatePorts, 'clock' | 'keys'>;

/** The contents of a new root. */
export function authorityTemplate(ports: TemplatePorts, wish: AuthorityWish): CertificateTemplate {
  return filled(ports, wish);
}

/**
 * The contents of a new certificate under an issuer; it does not outlive the issuer, after which nobody would accept
 * it.
 */
export function leafTemplate(
  ports: TemplatePorts,
  wish: LeafWish,
  issuer: Pick<CertificateFacts, 'notAfter'>,
): CertificateTemplate {
  const template = filled(ports, wish);
  const { notAfter } = template;
  return {
    ...template,
    notAfter: notAfter > issuer.notAfter ? issuer.notAfter : notAfter,
    ...(wish.identity !== undefined && { moc: { accessIdentity: wish.identity } }),
  };
}

function filled(
  { clock, keys }: TemplatePorts,
  { profile: id, subject, sans, validityMs }: AuthorityWish | LeafWish,
): CertificateTemplate {
  const profile = PROFILES[id];
  const template = buildProfileTemplate({
    profile: unnamed(profile),
    values: {},
    serialHex: newSerial(keys, profile.serialBits.value),
    now: clock.now(),
    validityMs: validityMs.value,
  });
  return { ...template, subject, sans };
}

/** Names were filled in when the specification was read; text in them that looks like a placeholder is not one. */
function unnamed(profile: Profile): Profile {
  return {
    ...profile,
    subject: { ...profile.subject, value: { commonName: '', organizations: [] } },
    sans: { ...profile.sans, value: { dns: [], ip: [] } },
  };
}
