import { stringify } from 'yaml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRevocationManifest } from '../../../../core/formats/renew-revocation/manifest.ts';

/** The only object in the article, in the article's spelling. */
const ARTICLE = `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata:
  name: my-renew-revocation
  namespace: kube-system
spec:
  description: My list of revocations
  revocations:
  - description: Revoked certificates by serial number
    kind: serialnumber
    notBefore: "2020-04-17T17:22:05Z"
    serialNumber: 77fdf4b1033b387aaace6ce1c18710c2
  - description: Revoked certificates by group
    group: system:nodes
    kind: Group
  - description: Revoked certificates by DNS
    dns: kubernetes.default.svc.
    kind: DNS
  - description: Revoked certificates by DNS Suffix
    dns: .cluster.local
    kind: DNS
  - description: Revoked certificates by IP
    ip: 170.63.128.124
    kind: IP
`;

const ARTICLE_OBJECT = {
  name: 'my-renew-revocation',
  namespace: 'kube-system',
  description: 'My list of revocations',
  entries: [
    {
      kind: 'serialnumber',
      value: '77fdf4b1033b387aaace6ce1c18710c2',
      description: 'Revoked certificates by serial number',
      notBefore: '2020-04-17T17:22:05Z',
    },
    { kind: 'Group', value: 'system:nodes', description: 'Revoked certificates by group' },
    { kind: 'DNS', value: 'kubernetes.default.svc.', description: 'Revoked certificates by DNS' },
    { kind: 'DNS', value: '.cluster.local', description: 'Revoked certificates by DNS Suffix' },
    { kind: 'IP', value: '170.63.128.124', description: 'Revoked certificates by IP' },
  ],
};

const OTHER = `apiVersion: v1
kind: ConfigMap
metadata: {name: other}
data: {kind: RenewRevocation}
`;

function makeManifest(...entries: object[]): Record<string, unknown> {
  return {
    apiVersion: 'certificates.microsoft.com/v1',
    kind: 'RenewRevocation',
    metadata: { name: 'r', namespace: 'kube-system' },
    spec: { revocations: entries },
  };
}

test('the sample of the article causes no finding', () => {
  expect(readRevocationManifest(ARTICLE)).toEqual({ objects: [ARTICLE_OBJECT], findings: [] });
});

describe('the reader', () => {
  const second = ARTICLE.replace('my-renew-revocation', 'second');
  const document = JSON.stringify({ ...makeManifest(), spec: { revocations: [{ kind: 'IP', ip: '::1' }] } });
  const read = { name: 'r', namespace: 'kube-system', entries: [{ kind: 'IP', value: '::1' }] };
  const list = (kind: string) => `{"apiVersion": "v1", "kind": "${kind}", "items": [${document}]}`;

  test.each([
    ['JSON', document, [read]],
    ['a List from kubectl', list('List'), [read]],
    ['a list from the API', list('RenewRevocationList'), [read]],
    ['a bare list of objects', `[${document}, ${document}]`, [read, read]],
    ['a list in a document', `${ARTICLE}---\n${list('List')}`, [ARTICLE_OBJECT, read]],
    ['several documents', `${ARTICLE}---\n${second}`, [ARTICLE_OBJECT, { ...ARTICLE_OBJECT, name: 'second' }]],
    ['text with foreign documents', `${OTHER}---\n${ARTICLE}---\n${OTHER}`, [ARTICLE_OBJECT]],
    ['text with empty documents', `---\n---\n${ARTICLE}...\n---\n# nothing\n`, [ARTICLE_OBJECT]],
    ['text with Windows line ends', ARTICLE.replaceAll('\n', '\r\n'), [ARTICLE_OBJECT]],
    ['empty text', '', []],
    ['a foreign document', OTHER, []],
    ['an object of another group', ARTICLE.replace('certificates.microsoft.com/v1', 'certificates.example.com/v1'), []],
    ['a text alone', 'kind: RenewRevocation:', []],
  ])('finds exactly the RenewRevocation objects in %s', (title, text, objects) => {
    const manifest = readRevocationManifest(text);
    expect(manifest.objects).toEqual(objects);
    expect(manifest.findings.map(({ rule }) => rule)).toEqual(title === 'a text alone' ? ['yaml.invalid'] : []);
  });

  test('reads the other documents if one has invalid YAML', () => {
    const { objects, findings } = readRevocationManifest(`${ARTICLE}---\nspec: [1,\n---\n${second}---\na: 1\na: 2\n`);
    expect(objects.map(({ name }) => name)).toEqual(['my-renew-revocation', 'second']);
    expect(findings).toMatchObject([
      { rule: 'yaml.invalid', severity: 'error', place: { line: 27 } },
      { rule: 'yaml.duplicate-key', severity: 'error', place: { line: 54 } },
    ]);
  });
});

describe('an entry whose kind is spelled differently', () => {
  test.each([
    ['SerialNumber', 'serialNumber', '1f', 'serialnumber'],
    ['SERIALNUMBER', 'serialNumber', '1f', 'serialnumber'],
    ['Serial', 'serialNumber', '1f', 'serialnumber'],
    ['serial', 'serialNumber', '1f', 'serialnumber'],
    ['group', 'group', 'g', 'Group'],
    ['dns', 'dns', 'a.b', 'DNS'],
    ['Ip', 'ip', '10.0.0.1', 'IP'],
  ])('%s is read with a warning', (kind, field, value, published) => {
    const text = stringify(makeManifest({ kind, [field]: value }));
    expect(readRevocationManifest(text)).toEqual({
      objects: [{ name: 'r', namespace: 'kube-system', entries: [{ kind: published, value }] }],
      findings: [
        {
          rule: 'revocation.kind-spelling',
          severity: 'warning',
          place: { entry: 'spec.revocations[0].kind', line: 8, column: 13 },
          params: { found: kind, published },
        },
      ],
    });
  });
});

const GOOD = { kind: 'Group', group: 'good' };

test.each<[string, unknown, string, string | undefined]>([
  ['that is not a mapping', 'text', 'revocation.entry-malformed', undefined],
  ['without a kind', { group: 'a' }, 'revocation.kind-missing', undefined],
  ['of an unknown kind', { kind: 'Email', email: 'a' }, 'revocation.kind-unknown', 'kind'],
  ['without a value', { kind: 'DNS' }, 'revocation.value-missing', undefined],
  ['with an empty value', { kind: 'Group', group: '' }, 'revocation.value-missing', 'group'],
  ['with the value of another kind', { kind: 'DNS', ip: '::1' }, 'revocation.value-extra', 'ip'],
  ['with two values', { kind: 'IP', ip: '::1', dns: 'a' }, 'revocation.value-extra', 'dns'],
  [
    'with an invalid serial number',
    { kind: 'serialnumber', serialNumber: '7g' },
    'revocation.bad-serial',
    'serialNumber',
  ],
  [
    'with a negative serial number',
    { kind: 'serialnumber', serialNumber: '-7' },
    'revocation.bad-serial',
    'serialNumber',
  ],
  [
    'with a serial number that is too long',
    { kind: 'serialnumber', serialNumber: '1'.repeat(41) },
    'revocation.bad-serial',
    'serialNumber',
  ],
  ['with a dot as its DNS name', { kind: 'DNS', dns: '.' }, 'revocation.bad-dns', 'dns'],
  ['with two DNS names', { kind: 'DNS', dns: 'a.b c.d' }, 'revocation.bad-dns', 'dns'],
  ['with a range as its IP address', { kind: 'IP', ip: '10.0.0.0/8' }, 'revocation.ip-range', 'ip'],
  ['with a first and a last IP address', { kind: 'IP', ip: '10.0.0.1-10.0.0.9' }, 'revocation.ip-range', 'ip'],
  ['with a host name as its IP address', { kind: 'IP', ip: 'node-1/2' }, 'revocation.bad-ip', 'ip'],
  ['with a list as its IP address', { kind: 'IP', ip: ['10.0.0.1'] }, 'yaml.not-text', 'ip'],
  ['with an invalid notBefore', { ...GOOD, notBefore: 'yesterday' }, 'revocation.bad-not-before', 'notBefore'],
  ['with only a date as notBefore', { ...GOOD, notBefore: '2020-04-17' }, 'revocation.bad-not-before', 'notBefore'],
  ['with an empty notBefore', { ...GOOD, notBefore: '' }, 'revocation.bad-not-before', 'notBefore'],
  ['with a list as notBefore', { ...GOOD, notBefore: [] }, 'revocation.bad-not-before', 'notBefore'],
  [
    'with a notBefore after the year 9999',
    { ...GOOD, notBefore: '9999-12-31T23:59:59-01:00' },
    'revocation.bad-not-before',
    'notBefore',
  ],
])('an entry %s is reported with its position and does not hide other entries', (_, entry, rule, field) => {
  const text = stringify(makeManifest(GOOD, entry as object, GOOD));
  const { objects, findings } = readRevocationManifest(text);
  expect(objects[0]?.entries).toEqual([
    { kind: 'Group', value: 'good' },
    { kind: 'Group', value: 'good' },
  ]);
  const [found] = findings;
  expect(found).toMatchObject({ rule, severity: 'error' });
  const path = 'spec.revocations[1]';
  expect(found?.place.entry).toMatch(field === undefined ? path : `${path}.${field}`);
  // The entry begins after line 9.
  expect(found?.place.line).toBeGreaterThan(9);
  expect(found?.place.column).toBeGreaterThan(4);
});

test.each([
  ['2020-04-17T17:22:05Z', '2020-04-17T17:22:05Z', undefined],
  ['2020-04-17T19:22:05+02:00', '2020-04-17T17:22:05Z', 'zone'],
  ['2020-04-17T17:22:05.000Z', '2020-04-17T17:22:05Z', 'fraction'],
  // A certificate issued at 17:22:05 is older than this cutoff, so the cutoff is rounded up.
  ['2020-04-17T17:22:05.001Z', '2020-04-17T17:22:06Z', 'fraction'],
])('the cutoff %s is read as %s', (notBefore, readAs, reason) => {
  const { objects, findings } = readRevocationManifest(JSON.stringify(makeManifest({ ...GOOD, notBefore })));
  expect(objects[0]?.entries[0]?.notBefore).toBe(readAs);
  expect(findings.map(({ rule, params }) => ({ rule, params }))).toEqual(
    reason === undefined ? [] : [{ rule: 'revocation.not-before-form', params: { readAs, reason } }],
  );
});

test.each([
  ['2026-02-30T10:00:00Z', 'date'],
  ['2026-11-30T24:00:00+09:00', 'date'],
  ['2026-11-30T10:00:00JST', 'zone'],
  ['2026-11-30T10:00:00+25:00', 'zone'],
  ['2026-11-30T10:00:00', 'zone'],
  [' 2026-11-30T10:00:00Z', 'blank'],
  ['30.11.2026 10:00', 'other'],
])('the cutoff "%s" is refused with its own reason and never corrected', (notBefore, reason) => {
  const { objects, findings } = readRevocationManifest(JSON.stringify(makeManifest({ ...GOOD, notBefore })));
  expect(objects[0]?.entries).toEqual([]);
  expect(findings).toMatchObject([{ rule: 'revocation.bad-not-before', params: { reason } }]);
});

test('an empty cutoff is treated as absent', () => {
  const text = `${stringify(makeManifest(GOOD))}      notBefore:\n`;
  expect(readRevocationManifest(text)).toMatchObject({ objects: [{ entries: [{ value: 'good' }] }] });
  expect(readRevocationManifest(text).objects[0]?.entries[0]?.notBefore).toBeUndefined();
});

test('an unquoted serial number is kept as written, with a warning that other readers would read it as a number', () => {
  const text = stringify(makeManifest({ kind: 'serialnumber', serialNumber: 'X' })).replace('X', '0012e34');
  const { objects, findings } = readRevocationManifest(text);
  expect(objects[0]?.entries).toEqual([{ kind: 'serialnumber', value: '0012e34' }]);
  expect(findings.map(({ rule }) => rule)).toEqual(['yaml.number-as-text']);
});

test.each<[string, object, string[], object[]]>([
  ['without a name is skipped', { metadata: { namespace: 'kube-system' } }, ['revocation.no-name'], []],
  ['without metadata is skipped', { metadata: null }, ['revocation.malformed', 'revocation.no-name'], []],
  [
    'without a namespace is in the default namespace',
    { metadata: { name: 'r' } },
    [],
    [{ name: 'r', namespace: 'default', entries: [{ kind: 'Group', value: 'good' }] }],
  ],
  ['without spec is read and reported', { spec: 'text' }, ['revocation.malformed'], [{ name: 'r', entries: [] }]],
  ['without entries is read and reported', { spec: {} }, ['revocation.no-entries'], [{ name: 'r', entries: [] }]],
  [
    'whose entries are not a list is read and reported',
    { spec: { revocations: {} } },
    ['revocation.malformed'],
    [{ name: 'r', entries: [] }],
  ],
  [
    'of another version is read and reported',
    { apiVersion: 'certificates.microsoft.com/v2' },
    ['revocation.api-version'],
    [{ name: 'r', entries: [{}] }],
  ],
  ['without a version is read and reported', { apiVersion: '' }, ['revocation.api-version'], [{ name: 'r' }]],
  [
    'in another spelling is read and reported',
    { kind: 'renewrevocation' },
    ['revocation.object-kind'],
    [{ name: 'r' }],
  ],
])('an object %s', (_, changes, rules, objects) => {
  const manifest = readRevocationManifest(JSON.stringify({ ...makeManifest(GOOD), ...changes }));
  expect(manifest.findings.map(({ rule }) => rule)).toEqual(rules);
  expect(manifest.objects).toMatchObject(objects);
  expect(manifest.objects).toHaveLength(objects.length);
});

test('only the first hundred faults are reported, and the rest are counted', () => {
  const { objects, findings } = readRevocationManifest(
    JSON.stringify(makeManifest(...Array.from({ length: 500 }, () => ({ kind: 'IP' })), GOOD)),
  );
  expect(objects[0]?.entries).toHaveLength(1);
  expect(findings).toHaveLength(101);
  expect(findings.at(-1)).toMatchObject({ rule: 'file.more-findings', params: { count: 400 } });
});

test('every entry is either read exactly or reported', () => {
  const value = fc.oneof(fc.constant('1f'), fc.string(), fc.constant(null), fc.array(fc.string()));
  const entry = fc.record(
    {
      kind: fc.oneof(fc.constantFrom('serialnumber', 'Group', 'DNS', 'IP'), fc.string()),
      serialNumber: value,
      group: value,
      dns: value,
      ip: value,
      notBefore: fc.oneof(fc.constant('2020-04-17T17:22:05Z'), fc.string()),
      description: value,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 3 }), (entries) => {
      const { objects, findings } = readRevocationManifest(JSON.stringify(makeManifest(...entries)));
      const read = objects[0]?.entries ?? [];
      const told = findings.filter(({ severity }) => severity === 'error');
      expect(read.length === entries.length || told.length > 0).toBe(true);
      const values = entries.flatMap((one) => [one.serialNumber, one.group, one.dns, one.ip]);
      for (const each of read) expect(values).toContain(each.value);
    }),
    { numRuns: 100 },
  );
});

test('no finding quotes a value, because it may be secret', () => {
  const secret = 'eyJhbGciOiJSUzI1NiJ9 secret';
  const fields = { serialNumber: secret, group: secret, dns: secret, ip: secret, notBefore: secret };
  const { findings } = readRevocationManifest(
    JSON.stringify(makeManifest(...['serialnumber', 'DNS', 'IP', 'Group'].map((kind) => ({ kind, ...fields })))),
  );
  expect(findings.length).toBeGreaterThan(4);
  expect(JSON.stringify(findings)).not.toContain('secret');
});
