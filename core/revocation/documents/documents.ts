import { epochMs } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { RevocationDocumentId, RevocationGoal } from '../model/view.ts';
import { readRevocationDrafts } from '../../formats/renew-revocation/draft-reader.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import type { KeptRevocation, RevocationDocument, RevocationFileFacts, RevocationSummary } from '../contract.ts';
import type { Ports } from '../../shared/ports.ts';
import type { StoredRevocation, StoredRevocationFile } from '../schemas.ts';
import type { RevocationStore } from '../store/store.ts';

type DocumentPorts = Pick<Ports, 'files' | 'crypto' | 'clock' | 'ids'>;

const MOST_BYTES = 4 * 1024 * 1024;

export class RevocationDocuments {
  readonly #ports: DocumentPorts;
  readonly #store: RevocationStore;
  readonly #discarded = new Map<RevocationDocumentId, StoredRevocation>();
  readonly #contents = new WeakMap<StoredRevocation, { names: string[]; entries: number }>();

  constructor(ports: DocumentPorts, store: RevocationStore) {
    this.#ports = ports;
    this.#store = store;
  }

  async list(): Promise<RevocationSummary[]> {
    const documents = this.#store
      .documents()
      .toSorted((one, other) => epochMs(other.changedAt) - epochMs(one.changedAt));
    return Promise.all(documents.map((document) => this.#summary(document)));
  }

  async create({ goal, text = '' }: { goal?: RevocationGoal; text?: string }): Promise<RevocationDocument> {
    const step = text !== '' ? 'entries' : goal === undefined ? 'goal' : 'choose';
    return this.#begin({ text, step, goal });
  }

  async openFile(path: string): Promise<RevocationDocument> {
    const known = this.#store.documents().find(({ file }) => file?.path === path);
    if (known !== undefined) return this.#view(known);
    return this.#begin({ ...(await this.#read(path)), step: 'entries' });
  }

  async open(id: RevocationDocumentId): Promise<RevocationDocument> {
    return this.#view(this.#store.document(id));
  }

  async keep({ documentId, ...kept }: KeptRevocation): Promise<RevocationSummary> {
    const document = await this.#store.save(() => {
      const { id, createdAt, changedAt, file, text } = this.#store.document(documentId);
      // Moving to another step is not a change of the document.
      return { id, createdAt, ...kept, file, changedAt: text === kept.text ? changedAt : this.#ports.clock.now() };
    });
    return this.#summary(document);
  }

  async reload(id: RevocationDocumentId): Promise<RevocationDocument> {
    const read = await this.#read(getFile(this.#store.document(id)).path);
    const fresh = { ...read, changedAt: this.#ports.clock.now(), objectIndex: 0 };
    return this.#view(await this.#store.save(() => ({ ...this.#store.document(id), ...fresh })));
  }

  async readFile(id: RevocationDocumentId): Promise<{ text: string }> {
    const { text } = await this.#read(getFile(this.#store.document(id)).path);
    return { text };
  }

  async discard(id: RevocationDocumentId): Promise<RevocationSummary> {
    const document = await this.#store.remove(id);
    this.#discarded.set(id, document);
    return this.#summary(document);
  }

  async restore(id: RevocationDocumentId): Promise<RevocationSummary> {
    const document = this.#discarded.get(id);
    if (document === undefined) throw new ConsoleError('revocation.document-unknown', {});
    await this.#store.save(() => document);
    this.#discarded.delete(id);
    return this.#summary(document);
  }

  /**
   * Returns whether another program has changed the file of a document since it was last read or written. A missing
   * file counts as unchanged, because replacing it loses nothing.
   */
  async isChanged(id: RevocationDocumentId): Promise<boolean> {
    const { file } = this.#store.document(id);
    return file !== undefined && (await this.#onDisk(file)).onDisk === 'changed';
  }

  async noteSaved(
    id: RevocationDocumentId,
    { text, path }: { text: string; path: string },
  ): Promise<RevocationDocument> {
    const at = this.#ports.clock.now();
    const sha256 = this.#hashText(text);
    const file = { path, at, sha256, textSha256: sha256 };
    const document = await this.#store.save(() => {
      const before = this.#store.document(id);
      return { ...before, text, file, changedAt: before.text === text ? before.changedAt : at };
    });
    return this.#view(document);
  }

  async #begin(begun: Pick<StoredRevocation, 'text' | 'step' | 'goal' | 'file'>): Promise<RevocationDocument> {
    const at = this.#ports.clock.now();
    const id = this.#ports.ids.next() as RevocationDocumentId;
    const document = { id, objectIndex: 0, createdAt: at, changedAt: at, ...begun };
    return this.#view(await this.#store.save(() => document));
  }

  async #read(path: string): Promise<{ text: string; file: StoredRevocationFile }> {
    const bytes = await this.#ports.files.read(path, MOST_BYTES);
    const decoded = decodeText(bytes);
    // Saving would change the bytes that are not text.
    if (decoded === undefined || decoded.damaged) throw new ConsoleError('revocation.not-text', { path });
    const { text } = decoded;
    const hashes = { sha256: this.#hash(bytes), textSha256: this.#hashText(text) };
    return { text, file: { path, at: this.#ports.clock.now(), ...hashes } };
  }

  async #view(document: StoredRevocation): Promise<RevocationDocument> {
    return { ...document, file: await this.#facts(document) };
  }

  async #summary(document: StoredRevocation): Promise<RevocationSummary> {
    const { id, step, goal, changedAt } = document;
    return { id, step, changedAt, ...this.#readContent(document), goal, file: await this.#facts(document) };
  }

  #readContent(document: StoredRevocation): { names: string[]; entries: number } {
    let content = this.#contents.get(document);
    if (content === undefined) {
      const drafts = readRevocationDrafts(document.text).objects.map(({ draft }) => draft);
      const names = drafts.flatMap(({ name }) => name ?? []);
      content = { names, entries: drafts.reduce((sum, { entries }) => sum + entries.length, 0) };
      this.#contents.set(document, content);
    }
    return content;
  }

  async #facts({ text, file }: StoredRevocation): Promise<RevocationFileFacts | undefined> {
    if (file === undefined) return undefined;
    const { path, at, sha256, textSha256 } = file;
    return {
      name: this.#ports.files.fileName(path),
      path,
      at,
      sha256,
      edited: this.#hashText(text) !== textSha256,
      ...(await this.#onDisk(file)),
    };
  }

  async #onDisk({ path, sha256 }: StoredRevocationFile): Promise<Pick<RevocationFileFacts, 'onDisk' | 'diskSha256'>> {
    try {
      const bytes = await this.#ports.files.read(path, MOST_BYTES);
      const diskSha256 = this.#hash(bytes);
      return diskSha256 === sha256 ? { onDisk: 'same' } : { onDisk: 'changed', diskSha256 };
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      if (error.code === 'file.too-large') return { onDisk: 'changed' };
      return { onDisk: error.code === 'file.not-found' ? 'gone' : 'unreadable' };
    }
  }

  #hashText(text: string): string {
    return this.#hash(new TextEncoder().encode(text));
  }

  #hash(bytes: Uint8Array): string {
    return this.#ports.crypto.sha256Hex(bytes);
  }
}

function getFile({ file }: StoredRevocation): StoredRevocationFile {
  if (file === undefined) throw new ConsoleError('revocation.no-file', {});
  return file;
}
