import type { SavedFile } from '../shared/saved-file.ts';
import type { AuditAction } from '../audit/model/audit.ts';
import type { ClusterId } from '../shared/ids.ts';
import type { Cluster } from '../inventory/model/credential.ts';
import { msOf } from '../shared/instant.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { DryRun, RevocationDocument, RevocationDocumentId } from './model/view.ts';
import { hexOf } from '../formats/der/hex.ts';
import type { Ports } from '../shared/ports.ts';
import type { AuditTrail } from '../audit/store/audit.ts';
import { checkText } from './store/store.ts';
import { manifestRecord } from './audit-record.ts';
import type { RevocationDocuments } from './documents.ts';
import { exposureUntilMs } from './impact/exposure.ts';
import { saveManifest } from './file.ts';
import type { JudgedText } from './judged-text.ts';
import { manifestOfText, type Manifest } from './manifest/manifest.ts';
import type { Target } from './target.ts';

export interface ReleaseContext {
  ports: Pick<Ports, 'files' | 'crypto' | 'clock' | 'host'>;
  documents: RevocationDocuments;
  audit: AuditTrail;
  /** Judges a text of a document as its screen does, at this moment. */
  judge: (text: string, documentId: RevocationDocumentId) => JudgedText;
  /** Writes the offline bundle of a manifest to an absolute path. */
  writeBundle: (released: Released, release: Release, path: string) => Promise<SavedFile>;
}

/** A text that is to leave the console. */
export interface Release {
  documentId: RevocationDocumentId;
  text: string;
  /** What was typed; needed where the judgement asks for it. */
  understood?: string;
}

/** A manifest with what it was judged to be. */
export interface Released {
  manifest: Manifest;
  judged: JudgedText;
}

/**
 * The ways of a text out of the console. Whatever the screen has shown, it is judged again here, at the last moment; whatever
 * leaves is told in the audit trail.
 */
export class Releases {
  readonly #context: ReleaseContext;

  constructor(context: ReleaseContext) {
    this.#context = context;
  }

  /**
   * A manifest of a text. `revocation.not-sound`, `revocation.not-understood`, `revocation.secret-in-text`,
   * `revocation.document-unknown`.
   */
  confirmed({ documentId, text, understood }: Release): Released {
    checkText(text);
    const judged = this.#context.judge(text, documentId);
    return { judged, manifest: manifestOfText(judged, understood) };
  }

  /** To the file of the document, or to `path`. `revocation.file-changed`, `revocation.no-file`, `revocation.undo-taken`. */
  async save(
    release: Release,
    { path, overwrite }: { path: string | undefined; overwrite: boolean },
  ): Promise<RevocationDocument> {
    const { documents, ports } = this.#context;
    const { documentId, text } = release;
    const own = documents.pathOf(documentId);
    const target = path ?? own;
    if (target === undefined) throw new ConsoleError('revocation.no-file', {});
    const released = this.confirmed(release);
    await saveManifest(ports, target, released.manifest, async () => {
      if (target === own && !overwrite && (await documents.isChanged(documentId)))
        throw new ConsoleError('revocation.file-changed', { path: target });
    });
    await this.tell('revocation.written', released, { path: target });
    return documents.noteSaved(documentId, { text, path: target });
  }

  async copy(release: Release): Promise<void> {
    const released = this.confirmed(release);
    await this.#context.ports.host.copy(released.manifest.text);
    await this.tell('revocation.copied', released);
  }

  /** The offline bundle, to an absolute path. */
  async bundle(release: Release, path: string): Promise<SavedFile> {
    const released = this.confirmed(release);
    const saved = await this.#context.writeBundle(released, release, path);
    await this.tell('revocation.bundled', released, { path, bundleSha256: saved.sha256 });
    return saved;
  }

  async send(release: Release, target: Target, cluster: Cluster): Promise<DryRun> {
    const released = this.confirmed(release);
    const dryRun = await target.send(released.manifest);
    await this.tell('revocation.sent', released, { target: target.kind, clusterId: target.id, cluster: cluster.name });
    return dryRun;
  }

  /** A line in the audit trail. */
  async tell(
    action: AuditAction,
    { manifest: { text, objects }, judged }: Released,
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const { ports, audit } = this.#context;
    const { matched } = judged.impact;
    const untilMs = exposureUntilMs(matched, msOf(ports.clock.now()));
    const facts = {
      names: objects.map(({ name }) => name),
      sha256: hexOf(ports.crypto.sha256(new TextEncoder().encode(text))),
      entries: objects.reduce((sum, { entries }) => sum + entries.length, 0),
      matched: matched.length,
      guard: judged.judgement.guard,
      exposureUntilMs: untilMs,
    };
    await audit.append(manifestRecord(action, ports.host.user(), facts, more));
  }
}

/** The Kubernetes cluster with an id. `cluster.unknown`. */
export function kubernetesCluster(clusters: readonly Cluster[], clusterId: ClusterId): Cluster {
  const found = clusters.find(({ id, kind }) => id === clusterId && kind === 'kubernetes');
  if (found === undefined) throw new ConsoleError('cluster.unknown', { cluster: clusterId });
  return found;
}
