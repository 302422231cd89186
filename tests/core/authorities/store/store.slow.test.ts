import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { authorityNamed } from '../../../../core/authorities/operations/find.ts';
import { AUTHORITY_FILE_RULES } from '../../../../core/authorities/store/findings.ts';
import { openAuthorities, type AuthorityStore, type NewAuthority } from '../../../../core/authorities/store/store.ts';
import type { Authority, AuthorityEntry, AuthorityId } from '../../../../core/pki/model/authority.ts';
import type { CredentialId } from '../../../../core/shared/ids.ts';
import type { Role, RoleAssignment } from '../../../../core/pki/model/access.ts';
import type { Identity } from '../../../../core/pki/model/identity.ts';
import { instant } from '../../../../core/shared/instant.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import { isMessageKey } from '../../../../core/shared/text/text.ts';
import { createFiles } from '../../../../core/node/files.ts';
import { nodeKeys } from '../../../../core/node/keys.ts';
import type { Files, PrivateKey } from '../../../../core/shared/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { sampleCertificate } from '../../inventory/store/sample-clusters.ts';
import {
  bytesBelow,
  makeDyingFiles,
  filesBelow,
  makeKeepingPorts,
  LOW_COST,
  catchCode,
  testVault,
} from '../keeping-ports.ts';

const PASSPHRASE = 'correct horse battery staple';
const AT = instant('2026-11-25T10:00:00Z');

let key: PrivateKey;
beforeAll(async () => {
  key = await nodeKeys().generate('p-256');
});

interface Opening {
  ports?: ReturnType<typeof makeKeepingPorts>;
  readOnly?: boolean;
}

const open = (folder: string, { ports = makeKeepingPorts(), readOnly = false }: Opening = {}) =>
  openAuthorities(ports, folder, { readOnly, scryptCost: LOW_COST });

const findingRules = (store: AuthorityStore): string[] => store.findings().map(({ rule }) => rule);

/** Makes a certificate without a key of its own, identified by its serial number. */
function entry(serial: number, more: Partial<AuthorityEntry> = {}): AuthorityEntry {
  const { id, der, facts } = sampleCertificate(serial);
  return { id, der, facts, profile: 'apiserver', issuer: 'self', keyFile: null, issuedAt: AT, ...more };
}

const addEntries =
  (...entries: AuthorityEntry[]) =>
  (authority: Authority): Authority => ({ ...authority, entries: [...authority.entries, ...entries] });

/** Opens a store, adds an authority, a key and a certificate, and returns the location of the files. */
async function openFilled(
  folder = temporaryFolder(),
): Promise<{ folder: string; store: AuthorityStore; id: AuthorityId; file: (name: string) => string }> {
  const store = await open(folder);
  const { id } = await store.create({ name: 'Contoso', kind: 'kubernetes', passphrase: PASSPHRASE });
  const keyFile = await store.getKeyring(id).addKey(key);
  await store.update(id, addEntries(entry(1, { keyFile })));
  return { folder, store, id, file: (name) => join(folder, 'authorities', id, name) };
}

const IDENTITY: Required<Identity> = {
  name: 'KMSPlugin-retail-east-moc-kms-plugin',
  profile: 'kms-plugin',
  clientType: 'ControlPlane',
  createdAt: AT,
  tokenValidityMs: 90 * 86_400_000,
  autoRotate: true,
  generation: 2,
  token: { id: '0b0f', issuedAt: AT, expiresAt: instant('2027-02-23T10:00:00Z') },
  certificates: [
    { serialHex: '1a', notBefore: AT, notAfter: AT, renewCount: 1, revokedAt: AT },
    { serialHex: '1b', notBefore: AT, notAfter: AT, renewCount: 0 },
  ],
  revokedAt: AT,
};

const ROLE: Role = {
  name: 'Night shift',
  permissions: [
    {
      actions: [{ operation: 'all', provider: 'AnyProvider' }],
      notActions: [{ operation: 'delete', provider: 'VirtualMachine' }],
    },
  ],
};
const ASSIGNMENT: RoleAssignment = {
  identity: IDENTITY.name,
  role: ROLE.name,
  scope: { location: 'MocLocation', group: 'g', provider: 'VirtualMachine', resource: 'vm-1' },
};
const AGENT = { fqdn: 'f', location: 'l', port: 1, authPort: 2 };

describe('stored content', () => {
  test('every part of an authority is the same after a restart', async () => {
    const { folder, store, id } = await openFilled();
    const [ca, next] = [entry(2), entry(4)];
    const whole: Required<Authority> = {
      ...store.get(id),
      kind: 'moc',
      sample: true,
      entries: [
        ca,
        entry(3, {
          issuer: ca.id,
          profile: null,
          supersededBy: next.id,
          revoked: { at: AT, reason: 'keyCompromise', invalidityDate: instant('2026-11-01T00:00:00Z') },
        }),
        { ...next, issuer: ca.id, revoked: { at: AT, reason: 'unspecified' } },
      ],
      crlNumbers: { [ca.id]: 7 },
      cloudAgent: {
        tokenKeyFile: null,
        state: {
          fqdn: 'ca-5b1f0c2e.contoso.example',
          location: 'MocLocation',
          port: 55_000,
          authPort: 65_000,
          identities: [IDENTITY],
          roles: [ROLE],
          assignments: [ASSIGNMENT],
        },
      },
    };
    await store.update(id, () => whole);
    const later = await open(folder);
    expect(later.list()).toEqual([whole]);
    expect(later.findings()).toEqual([]);
  });

  test('a new store is empty, and reading it creates nothing', async () => {
    const folder = join(temporaryFolder(), 'new');
    const store = await open(folder, { readOnly: true });
    expect(store.list()).toEqual([]);
    expect(store.findings()).toEqual([]);
    expect(await catchCode(() => store.create({ name: 'A', kind: 'moc' }))).toBe('store.not-writable');
    expect(existsSync(folder)).toBe(false);
  });

  test('keys can be unlocked after a restart with the passphrase set at their creation', async () => {
    const { folder, store, id } = await openFilled();
    await store.close();
    expect(store.getKeyring(id).state()).toBe('locked');
    const keyring = (await open(folder)).getKeyring(id);
    expect(keyring.state()).toBe('locked');
    await keyring.unlock(PASSPHRASE);
    const [keyId] = await keyring.keyIds();
    const back = keyId && (await keyring.key(keyId));
    expect(back?.spki).toEqual(key.spki);
  });

  test('an authority without a passphrase has no keyring until it gets one', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    const { id } = await store.create({ name: 'Public', kind: 'kubernetes' });
    expect(store.getKeyring(id).state()).toBe('absent');
    await store.getKeyring(id).create(PASSPHRASE);
    expect((await open(folder)).getKeyring(id).state()).toBe('locked');
  });

  test('folders have mode 0700 and files 0600', async () => {
    const { folder } = await openFilled();
    expect(statSync(join(folder, 'authorities')).mode & 0o777).toBe(0o700);
    const files = filesBelow(folder);
    expect(files.length).toBeGreaterThan(4);
    for (const file of files) expect(statSync(file).mode & 0o777, file).toBe(0o600);
  });

  test('no secret is in any file or in the log', async () => {
    const real = nodeKeys();
    const secrets = new Map<string, Buffer>([['passphrase', Buffer.from(PASSPHRASE)]]);
    const keys: typeof real = {
      ...real,
      scrypt: async (...given) => {
        const made = await real.scrypt(...given);
        secrets.set('unlock key', Buffer.from(made));
        return made;
      },
      unseal: (sealing) => {
        const opened = real.unseal(sealing);
        if (opened?.length === 32) secrets.set('master key', Buffer.from(opened));
        return opened;
      },
    };
    const folder = temporaryFolder();
    const ports = makeKeepingPorts({ keys, vault: testVault() });
    const store = await open(folder, { ports });
    const { id } = await store.create({ name: 'Secret', kind: 'moc', passphrase: PASSPHRASE });
    const keyring = store.getKeyring(id);
    await keyring.unlock(PASSPHRASE, { remember: true });
    const keyFile = await keyring.addKey(key);
    const smuggled = { privateKey: 'SMUGGLED', token: 'SMUGGLED' };
    await store.update(id, (authority) => ({
      ...authority,
      ...smuggled,
      entries: [{ ...entry(1, { keyFile }), ...smuggled }],
      cloudAgent: {
        ...smuggled,
        tokenKeyFile: keyFile,
        state: {
          ...AGENT,
          ...smuggled,
          identities: [{ ...IDENTITY, jwt: 'SMUGGLED' }],
          roles: [{ ...ROLE, ...smuggled }],
          assignments: [{ ...ASSIGNMENT, ...smuggled }],
        },
      },
    }));
    secrets.set('private key', Buffer.from(real.exportPrivateKey(key, 'pkcs8')));
    expect([...secrets.keys()].sort()).toEqual(['master key', 'passphrase', 'private key', 'unlock key'].sort());

    const all = bytesBelow(folder);
    const hasSecret = (secret: Buffer): boolean => all.includes(secret);
    // Proves that the search works.
    expect(hasSecret(Buffer.from(keyFile))).toBe(true);
    expect(hasSecret(Buffer.from('SMUGGLED'))).toBe(false);
    for (const [name, secret] of secrets) {
      // The public half of a PKCS#8 key is stored elsewhere too; the private scalar begins after byte 36.
      const telling = name === 'private key' ? secret.subarray(36, 68) : secret;
      for (const form of [telling, Buffer.from(telling.toString('hex')), ...base64Pieces(telling)]) {
        expect(hasSecret(form), name).toBe(false);
      }
    }
    expect(JSON.stringify(ports.log.entries)).not.toContain(PASSPHRASE);
  });
});

/** Returns the Base64 of a secret as it appears in the Base64 of a longer text, for each of the three offsets. */
function base64Pieces(secret: Buffer): Buffer[] {
  return [0, 1, 2].map((skipped) => {
    const whole = secret.subarray(skipped, skipped + Math.floor((secret.length - skipped) / 3) * 3);
    return Buffer.from(whole.toString('base64'));
  });
}

describe('names and ids', () => {
  test('an id is derived from the name and is a safe folder name', async () => {
    const store = await open(temporaryFolder());
    const names = ['Retail East (Café)', '認証局', '../../etc', 'con', 'x'.repeat(100)];
    for (const name of names) await store.create({ name, kind: 'kubernetes' });
    const ids = store.list().map(({ id }) => id);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9-]{1,60}$/u);
    expect(ids.join(' ')).toMatch(/retail-east-cafe-[0-9a-f]{8}/u);
    expect(ids.join(' ')).toMatch(/\bauthority-[0-9a-f]{8}/u);
    expect(new Set(ids).size).toBe(names.length);
  });

  test.each([
    ['contoso', 'authority.name-taken'],
    ['  CONTOSO ', 'authority.name-taken'],
    ['', 'authority.name-invalid'],
    [' \u3000', 'authority.name-invalid'],
    ['a\nb', 'authority.name-invalid'],
    ['x'.repeat(101), 'authority.name-invalid'],
    ['Contoso 2', 'none'],
  ])('creation under the name %j has the result %s if Contoso exists', async (name, outcome) => {
    const { store, folder } = await openFilled();
    expect(await catchCode(() => store.create({ name, kind: 'moc' }))).toBe(outcome);
    expect(readdirSync(join(folder, 'authorities'))).toHaveLength(outcome === 'none' ? 2 : 1);
  });

  test('one of two simultaneous creations with the same name fails', async () => {
    const store = await open(temporaryFolder());
    const create = () => catchCode(() => store.create({ name: 'Same', kind: 'moc' }));
    expect((await Promise.all([create(), create()])).sort()).toEqual(['authority.name-taken', 'none']);
  });

  test('a new name for an authority must be unused, but may differ from the old one only in case', async () => {
    const { store, id } = await openFilled();
    await store.create({ name: 'Other', kind: 'moc' });
    const rename = (name: string) => () => store.update(id, (authority) => ({ ...authority, name }));
    expect(await catchCode(rename('other'))).toBe('authority.name-taken');
    expect(await catchCode(rename('CONTOSO'))).toBe('none');
    expect(store.get(id).name).toBe('CONTOSO');
  });

  test('a passphrase that is too short prevents the creation', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    const request = { name: 'A', kind: 'moc', passphrase: 'short' } as const;
    expect(await catchCode(() => store.create(request))).toBe('passphrase.too-short');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('no authority is found for an invalid id', async () => {
    const store = await open(temporaryFolder());
    for (const id of ['', '..', 'nobody', 'a/b'] as AuthorityId[]) {
      expect(await catchCode(() => store.get(id))).toBe('authority.unknown');
      expect(await catchCode(() => store.getKeyring(id))).toBe('authority.unknown');
      expect(await catchCode(() => store.remove(id))).toBe('authority.unknown');
      expect(await catchCode(() => store.update(id, (same) => same))).toBe('authority.unknown');
    }
  });
});

describe('changes', () => {
  test('requested at the same time all take effect, one after another', async () => {
    const { store, id, folder } = await openFilled();
    const serials = Array.from({ length: 12 }, (_, at) => at + 10);
    await Promise.all(serials.map((serial) => store.update(id, addEntries(entry(serial)))));
    expect((await open(folder)).get(id).entries).toHaveLength(13);
  });

  test('leave everything unchanged if they throw or cannot be written', async () => {
    const { folder, id } = await openFilled();
    const { files } = makeDyingFiles(0);
    const store = await open(folder, { ports: makeKeepingPorts({ files }) });
    const before = store.get(id);
    expect(await catchCode(() => store.update(id, addEntries(entry(5))))).toBe('store.not-writable');
    await expect(store.update(id, () => JSON.parse('?') as Authority)).rejects.toThrow(SyntaxError);
    expect(store.get(id)).toBe(before);
    expect((await open(folder)).get(id)).toEqual(before);
  });

  test('are refused if they change the id or add an entry whose id is not its digest', async () => {
    const { store, id } = await openFilled();
    const other = 'other' as AuthorityId;
    await expect(store.update(id, (authority) => ({ ...authority, id: other }))).rejects.toThrow();
    const wrong = { ...entry(5), id: 'ab'.repeat(32) as CredentialId };
    await expect(store.update(id, addEntries(wrong))).rejects.toThrow('digest');
    expect(store.get(id).entries).toHaveLength(1);
  });
});

describe('a process that dies', () => {
  test('at any step of a creation leaves a whole authority or no trace of it', async () => {
    const outcomes: number[] = [];
    for (let steps = 0; ; steps += 1) {
      const folder = temporaryFolder();
      const { files, changes } = makeDyingFiles(steps);
      const store = await open(folder, { ports: makeKeepingPorts({ files }) });
      const request = { name: 'Contoso', kind: 'moc', passphrase: PASSPHRASE } as const;
      await catchCode(() => store.create(request));
      const later = await open(folder);
      expect(later.findings()).toEqual([]);
      for (const { id } of later.list()) await later.getKeyring(id).unlock(PASSPHRASE);
      outcomes.push(later.list().length);
      // If nothing was created, the name is still unused.
      if (later.list().length === 0) await later.create(request);
      if (changes() <= steps) break;
    }
    expect(outcomes).toEqual([0, 0, 0, 0, 0, 0, 1]);
  });

  test('at any step of a creation with a first key leaves the whole authority or no trace of it', async () => {
    const outcomes: number[] = [];
    for (let steps = 0; ; steps += 1) {
      const folder = temporaryFolder();
      const { files, changes } = makeDyingFiles(steps);
      const store = await open(folder, { ports: makeKeepingPorts({ files }) });
      const request: NewAuthority = {
        ...{ name: 'Contoso', kind: 'kubernetes', passphrase: PASSPHRASE },
        fill: async (keyring) => {
          await keyring.addKey(key);
          return { entries: [entry(5)] };
        },
      };
      await catchCode(() => store.create(request));
      const later = await open(folder);
      expect(later.findings()).toEqual([]);
      expect(later.list().every(({ entries }) => entries.length === 1)).toBe(true);
      outcomes.push(later.list().length);
      if (later.list().length === 0) expect(await catchCode(() => later.create(request))).toBe('none');
      if (changes() <= steps) break;
    }
    expect(outcomes).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
  });

  test('at any step of a removal leaves the whole authority or none of its files', async () => {
    const outcomes: number[] = [];
    const { folder: template, id } = await openFilled();
    for (let steps = 0; ; steps += 1) {
      const folder = temporaryFolder();
      cpSync(template, folder, { recursive: true });
      const { files, changes } = makeDyingFiles(steps);
      const store = await open(folder, { ports: makeKeepingPorts({ files }) });
      await catchCode(() => store.remove(id));
      const later = await open(folder);
      expect(later.findings()).toEqual([]);
      const remaining = later.list().length;
      if (remaining === 1) await later.getKeyring(id).unlock(PASSPHRASE);
      else expect(filesBelow(folder)).toEqual([]);
      outcomes.push(remaining);
      if (changes() <= steps) break;
    }
    expect(outcomes.slice(0, 3)).toEqual([1, 1, 0]);
    expect(outcomes.slice(2).every((remaining) => remaining === 0)).toBe(true);
  });

  test('leaves temporary files, which are removed at the next start', async () => {
    const { folder, file } = await openFilled();
    const left = file(`authority.json.${'0'.repeat(16)}.tmp`);
    writeFileSync(left, '{"sche');
    await open(folder, { readOnly: true });
    expect(existsSync(left)).toBe(true);
    await open(folder);
    expect(existsSync(left)).toBe(false);
  });
});

describe('removal', () => {
  test('deletes the private keys too and locks the authority', async () => {
    const { store, id, folder } = await openFilled();
    const keyring = store.getKeyring(id);
    await store.remove(id);
    expect(keyring.state()).not.toBe('unlocked');
    expect(await catchCode(() => keyring.addKey(key))).toBe('keyring.locked');
    expect(store.list()).toEqual([]);
    expect(filesBelow(folder)).toEqual([]);
    expect(await catchCode(() => store.get(id))).toBe('authority.unknown');
    expect(await catchCode(() => store.create({ name: 'Contoso', kind: 'moc' }))).toBe('none');
  });
});

describe('a damaged authority', () => {
  test('is restored from its previous copy, and the damaged file is set aside', async () => {
    const { folder, id, file } = await openFilled();
    writeFileSync(file('authority.json'), '{"schema":1,"auth');
    const store = await open(folder);
    expect(findingRules(store)).toEqual(['authority-file.restored']);
    // The copy predates the last change, so the certificate is missing.
    expect(store.get(id).entries).toEqual([]);
    const aside = readdirSync(file('.')).filter((name) => name.includes('.damaged-'));
    expect(aside).toEqual(['authority.json.damaged-20261125T090000Z']);
    expect(findingRules(await open(folder))).toEqual([]);
  });

  test('is restored from its previous copy if its file is gone', async () => {
    const { folder, id, file } = await openFilled();
    rmSync(file('authority.json'));
    const store = await open(folder);
    expect(findingRules(store)).toEqual(['authority-file.restored']);
    expect(store.get(id).name).toBe('Contoso');
    expect(existsSync(file('authority.json'))).toBe(true);
  });

  test('without a copy is reported and does not hide the others; its keys are kept', async () => {
    const { folder, id, file } = await openFilled();
    const { id: otherId } = await (await open(folder)).create({ name: 'Other', kind: 'moc' });
    for (const name of ['authority.json', 'authority.json.previous']) writeFileSync(file(name), '?');
    const keyFiles = readdirSync(file('.')).filter((name) => name.startsWith('key'));
    for (const restart of [1, 2]) {
      const store = await open(folder);
      expect(findingRules(store), `start ${restart}`).toEqual(['authority-file.lost']);
      expect(store.list().map((each) => each.id)).toEqual([otherId]);
      expect(await catchCode(() => store.get(id))).toBe('authority.damaged');
      expect(await catchCode(() => store.remove(id))).toBe('authority.damaged');
      // The name of the damaged authority is unreadable, so any unknown name may refer to it.
      expect(await catchCode(() => authorityNamed(store, 'Contoso'))).toBe('authority.damaged');
      expect(authorityNamed(store, 'other').id).toBe(otherId);
      expect(authorityNamed(store, otherId).id).toBe(otherId);
    }
    expect(readdirSync(file('.')).filter((name) => name.startsWith('key'))).toEqual(keyFiles);
  });

  test('stays unchanged if a newer program wrote it', async () => {
    const { folder, id, file } = await openFilled();
    const newer = '{"schema":999,"authority":{"id":"from the future"}}';
    writeFileSync(file('authority.json'), newer);
    const store = await open(folder);
    expect(findingRules(store)).toEqual(['authority-file.newer']);
    expect(await catchCode(() => store.update(id, (same) => same))).toBe('store.newer');
    expect(readFileSync(file('authority.json'), 'utf8')).toBe(newer);
  });

  test('is ignored if its file is in another authority’s folder', async () => {
    const { folder, file } = await openFilled();
    mkdirSync(join(folder, 'authorities', 'copied'));
    const content = readFileSync(file('authority.json'));
    writeFileSync(join(folder, 'authorities', 'copied', 'authority.json'), content);
    const store = await open(folder, { readOnly: true });
    expect(findingRules(store)).toEqual(['authority-file.lost']);
    expect(store.list()).toHaveLength(1);
  });

  test('stays unchanged if the system denies access', async () => {
    const { folder, id, file } = await openFilled();
    const real = createFiles();
    const files: Files = {
      ...real,
      read: async (path, limit) => {
        if (path !== file('authority.json')) return real.read(path, limit);
        throw new ConsoleError('file.not-readable', { path });
      },
    };
    const store = await open(folder, { ports: makeKeepingPorts({ files }) });
    expect(findingRules(store)).toEqual(['authority-file.unreadable']);
    expect(await catchCode(() => store.get(id))).toBe('file.not-readable');
    expect((await open(folder)).findings()).toEqual([]);
  });

  test('keeps an entry that cannot be read, reports it and loads all others', async () => {
    const { folder, store, id, file } = await openFilled();
    await store.update(id, addEntries(entry(2), entry(3), entry(4), entry(5)));
    const json = JSON.parse(readFileSync(file('authority.json'), 'utf8')) as {
      authority: { entries: Record<string, unknown>[] };
    };
    const { entries } = json.authority;
    Object.assign(entries[1] ?? {}, { profile: 'of-a-later-version' });
    Object.assign(entries[2] ?? {}, { der: entries[3]?.['der'] });
    Object.assign(entries[4] ?? {}, { der: '?' });
    writeFileSync(file('authority.json'), JSON.stringify(json));

    const later = await open(folder);
    expect(later.findings().map(({ place, params }) => [place.entry, params?.['reason']])).toEqual([
      ['entries[1]', 'profile'],
      ['entries[2]', 'id'],
      ['entries[4]', 'der'],
    ]);
    expect(later.get(id).entries.map((each) => each.id)).toEqual([entry(1).id, entry(4).id]);
    await later.update(id, addEntries(entry(6)));
    const written = JSON.parse(readFileSync(file('authority.json'), 'utf8')) as typeof json;
    expect(written.authority.entries).toHaveLength(6);
    for (const at of [1, 2, 4]) expect(written.authority.entries).toContainEqual(entries[at]);
  });

  test('of an earlier release has no roles and assignments; bad ones do not hide the good ones', async () => {
    const { folder, store, id, file } = await openFilled();
    const agent = { tokenKeyFile: null, state: { ...AGENT, identities: [], roles: [ROLE], assignments: [ASSIGNMENT] } };
    await store.update(id, (same) => ({ ...same, kind: 'moc', cloudAgent: agent }));
    await store.close();
    const json = JSON.parse(readFileSync(file('authority.json'), 'utf8')) as {
      authority: { cloudAgent: { roles?: unknown[]; assignments?: unknown[] } };
    };
    const { cloudAgent } = json.authority;
    const badRole = { ...ROLE, permissions: [{ actions: [{ operation: 'fly', provider: 'Node' }], notActions: [] }] };
    // With a field that limits it further, reading it as the wider assignment would grant too much.
    const newerScope = { ...ASSIGNMENT, scope: { ...ASSIGNMENT.scope, zone: 'z' } };
    Object.assign(cloudAgent, { roles: [badRole, ROLE], assignments: [newerScope, ASSIGNMENT] });
    writeFileSync(file('authority.json'), JSON.stringify(json));
    const later = await open(folder);
    expect(later.findings().map(({ place, params }) => [place.entry, params?.['reason']])).toEqual([
      ['roles[0]', 'permissions.0.actions.0.operation'],
      ['assignments[0]', 'scope'],
    ]);
    expect(later.get(id).cloudAgent?.state).toMatchObject({ roles: [ROLE], assignments: [ASSIGNMENT] });
    await later.update(id, (same) => ({ ...same, sample: true }));
    await later.close();
    const written = JSON.parse(readFileSync(file('authority.json'), 'utf8')) as typeof json;
    expect(written.authority.cloudAgent.roles).toEqual([ROLE, badRole]);
    expect(written.authority.cloudAgent.assignments).toEqual([ASSIGNMENT, newerScope]);

    delete cloudAgent.roles;
    delete cloudAgent.assignments;
    writeFileSync(file('authority.json'), JSON.stringify(json));
    const earlier = await open(folder);
    expect(earlier.findings()).toEqual([]);
    expect(earlier.get(id).cloudAgent?.state).toMatchObject({ roles: [], assignments: [] });
  });

  test('is loaded, restored or reported, whichever byte was changed, and the other authority is always loaded', async () => {
    const { folder, file } = await openFilled();
    const { id: otherId } = await (await open(folder)).create({ name: 'Other', kind: 'moc' });
    const whole = readFileSync(file('authority.json'));
    const anywhere = fc.nat(whole.length - 1);
    await fc.assert(
      fc.asyncProperty(anywhere, fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ flip;
        writeFileSync(file('authority.json'), changed);
        const store = await open(folder, { readOnly: true });
        expect(store.list().map((each) => each.id)).toContain(otherId);
        const isWhole = store.list().length === 2;
        expect(isWhole || store.findings().length > 0).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a lost or damaged keyring', () => {
  test('is reported at the start', async () => {
    const { folder, file } = await openFilled();
    for (const name of ['keyring.json', 'keyring.json.previous']) rmSync(file(name));
    expect(findingRules(await open(folder))).toEqual(['authority-file.keyring-lost']);
    const [name = ''] = readdirSync(file('.')).filter((each) => each.startsWith('key-'));
    rmSync(file(name));
    const store = await open(folder);
    expect(findingRules(store)).toEqual(['authority-file.key-missing']);
    expect(store.findings()[0]?.params).toMatchObject({ authority: 'Contoso', count: 1 });
  });

  test('is restored from its copy if damaged; a keyring of a newer version makes only the keys inaccessible', async () => {
    const { folder, id, file } = await openFilled();
    writeFileSync(file('keyring.json'), '');
    const restored = await open(folder);
    expect(findingRules(restored)).toEqual(['authority-file.restored']);
    await restored.getKeyring(id).unlock(PASSPHRASE);

    writeFileSync(file('keyring.json'), '{"schema":999}');
    const store = await open(folder);
    expect(findingRules(store)).toEqual(['authority-file.newer']);
    expect(store.get(id).entries).toHaveLength(1);
    expect(await catchCode(() => store.getKeyring(id).unlock(PASSPHRASE))).toBe('store.newer');
  });
});

test('every finding has a message and a remedy', () => {
  for (const rule of AUTHORITY_FILE_RULES) {
    expect(isMessageKey(`finding.${rule}`), rule).toBe(true);
    expect(isMessageKey(`finding.${rule}.remedy`), rule).toBe(true);
  }
});
