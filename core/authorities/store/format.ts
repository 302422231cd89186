import type { z } from 'zod';
import type { Authority, AuthorityEntry, AuthorityId, KeptCloudAgent } from '../../pki/model/authority.ts';
import { decodeOwnBase64, encodeBase64 } from '../../formats/der/base64.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import { decodeCertificate } from '../../formats/x509/certificate.ts';
import type { Crypto } from '../../shared/ports.ts';
import {
  authorityEntry,
  authorityFile,
  cloudAgentAssignment,
  cloudAgentIdentity,
  cloudAgentRole,
  type AuthorityFile,
} from './schemas.ts';
import type { FileFormat } from '../../store/durable-json-file.ts';
import { SCHEMA_VERSION } from '../../store/migrations.ts';

type ListName = 'entries' | 'identities' | 'roles' | 'assignments';

/** An unusable entry of a valid file; it is written back unchanged. */
export interface UnreadableAuthorityEntry {
  list: ListName;
  /** 0-based. */
  position: number;
  raw: unknown;
  /** The wrong field, such as `token.expiresAt`, or a rule of the certificate decoder. */
  reason: string;
}

export interface StoredAuthority {
  authority: Authority;
  unreadable: readonly UnreadableAuthorityEntry[];
}

type Sha256 = Crypto['sha256'];
type Reading<T> = { value: T } | { reason: string };

/** Stores certificates as DER, whose digest is their id; decodes facts on every read. */
export function authorityFormat(id: AuthorityId, sha256: Sha256): FileFormat<StoredAuthority> {
  return {
    kind: 'authority',
    decode(content) {
      const parsed = authorityFile.safeParse(content);
      return parsed.success && parsed.data.authority.id === id
        ? readStoredAuthority(parsed.data.authority, sha256)
        : undefined;
    },
    encode: (stored) => ({ schema: SCHEMA_VERSION, ...getFile(stored, sha256) }),
  };
}

function readStoredAuthority(file: AuthorityFile['authority'], sha256: Sha256): StoredAuthority {
  const unreadable: UnreadableAuthorityEntry[] = [];
  const readAll = <T>(list: ListName, raws: readonly unknown[], read: (raw: unknown) => Reading<T>): T[] =>
    raws.flatMap((raw, position) => {
      const reading = read(raw);
      if ('value' in reading) return [reading.value];
      unreadable.push({ list, position, raw, reason: reading.reason });
      return [];
    });
  const { cloudAgent, ...rest } = file;
  const authority: Authority = { ...rest, entries: readAll('entries', file.entries, (raw) => readEntry(raw, sha256)) };
  if (cloudAgent === undefined) return { authority, unreadable };
  const { tokenKeyFile, ...agent } = cloudAgent;
  const kept: KeptCloudAgent = {
    tokenKeyFile,
    state: {
      ...agent,
      identities: readAll('identities', agent.identities, (raw) => readBy(cloudAgentIdentity, raw)),
      roles: readAll('roles', agent.roles, (raw) => readBy(cloudAgentRole, raw)),
      assignments: readAll('assignments', agent.assignments, (raw) => readBy(cloudAgentAssignment, raw)),
    },
  };
  return { authority: { ...authority, cloudAgent: kept }, unreadable };
}

function readEntry(raw: unknown, sha256: Sha256): Reading<AuthorityEntry> {
  const reading = readBy(authorityEntry, raw);
  if ('reason' in reading) return reading;
  const der = decodeOwnBase64(reading.value.der);
  if (der === undefined) return { reason: 'der' };
  if (reading.value.id !== encodeHex(sha256(der))) return { reason: 'id' };
  const decoded = decodeCertificate(der);
  if (!decoded.ok) return { reason: decoded.finding.rule };
  return { value: { ...reading.value, der, facts: decoded.certificate } };
}

function readBy<T>(shape: z.ZodType<T>, raw: unknown): Reading<T> {
  const parsed = shape.safeParse(raw);
  if (parsed.success) return { value: parsed.data };
  return { reason: parsed.error.issues[0]?.path.map(String).join('.') || 'entry' };
}

function getFile({ authority, unreadable }: StoredAuthority, sha256: Sha256): AuthorityFile {
  const appendRaw = (list: ListName, shape: z.ZodType, values: readonly unknown[]): unknown[] => [
    ...values.map((each) => shape.parse(each)),
    ...unreadable.filter((entry) => entry.list === list).map(({ raw }) => raw),
  ];
  const entries = authority.entries.map((entry) => {
    if (entry.id !== encodeHex(sha256(entry.der))) throw new Error('an entry is called by its digest');
    return { ...entry, der: encodeBase64(entry.der) };
  });
  const { state, tokenKeyFile } = authority.cloudAgent ?? {};
  return authorityFile.parse({
    authority: {
      ...authority,
      entries: appendRaw('entries', authorityEntry, entries),
      cloudAgent: state && {
        ...state,
        tokenKeyFile,
        identities: appendRaw('identities', cloudAgentIdentity, state.identities),
        roles: appendRaw('roles', cloudAgentRole, state.roles),
        assignments: appendRaw('assignments', cloudAgentAssignment, state.assignments),
      },
    },
  });
}
