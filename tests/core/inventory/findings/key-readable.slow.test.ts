import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFiles } from '../../../../core/node/files.ts';
import { inspectPaths } from '../../../../core/inventory/export/inspect.ts';
import type { Finding } from '../../../../core/shared/finding.ts';
import { openssl } from '../../../support/openssl.ts';
import { testPorts } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const RULE = 'key.readable';

async function inspectWithMode(content: string, mode: number): Promise<Finding[]> {
  const path = join(temporaryFolder(), 'server.key');
  writeFileSync(path, content);
  chmodSync(path, mode);
  const { findings } = await inspectPaths({ ...testPorts(), files: createFiles() }, [path]);
  return findings.filter(({ rule }) => rule === RULE);
}

const key = openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256').toString();

test.skipIf(process.platform === 'win32')('a private key that others can read is reported', async () => {
  expect(await inspectWithMode(key, 0o644)).toMatchObject([
    {
      severity: 'warning',
      citation: { work: 'CIS Kubernetes Benchmark', place: '1.1.21' },
      params: { mode: '644', readers: 'everybody' },
    },
  ]);
  expect(await inspectWithMode(key, 0o640)).toMatchObject([{ params: { mode: '640', readers: 'group' } }]);
});

test('a key that only its owner can read has no finding, whatever else others can do with the file', async () => {
  for (const mode of [0o600, 0o400, 0o622, 0o711]) expect(await inspectWithMode(key, mode), String(mode)).toEqual([]);
});

test('an encrypted key or a file without a key has no finding, even if everyone can read the file', async () => {
  const encrypted = openssl(...['genrsa', '-aes256', '-passout', 'pass:secret', '2048']).toString();
  const traditional = openssl(...['genrsa', '-aes256', '-passout', 'pass:secret', '-traditional', '2048']).toString();
  expect(encrypted).toContain('ENCRYPTED');
  expect(traditional).toContain('Proc-Type');
  for (const content of [encrypted, traditional, 'no key']) expect(await inspectWithMode(content, 0o644)).toEqual([]);
});
