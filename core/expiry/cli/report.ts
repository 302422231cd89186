import { exportManagementReport } from '../export/management-report.ts';
import { rowsOf } from '../../inventory/rows.ts';
import { wantedClusters } from './clusters.ts';
import { findingLines } from '../../cli/findings.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { sourceOf } from '../../revocation/cli/inventory-source.ts';
import { inputFault } from '../../cli/outcome.ts';
import { EXIT, UsageError, type ExitCode } from '../../cli/usage.ts';

/** `arcwarden expiry report [PATH...] --out FILE`: the report for management, one printed page a cluster. */
export async function expiryReport(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, world } = invocation;
  if (line.out === undefined) throw new UsageError('cli.usage.option-needed', { option: '--out' });
  const { clusters, findings, classes, facts } = await sourceOf(invocation);
  const reported = clusters.filter(wantedClusters(invocation, clusters));
  const rows = reported.flatMap((cluster) => rowsOf(cluster));
  const path = world.absolute(line.out);
  const report = { clusters: reported, rows, classes, facts, translate, path };
  const { bytes, sha256 } = await exportManagementReport(ports, report);
  if (line.json) {
    const document = { generatedAt: ports.clock.now(), file: { path, bytes, sha256 }, findings };
    world.out(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    world.notice(translate('management.written', { path }));
    for (const finding of findings) for (const told of findingLines(finding, translate)) world.notice(told);
  }
  return inputFault(findings) ? EXIT.usage : EXIT.fine;
}
