import type { CloudAgentState, Identity } from '../model/identity.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Ports, PrivateKey } from '../../shared/ports.ts';
import type { IssuedCertificate, SigningAuthority } from '../issue/issue.ts';

/**
 * A cloud agent in operation: what it remembers, and the certificates and keys passed to it. Operations take one and
 * return a new `state`; keys stay with their holders.
 */
export interface CloudAgent {
  state: CloudAgentState;
  /** The CA that signs. */
  signer: SigningAuthority;
  /** Every CA whose certificates are accepted; two of them during a CA rotation. */
  trusted: readonly IssuedCertificate[];
  /** RSA: signs the tokens. */
  tokenKey: PrivateKey;
}

export type CloudAgentPorts = Pick<Ports, 'clock' | 'crypto' | 'keys'>;

/** Source: Microsoft documentation, Set-AksHciConfig, default ports of the cloud agent. */
const CLOUD_AGENT_PORT = 55_000;
const CLOUD_AGENT_AUTH_PORT = 65_000;

/** A cloud agent without identities, in the default location of Set-AksHciConfig. */
export function newCloudAgentState(fqdn: string): CloudAgentState {
  return {
    fqdn,
    location: 'MocLocation',
    port: CLOUD_AGENT_PORT,
    authPort: CLOUD_AGENT_AUTH_PORT,
    identities: [],
    roles: [],
    assignments: [],
  };
}

/** The identity with exactly that name; `identity.unknown` when there is none. */
export function identityNamed({ identities }: CloudAgentState, name: string): Identity {
  const identity = identities.find((each) => each.name === name);
  if (identity === undefined) throw new ConsoleError('identity.unknown', { identity: name });
  return identity;
}

/** The state with the identity of that name replaced. */
export function withIdentity(state: CloudAgentState, identity: Identity): CloudAgentState {
  const identities = state.identities.map((each) => (each.name === identity.name ? identity : each));
  return { ...state, identities };
}
