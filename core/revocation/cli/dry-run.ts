import type { Cluster } from '../../inventory/model/credential.ts';
import { ClusterLookup } from '../../plan/model/cluster-lookup.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { DRY_RUN_HOURS, type DryRun, type DryRunHour } from '../model/view.ts';
import { alikeHours, isWell, kindsText, dryRunVerdict, verdictText } from '../text/dry-run-text.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { answer } from '../../shared/verb/answer.ts';
import { numberUpTo, splitList } from '../../shared/verb/values.ts';
import { findingRecord } from '../export/records.ts';
import type { RevocationInventory } from '../service.ts';
import { readInventory, refuseInventory, serviceOver } from './source.ts';
import { createWords, tellUnsound } from './text.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';

export async function revocationDryRun(invocation: Invocation): Promise<ExitCode> {
  const { line, translate } = invocation;
  const { most, usual } = DRY_RUN_HOURS;
  const allowed = translate('cli.revocation.usage.hours', { most });
  const hours = numberUpTo(invocation, 'hours', { most, allowed }) ?? usual;
  const inventory = await readInventory(invocation, 1);
  const refused = refuseInventory(invocation, inventory);
  if (refused !== undefined) return refused;
  const service = serviceOver(invocation, inventory);
  const judged = await service.judgeFile(invocation.paths[0] ?? '');
  const { findings } = judged;
  if (!judged.judgement.isSound) return tellUnsound(invocation, findings);
  const cluster = getCluster(invocation, inventory);
  const dryRun = await service.performDryRun(judged, {
    clusterId: cluster.id,
    hours,
    withoutRepair: line.values['without-repair'] === true,
  });
  const document = { cluster: cluster.name, ...dryRunRecord(dryRun), findings: findings.map(findingRecord) };
  answer(invocation, document, dryRunText(invocation, cluster.name, dryRun).join('\n'));
  return isWell(dryRunVerdict(dryRun)) ? EXIT.fine : EXIT.attention;
}

/** Returns the cluster named by `--cluster`, or the only Kubernetes cluster. Throws `cluster.unknown`. */
function getCluster({ line }: Invocation, { clusters }: RevocationInventory): Cluster {
  const kubernetes = clusters.filter(({ kind }) => kind === 'kubernetes');
  const [name, ...others] = splitList(line.values.cluster);
  const [only, ...more] =
    name === undefined ? kubernetes : new ClusterLookup(kubernetes).find(name, { namesFirst: true });
  if (only === undefined && name !== undefined) throw new ConsoleError('cluster.unknown', { cluster: name });
  if (only === undefined || more.length > 0 || others.length > 0)
    throw new UsageError('cli.usage.one-cluster', { clusters: kubernetes.map((cluster) => cluster.name).join(', ') });
  return only;
}

function dryRunRecord({ applyFailure, repair, ...rest }: DryRun): object {
  return {
    ...rest,
    applyFailure: applyFailure ?? null,
    repair: repair === undefined ? null : { ...repair, failure: repair.failure ?? null, text: repair.text ?? null },
  };
}

function dryRunText(invocation: Invocation, cluster: string, dryRun: DryRun): string[] {
  const { translate } = invocation;
  const { revoked, hours, apiServer, assumed } = dryRun;
  const [from, until] = [localTime(invocation, dryRun.from), localTime(invocation, dryRun.until)];
  return [
    translate('cli.revocation.dry-run', { cluster, from, until }),
    translate('dry-run.revoked', { count: revoked.length }),
    ...alikeHours(hours).flatMap((alike) => hourLines(invocation, alike)),
    verdictText(createWords(invocation), dryRunVerdict(dryRun)),
    translate(apiServer ? 'cli.revocation.end-up' : 'cli.revocation.end-down'),
    translate('cli.revocation.assumed'),
    ...assumed.map((id) => `  ${translate(`revocation.assumption.${id}`)}`),
  ];
}

function hourLines(invocation: Invocation, alike: readonly DryRunHour[]): string[] {
  const { translate } = invocation;
  const hour = alike.at(-1);
  if (hour === undefined) return [];
  const at = localTime(invocation, hour.at);
  const head =
    alike.length === 1
      ? translate(`cli.revocation.step.${hour.step}`, { at })
      : translate('cli.revocation.step.hours', { at, count: alike.length });
  const told = (['renewed', 'refused', 'expired'] as const)
    .filter((kind) => hour[kind].length > 0)
    .map((kind) => {
      const names = kindsText(translate, hour[kind]);
      return `    ${translate(`cli.revocation.${kind}`, { count: hour[kind].length, names })}`;
    });
  const down = hour.apiServer ? [] : [`    ${translate('dry-run.down')}`];
  return [`  ${head}`, ...told, ...down];
}
