import { describe, expect, test } from 'vitest';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { readKnownFiles } from '../../../../core/inventory/fleet.ts';
import { importPaths } from '../../../../core/inventory/import.ts';
import type { Finding } from '../../../../core/shared/finding.ts';
import { clustersAndForeign } from '../../../../core/inventory/store/inventory-store.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { buildCertificate, commonName, integer } from '../../../support/certificates.ts';
import { pfx } from '../../../support/pfx.ts';
import { certificateFiles } from '../../../support/fleet.ts';
import { MemoryFiles, testPorts } from '../../../support/ports.ts';
import { TestWorld } from '../../cli/test-world.ts';

const formatSerial = (number: number): string => `10${String(number).padStart(4, '0')}`;
const aCertificate = (number: number): string =>
  encodePem(
    'CERTIFICATE',
    buildCertificate({ serial: integer(formatSerial(number)), subject: commonName(`node-${number}`) }),
  );
/** An INTEGER instead of the SEQUENCE of a certificate. */
const notOne = encodePem('CERTIFICATE', new Uint8Array([2, 1, 5]));
const notBase64 = '-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n';
const KUBECONFIG = 'apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers:';
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata:';

async function importContent(content: string | Uint8Array): Promise<{ findings: Finding[]; credentials: number }> {
  const store = memoryStore();
  const { findings } = await importPaths(testPorts(new MemoryFiles().put('/a/file', content)), store, ['/a']);
  return { findings, credentials: clustersAndForeign(store).flatMap(({ credentials }) => credentials).length };
}

const isMore = ({ rule }: Finding): boolean => rule === 'file.more-findings';
const more = (count: number, severity: Finding['severity']): unknown => ({
  rule: 'file.more-findings',
  severity,
  place: { path: '/a/file' },
  params: { count },
});

describe('a file with hundreds of faults', () => {
  test('has a finding for each of the first hundred faults and one for the rest, and its good entries are kept', async () => {
    const good = Array.from({ length: 30 }, (_, at) => aCertificate(at));
    // Two steps of reading find these faults, so the findings must be sorted by line.
    const bad = Array.from({ length: 300 }, (_, at) => (at % 10 === 0 ? notBase64 : notOne));
    const blocks = bad.flatMap((block, at) => [block, good[at / 10] ?? '']);
    const lines = blocks.map((_, at) => blocks.slice(0, at).join('').split('\n').length);
    const { findings, credentials } = await importContent(blocks.join(''));
    expect(credentials).toBe(30);
    const told = findings.filter(({ place, rule }) => place.line !== undefined && !rule.startsWith('certificate.'));
    expect(told.map(({ place }) => place.line)).toEqual(
      lines.filter((_, at) => at % 2 === 0 && at < 200).sort((left, right) => left - right),
    );
    expect(new Set(told.map(({ rule }) => rule))).toEqual(new Set(['pem.damaged', 'der.unexpected-tag']));
    expect(findings.filter(isMore)).toEqual([more(200, 'error')]);
  });

  test.each([
    [100, 0],
    [101, 1],
  ])('with %i faults has no finding for %i of them', async (bad, left) => {
    const { findings } = await importContent(notOne.repeat(bad));
    expect(findings).toHaveLength(bad);
    expect(findings.filter(isMore)).toEqual(left === 0 ? [] : [more(left, 'error')]);
  });

  test.each<[string, Finding['severity'], (at: number) => string, string?]>([
    ['users of a kubeconfig', 'notice', (at) => `- { name: u${at}, user: {} }`, KUBECONFIG],
    [
      'files that a kubeconfig refers to',
      'error',
      (at) => `- { name: u${at}, user: { client-certificate: gone-${at}.crt } }`,
      KUBECONFIG,
    ],
    ['values of a Secret', 'error', (at) => `  k${at}.crt: "*"`, SECRET],
    ['PFX files in a Secret', 'notice', (at) => `  k${at}.pfx: ${pfx([]).toString('base64')}`, SECRET],
    ['YAML documents', 'error', () => '---\nkind: Secret\napiVersion: v1\ndata: [a]'],
    ['other blocks in PEM', 'error', () => encodePem('PKCS7', new Uint8Array([0x30, 0]))],
  ])('has at most a hundred findings about %s, and one for the rest', async (_of, severity, made, head = '') => {
    const write = (count: number): string => [head, ...Array.from({ length: count }, (_, at) => made(at))].join('\n');
    const { findings } = await importContent(write(400));
    expect((await importContent(write(30))).findings).toHaveLength(30);
    expect(findings.length).toBeLessThanOrEqual(101);
    expect(findings.filter(isMore)).toMatchObject([more(401 - findings.length, severity)]);
  });

  test('has one limit for faults and remarks on readable certificates together', async () => {
    const trailing = Buffer.concat([buildCertificate({}), Buffer.from([1, 2, 3])]);
    const numbered = Array.from({ length: 150 }, (_, at) =>
      encodePem('CERTIFICATE', Buffer.concat([buildCertificate({ serial: integer(formatSerial(at)) }), trailing])),
    );
    const { findings, credentials } = await importContent(notOne.repeat(60) + numbered.join(''));
    expect(credentials).toBe(150);
    expect(findings.filter(({ rule }) => rule === 'der.unexpected-tag')).toHaveLength(60);
    expect(findings.filter(({ rule }) => rule === 'der.trailing-data')).toHaveLength(40);
    expect(findings.filter(isMore)).toEqual([more(110, 'notice')]);
  });

  test('does not limit the findings of other files', async () => {
    const files = new MemoryFiles().put('/a/bad', notOne.repeat(250)).put('/b/other', notOne.repeat(3));
    const { findings } = await importPaths(testPorts(files), memoryStore(), ['/a', '/b']);
    const countFindings = (path: string): number => findings.filter(({ place }) => place.path === path).length;
    expect([countFindings('/a/bad'), countFindings('/b/other')]).toEqual([101, 3]);
  });

  test('is still read, and counts as an available source', async () => {
    const [[path, content]] = Object.entries(await certificateFiles({ cluster: 'one' })) as [[string, string]];
    const text = content + notOne.repeat(250);
    const [ports, store] = [testPorts(new MemoryFiles().put(path, text)), memoryStore()];
    await importPaths(ports, store, [path]);
    expect(store.clusters()).toHaveLength(1);
    expect(await readKnownFiles(ports, store)).toEqual({ down: [] });
    const world = new TestWorld(testPorts()).put(`fleet${path}`, text);
    await world.run('expiry', 'check', 'fleet', '--prometheus', 'out.prom');
    expect(await world.text('out.prom')).toMatch(/^arcwarden_source_up\{.*\} 1$/mu);
  });
});

describe.each([
  ['en', '200 more findings in this file are not shown.'],
  ['ja', 'このファイルには、表示していない検出事項がほかに 200 件あります。'],
] as const)('the output of the command line (%s)', (language, sentence) => {
  const world = (good: string): TestWorld => {
    const made = new TestWorld(testPorts()).put('many.pem', good + notOne.repeat(300));
    made.language = language;
    return made;
  };

  test('contains a hundred findings and the number of the others', async () => {
    const { notices } = await world('').run('inspect', 'many.pem');
    const places = notices.split('\n').filter((line) => / #\d+: /u.test(line));
    expect(places).toHaveLength(100);
    expect(notices).toContain(sentence);
  });

  test('contains the same findings in JSON', async () => {
    const { code, out } = await world(aCertificate(1)).run('inspect', 'many.pem', '--json');
    const { records, findings } = JSON.parse(out) as { records: unknown[]; findings: Finding[] };
    expect(code).toBe(1);
    expect(records).toHaveLength(1);
    const ofReading = findings.filter(({ rule }) => !rule.startsWith('certificate.'));
    expect(ofReading).toHaveLength(101);
    expect(ofReading.at(-1)).toMatchObject({ rule: 'file.more-findings', severity: 'error', params: { count: 200 } });
  });
});
