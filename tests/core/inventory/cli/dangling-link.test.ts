import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildCertificate, sequence, utcTime } from '../../../support/certificates.ts';
import { MemoryFiles, testPorts } from '../../../support/ports.ts';
import { runInFolder } from '../../../support/command-line.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { TestWorld } from '../../cli/test-world.ts';

const GOOD = buildCertificate({ validity: sequence(utcTime('261101000000Z'), utcTime('271101000000Z')) });
const EXPIRED = buildCertificate();

test.each([
  [['inspect'], GOOD, 0],
  [['inspect'], EXPIRED, 1],
  [['expiry', 'check'], GOOD, 0],
  [['expiry', 'check'], EXPIRED, 1],
] as const)('%j reports a dangling link without changing its exit code', async (verb, der, exit) => {
  const files = new MemoryFiles().put('/pki/a.der', der).link('/pki/x.pem', '/nowhere');
  const { code, notices } = await new TestWorld(testPorts(files)).run(...verb, '/pki');
  expect(notices.match(/x\.pem/gu)).toHaveLength(1);
  expect(code).toBe(exit);
});

test.skipIf(process.platform !== 'linux')(
  'a file name that is not UTF-8 is reported as such, not as missing',
  async () => {
    const folder = temporaryFolder();
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/schl`), Buffer.from([0xfc]), Buffer.from('ssel.der')]), GOOD);
    for (const path of [folder, `${folder}/schl\uFFFDssel.der`]) {
      const { code, notices } = await runInFolder(folder, 'inspect', path);
      expect(notices).toContain('The file name is not in UTF-8');
      expect(notices).not.toContain('does not exist');
      expect(code).toBe(2);
    }
  },
);
