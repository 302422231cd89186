import type { Authority, AuthorityId, AuthorityKind } from '../../pki/model/authority.ts';
import type { Finding } from '../../shared/finding.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Files, Ports, ScryptCost } from '../../shared/ports.ts';
import { nameOnDisk } from '../../store/data-layout.ts';
import { Queue } from '../../store/document.ts';
import { asStoreFailure, catchUnflushed, unlessAbsent } from '../../store/durable-json-file.ts';
import { authorityFileFinding } from './findings.ts';
import { authoritiesFolder } from './layout.ts';
import { SCRYPT_COST } from '../keys/key-derivation.ts';
import type { Keyring, KeyringPorts } from '../keys/keyring.ts';
import {
  finishRemoval,
  loadAuthorities,
  openAuthority,
  type AuthoritiesContext,
  type LoadedAuthorities,
  type OpenAuthority,
} from './load.ts';
import { checkNewPassphrase } from '../keys/passphrase.ts';

/** Maximum number of characters in an authority's name. */
const LONGEST_NAME = 100;
const LONGEST_SLUG = 40;
const ID_DIGITS = 8;

export interface NewAuthority {
  name: string;
  kind: AuthorityKind;
  /** Default false. */
  sample?: boolean;
  /** Sets up its keyring, which is then unlocked. Without a passphrase there is no keyring yet. */
  passphrase?: string;
  /** Makes its first keys and certificates. They are part of the authority from its first moment. */
  fill?: (keyring: Keyring) => Promise<Pick<Authority, 'entries' | 'cloudAgent'>>;
}

export interface AuthorityStoreOptions {
  /** Reads as usual, including a missing folder, and leaves everything as it is. Default false. */
  readOnly?: boolean;
  /** The cost of a guess at a new passphrase. Default, and the highest that can be read back: `SCRYPT_COST`. */
  scryptCost?: ScryptCost;
}

/**
 * The authorities below the absolute path `dataFolder`. Damaged ones are reported by `findings()`; all others load. The
 * caller holds the lock of the data folder, unless it only reads. `store.not-writable`, `file.not-readable`.
 */
export async function openAuthorities(
  ports: KeyringPorts & Pick<Ports, 'ids'>,
  dataFolder: string,
  { readOnly = false, scryptCost = SCRYPT_COST }: AuthorityStoreOptions = {},
): Promise<AuthorityStore> {
  const folder = authoritiesFolder(ports.files, dataFolder);
  const context: AuthoritiesContext = { ports, folder, cost: scryptCost, readOnly };
  return new AuthorityStore(context, await loadAuthorities(context));
}

/**
 * The authorities of a data folder. They are values: a change is a new `Authority`, never a change inside one that was
 * handed out. A promise that resolves means that the change is on disk; a call that throws changed nothing.
 */
export class AuthorityStore {
  readonly #context: AuthoritiesContext;
  readonly #loaded: LoadedAuthorities;
  /** One queue for all authorities: a name is compared with those of all others. */
  readonly #queue = new Queue();

  constructor(context: AuthoritiesContext, loaded: LoadedAuthorities) {
    this.#context = context;
    this.#loaded = loaded;
  }

  /** Oldest first. */
  list(): readonly Authority[] {
    const authorities = [...this.#loaded.open.values()].map(getAuthority);
    return authorities.sort((left, right) =>
      `${left.createdAt} ${left.id}` < `${right.createdAt} ${right.id}` ? -1 : 1,
    );
  }

  /**
   * `authority.unknown`; `authority.damaged` when its record is lost; `store.newer`, `file.not-readable`,
   * `file.too-large` when it cannot be used.
   */
  get(id: AuthorityId): Authority {
    return getAuthority(this.#open(id));
  }

  /** Why authorities that exist cannot be used. */
  unreadable(): readonly ConsoleError[] {
    return [...this.#loaded.blocked.values()];
  }

  /** One for each authority: what one caller unlocks is unlocked for all. Problems as for `get`. */
  keyring(id: AuthorityId): Keyring {
    return this.#open(id).keyring;
  }

  /**
   * Creates an authority as a whole or not at all. `authority.name-taken`, `authority.name-invalid`, `passphrase.too-short`,
   * `store.not-writable`, and whatever `fill` throws.
   */
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
        revocations: [],
      };
      const open = openAuthority(this.#context, id, { authority, unreadable: [] });
      const { layout, keyring, document } = open;
      this.#mustBeWritable(layout.record);
      await asStoreFailure(ports.files.createFolder(ports.files.join(folder, nameOnDisk(id))));
      try {
        // Until this file goes, the authority counts as removed: whoever opens the folder after a kill removes the rest.
        await asStoreFailure(ports.files.replace(layout.removed, ''));
        if (passphrase !== undefined) await keyring.create(passphrase);
        await document.replace({ authority: { ...authority, ...(await fill?.(keyring)) }, unreadable: [] });
        const unflushed = await catchUnflushed(asStoreFailure(ports.files.remove(layout.removed)));
        this.#loaded.open.set(id, open);
        if (unflushed !== undefined) throw unflushed;
      } catch (error) {
        // The reason for the failure is what matters; the next start removes what could not be removed now.
        if (!this.#loaded.open.has(id)) await finishRemoval(this.#context, layout).catch(() => undefined);
        throw error;
      }
      return document.value.authority;
    });
  }

  /**
   * Stores what `change` makes of the current authority: calls take effect one after the other. The id does not change.
   * Problems as for `get`, and `authority.name-taken`, `authority.name-invalid`, `store.not-writable`.
   */
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

  /** Permanent, including its private keys. Problems as for `get`, and `store.not-writable`. */
  remove(id: AuthorityId): Promise<void> {
    return this.#queue.run(async () => {
      const { layout, keyring } = this.#open(id);
      this.#mustBeWritable(layout.record);
      // Keys that only a newer program can open are not removed by this one.
      await keyring.load();
      const { files } = this.#context.ports;
      // The previous copy is removed first: otherwise it would bring the authority back at the next start.
      await removeIfThere(files, `${layout.record}.previous`);
      await asStoreFailure(files.move(layout.record, layout.removed));
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

  /** Problems found when the store was opened, and entries that it keeps but cannot read. */
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

  /** Waits for every write under way and locks every keyring. */
  async close(): Promise<void> {
    await this.#queue.idle();
    for (const { keyring } of this.#loaded.open.values()) await keyring.close();
  }

  #open(id: AuthorityId): OpenAuthority {
    const open = this.#loaded.open.get(id);
    if (open !== undefined) return open;
    throw this.#loaded.blocked.get(id) ?? new ConsoleError('authority.unknown', { authority: id });
  }

  /** The trimmed name, provided that no other authority has it, ignoring case. */
  #freeName(wanted: string, own?: AuthorityId): string {
    const name = wanted.normalize('NFC').trim();
    if (name === '' || [...name].length > LONGEST_NAME || /\p{Cc}/u.test(name)) {
      throw new ConsoleError('authority.name-invalid', { longest: LONGEST_NAME });
    }
    const isTaken = this.list().some((other) => other.id !== own && other.name.toLowerCase() === name.toLowerCase());
    if (isTaken) throw new ConsoleError('authority.name-taken', { name });
    return name;
  }

  /** Never one that already has a folder: its contents belong to another authority, perhaps a damaged one. */
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

/** A folder name that is safe on every system and from which the authority's name can be recognised. */
function newId(name: string, random: string): AuthorityId {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/gu, '');
  return `${slug === '' ? 'authority' : slug}-${random.slice(-ID_DIGITS)}` as AuthorityId;
}

async function removeIfThere(files: Files, path: string): Promise<void> {
  await asStoreFailure(unlessAbsent(files.remove(path)));
}
