import { instantFromMs, epochMs, type Instant } from '../../shared/instant.ts';
import { ipBytes } from '../../shared/ip-address.ts';
import type { Ports } from '../../shared/ports.ts';
import type { Profile } from '../model/profile.ts';
import type {
  CertificateTemplate,
  MocTemplate,
  SansTemplate,
  SubjectTemplate,
} from '../../shared/certificates/certificate-template.ts';
import { newSerial } from './serial.ts';

/** Placeholders without brackets. An empty list omits the SAN. */
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

interface TemplateRequest {
  profile: Profile;
  serialHex: string;
  now: Instant;
  /** Replaces the profile's validity. */
  validityMs?: number;
  moc?: MocTemplate;
}

const PLACEHOLDER = /<([a-z-]+)>/gu;

/**
 * Fills in a profile. The validity period starts at issuance, so backdating extends it; it includes `notAfter` itself,
 * as with Go's signers.
 */
export function buildProfileTemplate({
  values,
  ...request
}: TemplateRequest & { values: ProfileValues }): CertificateTemplate {
  const { profile } = request;
  const { commonName, organizations } = profile.subject.value;
  const subject = {
    commonName: fillSingle(commonName, values),
    organizations: organizations.map((each) => fillSingle(each, values)),
  };
  return buildNamedTemplate({ ...request, subject, sans: getSans(profile, values) });
}

/** Takes names literally, even if they look like placeholders. */
export function buildNamedTemplate(
  request: TemplateRequest & { subject: SubjectTemplate; sans: SansTemplate },
): CertificateTemplate {
  const { profile, validityMs = profile.validityMs.value, serialHex, subject, sans, now, moc } = request;
  const issuedAt = epochMs(now);
  return {
    serialHex,
    subject,
    sans,
    notBefore: instantFromMs(issuedAt - profile.backdatingMs.value),
    notAfter: instantFromMs(issuedAt + validityMs),
    keyUsage: profile.keyUsage.value,
    extendedKeyUsage: profile.extendedKeyUsage.value,
    isCa: profile.issuer.value === 'self',
    moc,
  };
}

/** Returns a template issued now. */
export function newTemplate(
  { clock, keys }: Pick<Ports, 'clock' | 'keys'>,
  profile: Profile,
  values: ProfileValues,
  validityMs?: number,
): CertificateTemplate {
  const serialHex = newSerial(keys, profile.serialBits.value);
  return buildProfileTemplate({ profile, values, serialHex, now: clock.now(), validityMs });
}

/** Sorts endpoints into names and addresses. */
function getSans({ sans }: Profile, values: ProfileValues): SansTemplate {
  const all = [...sans.value.dns, ...sans.value.ip].flatMap((each) => fillPlaceholders(each, values));
  const dns: string[] = [];
  const ip: string[] = [];
  for (const name of new Set(all)) (ipBytes(name) === undefined ? dns : ip).push(name);
  return { dns, ip };
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
