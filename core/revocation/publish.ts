import type { SavedFile } from '../shared/saved-file.ts';
import type { Cluster } from '../inventory/model/credential.ts';
import { encodeHex } from '../formats/der/hex.ts';
import type { DryRun } from './model/view.ts';
import type { Ports } from '../shared/ports.ts';
import type { Note } from '../shared/problem.ts';
import type { BundleContent } from './bundle/content.ts';
import { exportRevocationBundle } from './bundle/write.ts';
import { saveManifest, type SavedManifest } from './file.ts';
import type { JudgedText } from './judged-text.ts';
import { buildManifest, type Manifest } from './manifest/manifest.ts';
import type { DryRunTarget } from './target.ts';

/** A manifest with its judgement. */
export interface Confirmed {
  manifest: Manifest;
  judged: JudgedText;
}

/** The manifest of a judged text. `revocation.not-sound`, `revocation.not-understood`. */
export function confirmText(judged: JudgedText, understood: string | undefined): Confirmed {
  return { judged, manifest: buildManifest(judged, understood) };
}

/** The ways in which a manifest leaves the console. Each adds its facts to the audit trail, which holds that it began. */
export class Publisher {
  readonly #ports: Pick<Ports, 'files' | 'crypto' | 'host'>;
  readonly #note: Note | undefined;

  constructor(ports: Pick<Ports, 'files' | 'crypto' | 'host'>, note?: Note) {
    this.#ports = ports;
    this.#note = note;
  }

  /** To a file, with its undo manifest beside it. Problems as in `saveManifest`. */
  async save(confirmed: Confirmed, path: string, lastLook?: () => Promise<void>): Promise<SavedManifest> {
    const saved = await saveManifest(this.#ports, path, confirmed.manifest, lastLook);
    this.#tell(confirmed, { path });
    return saved;
  }

  /** To the clipboard. */
  async copy(confirmed: Confirmed): Promise<void> {
    await this.#ports.host.copy(confirmed.manifest.text);
    this.#tell(confirmed);
  }

  /** The offline bundle, to an absolute path. `file.not-writable`. */
  async bundle(confirmed: Confirmed, content: BundleContent, path: string): Promise<SavedFile> {
    const saved = await exportRevocationBundle(this.#ports, { content, path });
    this.#tell(confirmed, { path, bundleSha256: saved.sha256 });
    return saved;
  }

  async send(confirmed: Confirmed, target: DryRunTarget, cluster: Cluster): Promise<DryRun> {
    const dryRun = await target.send(confirmed.manifest);
    this.#tell(confirmed, { target: target.kind, clusterId: target.id, cluster: cluster.name });
    return dryRun;
  }

  #tell(
    { manifest: { text, objects }, judged: { judgement } }: Confirmed,
    more: Readonly<Record<string, string>> = {},
  ): void {
    const { crypto } = this.#ports;
    const { impact, guard } = judgement;
    this.#note?.({
      ...more,
      subject: objects.map(({ name }) => name).join(', '),
      sha256: encodeHex(crypto.sha256(new TextEncoder().encode(text))),
      entries: objects.reduce((sum, { entries }) => sum + entries.length, 0),
      matched: impact.matched,
      exposureUntil: impact.exposureUntil,
      understood: guard.phrase,
    });
  }
}
