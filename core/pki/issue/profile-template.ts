import { instantFromMs, epochMs, type Instant } from '../../shared/instant.ts';
import { ipBytes } from '../../shared/ip-address.ts';
import type { Ports } from '../../shared/ports.ts';
import type { Profile } from '../model/profile.ts';
import type { PlaceholderName } from '../model/profile-placeholders.ts';
import type {
  CertificateTemplate,
  MocTemplate,
  SansTemplate,
  SubjectTemplate,
} from '../../shared/certificates/certificate-template.ts';
import { newSerial } from './serial.ts';

/** An empty list omits the SAN. */
export type ProfileValues = Partial<Record<PlaceholderName, string | readonly string[]>>;

interface TemplateRequest {
  profile: Profile;
  /** Replaces the profile's validity. */
  validityMs?: number;
  moc?: MocTemplate;
}

interface Issuance {
  serialHex: string;
  now: Instant;
}

interface Names {
  subject: SubjectTemplate;
  sans: SansTemplate;
}

const PLACEHOLDER = /<([a-z-]+)>/gu;

export function buildProfileTemplate({
  values,
  ...request
}: TemplateRequest & Issuance & { values: ProfileValues }): CertificateTemplate {
  return buildTemplate({ ...request, ...fillNames(request.profile, values) });
}

/** Returns a template for issuance now. Names are literal even if they look like placeholders. */
export function buildNamedTemplate(
  { clock, keys }: Pick<Ports, 'clock' | 'keys'>,
  request: TemplateRequest & Names,
): CertificateTemplate {
  const serialHex = newSerial(keys, request.profile.serialBits.value);
  return buildTemplate({ ...request, serialHex, now: clock.now() });
}

export function newTemplate(
  ports: Pick<Ports, 'clock' | 'keys'>,
  profile: Profile,
  values: ProfileValues,
  validityMs?: number,
): CertificateTemplate {
  return buildNamedTemplate(ports, { profile, ...fillNames(profile, values), validityMs });
}

/**
 * Adds the profile's period and usages to the names. Validity is measured from issuance to `notAfter`, inclusive, as
 * with Go's signers; backdating lengthens the period.
 */
function buildTemplate(request: TemplateRequest & Issuance & Names): CertificateTemplate {
  const { profile, validityMs = profile.validityMs.value, now, ...names } = request;
  const issuedAt = epochMs(now);
  return {
    ...names,
    notBefore: instantFromMs(issuedAt - profile.backdatingMs.value),
    notAfter: instantFromMs(issuedAt + validityMs),
    keyUsage: profile.keyUsage.value,
    extendedKeyUsage: profile.extendedKeyUsage.value,
    isCa: profile.issuer.value === 'self',
  };
}

export function fillNames({ subject, sans }: Profile, values: ProfileValues): Names {
  const { commonName, organizations } = subject.value;
  const all = [...sans.value.dns, ...sans.value.ip].flatMap((each) => fillPlaceholders(each, values));
  const dns: string[] = [];
  const ip: string[] = [];
  for (const name of new Set(all)) (ipBytes(name) === undefined ? dns : ip).push(name);
  return {
    subject: {
      commonName: fillSingle(commonName, values),
      organizations: organizations.map((each) => fillSingle(each, values)),
    },
    sans: { dns, ip },
  };
}

function fillSingle(text: string, values: ProfileValues): string {
  const [only, ...more] = fillPlaceholders(text, values);
  if (only === undefined || more.length > 0)
    throw new Error(`a subject needs exactly one value for each placeholder: ${text}`);
  return only;
}

function fillPlaceholders(text: string, values: ProfileValues): string[] {
  if (!text.includes('<')) return [text];
  let texts = [text];
  for (const [placeholder, name = ''] of text.matchAll(PLACEHOLDER)) {
    const value = values[name as keyof ProfileValues] ?? [];
    const choices = typeof value === 'string' ? [value] : value;
    texts = texts.flatMap((each) => choices.map((choice) => each.replace(placeholder, choice)));
  }
  return texts;
}
