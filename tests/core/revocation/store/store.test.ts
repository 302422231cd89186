import { describe, expect, test } from 'vitest';
import { instant } from '../../../../core/shared/instant.ts';
import { ConsoleError, type ProblemCode } from '../../../../core/shared/problem.ts';
import type { RevocationDocumentId } from '../../../../core/revocation/model/view.ts';
import {
  MOST_REVOCATIONS,
  openRevocationStore,
  type RevocationStore,
} from '../../../../core/revocation/store/store.ts';
import type { StoredRevocation } from '../../../../core/revocation/schemas.ts';
import { MemoryFiles, testPorts } from '../../../support/ports.ts';

const NOW = instant('2026-11-25T12:00:00Z');
const LATER = instant('2026-11-25T12:00:01Z');
const KEY = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n';

function makeId(number: number): RevocationDocumentId {
  return number.toString(16).padStart(16, '0') as RevocationDocumentId;
}

function aDocument(number: number, change: Partial<StoredRevocation> = {}): StoredRevocation {
  return {
    id: makeId(number),
    text: `kind: RenewRevocation # ${number}\n`,
    objectIndex: 0,
    step: 'entries',
    createdAt: NOW,
    changedAt: NOW,
    ...change,
  };
}

const documentPath = (number: number): string => `/data/revocations/${makeId(number)}.json`;

function openStore(files: MemoryFiles): Promise<RevocationStore> {
  return openRevocationStore(testPorts(files), '/data');
}

async function catchCode(work: () => unknown): Promise<ProblemCode | 'none'> {
  try {
    await work();
    return 'none';
  } catch (error) {
    return (error as { code: ProblemCode }).code;
  }
}

describe('a stored draft', () => {
  test('still exists when the folder is opened again, however the program ended', async () => {
    const files = new MemoryFiles();
    const store = await openStore(files);
    const whole = aDocument(1, {
      goal: 'node',
      kubeconfig: 'C:\\k',
      step: 'impact',
      objectIndex: 2,
      file: { path: 'C:\\r.yaml', at: NOW, sha256: 'a'.repeat(64), textSha256: 'b'.repeat(64) },
    });
    await store.save(() => whole);
    await store.save(() => aDocument(2));
    // The store is not closed, as after a kill.
    const again = await openStore(files);
    expect(again.documents()).toEqual([whole, aDocument(2)]);
    expect(again.findings()).toEqual([]);
  });

  test('is listed in order of creation', async () => {
    const files = new MemoryFiles();
    const store = await openStore(files);
    await store.save(() => aDocument(9));
    await store.save(() => aDocument(1, { createdAt: LATER, changedAt: LATER }));
    expect((await openStore(files)).documents().map(({ id }) => id)).toEqual([makeId(9), makeId(1)]);
  });

  test('has the same content in memory and on disk: a failed change leaves the previous content', async () => {
    const files = new MemoryFiles();
    const store = await openStore(files);
    await store.save(() => aDocument(1));
    files.isFull = true;
    const change = (): Promise<unknown> => store.save(() => aDocument(1, { text: 'new' }));
    expect(await catchCode(change)).toBe('store.not-writable');
    expect(store.document(makeId(1))).toEqual(aDocument(1));
    files.isFull = false;
    await change();
    expect((await openStore(files)).document(makeId(1)).text).toBe('new');
  });

  test('is changed in the order of the calls, each of which sees the result of the previous one', async () => {
    const store = await openStore(new MemoryFiles());
    await store.save(() => aDocument(1, { text: '' }));
    const add = (letter: string): Promise<StoredRevocation> =>
      store.save(() => ({ ...store.document(makeId(1)), text: store.document(makeId(1)).text + letter }));
    await Promise.all([...'arcwarden'].map(add));
    expect(store.document(makeId(1)).text).toBe('arcwarden');
  });

  test('no longer exists after its removal, and can be stored again', async () => {
    const files = new MemoryFiles();
    const store = await openStore(files);
    await store.save(() => aDocument(1));
    await store.save(() => aDocument(1, { step: 'save' }));
    const removed = await store.remove(makeId(1));
    expect(files.paths()).toEqual([]);
    expect(await catchCode(() => store.document(makeId(1)))).toBe('revocation.document-unknown');
    expect(await catchCode(() => store.remove(makeId(1)))).toBe('revocation.document-unknown');
    await store.save(() => removed);
    expect((await openStore(files)).document(makeId(1)).step).toBe('save');
  });

  test('cannot be changed once the store is closed', async () => {
    const store = await openStore(new MemoryFiles());
    await store.save(() => aDocument(1));
    await store.close();
    expect(await catchCode(() => store.save(() => aDocument(1, { text: 'new' })))).toBe('store.not-writable');
    expect(await catchCode(() => store.remove(makeId(1)))).toBe('store.not-writable');
  });
});

describe('the store refuses', () => {
  test('a secret, without a change to the file or its previous copy', async () => {
    const files = new MemoryFiles();
    const store = await openStore(files);
    await store.save(() => aDocument(1));
    const written = files.writes;
    const text = `${aDocument(1).text}# ${KEY}`;
    await expect(store.save(() => aDocument(1, { text }))).rejects.toMatchObject({
      code: 'revocation.secret-in-text',
      params: { line: 2 },
    });
    await expect(store.save(() => aDocument(2, { text: KEY }))).rejects.toMatchObject({
      code: 'revocation.secret-in-text',
    });
    expect(files.writes).toBe(written);
    expect((await openStore(files)).documents()).toEqual([aDocument(1)]);
  });

  test('text of more than a million characters', async () => {
    const store = await openStore(new MemoryFiles());
    await store.save(() => aDocument(1, { text: '#'.repeat(1_000_000) }));
    const keep = (): Promise<unknown> => store.save(() => aDocument(2, { text: '#'.repeat(1_000_001) }));
    expect(await catchCode(keep)).toBe('revocation.too-large');
  });

  test('more than two hundred drafts, but accepts changes to existing ones', async () => {
    const store = await openStore(new MemoryFiles());
    for (let number = 1; number <= MOST_REVOCATIONS; number += 1) await store.save(() => aDocument(number));
    const last = aDocument(MOST_REVOCATIONS + 1);
    expect(await catchCode(() => store.save(() => last))).toBe('revocation.too-many');
    await store.save(() => aDocument(7, { text: 'new' }));
    await store.remove(makeId(1));
    await store.save(() => last);
    expect(store.documents()).toHaveLength(MOST_REVOCATIONS);
  });
});

describe('a damaged file', () => {
  async function storeTwo(): Promise<MemoryFiles> {
    const files = new MemoryFiles();
    const store = await openStore(files);
    await store.save(() => aDocument(1));
    await store.save(() => aDocument(2));
    return files;
  }
  const fileContent = (number: number, change: object): string =>
    JSON.stringify({ schema: 1, ...aDocument(number), ...change });

  test.each([
    ['invalid JSON', '{'],
    ['an unknown step', fileContent(1, { step: 'elsewhere' })],
    ['a text that is not a string', fileContent(1, { text: 7 })],
    ['the id of another document', fileContent(3, {})],
    ['an invalid version', fileContent(1, { schema: 'one' })],
  ])('is set aside and reported, and does not hide other files: %s', async (_title, content) => {
    const files = await storeTwo();
    files.put(documentPath(1), content);
    files.drop(`${documentPath(1)}.previous`);
    const store = await openStore(files);
    expect(store.documents()).toEqual([aDocument(2)]);
    const [finding] = store.findings();
    expect(finding).toMatchObject({
      rule: 'store.revocation-lost',
      severity: 'error',
      place: { path: documentPath(1) },
    });
    const setAside = String(finding?.params?.['setAside']);
    expect(files.paths()).toContain(`/data/revocations/${setAside}`);
    expect(files.paths()).not.toContain(documentPath(1));
  });

  test('is replaced by its previous copy', async () => {
    const files = await storeTwo();
    files.put(documentPath(1), '{').put(`${documentPath(1)}.previous`, fileContent(1, { text: 'former' }));
    const store = await openStore(files);
    expect(store.document(makeId(1)).text).toBe('former');
    expect(store.findings()).toMatchObject([{ rule: 'store.revocation-restored' }]);
  });

  test('stays unchanged if it has a newer version or cannot be read', async () => {
    const files = await storeTwo();
    const newer = fileContent(1, { schema: 99 });
    files.put(documentPath(1), newer).lock(documentPath(2));
    const store = await openStore(files);
    expect(store.documents()).toEqual([]);
    expect(store.findings().map(({ rule }) => rule)).toEqual(['store.revocation-newer', 'store.revocation-unreadable']);
    expect(new TextDecoder().decode(await files.read(documentPath(1), 1_000))).toBe(newer);
  });

  test('hides no other file if it cannot be set aside, or if a temporary file cannot be removed', async () => {
    const files = await storeTwo();
    files.put(documentPath(1), '{').put(`${documentPath(2)}.0123456789abcdef.tmp`, '{');
    files.drop(`${documentPath(1)}.previous`);
    const refuse = (path: string) => Promise.reject(new ConsoleError('file.not-writable', { path, reason: 'EPERM' }));
    files.move = refuse;
    files.remove = refuse;
    const store = await openStore(files);
    expect(store.documents()).toEqual([aDocument(2)]);
    expect(store.findings()).toMatchObject([{ rule: 'store.revocation-unreadable', place: { path: documentPath(1) } }]);
  });

  test('does not prevent the removal of temporary files, and other files are kept', async () => {
    const files = await storeTwo();
    const temporary = `${documentPath(1)}.0123456789abcdef.tmp`;
    files.put(temporary, '{').put('/data/revocations/notes.txt', 'mine');
    const store = await openStore(files);
    expect(store.documents()).toHaveLength(2);
    expect(files.paths()).toContain('/data/revocations/notes.txt');
    expect(files.paths()).not.toContain(temporary);
  });
});
