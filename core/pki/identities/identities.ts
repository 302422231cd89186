import {
  identityNameFault,
  isSameIdentityName,
  MAX_IDENTITY_NAME_LENGTH,
  findIdentityProfile,
  type ClientCertificateRecord,
  type ClientType,
  type CloudAgentState,
  type Identity,
} from '../model/identity.ts';
import { DAY_MS, type Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { identityNamed, replaceIdentity, type CloudAgent, type CloudAgentPorts } from './cloud-agent.ts';
import { issueToken } from './token.ts';

/** Source: the article, "Cloud agent". */
const TOKEN_VALIDITY_DAYS = 90;
/** Our own limit: a longer validity would amount to no expiry at all. */
const LONGEST_VALIDITY_DAYS = 3_650;

export interface NewIdentity {
  name: string;
  /** Default: `ExternalClient`, as in the public code. */
  clientType?: ClientType;
  /** Whole days from 1 to 3,650; default 90. */
  tokenValidityDays?: number;
}

export interface IdentityChange {
  state: CloudAgentState;
  identity: Identity;
}

export interface IdentityWithToken extends IdentityChange {
  /** Secret, and only for the login file. */
  token: string;
}

/**
 * Creates an identity and its first token. Source: Microsoft documentation, New-MocIdentity; microsoft/moc-sdk-for-go,
 * identity.
 */
export function createIdentity(ports: CloudAgentPorts, agent: CloudAgent, request: NewIdentity): IdentityWithToken {
  const { name, clientType = 'ExternalClient', tokenValidityDays: days = TOKEN_VALIDITY_DAYS } = request;
  checkName(agent.state, name);
  const isValid = Number.isInteger(days) && days >= 1 && days <= LONGEST_VALIDITY_DAYS;
  if (!isValid) throw new ConsoleError('identity.validity-invalid', { days, longest: LONGEST_VALIDITY_DAYS });
  const tokenValidityMs = (days * DAY_MS) / (agent.pace ?? 1);
  const { token, record } = issueToken(ports, agent, { name, tokenValidityMs });
  const identity: Identity = {
    name,
    profile: findIdentityProfile({ name, clientType }),
    clientType,
    createdAt: ports.clock.now(),
    tokenValidityMs,
    autoRotate: false,
    generation: 1,
    token: record,
    certificates: [],
  };
  const state = { ...agent.state, identities: [...agent.state.identities, identity] };
  return { state, identity, token };
}

function checkName({ identities }: CloudAgentState, name: string): void {
  const fault = identityNameFault(name);
  if (fault !== undefined)
    throw new ConsoleError('identity.name-invalid', { fault, longest: MAX_IDENTITY_NAME_LENGTH });
  if (identities.some((each) => isSameIdentityName(each.name, name)))
    throw new ConsoleError('identity.name-taken', { identity: name });
}

/**
 * Issues a token with the lifetime of the previous one. Earlier tokens are refused from now on, but certificates stay
 * valid. Source: microsoft/moc-sdk-for-go, identity, `Rotate`.
 */
export function rotateToken(ports: CloudAgentPorts, agent: CloudAgent, name: string): IdentityWithToken {
  const identity = identityNamed(agent.state, name);
  if (identity.revokedAt !== undefined) throw new ConsoleError('identity.revoked', { identity: name });
  return reissueToken(ports, agent, identity);
}

/**
 * Makes the cloud agent refuse the token and certificates of the identity permanently. Source: microsoft/moc, identity,
 * `revoked`.
 */
export function revokeIdentity({ clock }: CloudAgentPorts, { state }: CloudAgent, name: string): IdentityChange {
  const identity = identityNamed(state, name);
  if (identity.revokedAt !== undefined) return { state, identity };
  const at = clock.now();
  const certificates = identity.certificates.map((record) => revokeRecord(record, at));
  return identityChange(state, { ...identity, certificates, revokedAt: at });
}

/** Allows new logins with a new token. Earlier credentials are still refused, since others may hold them. */
export function reinstateIdentity(ports: CloudAgentPorts, agent: CloudAgent, name: string): IdentityWithToken {
  const { revokedAt, ...identity } = identityNamed(agent.state, name);
  if (revokedAt === undefined) throw new ConsoleError('identity.not-revoked', { identity: name });
  return reissueToken(ports, agent, identity);
}

export function revokeClientCertificate(state: CloudAgentState, serialHex: string, at: Instant): CloudAgentState {
  const identities = state.identities.map((identity) => ({
    ...identity,
    certificates: identity.certificates.map((record) =>
      record.serialHex === serialHex ? revokeRecord(record, at) : record,
    ),
  }));
  return { ...state, identities };
}

function revokeRecord(record: ClientCertificateRecord, at: Instant): ClientCertificateRecord {
  return record.revokedAt === undefined ? { ...record, revokedAt: at } : record;
}

function reissueToken(ports: CloudAgentPorts, agent: CloudAgent, identity: Identity): IdentityWithToken {
  const { token, record } = issueToken(ports, agent, identity);
  const generation = identity.generation + 1;
  return { ...identityChange(agent.state, { ...identity, generation, token: record }), token };
}

function identityChange(state: CloudAgentState, identity: Identity): IdentityChange {
  return { state: replaceIdentity(state, identity), identity };
}
