import type { NewAuthorityRequest } from '../contract.ts';
import { AUTHORITY_ROOTS, type Authority, type AuthorityEntry } from '../../pki/model/authority.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import type { KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Profile } from '../../pki/model/profile.ts';
import { newCloudAgentState } from '../../pki/identities/cloud-agent.ts';
import { issueCertificate, issueRoot, type SigningAuthority } from '../../pki/issue/issue.ts';
import { newTemplate, type ProfileValues } from '../../pki/issue/profile-template.ts';
import { certificateEntry } from '../../pki/issue/rotate-ca.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { Keeping } from './kept.ts';
import { isHostName } from './names.ts';

/** RS256. */
const TOKEN_KEY: KeyAlgorithm = 'rsa-2048';
/** Source: RFC 5280 appendix A.1, ub-common-name. */
export const LONGEST_COMMON_NAME = 64;

/**
 * Creates an authority with its roots, unlocked; for `moc` also the cloud agent's server certificate and token key.
 * Leaves nothing behind if a part fails.
 */
export async function createAuthority({ ports, store }: Keeping, request: NewAuthorityRequest): Promise<Authority> {
  const { name, kind, passphrase, keyAlgorithm, cloudAgentFqdn: fqdn = '' } = request;
  const roots = AUTHORITY_ROOTS[kind]
    .map((id) => PROFILES[id])
    .map((profile) => ({ profile, algorithm: algorithmFor(profile, keyAlgorithm) }));
  if (kind === 'moc') checkHostName(fqdn);
  const fill = async (keyring: Keyring): Promise<Pick<Authority, 'entries' | 'cloudAgent'>> => {
    const made: Made[] = [];
    for (const root of roots) made.push(await make(ports, keyring, root));
    const entries = made.map(({ entry }) => entry);
    const [ca] = made;
    if (kind !== 'moc' || ca === undefined) return { entries };
    const profile = PROFILES['cloud-agent-server'];
    const [algorithm] = profile.keyAlgorithms.value;
    const server = await make(ports, keyring, { profile, algorithm, values: { 'cloud-agent-fqdn': fqdn }, ca });
    entries.push(server.entry);
    const tokenKeyFile = await keyring.addKey(await ports.keys.generate(TOKEN_KEY));
    return { entries, cloudAgent: { state: newCloudAgentState(fqdn), tokenKeyFile } };
  };
  return store.create({ name, kind, passphrase, fill });
}

/**
 * Returns the requested algorithm; by default, the profile's first one. Throws `issue.key-not-allowed` if the profile
 * excludes the requested one.
 */
export function algorithmFor(profile: Profile, asked: KeyAlgorithm | undefined): KeyAlgorithm {
  const allowed = profile.keyAlgorithms.value;
  const algorithm = asked ?? allowed[0];
  if (allowed.includes(algorithm)) return algorithm;
  throw new ConsoleError('issue.key-not-allowed', { profile: profile.id, algorithm, allowed: allowed.join(', ') });
}

function checkHostName(name: string): void {
  const value = 'cloud-agent-fqdn';
  if (name === '') throw new ConsoleError('issue.value-missing', { profile: 'cloud-agent-server', value });
  if (!isHostName(name)) throw new ConsoleError('issue.value-invalid', { value, text: name });
  if (name.length > LONGEST_COMMON_NAME)
    throw new ConsoleError('issue.name-too-long', { text: name, longest: LONGEST_COMMON_NAME });
}

interface Made {
  signer: SigningAuthority;
  entry: AuthorityEntry;
}

/** Creates a key and its certificate; without `ca`, a root. */
async function make(
  ports: Keeping['ports'],
  keyring: Keyring,
  request: { profile: Profile; algorithm: KeyAlgorithm; values?: ProfileValues; ca?: Made },
): Promise<Made> {
  const { profile, algorithm, values = {}, ca } = request;
  const key = await ports.keys.generate(algorithm);
  const template = newTemplate(ports, profile, values);
  const issued = ca
    ? issueCertificate(ports, { template, subjectSpki: key.spki, issuer: ca.signer })
    : issueRoot(ports, { template, key });
  const keyFile = await keyring.addKey(key);
  const entry = certificateEntry(ports, issued, { profile: profile.id, issuer: ca?.entry.id ?? 'self', keyFile });
  return { signer: { ...issued, key }, entry };
}
