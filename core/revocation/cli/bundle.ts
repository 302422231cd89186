import { contentRecord, exportRevocationBundle } from '../bundle/write.ts';
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
 * Writes an offline bundle for the objects in a file and records it in the audit trail. Like `build --out`, it writes nothing if there is an error or the phrase is missing.
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
  const { bytes, sha256 } = await exportRevocationBundle(ports, { content, path });
  invocation.note(describePublication(manifest, ports, { path, bundleSha256: sha256 }));
  const document = { path, bytes, sha256, ...contentRecord(content, path) };
  answer(invocation, document, translate('cli.bundle.sha256', { sha256 }));
  if (!line.json) {
    world.notice(translate('cli.bundle.saved', { path, bytes }));
    noticeFindings(invocation, inventory.findings);
  }
  return EXIT.fine;
}
