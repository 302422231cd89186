import type { Authority, AuthorityEntry } from '../../pki/model/authority.ts';
import type { CloudAgentState } from '../../pki/model/identity.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { trustedCas } from '../../pki/model/rotation.ts';
import { findRotation } from '../../pki/issue/ca-rotation.ts';
import type { CloudAgent } from '../../pki/identities/cloud-agent.ts';
import { signerEntry, openSigner, type Keeping } from './kept.ts';

/** The cloud agent with the CA that signs now. The caller stores its new state. */
export async function readAgent(
  keeping: Keeping,
  authority: Authority,
): Promise<{ agent: CloudAgent; ca: AuthorityEntry }> {
  const { ports, store } = keeping;
  const { cloudAgent, id, name } = authority;
  if (cloudAgent === undefined) throw new ConsoleError('authority.not-cloud-agent', { authority: name });
  const { state, tokenKeyFile } = cloudAgent;
  if (tokenKeyFile === null) throw new ConsoleError('authority.key-elsewhere', { name: state.fqdn });
  const ca = signerEntry(keeping, authority, 'cloud-agent-ca');
  const signer = await openSigner(keeping, authority, ca);
  const tokenKey = await store.keyring(id).key(tokenKeyFile);
  const rotation = findRotation(authority.entries, ports.clock.now());
  const trusted = rotation === undefined ? [signer] : trustedCas(rotation);
  return { agent: { state, signer, trusted, tokenKey }, ca };
}

export function withAgentState(authority: Authority, state: CloudAgentState): Authority {
  const { cloudAgent } = authority;
  return cloudAgent === undefined ? authority : { ...authority, cloudAgent: { ...cloudAgent, state } };
}
