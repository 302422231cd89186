import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { specificationSchema } from '../../../../../build/build.mjs';
import {
  CREATION_REASONS,
  CREATION_RULES,
  MISMATCH_FIELDS,
} from '../../../../../core/authorities/create/creation-plan.ts';
import { nearestName } from '../../../../../core/knowledge/model/edit-distance.ts';
import { readCreationSpec } from '../../../../../core/authorities/create/specification/specification.ts';
import { SPEC_RULES } from '../../../../../core/authorities/create/specification/rules.ts';
import {
  SPEC_FIELDS,
  SPEC_PROFILES,
  specDocument,
} from '../../../../../core/authorities/create/specification/schema.ts';
import { PROFILES } from '../../../../../core/pki/model/profiles.ts';
import { PROFILE_IDS } from '../../../../../core/pki/model/profile.ts';
import { LANGUAGES, translator, type MessageKey } from '../../../../../core/shared/text/text.ts';
import { CATALOGUES } from '../../../../support/catalogues.ts';
import { HEAD, PLACE, makeSpec } from '../world.ts';
import { measureCost } from '../../../../support/cost.ts';

const DOCS = join(import.meta.dirname, '../../../../../docs');
/** The folder also contains examples of other features. */
const EXAMPLES = readdirSync(join(DOCS, 'examples')).filter((name) =>
  /^apiVersion: arcwarden\//mu.test(readFileSync(join(DOCS, 'examples', name), 'utf8')),
);
const PATH = 'spec.yaml';
const TRANSLATE = LANGUAGES.map((language) => translator(language));

/** Formats each finding as `line:column rule values`. */
function findingLines(text: string): string[] {
  return readCreationSpec(text, PATH).findings.map(({ rule, place, params, severity }) => {
    expect(place.path).toBe(PATH);
    for (const translate of TRANSLATE) {
      for (const key of [`finding.${rule}`, `finding.${rule}.remedy`] as MessageKey[])
        expect(translate(key, params), rule).not.toMatch(/[{}]|undefined/u);
    }
    const values = Object.values(params ?? {}).join(' ');
    const mark = severity === 'error' ? '' : `${severity} `;
    return `${place.line}:${place.column} ${mark}${rule} ${values}`.trim();
  });
}

describe('a specification', () => {
  test.each(EXAMPLES)('the example %s is read without a finding', (name) => {
    expect(findingLines(readFileSync(join(DOCS, 'examples', name), 'utf8'))).toEqual([]);
  });

  test('a profile name alone is equivalent to an entry with only that profile', () => {
    const short = makeSpec(`${PLACE}certificates: [apiserver]\nkubeconfigs: [admin]\n`);
    const long = makeSpec(`${PLACE}certificates: [{ profile: apiserver }]\nkubeconfigs: [{ profile: admin }]\n`);
    expect(long).toEqual(short);
  });

  test('the API server certificate covers the host of the server, and contains each name once', () => {
    const [apiserver] = makeSpec(
      `cluster: { name: a, server: 'https://[fd00::9]:6443', endpoints: [A.example, 'fd00:0::9'], serviceIp: 10.96.0.1 }
node: { name: n, ips: [10.0.0.1] }
certificates: [{ profile: apiserver, dnsNames: [a.example, n], ipAddresses: [10.0.0.2] }]\n`,
    ).certificates;
    expect(apiserver?.sans).toEqual({
      dns: [
        ...['kubernetes', 'kubernetes.default', 'kubernetes.default.svc'],
        ...['kubernetes.default.svc.cluster.local', 'n', 'A.example'],
      ],
      ip: ['10.96.0.1', '10.0.0.1', 'fd00::9', '10.0.0.2'],
    });
  });

  test('text that looks like a placeholder is used literally', () => {
    const [admin] = makeSpec(
      `${PLACE}kubeconfigs: [{ profile: admin, name: '<node>$&', organizations: ['<cluster>'] }]\n`,
    ).kubeconfigs;
    expect(admin?.subject).toEqual({ commonName: '<node>$&', organizations: ['<cluster>'] });
  });

  test('a key type for the whole specification applies to every profile that allows it', () => {
    const spec = makeSpec(
      `keyAlgorithm: rsa-4096\n${PLACE}host: { name: h, ips: [10.0.0.1] }
certificates: [apiserver, { profile: apiserver-kubelet-client, keyAlgorithm: p-384 }, { profile: mocctl, name: m }]
serviceAccountKey: { keyAlgorithm: rsa-2048 }\n`,
    );
    expect(spec.certificates.map(({ keyAlgorithm }) => keyAlgorithm)).toEqual([
      { value: 'rsa-4096', isStated: true },
      { value: 'p-384', isStated: true },
      { value: 'rsa-2048', isStated: false },
    ]);
    expect(spec.serviceAccountKey?.keyAlgorithm).toBe('rsa-2048');
    expect(spec.authorities.map(({ profile, mayBeMade }) => [profile, mayBeMade])).toEqual([
      ['cluster-ca', true],
      ['cloud-agent-ca', true],
    ]);
  });

  test('a node that only joins never gets a CA of its own', () => {
    const spec = makeSpec(`${PLACE}bootstrapKubeconfig: { tokenFile: t }\n`);
    expect(spec.authorities.map(({ profile, mayBeMade }) => [profile, mayBeMade])).toEqual([['cluster-ca', false]]);
  });

  test.each([
    ['36h', 36 * 3_600_000],
    ['4d', 4 * 86_400_000],
    ['10y', 3650 * 86_400_000],
    ['30y', 30 * 365 * 86_400_000],
  ])('the validity %s is %d milliseconds', (validity, ms) => {
    const spec = makeSpec(`${PLACE}kubeconfigs: [{ profile: admin, validity: ${validity} }]\n`);
    expect(spec.kubeconfigs[0]?.validityMs).toEqual({ value: ms, isStated: true });
  });
});

describe('a fault in a specification', () => {
  test('is reported together with all others, each with its line and column, in the order of the text', () => {
    const text = `apiVersion: arcwarden/v2
kind: CertificateSpec
keyAlgoritm: p-384
cluster:
  name: Retail
  server: http://x
node:
  ips: [10.0.0.256]
  nmae: x
certificates:
  - profile: apiserver
    validity: 4 days
  - etcd-srever
  - admin
  - kubelet-client
  - profile: node-agent
    keyAlgorithm: p-384
  - profile: etcd-peer
    name: 012
    typo:
      deep: 1
  - [a]
kubeconfigs: admin
host:
serviceAccountKey: yes
`;
    const certificates = SPEC_PROFILES.certificates.join(', ');
    expect(findingLines(text)).toEqual([
      '1:13 spec.unknown-value apiVersion arcwarden/v1 arcwarden/v1',
      '3:1 spec.unknown-field keyAlgoritm keyAlgorithm',
      '5:9 spec.invalid-value name nodeName',
      '6:11 spec.invalid-value server serverUrl',
      '8:3 spec.missing-field name',
      '8:9 spec.invalid-value ips ipAddress',
      '9:3 spec.unknown-field nmae name',
      '12:15 spec.invalid-value validity validity',
      `13:5 spec.unknown-value certificates etcd-server ${certificates}`,
      '14:5 spec.wrong-list admin kubeconfigs',
      '15:5 spec.kubelet kubelet-client',
      '16:5 spec.needs node-agent name name',
      '17:19 spec.key-algorithm node-agent rsa-2048',
      '19:11 spec.not-text name',
      '20:5 spec.unknown-field typo none',
      '22:5 spec.wrong-type certificates string',
      '23:14 spec.wrong-type kubeconfigs array',
      '24:1 spec.missing-field host',
      '25:20 spec.wrong-type serviceAccountKey boolean',
    ]);
  });

  test('is a CA that does not sign the certificate, or that does not exist', () => {
    const text = `${HEAD}${PLACE}certificates:
  - { profile: etcd-peer, issuer: cluster-ca }
  - { profile: apiserver-etcd-client, issuer: front-proxy-ca }
  - { profile: apiserver-etcd-client, issuer: admin, file: b }
  - { profile: apiserver-etcd-client, issuer: cluster, file: c }
`;
    const authorities = SPEC_PROFILES.authorities.join(', ');
    expect(findingLines(text)).toEqual([
      '6:35 spec.issuer etcd-peer etcd-ca',
      '7:47 spec.issuer apiserver-etcd-client etcd-ca, cluster-ca',
      `8:47 spec.unknown-value issuer none ${authorities}`,
      `9:47 spec.unknown-value issuer cluster-ca ${authorities}`,
    ]);
  });

  const NAMES = ['example..com', 'a_b', '-a', '10.0.0.1', 'a.1', 'a.', 'é', `${'a'.repeat(64)}.b`];
  const ADDRESSES = ['10.0.0.256', '010.0.0.1', '10.0.0.0/24', 'fe80::1%eth0', '1:2', 'node'];
  const SERVERS = [
    'http://a',
    'https://a/',
    'https://a:0',
    'https://a:65536',
    'https://u@a',
    'https://[::g]',
    'https://10.0.0.256',
  ];
  const FILES = ['../x', '/x', 'a//b', 'a/', '.x', 'CON', 'a/nul.x', 'x.', 'a\\\\b', 'a/b/c/d/e'];
  const rows: [string, string, string][] = [
    ...NAMES.map((value): [string, string, string] => ['dnsNames', `[${quoteText(value)}]`, 'dnsName']),
    ...ADDRESSES.map((value): [string, string, string] => ['ipAddresses', `[${quoteText(value)}]`, 'ipAddress']),
    ...FILES.map((value): [string, string, string] => ['file', `"${value}"`, 'fileName']),
    ...['0d', '4', '31y', '4 d', '-4d', '1w'].map((value): [string, string, string] => [
      'validity',
      quoteText(value),
      'validity',
    ]),
    ['name', quoteText('x'.repeat(65)), 'commonName'],
    ['organizations', '["a\\n"]', 'organization'],
  ];
  test.each(rows)('%s: %s is refused', (field, value, expected) => {
    const text = `${HEAD}${PLACE}certificates:\n  - profile: etcd-server\n    ${field}: ${value}\n`;
    expect(findingLines(text)).toEqual([
      expect.stringMatching(new RegExp(`^7:\\d+ spec.invalid-value ${field} ${expected}$`, 'u')),
    ]);
  });

  test.each(SERVERS)('the server %s is refused', (server) => {
    const text = `${HEAD}cluster: { name: a, server: '${server}' }\nkubeconfigs: [admin]\n`;
    expect(findingLines(text)).toEqual(['3:29 spec.invalid-value server serverUrl']);
  });

  test.each(['alice', 'a.txt', 'pki/../x.conf', 'con.conf'])('the kubeconfig %s is refused', (file) => {
    const text = `${HEAD}${PLACE}kubeconfigs: [{ profile: admin, file: ${file} }]\n`;
    expect(findingLines(text)).toEqual(['5:39 spec.invalid-value file kubeconfigName']);
  });

  test.each(['/etc/token', 'C:token', '\\\\server\\x'])('the token file %s is refused', (file) => {
    const text = `${HEAD}${PLACE}bootstrapKubeconfig: { tokenFile: '${file}' }\n`;
    expect(findingLines(text)).toEqual(['5:35 spec.invalid-value tokenFile relativePath']);
  });

  test.each([
    ['nothing at all', '', ['1:1 spec.not-a-mapping']],
    ['a list', '- a\n', ['1:1 spec.not-a-mapping']],
    ['nothing to make', HEAD, ['1:1 spec.nothing-to-make']],
    ['empty lists', `${HEAD}certificates: []\nserviceAccountKey: false\n`, ['1:1 spec.nothing-to-make']],
    [
      'missing values that profiles need, each once',
      `${HEAD}certificates:\n  - apiserver\n  - etcd-server\n  - kms-plugin\n  - cloud-agent-server\n`,
      [
        '4:5 spec.needs apiserver node.name none',
        '4:5 spec.needs apiserver node.ips none',
        '4:5 spec.needs apiserver cluster.endpoints endpoints',
        '4:5 spec.needs apiserver cluster.serviceIp none',
        '6:5 spec.needs kms-plugin cluster.name none',
        '6:5 spec.needs kms-plugin host.name none',
        '6:5 spec.needs kms-plugin host.ips none',
        '7:5 spec.needs cloud-agent-server host.cloudAgentFqdn none',
      ],
    ],
    [
      'a cluster without a server',
      `${HEAD}cluster: { name: a }\nkubeconfigs: [admin]\nbootstrapKubeconfig: { tokenFile: t }\n`,
      ['4:15 spec.needs admin cluster.server none'],
    ],
    [
      'a common name that X.509 does not allow',
      `${HEAD}cluster: { name: ${'a'.repeat(40)} }\nhost: { name: h, ips: [10.0.0.1] }\ncertificates: [kms-plugin]\n`,
      ['5:16 spec.name-too-long kms-plugin 64'],
    ],
    [
      'the same file twice, whatever the case of its letters',
      `${HEAD}${PLACE}certificates:\n  - etcd-peer\n  - { profile: etcd-server, file: ETCD/peer }\n  - { profile: etcd-peer, file: sa }\nserviceAccountKey: true\n`,
      ['7:5 spec.same-file pki/ETCD/peer.crt 6', '8:5 spec.same-file pki/sa.key 9'],
    ],
    [
      'a certificate in place of its CA',
      `${HEAD}${PLACE}certificates: [{ profile: front-proxy-client, file: ca }, apiserver-kubelet-client]\n`,
      ['5:16 spec.same-file pki/ca.crt 1'],
    ],
    [
      'an authority twice',
      `${HEAD}authorities: [etcd-ca, { profile: etcd-ca, use: existing }]\n`,
      ['3:24 spec.same-file pki/etcd/ca.crt 3'],
    ],
    [
      'too many and too few entries',
      `${HEAD}node: { name: n, ips: [] }\nauthorities: [${'etcd-ca, '.repeat(5)}]\n`,
      ['3:23 spec.too-few ips 1', '4:14 spec.too-many authorities 4'],
    ],
    [
      'a server that the API server does not cover',
      `${HEAD}${PLACE}certificates: [apiserver]\nkubeconfigs: [{ profile: admin, server: 'https://10.0.0.8' }]\n`,
      ['6:15 warning spec.server-not-covered 10.0.0.8'],
    ],
  ])('is reported: %s', (_title, text, findings) => {
    expect(findingLines(text)).toEqual(findings);
  });

  test('is reported without the errors that follow from it in other parts', () => {
    const text = `${HEAD}cluster: { name: a, serviceIp: x }\nnode: [n]\ncertificates: [apiserver]\n`;
    expect(findingLines(text)).toEqual([
      '3:32 spec.invalid-value serviceIp ipAddress',
      '4:7 spec.wrong-type node object',
    ]);
  });

  test('after the fiftieth, is counted but no longer reported', () => {
    const text = HEAD + Array.from({ length: 60 }, (_, index) => `x${index}: 1\n`).join('');
    const findings = findingLines(text);
    expect(findings).toHaveLength(51);
    expect(findings.at(-1)).toContain('spec.more-findings 10');
  });
});

describe('a hostile specification', () => {
  const bomb = Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`);
  test.each([
    ['nested aliases', `a0: &a0 [x]\n${bomb.join('\n')}\n`, 'yaml.alias-bomb'],
    ['repeated keys', `${HEAD}kind: CertificateSpec\n`, 'yaml.duplicate-key'],
    ['ten megabytes', `${HEAD}# ${'x'.repeat(10 * 1024 * 1024)}`, 'yaml.too-large'],
    ['several documents', `${HEAD}---\n${HEAD}`, 'yaml.several-documents'],
    ['deep nesting', '['.repeat(100_000), 'yaml.too-deep'],
    ['a key of the prototype', `${HEAD}__proto__: { a: b }\nconstructor: c\n`, 'spec.unknown-field'],
    [
      'one line of thousands of unknown fields',
      `{ ${Array.from({ length: 4_000 }, (_, at) => `k${at}: v`).join(', ')} }`,
      'spec.missing-field',
    ],
  ])('%s is refused clearly and quickly', (_title, text, rule) => {
    const cost = measureCost(() => {
      const { spec, findings } = readCreationSpec(text, PATH);
      expect(spec).toBeUndefined();
      expect(findings[0]?.rule).toBe(rule);
    });
    expect(cost).toBeLessThan(5_000);
  });

  const example = readFileSync(join(DOCS, 'examples/control-plane-node.yaml'), 'utf8');

  test('with any cut or insertion is read or refused, and never causes a crash', () => {
    const piece = fc.constantFrom(
      '- ',
      ': ',
      '{',
      '[',
      '"',
      '\n',
      '&a ',
      '*a',
      'null',
      '0x1',
      'true',
      '<node>',
      'certificates:',
    );
    fc.assert(
      fc.property(fc.nat(example.length), fc.nat(40), piece, (at, length, text) => {
        const { spec, findings } = readCreationSpec(example.slice(0, at) + text + example.slice(at + length), PATH);
        expect(spec === undefined).toBe(findings.some(({ severity }) => severity === 'error'));
      }),
      { numRuns: 60 },
    );
  });

  test('no finding repeats a value, since a misplaced value may be a secret', () => {
    const secret = 'abcdef.0123456789abcdef';
    const document = parse(example) as Record<string, unknown>;
    const places = [
      ...Object.keys(document).map((key) => [key]),
      ['node', 'name'],
      ['cluster', 'server'],
      ['node', 'ips'],
    ];
    for (const [part = '', field] of places) {
      const changed = structuredClone(document) as Record<string, Record<string, unknown>>;
      if (field === undefined) Object.assign(changed, { [part]: [`${secret} ${secret}`] });
      else Object.assign(changed[part] ?? {}, { [field]: `${secret}/${secret}` });
      const { findings } = readCreationSpec(JSON.stringify(changed), PATH);
      expect(findings.length, part).toBeGreaterThan(0);
      expect(JSON.stringify(findings), part).not.toContain('0123456789abcdef');
    }
  });
});

describe('the tables of a specification', () => {
  test('every profile except those of kubelets is in exactly one list, the correct one', () => {
    const listByProfile = Object.fromEntries(
      Object.entries(SPEC_PROFILES).flatMap(([list, ids]) => ids.map((id) => [id, list])),
    );
    const expected = PROFILE_IDS.filter((id) => !id.startsWith('kubelet-')).map((id) => {
      const { issuer, file } = PROFILES[id];
      const isKubeconfig = file !== undefined && 'kubeconfig' in file.value;
      return [id, issuer.value === 'self' ? 'authorities' : isKubeconfig ? 'kubeconfigs' : 'certificates'];
    });
    expect(listByProfile).toEqual(Object.fromEntries(expected));
  });

  test('the JSON schema of the build is identical to the schema used for checks', async () => {
    const { title, ...written } = JSON.parse(await specificationSchema()) as Record<string, unknown>;
    expect(title).toBe('Arcwarden certificate specification');
    expect(written).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(specDocument, { io: 'input' }))));
  });

  test('the documentation contains every field and a link to every example', () => {
    const page = readFileSync(join(DOCS, 'authority-create.md'), 'utf8');
    for (const field of Object.values(SPEC_FIELDS).flat()) expect(page).toContain(`${field}`);
    for (const name of EXAMPLES) expect(page).toContain(`(examples/${name})`);
  });

  test('every rule, reason and field has a text in every language', () => {
    const keys = [
      ...[...SPEC_RULES, ...CREATION_RULES].flatMap((rule) => [`finding.${rule}`, `finding.${rule}.remedy`]),
      ...CREATION_REASONS.map((reason) => `create.reason.${reason}`),
      ...MISMATCH_FIELDS.map((field) => `create.field.${field}`),
    ];
    for (const language of LANGUAGES)
      for (const key of keys) expect(CATALOGUES[language][key as MessageKey], key).toBeTruthy();
  });

  test('every kind of expected value has a message of its own', () => {
    const source = readFileSync(join(DOCS, '../core/authorities/create/specification/schema.ts'), 'utf8');
    const [, union = ''] = /export type Expectation =([^;]*);/u.exec(source) ?? [];
    const expectations = [...union.matchAll(/'(\w+)'/gu)].map(([, word = '']) => word);
    expect(expectations).toHaveLength(12);
    for (const translate of TRANSLATE) {
      const say = (expected: string): string => translate('finding.spec.invalid-value', { field: 'x', expected });
      expect(new Set([...expectations, 'none'].map(say)).size).toBe(13);
    }
  });
});

test.each<[string, string | undefined]>([
  ['validty', 'validity'],
  ['Name', 'name'],
  ['keyAlgorithmm', 'keyAlgorithm'],
  ['nmae', 'name'],
  ['xyz', undefined],
])('the name nearest to %s is found', (word, expected) => {
  expect(nearestName(word, SPEC_FIELDS['certificates'] ?? [])).toBe(expected);
});

test('no similar name is found for a very long name', () => {
  expect(nearestName('n'.repeat(1_000_000), ['name'])).toBeUndefined();
});

test('the schema accepts the example of a host', () => {
  const text = readFileSync(join(DOCS, 'examples/moc-host.yaml'), 'utf8');
  expect(specDocument.safeParse(parse(text)).success).toBe(true);
});

function quoteText(text: string): string {
  return `'${text}'`;
}
