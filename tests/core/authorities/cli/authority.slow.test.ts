import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AuthorityRecord, CertificateDocument, TreeRecord } from '../../../../core/authorities/cli/records.ts';
import { PASSPHRASE } from '../operations/scenario.ts';
import { emptyWorld, worldWith, type TestWorld } from '../../cli/test-world.ts';
import { openStore } from '../../../../core/settings/store/store.ts';
import { dropTrail } from '../../../support/trail.ts';

interface Changed {
  authority: AuthorityRecord;
  entry: CertificateDocument & { pem: string };
}

const AUTHORITY = {
  id: expect.stringMatching(/^retail-east-[0-9a-f]{8}$/u) as string,
  name: 'retail-east',
  kind: 'kubernetes',
  createdAt: '2026-11-24T12:00:00Z',
  sample: false,
};
const issue = (world: TestWorld, ...words: string[]): Promise<Changed> =>
  world.json<Changed>(0, 'authority', 'issue', 'retail-east', ...words);
const entries = async (world: TestWorld, name = 'retail-east'): Promise<CertificateDocument[]> =>
  (await world.json<TreeRecord>(0, 'authority', 'tree', name)).entries;

describe('authorities', () => {
  test('are created, listed, shown and removed', async () => {
    const world = emptyWorld();
    world.environment.set('ARCWARDEN_PASSPHRASE', PASSPHRASE);
    expect(await world.run('authority', 'list')).toMatchObject({
      code: 0,
      out: expect.stringContaining('arcwarden authority new') as string,
    });
    const made = await world.json<TreeRecord>(0, ...['authority', 'new', 'retail-east', '--kind', 'kubernetes']);
    expect(made).toEqual({
      authority: AUTHORITY,
      entries: expect.any(Array) as object,
      identities: [],
      rotation: null,
    });
    expect(made.entries).toHaveLength(3);
    expect(made.entries[0]).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/u) as string,
      name: 'kubernetes',
      subject: 'CN=kubernetes',
      profile: 'cluster-ca',
      role: 'cluster-ca',
      isCa: true,
      issuer: 'self',
      serialHex: expect.stringMatching(/^[0-9a-f]+$/u) as string,
      sans: { dns: ['kubernetes'], ip: [] },
      key: 'P-384',
      notBefore: '2026-11-24T11:55:00Z',
      notAfter: '2036-11-21T12:00:00Z',
      hasKey: true,
      supersededBy: null,
      revoked: null,
    });
    expect(await world.json(0, 'authority', 'tree', 'RETAIL-EAST')).toEqual(made);
    expect(await world.json(0, 'authority', 'tree', made.authority.id)).toEqual(made);
    expect(await world.json(0, 'authority', 'list')).toEqual({
      authorities: [{ ...AUTHORITY, cas: 3, certificates: 0 }],
      findings: [],
    });
    expect(await world.json(0, 'authority', 'remove', 'retail-east', '--yes')).toEqual({ removed: AUTHORITY });
    expect(await world.json(0, 'authority', 'list')).toEqual({ authorities: [], findings: [] });
    expect(dropTrail(world.files.paths())).toEqual([]);
    const reading = world.opened.filter((kind) => kind === 'reading');
    expect([reading.length, world.opened.length]).toEqual([5, 7]);
  });

  test('are reported with exit code 1 if they are damaged', async () => {
    const world = await worldWith('kubernetes');
    const record = world.files.paths().find((path) => path.endsWith('authority.json')) ?? '';
    world.files.put(record, '{');
    const listed = await world.json<{ authorities: []; findings: { rule: string }[] }>(1, ...['authority', 'list']);
    expect(listed.findings.map(({ rule }) => rule)).toContain('authority-file.lost');
    const { notices } = await world.run('authority', 'list');
    expect(notices).toContain('authority.json');
  });

  test('are reported as damaged by every command if a part of them is unreadable', async () => {
    const world = await worldWith('kubernetes');
    const record = world.files.paths().find((path) => path.endsWith('authority.json')) ?? '';
    const text = new TextDecoder().decode(await world.files.read(record, 99_999));
    world.files.put(record, text.replace(/"der":"MII/u, '"der":"AAA'));
    const crl = ['authority', 'crl', 'retail-east', 'etcd-ca', '--out', 'x', '--json'];
    const { code, notices } = await world.run(...crl);
    expect(code).toBe(0);
    expect(notices).toContain('An entry of authority retail-east cannot be read');
  });

  test('are reported by every command as restored from a copy, which may lack a revocation', async () => {
    const world = await worldWith('kubernetes');
    const record = world.files.paths().find((path) => path.endsWith('authority.json')) ?? '';
    world.files.put(`${record}.previous`, await world.files.read(record, 99_999));
    world.files.put(record, '{');
    const { code, notices } = await world.run('authority', 'tree', 'retail-east');
    expect(code).toBe(0);
    expect(notices).toContain('The file authority.json of authority retail-east is missing or damaged.');
    expect(notices).toContain('Arcwarden uses its copy.');
    const crl = ['authority', 'crl', 'retail-east', 'etcd-ca', '--out', 'x', '--json'];
    expect((await world.run(...crl)).notices).toContain('Arcwarden uses its copy.');
  });

  test('are reported as unusable rather than unknown if their file cannot be read', async () => {
    const world = await worldWith('kubernetes');
    const record = world.files.paths().find((path) => path.endsWith('authority.json')) ?? '';
    world.files.put(record, '{');
    const { code, notices } = await world.run('authority', 'tree', 'retail-east');
    expect(code).toBe(2);
    expect(notices).toContain(record);
    expect(notices).toContain('There is no usable copy.');
  });

  test('are shown as a tree of which CA issued which certificate, in both languages', async () => {
    const world = await worldWith('kubernetes');
    await issue(world, 'etcd-server', '--value', 'node=worker-1');
    const english = (await world.run('authority', 'tree', 'retail-east')).out.split('\n');
    expect(english[2]).toMatch(/^etcd-ca +etcd-ca +[0-9a-f]{2,32} +P-384 .* 3,650 d +valid$/u);
    expect(english[3]).toMatch(/^ {2}worker-1 +etcd-server .* 4 d +valid$/u);
    const japanese = (await world.run('authority', 'tree', 'retail-east', '--lang', 'ja')).out;
    expect(japanese).toContain('シリアル番号');
    expect(japanese).toMatch(/worker-1 .*有効/u);
  });
});

describe('a certificate', () => {
  test('is issued as requested, and printed with its PEM', async () => {
    const world = await worldWith('kubernetes');
    const { authority, entry } = await issue(
      world,
      ...['etcd-server', '--value', 'node=worker-1', '--value', 'node-ip=10.0.0.21'],
      ...['--value', 'node-ip=10.0.1.21', '--dns', 'a.example,b.example', '--ip', 'fd00::1'],
      ...['--validity', '36h', '--key-algorithm', 'p-384'],
    );
    expect(authority).toEqual(AUTHORITY);
    const peer = new X509Certificate(entry.pem);
    expect(peer.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(entry.id);
    expect(peer.subject).toBe('CN=worker-1');
    expect(entry).toMatchObject({
      profile: 'etcd-server',
      role: 'etcd-server',
      notAfter: '2026-11-26T00:00:00Z',
      sans: {
        dns: ['localhost', 'worker-1', 'a.example', 'b.example'],
        ip: ['127.0.0.1', '::1', '10.0.0.21', '10.0.1.21', 'fd00::1'],
      },
    });
    expect((await entries(world)).at(-1)).toEqual({ ...entry, pem: undefined });
  });

  test('is renewed, and from then on its name refers to the new certificate', async () => {
    const world = await worldWith('kubernetes');
    const { entry: first } = await issue(world, 'admin');
    const renew = ['authority', 'renew', 'retail-east', 'kubernetes-admin'];
    const { entry: second } = await world.json<Changed>(0, ...renew);
    const { entry: third } = await world.json<Changed>(0, ...renew);
    const superseded = (await entries(world)).slice(3).map(({ supersededBy }) => supersededBy);
    expect(superseded).toEqual([second.id, third.id, null]);
    const old = await world.run('authority', 'renew', 'retail-east', first.id);
    expect(old.code).toBe(2);
    expect(old.notices).toContain('Another certificate has replaced it');
  });

  test('is revoked and then appears on the list', async () => {
    const world = await worldWith('kubernetes');
    const { entry } = await issue(world, 'admin');
    const { entry: revoked } = await world.json<Changed>(
      0,
      ...['authority', 'revoke', 'retail-east', 'admin', '--reason', 'keyCompromise'],
      ...['--invalidity-date', '2026-11-20T09:00:00+09:00'],
    );
    const expected = { at: '2026-11-24T12:00:00Z', reason: 'keyCompromise' };
    expect(revoked.revoked).toEqual({ ...expected, invalidityDate: '2026-11-20T00:00:00Z' });
    const list = await world.json(0, ...['authority', 'crl', 'retail-east', 'cluster-ca', '--out', 'ca.crl']);
    expect(list).toEqual({
      authority: AUTHORITY,
      crl: {
        issuer: 'CN=kubernetes',
        number: 1,
        thisUpdate: '2026-11-24T12:00:00Z',
        nextUpdate: '2026-12-01T12:00:00Z',
        entries: [
          {
            serialHex: entry.serialHex,
            revokedAt: expected.at,
            reason: expected.reason,
            invalidityDate: '2026-11-20T00:00:00Z',
          },
        ],
      },
      file: {
        path: '/folder/ca.crl',
        bytes: (await world.text('ca.crl')).length,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) as string,
      },
    });
    expect(await world.text('ca.crl')).toMatch(/^-----BEGIN X509 CRL-----\n/u);
    const crl = ['authority', 'crl', 'retail-east', 'cluster-ca', '--out', 'ca.der', '--der'];
    const { out } = await world.run(...crl, '--lang', 'ja');
    expect(out).toContain('番号 2');
    expect((await world.files.read('/folder/ca.der', 9_999))[0]).toBe(0x30);
  });

  test('is listed in a manifest once it is revoked, unless it has expired or a manifest cannot name it', async () => {
    const world = await worldWith('kubernetes');
    const { entry: admin } = await issue(world, 'admin');
    const { entry: server } = await issue(world, 'kubelet-server', '--value', 'node=md-1', '--dns', 'md-1');
    const { entry: client } = await issue(world, 'kubelet-client', '--value', 'node=md-1', '--validity', '1h');
    for (const { id } of [admin, server, client]) await world.json(0, 'authority', 'revoke', 'retail-east', id);
    world.store = await openStore(world.ports, '/inventory');
    const build = ['revocation', 'from-authority', 'retail-east', '--name', 'revoked'];
    const both = await world.run(...build);
    expect(both).toMatchObject({
      code: 0,
      out: expect.stringContaining(`serialNumber: "${admin.serialHex}"`) as string,
    });
    expect(both.out).toContain(`serialNumber: "${client.serialHex}"`);
    expect(both.out).not.toContain(server.serialHex);
    expect(both.notices).toContain(`Left out ${server.serialHex}: This is the server certificate of the kubelet`);
    const later = ['--now', '2026-11-24T14:00:00Z'];
    const { path, undoPath } = await world.json<Record<string, string>>(0, ...build, ...later, '--out', 'revoked.yaml');
    expect([path, undoPath]).toEqual(['/folder/revoked.yaml', '/folder/revoked.undo.yaml']);
    expect(await world.text('revoked.yaml')).not.toContain(client.serialHex);
  });

  test('of which none is revoked is no reason for a manifest', async () => {
    const world = await worldWith('kubernetes');
    world.store = await openStore(world.ports, '/inventory');
    const { code, notices } = await world.run('revocation', 'from-authority', 'retail-east', '--name', 'revoked');
    expect([code, notices]).toEqual([1, expect.stringContaining('has no entries')]);
  });

  test('is revoked, and the output lists other certificates with the same name', async () => {
    const world = await worldWith('kubernetes');
    const { entry: first } = await issue(world, 'admin');
    await world.json(0, 'authority', 'renew', 'retail-east', 'admin');
    const revoke = ['authority', 'revoke', 'retail-east', 'admin'];
    const { notices } = await world.run(...revoke);
    expect(notices).toContain(`not revoked: ${first.serialHex}.`);
    const again = ['authority', 'revoke', 'retail-east', first.id];
    expect(await world.json(0, ...again)).toMatchObject({ entry: { id: first.id }, stillValid: [] });
  });

  test('is revoked without a passphrase', async () => {
    const world = await worldWith('kubernetes');
    await issue(world, 'admin');
    world.environment.clear();
    expect((await world.run('authority', 'revoke', 'retail-east', 'admin')).code).toBe(0);
  });
});

describe('the argument that selects a certificate', () => {
  test('can be its serial number in any notation, its SHA-256, its name or its profile', async () => {
    const world = await worldWith('kubernetes');
    const { entry } = await issue(world, 'admin');
    await issue(world, 'scheduler');
    const { serialHex, id } = entry;
    const spaced = serialHex.toUpperCase().replace(/../gu, '$& ').trim();
    for (const word of [
      ...[serialHex, `0x${serialHex}`, `00${serialHex}`, BigInt(`0x${serialHex}`).toString()],
      ...[spaced, spaced.replaceAll(' ', ':'), spaced.replaceAll(' ', '-')],
      ...[id, id.slice(0, 8), id.slice(0, 8).toUpperCase(), id.replace(/../gu, '$&:').slice(0, -1)],
      ...['kubernetes-admin', 'admin'],
    ]) {
      const { accepted, path } = await world.json<{ accepted: boolean; path: { serialHex: string }[] }>(
        0,
        ...['authority', 'verify', 'retail-east', word],
      );
      expect([word, accepted, path[0]?.serialHex]).toEqual([word, true, serialHex]);
    }
    for (const word of [id.slice(0, 7), 'kubernetes-adm', '', '0x', 'zz', '9'.repeat(100_000)])
      expect((await world.run('authority', 'verify', 'retail-east', word)).code).toBe(2);
  });

  test('is refused if several certificates match, and each of them is listed', async () => {
    const world = await worldWith('kubernetes');
    const [first, second] = [await issue(world, 'admin'), await issue(world, 'admin')];
    const { code, notices } = await world.run('authority', 'verify', 'retail-east', 'admin');
    expect(code).toBe(2);
    for (const { entry } of [first, second]) expect(notices).toContain(entry.id.slice(0, 12));
    const meant = await world.run('authority', 'verify', 'retail-east', second.entry.id.slice(0, 12));
    expect(meant.code).toBe(0);
  });
});

describe("the rotation of a cloud agent's CA", () => {
  test('is reported stage by stage', async () => {
    const world = await worldWith('moc');
    const rotate = () => world.run('authority', 'rotate-ca', 'moc-east');
    expect((await rotate()).out).toContain('reissues 1 certificate under the new one');
    const tree = await world.json<TreeRecord>(0, 'authority', 'tree', 'moc-east');
    expect(tree.rotation).toEqual({
      stage: 'both-trusted',
      left: 1,
      oldCa: tree.entries[0]?.id,
      newCa: tree.entries[2]?.id,
    });
    expect((await rotate()).out).toContain('rotate-ca withdraws the old CA');
    const crl = ['authority', 'crl', 'moc-east', 'cloud-agent-ca', '--out', 'a.crl'];
    expect((await world.run(...crl)).code).toBe(0);
    expect((await rotate()).out).toContain('The old CA of “moc-east” is withdrawn');
    expect((await entries(world, 'moc-east'))[0]?.revoked?.reason).toBe('superseded');
  });
});

test('the output of every command is in the requested language', async () => {
  const world = await worldWith('kubernetes');
  const japanese = async (...words: string[]): Promise<string> => {
    const { code, out, notices } = await world.run(...words, '--lang', 'ja');
    expect(code, notices).toBe(0);
    return out;
  };
  expect(await japanese('authority', 'issue', 'retail-east', 'admin')).toContain('を発行しました。');
  expect(await japanese('authority', 'renew', 'retail-east', 'admin')).toContain('を更新しました。');
  expect(await japanese('authority', 'revoke', 'retail-east', 'admin')).toContain('失効させました。');
  expect(await japanese('authority', 'list')).toContain('作成日時');
  const removed = await japanese('authority', 'remove', 'retail-east', '--yes');
  expect(removed).toContain('削除しました。');
  expect(await japanese('authority', 'list')).toContain('認証局がありません。');
});
