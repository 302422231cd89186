import { openTrailToRead } from '../../audit/cli/trail.ts';
import { DAY_MS, epochMs, instantFromMs, type Instant } from '../../shared/instant.ts';
import { answer } from '../../shared/verb/answer.ts';
import { findingsExitCode, noticeFindings } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { ExitCode } from '../../shared/verb/usage.ts';
import { badValue, instantOption, moment } from '../../shared/verb/values.ts';
import { InventoryService } from '../service.ts';
import { countText, describeBeginning, describeChange } from '../text/changes.ts';
import { openInventoryToRead } from './open.ts';
import { matchClusters } from './read-clusters.ts';

/** Days before now. */
const SPANS: Readonly<Record<string, number>> = { yesterday: 1, week: 7 };

/** `arcwarden inventory diff`: what changed between two moments, from yesterday until now by default. */
export async function inventoryDiff(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, language } = invocation;
  const now = ports.clock.now();
  const to = moment(invocation, 'until') ?? now;
  if (to > now) throw badValue('--until', to, `≤ ${now}`);
  const from = readSince(line.values.since ?? 'yesterday', now);
  if (from > to) throw badValue('--since', from, `≤ ${to}`);
  const store = await openInventoryToRead(invocation);
  const [clusters, findings] = [store.clusters(), store.findings()];
  const isWanted = matchClusters(invocation, { clusters, unreadable: store.unreadable() });
  const clusterIds = line.values.cluster && clusters.filter(isWanted).map(({ id }) => id);
  const service = new InventoryService({ ports, store, trail: await openTrailToRead(invocation) });
  const list = await service.changes({ clusterIds, from, to });
  const formatDate = (when: Instant): string => localTime(invocation, when);
  const words = { translate, language, formatDate };
  answer(invocation, { ...list, beginning: list.beginning ?? null, findings }, () => {
    const span = translate('changes.between', { from: formatDate(from), to: formatDate(to) });
    const told = [
      translate('changes.line', { span, counts: countText(list, words) }),
      ...describeBeginning(list, words),
    ];
    if (list.changes.length === 0) return told.join('\n');
    const rows = list.changes.map((change) => {
      const { kind, role, name, detail } = describeChange(change, words);
      return [formatDate(change.when), kind, change.cluster, role, name, detail];
    });
    const columns = (['cluster', 'role', 'name'] as const).map((column) => translate(`column.${column}`));
    const heads = [translate('changes.when'), translate('changes.what'), ...columns, ''];
    return [...told, '', tabulate(heads, rows)].join('\n');
  });
  if (!line.json) noticeFindings(invocation, findings);
  return findingsExitCode(findings);
}

function readSince(value: string, now: Instant): Instant {
  const days = Object.hasOwn(SPANS, value) ? SPANS[value] : undefined;
  return days === undefined ? instantOption('--since', value) : instantFromMs(epochMs(now) - days * DAY_MS);
}
