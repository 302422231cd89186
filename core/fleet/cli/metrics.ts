import { assess } from '../../expiry/model/assess.ts';
import { epochMs } from '../../shared/instant.ts';
import { unreadPaths } from '../../shared/finding.ts';
import { unlessProblem } from '../../shared/problem.ts';
import { prometheusText } from '../../expiry/export/prometheus-text.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import type { ReadFleet } from '../../expiry/cli/fleet.ts';
import { sourcePaths } from '../../inventory/model/source-paths.ts';

/** Readable by all, since the collector runs under its own account. */
const METRICS_MODE = 0o644;

/** Writes the metrics of a fleet to a file. Throws `file.not-writable`. */
export async function writeMetrics(
  { ports, world, translate }: Invocation,
  file: string,
  { fleet: { clusters, rows, classes, now: checkedAt }, findings }: Pick<ReadFleet, 'fleet' | 'findings'>,
): Promise<void> {
  const refused = unreadPaths(findings);
  const paths = [...new Set([...sourcePaths(clusters), ...refused])].sort();
  const sources = await Promise.all(
    paths.map(async (path) => {
      const facts = refused.has(path) ? undefined : await unlessProblem(ports.files.facts(path));
      return { path, up: facts?.kind === 'file' };
    }),
  );
  const assessments = assess(rows, { nowMs: epochMs(checkedAt), classes });
  const text = prometheusText({ assessments, sources, checkedAt, version: world.version });
  const path = world.absolute(file);
  await ports.files.replace(path, text, { mode: METRICS_MODE });
  world.notice(translate('cli.written', { path, rows: rows.length }));
}
