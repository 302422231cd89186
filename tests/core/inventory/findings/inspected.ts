import type { Finding } from '../../../../core/shared/finding.ts';
import { instantFromMs } from '../../../../core/shared/instant.ts';
import { inspectPaths } from '../../../../core/inventory/export/inspect.ts';
import { MemoryFiles, TEST_NOW, testPorts } from '../../../support/ports.ts';

/** Inspects files, given by path, `afterMs` milliseconds after `TEST_NOW`. Returns the findings of one rule. */
export async function inspectFiles(
  rule: string,
  contents: Record<string, string>,
  { afterMs = 0 }: { afterMs?: number } = {},
): Promise<Finding[]> {
  const files = new MemoryFiles();
  for (const [path, content] of Object.entries(contents)) files.put(path, content);
  const now = instantFromMs(Date.parse(TEST_NOW) + afterMs);
  const { findings } = await inspectPaths({ ...testPorts(files), clock: { now: () => now } }, ['/']);
  return findings.filter((finding) => finding.rule === rule);
}
