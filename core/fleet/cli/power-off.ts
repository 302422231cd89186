import { instantFromMs, instantOrNull, epochMs, SECOND_MS } from '../../shared/instant.ts';
import {
  LAYERS_BY_BREAK,
  listLimits,
  powerOffClocks,
  type Break,
  type LayerClock,
  type OffLimit,
  type PowerOffClock,
} from '../../availability/model/power-off.ts';
import { identityStatement } from '../../inventory/model/moc-identity.ts';
import { isSameRevocation, describeRemoval } from '../../inventory/model/renewal-refusal.ts';
import { countLanes, fleetNeeds, isBroken, type ClusterNeed } from '../../repair/model/needs.ts';
import { isRevocationStep } from '../../repair/model/plan-step.ts';
import { impactText, needSentences, stepLine } from '../../repair/text/needs-text.ts';
import { impactRecord } from '../export/needs-records.ts';
import { commandText, type PlanStep } from '../../plan/model/plan.ts';
import { citationRecord, statementRecord } from '../../plan/export/plan-records.ts';
import { certaintyText, planSentence } from '../../plan/text/plan-text.ts';
import { shutdownAnswer } from '../../availability/model/shutdown.ts';
import { formatSpan } from '../../shared/text/time.ts';
import { terminalLine } from '../../shared/terminal-text.ts';
import { noticeFindings, inputFault } from '../../shared/verb/findings.ts';
import { readFleet } from '../../expiry/cli/fleet.ts';
import { matchClusters } from '../../inventory/cli/read-clusters.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { badValue, moment } from '../../shared/verb/values.ts';
import { importCommand } from '../../shared/verb/own-command.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

export async function expiryPoweroff(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, world } = invocation;
  const now = ports.clock.now();
  const nowMs = epochMs(now);
  const offSince = moment(invocation, 'off-since');
  const offUntil = moment(invocation, 'off-until');
  if (offSince !== undefined && offSince > now)
    throw badValue('--off-since', offSince, translate('poweroff.usage.past'));
  if (offUntil !== undefined && offUntil < now)
    throw badValue('--off-until', offUntil, translate('poweroff.usage.future'));
  const { fleet, findings } = await readFleet(invocation);
  const { clusters, rows, classes } = fleet;
  const isWanted = matchClusters(invocation, fleet);
  // `--off-since` overrides the recorded shutdown of the selected clusters.
  const stated =
    offSince === undefined
      ? []
      : clusters.filter(isWanted).map(({ id }) => [id, { ...fleet.facts[id], offSince }] as const);
  const facts = { ...fleet.facts, ...Object.fromEntries(stated) };
  const needs = new Map(fleetNeeds({ ...fleet, facts }).map((need) => [need.clusterId, need]));
  const clocks = powerOffClocks(clusters, rows, { nowMs, classes, facts }).filter(({ clusterId }) =>
    isWanted({ id: clusterId }),
  );
  const untilMs = offUntil && epochMs(offUntil);
  const getAsked = ({ clusterId }: PowerOffClock): Asked => ({ nowMs, untilMs, need: needs.get(clusterId) });
  if (line.json) {
    const records = clocks.map((clock) => clockRecord(clock, getAsked(clock)));
    world.json({ generatedAt: now, clusters: records, findings });
  } else {
    world.out(
      clocks.length === 0
        ? `${translate('cli.board.empty', { command: importCommand(invocation) })}\n`
        : clocks.map((clock) => clockText(clock, invocation, getAsked(clock))).join('\n'),
    );
    noticeFindings(invocation, findings);
  }
  if (inputFault(findings)) return EXIT.usage;
  const isAnyBroken = clocks.some(
    (clock) =>
      isBroken(needs.get(clock.clusterId) ?? { impacts: [] }) ||
      (untilMs !== undefined && shutdownAnswer(clock, { fromMs: nowMs, untilMs }).verdict !== 'safe'),
  );
  return isAnyBroken ? EXIT.attention : EXIT.fine;
}

interface Asked {
  nowMs: number;
  untilMs: number | undefined;
  need: ClusterNeed | undefined;
}

function clockRecord(clock: PowerOffClock, { nowMs, untilMs, need }: Asked): object {
  const { safeUntilMs, firstToBreak, offSinceMs, confirmedMs, layers, failsAtStart } = clock;
  return {
    cluster: clock.cluster,
    clusterId: clock.clusterId,
    kind: clock.kind,
    sample: clock.sample === true,
    offSince: instantOrNull(offSinceMs),
    confirmedAt: instantOrNull(confirmedMs),
    safeUntil: instantOrNull(safeUntilMs),
    secondsSafe: safeUntilMs === undefined ? null : Math.floor((safeUntilMs - nowMs) / SECOND_MS),
    failsAtStart: failsAtStart ? breakRecord(failsAtStart) : null,
    firstToBreak: firstToBreak ? breakRecord(firstToBreak) : null,
    kubernetesLimit: limitRecord(layers.kubernetes.limit),
    mocLimit: limitRecord(layers.moc.limit),
    layers: Object.fromEntries(LAYERS_BY_BREAK.map((layer) => [layer, layerRecord(layers[layer])])),
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
    impacts: (need?.impacts ?? []).map(impactRecord),
    repairOrder: (need?.steps ?? []).map(stepRecord),
    unknown: clock.unknown.map(({ id, role, name }) => ({ id, role, name })),
    offUntil: untilMs && instantFromMs(untilMs),
    safe: untilMs && shutdownAnswer(clock, { fromMs: nowMs, untilMs }).verdict === 'safe',
  };
}

function limitRecord(limit: OffLimit | undefined): object | null {
  if (limit === undefined) return null;
  return { at: instantFromMs(limit.atMs), citations: limit.statement.citations.map(citationRecord) };
}

function layerRecord({ count, atMs, first, expired }: LayerClock): object {
  return {
    count,
    safeUntil: instantOrNull(atMs && atMs - SECOND_MS),
    needsRepairFrom: instantOrNull(atMs),
    firstToBreak: first ? breakRecord(first) : null,
    expired: expired.length,
  };
}

function breakRecord({ row: { id, kind, layer, role, name, assumed }, atMs }: Break): object {
  return { id, kind, layer, role, name, notAfter: instantFromMs(atMs - SECOND_MS), assumed };
}

function stepRecord({ id, command, why, only = [], because }: PlanStep): object {
  const text = command === undefined ? null : commandText(command);
  const citations = why.citations.map(citationRecord);
  return { step: id, command: text, only: only.map(statementRecord), because: because.credentials, citations };
}

function clockText(clock: PowerOffClock, invocation: Invocation, { nowMs, untilMs, need }: Asked): string {
  const { translate, language } = invocation;
  const formatDate = (ms: number): string => localTime(invocation, ms);
  const describeBreak = ({ row, atMs }: Break): string =>
    translate('poweroff.break', {
      role: translate(`role.${row.role}`),
      name: row.name,
      date: formatDate(atMs - SECOND_MS),
      span: formatSpan(Math.abs(atMs - nowMs), language),
    });
  const name = clock.sample ? translate('sample.name', { name: clock.cluster }) : clock.cluster;
  const { firstToBreak: first, alreadyExpired } = clock;
  const lines = [terminalLine(name)];
  const say = (text: string, indent = 2): void => void lines.push(' '.repeat(indent) + text);
  if (clock.offSinceMs !== undefined)
    say(
      translate('poweroff.off-since', {
        date: formatDate(clock.offSinceMs),
        span: formatSpan(nowMs - clock.offSinceMs, language),
      }),
    );
  const wording = { translate, language, zone: 'local' } as const;
  const told = { translate, formatDate };
  if (need !== undefined) for (const sentence of needSentences(countLanes([need]), told)) say(sentence);
  for (const impact of need?.impacts ?? []) say(impactText(impact, told), 4);
  const warning = clock.failsAtStart && identityStatement('until-login');
  if (warning !== undefined) say(planSentence(warning, wording) + certaintyText(warning, wording));
  else
    say(
      clock.safeUntilMs === undefined
        ? translate('poweroff.nothing-left')
        : translate(alreadyExpired.length > 0 || (need && isBroken(need)) ? 'poweroff.next' : 'poweroff.safe-until', {
            date: formatDate(clock.safeUntilMs),
            span: formatSpan(clock.safeUntilMs - nowMs, language),
          }),
    );
  for (const { atMs, statement } of listLimits(clock)) {
    const sentence = planSentence({ ...statement, params: { date: formatDate(atMs - SECOND_MS) } }, wording);
    say(sentence + certaintyText(statement, wording));
  }
  if (first !== undefined) say(translate('poweroff.first', { credential: describeBreak(first) }));
  if (untilMs !== undefined) {
    const { breaks, verdict } = shutdownAnswer(clock, { fromMs: nowMs, untilMs });
    const date = formatDate(untilMs);
    say(
      breaks === undefined
        ? verdict === 'over-moc-limit' || verdict === 'over-kubernetes-limit'
          ? translate(`poweroff.verdict.${verdict}`)
          : translate('poweroff.until.safe', { date })
        : translate('poweroff.until.breaks', { date, credential: describeBreak(breaks) }),
    );
  }
  for (const layer of LAYERS_BY_BREAK) {
    const { count, first: next, atMs, expired } = clock.layers[layer];
    if (count === 0) continue;
    const about = { layer: translate(`layer.${layer}`), expired: expired.length };
    if (next !== undefined) say(translate('poweroff.layer', { ...about, credential: describeBreak(next) }), 4);
    else if (atMs !== undefined) say(translate('poweroff.layer.limited', { ...about, date: formatDate(atMs) }), 4);
    else say(translate('poweroff.layer.all-expired', about), 4);
  }
  const [refusal] = clock.refusals;
  const steps = need?.steps ?? [];
  // The steps of a repair that is due include this one.
  if (refusal !== undefined && !steps.some(isRevocationStep)) {
    const others = clock.refusals.length - 1;
    say(translate('poweroff.refused', { count: clock.refused.length, name: refusal.name, others }));
    say(`${translate('poweroff.refused.fix')} ${terminalLine(describeRemoval(clock.refusals).command)}`);
  }
  for (const doubt of need?.unsure ?? []) say(planSentence(doubt, wording) + certaintyText(doubt, { translate }));
  if (steps.length > 0) say(translate('poweroff.repair'));
  for (const [index, step] of steps.entries()) {
    const { why, only = [] } = step;
    say(`${index + 1}. ${stepLine(step, wording)}${certaintyText(why, wording)}`, 4);
    for (const condition of only) say(planSentence(condition, wording), 7);
    // The reason is printed because the repair fails without this step.
    if (isRevocationStep(step)) say(planSentence(why, wording), 7);
  }
  return `${lines.join('\n')}\n`;
}
