import type { SavedFile } from '../shared/saved-file.ts';
import type { AuditAction } from '../audit/model/audit.ts';
import type { Cluster } from '../inventory/model/credential.ts';
import { encodeHex } from '../formats/der/hex.ts';
import type { DryRun } from './model/view.ts';
import type { Ports } from '../shared/ports.ts';
import type { AuditTrail } from '../audit/store/audit.ts';
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

/** The ways in which a manifest leaves the console. Each is recorded in the audit trail once it is written. */
export class Publisher {
  readonly #ports: Pick<Ports, 'files' | 'crypto' | 'host'>;
  readonly #audit: AuditTrail;

  constructor(ports: Pick<Ports, 'files' | 'crypto' | 'host'>, audit: AuditTrail) {
    this.#ports = ports;
    this.#audit = audit;
  }

  /** To a file, with its undo manifest beside it. Problems as in `saveManifest`. */
  async save(confirmed: Confirmed, path: string, lastLook?: () => Promise<void>): Promise<SavedManifest> {
    const saved = await saveManifest(this.#ports, path, confirmed.manifest, lastLook);
    await this.#tell('revocation.written', confirmed, { path });
    return saved;
  }

  /** To the clipboard. */
  async copy(confirmed: Confirmed): Promise<void> {
    await this.#ports.host.copy(confirmed.manifest.text);
    await this.#tell('revocation.copied', confirmed);
  }

  /** The offline bundle, to an absolute path. `file.not-writable`. */
  async bundle(confirmed: Confirmed, content: BundleContent, path: string): Promise<SavedFile> {
    const saved = await exportRevocationBundle(this.#ports, { content, path });
    await this.#tell('revocation.bundled', confirmed, { path, bundleSha256: saved.sha256 });
    return saved;
  }

  async send(confirmed: Confirmed, target: DryRunTarget, cluster: Cluster): Promise<DryRun> {
    const dryRun = await target.send(confirmed.manifest);
    await this.#tell('revocation.sent', confirmed, {
      target: target.kind,
      clusterId: target.id,
      cluster: cluster.name,
    });
    return dryRun;
  }

  async #tell(
    action: AuditAction,
    { manifest: { text, objects }, judged: { judgement } }: Confirmed,
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const { crypto, host } = this.#ports;
    const { impact, guard } = judgement;
    await this.#audit.append({
      by: host.user(),
      action,
      subject: objects.map(({ name }) => name).join(', '),
      params: {
        ...more,
        sha256: encodeHex(crypto.sha256(new TextEncoder().encode(text))),
        entries: objects.reduce((sum, { entries }) => sum + entries.length, 0),
        matched: impact.matched,
        ...(impact.exposureUntil !== undefined && { exposureUntil: impact.exposureUntil }),
        ...(guard.phrase !== undefined && { understood: guard.phrase }),
      },
    });
  }
}
