import type { KeyFileId } from '../../pki/model/authority.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Ports, PrivateKey, ScryptCost } from '../../shared/ports.ts';
import { Queue } from '../../store/document.ts';
import type { ReadOutcome } from '../../store/durable-json-file.ts';
import { decodeKeyFile, encodeKeyFile, makeKeyFileId, type MasterKey } from './key-file.ts';
import { deriveUnlockKey, newMasterKey, sealKeyring, unsealKeyring } from './keyring-file.ts';
import { KeyringFiles, type KeyringFilesContext } from './keyring-files.ts';
import { checkNewPassphrase, KEY_BYTES } from './key-derivation.ts';
import type { SealedContent } from './sealed-content.ts';
import { decodeOwnBase64, encodeBase64 } from '../../formats/der/base64.ts';
import { rememberedFile, type RememberedFile } from '../store/schemas.ts';

export type KeyringPorts = KeyringFilesContext['ports'] & Pick<Ports, 'keys' | 'vault'>;

export interface KeyringContext extends KeyringFilesContext {
  ports: KeyringPorts;
  cost: ScryptCost;
  authorityName: () => string;
}

/** The private keys of one authority, sealed on disk. Changes run one after another. */
export class Keyring {
  readonly #ports: KeyringPorts;
  readonly #context: KeyringContext;
  readonly #files: KeyringFiles;
  readonly #queue = new Queue();
  #exists = false;
  #master: MasterKey | undefined;

  constructor(context: KeyringContext) {
    this.#ports = context.ports;
    this.#context = context;
    this.#files = new KeyringFiles(context);
  }

  async load(): Promise<{ outcome: ReadOutcome; setAsideAs: string | undefined }> {
    const file = this.#files.createKeyringFile();
    this.#exists = (await file.read()) !== null;
    return { outcome: file.outcome, setAsideAs: file.setAsideAs };
  }

  /** `absent`: no passphrase was ever set, and there are no keys. */
  state(): 'absent' | 'locked' | 'unlocked' {
    if (this.#master !== undefined) return 'unlocked';
    return this.#exists ? 'locked' : 'absent';
  }

  /** Leaves the keyring unlocked. Throws `key-file.missing` if the keyring is lost but its key files remain. */
  create(passphrase: string): Promise<void> {
    return this.#queue.run(async () => {
      checkNewPassphrase(passphrase);
      if ((await this.#read()) !== null) throw this.#problem('keyring.exists');
      await this.#mustHaveNoKeys();
      const master = newMasterKey(this.#ports);
      try {
        await this.#write(master, passphrase);
      } catch (error) {
        this.#ports.keys.wipe(master.bytes);
        throw error;
      }
      this.#hold(master);
    });
  }

  /** Takes about 0.3 s. With `remember`, the operating system stores the unlock key for `unlockRemembered`. */
  unlock(passphrase: string, { remember = false } = {}): Promise<void> {
    return this.#queue.run(async () => {
      const { vault, keys } = this.#ports;
      const content = await this.#content();
      if (remember && !(await vault.isAvailable())) throw new ConsoleError('vault.not-available', {});
      const { key, master } = await this.#open(content, passphrase);
      try {
        if (remember) await this.#remember(key);
      } catch (error) {
        keys.wipe(master.bytes);
        throw error;
      } finally {
        keys.wipe(key);
      }
      this.#hold(master);
      await this.#files.mendCopy();
    });
  }

  /** Tries the unlock key that the system stores. Returns whether the key opened the keyring. */
  unlockRemembered(): Promise<boolean> {
    return this.#queue.run(async () => {
      const { remembered, keyring: path } = this.#files.layout;
      const guarded = await this.#files.read(remembered);
      const key = guarded && (await decodeRemembered(this.#ports, guarded));
      if (key === undefined) return false;
      try {
        const master = unsealKeyring(this.#ports, await this.#content(), { key, path });
        if (master !== undefined) this.#hold(master);
        // The passphrase was changed after this key was stored, but the key may still open older copies of the keyring.
        else if (!this.#context.readOnly) await this.#forgetQuietly();
        return master !== undefined;
      } finally {
        this.#ports.keys.wipe(key);
      }
    });
  }

  async isRemembered(): Promise<boolean> {
    return (await this.#files.read(this.#files.layout.remembered)) !== undefined;
  }

  forget(): Promise<void> {
    return this.#queue.run(() => this.#files.remove(this.#files.layout.remembered));
  }

  /**
   * Changes the passphrase but not the keys: at every moment, one of the two passphrases opens all keys. Removes a
   * remembered unlock key.
   */
  changePassphrase({ current, next }: { current: string; next: string }): Promise<void> {
    return this.#queue.run(async () => {
      checkNewPassphrase(next);
      const { key, master } = await this.#open(await this.#content(), current);
      this.#ports.keys.wipe(key);
      try {
        await this.#write(master, next);
      } finally {
        this.#ports.keys.wipe(master.bytes);
      }
      // The remembered key no longer opens anything, so failing to remove it does no harm.
      await this.#forgetQuietly();
    });
  }

  /** Keys already returned remain usable. */
  lock(): void {
    this.#ports.keys.wipe(this.#master?.bytes);
    this.#master = undefined;
  }

  async close(): Promise<void> {
    await this.#queue.idle();
    this.lock();
  }

  /** Stores a key in a file of its own. Throws `keyring.locked` or `store.not-writable`. */
  async addKey(key: PrivateKey): Promise<KeyFileId> {
    const id = makeKeyFileId(this.#ports.crypto, key.spki);
    const content = encodeKeyFile(this.#ports, this.#requireMasterKey(), key);
    await this.#files.replace(this.#files.layout.keyFile(id), content);
    return id;
  }

  /**
   * Returns a key. Throws `keyring.locked`, `key-file.missing`, `key-file.damaged`, `key-file.foreign`,
   * `key-file.newer` or `file.not-readable`.
   */
  async key(id: KeyFileId): Promise<PrivateKey> {
    const path = this.#files.layout.keyFile(id);
    this.#requireMasterKey();
    const content = await this.#files.read(path);
    if (content === undefined) throw new ConsoleError('key-file.missing', { path });
    return decodeKeyFile(this.#ports, this.#requireMasterKey(), { content, path, id });
  }

  /** Removes a key if it exists. Throws `store.not-writable`. */
  async removeKey(id: KeyFileId): Promise<void> {
    await this.#files.remove(this.#files.layout.keyFile(id));
  }

  keyIds(): Promise<KeyFileId[]> {
    return this.#files.keyIds();
  }

  #requireMasterKey(): MasterKey {
    if (this.#master === undefined) throw this.#problem('keyring.locked');
    return this.#master;
  }

  #hold(master: MasterKey): void {
    this.lock();
    this.#master = master;
  }

  #problem(code: 'keyring.locked' | 'keyring.exists' | 'keyring.absent'): ConsoleError {
    return new ConsoleError(code, { authority: this.#context.authorityName() });
  }

  /** Opens the keyring; the caller wipes both keys. */
  async #open(content: SealedContent, passphrase: string): Promise<{ key: Uint8Array; master: MasterKey }> {
    const path = this.#files.layout.keyring;
    const key = await deriveUnlockKey(this.#ports, content, { passphrase, path });
    const master = unsealKeyring(this.#ports, content, { key, path });
    if (master !== undefined) return { key, master };
    this.#ports.keys.wipe(key);
    throw new ConsoleError('passphrase.wrong', { authority: this.#context.authorityName() });
  }

  async #read(): Promise<SealedContent | null> {
    const content = await this.#files.createKeyringFile().read();
    this.#exists = content !== null;
    return content;
  }

  async #content(): Promise<SealedContent> {
    const content = await this.#read();
    if (content !== null) return content;
    await this.#mustHaveNoKeys();
    throw this.#problem('keyring.absent');
  }

  /** Throws if key files exist, which a new keyring could not open. */
  async #mustHaveNoKeys(): Promise<void> {
    const { keyring: path } = this.#files.layout;
    if ((await this.keyIds()).length > 0) throw new ConsoleError('key-file.missing', { path });
  }

  async #write(master: MasterKey, passphrase: string): Promise<void> {
    const by = { passphrase, cost: this.#context.cost, path: this.#files.layout.keyring };
    await this.#files.writeKeyring(await sealKeyring(this.#ports, master, by));
    this.#exists = true;
  }

  async #forgetQuietly(): Promise<void> {
    await this.#files.andLogFailure(this.#files.remove(this.#files.layout.remembered));
  }

  /** Stores the unlock key, sealed by the operating system. Throws `vault.not-available`. */
  async #remember(key: Uint8Array): Promise<void> {
    const guarded = encodeBase64(await this.#ports.vault.protect(key));
    const file: RememberedFile = { schema: 1, guarded };
    await this.#files.replace(this.#files.layout.remembered, `${JSON.stringify(file)}\n`);
  }
}

/** Returns the unlock key, which the caller wipes; `undefined` if the vault does not release it. */
async function decodeRemembered(
  { vault, keys }: Pick<Ports, 'vault' | 'keys'>,
  content: Uint8Array,
): Promise<Uint8Array | undefined> {
  const guarded = readGuarded(content);
  const key = guarded === undefined ? undefined : await vault.unprotect(guarded);
  if (key === undefined || key.length === KEY_BYTES) return key;
  keys.wipe(key);
  return undefined;
}

function readGuarded(content: Uint8Array): Uint8Array | undefined {
  try {
    const parsed = rememberedFile.safeParse(JSON.parse(new TextDecoder().decode(content)));
    return parsed.success ? decodeOwnBase64(parsed.data.guarded) : undefined;
  } catch {
    return undefined;
  }
}
