import { formatInstant } from '../../shared/text/time.ts';
import { noticeFindings } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { tableLines } from '../../shared/verb/table.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';
import { inventoryOver, openInventoryToRead } from './context.ts';

/** `arcwarden inventory clusters`: which clusters the data folder holds, and when a file was last imported. */
export async function inventoryClusters(invocation: Invocation): Promise<ExitCode> {
  const { line, world, ports, translate, language } = invocation;
  const store = await openInventoryToRead(invocation);
  const overview = inventoryOver(ports, store).overview();
  const forgotten = store.forgotten();
  const { clusters, foreign, findings, lastImportAt } = overview;
  if (line.json) world.json({ clusters, foreign, lastImportAt: lastImportAt ?? null, findings, forgotten });
  else {
    const lines = tableLines(
      [
        { head: translate('column.cluster'), align: 'left' },
        { head: translate('cli.column.kind'), align: 'left' },
        { head: translate('cli.column.credentials'), align: 'right' },
        { head: translate('cli.column.name-evidence'), align: 'left' },
        { head: translate('cli.column.id'), align: 'left' },
      ],
      clusters.map(({ id, name, kind, count, nameEvidence }) => [
        name,
        kind,
        String(count),
        nameEvidence === undefined ? '' : translate(`inventory.evidence.${nameEvidence}`),
        id,
      ]),
    );
    world.out(`${lines.join('\n')}\n`);
    const at = lastImportAt === undefined ? '' : formatInstant(lastImportAt, language, 'local');
    world.notice(translate('cli.inventory.last-import', { imported: at === '' ? 'never' : 'yes', at }));
    if (forgotten.length > 0)
      world.notice(translate('cli.inventory.forgotten', { clusters: forgotten.map(({ name }) => name).join(', ') }));
    noticeFindings(invocation, findings);
  }
  return findings.some(({ severity }) => severity === 'error') ? EXIT.attention : EXIT.fine;
}
