import type { AuthorityId } from '../../pki/model/authority.ts';
import type { Finding } from '../../shared/finding.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Ports, ScryptCost } from '../../shared/ports.ts';
import { isTemporaryFile } from '../../store/data-layout.ts';
import { Queue, StoredDocument } from '../../store/document.ts';
import { convertFileFailure, DurableJsonFile, unlessAbsent } from '../../store/durable-json-file.ts';
import { MIGRATIONS } from '../../store/migrations.ts';
import { authorityFileFinding } from './findings.ts';
import { authorityFormat, type StoredAuthority } from './format.ts';
import { findAuthorityId, authorityLayout, keyFileIdsIn, type AuthorityLayout } from './layout.ts';
import { Keyring, type KeyringPorts } from '../keys/keyring.ts';

const NOTHING_SET_ASIDE = 'none';

export interface AuthoritiesContext {
  ports: KeyringPorts & Pick<Ports, 'ids'>;
  folder: string;
  cost: ScryptCost;
  readOnly: boolean;
}

export interface OpenAuthority {
  layout: AuthorityLayout;
  document: StoredDocument<StoredAuthority>;
  keyring: Keyring;
  turns: Queue;
}

export interface LoadedAuthorities {
  open: Map<AuthorityId, OpenAuthority>;
  blocked: Map<AuthorityId, ConsoleError>;
  findings: Finding[];
}

/**
 * Turns a problem with an authority into a finding. Throws `store.not-writable` if the remains of a removed authority
 * cannot be deleted.
 */
export async function loadAuthorities(context: AuthoritiesContext): Promise<LoadedAuthorities> {
  const { files } = context.ports;
  const loaded: LoadedAuthorities = { open: new Map(), blocked: new Map(), findings: [] };
  const folders = (await unlessAbsent(files.list(context.folder))) ?? [];
  for (const id of folders.flatMap((name) => findAuthorityId(name) ?? [])) {
    const layout = authorityLayout(files, context.folder, id);
    const names = await namesIn(context, layout);
    const has = (path: string): boolean => names.includes(files.fileName(path));
    if (has(layout.removed)) {
      if (!context.readOnly) await finishRemoval(context, layout);
    } else if (has(layout.record) || has(`${layout.record}.previous`)) {
      await loadAuthority(context, id, loaded);
    } else if (keyFileIdsIn(names).length > 0) {
      block(context, id, loaded);
    }
    // Any other folder is empty, or left over from an interrupted creation.
  }
  return loaded;
}

export function openAuthority(context: AuthoritiesContext, id: AuthorityId, value: StoredAuthority): OpenAuthority {
  const { ports, cost, readOnly } = context;
  const layout = authorityLayout(ports.files, context.folder, id);
  const document = new StoredDocument(recordFile(context, id, layout), value);
  const authorityName = (): string => document.value.authority.name;
  const keyring = new Keyring({ ports, layout, cost, readOnly, authorityName });
  return { layout, document, keyring, turns: new Queue() };
}

/**
 * Removes the remains of an authority: the keyring first, since no key can be read without it. The empty folder stays.
 */
export async function finishRemoval({ ports: { files } }: AuthoritiesContext, layout: AuthorityLayout): Promise<void> {
  const others = (await files.list(layout.folder))
    .map((name) => files.join(layout.folder, name))
    .filter((path) => path !== layout.removed);
  const inOrder = [layout.keyring, layout.keyringCopy, ...others, layout.removed];
  for (const path of new Set(inOrder)) await convertFileFailure(unlessAbsent(files.remove(path)));
}

async function namesIn(context: AuthoritiesContext, layout: AuthorityLayout): Promise<string[]> {
  const { files } = context.ports;
  const names = await files.list(layout.folder).catch((error: unknown) => {
    // Not an authority, only a file or folder with a similar name.
    if (error instanceof ConsoleError) return [];
    throw error;
  });
  for (const name of context.readOnly ? [] : names.filter(isTemporaryFile)) {
    await convertFileFailure(unlessAbsent(files.remove(files.join(layout.folder, name))));
  }
  return names;
}

function recordFile(
  { ports, readOnly }: AuthoritiesContext,
  id: AuthorityId,
  layout: AuthorityLayout,
): DurableJsonFile<StoredAuthority> {
  const format = authorityFormat(id, (bytes) => ports.crypto.sha256(bytes));
  return new DurableJsonFile({ ports, migrations: MIGRATIONS, readOnly }, layout.record, format);
}

async function loadAuthority(context: AuthoritiesContext, id: AuthorityId, loaded: LoadedAuthorities): Promise<void> {
  const layout = authorityLayout(context.ports.files, context.folder, id);
  const file = recordFile(context, id, layout);
  try {
    const stored = await file.read();
    if (stored === null) {
      block(context, id, loaded, file.setAsideAs);
      return;
    }
    const authority = openAuthority(context, id, stored);
    loaded.open.set(id, authority);
    if (file.outcome === 'restored') {
      const params = { authority: stored.authority.name, ...damage(context, file) };
      loaded.findings.push(authorityFileFinding('authority-file.restored', { path: file.path }, params));
    }
    loaded.findings.push(...(await keyFindings(context, authority)));
  } catch (error) {
    const finding = untouchable(context, { path: layout.record, authority: id }, error);
    loaded.findings.push(finding);
    loaded.blocked.set(id, error as ConsoleError);
  }
}

function block(
  context: AuthoritiesContext,
  id: AuthorityId,
  { blocked, findings }: LoadedAuthorities,
  setAsideAs?: string,
): void {
  const { record: path } = authorityLayout(context.ports.files, context.folder, id);
  blocked.set(id, new ConsoleError('authority.damaged', { authority: id, path }));
  const params = { authority: id, ...damage(context, { path, setAsideAs }) };
  findings.push(authorityFileFinding('authority-file.lost', { path }, params));
}

async function keyFindings(
  context: AuthoritiesContext,
  { layout, document, keyring }: OpenAuthority,
): Promise<Finding[]> {
  const { authority } = document.value;
  const path = layout.keyring;
  const findings: Finding[] = [];
  const kept = new Set(await keyring.keyIds());
  try {
    const { outcome, setAsideAs } = await keyring.load();
    const params = { authority: authority.name, ...damage(context, { path, setAsideAs }) };
    if (outcome === 'restored') {
      findings.push(authorityFileFinding('authority-file.restored', { path }, params));
    } else if (outcome === 'lost' || (outcome === 'absent' && kept.size > 0)) {
      findings.push(authorityFileFinding('authority-file.keyring-lost', { path }, params));
    }
  } catch (error) {
    findings.push(untouchable(context, { path, authority: authority.name }, error));
  }
  const needed = new Set(authority.entries.flatMap(({ keyFile }) => keyFile ?? []));
  const tokenKey = authority.cloudAgent?.tokenKeyFile ?? undefined;
  if (tokenKey !== undefined) needed.add(tokenKey);
  const missing = [...needed].filter((id) => !kept.has(id));
  if (missing.length > 0) {
    const params = { authority: authority.name, count: missing.length };
    const place = { path: layout.folder };
    findings.push(authorityFileFinding('authority-file.key-missing', place, params));
  }
  return findings;
}

/** Reports a file that is left alone because a newer program wrote it or it cannot be read. */
function untouchable(
  { ports }: AuthoritiesContext,
  { path, authority }: { path: string; authority: string },
  error: unknown,
): Finding {
  if (!(error instanceof ConsoleError)) throw error;
  const params = { authority, file: ports.files.fileName(path) };
  switch (error.code) {
    case 'store.newer':
      return authorityFileFinding('authority-file.newer', { path }, { ...params, schema: error.params['schema'] ?? 0 });
    case 'file.not-readable':
    case 'file.too-large':
      return authorityFileFinding('authority-file.unreadable', { path }, params);
    default:
      throw error;
  }
}

function damage(
  { ports: { files } }: AuthoritiesContext,
  { path, setAsideAs }: { path: string; setAsideAs: string | undefined },
): { file: string; setAside: string } {
  const setAside = setAsideAs === undefined ? NOTHING_SET_ASIDE : files.fileName(setAsideAs);
  return { file: files.fileName(path), setAside };
}
