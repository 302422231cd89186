import { previewRecord } from '../export/records.ts';
import type { SavedFile } from '../../shared/saved-file.ts';
import type { BundleContent } from '../bundle/content.ts';
import { exportRevocationBundle } from '../bundle/write.ts';
import { buildManifest } from '../manifest/manifest.ts';
import { describePublication } from '../publish.ts';
import { answer } from '../../shared/verb/answer.ts';
import { noticeFindings } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { chooseKubeconfig, readNarrowed, refuseInventory, serviceOver } from './source.ts';
import { tellUnsound } from './text.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';
import { requireOption } from '../../shared/verb/values.ts';

/**
 * `arcwarden revocation bundle FILE --out ZIP`: writes an offline bundle for the objects in a file. Like `build --out`,
 * it writes nothing if there is an error or the phrase is missing, and records the bundle in the audit trail.
 */
export async function bundleRevocation(invocation: Invocation): Promise<ExitCode> {
  const { line, world, ports, translate } = invocation;
  const path = world.absolute(requireOption(invocation, 'out'));
  const inventory = await readNarrowed(invocation, 1);
  const refused = refuseInventory(invocation, inventory);
  if (refused !== undefined) return refused;
  const service = serviceOver(invocation, inventory);
  const about = chooseKubeconfig(invocation);
  const judged = await service.judgeFile(invocation.paths[0] ?? '', about);
  if (!judged.judgement.isSound) {
    invocation.note({ code: 'revocation.not-sound' });
    return tellUnsound(invocation, judged.findings);
  }
  const manifest = buildManifest(judged, line.values['i-understand']);
  const content = await service.fillBundle(manifest, about);
  const saved = await exportRevocationBundle(ports, { content, path });
  invocation.note(describePublication(manifest, ports, { path, bundleSha256: saved.sha256 }));
  answer(invocation, bundleRecord(path, saved, content), translate('cli.bundle.sha256', { sha256: saved.sha256 }));
  if (!line.json) {
    world.notice(translate('cli.bundle.saved', { path, bytes: saved.bytes }));
    noticeFindings(invocation, inventory.findings);
  }
  return EXIT.fine;
}

function bundleRecord(path: string, { bytes, sha256 }: SavedFile, content: BundleContent): object {
  const { madeAt, judgement } = content;
  const { impact, guard, findings } = judgement;
  const facts = { ...impact, ...content, generatedAt: madeAt, file: path, guard, findings };
  return { path, bytes, sha256, ...previewRecord(facts) };
}
