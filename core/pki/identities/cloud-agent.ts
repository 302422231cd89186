import type { CloudAgentState, Identity } from '../model/identity.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Ports, PrivateKey } from '../../shared/ports.ts';
import type { IssuedCertificate, SigningAuthority } from '../issue/issue.ts';

/** Operations return a new `state` and never change the keys. */
export interface CloudAgent {
  state: CloudAgentState;
  signer: SigningAuthority;
  trusted: readonly IssuedCertificate[];
  /** An RSA key, which signs tokens. */
  tokenKey: PrivateKey;
  /** Names the cloud agent in its tokens, if no other may accept them. */
  audience?: string | undefined;
  /** Divides the lifetimes of certificates and tokens; default 1. Like the service's `--certificatevalidityfactor`. */
  pace?: number;
}

export type CloudAgentPorts = Pick<Ports, 'clock' | 'crypto' | 'keys'>;

/** Source: Microsoft documentation, Set-AksHciConfig. */
const CLOUD_AGENT_PORT = 55_000;
const CLOUD_AGENT_AUTH_PORT = 65_000;

export function newCloudAgentState(fqdn: string): CloudAgentState {
  const ports = { port: CLOUD_AGENT_PORT, authPort: CLOUD_AGENT_AUTH_PORT };
  return { fqdn, location: 'MocLocation', ...ports, identities: [], roles: [], assignments: [] };
}

/** Returns the identity with this name. Throws `identity.unknown`. */
export function identityNamed({ identities }: CloudAgentState, name: string): Identity {
  const identity = identities.find((each) => each.name === name);
  if (identity === undefined) throw new ConsoleError('identity.unknown', { identity: name });
  return identity;
}

export function replaceIdentity(state: CloudAgentState, identity: Identity): CloudAgentState {
  const identities = state.identities.map((each) => (each.name === identity.name ? identity : each));
  return { ...state, identities };
}
