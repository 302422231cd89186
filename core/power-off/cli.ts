import { instantFromMs, instantOrNull, toMilliseconds, SECOND_MS, type Instant } from '../shared/instant.ts';
import { powerOffClocks, type Break, type LayerClock, type PowerOffClock } from './model/power-off.ts';
import { isSameRevocation, describeRemoval } from '../revocation/model/renewal-refusal.ts';
import type { OrderedRepair } from '../repair/model/repair-order.ts';
import { shutdownAnswer } from './model/shutdown.ts';
import { isMessageKey } from '../text/text.ts';
import { formatInstant, formatSpan } from '../text/time.ts';
import { findingLines } from '../cli/findings.ts';
import { readFleet, wantedClusters } from '../cli/fleet.ts';
import type { Invocation } from '../cli/invocation.ts';
import { instantOption } from '../cli/options.ts';
import { inputFault } from '../cli/outcome.ts';
import { EXIT, UsageError, type ExitCode } from '../cli/usage.ts';

/** `arcwarden expiry poweroff [PATH...]`: how long each cluster may stay off, or what its time off has cost. */
export async function expiryPoweroff(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, world } = invocation;
  const now = ports.clock.now();
  const nowMs = toMilliseconds(now);
  const offSince = toInstant(invocation, 'off-since');
  const offUntil = toInstant(invocation, 'off-until');
  if (offSince !== undefined && offSince > now)
    throw badMoment('--off-since', offSince, translate('poweroff.usage.past'));
  if (offUntil !== undefined && offUntil < now)
    throw badMoment('--off-until', offUntil, translate('poweroff.usage.future'));
  const { fleet, findings } = await readFleet(invocation);
  const { clusters, rows, classes, facts } = fleet;
  const isWanted = wantedClusters(invocation, clusters);
  const clocks = powerOffClocks(clusters, rows, {
    nowMs,
    classes,
    facts,
    ...(offSince !== undefined && { offSinceMs: toMilliseconds(offSince) }),
  }).filter(({ clusterId, cluster }) => isWanted({ id: clusterId, name: cluster }));
  const untilMs = offUntil === undefined ? undefined : toMilliseconds(offUntil);
  if (line.json) {
    const records = clocks.map((clock) => clockRecord(clock, { nowMs, untilMs }));
    world.out(`${JSON.stringify({ generatedAt: now, clusters: records, findings }, null, 2)}\n`);
  } else {
    world.out(
      clocks.length === 0
        ? `${translate('cli.board.empty')}\n`
        : clocks.map((clock) => clockText(clock, invocation, { nowMs, untilMs })).join('\n'),
    );
    for (const finding of findings) for (const text of findingLines(finding, translate)) world.notice(text);
  }
  if (inputFault(findings)) return EXIT.usage;
  const isBroken = clocks.some(
    (clock) =>
      clock.alreadyExpired.length > 0 ||
      (untilMs !== undefined && shutdownAnswer(clock, { fromMs: nowMs, untilMs }).verdict !== 'safe'),
  );
  return isBroken ? EXIT.attention : EXIT.fine;
}

function toInstant({ line }: Invocation, option: 'off-since' | 'off-until'): Instant | undefined {
  const value = line.values[option];
  return value === undefined ? undefined : instantOption(`--${option}`, value);
}

function badMoment(option: string, value: string, allowed: string): UsageError {
  return new UsageError('cli.usage.bad-value', { option, value, allowed });
}

interface Span {
  nowMs: number;
  untilMs: number | undefined;
}

/** One cluster of `--json`; documented in `docs/cli.md`. */
function clockRecord(clock: PowerOffClock, { nowMs, untilMs }: Span): object {
  const { safeUntilMs, firstToBreak, offSinceMs, confirmedMs, layers } = clock;
  return {
    cluster: clock.cluster,
    clusterId: clock.clusterId,
    kind: clock.kind,
    sample: clock.sample === true,
    offSince: instantOrNull(offSinceMs),
    confirmedAt: instantOrNull(confirmedMs),
    safeUntil: instantOrNull(safeUntilMs),
    secondsSafe: safeUntilMs === undefined ? null : Math.floor((safeUntilMs - nowMs) / SECOND_MS),
    firstToBreak: firstToBreak === undefined ? null : breakRecord(firstToBreak),
    layers: {
      kubernetes: layerRecord(layers.kubernetes),
      moc: layerRecord(layers.moc),
      workstation: layerRecord(layers.workstation),
    },
    overdue: clock.overdue.map(breakRecord),
    alreadyExpired: clock.alreadyExpired.map(breakRecord),
    revocations: clock.refusals.map(({ name, namespace, path, kind, value, untilMs }) => ({
      name,
      namespace,
      path,
      kind,
      value,
      until: instantOrNull(untilMs),
      refused: clock.refused.flatMap(({ id, refusals = [] }) =>
        refusals.some((one) => isSameRevocation(one, { name, namespace })) ? [id] : [],
      ),
    })),
    repairOrder: clock.repairOrder.map(stepRecord),
    unknown: clock.unknown.map(({ id, role, name }) => ({ id, role, name })),
    ...(untilMs !== undefined && {
      offUntil: instantFromMs(untilMs),
      safe: shutdownAnswer(clock, { fromMs: nowMs, untilMs }).verdict === 'safe',
    }),
  };
}

function layerRecord({ count, first, expired, repair }: LayerClock): object {
  return {
    count,
    safeUntil: first === undefined ? null : instantFromMs(first.atMs - SECOND_MS),
    needsRepairFrom: first === undefined ? null : instantFromMs(first.atMs),
    firstToBreak: first === undefined ? null : breakRecord(first),
    expired: expired.length,
    repair: repair.map(({ command }) => command),
  };
}

function breakRecord({ row, atMs }: Break): object {
  return {
    id: row.id,
    kind: row.kind,
    layer: row.layer,
    role: row.role,
    name: row.name,
    notAfter: instantFromMs(atMs - SECOND_MS),
    assumed: row.assumed,
  };
}

function stepRecord({ id, command, statement, because }: OrderedRepair): object {
  return { step: id, command, because, citations: statement.citations };
}

/** A cluster as a person reads it: the answer, the layers, what is broken, what to run. Ends with a newline. */
function clockText(clock: PowerOffClock, { translate, language }: Invocation, { nowMs, untilMs }: Span): string {
  const roleText = (role: string): string => {
    const key = `role.${role}`;
    return isMessageKey(key) ? translate(key) : role;
  };
  const broken = ({ row, atMs }: Break): string =>
    translate('poweroff.break', {
      role: roleText(row.role),
      name: row.name,
      date: formatInstant(atMs - SECOND_MS, language, 'local'),
      span: formatSpan(Math.abs(atMs - nowMs), language),
    });
  const name = clock.sample ? translate('sample.name', { name: clock.cluster }) : clock.cluster;
  const { firstToBreak: first, alreadyExpired, overdue } = clock;
  const lines = [name];
  if (clock.offSinceMs !== undefined)
    lines.push(
      `  ${translate('poweroff.off-since', {
        date: formatInstant(clock.offSinceMs, language, 'local'),
        span: formatSpan(nowMs - clock.offSinceMs, language),
      })}`,
    );
  if (alreadyExpired.length > 0) lines.push(`  ${translate('poweroff.expired', { count: alreadyExpired.length })}`);
  lines.push(
    first === undefined
      ? `  ${translate('poweroff.nothing-left')}`
      : `  ${translate(alreadyExpired.length > 0 ? 'poweroff.next' : 'poweroff.safe-until', {
          date: formatInstant(first.atMs - SECOND_MS, language, 'local'),
          span: formatSpan(first.atMs - SECOND_MS - nowMs, language),
        })}`,
  );
  if (first !== undefined) lines.push(`  ${translate('poweroff.first', { credential: broken(first) })}`);
  if (untilMs !== undefined) {
    const { breaks } = shutdownAnswer(clock, { fromMs: nowMs, untilMs });
    const date = formatInstant(untilMs, language, 'local');
    lines.push(
      `  ${
        breaks === undefined
          ? translate('poweroff.until.safe', { date })
          : translate('poweroff.until.breaks', { date, credential: broken(breaks) })
      }`,
    );
  }
  for (const layer of ['kubernetes', 'moc', 'workstation'] as const) {
    const { count, first: next, expired } = clock.layers[layer];
    if (count === 0) continue;
    const about = { layer: translate(`layer.${layer}`), expired: expired.length };
    lines.push(
      `    ${
        next === undefined
          ? translate('poweroff.layer.all-expired', about)
          : translate('poweroff.layer', { ...about, credential: broken(next) })
      }`,
    );
  }
  if (overdue.length > 0) {
    lines.push(`  ${translate('poweroff.overdue', { count: overdue.length })}`);
    lines.push(...overdue.map((one) => `    ${broken(one)}`));
  }
  const [refusal] = clock.refusals;
  // Where something has to be repaired already, it is the first step.
  if (refusal !== undefined && clock.repairOrder[0]?.id !== 'revocation') {
    const { command } = describeRemoval(clock.refusals);
    lines.push(
      `  ${translate('poweroff.refused', {
        count: clock.refused.length,
        name: refusal.name,
        others: clock.refusals.length - 1,
      })}`,
    );
    lines.push(`  ${translate('poweroff.refused.fix')} ${command}`);
  }
  if (clock.repairOrder.length > 0) {
    lines.push(`  ${translate('poweroff.repair')}`);
    clock.repairOrder.forEach(({ id, command, statement, only }, index) => {
      const [source] = statement.citations;
      // As in a forecast, the word for how sure it is; `--json` has the sources.
      const certainty = source === undefined ? '' : `  [${translate(`certainty.${source.certainty}`)}]`;
      lines.push(`    ${index + 1}. ${command}${certainty}`);
      if (only !== undefined && isMessageKey(only)) lines.push(`       ${translate(only)}`);
      // Whoever skips this one repairs in vain.
      if (id === 'revocation' && isMessageKey(statement.text))
        lines.push(`       ${translate(statement.text, statement.params)}`);
    });
  }
  return `${lines.join('\n')}\n`;
}
