import { BOARD_COLUMNS, DEFAULT_SORT, type BoardFilter, type BoardSort } from '../../expiry/model/board.ts';
import { LAYERS } from '../../shared/ids.ts';
import { EXPIRY_STATES } from '../../expiry/model/lifetime.ts';
import { boardText } from '../../expiry/export/board-export.ts';
import { boardRecords } from '../../expiry/export/board-records.ts';
import { boardTable } from '../../expiry/cli/board-table.ts';
import type { ClusterQuestion } from '../contract.ts';
import type { Translate } from '../../text/text.ts';
import { findingLines } from '../../cli/findings.ts';
import { chosen } from '../../cli/options.ts';
import { decideExitCode, inputFault } from '../../cli/outcome.ts';
import { readFleet, tellUnwatched } from '../../cli/fleet.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { passphrasesFor } from './passphrases.ts';
import { clusterNamed, inventoryOver } from './context.ts';
import { EXIT, UsageError, type ExitCode } from '../../cli/usage.ts';

/** `arcwarden inventory import PATH...` */
export async function inventoryImport(invocation: Invocation): Promise<ExitCode> {
  const { line, paths, ports, translate, world, dataFolder } = invocation;
  if (paths.length === 0) throw new UsageError('cli.usage.missing-paths', { verb: 'inventory import' });
  const passphrases = await passphrasesFor(invocation);
  const report = await world.withStore(ports, dataFolder, (store) =>
    inventoryOver(ports, store).importFiles(paths, passphrases),
  );
  if (line.json) world.json(report);
  else {
    const { added, renewed, unchanged, superseded, findings, filesRead } = report;
    world.out(
      `${translate('cli.import.summary', {
        files: filesRead,
        added: added.length,
        renewed: renewed.length,
        unchanged: unchanged.length,
        superseded: superseded.length,
        findings: findings.length,
      })}\n`,
    );
    for (const { name, cluster, source } of report.revocations)
      world.out(
        `${translate('cli.import.revocation', {
          name,
          path: source.path,
          cluster: cluster ?? translate('report.revocation.no-cluster'),
        })}\n`,
      );
    for (const finding of findings) for (const text of findingLines(finding, translate)) world.notice(text);
    for (const question of report.questions) for (const text of questionLines(question, translate)) world.notice(text);
  }
  const found =
    report.added.length +
    report.renewed.length +
    report.unchanged.length +
    report.superseded.length +
    report.revocations.length;
  if (inputFault(report.findings)) return EXIT.usage;
  if (found === 0) {
    world.notice(translate('problem.import.nothing-found', { path: paths.join(', ') }));
    world.notice(translate('problem.import.nothing-found.remedy'));
    return EXIT.usage;
  }
  return report.findings.some(({ severity }) => severity === 'error') ? EXIT.attention : EXIT.fine;
}

/** `arcwarden inventory list [PATH...]`: the board of the store, or of the named files alone. */
export async function inventoryList(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, translateFile, language, world } = invocation;
  if ([line.json, line.csv, line.html].filter(Boolean).length > 1) throw new UsageError('cli.usage.one-format');
  const filter: BoardFilter = {
    query: line.search,
    states: chosen('--state', line.states, EXPIRY_STATES),
    layers: chosen('--layer', line.layers, LAYERS),
  };
  const sort = getSort(invocation);
  const { fleet, findings, foreign } = await readFleet(invocation);
  const { now, classes } = fleet;
  const shown = line.values.foreign === true ? foreign : fleet.rows;
  const format = line.json ? 'json' : line.csv ? 'csv' : line.html ? 'html' : undefined;
  const words = format === undefined ? translate : translateFile;
  const records = boardRecords({ rows: shown, filter, sort, now, classes, translate: words });
  const text =
    format === undefined
      ? boardTable(records, language, translate)
      : boardText(format, { records, now, filter, translate: words });
  if (line.out === undefined) {
    if (format === undefined) world.out(text);
    else world.document(text);
  } else {
    const path = world.absolute(line.out);
    await ports.files.replace(path, text);
    world.notice(translate('cli.written', { path, rows: records.length }));
  }
  for (const finding of findings) for (const told of findingLines(finding, translate)) world.notice(told);
  if (line.values.foreign === true) return inputFault(findings) ? EXIT.usage : EXIT.fine;
  tellUnwatched(invocation, foreign);
  return inputFault(findings) ? EXIT.usage : decideExitCode(records, findings);
}

/** `arcwarden inventory forget CLUSTER`, by name or id. */
export async function inventoryForget({
  line,
  paths,
  words,
  ports,
  translate,
  world,
  dataFolder,
}: Invocation): Promise<ExitCode> {
  const wanted = words[0];
  if (wanted === undefined || paths.length > 1) throw new UsageError('cli.usage.missing-cluster');
  const forgotten = await world.withStore(ports, dataFolder, async (store) => {
    const { id, name, credentials } = await inventoryOver(ports, store).forget(
      clusterNamed(store.clusters(), wanted).id,
    );
    return { clusterId: id, name, credentials: credentials.length };
  });
  if (line.json) world.json({ forgotten });
  else world.out(`${translate('cli.forget.done', { name: forgotten.name, count: forgotten.credentials })}\n`);
  return EXIT.fine;
}

function questionLines({ clusterId, cluster, evidence, suggestion }: ClusterQuestion, translate: Translate): string[] {
  return [
    translate('inventory.question', { cluster, evidence: translate(`inventory.evidence.${evidence}`) }),
    `  arcwarden inventory rename ${clusterId} ${suggestion ?? translate('cli.inventory.name')}`,
  ];
}

function getSort({ line }: Invocation): BoardSort {
  if (line.sort === undefined) return { ...DEFAULT_SORT, descending: line.descending };
  const [column] = chosen('--sort', [line.sort], BOARD_COLUMNS);
  return { column: column ?? DEFAULT_SORT.column, descending: line.descending };
}
