import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SECRET_REMOVED, SecretFilter } from '../../../../core/formats/text/secret-filter.ts';
import { secretLineIn } from '../../../../core/formats/text/secrets-in-text.ts';
import { breakLines, leakIn, PRINTED_CONFIG } from '../../../support/module-config.ts';

const SHAPES = Object.entries(PRINTED_CONFIG.shapes);
/** Printed forms that contain a secret. */
const HAS_SECRET = SHAPES.filter(([, text]) => leakIn(text) !== undefined);

function filterText(text: string, size = Infinity): string {
  const filter = new SecretFilter();
  let out = '';
  for (let at = 0; at < text.length; at += size) out += filter.take(text.slice(at, at + size));
  return out + filter.end();
}

test('more than thirty printed forms of a configuration contain secrets', () => {
  expect(HAS_SECRET.length).toBeGreaterThan(30);
});

describe.each(SHAPES)('a printed configuration of the modules, %s', (_title, text) => {
  test('loses its token and its passwords', () => {
    for (const size of [1, 50, Infinity]) expect(leakIn(filterText(text, size))).toBeUndefined();
  });

  test('loses its secrets even with the line ends and the ellipsis of Windows PowerShell', () => {
    expect(leakIn(filterText(text.replaceAll('…', '...').replaceAll('\n', '\r\n')))).toBeUndefined();
  });

  test('loses its secrets even if a narrow console has broken its lines', () => {
    for (const width of [40, 79, 80, 120]) expect(leakIn(filterText(breakLines(text, width)))).toBeUndefined();
  });

  test('loses its secrets wherever it is truncated', () => {
    for (let end = text.length; end > 0; end -= 307) expect(leakIn(filterText(text.slice(0, end)))).toBeUndefined();
  });
});

test.each(HAS_SECRET)('the scanner finds a secret in a printed configuration, %s', (_title, text) => {
  expect(secretLineIn(text)).toBeDefined();
});

test('settings that are not secret stay unchanged', () => {
  const { shapes } = PRINTED_CONFIG;
  for (const [title, text] of SHAPES.filter(([name]) => /^(?:sections|entries)/u.test(name)))
    for (const line of text.split('\n').filter((each) => /moduleVersion|cloudFqdn|vnetvippoolstart/u.test(each)))
      expect(filterText(text), title).toContain(line);
  expect(filterText(shapes['JSON'] ?? '')).toContain('"clusterRoleName": "mgmt-cluster-241220"');
});

test.each([
  'proxyServerPassword            ',
  'proxyServerPassword : ',
  '"containerRegistryPassword": null, "identity": ""',
  'proxyServerPassword            System.Security.SecureString',
  'identity: SystemAssigned',
  'mocctl security identity rotate --name KMSPlugin-retail-east-moc-kms-plugin --encode=false',
  'Password  required',
  'http://proxy.contoso.example:3128',
])('%s is not removed as a secret', (text) => {
  expect(filterText(`${text}\n`)).toBe(`${text}\n`);
});

test.each([
  'proxyServerHTTP : http://admin:hunter2@proxy.example:3128',
  'store use postgresql://anna:hunter2@db.example/fleet',
  'store use postgresql://db.example/fleet?password=hunter2',
  'store use postgresql://db.example/fleet?sslmode=require&sslpassword=hunter2',
])('a line with a password in an address is removed: %s', (line) => {
  expect(filterText(`${line}\n`)).toBe(`${SECRET_REMOVED}\n`);
});

test('a configuration never reveals its secrets, whatever surrounds it and wherever its lines break', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SHAPES.map(([, text]) => text)),
      fc.integer({ min: 40, max: 200 }),
      fc.nat(),
      fc.array(fc.stringMatching(/^[ -~]{0,30}$/u), { maxLength: 4 }),
      (text, width, end, around) => {
        const broken = breakLines(text, width);
        const cut = broken.slice(0, 1 + (end % broken.length));
        expect(leakIn(filterText([...around, '', cut, ...around].join('\n')))).toBeUndefined();
      },
    ),
    { numRuns: 100 },
  );
});
