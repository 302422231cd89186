import type { Authority, AuthorityEntry, AuthorityId } from '../../pki/model/authority.ts';
import type { IssueRequest } from '../contract.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import { epochMs, SECOND_MS } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { listPlaceholders } from '../../pki/model/profile-placeholders.ts';
import { IDENTITY_PROFILE_IDS, listSigners, type Profile, type ProfileId } from '../../pki/model/profile.ts';
import type { CertificateTemplate } from '../../shared/certificates/certificate-template.ts';
import { issueCertificate } from '../../pki/issue/issue.ts';
import { newTemplate } from '../../pki/issue/profile-template.ts';
import { certificateEntry } from '../../pki/issue/rotate-ca.ts';
import { signRequest, type SigningReport } from '../../pki/issue/sign-request.ts';
import { algorithmFor, LONGEST_COMMON_NAME } from './create.ts';
import { openProfileSigner, openSigner, signerEntry, addEntry, addNewKey, type Keeping } from './kept.ts';
import { isAddress, isDnsName, isEndpoint, isHostName, isNodeName } from './names.ts';

/** Longer values cannot be names; messages show this many characters of them. */
const LONGEST_VALUE = 253;
const MOST_VALUES = 100;
const NO_VALUES = 'none';

export interface Issued {
  authority: Authority;
  entry: AuthorityEntry;
}

/**
 * Issues a certificate and stores its key. The validity is the requested one, or else the profile's, cut off at the end
 * of the CA.
 */
export function issueOperation(keeping: Keeping, request: IssueRequest): Promise<Issued> {
  const { ports, store } = keeping;
  const { authorityId } = request;
  return store.runInTurn(authorityId, async (authority) => {
    const profile = PROFILES[request.profile];
    const allowed = listSigners(profile);
    const issuer = request.issuer ?? allowed[0];
    if (allowed[0] === undefined || issuer === undefined)
      throw new ConsoleError('issue.profile-is-root', { profile: profile.id });
    if (!allowed.includes(issuer))
      throw new ConsoleError('issue.issuer-not-allowed', { profile: profile.id, issuer, allowed: allowed.join(', ') });
    const algorithm = algorithmFor(profile, request.keyAlgorithm);
    const ca = signerEntry(keeping, authority, issuer);
    const template = prepareTemplate(keeping, { profile, request, ca });
    const signer = await openSigner(keeping, authority, ca);
    const key = await ports.keys.generate(algorithm);
    const issued = issueCertificate(ports, { template, subjectSpki: key.spki, issuer: signer });
    return addNewKey(keeping, { authorityId, key }, async (keyFile) => {
      const entry = certificateEntry(ports, issued, { profile: profile.id, issuer: ca.id, keyFile });
      return { authority: await addEntry(keeping, authorityId, entry), entry };
    });
  });
}

function prepareTemplate(
  { ports }: Keeping,
  { profile, request, ca }: { profile: Profile; request: IssueRequest; ca: AuthorityEntry },
): CertificateTemplate {
  const { dns, ip } = request;
  checkValues(profile, request);
  const leftMs = epochMs(ca.facts.notAfter) - epochMs(ports.clock.now());
  const validityMs = checkValidity(request, ca, leftMs) ?? Math.min(profile.validityMs.value, leftMs);
  const template = newTemplate(ports, profile, request.values, validityMs);
  const { commonName } = template.subject;
  if ([...commonName].length > LONGEST_COMMON_NAME)
    throw new ConsoleError('issue.name-too-long', { text: commonName, longest: LONGEST_COMMON_NAME });
  const sans = { dns: [...new Set([...template.sans.dns, ...dns])], ip: [...new Set([...template.sans.ip, ...ip])] };
  // Certificates of cloud agent clients name their holder. Source: microsoft/moc, SignRequest.
  const isClient = IDENTITY_PROFILE_IDS.some((id) => id === profile.id);
  return { ...template, sans, moc: isClient ? { accessIdentity: commonName } : undefined };
}

function checkValues(profile: Profile, { values, dns, ip }: IssueRequest): void {
  const known = listPlaceholders(profile);
  for (const [value, texts = []] of Object.entries(values)) {
    if (!known.some(({ name }) => name === value))
      throw new ConsoleError('issue.value-unknown', {
        profile: profile.id,
        value,
        known: known.map(({ name }) => name).join(', ') || NO_VALUES,
      });
    checkTexts(value, texts, (text) => fits(value, text));
  }
  for (const { name, needed } of known) {
    const given = values[name]?.length ?? 0;
    if (needed && given !== 1) throw new ConsoleError('issue.value-missing', { profile: profile.id, value: name });
  }
  checkTexts('dns', dns, isDnsName);
  checkTexts('ip', ip, isAddress);
}

function checkTexts(value: string, texts: readonly string[], fitting: (text: string) => boolean): void {
  if (texts.length > MOST_VALUES) throw new ConsoleError('issue.too-many-values', { value, most: MOST_VALUES });
  const wrong = texts.find((text) => !fitting(text));
  if (wrong !== undefined)
    throw new ConsoleError('issue.value-invalid', { value, text: wrong.slice(0, LONGEST_VALUE) });
}

function fits(value: string, text: string): boolean {
  if (value.endsWith('-ip')) return isAddress(text);
  switch (value) {
    case 'node':
    case 'cluster':
      return isNodeName(text);
    case 'endpoint':
      return isEndpoint(text);
    case 'identity':
      return text.trim() === text && text !== '' && !/[\p{Cc}\p{Surrogate}]/u.test(text);
    default:
      return isHostName(text);
  }
}

function checkValidity({ validityMs }: IssueRequest, { facts }: AuthorityEntry, leftMs: number): number | undefined {
  if (validityMs === undefined) return undefined;
  const isWhole = validityMs > 0 && validityMs % SECOND_MS === 0;
  if (isWhole && validityMs <= leftMs) return validityMs;
  throw new ConsoleError('issue.validity-invalid', {
    reason: isWhole ? 'beyondAuthority' : 'notWhole',
    authority: facts.subject.text,
    notAfter: facts.notAfter,
  });
}

export interface SignedRequest extends Issued {
  report: SigningReport;
}

/** Signs a PKCS #10 request (DER). */
export function signRequestOperation(
  keeping: Keeping,
  request: { authorityId: AuthorityId; profile: ProfileId; der: Uint8Array; allowed?: readonly string[] | undefined },
): Promise<SignedRequest> {
  const { ports, store } = keeping;
  const { authorityId, allowed } = request;
  return store.runInTurn(authorityId, async (authority) => {
    const profile = PROFILES[request.profile];
    const { ca, signer } = await openProfileSigner(keeping, authority, profile);
    const report = signRequest(ports, { der: request.der, profile, authority: signer, allowed });
    const entry = certificateEntry(ports, report.issued, { profile: profile.id, issuer: ca.id, keyFile: null });
    return { authority: await addEntry(keeping, authorityId, entry), entry, report };
  });
}
