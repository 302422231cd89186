import { createDecipheriv, createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { authorityLayout, type AuthorityLayout } from '../../../../core/authorities/store/layout.ts';
import { SCRYPT_COST } from '../../../../core/authorities/keys/key-derivation.ts';
import { createKeyringFormat } from '../../../../core/authorities/keys/keyring-file.ts';
import { Keyring } from '../../../../core/authorities/keys/keyring.ts';
import { SHORTEST_PASSPHRASE } from '../../../../core/shared/secrets/passphrase.ts';
import type { AuthorityId } from '../../../../core/pki/model/authority.ts';
import { nodeCrypto } from '../../../../core/node/crypto.ts';
import { createFiles } from '../../../../core/node/files.ts';
import { nodeKeys } from '../../../../core/node/keys.ts';
import type { Keys, PrivateKey, ScryptCost } from '../../../../core/shared/ports.ts';
import type { JsonObject } from '../../../../core/store/migrations.ts';
import { openssl } from '../../../support/openssl.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { makeDyingFiles, filesBelow, makeKeepingPorts, LOW_COST, catchCode, testVault } from '../keeping-ports.ts';

const PASSPHRASE = 'correct horse battery staple';
const NEXT = 'another good passphrase';

let key: PrivateKey;
beforeAll(async () => {
  key = await nodeKeys().generate('p-256');
});

interface Place {
  layout: AuthorityLayout;
  /** Opens the keyring as a new process would. */
  reopen: (ports?: ReturnType<typeof makeKeepingPorts>, options?: Reopening) => Keyring;
}

interface Reopening {
  cost?: ScryptCost;
  readOnly?: boolean;
}

function emptyPlace(): Place {
  const layout = authorityLayout(createFiles(), temporaryFolder(), 'a' as AuthorityId);
  return {
    layout,
    reopen: (ports = makeKeepingPorts(), { cost = LOW_COST, readOnly = false } = {}) =>
      new Keyring({ ports, layout, cost, readOnly, authorityName: () => 'Contoso' }),
  };
}

async function fillPlace(ports = makeKeepingPorts()): Promise<Place & { keyring: Keyring }> {
  const place = emptyPlace();
  await createFiles().createFolder(place.layout.folder);
  const keyring = place.reopen(ports);
  await keyring.create(PASSPHRASE);
  await keyring.addKey(key);
  return { ...place, keyring };
}

/** Returns whether an unlocked keyring still contains the key. */
async function holdsTheKey(keyring: Keyring): Promise<boolean> {
  const [id] = await keyring.keyIds();
  if (id === undefined) return false;
  return Buffer.from((await keyring.key(id)).spki).equals(Buffer.from(key.spki));
}

function makeCountingKeys(): { keys: Keys; tried: () => number } {
  const real = nodeKeys();
  let tried = 0;
  return {
    tried: () => tried,
    keys: {
      ...real,
      scrypt: (...given) => {
        tried += 1;
        return real.scrypt(...given);
      },
    },
  };
}

/** Writes both copies of the keyring with another header and a matching checksum. */
function forgeHeader({ layout }: Place, change: Record<string, unknown>): void {
  const json = JSON.parse(readFileSync(layout.keyring, 'utf8')) as Record<string, unknown>;
  const content = { header: { ...(json['header'] as object), ...change }, sealed: json['sealed'] };
  const sha256 = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  for (const path of [layout.keyring, layout.keyringCopy]) {
    writeFileSync(path, JSON.stringify({ schema: 1, ...content, sha256 }));
  }
}

function nestArrays(depth: number): string {
  const header = `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  return `{"schema":1,"header":${header},"sealed":"","sha256":""}`;
}

function parseJson(text: string): JsonObject | undefined {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return undefined;
  }
}

describe('a keyring', () => {
  test('is absent, then unlocked by its creation, then locked, and then unlocked with its passphrase', async () => {
    const { reopen, layout } = emptyPlace();
    await createFiles().createFolder(layout.folder);
    const keyring = reopen();
    await keyring.load();
    expect(keyring.state()).toBe('absent');
    expect(await catchCode(() => keyring.unlock(PASSPHRASE))).toBe('keyring.absent');
    await keyring.create(PASSPHRASE);
    expect(keyring.state()).toBe('unlocked');
    const id = await keyring.addKey(key);
    keyring.lock();
    expect(keyring.state()).toBe('locked');
    expect(await catchCode(() => keyring.key(id))).toBe('keyring.locked');
    expect(await catchCode(() => keyring.addKey(key))).toBe('keyring.locked');

    const later = reopen();
    await later.load();
    expect(later.state()).toBe('locked');
    await later.unlock(PASSPHRASE);
    expect(await holdsTheKey(later)).toBe(true);
    expect(await catchCode(() => later.create(NEXT))).toBe('keyring.exists');
  });

  test('derives the unlock key once, however many keys are read and added later', async () => {
    const { reopen } = await fillPlace();
    const { keys, tried } = makeCountingKeys();
    const keyring = reopen(makeKeepingPorts({ keys }));
    await keyring.unlock(PASSPHRASE);
    for (let round = 0; round < 5; round += 1) {
      await keyring.addKey(key);
      expect(await holdsTheKey(keyring)).toBe(true);
    }
    expect(tried()).toBe(1);
  });

  test('signs with a stored key, and openssl verifies the signature', async () => {
    const { keyring, layout } = await fillPlace();
    const [id] = await keyring.keyIds();
    if (id === undefined) throw new Error('no key');
    const kept = await keyring.key(id);
    const file = (name: string): string => join(layout.folder, name);
    writeFileSync(file('data'), 'signed');
    writeFileSync(file('sig'), nodeKeys().sign(kept, Buffer.from('signed'), 'SHA-256'));
    writeFileSync(file('pub'), kept.spki);
    const by = ['-verify', file('pub'), '-keyform', 'DER', '-signature', file('sig')];
    expect(openssl('dgst', '-sha256', ...by, file('data')).toString()).toContain('Verified OK');
  });

  test('removes one key for good and leaves the others', async () => {
    const { keyring, layout } = await fillPlace();
    const other = await nodeKeys().generate('p-256');
    const id = await keyring.addKey(other);
    await keyring.removeKey(id);
    await keyring.removeKey(id);
    expect(await catchCode(() => keyring.key(id))).toBe('key-file.missing');
    expect(await holdsTheKey(keyring)).toBe(true);
    expect(existsSync(layout.keyFile(id))).toBe(false);
  });

  test('writes files of mode 0600', async () => {
    const { keyring, layout } = await fillPlace(makeKeepingPorts({ vault: testVault() }));
    await keyring.unlock(PASSPHRASE, { remember: true });
    const names = readdirSync(layout.folder).sort();
    expect(names).toHaveLength(4);
    for (const name of names) expect(statSync(join(layout.folder, name)).mode & 0o777).toBe(0o600);
    expect(statSync(layout.folder).mode & 0o777).toBe(0o700);
  });

  test('can be unlocked when opened read-only, and then changes nothing', async () => {
    const { reopen, layout } = await fillPlace();
    rmSync(layout.keyringCopy);
    const before = filesBelow(layout.folder).map((path) => readFileSync(path, 'hex'));
    const keyring = reopen(makeKeepingPorts(), { readOnly: true });
    await keyring.unlock(PASSPHRASE);
    expect(await holdsTheKey(keyring)).toBe(true);
    expect(await catchCode(() => keyring.addKey(key))).toBe('store.not-writable');
    const change = { current: PASSPHRASE, next: NEXT };
    expect(await catchCode(() => keyring.changePassphrase(change))).toBe('store.not-writable');
    expect(filesBelow(layout.folder).map((path) => readFileSync(path, 'hex'))).toEqual(before);
  });
});

describe('a passphrase', () => {
  test('is reported if it is wrong, and the right one still unlocks the keyring', async () => {
    const { reopen } = await fillPlace();
    const keyring = reopen();
    for (const wrong of ['', 'Correct horse battery staple', `${PASSPHRASE} `]) {
      expect(await catchCode(() => keyring.unlock(wrong))).toBe('passphrase.wrong');
      expect(keyring.state()).toBe('locked');
    }
    await keyring.unlock(PASSPHRASE);
    expect(await catchCode(() => keyring.unlock(NEXT))).toBe('passphrase.wrong');
    expect(keyring.state()).toBe('unlocked');
  });

  test.each([
    ['x'.repeat(SHORTEST_PASSPHRASE - 1), 'passphrase.too-short'],
    ['x'.repeat(SHORTEST_PASSPHRASE), 'none'],
    // A symbol counts once, although it takes two units of a JavaScript string.
    ['🔑'.repeat(SHORTEST_PASSPHRASE - 1), 'passphrase.too-short'],
    ['証明書の鍵を守る合言葉です', 'none'],
  ])('is checked when it is set: %s has the result %s', async (passphrase, outcome) => {
    const { reopen, layout } = emptyPlace();
    await createFiles().createFolder(layout.folder);
    expect(await catchCode(() => reopen().create(passphrase))).toBe(outcome);
    expect(existsSync(layout.keyring)).toBe(outcome === 'none');
  });

  test('is the same from every keyboard, with composed or decomposed characters and with wide or normal spaces', async () => {
    const { reopen, layout } = emptyPlace();
    await createFiles().createFolder(layout.folder);
    await reopen().create('がぎぐげご　パスフレーズ caf\u00e9');
    const decomposed = 'がぎぐげご パスフレーズ caf\u00e9'.normalize('NFD');
    expect(await catchCode(() => reopen().unlock(decomposed))).toBe('none');
  });

  test('costs an attacker 128 MiB of memory for each guess, with N = 2^17', async () => {
    expect(SCRYPT_COST).toEqual({ N: 131_072, r: 8, p: 1 });
    const { reopen, layout } = emptyPlace();
    await createFiles().createFolder(layout.folder);
    await reopen(makeKeepingPorts(), { cost: SCRYPT_COST }).create(PASSPHRASE);
    const text = readFileSync(layout.keyring, 'utf8');
    expect(JSON.parse(text)).toMatchObject({ header: { kdf: 'scrypt', N: 131_072, r: 8, p: 1 } });
  });

  test('unlocks the keyring as documented, without this program', async () => {
    const { layout } = await fillPlace();
    const text = readFileSync(layout.keyring, 'utf8');
    const { header, sealed } = JSON.parse(text) as {
      header: { N: number; r: number; p: number; salt: string; nonce: string };
      sealed: string;
    };
    const salt = Buffer.from(header.salt, 'base64').toString('hex');
    const derivation = openssl(
      ...['kdf', '-binary', '-keylen', '32', '-kdfopt', `pass:${PASSPHRASE}`],
      ...['-kdfopt', `hexsalt:${salt}`, '-kdfopt', `n:${header.N}`],
      ...['-kdfopt', `r:${header.r}`, '-kdfopt', `p:${header.p}`, 'SCRYPT'],
    );
    const data = Buffer.from(sealed, 'base64');
    const nonce = Buffer.from(header.nonce, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', derivation, nonce);
    decipher.setAAD(Buffer.from(/"header":(\{[^}]*\})/u.exec(text)?.[1] ?? ''));
    decipher.setAuthTag(data.subarray(-16));
    const master = Buffer.concat([decipher.update(data.subarray(0, -16)), decipher.final()]);
    expect(master).toHaveLength(32);
  });
});

describe('a passphrase change', () => {
  test('makes only the new passphrase unlock the same keys', async () => {
    const { reopen, keyring, layout } = await fillPlace();
    const keyFiles = readdirSync(layout.folder).filter((name) => name.startsWith('key-'));
    const before = keyFiles.map((name) => readFileSync(join(layout.folder, name), 'utf8'));
    await keyring.changePassphrase({ current: PASSPHRASE, next: NEXT });
    expect(keyring.state()).toBe('unlocked');
    expect(keyFiles.map((name) => readFileSync(join(layout.folder, name), 'utf8'))).toEqual(before);

    expect(await catchCode(() => reopen().unlock(PASSPHRASE))).toBe('passphrase.wrong');
    // The copy cannot be unlocked with the old passphrase either.
    rmSync(layout.keyring);
    expect(await catchCode(() => reopen().unlock(PASSPHRASE))).toBe('passphrase.wrong');
    const later = reopen();
    await later.unlock(NEXT);
    expect(await holdsTheKey(later)).toBe(true);
  });

  test('requires the old passphrase, and a new one that is long enough', async () => {
    const { keyring, reopen } = await fillPlace();
    const changeTo = (current: string, next: string) => () => keyring.changePassphrase({ current, next });
    expect(await catchCode(changeTo(NEXT, NEXT))).toBe('passphrase.wrong');
    expect(await catchCode(changeTo(PASSPHRASE, 'short'))).toBe('passphrase.too-short');
    expect(await catchCode(() => reopen().unlock(PASSPHRASE))).toBe('none');
  });

  test('leaves every key readable with one of the two passphrases if the process dies before any step', async () => {
    const opened: string[] = [];
    for (let steps = 0; ; steps += 1) {
      const { reopen, layout } = await fillPlace();
      const { files, changes } = makeDyingFiles(steps);
      const dying = reopen(makeKeepingPorts({ files }));
      await catchCode(() => dying.changePassphrase({ current: PASSPHRASE, next: NEXT }));

      const later = reopen();
      const isOld = (await catchCode(() => later.unlock(PASSPHRASE))) === 'none';
      if (!isOld) await later.unlock(NEXT);
      expect(await holdsTheKey(later)).toBe(true);
      // Unlocking has also updated the copy.
      expect(readFileSync(layout.keyringCopy)).toEqual(readFileSync(layout.keyring));
      opened.push(isOld ? 'old' : 'new');
      if (changes() <= steps) break;
    }
    expect(opened).toEqual(['old', 'old', 'new', 'new']);
  });
});

describe('a damaged keyring', () => {
  test('is either read correctly or refused, whichever byte was changed', async () => {
    const { layout } = await fillPlace();
    const whole = readFileSync(layout.keyring);
    const { schema, ...json } = JSON.parse(whole.toString()) as JsonObject;
    const format = createKeyringFormat(nodeCrypto());
    const written = format.decode(json);
    expect(schema).toBe(1);
    expect(written).toBeDefined();
    for (let at = 0; at < whole.length; at += 1) {
      for (const flip of [0x01, 0x20, (at % 255) + 1]) {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ flip;
        const read = parseJson(changed.toString('latin1'));
        if (read === undefined || read['schema'] !== 1) continue;
        expect([undefined, written]).toContainEqual(format.decode(read));
      }
    }
  });

  test.each([
    ['cut off', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
    ['empty', () => Buffer.alloc(0)],
    ['endlessly nested', () => Buffer.from(nestArrays(200_000))],
    ['zeros', (whole: Buffer) => Buffer.alloc(whole.length)],
    [
      'one wrong letter in the checksum',
      (whole: Buffer) => Buffer.from(whole).fill('g', whole.length - 5, whole.length - 4),
    ],
  ])('is replaced by its copy: %s', async (_title, damage) => {
    const { reopen, layout } = await fillPlace();
    const whole = readFileSync(layout.keyring);
    writeFileSync(layout.keyring, damage(whole));
    const keyring = reopen();
    expect(await keyring.load()).toMatchObject({ outcome: 'restored' });
    expect(readFileSync(layout.keyring)).toEqual(whole);
    await keyring.unlock(PASSPHRASE);
    expect(await holdsTheKey(keyring)).toBe(true);
  });

  test('without a good copy is reported as missing, and no new keyring replaces it', async () => {
    const { reopen, layout } = await fillPlace();
    for (const path of [layout.keyring, layout.keyringCopy]) writeFileSync(path, '{"schema":1}');
    const keyring = reopen();
    expect(await keyring.load()).toMatchObject({ outcome: 'lost' });
    expect(await catchCode(() => keyring.unlock(PASSPHRASE))).toBe('key-file.missing');
    expect(await catchCode(() => keyring.create(PASSPHRASE))).toBe('key-file.missing');
  });

  test('is refused as with a wrong passphrase if its header was forged', async () => {
    const place = await fillPlace();
    forgeHeader(place, { createdAt: '2020-01-01T00:00:00Z' });
    expect(await catchCode(() => place.reopen().unlock(PASSPHRASE))).toBe('passphrase.wrong');
  });

  test.each([
    ['a salt that is too short', { salt: 'AAAA' }, 'key-file.damaged'],
    ['an empty nonce', { nonce: '' }, 'key-file.damaged'],
    ['an unknown field', { more: 1 }, 'key-file.damaged'],
    ['another way to derive keys', { kdf: 'none' }, 'key-file.damaged'],
    ['a later version', { version: 2, kdf: 'new' }, 'key-file.newer'],
  ])('forged with %s is reported as %s', async (_title, change, code) => {
    const place = await fillPlace();
    forgeHeader(place, change);
    expect(await catchCode(() => place.reopen().unlock(PASSPHRASE))).toBe(code);
  });

  test.each([
    { N: 2 ** 18 },
    { N: 2 ** 30 },
    { N: 2 ** 40 },
    { N: Number.MAX_SAFE_INTEGER },
    { N: 3 },
    { N: 1 },
    { N: 0 },
    { N: -16 },
    { r: 9 },
    { r: 0 },
    { r: 2 ** 30 },
    { p: 2 },
    { p: 2 ** 30 },
  ])('is refused without any key derivation if its header requests the cost %o', async (cost) => {
    const place = await fillPlace();
    forgeHeader(place, cost);
    const { keys, tried } = makeCountingKeys();
    const keyring = place.reopen(makeKeepingPorts({ keys }));
    expect(await catchCode(() => keyring.unlock(PASSPHRASE))).toBe('keyring.cost');
    expect(tried()).toBe(0);
  });
});

describe('an unlock key remembered by the system', () => {
  test('unlocks the keyring without a passphrase until it is forgotten', async () => {
    const ports = makeKeepingPorts({ vault: testVault() });
    const { reopen, keyring } = await fillPlace(ports);
    expect(await keyring.isRemembered()).toBe(false);
    expect(await keyring.unlockRemembered()).toBe(false);
    await keyring.unlock(PASSPHRASE, { remember: true });

    const { keys, tried } = makeCountingKeys();
    const later = reopen({ ...ports, keys });
    expect(await later.isRemembered()).toBe(true);
    expect(await later.unlockRemembered()).toBe(true);
    expect(await holdsTheKey(later)).toBe(true);
    expect(tried()).toBe(0);

    await later.forget();
    await later.forget();
    expect(await reopen(ports).unlockRemembered()).toBe(false);
    expect(await reopen(ports).isRemembered()).toBe(false);
  });

  test('works only for the same user on the same computer', async () => {
    const ports = makeKeepingPorts({ vault: testVault() });
    const { reopen, keyring } = await fillPlace(ports);
    await keyring.unlock(PASSPHRASE, { remember: true });
    const elsewhere = reopen(makeKeepingPorts({ vault: testVault() }));
    await elsewhere.load();
    expect(await elsewhere.unlockRemembered()).toBe(false);
    expect(elsewhere.state()).toBe('locked');
    expect(await reopen(ports).unlockRemembered()).toBe(true);
  });

  test('is forgotten when the passphrase changes', async () => {
    const ports = makeKeepingPorts({ vault: testVault() });
    const { reopen, keyring, layout } = await fillPlace(ports);
    await keyring.unlock(PASSPHRASE, { remember: true });
    const remembered = readFileSync(layout.remembered);
    await keyring.changePassphrase({ current: PASSPHRASE, next: NEXT });
    expect(await keyring.isRemembered()).toBe(false);
    // The old file, restored from a backup, unlocks nothing and is removed.
    writeFileSync(layout.remembered, remembered);
    expect(await reopen(ports).unlockRemembered()).toBe(false);
    expect(await reopen(ports).isRemembered()).toBe(false);
  });

  test('cannot be stored if the system offers no protection', async () => {
    const { reopen, layout } = await fillPlace();
    const keyring = reopen();
    const unlockAndRemember = () => keyring.unlock(PASSPHRASE, { remember: true });
    expect(await catchCode(unlockAndRemember)).toBe('vault.not-available');
    expect(keyring.state()).toBe('locked');
    expect(existsSync(layout.remembered)).toBe(false);
  });

  test.each(['', 'null', '{"schema":1,"guarded":"?"}', '{"schema":1,"guarded":"AAAA"}'])(
    'is ignored if it is damaged (%j), and the passphrase is requested',
    async (content) => {
      const ports = makeKeepingPorts({ vault: testVault() });
      const { reopen, layout } = await fillPlace(ports);
      writeFileSync(layout.remembered, content);
      expect(await reopen(ports).unlockRemembered()).toBe(false);
    },
  );
});

test('the unlock key and the passphrase are wiped after use, and the master key when the keyring is locked', async () => {
  const real = nodeKeys();
  const wipedAtOnce: Uint8Array[] = [];
  const masters: Uint8Array[] = [];
  const keys: Keys = {
    ...real,
    scrypt: async (passphrase, ...given) => {
      const made = await real.scrypt(passphrase, ...given);
      wipedAtOnce.push(passphrase, made);
      return made;
    },
    unseal: (sealing) => {
      const opened = real.unseal(sealing);
      if (opened !== undefined) masters.push(opened);
      return opened;
    },
  };
  const isWiped = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
  const { reopen } = await fillPlace();
  const keyring = reopen(makeKeepingPorts({ keys }));
  await keyring.unlock(PASSPHRASE);
  expect(wipedAtOnce.map(isWiped)).toEqual([true, true]);
  expect(masters.map(isWiped)).toEqual([false]);
  await keyring.close();
  expect(masters.map(isWiped)).toEqual([true]);
  await catchCode(() => keyring.unlock('a wrong passphrase'));
  await keyring.changePassphrase({ current: PASSPHRASE, next: NEXT });
  expect(wipedAtOnce).toHaveLength(8);
  expect([...wipedAtOnce, ...masters].every(isWiped)).toBe(true);
});
