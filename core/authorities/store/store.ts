import type { Authority, AuthorityId, AuthorityKind } from '../../pki/model/authority.ts';
import type { Finding } from '../../shared/finding.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Ports } from '../../shared/ports.ts';
import { nameOnDisk } from '../../store/data-layout.ts';
import { Queue } from '../../store/document.ts';
import { convertFileFailure, catchUnflushed, unlessAbsent } from '../../store/durable-json-file.ts';
import { authorityFileFinding } from './findings.ts';
import { authoritiesFolder } from './layout.ts';
import { checkNewPassphrase, SCRYPT_COST } from '../keys/key-derivation.ts';
import type { Keyring, KeyringPorts } from '../keys/keyring.ts';
import {
  finishRemoval,
  loadAuthorities,
  openAuthority,
  type AuthoritiesContext,
  type LoadedAuthorities,
  type OpenAuthority,
} from './load.ts';

const LONGEST_NAME = 100;
const LONGEST_SLUG = 40;
const ID_DIGITS = 8;

export interface NewAuthority {
  name: string;
  kind: AuthorityKind;
  sample?: boolean;
  /** Absent: no keyring yet. */
  passphrase?: string;
  /** Makes the authority's first keys and certificates. */
  fill?: (keyring: Keyring) => Promise<Pick<Authority, 'entries' | 'cloudAgent'>>;
}

/**
 * Loads the authorities below `dataFolder`; `findings()` lists damaged ones. The caller holds the lock of the data
 * folder or sets `readOnly`, with which nothing changes on disk. `scryptCost` is the cost of new keyrings, and the
 * highest cost accepted when reading.
 */
export async function openAuthorities(
  ports: KeyringPorts & Pick<Ports, 'ids'>,
  dataFolder: string,
  { readOnly = false, scryptCost = SCRYPT_COST } = {},
): Promise<AuthorityStore> {
  const folder = authoritiesFolder(ports.files, dataFolder);
  const context: AuthoritiesContext = { ports, folder, cost: scryptCost, readOnly };
  return new AuthorityStore(context, await loadAuthorities(context));
}

/**
 * Authorities are immutable; a change creates a new `Authority`. A change is on disk once its promise resolves. A call
 * that throws has changed nothing.
 */
export class AuthorityStore {
  readonly #context: AuthoritiesContext;
  readonly #loaded: LoadedAuthorities;
  /** One queue for all authorities, since a new name is compared with all others. */
  readonly #queue = new Queue();

  constructor(context: AuthoritiesContext, loaded: LoadedAuthorities) {
    this.#context = context;
    this.#loaded = loaded;
  }

  /** Lists authorities, oldest first. */
  list(): readonly Authority[] {
    const authorities = [...this.#loaded.open.values()].map(getAuthority);
    return authorities.sort((left, right) =>
      `${left.createdAt} ${left.id}` < `${right.createdAt} ${right.id}` ? -1 : 1,
    );
  }

  /** Returns the authority with this id. Throws `authority.unknown`, `authority.damaged`, `store.newer` or `file.*`. */
  get(id: AuthorityId): Authority {
    return getAuthority(this.#open(id));
  }

  unreadable(): readonly ConsoleError[] {
    return [...this.#loaded.blocked.values()];
  }

  /** Returns the shared keyring: once unlocked, it is unlocked for all callers. */
  getKeyring(id: AuthorityId): Keyring {
    return this.#open(id).keyring;
  }

  /** Creates an authority completely or not at all. */
  create({ name, kind, sample = false, passphrase, fill }: NewAuthority): Promise<Authority> {
    return this.#queue.run(async () => {
      if (passphrase !== undefined) checkNewPassphrase(passphrase);
      const freeName = this.#freeName(name);
      const { ports, folder } = this.#context;
      const id = await this.#freeId(freeName);
      const authority: Authority = {
        id,
        name: freeName,
        kind,
        createdAt: ports.clock.now(),
        sample,
        entries: [],
        crlNumbers: {},
      };
      const open = openAuthority(this.#context, id, { authority, unreadable: [] });
      const { layout, keyring, document } = open;
      this.#mustBeWritable(layout.record);
      await convertFileFailure(ports.files.createFolder(ports.files.join(folder, nameOnDisk(id))));
      try {
        // If the process is killed, the next start deletes the remains.
        await convertFileFailure(ports.files.replace(layout.removed, ''));
        if (passphrase !== undefined) await keyring.create(passphrase);
        await document.replace({ authority: { ...authority, ...(await fill?.(keyring)) }, unreadable: [] });
        const unflushed = await catchUnflushed(convertFileFailure(ports.files.remove(layout.removed)));
        this.#loaded.open.set(id, open);
        if (unflushed !== undefined) throw unflushed;
      } catch (error) {
        // The caller needs the original problem; the next start deletes the remains.
        if (!this.#loaded.open.has(id)) await finishRemoval(this.#context, layout).catch(() => undefined);
        throw error;
      }
      return document.value.authority;
    });
  }

  /**
   * Runs `work` after all earlier operations, because an operation may generate keys for seconds between reading and
   * storing. Not reentrant.
   */
  async runInTurn<T>(id: AuthorityId, work: (authority: Authority) => Promise<T>): Promise<T> {
    return this.#open(id).turns.run(() => work(this.get(id)));
  }

  update(id: AuthorityId, change: (authority: Authority) => Authority): Promise<Authority> {
    return this.#queue.run(async () => {
      const { document } = this.#open(id);
      const { authority: former, unreadable } = document.value;
      const changed = change(former);
      if (changed.id !== id) throw new Error('an authority keeps its id');
      const name = changed.name === former.name ? former.name : this.#freeName(changed.name, id);
      const authority = { ...changed, name };
      await document.replace({ authority, unreadable });
      return authority;
    });
  }

  remove(id: AuthorityId): Promise<void> {
    return this.#queue.run(async () => {
      const { layout, keyring } = this.#open(id);
      this.#mustBeWritable(layout.record);
      // Fails for keys that only a newer program can open.
      await keyring.load();
      const { files } = this.#context.ports;
      // The copy must go first, or the next start would restore the authority from it.
      await convertFileFailure(unlessAbsent(files.remove(`${layout.record}.previous`)));
      await convertFileFailure(files.move(layout.record, layout.removed));
      this.#loaded.open.delete(id);
      keyring.lock();
      try {
        await finishRemoval(this.#context, layout);
      } catch (error) {
        if (!(error instanceof ConsoleError)) throw error;
        const facts = { path: error.params['path'] ?? layout.folder };
        const { log } = this.#context.ports;
        log.write('warning', 'files of a removed authority go at the next start', facts);
      }
    });
  }

  /** Lists problems found on opening, and entries that are kept but cannot be read. */
  findings(): Finding[] {
    const entries = [...this.#loaded.open.values()].flatMap(({ layout, document }) =>
      document.value.unreadable.map(({ list, position, reason }) => {
        const entry = `${list}[${position}]`;
        const params = { authority: document.value.authority.name, entry, reason };
        const place = { path: layout.record, entry };
        return authorityFileFinding('authority-file.entry-unreadable', place, params);
      }),
    );
    return [...this.#loaded.findings, ...entries];
  }

  async close(): Promise<void> {
    await this.#queue.idle();
    for (const { keyring } of this.#loaded.open.values()) await keyring.close();
  }

  #open(id: AuthorityId): OpenAuthority {
    const open = this.#loaded.open.get(id);
    if (open !== undefined) return open;
    throw this.#loaded.blocked.get(id) ?? new ConsoleError('authority.unknown', { authority: id });
  }

  /** Returns the trimmed name, which must be unique regardless of case. */
  #freeName(wanted: string, own?: AuthorityId): string {
    const name = wanted.normalize('NFC').trim();
    if (name === '' || [...name].length > LONGEST_NAME || /\p{Cc}/u.test(name)) {
      throw new ConsoleError('authority.name-invalid', { longest: LONGEST_NAME });
    }
    const isTaken = this.list().some((other) => other.id !== own && other.name.toLowerCase() === name.toLowerCase());
    if (isTaken) throw new ConsoleError('authority.name-taken', { name });
    return name;
  }

  /** Avoids existing folders, which may belong to a damaged authority. */
  async #freeId(name: string): Promise<AuthorityId> {
    const { ports, folder } = this.#context;
    const taken = (await unlessAbsent(ports.files.list(folder))) ?? [];
    for (;;) {
      const id = newId(name, ports.ids.next());
      if (!taken.includes(nameOnDisk(id))) return id;
    }
  }

  #mustBeWritable(path: string): void {
    if (this.#context.readOnly) throw new ConsoleError('store.not-writable', { path });
  }
}

function getAuthority({ document }: OpenAuthority): Authority {
  return document.value.authority;
}

/** Makes an id that is readable and a valid folder name on every system. */
function newId(name: string, random: string): AuthorityId {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/gu, '');
  return `${slug === '' ? 'authority' : slug}-${random.slice(-ID_DIGITS)}` as AuthorityId;
}
