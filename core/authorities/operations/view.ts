import { isActive, type Authority, type AuthorityEntry } from '../../pki/model/authority.ts';
import type {
  AuthorityEntryDetails,
  AuthorityRow,
  AuthoritySummary,
  AuthorityTree,
  IdentityRow,
} from '../model/view.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import { getExemptReason } from '../../inventory/model/exempt-reason.ts';
import { classify } from '../../inventory/model/classify.ts';
import type { Identity } from '../../pki/model/identity.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';
import { formatSerial } from '../../shared/certificates/serial.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import { encodePem } from '../../formats/der/pem.ts';
import { findRotation } from '../../pki/issue/ca-rotation.ts';
import { ownRenewalDueAt } from './renew-due.ts';
import { entryIn, type EntryRequest, type Keeping } from './kept.ts';
import { accessView } from './roles.ts';

export async function summariseAuthority({ store }: Keeping, authority: Authority): Promise<AuthoritySummary> {
  const { id, name, kind, createdAt, sample, entries } = authority;
  const keyring = store.getKeyring(id);
  const inUse = entries.filter(isActive);
  return {
    id,
    name,
    kind,
    createdAt,
    sample,
    unlocked: keyring.state() === 'unlocked',
    remembered: await keyring.isRemembered(),
    cas: inUse.filter(({ facts }) => facts.isCa).length,
    certificates: inUse.filter(({ facts }) => !facts.isCa).length,
  };
}

export async function readTree(keeping: Keeping, authority: Authority): Promise<AuthorityTree> {
  const identities = authority.cloudAgent?.state.identities ?? [];
  return {
    ...(await summariseAuthority(keeping, authority)),
    rows: authority.entries.map(authorityRow),
    identities: identities.map((identity) => identityRow(authority, identity)),
    access: authority.cloudAgent && accessView(authority.cloudAgent.state),
    rotation: rotationView(authority, keeping.ports.clock.now()),
  };
}

function rotationView({ entries }: Authority, now: Instant): AuthorityTree['rotation'] {
  const rotation = findRotation(entries, now);
  const stage = rotation?.stage.id;
  if (rotation?.oldest === undefined || (stage !== 'both-trusted' && stage !== 'reissuing')) return undefined;
  const { oldest, newest, leavesLeft } = rotation;
  return { stage, oldCa: oldest.id, newCa: newest.id, left: leavesLeft.length };
}

export function authorityRow(entry: AuthorityEntry): AuthorityRow {
  const { id, facts, profile, issuer, keyFile, supersededBy, revoked } = entry;
  const { key, subject, serialHex, isCa } = facts;
  const role =
    profile === null
      ? classify({ kind: 'certificate', origin: { format: 'der' }, path: '', facts }).role
      : PROFILES[profile].role;
  const dueAt = ownRenewalDueAt(entry);
  return {
    id,
    name: subject.cn ?? subject.text,
    profile,
    role,
    lifetimeClass: ROLES[role].lifetimeClass,
    isCa,
    issuer,
    serialHex,
    key: keyName(key),
    notBeforeMs: epochMs(facts.notBefore),
    notAfterMs: epochMs(facts.notAfter),
    hasKey: keyFile !== null,
    ...(dueAt !== undefined && { renewalDueMs: epochMs(dueAt) }),
    supersededBy,
    revoked: revoked && { at: revoked.at, reason: revoked.reason },
    exempt: getExemptReason(facts, role),
  };
}

function keyName({ algorithm, bits, curve }: AuthorityEntry['facts']['key']): string {
  const isSized = bits !== undefined && (algorithm === 'RSA' || algorithm === 'DSA');
  return curve ?? (isSized ? `${algorithm} ${String(bits)}` : algorithm);
}

function identityRow({ entries }: Authority, identity: Identity): IdentityRow {
  const { name, clientType, token, generation, autoRotate, revokedAt, certificates } = identity;
  const serialHex = certificates.at(-1)?.serialHex;
  const certificateId = entries.find(({ facts }) => facts.serialHex === serialHex)?.id;
  return {
    name,
    clientType,
    tokenExpiresAt: token.expiresAt,
    tokenGeneration: generation,
    certificateId,
    revoked: revokedAt !== undefined,
    autoRotate,
  };
}

/** Returns the details of a certificate for the window. Throws `authority.unknown` or `authority.entry-unknown`. */
export function getDetails({ ports, store }: Keeping, { authorityId, entryId }: EntryRequest): AuthorityEntryDetails {
  const entry = entryIn(store.get(authorityId), entryId);
  const { der, facts } = entry;
  return {
    authorityId,
    row: authorityRow(entry),
    facts,
    serial: formatSerial(facts.serialHex),
    fingerprintSha256: entry.id,
    fingerprintSha1: encodeHex(ports.crypto.sha1(der)),
    pem: encodePem('CERTIFICATE', der),
    findings: facts.findings.map(({ rule, offset, params }) => ({
      rule,
      severity: 'warning',
      place: { offset },
      params,
    })),
  };
}
