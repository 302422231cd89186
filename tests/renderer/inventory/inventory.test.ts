import { beforeEach, describe, expect, test, vi } from 'vitest';
import { InventoryState } from '../../../renderer/inventory/inventory.svelte.ts';
import { NoticesState } from '../../../renderer/parts/window/notices.svelte.ts';
import { writePkcs12 } from '../../../core/formats/pkcs/pkcs12-writer.ts';
import { decodePemBlocks } from '../../core/pki/verify/pem-blocks.ts';
import { packRows } from '../../../core/inventory/model/row-columns.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import { FEW_ROWS } from '../../../renderer/parts/slices.svelte.ts';
import { boardRow } from '../../support/board-rows.ts';
import { encodeCertificatePem } from '../../support/certificates.ts';
import { openConsole, PROBLEM, type TestConsole } from '../../support/console.ts';
import { certificateFile, certificateFiles, loginFile } from '../../support/fleet.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function anInventory(console: TestConsole) {
  const notices = new NoticesState(() => 0);
  const openReport = vi.fn();
  return { inventory: new InventoryState(console.api, notices, openReport), notices, openReport };
}

const ONE = await certificateFiles({ name: 'a' });

/** Opens a console with two clusters of one certificate each. */
async function openWithTwoClusters(): Promise<TestConsole> {
  const console = await openConsole();
  await console.import(await certificateFiles({ cluster: 'one', name: 'a' }, { cluster: 'two', name: 'b' }));
  return console;
}

/** Renews the certificate of cluster `one` under a new name; the file stays the same. */
async function renewCertificate(name: string): Promise<Record<string, string>> {
  const [, pem] = await certificateFile({ cluster: 'one', name, share: 0.1 });
  return { '/one/a.crt': pem };
}

describe('loading the inventory', () => {
  test('reads the rows of every cluster', async () => {
    const { inventory } = anInventory(await openWithTwoClusters());
    await inventory.load();
    expect(inventory.rows.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(inventory).toMatchObject({ complete: true, empty: false, totalRows: 2 });
  });

  test('shows an empty board for an empty store', async () => {
    const { inventory } = anInventory(await openConsole());
    expect(inventory.empty).toBe(false);
    await inventory.load();
    expect(inventory.empty).toBe(true);
  });

  test('requests a few rows first, then a few thousand at a time, and each row once', async () => {
    const console = await openConsole();
    const names = Array.from({ length: 12 }, (_, at) => `c${String(at)}`);
    await console.import(await certificateFiles(...names.map((cluster) => ({ cluster }))));
    const overview = await console.api.inventory.overview();
    if (!overview.ok) throw new Error('no overview');
    const clusters = overview.value.clusters.map((cluster) => ({ ...cluster, count: 500 }));
    console.override('inventory', 'overview', async () => ({ ok: true, value: { ...overview.value, clusters } }));
    const { inventory } = anInventory(console);
    await inventory.load();
    expect(inventory.rows).toHaveLength(12);
    const asked = console.calls('inventory', 'rows').map(({ clusterIds }) => clusterIds);
    expect(asked.map((ids) => ids.length)).toEqual([1, 5, 5, 1]);
    expect(asked.flat()).toEqual(clusters.map(({ id }) => id));
  });

  test('shows a very large number of rows only when their display is prepared', async () => {
    vi.useRealTimers();
    const [id, count] = ['east' as ClusterId, FEW_ROWS + 1];
    const console = await openConsole();
    const clusters = [{ id, name: 'east', kind: 'kubernetes' as const, count }];
    const columns = packRows(Array.from({ length: count }, (_, at) => boardRow({ name: `${at}` })));
    console.override('inventory', 'overview', async () => ({ ok: true, value: { clusters, findings: [] } }));
    console.override('inventory', 'rows', async () => ({
      ok: true,
      value: [{ clusterId: id, name: 'east', columns }],
    }));
    const { inventory } = anInventory(console);
    const prepared: object[] = [];
    inventory.preparations = (rows) => {
      const part = () => void prepared.push({ of: rows.length, shown: inventory.rows.length });
      return [part, part];
    };
    await inventory.load();
    const each = { of: count, shown: 0 };
    expect(prepared).toEqual([each, each]);
    expect(inventory).toMatchObject({ complete: true, totalRows: count });
    expect(inventory.rows.at(-1)?.name).toBe(`${count - 1}`);
  });

  test('keeps a change that arrives during loading', async () => {
    const console = await openWithTwoClusters();
    const answer = console.hold('inventory', 'rows');
    const { inventory } = anInventory(console);
    const loading = inventory.load();
    await console.import(await renewCertificate('newer'));
    answer(0);
    await loading;
    expect(inventory.rows.map(({ name }) => name)).toEqual(['newer', 'b']);
  });

  test('reports a failure', async () => {
    const console = await openWithTwoClusters();
    console.fail('inventory', 'overview');
    const { inventory, notices } = anInventory(console);
    await inventory.load();
    expect(notices.list).toMatchObject([{ tone: 'problem', problem: PROBLEM }]);
  });
});

describe('changes of the inventory', () => {
  test('updates the board once for changes to many clusters in quick succession', async () => {
    const console = await openWithTwoClusters();
    const { inventory } = anInventory(console);
    await inventory.load();
    const before = inventory.rows;
    const added = await certificateFiles({ cluster: 'three', name: 'three' }, { cluster: 'four', name: 'four' });
    await console.import({ ...(await renewCertificate('one')), ...added });
    expect(inventory.rows).toBe(before);
    await vi.advanceTimersByTimeAsync(200);
    expect(inventory.rows.map(({ name }) => name).sort()).toEqual(['b', 'four', 'one', 'three']);
    expect(inventory.clusters.map(({ name }) => name)).toEqual(['four', 'one', 'three', 'two']);
  });

  test('offers an undo for the removal of a cluster', async () => {
    const console = await openWithTwoClusters();
    const { inventory, notices } = anInventory(console);
    await inventory.load();
    await inventory.forget(console.clusterId('one'));
    await vi.advanceTimersByTimeAsync(200);
    expect(inventory.rows.map(({ name }) => name)).toEqual(['b']);
    notices.list[0]?.action?.run();
    await vi.advanceTimersByTimeAsync(200);
    expect(inventory.rows.map(({ name }) => name)).toEqual(['b', 'a']);
  });
});

describe('importing files', () => {
  test('shows progress only if it takes noticeably long', async () => {
    const console = await openConsole();
    const answer = console.hold('inventory', 'importFiles');
    const { inventory } = anInventory(console);
    const running = inventory.importFiles([console.ticket('/nothing')]);
    await vi.advanceTimersByTimeAsync(299);
    expect(inventory.waiting.visible).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(inventory.waiting.visible).toBe(true);
    console.emit('inventory', 'importProgress', { filesRead: 3, credentialsFound: 2 });
    expect(inventory.progress?.filesRead).toBe(3);
    answer(0);
    await running;
    expect(inventory).toMatchObject({ waiting: { visible: false }, importing: false });
  });

  test('shows the progress of an import that main started, and can cancel it', async () => {
    const console = await openConsole();
    const { inventory, notices } = anInventory(console);
    console.emit('inventory', 'importProgress', { filesRead: 3, credentialsFound: 2 });
    expect(inventory.waiting.visible).toBe(false);
    await vi.advanceTimersByTimeAsync(300);
    expect(inventory).toMatchObject({ waiting: { visible: true }, progress: { filesRead: 3 } });
    await inventory.cancelImport();
    expect(console.calls('inventory', 'cancelImport')).toHaveLength(1);
    const problem = { code: 'import.cancelled', params: { clusters: 1 } } as const;
    console.emit('inventory', 'importEnded', { ok: false, problem });
    expect(inventory).toMatchObject({ waiting: { visible: false }, cancelling: false, progress: undefined });
    expect(notices.list.map(({ tone }) => tone)).toEqual(['remark']);
  });

  test('cancels an import without reporting a failure, and keeps everything that was saved', async () => {
    const console = await openConsole({ files: ONE });
    const { inventory, notices } = anInventory(console);
    const [path = ''] = Object.keys(ONE);
    const answer = console.hold('inventory', 'importFiles');
    const running = inventory.importFiles([console.ticket(path)]);
    await inventory.cancelImport();
    expect(inventory.cancelling).toBe(true);
    answer(0);
    await running;
    const problem = { code: 'import.cancelled', params: { clusters: 2 } } as const;
    console.override('inventory', 'importFiles', () => Promise.resolve({ ok: false, problem }));
    await inventory.importFiles([console.ticket(path)]);
    expect(console.calls('inventory', 'cancelImport')).toHaveLength(1);
    expect(inventory).toMatchObject({ importing: false, cancelling: false, report: undefined });
    expect(notices.list.map(({ tone, texts }) => [tone, texts[0]])).toEqual([
      ['done', { key: 'problem.import.cancelled', values: { clusters: 0 } }],
      ['remark', { key: 'problem.import.cancelled', values: { clusters: 2 } }],
    ]);
  });

  test('shows a summary of the import and offers its report', async () => {
    const console = await openConsole({ files: await certificateFiles({ name: 'a' }) });
    console.sources = ['/retail-east'];
    const { inventory, notices, openReport } = anInventory(console);
    await inventory.chooseAndImport('files');
    expect(inventory.report).toMatchObject({ filesRead: 1, added: [{ cluster: 'retail-east', name: 'a' }] });
    notices.list[0]?.action?.run();
    expect(openReport).toHaveBeenCalledOnce();
  });

  const DAMAGED = { '/d/damaged.crt': encodeCertificatePem(Uint8Array.of(0x30, 0x82)) };
  const [path, login] = loginFile({ identity: 'kvactl', ageDays: 1 });
  /** A token without an expiry date, which gets an assumed one. */
  const OPAQUE = { [path]: login.replace(/token: .*/u, 'token: opaque') };

  test.each<[string, Record<string, string>, string]>([
    ['closes its notice after a success', ONE, 'done'],
    ['closes it even after harmless remarks', { ...ONE, ...OPAQUE }, 'done'],
    ['keeps the notice if nothing was found', { '/n/notes.txt': 'nothing' }, 'remark'],
    ['keeps it if an entry could not be read', { ...ONE, ...DAMAGED }, 'remark'],
  ])('%s', async (_sentence, files, tone) => {
    const console = await openConsole({ files });
    console.sources = Object.keys(files);
    const { inventory, notices } = anInventory(console);
    await inventory.chooseAndImport('files');
    expect(notices.list).toMatchObject([{ tone }]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(notices.list).toHaveLength(tone === 'done' ? 0 : 1);
  });

  test('reports the success or failure of an import that main started', async () => {
    const console = await openConsole();
    const { inventory, notices } = anInventory(console);
    const value = await console.import(ONE);
    console.emit('inventory', 'importEnded', { ok: true, value });
    expect(inventory.report).toEqual(value);
    console.emit('inventory', 'importEnded', { ok: false, problem: PROBLEM });
    expect(notices.list.at(-1)).toMatchObject({ tone: 'problem', problem: PROBLEM });
  });

  test('does nothing if the admin cancels the dialog', async () => {
    const console = await openConsole();
    const { inventory, notices } = anInventory(console);
    await inventory.chooseAndImport('folders');
    expect(console.calls('inventory', 'importFiles')).toEqual([]);
    expect(notices.list).toEqual([]);
  });
});

const LOST = `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata:
  name: lost
  namespace: kube-system
spec:
  revocations:
  - kind: serialnumber
    serialNumber: "77fdf4b1033b387aaace6ce1c18710c2"
`;

test('marks a revocation as removed and shows a notice; one click there undoes the mark', async () => {
  const console = await openWithTwoClusters();
  await console.import({ '/one/lost.yaml': LOST });
  const { inventory, notices } = anInventory(console);
  const request = { clusterId: console.clusterId('one'), name: 'lost', namespace: 'kube-system' };
  await inventory.liftRevocation(request);
  const [notice] = notices.list;
  expect(notice?.texts).toEqual([{ key: 'inventory.lifted', values: { name: 'lost' } }]);
  const isLifted = () => console.data.store.cluster(request.clusterId)?.revocations?.[0]?.liftedAt !== undefined;
  expect(isLifted()).toBe(true);
  notice?.action?.run();
  await vi.advanceTimersByTimeAsync(1);
  expect(isLifted()).toBe(false);
  expect(notices.list.at(-1)?.texts[0]?.key).toBe('inventory.lifted.undone');
});

test('reports an unknown revocation', async () => {
  const console = await openWithTwoClusters();
  const { inventory, notices } = anInventory(console);
  const request = { clusterId: console.clusterId('one'), name: 'lost', namespace: 'kube-system' };
  await inventory.liftRevocation(request);
  expect(notices.list).toMatchObject([{ tone: 'problem', problem: { code: 'revocation.unknown' } }]);
});

describe('a file protected by a passphrase', () => {
  const PASSPHRASE = 'correct horse';

  async function openWithLockedFile() {
    const console = await openConsole();
    const [, pem] = await certificateFile({ cluster: 'one', name: 'a' });
    const pfx = await writePkcs12(console.ports, {
      certificates: decodePemBlocks(pem),
      passphrase: PASSPHRASE,
      encryption: 'aes-256',
      rounds: 1,
    });
    console.files.put('/one/a.pfx', pfx);
    const { inventory, notices } = anInventory(console);
    await inventory.importFiles([console.ticket('/one/a.pfx')]);
    return { console, inventory, notices };
  }

  test('reads the file once the correct passphrase is entered', async () => {
    const { inventory } = await openWithLockedFile();
    expect(inventory.report?.added).toEqual([]);
    const [file] = inventory.report?.locked ?? [];
    if (file === undefined) throw new Error('nothing is closed');
    inventory.askPassphrase(file);
    await inventory.openLocked('wrong');
    expect(inventory).toMatchObject({ isPassphraseWrong: true, opening: false });
    expect(inventory.report?.findings.map(({ rule }) => rule)).toEqual(['container.passphrase-wrong']);
    // A ticket is valid for one call, so the next attempt has another one.
    expect(inventory.asking?.path).toBe('/one/a.pfx');
    await inventory.openLocked(PASSPHRASE);
    expect(inventory.asking).toBeUndefined();
    expect(inventory.report?.locked).toEqual([]);
    expect(inventory.report?.added.map(({ name }) => name)).toEqual(['a']);
    expect(inventory.report?.findings.filter(({ rule }) => rule.startsWith('container.'))).toEqual([]);
  });

  test.each(['wrong', PASSPHRASE])('shows no progress once it was tried with “%s”', async (passphrase) => {
    const { console, inventory } = await openWithLockedFile();
    const [file] = inventory.report?.locked ?? [];
    if (file === undefined) throw new Error('nothing is closed');
    inventory.askPassphrase(file);
    const opening = inventory.openLocked(passphrase);
    console.emit('inventory', 'importProgress', { filesRead: 0, credentialsFound: 0 });
    await opening;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(inventory).toMatchObject({ waiting: { visible: false }, progress: undefined });
  });

  test('keeps the file locked if no passphrase is entered', async () => {
    const { inventory } = await openWithLockedFile();
    const [file] = inventory.report?.locked ?? [];
    if (file !== undefined) inventory.askPassphrase(file);
    inventory.closeAsking();
    await inventory.openLocked(PASSPHRASE);
    expect(inventory.report?.locked).toHaveLength(1);
  });
});
