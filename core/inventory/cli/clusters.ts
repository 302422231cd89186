import { answer } from '../../shared/verb/answer.ts';
import { findingsExitCode, noticeFindings } from '../../shared/verb/findings.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { tabulate } from '../../shared/verb/table.ts';
import type { ExitCode } from '../../shared/verb/usage.ts';
import { InventoryService } from '../service.ts';
import { openInventoryToRead } from './open.ts';

export async function inventoryClusters(invocation: Invocation): Promise<ExitCode> {
  const { line, world, ports, translate } = invocation;
  const store = await openInventoryToRead(invocation);
  const overview = new InventoryService({ ports, store }).overview();
  const forgotten = store.forgotten();
  const { clusters, foreign, findings, lastImportAt } = overview;
  const columns = [
    translate('column.cluster'),
    translate('cli.column.kind'),
    { head: translate('cli.column.credentials'), align: 'right' } as const,
    translate('cli.column.name-evidence'),
    translate('cli.column.id'),
  ];
  const rows = clusters.map(({ id, name, kind, count, nameEvidence }) => [
    name,
    kind,
    String(count),
    nameEvidence === undefined ? '' : translate(`inventory.evidence.${nameEvidence}`),
    id,
  ]);
  const document = { clusters, foreign, lastImportAt: lastImportAt ?? null, findings, forgotten };
  answer(invocation, document, tabulate(columns, rows));
  if (!line.json) {
    const at = localTime(invocation, lastImportAt);
    world.notice(translate('cli.inventory.last-import', { imported: at === '' ? 'never' : 'yes', at }));
    if (forgotten.length > 0)
      world.notice(translate('cli.inventory.forgotten', { clusters: forgotten.map(({ name }) => name).join(', ') }));
    noticeFindings(invocation, findings);
  }
  return findingsExitCode(findings);
}
