import { createHash, generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SECRET_REMOVED, SecretFilter } from '../../../../core/formats/text/secret-filter.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const DER = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
const JWT = `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.${'Qx7-_'.repeat(20)}`;

/** Filters the text in chunks of this many characters. */
function filterText(text: string, size = Infinity): { text: string; removed: number } {
  const filter = new SecretFilter();
  let out = '';
  for (let at = 0; at < text.length; at += size) out += filter.take(text.slice(at, at + size));
  out += filter.end();
  return { text: out, removed: filter.removalCount };
}

test('text without a secret stays unchanged, wherever the chunks end', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[ -~]{0,12}$/u).filter((line) => !/data/iu.test(line))),
      fc.integer({ min: 1, max: 30 }),
      (lines, size) => {
        const text = lines.join('\n');
        expect(filterText(text, size)).toEqual({ text, removed: 0 });
      },
    ),
    { numRuns: 200 },
  );
});

const SECRETS: [string, string, string[]][] = [
  ['a private key in PEM', PEM, PEM.split('\n').slice(1, 3)],
  ['a key in Base64 over several lines', DER.replaceAll(/(.{48})/gu, '$1\n'), [DER.slice(50, 90)]],
  ['a token', `token: ${JWT}`, ['Qx7-_Qx7']],
  [
    'a token broken by a narrow window',
    `TOKEN=${JWT.slice(0, 60)}\n${JWT.slice(60, 120)}\n${JWT.slice(120)}`,
    ['Qx7-_Qx7'],
  ],
  ['a password in a field', 'password: hunter2hunter2', ['hunter2']],
  [
    'the content of a Secret',
    'apiVersion: v1\ndata:\n  anything: aGVsbG8=\n  more: d29ybGQ=\nkind: Secret',
    ['aGVsbG8', 'd29ybGQ'],
  ],
];

describe.each(SECRETS)('%s', (_title, secret, parts) => {
  test('is removed without any other text, wherever the chunks end', () => {
    for (const size of [1, 7, 64, Infinity]) {
      const { text, removed } = filterText(`before it\n${secret}\nbehind, with a blank\n`, size);
      for (const part of parts) expect(text).not.toContain(part);
      expect(text).toContain(SECRET_REMOVED);
      expect(removed).toBeGreaterThan(0);
      expect(text.startsWith('before it\n')).toBe(true);
      expect(text.endsWith('behind, with a blank\n')).toBe(true);
    }
  });
});

test('text that begins in the middle of a key reveals no part of the key', () => {
  const filter = new SecretFilter('in-the-middle');
  const half = PEM.split('\n').slice(2).join('\n');
  const out = filter.take(`${half}error: no connection\n`) + filter.end();
  expect(out).not.toContain(PEM.split('\n')[2]);
  expect(out).toContain('error: no connection\n');
});

test('a line without an end is truncated and marked', () => {
  const filter = new SecretFilter();
  for (let count = 0; count < 100; count += 1) filter.take('no end, '.repeat(1_000));
  const out = filter.end();
  expect(out.length).toBeLessThan(70_000);
  expect(out).toContain('[line cut]');
});

test.each([
  ['one letter', () => 'x'.repeat(99)],
  ['dots', () => '.'.repeat(60)],
  ['digests', (at: number) => createHash('sha256').update(String(at)).digest('hex')],
  ['names of files', (at: number) => `Certificate-${at}-of-Node${'x'.repeat(at % 23)}.crt`],
  ['IDs of pods', (at: number) => `pod/kube-proxy-${at}-x7k2p`],
])('thousands of lines of %s stay unchanged', (_title, line) => {
  const text = Array.from({ length: 2_000 }, (_, at) => `${line(at)}\n`).join('');
  expect(filterText(text, 65_536)).toEqual({ text, removed: 0 });
});

test.each([64, 76, 120])('Base64 longer than any key is removed as a secret, with %d characters per line', (width) => {
  const text = Buffer.from(`users:\n${'- name: somebody\n'.repeat(3_000)}`).toString('base64');
  const lines = text.replaceAll(new RegExp(`.{${width}}`, 'gu'), '$&\n');
  expect(filterText(`before it\n${lines}\nbehind, with a blank\n`)).toEqual({
    text: `before it\n${SECRET_REMOVED}\nbehind, with a blank\n`,
    removed: 1,
  });
});
