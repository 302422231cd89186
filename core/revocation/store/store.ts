import type { Finding } from '../../shared/finding.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { RevocationDocumentId } from '../model/view.ts';
import { secretLineIn } from '../../formats/text/secrets-in-text.ts';
import type { Ports } from '../../shared/ports.ts';
import { isTemporaryFile } from '../../store/data-layout.ts';
import { Queue, StoredDocument } from '../../store/document.ts';
import {
  asStoreFailure,
  DurableJsonFile,
  unlessAbsent,
  type FileContext,
  type FileFormat,
} from '../../store/durable-json-file.ts';
import { MIGRATIONS, SCHEMA_VERSION } from '../../store/migrations.ts';
import { isRevocationDocumentId, MOST_REVOCATION_TEXT, revocationFile, type StoredRevocation } from './schemas.ts';
import { storeFinding } from '../../store/store-findings.ts';

/** Below the data folder; one file per document, so that a damaged one hides no other. */
const FOLDER = 'revocations';
const FILE = /^([0-9a-f]{16})\.json(?:\.previous)?$/u;
const NOTHING_SET_ASIDE = 'none';
export const MOST_REVOCATIONS = 200;

/**
 * Stored revocation drafts. A promise that resolves means that the change is on disk; otherwise it fails with
 * `store.not-writable`, and the former content stays.
 */
export interface RevocationStore {
  /** In order of creation. */
  documents(): readonly StoredRevocation[];
  /** `revocation.document-unknown`. */
  document(id: RevocationDocumentId): StoredRevocation;
  /**
   * Stores a document, replacing the one with its id. A text that contains a secret is never written:
   * `revocation.secret-in-text`, `revocation.too-large`, `revocation.too-many`.
   */
  keep(document: StoredRevocation): Promise<StoredRevocation>;
  /** `revocation.document-unknown`. Calls take effect in order. */
  change(id: RevocationDocumentId, change: (document: StoredRevocation) => StoredRevocation): Promise<StoredRevocation>;
  /** Removes the file; the document can be stored again. `revocation.document-unknown`. */
  remove(id: RevocationDocumentId): Promise<StoredRevocation>;
  /** Problems found when the files were read. */
  findings(): readonly Finding[];
  /** Waits for pending changes; later ones fail. */
  close(): Promise<void>;
}

type Kept = StoredDocument<StoredRevocation | null>;

/**
 * Opens the files in the data folder at an absolute path, whose lock the caller holds. Read-only needs no lock, and
 * nothing is created, set aside or changed. `file.not-readable`, `store.not-writable`.
 */
export async function openRevocationStore(
  ports: Pick<Ports, 'files' | 'clock'>,
  dataFolder: string,
  { readOnly = false }: { readOnly?: boolean } = {},
): Promise<RevocationStore> {
  const store = new FolderStore(ports, ports.files.join(dataFolder, FOLDER), readOnly);
  await store.load();
  return store;
}

class FolderStore implements RevocationStore {
  readonly #ports: Pick<Ports, 'files' | 'clock'>;
  readonly #folder: string;
  readonly #context: FileContext;
  readonly #kept = new Map<RevocationDocumentId, Kept>();
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
    if (!readOnly) await asStoreFailure(files.createFolder(this.#folder));
    const ids = new Set<RevocationDocumentId>();
    for (const name of (await unlessAbsent(files.list(this.#folder))) ?? []) {
      if (isTemporaryFile(name) && !readOnly)
        await asStoreFailure(unlessAbsent(files.remove(files.join(this.#folder, name))));
      const id = FILE.exec(name)?.[1] ?? '';
      if (isRevocationDocumentId(id)) ids.add(id);
    }
    const loaded: { id: RevocationDocumentId; kept: Kept; createdAt: string }[] = [];
    for (const id of ids) {
      const kept = await this.#loaded(id);
      const { createdAt } = kept?.value ?? {};
      if (kept !== undefined && createdAt !== undefined) loaded.push({ id, kept, createdAt });
    }
    loaded.sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
    for (const { id, kept } of loaded) this.#kept.set(id, kept);
  }

  documents(): readonly StoredRevocation[] {
    return [...this.#kept.values()].flatMap(({ value }) => value ?? []);
  }

  document(id: RevocationDocumentId): StoredRevocation {
    const document = this.#kept.get(id)?.value;
    if (document === undefined || document === null) throw new ConsoleError('revocation.document-unknown', {});
    return document;
  }

  keep(document: StoredRevocation): Promise<StoredRevocation> {
    return this.#queue.run(() => this.#keep(document));
  }

  change(
    id: RevocationDocumentId,
    change: (document: StoredRevocation) => StoredRevocation,
  ): Promise<StoredRevocation> {
    return this.#queue.run(() => this.#keep(change(this.document(id))));
  }

  remove(id: RevocationDocumentId): Promise<StoredRevocation> {
    return this.#queue.run(async () => {
      const document = this.document(id);
      const path = this.#fileOf(id).path;
      this.#checkOpen(path);
      const { files } = this.#ports;
      // The previous copy first: left behind, it would be taken for the document.
      await asStoreFailure(unlessAbsent(files.remove(`${path}.previous`)));
      await asStoreFailure(unlessAbsent(files.remove(path)));
      this.#kept.delete(id);
      return document;
    });
  }

  findings(): readonly Finding[] {
    return this.#findings;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#queue.idle();
  }

  async #keep(document: StoredRevocation): Promise<StoredRevocation> {
    const { id, text } = document;
    const known = this.#kept.get(id);
    const file = known ?? new StoredDocument<StoredRevocation | null>(this.#fileOf(id), null);
    this.#checkOpen(file.file.path);
    if (known?.value?.text !== text) checkText(text);
    if (known === undefined && this.#kept.size >= MOST_REVOCATIONS)
      throw new ConsoleError('revocation.too-many', { most: MOST_REVOCATIONS });
    await file.replace(document);
    this.#kept.set(id, file);
    return document;
  }

  #checkOpen(path: string): void {
    if (this.#isClosed) throw new ConsoleError('store.not-writable', { path });
  }

  #fileOf(id: RevocationDocumentId): DurableJsonFile<StoredRevocation | null> {
    const path = this.#ports.files.join(this.#folder, `${id}.json`);
    return new DurableJsonFile(this.#context, path, findFormat(id));
  }

  async #loaded(id: RevocationDocumentId): Promise<Kept | undefined> {
    const file = this.#fileOf(id);
    const kept: Kept = new StoredDocument<StoredRevocation | null>(file, null);
    const { path } = file;
    const named = { file: this.#ports.files.nameOf(path) };
    try {
      await kept.load();
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      const { code, params } = error;
      if (code !== 'store.newer' && code !== 'file.not-readable' && code !== 'file.too-large') throw error;
      const rule = code === 'store.newer' ? 'store.revocation-newer' : 'store.revocation-unreadable';
      this.#findings.push(storeFinding(rule, { path }, { ...named, ...params }));
      return undefined;
    }
    const setAside = file.setAsideAs === undefined ? NOTHING_SET_ASIDE : this.#ports.files.nameOf(file.setAsideAs);
    if (file.outcome === 'restored' || file.outcome === 'lost') {
      const rule = `store.revocation-${file.outcome}` as const;
      this.#findings.push(storeFinding(rule, { path }, { ...named, setAside }));
    }
    return kept;
  }
}

/** `revocation.secret-in-text`, `revocation.too-large`. */
export function checkText(text: string): void {
  if (text.length > MOST_REVOCATION_TEXT)
    throw new ConsoleError('revocation.too-large', { limit: MOST_REVOCATION_TEXT });
  const line = secretLineIn(text);
  if (line !== undefined) throw new ConsoleError('revocation.secret-in-text', { line });
}

function findFormat(id: RevocationDocumentId): FileFormat<StoredRevocation | null> {
  return {
    kind: 'revocation',
    decode(content) {
      const document = revocationFile.safeParse(content).data;
      // A file copied over another one is not that document.
      return document?.id === id ? document : undefined;
    },
    encode: (document) => ({ schema: SCHEMA_VERSION, ...document }),
  };
}
