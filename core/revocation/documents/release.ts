import type { SavedFile } from '../../shared/saved-file.ts';
import type { ClusterId } from '../../shared/ids.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { DryRun, RevocationDocument, RevocationDocumentId } from '../model/view.ts';
import type { RevocationDocuments } from './documents.ts';
import { confirmText, type Confirmed, type Publisher } from '../publish.ts';
import type { RevocationService } from '../service.ts';
import { checkText } from '../store/store.ts';

/** The text of a document that is about to leave the console. */
export interface Publication {
  documentId: RevocationDocumentId;
  text: string;
  /** The typed confirmation; required where the judgement asks for it. */
  understood?: string;
}

/** Publishes documents. Whatever the screen showed, a text is judged again here, at the last moment. */
export class DocumentReleases {
  readonly #service: RevocationService;
  readonly #publisher: Publisher;
  readonly #documents: RevocationDocuments;

  constructor(service: RevocationService, publisher: Publisher, documents: RevocationDocuments) {
    this.#service = service;
    this.#publisher = publisher;
    this.#documents = documents;
  }

  /** To the document's file, or to `path`. `revocation.file-changed`, `revocation.no-file`, `revocation.undo-taken`. */
  async save(
    release: Publication,
    { path, overwrite }: { path: string | undefined; overwrite: boolean },
  ): Promise<RevocationDocument> {
    const { documentId, text } = release;
    const own = this.#documents.pathOf(documentId);
    const target = path ?? own;
    if (target === undefined) throw new ConsoleError('revocation.no-file', {});
    await this.#publisher.save(this.#confirm(release), target, async () => {
      if (target === own && !overwrite && (await this.#documents.isChanged(documentId)))
        throw new ConsoleError('revocation.file-changed', { path: target });
    });
    return this.#documents.noteSaved(documentId, { text, path: target });
  }

  async copy(release: Publication): Promise<void> {
    await this.#publisher.copy(this.#confirm(release));
  }

  /** The offline bundle, to an absolute path. */
  async bundle(release: Publication, path: string): Promise<SavedFile> {
    const confirmed = this.#confirm(release);
    const kubeconfig = this.#documents.kubeconfigOf(release.documentId);
    const content = await this.#service.fillBundle(confirmed, { kubeconfig });
    return this.#publisher.bundle(confirmed, content, path);
  }

  async send(release: Publication, clusterId: ClusterId): Promise<DryRun> {
    const { target, cluster } = this.#service.targetOf(clusterId);
    return this.#publisher.send(this.#confirm(release), target, cluster);
  }

  /**
   * `revocation.not-sound`, `revocation.not-understood`, `revocation.secret-in-text`, `revocation.too-large`,
   * `revocation.document-unknown`.
   */
  #confirm({ documentId, text, understood }: Publication): Confirmed {
    checkText(text);
    const file = this.#documents.pathOf(documentId);
    const kubeconfig = this.#documents.kubeconfigOf(documentId);
    return confirmText(this.#service.judge(text, { file, kubeconfig }), understood);
  }
}
