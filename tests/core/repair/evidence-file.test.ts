import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { ConsoleError } from '../../../core/shared/problem.ts';
import { LONGEST_EVIDENCE } from '../../../core/repair/model/planning.ts';
import { SECRET_REMOVED } from '../../../core/formats/text/secret-filter.ts';
import { readEvidence } from '../../../core/repair/evidence-file.ts';
import { MemoryFiles } from '../../support/ports.ts';
import { needTool } from '../../support/tools.ts';

const LOG = '2026年11月24日 エラー: Valid Token Required\n能力が足りません 表\n';

const read = (content: string | Uint8Array) =>
  readEvidence({ files: new MemoryFiles().put('/logs/kms.log', content) }, '/logs/kms.log');

test.for(['UTF-8', 'UTF-16LE', 'UTF-16BE', 'UTF-16', 'CP932'])(
  'a log in %s is read unchanged',
  async (encoding, context) => {
    // The program iconv is an independent implementation of the encodings.
    const iconv = needTool(context, 'iconv');
    const encoded = execFileSync(iconv, ['-f', 'UTF-8', '-t', encoding], { input: LOG });
    expect(await read(encoded)).toEqual({ name: 'kms.log', text: LOG, secrets: 0 });
  },
);

test('a byte order mark does not become part of the text', async () => {
  for (const bytes of [Buffer.from(`\u{FEFF}${LOG}`, 'utf8'), Buffer.from(`\u{FEFF}${LOG}`, 'utf16le')])
    expect((await read(bytes)).text).toBe(LOG);
});

test('secrets are removed and counted', async () => {
  const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----';
  const { text, secrets } = await read(`before\n${key}\ntoken: abcdefghijkl\nand after it\n`);
  expect(text).toBe(`before\n${SECRET_REMOVED}\n${SECRET_REMOVED}\nand after it\n`);
  expect(secrets).toBe(2);
});

test.each([
  ['as long as allowed', 'あ'.repeat(LONGEST_EVIDENCE), undefined],
  ['one letter longer', 'x'.repeat(LONGEST_EVIDENCE + 1), 'evidence.too-long'],
  ['longer than any file that is read', 'あ'.repeat(LONGEST_EVIDENCE + 1), 'evidence.too-long'],
  ['no text', new Uint8Array([0x30, 0x82, 0, 0, 0, 0, 1, 0]), 'evidence.not-text'],
])('a file is read, or refused with a reason, if it is %s', async (_, content, code) => {
  const outcome = await read(content).then(
    () => undefined,
    (error: unknown) => error as ConsoleError,
  );
  expect(outcome?.code).toBe(code);
  if (code !== undefined) expect(outcome?.params['path']).toBe('/logs/kms.log');
});
