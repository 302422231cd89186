import type { KeyFileId } from '../../pki/model/authority.ts';
import { isSameBytes } from '../../shared/lists.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Ports } from '../../shared/ports.ts';
import { convertFileFailure, DurableJsonFile, unlessAbsent } from '../../store/durable-json-file.ts';
import { MIGRATIONS } from '../../store/migrations.ts';
import { keyFileIdsIn, type AuthorityLayout } from '../store/layout.ts';
import { KEY_FILE_LIMIT_BYTES } from './key-file.ts';
import { createKeyringFormat } from './keyring-file.ts';
import type { SealedContent } from './sealed-content.ts';

export interface KeyringFilesContext {
  ports: Pick<Ports, 'files' | 'clock' | 'crypto' | 'log'>;
  layout: AuthorityLayout;
  readOnly: boolean;
}

/** Failed writes throw `store.not-writable`. */
export class KeyringFiles {
  readonly layout: AuthorityLayout;
  readonly #context: KeyringFilesContext;

  constructor(context: KeyringFilesContext) {
    this.#context = context;
    this.layout = context.layout;
  }

  /** Opens the keyring's file; `read` sets a damaged file aside and uses the copy. */
  createKeyringFile(): DurableJsonFile<SealedContent> {
    const { ports, readOnly } = this.#context;
    const context = { ports, migrations: MIGRATIONS, readOnly };
    return new DurableJsonFile(context, this.layout.keyring, createKeyringFormat(ports.crypto));
  }

  /** Writes the copy first: the change takes effect when the file itself is replaced. */
  async writeKeyring(content: SealedContent): Promise<void> {
    const format = createKeyringFormat(this.#context.ports.crypto);
    const text = `${JSON.stringify(format.encode(content))}\n`;
    await this.replace(this.layout.keyringCopy, text);
    await this.replace(this.layout.keyring, text);
  }

  /** Updates the copy, which may still have the old passphrase after an interruption. Failures are only logged. */
  async mendCopy(): Promise<void> {
    if (this.#context.readOnly) return;
    const mend = async (): Promise<void> => {
      const content = await this.read(this.layout.keyring);
      const copy = await this.read(this.layout.keyringCopy);
      if (content === undefined) return;
      if (copy === undefined || !isSameBytes(copy, content)) await this.replace(this.layout.keyringCopy, content);
    };
    await this.andLogFailure(mend());
  }

  async keyIds(): Promise<KeyFileId[]> {
    const { files } = this.#context.ports;
    return keyFileIdsIn((await unlessAbsent(files.list(this.layout.folder))) ?? []);
  }

  /** Returns `undefined` for an absent file. Throws `key-file.damaged` if the file is far too large. */
  async read(path: string): Promise<Uint8Array | undefined> {
    try {
      return await unlessAbsent(this.#context.ports.files.read(path, KEY_FILE_LIMIT_BYTES, { waits: true }));
    } catch (error) {
      if (!(error instanceof ConsoleError) || error.code !== 'file.too-large') throw error;
      throw new ConsoleError('key-file.damaged', { path, damage: 'torn' }, { cause: error });
    }
  }

  async replace(path: string, content: string | Uint8Array): Promise<void> {
    this.#mustBeWritable(path);
    await convertFileFailure(this.#context.ports.files.replace(path, content));
  }

  async remove(path: string): Promise<void> {
    this.#mustBeWritable(path);
    await convertFileFailure(unlessAbsent(this.#context.ports.files.remove(path)));
  }

  async andLogFailure(action: Promise<void>): Promise<void> {
    try {
      await action;
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      const facts = { code: error.code, path: error.params['path'] ?? '' };
      this.#context.ports.log.write('warning', 'a file of a keyring was left as it was', facts);
    }
  }

  #mustBeWritable(path: string): void {
    if (this.#context.readOnly) throw new ConsoleError('store.not-writable', { path });
  }
}
