import type { Finding } from '../../shared/finding.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { RevocationDocumentId } from '../model/view.ts';
import { secretLineIn } from '../../formats/text/secrets-in-text.ts';
import type { Ports } from '../../shared/ports.ts';
import { isTemporaryFile } from '../../store/data-layout.ts';
import { Queue, StoredDocument } from '../../store/document.ts';
import {
  convertFileFailure,
  DurableJsonFile,
  unlessAbsent,
  type FileContext,
  type FileFormat,
} from '../../store/durable-json-file.ts';
import { MIGRATIONS, SCHEMA_VERSION } from '../../store/migrations.ts';
import { isRevocationDocumentId, MOST_REVOCATION_TEXT, revocationFile, type StoredRevocation } from '../schemas.ts';
import { storeFinding } from '../../store/store-findings.ts';

/** Each document has its own file, so that a damaged file affects no other document. */
const FOLDER = 'revocations';
const FILE = /^([0-9a-f]{16})\.json(?:\.previous)?$/u;
const NOTHING_SET_ASIDE = 'none';
export const MOST_REVOCATIONS = 200;

type StoredFile = StoredDocument<StoredRevocation | null>;

/**
 * Opens the drafts in the data folder at an absolute path. The caller must hold the lock of the folder. Reading needs
 * no lock and changes nothing on disk. Throws `file.not-readable` or `store.not-writable`.
 */
export async function openRevocationStore(
  ports: Pick<Ports, 'files' | 'clock'>,
  dataFolder: string,
  { readOnly = false }: { readOnly?: boolean } = {},
): Promise<RevocationStore> {
  const store = new RevocationStore(ports, ports.files.join(dataFolder, FOLDER), readOnly);
  await store.load();
  return store;
}

/**
 * Revocation drafts on disk. A change is on disk once its promise resolves. After `store.not-writable`, the previous
 * content stays.
 */
export class RevocationStore {
  readonly #ports: Pick<Ports, 'files' | 'clock'>;
  readonly #folder: string;
  readonly #context: FileContext;
  readonly #files = new Map<RevocationDocumentId, StoredFile>();
  readonly #findings: Finding[] = [];
  readonly #queue = new Queue();
  #isClosed = false;

  constructor(ports: Pick<Ports, 'files' | 'clock'>, folder: string, readOnly: boolean) {
    this.#ports = ports;
    this.#folder = folder;
    this.#context = { ports, migrations: MIGRATIONS, readOnly };
  }

  async load(): Promise<void> {
    const { files } = this.#ports;
    const { readOnly } = this.#context;
    if (!readOnly) await convertFileFailure(files.createFolder(this.#folder));
    const ids = new Set<RevocationDocumentId>();
    for (const name of (await unlessAbsent(files.list(this.#folder))) ?? []) {
      if (isTemporaryFile(name) && !readOnly) await files.remove(files.join(this.#folder, name)).catch(() => undefined);
      const id = FILE.exec(name)?.[1] ?? '';
      if (isRevocationDocumentId(id)) ids.add(id);
    }
    const loaded: { id: RevocationDocumentId; file: StoredFile; createdAt: string }[] = [];
    for (const id of ids) {
      const file = await this.#load(id);
      const { createdAt } = file?.value ?? {};
      if (file !== undefined && createdAt !== undefined) loaded.push({ id, file, createdAt });
    }
    loaded.sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
    for (const { id, file } of loaded) this.#files.set(id, file);
  }

  documents(): readonly StoredRevocation[] {
    return [...this.#files.values()].flatMap(({ value }) => value ?? []);
  }

  /** Returns the document with this id. Throws `revocation.document-unknown`. */
  document(id: RevocationDocumentId): StoredRevocation {
    const document = this.#files.get(id)?.value;
    if (document === undefined || document === null) throw new ConsoleError('revocation.document-unknown', {});
    return document;
  }

  /**
   * Stores the result of `make` under its id. Calls take effect in order. Throws `revocation.secret-in-text`,
   * `revocation.too-large` or `revocation.too-many`.
   */
  save(make: () => StoredRevocation): Promise<StoredRevocation> {
    return this.#queue.run(async () => {
      const document = make();
      const { id, text } = document;
      const former = this.#files.get(id);
      const file = former ?? this.#documentPath(id);
      if (this.#isClosed) throw new ConsoleError('store.not-writable', { path: file.file.path });
      if (former?.value?.text !== text) checkText(text);
      if (former === undefined && this.#files.size >= MOST_REVOCATIONS)
        throw new ConsoleError('revocation.too-many', { most: MOST_REVOCATIONS });
      await file.replace(document);
      this.#files.set(id, file);
      return document;
    });
  }

  /** Removes the file of a document, which can be stored again. Throws `revocation.document-unknown`. */
  remove(id: RevocationDocumentId): Promise<StoredRevocation> {
    return this.#queue.run(async () => {
      const document = this.document(id);
      const { path } = this.#documentPath(id).file;
      if (this.#isClosed) throw new ConsoleError('store.not-writable', { path });
      const { files } = this.#ports;
      // The previous copy is removed first, because it would count as the document if it were alone.
      await convertFileFailure(unlessAbsent(files.remove(`${path}.previous`)));
      await convertFileFailure(unlessAbsent(files.remove(path)));
      this.#files.delete(id);
      return document;
    });
  }

  findings(): readonly Finding[] {
    return this.#findings;
  }

  /** Waits for pending changes and rejects later ones. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#queue.idle();
  }

  #documentPath(id: RevocationDocumentId): StoredFile {
    const path = this.#ports.files.join(this.#folder, `${id}.json`);
    const format: FileFormat<StoredRevocation | null> = {
      kind: 'revocation',
      decode(content) {
        const document = revocationFile.safeParse(content).data;
        // The id differs if the file of another document was copied over this one.
        return document?.id === id ? document : undefined;
      },
      encode: (document) => ({ schema: SCHEMA_VERSION, ...document }),
    };
    return new StoredDocument<StoredRevocation | null>(new DurableJsonFile(this.#context, path, format), null);
  }

  async #load(id: RevocationDocumentId): Promise<StoredFile | undefined> {
    const stored = this.#documentPath(id);
    const { file } = stored;
    const { path } = file;
    const named = { file: this.#ports.files.fileName(path) };
    try {
      await stored.load();
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      const { code, params } = error;
      const rule = code === 'store.newer' ? 'store.revocation-newer' : 'store.revocation-unreadable';
      this.#findings.push(storeFinding(rule, { path }, { ...named, ...params }));
      return undefined;
    }
    const setAside = file.setAsideAs === undefined ? NOTHING_SET_ASIDE : this.#ports.files.fileName(file.setAsideAs);
    if (file.outcome === 'restored' || file.outcome === 'lost') {
      const rule = `store.revocation-${file.outcome}` as const;
      this.#findings.push(storeFinding(rule, { path }, { ...named, setAside }));
    }
    return stored;
  }
}

/** Checks that a text may be written to disk. Throws `revocation.secret-in-text` or `revocation.too-large`. */
export function checkText(text: string): void {
  if (text.length > MOST_REVOCATION_TEXT)
    throw new ConsoleError('revocation.too-large', { limit: MOST_REVOCATION_TEXT });
  const line = secretLineIn(text);
  if (line !== undefined) throw new ConsoleError('revocation.secret-in-text', { line });
}
