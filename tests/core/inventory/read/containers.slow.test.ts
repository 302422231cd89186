import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { importPaths } from '../../../../core/inventory/import.ts';
import { inspectPaths, type Inspection } from '../../../../core/inventory/export/inspect.ts';
import { writePkcs12 } from '../../../../core/formats/pkcs/pkcs12-writer.ts';
import { writePkcs7 } from '../../../../core/formats/pkcs/pkcs7.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import {
  buildCertificate,
  commonName,
  element,
  integer,
  octets,
  oid,
  sequence,
  utcTime,
} from '../../../support/certificates.ts';
import {
  bag,
  certificateBag,
  clearPart,
  encryptBags,
  legacyPassphrase,
  localKeyId,
  pfx,
  encodeShroudedBag,
} from '../../../support/pfx.ts';
import { MemoryFiles, testPorts, type TestPorts } from '../../../support/ports.ts';

interface Owner {
  der: Buffer;
  pkcs8: Buffer;
  keyPem: string;
}

function anOwner(name: string): Owner {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    der: buildCertificate({
      subject: commonName(name),
      key: publicKey.export({ type: 'spki', format: 'der' }),
      validity: sequence(utcTime('261101000000Z'), utcTime('271101000000Z')),
    }),
    pkcs8: privateKey.export({ type: 'pkcs8', format: 'der' }),
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
const [leaf, other, stranger] = [anOwner('leaf'), anOwner('other'), anOwner('stranger')];
const secret = legacyPassphrase('secret');

function portsWith(contents: Record<string, string | Uint8Array>): TestPorts {
  const files = new MemoryFiles();
  for (const [path, content] of Object.entries(contents)) files.put(path, content);
  return testPorts(files);
}
const inspect = (contents: Record<string, string | Uint8Array>): Promise<Inspection> =>
  inspectPaths(portsWith(contents), ['/']);

const outlineRecords = ({ records }: Inspection): unknown[] =>
  records.map(({ name, source, keyMatch }) => [name, source.entry, keyMatch]);

test.each(['aes-256', '3des'] as const)(
  'the certificates and the matching key of a PFX with an empty passphrase and %s are read',
  async (encryption) => {
    const bytes = await writePkcs12(testPorts(), {
      certificates: [other.der, leaf.der],
      key: { pkcs8: leaf.pkcs8, certificate: 1 },
      passphrase: '',
      encryption,
      rounds: 9,
    });
    const inspection = await inspect({ '/a.pfx': bytes });
    expect(outlineRecords(inspection)).toEqual([
      ['other', '#1', 'absent'],
      ['leaf', '#2', 'matches'],
    ]);
    expect(inspection.findings).toEqual([]);
  },
);

test('a PFX that needs a passphrase has a finding that says so, and contributes no credential', async () => {
  const bags = [certificateBag(leaf.der), encodeShroudedBag(leaf.pkcs8, secret)];
  const ports = portsWith({ '/a.pfx': pfx([encryptBags(secret, ...bags)], { passphrase: secret }) });
  const report = await importPaths(ports, memoryStore(), ['/a.pfx']);
  expect(report).toMatchObject({ added: [], filesRead: 1, filesWithoutCredentials: [] });
  expect(report.findings).toEqual([
    {
      rule: 'container.passphrase-needed',
      severity: 'warning',
      place: { path: '/a.pfx', entry: '' },
      params: { format: 'PKCS #12 (PFX)', count: 0 },
    },
  ]);
});

test('the unencrypted parts of a locked PFX are read, and its key is shown as encrypted', async () => {
  const tie = localKeyId('01000000');
  const bags = [
    certificateBag(other.der, localKeyId('02000000')),
    certificateBag(leaf.der, tie),
    encodeShroudedBag(leaf.pkcs8, secret, { attributes: [tie] }),
  ];
  const inspection = await inspect({ '/a.pfx': pfx([clearPart(...bags)], { passphrase: secret }) });
  expect(outlineRecords(inspection)).toEqual([
    ['other', '#1', 'absent'],
    ['leaf', '#2', 'encrypted'],
  ]);
  expect(inspection.findings).toMatchObject([
    { rule: 'container.passphrase-needed', params: { count: 2 } },
    { rule: 'key.encrypted', params: { name: 'leaf' } },
  ]);
});

const rc4 = sequence(oid('1.2.840.113549.1.12.1.1'), sequence(octets(Buffer.alloc(8)), integer('01')));
test.each<[string, Buffer, string]>([
  ['cut off', pfx([clearPart(certificateBag(leaf.der))]).subarray(0, 90), 'container.damaged'],
  ['encrypted by RC4', pfx([clearPart(bag(2, sequence(rc4, octets(Buffer.alloc(8)))))]), 'container.not-supported'],
  ['made to waste time', pfx([clearPart()], { passphrase: secret, rounds: 0x7fffffff }), 'container.too-costly'],
  ['endless', pfx([clearPart(...Array<Buffer>(10_001).fill(bag(4, octets())))]), 'container.too-many-entries'],
  ['empty', pfx([]), 'container.empty'],
])('a PFX that is %s has a finding', async (_name, bytes, rule) => {
  const { records, findings } = await inspect({ '/a.pfx': bytes, '/b.der': leaf.der });
  expect(records).toHaveLength(1);
  expect(findings).toMatchObject([
    { rule, place: { path: '/a.pfx', entry: '' }, params: { format: 'PKCS #12 (PFX)' } },
  ]);
});

test('an import reads the certificates of a P7B and compares them with the key beside the file', async () => {
  const report = await importPaths(portsWith({ '/x/chain.p7b': writePkcs7([other.der, leaf.der]) }), memoryStore(), [
    '/x',
  ]);
  expect(report.added.map(({ name, source }) => [name, source.entry])).toEqual([
    ['other', '#1'],
    ['leaf', '#2'],
  ]);
  const inspection = await inspect({ '/x/chain.p7b': writePkcs7([other.der, leaf.der]), '/x/server.key': leaf.keyPem });
  expect(outlineRecords(inspection)).toEqual([
    ['other', '#1', 'absent'],
    ['leaf', '#2', 'matches'],
  ]);
});

test('the key beside a P7B is compared with its certificate if it has only one', async () => {
  const key = { '/x/chain.key': stranger.keyPem };
  const many = await inspect({ ...key, '/x/chain.p7b': writePkcs7([other.der, leaf.der]) });
  expect(many.findings).toEqual([]);
  const one = await inspect({ ...key, '/x/chain.p7b': writePkcs7([leaf.der]) });
  expect(one.findings).toMatchObject([{ rule: 'key.differs', params: { name: 'leaf' } }]);
});

test('a PFX in a Secret is opened, and its contents are listed under the Secret', async () => {
  const bags = [certificateBag(leaf.der), bag(1, leaf.pkcs8)];
  const data = { 'keystore.p12': pfx([clearPart(...bags)]).toString('base64') };
  const manifest = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'tls' }, data };
  const inspection = await inspect({ '/s.yaml': JSON.stringify(manifest) });
  expect(outlineRecords(inspection)).toEqual([['leaf', 'data.keystore.p12', 'matches']]);
});

test('a P7B in a field of a kubeconfig is read and listed under the field', async () => {
  const der = Buffer.from(writePkcs7([leaf.der])).toString('base64');
  const pem = `-----BEGIN PKCS7-----\n${der}\n-----END PKCS7-----\n`;
  const config = {
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { 'certificate-authority-data': Buffer.from(pem).toString('base64') } }],
  };
  const { records } = await inspect({ '/k': JSON.stringify(config) });
  expect(records.map(({ name, source }) => [name, source.entry])).toEqual([
    ['leaf', 'clusters[c].certificate-authority-data'],
  ]);
});

test('bytes that only resemble a container are ignored', async () => {
  const { records, findings } = await inspect({
    '/a': sequence(oid('1.2.840.113549.1.9.1'), element(0xa0)),
    '/b': sequence(integer('03'), sequence(oid('1.2.3'))),
  });
  expect([records, findings]).toEqual([[], []]);
});
