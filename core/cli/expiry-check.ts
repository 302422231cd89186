import { DEFAULT_SORT, EMPTY_FILTER } from '../domain/board.ts';
import type { ExpiryState } from '../domain/lifetime.ts';
import { boardRecords } from '../export/board-records.ts';
import { rowsOf } from '../inventory/rows.ts';
import { boardTable } from './board-table.ts';
import { wantedClusters } from './expiry-clusters.ts';
import { findingLines } from './findings.ts';
import type { Invocation } from './invocation.ts';
import { sourceOf } from './judged-source.ts';
import { chosen } from './options.ts';
import { inputFault } from './outcome.ts';
import { EXIT } from './usage.ts';
import type { ExitCode } from './usage.ts';

const FAIL_ON = {
  overdue: ['expired', 'urgent', 'stalled', 'renewal-overdue', 'not-yet-valid'],
  urgent: ['expired', 'urgent'],
  expired: ['expired'],
} as const satisfies Record<string, readonly ExpiryState[]>;

type FailOn = keyof typeof FAIL_ON;
const FAIL_ON_WORDS = Object.keys(FAIL_ON) as FailOn[];

/** `arcwarden expiry check [PATH...]`: one line a credential, most urgent first; exit 1 when one is as bad as `--fail-on`. */
export async function expiryCheck(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, language, world } = invocation;
  const [failOn = 'overdue'] = chosen(
    '--fail-on',
    line.values['fail-on'] === undefined ? [] : [line.values['fail-on']],
    FAIL_ON_WORDS,
  );
  const failing: readonly ExpiryState[] = FAIL_ON[failOn];
  const { clusters, findings, classes } = await sourceOf(invocation);
  const isWanted = wantedClusters(invocation, clusters);
  const now = ports.clock.now();
  const rows = clusters.filter(isWanted).flatMap((cluster) => rowsOf(cluster));
  const selection = { rows, filter: EMPTY_FILTER, sort: DEFAULT_SORT };
  const records = boardRecords({ ...selection, now, classes, translate });
  const fails = records.some(({ state }) => failing.includes(state));
  if (line.json) {
    const document = { generatedAt: now, failOn, fails, credentials: records, findings };
    world.out(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    world.out(boardTable(records, language, translate));
    for (const finding of findings)
      for (const text of findingLines(finding, translate)) world.notice(text);
  }
  if (inputFault(findings)) return EXIT.usage;
  return fails ? EXIT.attention : EXIT.fine;
}
