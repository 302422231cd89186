import { exportRevocationBundle } from '../bundle/write.ts';
import { previewRecord } from '../export/records.ts';
import { msOf } from '../../shared/instant.ts';
import type { SavedFile } from '../../shared/saved-file.ts';
import { manifestRecord } from '../audit-record.ts';
import { bundleContent, type BundleContent } from '../bundle/content.ts';
import { judgeText } from '../evaluate.ts';
import { manifestOfText, manifestSha256 } from '../manifest/manifest.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { inputFault } from '../../cli/outcome.ts';
import { placedRecord } from './records.ts';
import { wanted } from './preview.ts';
import { fileOf, inventoryOf, tellInventory } from './source.ts';
import { placedLines } from './text.ts';
import { EXIT, UsageError, type ExitCode } from '../../cli/usage.ts';

/**
 * `arcwarden revocation bundle FILE --out ZIP`: all that goes with the objects of a file, for a host without a network. As
 * `build --out`, it writes nothing with an error or without the phrase that is asked for, and it tells the audit trail.
 */
export async function revocationBundle(invocation: Invocation): Promise<ExitCode> {
  const { line, world, ports, translate } = invocation;
  if (line.out === undefined) throw new UsageError('cli.usage.option-needed', { option: '--out' });
  const path = world.absolute(line.out);
  const inventory = wanted(invocation, await inventoryOf(invocation, 1));
  const { text, findings } = await fileOf(invocation, inventory);
  if (inputFault(inventory.findings)) {
    tellInventory(invocation, inventory);
    return EXIT.usage;
  }
  const { clusters, certificates, serialSpelling } = inventory;
  // Commands name it as it was typed: they are run on another computer, perhaps of another system.
  const shownKubeconfig = line.values.kubeconfig;
  const kubeconfig = shownKubeconfig === undefined ? undefined : world.absolute(shownKubeconfig);
  const about = { clusters, certificates, now: ports.clock.now(), kubeconfig };
  const judged = judgeText(text, { ...about, serialSpelling });
  if (!judged.judgement.isSound) {
    if (line.json) world.out(`${JSON.stringify({ findings: findings.map(placedRecord) }, null, 2)}\n`);
    else for (const finding of findings) for (const each of placedLines(invocation, finding)) world.notice(each);
    return EXIT.attention;
  }
  const content = await bundleContent({
    manifest: manifestOfText(judged, line.values['i-understand']),
    ...about,
    judged,
    inventoryFindings: inventory.findings,
    ...(shownKubeconfig !== undefined && { shownKubeconfig }),
    pause: () => Promise.resolve(),
  });
  const saved = await write(invocation, path, content);
  if (line.json) world.out(`${JSON.stringify(recordOf(path, saved, content), null, 2)}\n`);
  else {
    world.out(`${translate('cli.bundle.sha256', { sha256: saved.sha256 })}\n`);
    world.notice(translate('cli.bundle.saved', { path, bytes: saved.bytes }));
    tellInventory(invocation, inventory);
  }
  return EXIT.fine;
}

/** The file, then the line in the audit trail: nothing is told as written before it is. */
async function write(
  { ports, world, dataFolder }: Invocation,
  path: string,
  content: BundleContent,
): Promise<SavedFile> {
  const { manifest, objects, entries, judgement } = content;
  const { impact, guard } = judgement;
  return world.withNotifications(ports, dataFolder, async ({ notifications }) => {
    const saved = await exportRevocationBundle(ports, { content, path });
    const until = impact.exposureUntil;
    const facts = {
      names: objects.map(({ name }) => name),
      sha256: manifestSha256(manifest, ports.crypto),
      entries: entries.length,
      matched: impact.matched,
      guard,
      ...(until !== undefined && { exposureUntilMs: msOf(until) }),
    };
    const more = { path, bundleSha256: saved.sha256 };
    await notifications.audit.append(manifestRecord('revocation.bundled', ports.host.user(), facts, more));
    return saved;
  });
}

function recordOf(path: string, saved: SavedFile, content: BundleContent): object {
  const { madeAt, objects, entries, plan, judgement, inventoryFindings } = content;
  const { impact, guard, findings } = judgement;
  return {
    path,
    bytes: saved.bytes,
    sha256: saved.sha256,
    ...previewRecord({
      generatedAt: madeAt,
      file: path,
      objects,
      entries,
      plan,
      guard,
      findings,
      matched: impact.matched,
      exposureUntil: impact.exposureUntil,
      exposure: impact.exposure,
      inventoryFindings,
    }),
  };
}
