import { createDecipheriv, createHash, createPublicKey, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { KeyFileId } from '../../../../core/pki/model/authority.ts';
import {
  decodeKeyFile,
  encodeKeyFile,
  makeKeyFileId,
  type MasterKey,
} from '../../../../core/authorities/keys/key-file.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import type { PrivateKey } from '../../../../core/shared/ports.ts';
import { openssl } from '../../../support/openssl.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { makeKeepingPorts } from '../keeping-ports.ts';
import { measureCost } from '../../../support/cost.ts';

const ports = makeKeepingPorts();
const MASTER: MasterKey = { keyring: 'ab'.repeat(16), bytes: new Uint8Array(32).fill(7) };
const PATH = '/a/key.json';

let key: PrivateKey;
let id: KeyFileId;
let whole: Buffer;

beforeAll(async () => {
  key = await ports.keys.generate('p-256');
  id = makeKeyFileId(ports.crypto, key.spki);
  whole = Buffer.from(encodeKeyFile(ports, MASTER, key));
});

const decode = (content: Uint8Array, master = MASTER, of = id): PrivateKey =>
  decodeKeyFile(ports, master, { content, path: PATH, id: of });

/** Returns the problem code of a refused file and the kind of damage, or `accepted`. */
function refusal(content: Uint8Array, master = MASTER, of = id): string {
  try {
    decode(content, master, of);
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    const { damage } = error.params;
    return damage === undefined ? error.code : `${error.code} ${damage}`;
  }
  return 'accepted';
}

/** Returns the file with another header or content and a matching checksum, which no accidental damage produces. */
function forgeFile(change: (json: { header: Record<string, unknown>; sealed: string }) => void): Buffer {
  const { header, sealed } = JSON.parse(whole.toString()) as Parameters<typeof change>[0];
  const json = { header, sealed };
  change(json);
  const sha256 = createHash('sha256').update(JSON.stringify(json)).digest('hex');
  return Buffer.from(`${JSON.stringify({ ...json, sha256 })}\n`);
}

describe('a private key made by openssl', () => {
  test.each([
    ['EC', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'], 'p-384'],
    ['RSA', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], 'rsa-2048'],
    // Arcwarden creates no such keys, but can store them.
    ['an odd RSA', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'], 'rsa'],
  ])('is read back from its file byte for byte: %s', (_kind, options, algorithm) => {
    const pem = join(temporaryFolder(), 'key.pem');
    openssl('genpkey', ...options, '-out', pem);
    const pkcs8 = openssl('pkcs8', '-topk8', '-nocrypt', '-in', pem, '-outform', 'DER');
    const read = ports.keys.read(new Uint8Array(pkcs8));
    if (read === undefined) throw new Error('the key of openssl is not read');
    const file = encodeKeyFile(ports, MASTER, read);
    const back = decode(Buffer.from(file), MASTER, makeKeyFileId(ports.crypto, read.spki));
    expect(Buffer.from(ports.keys.exportPrivateKey(back, 'pkcs8'))).toEqual(pkcs8);

    const { header } = JSON.parse(file) as { header: Record<string, unknown> };
    const spki = createPublicKey(readFileSync(pem)).export({ type: 'spki', format: 'der' });
    expect(header['publicKeySha256']).toBe(createHash('sha256').update(spki).digest('hex'));
    expect(header['algorithm']).toBe(algorithm);
  });
});

test('a key file can be opened as documented, without this program', () => {
  const text = whole.toString();
  const { header, sealed, sha256 } = JSON.parse(text) as {
    header: Record<'salt' | 'nonce', string>;
    sealed: string;
    sha256: string;
  };
  const headerText = text.slice('{"header":'.length, text.indexOf(',"sealed":'));
  const checked = `${text.slice(0, text.indexOf(',"sha256":'))}}`;
  expect(createHash('sha256').update(checked).digest('hex')).toBe(sha256);

  const salt = Buffer.from(header.salt, 'base64');
  const fileKey = Buffer.from(hkdfSync('sha256', MASTER.bytes, salt, 'arcwarden-key/1', 32));
  const data = Buffer.from(sealed, 'base64');
  const nonce = Buffer.from(header.nonce, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', fileKey, nonce);
  decipher.setAAD(Buffer.from(headerText));
  decipher.setAuthTag(data.subarray(-16));
  const opened = Buffer.concat([decipher.update(data.subarray(0, -16)), decipher.final()]);
  expect(opened).toEqual(Buffer.from(ports.keys.exportPrivateKey(key, 'pkcs8')));
});

test('two files of one key share neither salt, nonce nor ciphertext', () => {
  const [one, other] = [whole.toString(), encodeKeyFile(ports, MASTER, key)].map(
    (text) => JSON.parse(text) as { header: Record<string, string>; sealed: string },
  );
  expect(one?.header['salt']).not.toBe(other?.header['salt']);
  expect(one?.header['nonce']).not.toBe(other?.header['nonce']);
  expect(one?.sealed).not.toBe(other?.sealed);
  expect(Buffer.from(one?.header['salt'] ?? '', 'base64')).toHaveLength(32);
});

describe('damage to a key file', () => {
  test('is detected whichever byte was changed', () => {
    const outcomes = new Set<string>();
    for (let at = 0; at < whole.length; at += 1) {
      for (const flip of [0x01, 0x20, (at % 255) + 1]) {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ flip;
        outcomes.add(refusal(changed));
      }
    }
    expect([...outcomes].sort()).toEqual(['key-file.damaged changed', 'key-file.damaged torn']);
  });

  test('is reported as an incomplete file wherever the file was cut off', () => {
    for (let length = 0; length < whole.length; length += 1) {
      expect(refusal(whole.subarray(0, length))).toBe('key-file.damaged torn');
    }
  });

  test.each([
    ['a byte after the end', Buffer.concat([Buffer.from('?'), Buffer.from(' ')]), 'end'],
    ['an additional line break', Buffer.from('\n'), 'end'],
    ['a byte order mark', Buffer.from('\ufeff'), 'start'],
    ['leading white space', Buffer.from(' '), 'start'],
  ])('is also reported for %s', (_title, more, where) => {
    const content = where === 'end' ? [whole, more] : [more, whole];
    expect(refusal(Buffer.concat(content))).toBe('key-file.damaged torn');
  });

  test('is reported after any random changes, cuts and insertions', () => {
    const change = fc.record({
      at: fc.nat(whole.length - 1),
      remove: fc.nat(80),
      insert: fc.uint8Array({ maxLength: 80 }),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        let content = whole;
        for (const { at, remove, insert } of changes) {
          const [head, tail] = [content.subarray(0, at), content.subarray(at + remove)];
          content = Buffer.concat([head, insert, tail]);
        }
        fc.pre(!content.equals(whole));
        expect(refusal(content)).toMatch(/^key-file\.damaged/u);
      }),
      { numRuns: 300 },
    );
  });

  test('is reported for any other JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const content = Buffer.from(`${JSON.stringify(value)}\n`);
        expect(refusal(content)).toMatch(/^key-file\.damaged/u);
      }),
      { numRuns: 100 },
    );
  });

  test('is reported quickly for deeply nested JSON', () => {
    const deep = `{"header":{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}},"sealed":"","sha256":""}\n`;
    const cost = measureCost(() => expect(refusal(Buffer.from(deep))).toBe('key-file.damaged torn'));
    expect(cost).toBeLessThan(1_000);
  });
});

describe('a forged file whose checksum matches', () => {
  const cases: [string, Parameters<typeof forgeFile>[0]][] = [
    ['another date', ({ header }) => (header['createdAt'] = '2020-01-01T00:00:00Z')],
    ['another algorithm', ({ header }) => (header['algorithm'] = 'rsa-4096')],
    ['another salt', ({ header }) => (header['salt'] = 'A'.repeat(43) + '=')],
    ['a short salt', ({ header }) => (header['salt'] = 'AAAA')],
    ['another nonce', ({ header }) => (header['nonce'] = 'A'.repeat(16))],
    ['an empty nonce', ({ header }) => (header['nonce'] = '')],
    ['another cipher', ({ header }) => (header['cipher'] = 'none')],
    ['an additional field', ({ header }) => (header['more'] = 1)],
    ['a missing field', ({ header }) => delete header['kdf']],
    ['another format', ({ header }) => (header['format'] = 'arcwarden-keyring')],
    ['version 0', ({ header }) => (header['version'] = 0)],
    ['nothing sealed', (json) => (json.sealed = '')],
    ['other content', (json) => (json.sealed = 'A'.repeat(160))],
  ];
  test.each(cases)('with %s is reported as altered', (_title, change) => {
    expect(refusal(forgeFile(change))).toBe('key-file.damaged altered');
  });

  test('opens if nothing else was changed, which proves that the test forges correctly', () => {
    expect(refusal(forgeFile(() => undefined))).toBe('accepted');
  });

  test('is reported as newer if its version is later', () => {
    const newer = forgeFile(({ header }) => {
      header['version'] = 2;
      header['kdf'] = 'something new';
    });
    expect(refusal(newer)).toBe('key-file.newer');
  });
});

test('a key file under another name or from another keyring is reported as belonging elsewhere', async () => {
  expect(refusal(whole, { ...MASTER, keyring: 'cd'.repeat(16) })).toBe('key-file.foreign');
  const other = await ports.keys.generate('p-256');
  expect(refusal(whole, MASTER, makeKeyFileId(ports.crypto, other.spki))).toBe('key-file.foreign');
});

test('a key file cannot be opened with another master key', () => {
  const wrong = { ...MASTER, bytes: new Uint8Array(32).fill(8) };
  expect(refusal(whole, wrong)).toBe('key-file.damaged altered');
});

test('exported, derived and opened key material is wiped', () => {
  const secrets: Uint8Array[] = [];
  const keep = (bytes: Uint8Array): Uint8Array => {
    secrets.push(bytes);
    return bytes;
  };
  const keys: typeof ports.keys = {
    ...ports.keys,
    exportPrivateKey: (given, form) => keep(ports.keys.exportPrivateKey(given, form)),
    hmac: (hash, by, data) => keep(ports.keys.hmac(hash, by, data)),
    unseal: (sealing) => {
      const opened = ports.keys.unseal(sealing);
      return opened && keep(opened);
    },
  };
  const content = Buffer.from(encodeKeyFile({ ...ports, keys }, MASTER, key));
  decodeKeyFile({ ...ports, keys }, MASTER, { content, path: PATH, id });
  expect(secrets).toHaveLength(6);
  for (const secret of secrets) expect(secret.every((byte) => byte === 0)).toBe(true);
});
