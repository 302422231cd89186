import { tellNothingFound } from '../../inventory/cli/inventory.ts';
import { passphrasesFor } from '../../inventory/cli/passphrases.ts';
import { inspectPaths } from '../../inventory/export/inspect.ts';
import { isWatched } from '../../inventory/model/foreign.ts';
import { foreignRows, listRows } from '../../inventory/store/rows.ts';
import { listBoard } from '../export/board-records.ts';
import { EMPTY_FILTER } from '../model/board.ts';
import { DEFAULT_SORT } from '../model/board-order.ts';
import { LIFETIME_CLASSES } from '../../knowledge/model/credentials/lifetimes.ts';
import { boardTableParts } from './board-table.ts';
import { noticeFindings, inputFault } from '../../shared/verb/findings.ts';
import { decideExitCode } from './exit-code.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';

export async function inspect(invocation: Invocation): Promise<ExitCode> {
  const { line, paths, ports, translate, world } = invocation;
  if (paths.length === 0) throw new UsageError('cli.usage.missing-paths', { verb: 'inspect' });
  const passphrases = await passphrasesFor(invocation);
  const { records, findings, clusters, foreign } = await inspectPaths(ports, paths, passphrases);
  const now = ports.clock.now();
  const board = listBoard({
    rows: [...clusters.flatMap((cluster) => listRows(cluster)), ...foreignRows(foreign)],
    filter: EMPTY_FILTER,
    sort: DEFAULT_SORT,
    now,
    classes: LIFETIME_CLASSES,
    translate,
  });
  if (line.json) world.json({ records, findings });
  else {
    for (const part of boardTableParts(board, now, invocation)) world.out(part);
    noticeFindings(invocation, findings);
  }
  if (inputFault(findings)) return EXIT.usage;
  if (records.length === 0) return tellNothingFound(invocation);
  return decideExitCode(
    board.filter(({ row: { foreign: reason } }) => reason === undefined || isWatched(reason)),
    findings,
  );
}
