import { msOf, instantFromMs } from '../../shared/instant.ts';
import { isUnderstood, type RecoveryStep } from '../model/view.ts';
import { previewRecord } from '../export/records.ts';
import { EXPOSURE_STATEMENTS, exposureUntilMs } from '../impact/exposure.ts';
import { judgeText } from '../evaluate.ts';
import { planOf } from '../plan.ts';
import { previewOf, type Preview } from '../impact/preview.ts';
import type { KnownCertificate } from '../model/inventory-index.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import { wantedClusters } from '../../expiry/cli/clusters.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { inputFault } from '../../cli/outcome.ts';
import { entryFacts } from './records.ts';
import { fileOf, inventoryOf, tellInventory, type RevocationInventory } from './source.ts';
import { exposureLines, guardLines, placedLines, planLines, previewText } from './text.ts';
import { EXIT, type ExitCode } from '../../cli/usage.ts';

/** `arcwarden revocation preview FILE [--inventory PATH...]`: what it would do, and what goes with it. */
export async function revocationPreview(invocation: Invocation): Promise<ExitCode> {
  const { line, world, ports, translate } = invocation;
  const now = ports.clock.now();
  const inventory = wanted(invocation, await inventoryOf(invocation, 1));
  const { path, text, objects, findings } = await fileOf(invocation, inventory);
  const previews: { name: string; preview: Preview }[] = [];
  for (const { written } of objects)
    previews.push({ name: written.draft.name ?? '', preview: await previewIn(invocation, inventory, written.draft) });
  const { clusters, certificates, serialSpelling } = inventory;
  // All objects are in force together: what each does by half is asked for as well.
  const { guard } = judgeText(text, { clusters, certificates, now, serialSpelling }).judgement;
  const matched = new Set(previews.flatMap(({ preview }) => preview.impact.matched));
  const untilMs = exposureUntilMs(matched, msOf(now));
  const plan = planIn(invocation, inventory, {
    file: path,
    matched,
    objects: objects.flatMap(({ linting }) => linting.linted?.object ?? []),
  });
  if (line.json) {
    const document = previewRecord({
      generatedAt: now,
      file: path,
      matched: matched.size,
      guard,
      plan,
      entries: previews.flatMap(({ name, preview }) => entryFacts(name, preview)),
      objects: previews.map(({ name, preview }) => ({ name, clusters: preview.impact.clusters })),
      exposureUntil: untilMs === undefined ? undefined : instantFromMs(untilMs),
      exposure: EXPOSURE_STATEMENTS,
      findings: findings.map((finding) => ({ ...finding, ...finding.place })),
      inventoryFindings: inventory.findings,
    });
    world.out(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    const lines = [
      ...previews.flatMap(({ name, preview }) => previewText(invocation, name, preview)),
      '',
      ...exposureLines(invocation, { untilMs, nowMs: msOf(now) }),
      '',
      ...guardLines(invocation, guard),
      '',
      translate('cli.revocation.plan'),
      ...planLines(invocation, plan),
    ];
    if (previews.length > 0) world.out(`${lines.join('\n')}\n`);
    for (const finding of findings) for (const text of placedLines(invocation, finding)) world.notice(text);
    tellInventory(invocation, inventory);
  }
  if (inputFault(inventory.findings)) return EXIT.usage;
  const isTaken = isUnderstood(guard, line.values['i-understand']);
  const hasErrors = findings.some(({ severity, consequence }) => severity === 'error' && consequence === undefined);
  return isTaken && !hasErrors ? EXIT.fine : EXIT.attention;
}

/** An object against the inventory, with the kubeconfig that `--kubeconfig` names. */
export function previewIn(
  { line, ports, world }: Invocation,
  { clusters }: RevocationInventory,
  draft: Parameters<typeof previewOf>[0]['draft'],
): Promise<Preview> {
  const { kubeconfig } = line.values;
  return previewOf({
    draft,
    clusters,
    now: ports.clock.now(),
    pause: () => Promise.resolve(),
    ...(kubeconfig !== undefined && { kubeconfig: world.absolute(kubeconfig) }),
  });
}

/** The inventory of the clusters that `--cluster` names. `cluster.unknown`. */
export function wanted(invocation: Invocation, inventory: RevocationInventory): RevocationInventory {
  const isWanted = wantedClusters(invocation, inventory.clusters);
  const { clusters, certificates } = inventory;
  // The cloud agent stays: what runs on it is copied with it.
  return {
    ...inventory,
    clusters: clusters.filter((cluster) => cluster.kind === 'moc' || isWanted(cluster)),
    certificates: certificates.filter(
      ({ clusterId, cluster, layer }) => layer === 'moc' || isWanted({ id: clusterId, name: cluster }),
    ),
  };
}

/** The plan that goes with a file of objects, with the kubeconfig that `--kubeconfig` names. */
export function planIn(
  { line, ports }: Invocation,
  { clusters }: RevocationInventory,
  {
    file,
    objects,
    matched,
  }: { file: string; objects: readonly RenewRevocation[]; matched: Iterable<KnownCertificate> },
): RecoveryStep[] {
  const { kubeconfig } = line.values;
  return planOf({
    file,
    clusters,
    now: ports.clock.now(),
    entries: objects.flatMap(({ entries }) => entries),
    kubeconfig,
    matched: new Set([...matched].map(({ clusterId }) => clusterId)),
  });
}
