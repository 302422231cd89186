import { writeSavedFile, type SavedFile } from '../../shared/files/saved-file.ts';
import type { Finding } from '../../shared/finding.ts';
import { BUNDLE_FILES, BUNDLE_SCHEMA, SUMMED_FILES } from '../model/bundle.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import { writeSums } from '../../formats/archive/sha256-sums.ts';
import { writeZip, type ZipEntry } from '../../formats/archive/zip-writer.ts';
import { loadLanguages, translator } from '../../shared/text/text.ts';
import type { Ports } from '../../shared/ports.ts';
import type { BundleContent } from './content.ts';
import { impactHtml } from '../export/html.ts';
import { recoveryMarkdown } from '../export/markdown.ts';
import { bundleReadme } from './readme.ts';
import { clusterRecord, previewRecord } from '../export/records.ts';
import { recoveryScript, verifierScript, type Translators } from '../export/script.ts';

/** Returns the bytes of an offline bundle, which depend on its contents only, not on the clock, time zone or system. */
export function revocationBundle(
  content: BundleContent,
  { sha256 }: Pick<Ports['crypto'], 'sha256'>,
): Uint8Array<ArrayBuffer> {
  const encodeText = (text: string): Uint8Array => new TextEncoder().encode(text);
  const hash = (bytes: Uint8Array): string => encodeHex(sha256(bytes));
  const { text, undo } = content.manifest;
  const hashes = { manifest: hash(encodeText(text)), undo: hash(encodeText(undo)) };
  const translators: Translators = { en: translator('en'), ja: translator('ja') };
  const { en, ja } = translators;
  const texts: Record<string, string> = {
    [BUNDLE_FILES.manifest]: text,
    [BUNDLE_FILES.undo]: undo,
    [BUNDLE_FILES.recoveryScript]: recoveryScript(content, hashes, translators),
    [BUNDLE_FILES.recoveryEn]: recoveryMarkdown(content, hashes, { language: 'en', translate: en }),
    [BUNDLE_FILES.recoveryJa]: recoveryMarkdown(content, hashes, { language: 'ja', translate: ja }),
    [BUNDLE_FILES.impactEn]: impactHtml(content, hashes, en),
    [BUNDLE_FILES.impactJa]: impactHtml(content, hashes, ja),
    [BUNDLE_FILES.impact]: `${JSON.stringify(impactRecord(content, hashes), null, 2)}\n`,
    [BUNDLE_FILES.verifier]: verifierScript(SUMMED_FILES, translators),
    [BUNDLE_FILES.readme]: bundleReadme(content, translators),
  };
  const entries: ZipEntry[] = Object.entries(texts).map(([name, own]) => ({ name, bytes: encodeText(own) }));
  const sums = entries.map(({ name, bytes }) => ({ name, sha256: hash(bytes) }));
  return writeZip([...entries, { name: BUNDLE_FILES.sums, bytes: encodeText(writeSums(sums)) }]);
}

/** Writes an offline bundle to `path` in one piece, replacing any existing file. Throws `file.not-writable`. */
export async function exportRevocationBundle(
  ports: Pick<Ports, 'files' | 'crypto'>,
  { content, path }: { content: BundleContent; path: string },
): Promise<SavedFile> {
  await loadLanguages();
  return writeSavedFile(ports, path, revocationBundle(content, ports.crypto));
}

/** Returns the output of `revocation preview --json`, extended with the hash of the manifest. */
function impactRecord(content: BundleContent, hashes: { manifest: string }): object {
  const { objects, judgement, isSample } = content;
  const { impact } = judgement;
  return {
    schema: BUNDLE_SCHEMA,
    manifest: {
      sha256: hashes.manifest,
      objects: objects.map(({ name, namespace, entries }) => ({ name, namespace, entries })),
    },
    sample: isSample,
    known: impact.known,
    clusters: impact.clusters.map(clusterRecord),
    ...contentRecord(
      { ...content, inventoryFindings: content.inventoryFindings.map(stripFolders) },
      BUNDLE_FILES.manifest,
    ),
  };
}

/** Returns the output of `revocation preview --json` for a manifest at `file`. */
export function contentRecord(content: BundleContent, file: string): ReturnType<typeof previewRecord> {
  const { impact, guard, findings } = content.judgement;
  return previewRecord({ ...impact, ...content, generatedAt: content.madeAt, file, guard, findings });
}

/** Replaces paths with file names, to keep the admin's folders private. */
function stripFolders({ place, params, ...finding }: Finding): Finding {
  const { path } = place;
  if (path === undefined) return { ...finding, place, params };
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const plain = Object.entries(params ?? {}).map(([key, value]): [string, string | number] => [
    key,
    typeof value === 'string' ? value.replaceAll(path, () => name) : value,
  ]);
  return { ...finding, place: { ...place, path: name }, params: params && Object.fromEntries(plain) };
}
