import type { BoardRow } from '../../inventory/model/board-row.ts';
import {
  answerForecast,
  listCitations,
  DEFAULT_HORIZON_DAYS,
  isBreak,
  LONGEST_HORIZON_DAYS,
  type ClusterForecast,
  type Forecast,
  type ForecastAnswer,
  type ForecastEvent,
  type ForecastScenario,
} from '../model/forecast.ts';
import { DAY_MS, instantFromMs, instantOrNull, parseInstant, SECOND_MS, epochMs } from '../../shared/instant.ts';
import { addTo } from '../../shared/lists.ts';
import { computeForecast } from '../forecast.ts';
import { answerText, clusterAnswerText, eventText, renewalText, type ForecastWords } from '../text/forecast-text.ts';
import { formatSpan } from '../../shared/text/time.ts';
import { terminalLine } from '../../shared/terminal-text.ts';
import { inputFault, tellFindings } from '../../shared/verb/findings.ts';
import { readFleet } from '../../expiry/cli/fleet.ts';
import { matchClusters } from '../../inventory/cli/read-clusters.ts';
import { answer } from '../../shared/verb/answer.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { badValue, moment, numberUpTo } from '../../shared/verb/values.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

export async function expiryForecast(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, language } = invocation;
  const now = ports.clock.now();
  const nowMs = epochMs(now);
  const most = LONGEST_HORIZON_DAYS;
  const allowed = translate('cli.forecast.usage.days', { most });
  const horizonDays = numberUpTo(invocation, 'horizon', { most, allowed }) ?? DEFAULT_HORIZON_DAYS;
  const updateOn = moment(invocation, 'update-on');
  if (updateOn !== undefined && epochMs(updateOn) < nowMs)
    throw badValue('--update-on', line.values['update-on'] ?? '', translate('cli.forecast.usage.future'));
  const off = spanOption(invocation, 'off', nowMs);
  const absent = spanOption(invocation, 'absent', nowMs);
  const { fleet, findings } = await readFleet(invocation);
  const { clusters, rows, facts, classes } = fleet;
  const isWanted = matchClusters(invocation, fleet);
  const wanted = clusters.filter(isWanted);
  const scenario: ForecastScenario = {
    updateOnMs: updateOn && epochMs(updateOn),
    // If one of several clusters was named, it is switched off; otherwise, the hosts are.
    off: off && { ...off, clusterId: wanted.length === 1 && clusters.length > 1 ? wanted[0]?.id : undefined },
    absent,
  };
  const rowsByCluster = new Map<string, BoardRow[]>();
  for (const row of rows) addTo(rowsByCluster, row.clusterId, row);
  const forecast = await computeForecast({
    clusters,
    listRows: ({ id }) => rowsByCluster.get(id) ?? [],
    facts,
    classes,
    nowMs: Math.floor(nowMs / SECOND_MS) * SECOND_MS,
    horizonMs: horizonDays * DAY_MS,
    scenario,
    pause: () => Promise.resolve(),
  });
  const told = narrowForecast(forecast, isWanted);
  const names = new Map<string, string>(
    clusters.map(({ id, name, sample }) => [id, sample ? translate('sample.name', { name }) : name]),
  );
  const words: ForecastWords = {
    translate,
    moment: (ms) => localTime(invocation, ms),
    span: (ms) => formatSpan(ms, language),
    clusterName: (id) => names.get(id) ?? id,
    nowMs,
  };
  answer(invocation, { generatedAt: now, ...forecastRecord(told), findings }, () => forecastText(told, words));
  tellFindings(invocation, findings);
  if (inputFault(findings)) return EXIT.usage;
  const { first, broken } = told.answer;
  return first !== undefined || broken > 0 ? EXIT.attention : EXIT.fine;
}

/** Limits a complete forecast to some clusters. Clusters are forecast together, since they depend on each other. */
function narrowForecast(forecast: Forecast, isWanted: (cluster: { id: string }) => boolean): Forecast {
  const clusters = forecast.clusters.filter(({ clusterId }) => isWanted({ id: clusterId }));
  const sortByTime = (lists: readonly ForecastEvent[][]): ForecastEvent[] =>
    lists.flat().sort((one, other) => one.atMs - other.atMs);
  const answer = answerForecast(
    sortByTime(clusters.map(({ already }) => already)),
    sortByTime(clusters.map(({ events }) => events)),
    forecast.scenario,
  );
  return { ...forecast, clusters, answer };
}

function spanOption(
  { line, translate }: Invocation,
  option: 'off' | 'absent',
  nowMs: number,
): { fromMs: number; toMs: number } | undefined {
  const value = line.values[option];
  if (value === undefined) return undefined;
  const [from, to, ...rest] = value.split('..').map((text) => parseInstant(text));
  if (from !== undefined && to !== undefined && rest.length === 0) {
    const span = { fromMs: epochMs(from), toMs: epochMs(to) };
    if (span.fromMs < span.toMs && span.toMs > nowMs) return span;
  }
  throw badValue(`--${option}`, value, translate('cli.forecast.usage.span'));
}

/** Returns the JSON record documented in `docs/forecast.md`. */
function forecastRecord({ scenario, nowMs, untilMs, answer, clusters }: Forecast): object {
  const { updateOnMs, off, absent } = scenario;
  return {
    from: instantFromMs(nowMs),
    until: instantFromMs(untilMs),
    scenario: {
      updateOn: instantOrNull(updateOnMs),
      off: off === undefined ? null : { ...spanRecord(off), cluster: off.clusterId ?? null },
      absent: absent === undefined ? null : spanRecord(absent),
    },
    answer: answerRecord(answer),
    clusters: clusters.map(clusterRecord),
  };
}

function spanRecord({ fromMs, toMs }: { fromMs: number; toMs: number }): object {
  return { from: instantFromMs(fromMs), to: instantFromMs(toMs) };
}

function answerRecord({ first, because, broken, breaking }: ForecastAnswer): object {
  return {
    breaksFirst: first ? eventRecord(first) : null,
    becauseOfScenario: because ? eventRecord(because) : null,
    broken,
    breaking,
  };
}

function clusterRecord(forecast: ClusterForecast): object {
  const { cluster, clusterId, kind, sample, confirmedMs, answer, already, events, renewals, assumptions } = forecast;
  return {
    cluster,
    clusterId,
    kind,
    sample: sample === true,
    confirmedAt: Number.isFinite(confirmedMs) ? instantFromMs(confirmedMs) : null,
    answer: answerRecord(answer),
    already: already.map(eventRecord),
    events: events.map(eventRecord),
    renewals: renewals.map((sum) => ({
      class: sum.lifetimeClass,
      credentials: sum.credentials,
      renewals: sum.renewals,
      next: instantOrNull(sum.nextMs),
    })),
    assumptions,
  };
}

function eventRecord(event: ForecastEvent): object {
  const { kind, atMs, role, name, cause, reason, text, count, windowsServer } = event;
  return {
    at: instantFromMs(atMs),
    event: kind,
    clusterId: event.clusterId,
    credential:
      event.credential === undefined && role === undefined
        ? null
        : { id: event.credential ?? null, kind: event.credentialKind ?? null, role: role ?? null, name: name ?? null },
    node: role === undefined ? (name ?? null) : null,
    breaks: isBreak(event),
    needsSomebody: event.needsSomebody,
    overAt: instantOrNull(event.recoversMs),
    cause: cause ?? null,
    reason: reason ?? null,
    text: text ?? null,
    count: count ?? null,
    windowsServer: windowsServer ?? null,
    possible: event.isPossible === true,
    certainty: event.certainty,
    citations: listCitations(event),
  };
}

function forecastText(forecast: Forecast, words: ForecastWords): string {
  const { answer, clusters } = forecast;
  if (clusters.length === 0) return words.translate('forecast.empty');
  const lines = [answerText(answer, forecast, words)];
  for (const cluster of clusters) lines.push('', ...clusterLines(cluster, forecast, words));
  return lines.join('\n');
}

function clusterLines(cluster: ClusterForecast, forecast: Forecast, words: ForecastWords): string[] {
  const { translate } = words;
  const lines = [
    terminalLine(words.clusterName(cluster.clusterId)),
    `  ${clusterAnswerText(cluster.answer, forecast.untilMs, words)}`,
  ];
  for (const event of [...cluster.already, ...cluster.events]) {
    // Renewals are only summed up, so that they do not hide other events.
    if (event.kind === 'renewal') continue;
    // Events that the scenario itself states need no source.
    const sureness = listCitations(event).length === 0 ? '' : ` [${translate(`certainty.${event.certainty}`)}]`;
    const kind = translate(`forecast.kind.${event.kind}`);
    lines.push(`    ${words.moment(event.atMs)}  ${kind}: ${eventText(event, words)}${sureness}`);
  }
  for (const sum of cluster.renewals) lines.push(`    ${renewalText(sum, words)}`);
  if (cluster.assumptions.length > 0) lines.push(`  ${translate('details.assumptions')}`);
  for (const assumption of cluster.assumptions) lines.push(`    ${translate(`forecast.assumption.${assumption}`)}`);
  return lines;
}
