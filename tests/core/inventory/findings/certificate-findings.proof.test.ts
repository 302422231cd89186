import { expect, test } from 'vitest';
import { CERTIFICATE_RULES } from '../../../../core/inventory/findings/certificate-findings.ts';
import { inspectPaths } from '../../../../core/inventory/export/inspect.ts';
import { nodeKeys } from '../../../../core/node/keys.ts';
import { testPorts } from '../../../support/ports.ts';
import { FolderFiles } from '../../sample/fleet.ts';
import { writeFleet } from '../../sample/fleet-world.ts';

const RULES = new Set([...CERTIFICATE_RULES.map(({ id }) => id), 'key.readable']);

// Generating full-length keys takes most of a minute, and short keys would cause findings.
test('the demo fleet, in which only owners can read keys, has no findings', async () => {
  const files = new FolderFiles();
  await writeFleet(files, nodeKeys());
  const { records, findings } = await inspectPaths(testPorts(files), ['/']);
  expect(records.length).toBeGreaterThan(0);
  expect(findings.filter(({ rule }) => RULES.has(rule))).toEqual([]);
});
