import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPkcs12, type Pkcs12Reading } from '../../../../core/formats/pkcs/pkcs12.ts';
import { recognise } from '../../../../core/formats/recognise.ts';
import { nodeKeys } from '../../../../core/node/keys.ts';
import type { Keys } from '../../../../core/shared/ports.ts';
import { element, integer, octets, oid, sequence } from '../../../support/certificates.ts';
import {
  bag,
  certificateBag,
  clearPart,
  encryptBags,
  encodeFriendlyName,
  keyBag,
  legacyPassphrase,
  localKeyId,
  pfx,
  encodeShroudedBag,
} from '../../../support/pfx.ts';
import { costOfAsync } from '../../../support/cost.ts';

const EXPORT = 'openssl pkcs12 -export -in leaf.pem -inkey leaf.key -certfile ca.pem -name admin';
const SHELL = `
COMMENT=$(head -c 6000 /dev/zero | tr '\\0' x)
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -keyout leaf.key -out leaf.pem -subj /CN=leaf -days 5
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -keyout ca.key -out ca.pem -subj /CN=ca -days 5 -addext nsComment=$COMMENT
openssl req -x509 -newkey rsa:2048 -nodes -keyout rsa.key -out rsa.pem -subj /CN=rsa -days 5
${EXPORT} -passout pass:secret -out modern.pfx
${EXPORT} -passout pass:secret -legacy -out legacy.pfx
${EXPORT} -passout pass:パスワード𠮷 -legacy -certpbe PBE-SHA1-RC2-128 -keypbe PBE-SHA1-2DES -iter 1 -out wide-rc2.pfx
${EXPORT} -passout pass:secret -certpbe AES-128-CBC -keypbe DES-EDE3-CBC -macalg sha512 -iter 9 -out mixed.pfx
${EXPORT} -passout pass:パスワード𠮷 -pbmac1_pbkdf2 -iter 9 -out pbmac1.pfx || ${EXPORT} -passout pass:パスワード𠮷 -out pbmac1.pfx
${EXPORT} -passout pass:secret -nomac -certpbe AES-192-CBC -iter 9 -out no-mac.pfx
${EXPORT} -passout pass:secret -keypbe NONE -certpbe NONE -macalg sha384 -iter 9 -out clear.pfx
${EXPORT} -passout pass: -iter 9 -out empty.pfx
${EXPORT} -passout pass:secret -legacy -certpbe PBE-SHA1-RC4-128 -iter 9 -out rc4.pfx
${EXPORT} -passout pass:secret -macalg sha224 -iter 9 -out sha224.pfx
openssl pkcs12 -export -in rsa.pem -inkey rsa.key -legacy -iter 9 -passout pass:secret -out rsa.pfx
`;

const keys: Keys = nodeKeys();
let folder: string;
const made: Record<string, Buffer> = {};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-pkcs12-'));
  execFileSync('sh', ['-e', '-c', SHELL], { cwd: folder, stdio: 'ignore' });
  for (const name of execFileSync('ls', [folder], { encoding: 'utf8' }).trim().split('\n')) {
    made[name] = readFileSync(join(folder, name));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): Buffer => made[name] ?? Buffer.alloc(0);
const der = (name: string): Buffer => new X509Certificate(file(`${name}.pem`)).raw;
const pkcs8 = (name: string): Buffer => createPrivateKey(file(`${name}.key`)).export({ type: 'pkcs8', format: 'der' });
const read = (bytes: Uint8Array, passphrase = ''): Promise<Pkcs12Reading> => readPkcs12({ keys }, bytes, passphrase);

/** Returns the common names of all certificates and of those with a key, or the problem if the file cannot be read. */
async function summary(bytes: Uint8Array, passphrase = ''): Promise<unknown> {
  const reading = await read(bytes, passphrase);
  if (!reading.ok) return reading.problem;
  const certificates = reading.certificates.map((one) => new X509Certificate(one.der));
  const owners = reading.keys.map((key) => {
    const privateKey = createPrivateKey({ key: Buffer.from(key.pkcs8), format: 'der', type: 'pkcs8' });
    return certificates.find((one) => one.checkPrivateKey(privateKey))?.subject;
  });
  return [certificates.map(({ subject }) => subject), owners];
}

/** Returns `keys` that also collect every decrypted array, not a copy, in `handed`. */
function watchKeys(handed: Uint8Array[]): Keys {
  return {
    ...keys,
    cbc: (...call) => {
      const plain = keys.cbc(...call);
      if (plain !== undefined) handed.push(plain);
      return plain;
    },
  };
}

const EVERYTHING = [['CN=leaf', 'CN=ca'], ['CN=leaf']];
const WRONG = { kind: 'wrong-passphrase' };

describe('a file from openssl', () => {
  test.each([
    ['modern.pfx', 'secret'],
    ['legacy.pfx', 'secret'],
    ['wide-rc2.pfx', 'パスワード𠮷'],
    ['mixed.pfx', 'secret'],
    ['pbmac1.pfx', 'パスワード𠮷'],
    ['no-mac.pfx', 'secret'],
    ['clear.pfx', 'secret'],
    ['empty.pfx', ''],
  ])('named %s is read, with the chain and the leaf’s key', async (name, passphrase) => {
    expect(await summary(file(name), passphrase)).toEqual(EVERYTHING);
    expect(await summary(file(name), 'Secret')).toEqual(WRONG);
  });

  test('keeps friendly names and the link between key and certificate', async () => {
    const reading = await read(file('legacy.pfx'), 'secret');
    if (!reading.ok) throw new Error(reading.problem.kind);
    const [leaf, ca] = reading.certificates;
    const digest = new X509Certificate(der('leaf')).fingerprint.replaceAll(':', '').toLowerCase();
    expect(leaf).toMatchObject({ friendlyName: 'admin', localKeyId: digest });
    expect(ca).toEqual({ der: new Uint8Array(der('ca')) });
    expect(reading.keys).toMatchObject([{ friendlyName: 'admin', localKeyId: digest }]);
  });

  test('has RSA keys that are read byte for byte as openssl wrote them', async () => {
    const reading = await read(file('rsa.pfx'), 'secret');
    expect(reading).toMatchObject({ ok: true, keys: [{ pkcs8: new Uint8Array(pkcs8('rsa')) }] });
  });

  test.each([
    ['rc4.pfx', 'pbeWithSHAAnd128BitRC4'],
    ['sha224.pfx', 'SHA-224'],
  ])('named %s is refused because of its algorithm, %s', async (name, feature) => {
    expect(await summary(file(name), 'secret')).toEqual({ kind: 'unsupported', feature });
  });
});

describe('a file from another program', () => {
  const chain = (): Buffer[] => [certificateBag(der('leaf')), certificateBag(der('ca'))];

  test.each([
    ['two zero bytes', legacyPassphrase('')],
    ['no bytes', legacyPassphrase(undefined)],
  ])('may encode an empty passphrase as %s', async (_name, empty) => {
    const key = encodeShroudedBag(pkcs8('leaf'), empty);
    const parts = [clearPart(key), encryptBags(empty, ...chain())];
    expect(await summary(pfx(parts, { passphrase: empty }))).toEqual(EVERYTHING);
    expect(await summary(pfx(parts))).toEqual(EVERYTHING);
  });

  test('may contain both encodings of an empty passphrase', async () => {
    const key = encodeShroudedBag(pkcs8('leaf'), legacyPassphrase(''));
    const parts = [clearPart(key), encryptBags(legacyPassphrase(undefined), ...chain())];
    const mac = { passphrase: legacyPassphrase(undefined) };
    expect(await summary(pfx(parts, mac))).toEqual(EVERYTHING);
  });

  test('without a MAC or encryption is read with any passphrase', async () => {
    const bare = pfx([clearPart(keyBag(pkcs8('leaf')), ...chain())]);
    expect(await summary(bare)).toEqual(EVERYTHING);
    expect(await summary(bare, 'anything')).toEqual(EVERYTHING);
  });

  test('may contain several keys, nested bags and unknown kinds of bags', async () => {
    const secret = legacyPassphrase('s');
    const inner = bag(6, sequence(encodeShroudedBag(pkcs8('rsa'), secret), certificateBag(der('rsa'))));
    const unknown = [bag(5, sequence(oid('1.2.3'), element(0xa0, octets()))), bag(99, octets())];
    const sdsi = bag(3, sequence(oid('1.2.840.113549.1.9.22.2'), element(0xa0, octets())));
    const bags = [...chain(), ...unknown, sdsi, inner, encodeShroudedBag(pkcs8('leaf'), secret)];
    expect(await summary(pfx([encryptBags(secret, ...bags)], { passphrase: secret }), 's')).toEqual([
      ['CN=leaf', 'CN=ca', 'CN=rsa'],
      ['CN=rsa', 'CN=leaf'],
    ]);
  });

  test('keeps names in any script, but ignores malformed names', async () => {
    const odd = sequence(oid('1.2.840.113549.1.9.20'), element(0x31, element(0x0c, octets())));
    const bags = [
      certificateBag(der('leaf'), encodeFriendlyName('管理者𠮷'), localKeyId('01000000')),
      certificateBag(der('ca'), odd, sequence(oid('1.2.3'), element(0x31))),
    ];
    expect(await read(pfx([clearPart(...bags)]))).toMatchObject({
      certificates: [{ friendlyName: '管理者𠮷', localKeyId: '01000000' }, { der: new Uint8Array(der('ca')) }],
    });
  });

  test('is read even with indefinite lengths and segmented strings, which NSS writes', async () => {
    const secret = legacyPassphrase('s');
    const whole = pfx([encryptBags(secret, keyBag(pkcs8('leaf')), ...chain())], { passphrase: secret });
    const open = (tag: number, ...parts: Uint8Array[]): Buffer =>
      Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.from([0, 0])]);
    // The content between the headers and the MAC is split into two segments.
    const safe = sequence(encryptBags(secret, keyBag(pkcs8('leaf')), ...chain()));
    const mac = whole.subarray(whole.indexOf(safe) + safe.length);
    const halves = [octets(safe.subarray(0, 99)), octets(safe.subarray(99))];
    const data = oid('1.2.840.113549.1.7.1');
    const content = open(0x30, data, open(0xa0, open(0x24, ...halves)));
    const indefinite = open(0x30, integer('03'), content, mac);
    expect(recognise(indefinite).format).toBe('pkcs12');
    expect(await summary(indefinite, 's')).toEqual(EVERYTHING);
  });
});

describe('an unreadable file', () => {
  const secret = legacyPassphrase('s');
  const intact = (): Buffer => pfx([encryptBags(secret, certificateBag(der('leaf')))], { passphrase: secret });

  test('with a changed MAC is reported as damaged if the passphrase is right, and as a wrong passphrase otherwise', async () => {
    const changed = intact();
    // The changed byte is the last of the MAC; a salt of 10 bytes and a count of 3 bytes follow.
    changed[changed.length - 14] = (changed[changed.length - 14] ?? 0) ^ 1;
    expect(await summary(intact(), 's')).toEqual([['CN=leaf'], []]);
    expect(await summary(changed, 's')).toEqual({ kind: 'damaged' });
    expect(await summary(changed, 'x')).toEqual(WRONG);
  });

  test('is refused for a wrong passphrase if a key has a different one', async () => {
    const bags = [certificateBag(der('leaf')), encodeShroudedBag(pkcs8('leaf'), legacyPassphrase('t'))];
    expect(await summary(pfx([clearPart(...bags)], { passphrase: secret }), 's')).toEqual(WRONG);
  });

  test('is refused for a wrong passphrase even if the decrypted padding happens to be valid', async () => {
    const key = sequence(octets(Buffer.alloc(64)));
    const bytes = pfx([clearPart(encodeShroudedBag(key, legacyPassphrase('right')))]);
    const handed: Uint8Array[] = [];
    const reading = await readPkcs12({ keys: watchKeys(handed) }, bytes, 'wrong133');
    expect(handed).toHaveLength(1);
    expect(reading).toMatchObject({ ok: false, problem: WRONG });
    expect(await read(bytes, 'right')).toMatchObject({ ok: true, keys: [{}] });
  });

  test('leaves no decrypted key in memory', async () => {
    const bags = ['s', 't'].map((one) => encodeShroudedBag(pkcs8('leaf'), legacyPassphrase(one)));
    const handed: Uint8Array[] = [];
    const bytes = pfx([encryptBags(secret, ...bags)], { passphrase: secret });
    const reading = await readPkcs12({ keys: watchKeys(handed) }, bytes, 's');
    expect(reading).toMatchObject({ ok: false, problem: WRONG });
    expect(handed).toHaveLength(2);
    for (const plain of handed) expect(plain.every((byte) => byte === 0)).toBe(true);
  });

  test('is refused for a wrong passphrase, but its unencrypted parts are read', async () => {
    const tie = localKeyId('07');
    const bags = [certificateBag(der('leaf'), tie), encodeShroudedBag(pkcs8('leaf'), secret, { attributes: [tie] })];
    const reading = await read(pfx([clearPart(...bags)], { passphrase: secret }));
    expect(reading).toMatchObject({
      ok: false,
      problem: WRONG,
      inClear: {
        certificates: [{ der: new Uint8Array(der('leaf')), localKeyId: '07' }],
        encryptedKeys: [{ localKeyId: '07' }],
      },
    });
  });

  const kind = (type: string): Buffer =>
    sequence(integer('03'), sequence(oid(`1.2.840.113549.1.7.${type}`), element(0xa0, octets())));
  test.each([
    ['version 1', () => sequence(integer('01')), { kind: 'unsupported', feature: 'version 1' }],
    ['a signature', () => kind('2'), { kind: 'unsupported', feature: 'SignedData' }],
    ['another kind', () => kind('3'), { kind: 'damaged' }],
    [
      'an envelope',
      () => pfx([sequence(oid('1.2.840.113549.1.7.3'), element(0xa0))]),
      { kind: 'unsupported', feature: 'EnvelopedData' },
    ],
    ['nothing', () => Buffer.alloc(0), { kind: 'damaged' }],
    ['a certificate', () => der('leaf'), { kind: 'damaged' }],
  ])('%s is refused', async (_name, bytes, problem) => {
    expect(await summary(bytes())).toMatchObject(problem);
  });

  test('is reported as damaged wherever it is truncated', async () => {
    const whole = intact();
    for (let length = 0; length < whole.length; length += 7) {
      expect(await summary(whole.subarray(0, length), 's')).toMatchObject({ kind: 'damaged' });
    }
  });
});

describe('hostile files', () => {
  const HUGE = 0x7fffffff;
  const costly = { kind: 'too-costly' };
  const empty = legacyPassphrase('');
  const summariseInTime = async (bytes: Uint8Array): Promise<unknown> => {
    let outcome: unknown;
    const cost = await costOfAsync(async () => (outcome = await summary(bytes)));
    expect(cost).toBeLessThan(2_000);
    return outcome;
  };

  test('are refused if a MAC or a key requires two billion rounds', async () => {
    expect(await summariseInTime(pfx([clearPart()], { passphrase: empty, rounds: HUGE }))).toEqual(costly);
    const shrouded = encodeShroudedBag(pkcs8('leaf'), empty, { rounds: HUGE });
    expect(await summariseInTime(pfx([clearPart(shrouded)]))).toEqual(costly);
  });

  test('are refused immediately if they demand six million rounds, but read with certtool’s 600,000 per part', async () => {
    expect(await summariseInTime(pfx([clearPart()], { passphrase: empty, rounds: 6_000_000 }))).toEqual(costly);
    expect(await summary(pfx([clearPart()], { passphrase: legacyPassphrase('x'), rounds: 600_000 }))).toEqual(WRONG);
  });

  test('share a limit on rounds within one import; files with the rounds of common programs do not count towards it', async () => {
    const budget = { left: 3_000_000 };
    // The passphrase is wrong: with the right one, making the file would take as long as opening it.
    const read = async (rounds: number): Promise<string> => {
      const bytes = pfx([clearPart()], { passphrase: legacyPassphrase('x'), rounds });
      const reading = await readPkcs12({ keys: nodeKeys() }, bytes, 's', budget);
      return reading.ok ? 'opened' : reading.problem.kind;
    };
    const outcomes: string[] = [];
    for (const rounds of [600_000, 600_000, 600_000, 2_000, 2_048, 10_000, 100_000]) outcomes.push(await read(rounds));
    const tried = 'wrong-passphrase';
    expect(outcomes).toEqual([tried, tried, 'too-costly-together', tried, tried, tried, tried]);
  });

  test('are refused if the rounds of all their keys together exceed the limit', async () => {
    // The reader adds up the rounds before the derivation, so each file is refused within two seconds.
    const shrouded = encodeShroudedBag(pkcs8('leaf'), empty, { rounds: 4_000_000 });
    expect(await summariseInTime(pfx([clearPart(...Array<Buffer>(200).fill(shrouded))]))).toEqual(costly);
  });

  test('are refused if PBKDF2 has too many rounds, no rounds or an unknown digest', async () => {
    const pbes2 = (rounds: string, prf = sequence(oid('1.2.840.113549.2.9'))): Buffer => {
      const derivation = sequence(octets(Buffer.alloc(8)), integer(rounds), prf);
      const kdf = sequence(oid('1.2.840.113549.1.5.12'), derivation);
      const cipher = sequence(oid('2.16.840.1.101.3.4.1.42'), octets(Buffer.alloc(16)));
      const algorithm = sequence(oid('1.2.840.113549.1.5.13'), sequence(kdf, cipher));
      return pfx([clearPart(bag(2, sequence(algorithm, octets(Buffer.alloc(16)))))]);
    };
    expect(await summariseInTime(pbes2('01312d00'))).toEqual(costly);
    // This count is above 2^31.
    expect(await summariseInTime(pbes2('0100000000'))).toEqual(costly);
    expect(await summariseInTime(pbes2('00'))).toEqual({ kind: 'damaged' });
    expect(await summariseInTime(pbes2('0400'))).toEqual(WRONG);
    const sha224 = sequence(oid('1.2.840.113549.2.8'));
    expect(await summariseInTime(pbes2('01', sha224))).toEqual({ kind: 'unsupported', feature: 'HMAC-SHA-224' });
  });

  test('are refused if a salt is a megabyte long', async () => {
    const scheme = oid('1.2.840.113549.1.12.1.6');
    const algorithm = sequence(scheme, sequence(octets(Buffer.alloc(1_000_000)), integer('01')));
    const bytes = pfx([clearPart(bag(2, sequence(algorithm, octets(Buffer.alloc(8)))))]);
    expect(await summariseInTime(bytes)).toEqual(costly);
  });

  test('are refused if they contain more than ten thousand bags, or bags nested nine deep', async () => {
    const bags = Array<Buffer>(10_001).fill(bag(4, octets()));
    expect(await summariseInTime(pfx([clearPart(...bags)]))).toEqual({ kind: 'too-many-entries', limit: 10_000 });
    let nested = certificateBag(der('leaf'));
    for (let depth = 0; depth < 8; depth += 1) nested = bag(6, sequence(nested));
    expect(await summary(pfx([clearPart(nested)]))).toEqual([['CN=leaf'], []]);
    const deeper = bag(6, sequence(nested));
    expect(await summary(pfx([clearPart(deeper)]))).toEqual({ kind: 'damaged' });
  });

  test('with a quarter of a megabyte of RC2-encrypted data are judged quickly', async () => {
    const algorithm = sequence(oid('1.2.840.113549.1.12.1.6'), sequence(octets(Buffer.alloc(8)), integer('01')));
    const bytes = pfx([clearPart(bag(2, sequence(algorithm, octets(Buffer.alloc(262_144)))))]);
    expect(await summariseInTime(bytes)).toEqual(WRONG);
  });

  test('never make the reader throw, and leave no decrypted key in memory if they are refused', async () => {
    const handed: Uint8Array[] = [];
    const watched = watchKeys(handed);
    const check = async (bytes: Uint8Array): Promise<void> => {
      handed.length = 0;
      const reading = await readPkcs12({ keys: watched }, bytes, '');
      if (reading.ok) return;
      for (const plain of handed) expect(plain.every((byte) => byte === 0)).toBe(true);
    };
    const bags = [certificateBag(der('leaf'), localKeyId('01')), encodeShroudedBag(pkcs8('leaf'), empty)];
    const parts = [encryptBags(empty, ...bags), clearPart(...bags)];
    const files = [pfx(parts), pfx(parts, { passphrase: empty })];
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), check), { numRuns: 50 });
    const damage = fc.record({
      bytes: fc.constantFrom(...files),
      at: fc.oneof(fc.nat(120), fc.nat(4000)),
      byte: fc.nat(255),
      cut: fc.nat(20_000),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ bytes, at, byte, cut }) => {
        const changed = Buffer.from(bytes);
        changed[at % changed.length] = byte;
        await check(changed);
        if (cut < changed.length) await check(changed.subarray(0, cut));
      }),
      { numRuns: 150 },
    );
  });
});
