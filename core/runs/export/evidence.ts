import { writeSavedFile, type SavedFile } from '../../shared/files/saved-file.ts';
import { fillPrinted } from '../model/printed.ts';
import type { RunRecord } from '../model/run.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import { writeSums } from '../../formats/archive/sha256-sums.ts';
import { writeZip } from '../../formats/archive/zip-writer.ts';
import { LANGUAGES, loadLanguages, translator } from '../../shared/text/text.ts';
import type { PlanWording } from '../../plan/text/plan-text.ts';
import { runTranscript } from '../text/run-text.ts';
import type { Ports } from '../../shared/ports.ts';
import { planHtml } from '../../plan/export/html-page.ts';
import { planMarkdown } from '../../plan/export/markdown-page.ts';

const SUMS = 'SHA256SUMS';

/**
 * Builds the evidence of a run: plan and transcript in both languages, the record as JSON, and the SHA-256 of each. The
 * bytes depend on the record alone, so they can be reproduced. Secrets were removed when the record was stored.
 */
export function runEvidence(run: RunRecord, { sha256 }: Pick<Ports['crypto'], 'sha256'>): Uint8Array<ArrayBuffer> {
  const plan = fillPrinted(run);
  const texts = [
    { name: 'run.json', text: `${JSON.stringify(run, null, 2)}\n` },
    ...LANGUAGES.flatMap((language) => {
      const wording: PlanWording = { language, translate: translator(language), zone: 'utc' };
      return [
        { name: `plan.${language}.md`, text: planMarkdown(plan, wording) },
        { name: `plan.${language}.html`, text: planHtml(plan, wording) },
        { name: `transcript.${language}.txt`, text: runTranscript(run, wording) },
      ];
    }),
  ];
  const entries = texts.map(({ name, text }) => ({ name, bytes: new TextEncoder().encode(text) }));
  const sums = entries.map(({ name, bytes }) => ({ name, sha256: encodeHex(sha256(bytes)) }));
  return writeZip([...entries, { name: SUMS, bytes: new TextEncoder().encode(writeSums(sums)) }]);
}

/** Replaces the file at `path` in one piece. Throws `file.not-writable`. */
export async function exportRunEvidence(
  ports: Pick<Ports, 'files' | 'crypto'>,
  run: RunRecord,
  path: string,
): Promise<SavedFile> {
  await loadLanguages();
  return writeSavedFile(ports, path, runEvidence(run, ports.crypto));
}
