import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { expect, test } from 'vitest';
import { readPkcs12 } from '../../../../core/formats/pkcs/pkcs12.ts';
import { writePkcs12, type Pkcs12Content } from '../../../../core/formats/pkcs/pkcs12-writer.ts';
import type { Keys } from '../../../../core/shared/ports.ts';
import { buildCertificate, commonName } from '../../../support/certificates.ts';
import { testPorts } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { needTool } from '../../../support/tools.ts';

const { keys, crypto } = testPorts();
const PASSPHRASE = 'パス phrase';

interface Owner {
  certificate: Buffer;
  key: KeyObject;
  pkcs8: Buffer;
}

function anOwner(name: string, { privateKey, publicKey }: ReturnType<typeof pairs.ec>): Owner {
  return {
    certificate: buildCertificate({
      subject: commonName(name),
      key: publicKey.export({ type: 'spki', format: 'der' }),
    }),
    key: privateKey,
    pkcs8: privateKey.export({ type: 'pkcs8', format: 'der' }),
  };
}
const pairs = {
  ec: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
const owners = { RSA: anOwner('rsa', pairs.rsa()), EC: anOwner('ec', pairs.ec()) };
const { certificate: authority } = anOwner('ca', pairs.ec());

/** Builds content with few key derivation rounds, so that the tests stay fast. */
function content(owner: Owner, more: Partial<Pkcs12Content> = {}): Pkcs12Content {
  return {
    certificates: [owner.certificate, authority],
    key: { pkcs8: owner.pkcs8, certificate: 0 },
    friendlyName: '管理者 α',
    passphrase: PASSPHRASE,
    encryption: 'aes-256',
    rounds: 20,
    ...more,
  };
}

const write = (more: Pkcs12Content): Promise<Uint8Array> => writePkcs12({ keys, crypto }, more);

/** Returns the output of openssl for a file, including errors. openssl runs without `-legacy`. */
function opensslPrints(bytes: Uint8Array, ...options: string[]): string {
  const path = join(temporaryFolder(), 'a.pfx');
  writeFileSync(path, bytes);
  const passphrase = ['-passin', `pass:${PASSPHRASE}`];
  const { status, stdout, stderr } = spawnSync('openssl', ['pkcs12', '-in', path, ...passphrase, ...options], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return stdout + stderr;
}

const PROFILES = ['aes-256', '3des'] as const;
const CASES = (['RSA', 'EC'] as const).flatMap((kind) => PROFILES.map((encryption) => [kind, encryption] as const));

test.each(CASES)('openssl reads the %s key and the chain of a %s file', async (kind, encryption) => {
  const owner = owners[kind];
  const printed = opensslPrints(await write(content(owner, { encryption })), '-nodes');
  const blocks = printed.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/gu) ?? [];
  const certificates = blocks.filter((block) => block.includes(' CERTIFICATE'));
  expect(certificates.map((pem) => new X509Certificate(pem).raw)).toEqual([owner.certificate, authority]);
  const key = createPrivateKey(blocks.find((block) => block.includes('PRIVATE KEY')) ?? '');
  expect(key.equals(owner.key)).toBe(true);
});

test.each(CASES)('Node and our reader read the %s key of a %s file', async (kind, encryption) => {
  const owner = owners[kind];
  const bytes = await write(content(owner, { encryption }));
  createSecureContext({ pfx: Buffer.from(bytes), passphrase: PASSPHRASE });
  const wrong = { pfx: Buffer.from(bytes), passphrase: 'x' };
  expect(() => createSecureContext(wrong)).toThrow(/mac verify|INCORRECT_PASSWORD/iu);
  const localKeyId = new X509Certificate(owner.certificate).fingerprint.replaceAll(':', '').toLowerCase();
  const names = { friendlyName: '管理者 α', localKeyId };
  expect(await readPkcs12({ keys }, bytes, PASSPHRASE)).toEqual({
    ok: true,
    certificates: [{ der: new Uint8Array(owner.certificate), ...names }, { der: new Uint8Array(authority) }],
    keys: [{ pkcs8: new Uint8Array(owner.pkcs8), ...names }],
  });
});

test.each([
  ['aes-256', /MAC: sha256, Iteration 100000\n/u, 'PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256'],
  ['3des', /MAC: sha1, Iteration 10000\n/u, 'pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 10000'],
] as const)('a %s file has the intended algorithms by default', async (encryption, mac, pbe) => {
  const { rounds: _, ...usual } = content(owners.EC, { encryption });
  const printed = opensslPrints(await write(usual), '-info', '-noout');
  expect(printed).toMatch(mac);
  expect(printed).toContain(`PKCS7 Encrypted data: ${pbe}\n`);
  expect(printed).toContain(`Shrouded Keybag: ${pbe}\n`);
});

test.for(CASES)('certtool lists the %s key and the chain of a %s file', async ([kind, encryption], context) => {
  const certtool = needTool(context, 'certtool');
  const input = await write(content(owners[kind], { encryption, passphrase: 'ascii' }));
  const command = ['--p12-info', '--inder', '--password', 'ascii'];
  const printed = execFileSync(certtool, command, { input, encoding: 'utf8', stdio: 'pipe' });
  expect(printed.match(/Type: .*/gu)).toEqual([
    'Type: Encrypted',
    'Type: Certificate',
    'Type: Certificate',
    'Type: PKCS #8 Encrypted key',
  ]);
  expect(printed).toContain('Friendly name: 管理者 α');
});

test('the same content results in the same file, apart from salts', async () => {
  const constant: Keys = { ...keys, randomBytes: (length) => new Uint8Array(length).fill(7) };
  for (const encryption of PROFILES) {
    const again = content(owners.EC, { encryption });
    const first = await writePkcs12({ keys: constant, crypto }, again);
    expect(await writePkcs12({ keys: constant, crypto }, again)).toEqual(first);
    expect(await write(again)).not.toEqual(first);
  }
});

test('a file may contain only certificates, the first of which gets the friendly name', async () => {
  const { key: _, ...more } = content(owners.EC);
  const bytes = await write(more);
  expect(await readPkcs12({ keys }, bytes, PASSPHRASE)).toEqual({
    ok: true,
    certificates: [
      { der: new Uint8Array(owners.EC.certificate), friendlyName: '管理者 α' },
      { der: new Uint8Array(authority) },
    ],
    keys: [],
  });
});

test('the key may belong to any of the certificates', async () => {
  const certificates = [authority, owners.EC.certificate];
  const key = { pkcs8: owners.EC.pkcs8, certificate: 1 };
  const reading = await readPkcs12({ keys }, await write(content(owners.EC, { certificates, key })), PASSPHRASE);
  if (!reading.ok) throw new Error(reading.problem.kind);
  const [first, second] = reading.certificates;
  expect(first?.localKeyId).toBeUndefined();
  expect(second?.localKeyId).toBe(reading.keys[0]?.localKeyId);
});

test('writing a key whose certificate is missing throws', async () => {
  const call = write(content(owners.EC, { certificates: [] }));
  await expect(call).rejects.toThrow('a key needs its certificate');
});

test('derived keys are wiped after the file is written', async () => {
  const derived: Uint8Array[] = [];
  const watching: Keys = {
    ...keys,
    cbc: (direction, cipher, sealing) => {
      derived.push(sealing.key);
      return keys.cbc(direction, cipher, sealing);
    },
    hmac: (hash, key, data) => {
      derived.push(key);
      return keys.hmac(hash, key, data);
    },
  };
  for (const encryption of PROFILES) {
    await writePkcs12({ keys: watching, crypto }, content(owners.EC, { encryption }));
  }
  expect(derived).toHaveLength(6);
  for (const key of derived) expect(key.every((byte) => byte === 0)).toBe(true);
});
