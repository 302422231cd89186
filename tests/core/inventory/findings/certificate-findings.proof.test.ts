import { expect, test } from 'vitest';
import { CERTIFICATE_RULES } from '../../../../core/inventory/findings/certificate-findings.ts';
import { inspectPaths } from '../../../../core/inventory/export/inspect.ts';
import { nodeKeys } from '../../../../core/node/keys.ts';
import { testPorts } from '../../../support/ports.ts';
import { FolderFiles } from '../../sample/fleet.ts';
import { writeFleet } from '../../sample/fleet-world.ts';

const RULES = new Set([...CERTIFICATE_RULES.map(({ id }) => id), 'key.readable']);

// Full-length keys take most of a minute to generate, and short ones would be reported.
test('the demo fleet, whose keys only their owner may read, has no findings', async () => {
  const files = new FolderFiles();
  await writeFleet(files, nodeKeys());
  const { records, findings } = await inspectPaths(testPorts(files), ['/']);
  expect(records.length).toBeGreaterThan(0);
  expect(findings.filter(({ rule }) => RULES.has(rule))).toEqual([]);
});
