import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readModuleConfig } from '../../../../core/formats/moc/module-config.ts';
import { recognise } from '../../../../core/formats/recognise.ts';
import { leakIn, PRINTED_CONFIG } from '../../../support/module-config.ts';

const { shapes, identity } = PRINTED_CONFIG;
const SHAPES = Object.entries(shapes);
/** Printed forms that contain the whole token; tables and columns truncate it. */
const WHOLE = SHAPES.filter(
  ([title]) => !/^(?:whole as table|sections as table|custom|columns|CSV|XML|identity)/u.test(title),
);

type Settings = Record<string, Record<string, string>>;

/** Returns every setting as .NET prints it, from the JSON that PowerShell wrote. */
function parseSettings(json: string): Settings {
  const text = (value: unknown): string => (typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value));
  return Object.fromEntries(
    Object.entries(JSON.parse(json) as Record<string, Record<string, unknown>>).map(([section, values]) => [
      section,
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toLowerCase(), text(value)])),
    ]),
  );
}

function readSettings(text: string): Settings {
  const sections = Object.entries(readModuleConfig(text)?.sections ?? {});
  return Object.fromEntries(
    sections.map(([section, settings]) => [
      section,
      Object.fromEntries([...settings].filter(([, { cut }]) => !cut).map(([name, { text: value }]) => [name, value])),
    ]),
  );
}

const PRINTED = parseSettings(shapes['JSON with names of states'] ?? '');
/**
 * Returns whether a setting is compared. Dates and states are printed differently from how they are serialised, and
 * spaces in passwords may differ.
 */
const COMPARED = (name: string): boolean => !/^latestversionscachedon$|^installstate$|password$/u.test(name);

describe.each(WHOLE)('a printed configuration of the modules, %s', (title, text) => {
  test('is read with each printed value in its section', () => {
    const read = readSettings(text);
    const isWhole = !title.startsWith('whole') && title !== 'JSON of one section';
    for (const [section, settings] of Object.entries(PRINTED)) {
      const own = read[section] ?? {};
      // A nested table contains only four entries.
      const names = isWhole ? Object.keys(settings) : Object.keys(own);
      for (const name of names.filter(COMPARED))
        expect(own[name]?.toLowerCase(), `${section}.${name}`).toBe(settings[name]?.toLowerCase());
    }
    expect(read['Kva']?.['identity']).toBe(identity);
  });

  test('reveals the validity period of its token, but never the token', () => {
    const found = recognise(Buffer.from(text));
    expect(found.format).toBe('module-config');
    expect(found.tokens).toMatchObject([
      {
        entry: 'Kva.identity.token',
        origin: { format: 'login-file', identityName: 'mgmt-cluster-241220' },
        token: { form: 'jwt', notBefore: '2024-12-19T17:20:00Z', notAfter: '2025-03-19T17:20:00Z' },
      },
    ]);
    expect(found.findings.map(({ rule }) => rule)).toEqual(['module-config.secrets']);
    expect(leakIn(JSON.stringify(found))).toBeUndefined();
  });
});

test.each([
  ['UTF-16, as > writes it', Buffer.from(`\ufeff${shapes['JSON'] ?? ''}`, 'utf16le')],
  ['CRLF', Buffer.from((shapes['sections as list, 80'] ?? '').replaceAll('\n', '\r\n'))],
  ['a session', Buffer.from(`PS C:\\> (Get-AksHciConfig).Kva\n${shapes['sections wrapped, 80'] ?? ''}PS C:\\>`)],
])('a configuration in %s is read', (_, bytes) => {
  expect(recognise(bytes).tokens).toMatchObject([{ token: { notAfter: '2025-03-19T17:20:00Z' } }]);
});

test('the facts about a configuration are taken from its text alone', () => {
  const { moduleFacts = [] } = recognise(Buffer.from(shapes['JSON with names of states'] ?? ''));
  expect(Object.fromEntries(moduleFacts.map(({ fact, value }) => [fact, value]))).toEqual({
    version: '1.0.24.11029',
    module: '1.2.16',
    state: 'Installed',
    'cloud-agent': 'mgmt-cluster-241220.contoso.example',
    'cluster-role': 'mgmt-cluster-241220',
    'access-files': 'C:\\ClusterStorage\\Volume01\\AksHci\\CloudCfg',
    'moc-login': 'C:\\ClusterStorage\\Volume01\\AksHci\\login.yaml',
    'ssh-key': 'C:\\ClusterStorage\\Volume01\\AksHci\\.ssh\\akshci_rsa',
    management: 'mgmt-cluster-241220',
    kubeconfig: 'C:\\ClusterStorage\\Volume01\\AksHci\\1.0.24.11029\\kubeconfig-mgmt',
  });
});

test('a state serialised as a number stays a number', () => {
  const { moduleFacts = [] } = recognise(Buffer.from(shapes['JSON'] ?? ''));
  expect(moduleFacts.find(({ fact }) => fact === 'state')?.value).toBe('7');
});

test.each([
  [
    'a table that truncates the token',
    shapes['sections as table, 80'] ?? '',
    ['module-config.secrets', 'module-config.identity-cut'],
  ],
  ['a table of tables', shapes['whole as table, 80'] ?? '', ['module-config.cut']],
  [
    'an identity with other content',
    (shapes['JSON'] ?? '').replace(identity, Buffer.from('just some text, and no login').toString('base64')),
    ['module-config.secrets', 'module-config.identity-unreadable'],
  ],
  ['no secrets', '{"Moc":{"cloudFqdn":"ca.example","clusterRoleName":"ca-1"}}', []],
])('the findings report %s', (_, text, rules) => {
  const found = recognise(Buffer.from(text));
  expect(found.format).toBe('module-config');
  expect(found.tokens).toEqual([]);
  expect(found.findings.map(({ rule }) => rule)).toEqual(rules);
});

test.each([
  ['a login file', 'name: a\ntoken: x\ncloudfqdn: ca.example\n'],
  ['a kubeconfig', 'kind: Config\nclusters: []\nusers: []\n'],
  ['a log', 'cloudFqdn is ca.example, clusterRoleName is ca-1\n'],
  ['a table of services', 'Name   Status\n----   ------\nmoc    Running\nkva    Stopped\n'],
])('%s is not a configuration of the modules', (_, text) => {
  expect(readModuleConfig(text)).toBeUndefined();
});

test('a truncated configuration may be unreadable, but never reveals a secret', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SHAPES.map(([, text]) => text)), fc.nat(), fc.nat(), (text, from, length) => {
      const start = from % text.length;
      const { findings, moduleFacts, format } = recognise(Buffer.from(text.slice(start, start + length)));
      expect(leakIn(JSON.stringify({ findings, moduleFacts, format }))).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});
