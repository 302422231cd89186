import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SecretFilter } from '../../../../core/formats/text/secret-filter.ts';
import { CANARIES, CANARY_PARTS, SHAPES } from '../../../support/secret-shapes.ts';

function filterText(text: string, size = Infinity): string {
  const filter = new SecretFilter();
  let out = '';
  for (let at = 0; at < text.length; at += size) out += filter.take(text.slice(at, at + size));
  return out + filter.end();
}

describe.each(CANARIES)('%s', (_title, text) => {
  test('loses its secret but not the text around it, wherever the chunks end', () => {
    for (const size of [1, 5, 64, Infinity])
      for (const end of ['\n', '\r\n']) {
        const out = filterText(
          `before it, all is well${end}${text.replaceAll('\n', end)}${end}${end}behind, all is well${end}`,
          size,
        );
        expect(out).not.toMatch(CANARY_PARTS);
        expect(out.startsWith(`before it, all is well${end}`)).toBe(true);
        expect(out.endsWith(`behind, all is well${end}`)).toBe(true);
      }
  });
});

describe.each(CANARIES)('%s, after the data of an object', (_title, text) => {
  test('loses its secret', () => {
    for (const before of ['data:\n  a: b\n', 'kind: ConfigMap\ndata:\n  a: b\n\n', 'stringData:\n  a: b\n'])
      expect(filterText(`${before}${text}\n`)).not.toMatch(CANARY_PARTS);
  });

  test('loses its secret even if the text begins in the middle of a document', () => {
    const filter = new SecretFilter('in-the-middle');
    expect(filter.take(`${text}\n`) + filter.end()).not.toMatch(CANARY_PARTS);
  });
});

test('the tests cover at least 48 printed forms of a secret', () => {
  expect(CANARIES.length).toBeGreaterThan(47);
});

test('no printed form of a field reveals a random secret', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9!%+_.^~-]{5,30}$/u).map((text) => `Zq${text}9`);
  const blanks = fc.integer({ min: 0, max: 80 }).map((count) => ' '.repeat(count));
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(SHAPES)),
      word,
      blanks,
      fc.integer({ min: 1, max: 40 }),
      (shape, secret, blank, size) => {
        const text = shape(secret);
        expect(filterText(text, size)).not.toContain(secret);
        expect(filterText(`Password${blank} : ${secret}`, size)).not.toContain(secret);
      },
    ),
    { numRuns: 500 },
  );
});

test.each([
  'accessTokenExpiry : 2026-11-28',
  'expires_in: 3600',
  'tokenFile: /var/run/secrets/token',
  'Token : C:\\ProgramData\\wssd\\token',
  'KeyUsage : DigitalSignature, KeyEncipherment',
  'sshPrivateKey : C:\\AksHci\\.ssh\\akshci_rsa',
  'sshPublicKey : ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 admin@host',
  'PublicKey : System.Security.Cryptography.X509Certificates.PublicKey',
  'Thumbprint : 3F2504E04F8941D39A0C0305E82C3301AABBCCDD',
  'authorityKeyIdentifier : 3f2504e04f8941d39a0c0305e82c3301aabbccdd',
  'Password : System.Security.SecureString',
  'New-Thing -Password $password -Force',
  'New-Thing -Token <token>',
  'error: the token has expired',
  'secretName: kube-tls',
  'NAME      SECRETS   AGE',
  'Server   : https://edge.example:6443',
  'Basic authentication is turned off',
  'Key   Value',
  'Name   Value',
  'KeyName : key1',
  'PASSWORD_FILE    /etc/kubernetes/password',
  'NAME_OF_TOKEN    <none>',
  'compass : 12 degrees',
  'パスワードの有効期限 : 2026-11-28',
  'az login --tenant contoso',
  'TokenType : Bearer',
  'kva-token.v1.contoso.example',
  'sealed secrets: 4 of 4',
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft',
  'sshpass -f /root/.ssh/once ssh clouduser@10.0.0.4',
  'schtasks /create /tn Renew /ru CORP\\svc /rp * /f',
  'PsExec64.exe \\\\host01 -s cmd',
  'git clone https://administrator@git.contoso.example/fleet.git',
  'https://hooks.slack.com/ answered 200',
  'the token KMSPlugin-finance expires in 3 days',
  'Unexpected token o in JSON at position 1',
  'token default-token-x7k2p of kube-system',
  'Token 3f2504e0-4f89-41d3-9a0c-0305e82c3301 was revoked',
  '{"monitor":{"value":"a long name of something"}}',
  '"publicKey": {"value": "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"}',
  String.raw`{"message":"renewed \"kubelet\" of \"node-1\"","level":"info"}`,
  String.raw`Copied "C:\AksHci\" to "D:\Copy\"`,
])('the filter leaves %j unchanged', (line) => {
  expect(filterText(`${line}\nnext, a line\n`)).toBe(`${line}\nnext, a line\n`);
});

test('a table of names and values loses only the rows with secrets', () => {
  const table = 'Name     Value\n----     -----\nPATH     C:\\Windows\nTOKENS   3\n';
  expect(filterText(`${table}PASSWORD hunter2hunter2\nTEMP     C:\\Temp\n`)).toBe(
    `${table}[secret removed]\nTEMP     C:\\Temp\n`,
  );
});

test('the fields between the name and the value of a secret stay unchanged', () => {
  const [name, between, value] = ['  "keyName": "key1",', '  "permissions": "FULL",', '  "value": "cGFzc3dvcmQ="'];
  expect(filterText(`${name}\n${between}\n${value}\n}\n`)).toBe(`${name}\n${between}\n[secret removed]\n}\n`);
  const [secret, other] = ['- name: CLIENT_SECRET\n  valueFrom:\n    secretKeyRef:', '- name: HOME\n  value: /root'];
  expect(filterText(`${secret}\n${other}\n`)).toBe(`${secret}\n${other}\n`);
});

test('a password prompt stays, but the text after it is removed', () => {
  for (const prompt of ['password: ', 'Enter passphrase: ', '  Type the new password: '])
    expect(filterText(`${prompt}nobody answered\nnext, a line\n`, 7)).toBe(`${prompt}[secret removed]\nnext, a line\n`);
  expect(filterText('password: ')).toBe('password: ');
});

const word = fc
  .stringMatching(/^[a-z]{1,12}$/u)
  .filter((text) => !/pass|pwd|secret|token|key|cookie|login/u.test(text));
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`, 'u'));
const guid = fc.uuid();
const time = fc
  .date({ min: new Date(0), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString());
/** A piece of output as the programs of the platform print it. */
const piece = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' ')),
  fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => `C:\\${words.join('\\')}.yaml`),
  fc.array(word, { minLength: 2, maxLength: 4 }).map((words) => `kube-system/${words.join('-')}`),
  fc.tuple(word, word).map(([host, path]) => `https://${host}.contoso.example:6443/${path}?limit=500`),
  fc.tuple(word, word).map(([name, value]) => `${name}="${value}"`),
  fc.tuple(word, word).map(([name, value]) => `{\\"${name}\\":\\"${value}\\"}`),
  fc.tuple(word, hex(40)).map(([name, print]) => `${name} : ${print}`),
  guid.map((id) => `(${id})`),
  hex(64).map((digest) => `sha256:${digest}`),
  fc.constantFrom(
    'exit status 1',
    'x509: certificate has expired',
    '証明書の有効期限が切れました',
    'CN=kubernetes, O=system:masters',
  ),
  fc.constantFrom(
    'the token has expired',
    'password authentication is off',
    'Secrets: 4',
    'token review failed',
    'key usage',
  ),
);

test('ordinary log lines stay unchanged', () => {
  const line = fc.tuple(
    time,
    fc.constantFrom('INFO', 'WARN', 'E1124', 'error:'),
    fc.array(piece, { minLength: 1, maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.integer({ min: 1, max: 90 }), (lines, size) => {
      const text = lines.map(([at, level, pieces]) => `${at} ${level} ${pieces.join(' ')}\n`).join('');
      expect(filterText(text, size)).toBe(text);
    }),
    { numRuns: 500, seed: 27 },
  );
});
