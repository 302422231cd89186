import { EMPTY_FILTER } from '../../expiry/model/board.ts';
import { DEFAULT_SORT } from '../../expiry/model/board-order.ts';
import { excludeSamples } from '../../expiry/model/judged-fleet.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import { boardRecords, listBoard } from '../../expiry/export/board-records.ts';
import { countLanes, findFirstRepair, fleetNeeds, type ClusterNeed } from '../../repair/model/needs.ts';
import { firstStepLine, needSentences } from '../../repair/text/needs-text.ts';
import { needsRecord } from '../export/needs-records.ts';
import { NEEDS_ATTENTION } from '../../expiry/model/board-states.ts';
import { boardTableParts } from '../../expiry/cli/board-table.ts';
import { writeMetrics } from './metrics.ts';
import { isSilencedNow, readMarks, tellNow } from '../../notifications/cli/check.ts';
import { findAcknowledgement } from '../../notifications/model/acknowledgement.ts';
import { acknowledgementText } from '../../notifications/text/acknowledgement-text.ts';
import { inputFault, noticeFindings, filterErrors } from '../../shared/verb/findings.ts';
import { readFleet, tellUnwatched, selectFleet } from '../../expiry/cli/fleet.ts';
import { matchClusters } from '../../inventory/cli/read-clusters.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { choice } from '../../shared/verb/values.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

const FAIL_ON = {
  overdue: NEEDS_ATTENTION,
  urgent: ['expired', 'urgent'],
  expired: ['expired'],
} as const satisfies Record<string, readonly ExpiryState[]>;

const FAIL_ON_WORDS = Object.keys(FAIL_ON) as (keyof typeof FAIL_ON)[];

/** Exits with 1 if a credential that is not silenced is at least as bad as `--fail-on`. */
export async function expiryCheck(invocation: Invocation): Promise<ExitCode> {
  const { line, translate, world, paths } = invocation;
  const failOn = choice(invocation, 'fail-on', FAIL_ON_WORDS) ?? 'overdue';
  const failing: readonly ExpiryState[] = FAIL_ON[failOn];
  const told = line.values.notify || line.values['event-log'] ? await tellNow(invocation) : undefined;
  const { fleet, findings, foreign } = await readFleet(invocation);
  const { marks, acknowledgements } = await readMarks(invocation);
  const wanted = selectFleet(invocation, fleet);
  const { now } = wanted;
  const isWanted = matchClusters(invocation, fleet);
  // The plan of a cluster needs its hosts, even if they are not selected.
  const needs = fleetNeeds(fleet).filter(({ clusterId }) => isWanted({ id: clusterId }));
  const acknowledged = needs.flatMap((need) => {
    const found = findAcknowledgement(acknowledgements, need);
    return found === undefined ? [] : { cluster: need.cluster, ...found };
  });
  const board = listBoard({ ...wanted, filter: EMPTY_FILTER, sort: DEFAULT_SORT, translate });
  const fails = board.some(
    ({ row: { id }, state }) => failing.includes(state) && !isSilencedNow(marks, { id, state }, now),
  );
  if (line.values.prometheus !== undefined) {
    await writeMetrics(invocation, line.values.prometheus, {
      fleet: paths.length > 0 ? wanted : excludeSamples(wanted),
      findings,
    });
  }
  if (line.json) {
    world.json({
      generatedAt: now,
      failOn,
      fails,
      needs: needsRecord(needs),
      credentials: boardRecords(board, now),
      marks,
      acknowledged,
      findings,
      told: told?.checked.changes,
      watchFindings: told?.findings,
    });
  } else {
    const wording = { translate, formatDate: (ms: number) => localTime(invocation, ms) };
    const held = acknowledged.map((one) => `${one.cluster}: ${acknowledgementText(one, wording)}`);
    world.out(`${[...needLines(needs, invocation), ...held].join('\n')}\n\n`);
    for (const part of boardTableParts(board, now, invocation)) world.out(part);
    noticeFindings(invocation, findings);
    tellUnwatched(invocation, foreign);
    if (told !== undefined) world.notice(translate('cli.notify.told', { count: told.checked.changes.length }));
  }
  noticeFindings(invocation, told?.findings ?? []);
  if (inputFault(findings)) return EXIT.usage;
  const isBroken = filterErrors(told?.findings ?? []).length > 0;
  return fails || isBroken ? EXIT.attention : EXIT.fine;
}

function needLines(needs: readonly ClusterNeed[], invocation: Invocation): string[] {
  const { translate, language } = invocation;
  const formatDate = (ms: number): string => localTime(invocation, ms);
  const lines = needSentences(countLanes(needs), { translate, formatDate });
  const begin = findFirstRepair(needs);
  if (begin !== undefined) lines.push(firstStepLine(begin, { translate, language, zone: 'local' }));
  return lines.length > 0 ? lines : [translate('needs.none')];
}
