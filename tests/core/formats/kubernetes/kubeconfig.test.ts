import { expect, test } from 'vitest';
import type { Found } from '../../../../core/formats/parsed-file.ts';
import { stripLogin } from '../../../../core/formats/kubernetes/address-login.ts';
import { recognise } from '../../../../core/formats/recognise.ts';

const DER = Buffer.from([0x30, 3, 2, 1, 5]);
const OTHER = Buffer.from([0x30, 3, 2, 1, 6]);
const pem = (der: Buffer, label = 'CERTIFICATE'): string =>
  `-----BEGIN ${label}-----\n${der.toString('base64')}\n-----END ${label}-----\n`;
const data = (...ders: Buffer[]): string => Buffer.from(ders.map((der) => pem(der)).join('')).toString('base64');
const KEY_DATA = Buffer.from(pem(DER, 'EC PRIVATE KEY')).toString('base64');

function kubeconfig(parts: { cluster?: string; user?: string; more?: string }): string {
  return `apiVersion: v1
kind: Config
current-context: admin@retail-east
clusters:
- name: retail-east
  cluster:
    server: https://172.16.255.14:6443
    ${parts.cluster ?? `certificate-authority-data: ${data(DER)}`}
contexts:
- name: admin@retail-east
  context: { cluster: retail-east, user: retail-east-admin }
users:
- name: retail-east-admin
  user:
    ${parts.user ?? `client-certificate-data: ${data(OTHER)}\n    client-key-data: ${KEY_DATA}`}
${parts.more ?? ''}`;
}
const read = (text: string): Found => recognise(Buffer.from(text));
const rules = ({ findings }: Found): string[] => findings.map(({ rule }) => rule);

test('the CA of a cluster, and the certificate and key of the user in the same context, are read from a kubeconfig', () => {
  const found = read(kubeconfig({}));
  const joined = { clusterName: 'retail-east', server: 'https://172.16.255.14:6443' };
  expect(found.certificates).toEqual([
    {
      entry: 'clusters[retail-east].certificate-authority-data',
      der: new Uint8Array(DER),
      line: 8,
      origin: { format: 'kubeconfig', part: 'certificate-authority', ...joined },
    },
    {
      entry: 'users[retail-east-admin].client-certificate-data',
      der: new Uint8Array(OTHER),
      line: 15,
      pair: 'users[retail-east-admin]',
      origin: { format: 'kubeconfig', part: 'client-certificate', userName: 'retail-east-admin', ...joined },
    },
  ]);
  expect(found.keys).toMatchObject([{ keyPem: pem(DER, 'EC PRIVATE KEY'), pair: 'users[retail-east-admin]' }]);
  expect(found.findings).toEqual([]);
});

test.each([
  [
    'JSON',
    JSON.stringify({
      kind: 'Config',
      clusters: [{ name: 'c', cluster: { 'certificate-authority-data': data(DER) } }],
      users: [{ name: 'u', user: { token: 'abc' } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    }),
  ],
  ['UTF-16 as PowerShell writes it', kubeconfig({}).replaceAll('\n', '\r\n')],
  ['Base64 as a whole', Buffer.from(kubeconfig({})).toString('base64')],
  [
    'Base64 that spans lines',
    kubeconfig({ cluster: `certificate-authority-data: |\n      ${data(DER).replace(/.{20}/gu, '$&\n      ')}` }),
  ],
  [
    'PEM that was not encoded',
    kubeconfig({ cluster: `certificate-authority-data: "${pem(DER).replaceAll('\n', '\\n')}"` }),
  ],
])('a kubeconfig in %s contains the same CA', (_, text) => {
  for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`, 'utf16le')]) {
    const found = recognise(bytes);
    expect(found.format).toBe('kubeconfig');
    expect(Buffer.from(found.certificates[0]?.der ?? [])).toEqual(DER);
  }
});

test('several certificates in one field are numbered', () => {
  const { certificates } = read(kubeconfig({ cluster: `certificate-authority-data: ${data(DER, OTHER)}` }));
  expect(certificates.slice(0, 2).map(({ entry }) => entry)).toEqual([
    'clusters[retail-east].certificate-authority-data#1',
    'clusters[retail-east].certificate-authority-data#2',
  ]);
});

test('files that a kubeconfig names are returned as references', () => {
  const found = read(
    kubeconfig({
      cluster: 'certificate-authority: ../pki/ca.crt',
      user: 'client-certificate: C:\\keys\\a.crt\n    client-key: a.key\n    tokenFile: /run/token',
    }),
  );
  expect(found.references.map(({ use, file, entry }) => [use, file, entry])).toEqual([
    ['certificate', '../pki/ca.crt', 'clusters[retail-east].certificate-authority'],
    ['certificate', 'C:\\keys\\a.crt', 'users[retail-east-admin].client-certificate'],
    ['key', 'a.key', 'users[retail-east-admin].client-key'],
    ['token', '/run/token', 'users[retail-east-admin].tokenFile'],
  ]);
});

test('inline content takes precedence over a named file, as in kubectl, and the conflict is reported', () => {
  const found = read(
    kubeconfig({ cluster: `certificate-authority-data: ${data(DER)}\n    certificate-authority: ca.crt` }),
  );
  expect(found.references).toEqual([]);
  expect(rules(found)).toEqual(['kubeconfig.both-forms']);
});

test.each([
  ['exec', 'exec: { command: kubectl-adsso.exe }', 'kubeconfig.nothing-to-expire'],
  ['auth-provider', 'auth-provider: { name: azure }', 'kubeconfig.nothing-to-expire'],
  ['nothing', 'as: somebody', 'kubeconfig.empty-user'],
  ['a password', 'username: admin\n    password: hunter2secret', 'kubeconfig.password'],
])('a user with %s is reported', (_, user, rule) => {
  const found = read(kubeconfig({ user }));
  expect(rules(found)).toEqual([rule]);
  expect(JSON.stringify(found)).not.toContain('hunter2secret');
});

test.each([
  ['https://admin:hunter2@172.16.255.14:6443', 'https://172.16.255.14:6443'],
  ['https://admin:hun@ter2@172.16.255.14:6443/a@b?c=@', 'https://172.16.255.14:6443/a@b?c=@'],
  ['admin:hunter2@edge.example:6443', 'edge.example:6443'],
  ['https:\\\\admin:hunter2@edge.example', 'https:\\\\edge.example'],
  ['//hunter2@[fe80::1]:6443', '//[fe80::1]:6443'],
])('a login in the address %s is reported, but neither kept nor shown', (server, kept) => {
  const text = kubeconfig({ cluster: `certificate-authority-data: ${data(DER)}` }).replace(
    'https://172.16.255.14:6443',
    `'${server}'\n    proxy-url: http://proxy:pr0xypass@proxy.example:3128`,
  );
  const found = read(text);
  expect(found.findings.map(({ rule, params }) => [rule, params])).toEqual(
    ['server', 'proxy-url'].map((field) => ['kubeconfig.login-in-address', { cluster: 'retail-east', field }]),
  );
  expect(found.certificates.map(({ origin }) => 'server' in origin && origin.server)).toEqual([kept, kept]);
  expect(JSON.stringify(found)).not.toMatch(/hun|ter2|pr0xypass/u);
});

test('an address without a login is kept unchanged', () => {
  for (const address of ['https://172.16.255.14:6443', 'https://edge.example/a@b', 'edge.example:6443', '']) {
    expect(stripLogin(address)).toBe(address);
  }
});

test.each([
  ['a disabled check of the API server', { cluster: 'insecure-skip-tls-verify: true' }, 'kubeconfig.insecure'],
  ['damaged Base64', { cluster: 'certificate-authority-data: "AA*A"' }, 'base64.damaged'],
  ['Base64 of something else', { cluster: 'certificate-authority-data: aGVsbG8gd29ybGQ=' }, 'field.not-pem'],
  ['a list instead of text', { cluster: 'certificate-authority-data: [1]' }, 'yaml.not-text'],
  ['a missing user', { more: 'preferences: {}\n' }, ''],
])('%s is reported with its position and does not hide other entries', (_, parts, rule) => {
  const found = read(kubeconfig(parts));
  expect(rules(found)).toEqual(rule === '' ? [] : [rule]);
  expect(found.certificates.some(({ entry }) => entry.startsWith('users['))).toBe(true);
  for (const { place } of found.findings) {
    expect(place).toMatchObject({ entry: expect.stringContaining('clusters[retail-east]') as string, line: 8 });
  }
});

test('a name that other readers would read as a number is kept as written and reported', () => {
  const found = read(kubeconfig({}).replaceAll('name: retail-east\n', 'name: 012\n'));
  expect(found.certificates[0]?.entry).toBe('clusters[012].certificate-authority-data');
  expect(rules(found)).toEqual(['yaml.number-as-text', 'kubeconfig.broken-context']);
  expect(found.findings[1]?.params).toEqual({ context: 'admin@retail-east', what: 'cluster', missing: 'retail-east' });
});

test('two entries with the same name are both read and reported', () => {
  const again = `- name: retail-east-admin\n  user:\n    client-certificate-data: ${data(DER)}\n`;
  const found = read(kubeconfig({ more: again }));
  expect(rules(found)).toEqual(['kubeconfig.duplicate-name']);
  expect(new Set(found.certificates.map(({ entry }) => entry)).size).toBe(3);
});

test('an entry without a name is reported and does not hide the others', () => {
  const found = read(kubeconfig({ more: '- user: {}\n- 7\n' }));
  expect(rules(found)).toEqual(['kubeconfig.malformed', 'kubeconfig.malformed']);
  expect(found.certificates).toHaveLength(2);
});

test('a kubeconfig with invalid YAML is refused with the position of the error', () => {
  const found = read(kubeconfig({ more: 'users: []\n' }));
  expect(found.format).toBe('refused');
  expect(found.findings).toMatchObject([{ rule: 'yaml.duplicate-key', place: { line: 17 } }]);
});

test('the token of a user is read, but its text is not in the result', () => {
  const found = read(kubeconfig({ user: 'token: abcdef.0123456789abcdef' }));
  expect(found.tokens).toMatchObject([
    { entry: 'users[retail-east-admin].token', token: { form: 'opaque' }, line: 15 },
  ]);
});

test('a Kubernetes Secret is not mistaken for a kubeconfig', () => {
  const found = read(`apiVersion: v1\nkind: Secret\ndata:\n  tls.crt: ${data(DER)}\n`);
  expect(found.format).toBe('kubernetes');
});
