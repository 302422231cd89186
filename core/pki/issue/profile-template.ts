import { instantFromMs, toMilliseconds, type Instant } from '../../shared/instant.ts';
import { ipBytes } from '../../shared/ip-address.ts';
import type { Profile } from '../model/profile.ts';
import type { CertificateTemplate, MocTemplate } from '../../shared/certificates/certificate-template.ts';

/** Values of the placeholders in a profile, by name without the brackets; an empty list omits the SAN. */
export type ProfileValues = Partial<
  Record<
    | 'cluster'
    | 'node'
    | 'host'
    | 'identity'
    | 'cloud-agent-fqdn'
    | 'node-ip'
    | 'host-ip'
    | 'service-ip'
    | 'endpoint'
    | 'service-domain',
    string | readonly string[]
  >
>;

export interface ProfileRequest {
  profile: Profile;
  values: ProfileValues;
  serialHex: string;
  now: Instant;
  /** Replaces the profile's own. */
  validityMs?: number;
  moc?: MocTemplate;
}

const PLACEHOLDER = /<([a-z-]+)>/gu;

/**
 * The certificate contents that a profile prescribes, for one holder at one instant. The validity period counts from
 * the time of issuance, so that backdating makes it longer, and includes `notAfter` itself, as with Go's signers. A
 * placeholder in the subject without a value is a bug and throws.
 */
export function buildProfileTemplate(request: ProfileRequest): CertificateTemplate {
  const { profile, values, serialHex, now, moc } = request;
  const { commonName, organizations } = profile.subject.value;
  const issuedAt = toMilliseconds(now);
  const validityMs = request.validityMs ?? profile.validityMs.value;
  const isCa = profile.issuer.value === 'self';
  return {
    serialHex,
    subject: {
      commonName: filledOnce(commonName, values),
      organizations: organizations.map((each) => filledOnce(each, values)),
    },
    sans: getSans(profile, values),
    notBefore: instantFromMs(issuedAt - profile.backdatingMs.value),
    notAfter: instantFromMs(issuedAt + validityMs),
    keyUsage: profile.keyUsage.value,
    extendedKeyUsage: profile.extendedKeyUsage.value,
    isCa,
    moc,
  };
}

/** Names and addresses by kind: an endpoint may be either. Each once, in the profile's order. */
function getSans({ sans }: Profile, values: ProfileValues): CertificateTemplate['sans'] {
  const all = [...sans.value.dns, ...sans.value.ip].flatMap((each) => filled(each, values));
  const dns: string[] = [];
  const ip: string[] = [];
  for (const name of new Set(all)) (ipBytes(name) === undefined ? dns : ip).push(name);
  return { dns, ip };
}

function filledOnce(text: string, values: ProfileValues): string {
  const [only, ...more] = filled(text, values);
  if (only === undefined || more.length > 0)
    throw new Error(`a subject needs exactly one value for each placeholder: ${text}`);
  return only;
}

/** Every way to fill in the placeholders of a text. */
function filled(text: string, values: ProfileValues): string[] {
  if (!text.includes('<')) return [text];
  let texts = [text];
  for (const [placeholder, name = ''] of text.matchAll(PLACEHOLDER)) {
    const value = values[name as keyof ProfileValues] ?? [];
    const choices = typeof value === 'string' ? [value] : value;
    texts = texts.flatMap((each) => choices.map((choice) => each.replace(placeholder, choice)));
  }
  return texts;
}
