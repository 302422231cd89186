import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LongWork } from '../../../../core/inventory/long-work.ts';
import type { ImportProgress } from '../../../../core/inventory/model/import-progress.ts';
import { listFiles, MAX_FILE_BYTES } from '../../../../core/inventory/read/read-paths.ts';
import { createFiles } from '../../../../core/node/files.ts';
import type { Files } from '../../../../core/shared/ports.ts';
import { CountedScheduler, MemoryFiles } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

async function list(files: Files, ...paths: string[]): Promise<{ paths: string[]; rules: string[] }> {
  const { files: found, findings } = await listFiles(files, paths, { work: new LongWork(new CountedScheduler()) });
  return { paths: found.map(({ path }) => path), rules: findings.map(({ rule, severity }) => `${severity} ${rule}`) };
}

test('a folder is read recursively in the order of file names', async () => {
  const files = new MemoryFiles().put('/a/z', '').put('/a/b/c', '').put('/a/b/a/x', '').put('/other', '');
  expect(await list(files, '/a')).toEqual({ paths: ['/a/b/a/x', '/a/b/c', '/a/z'], rules: [] });
});

test('a file that is chosen twice, or is also in a chosen folder, is read once', async () => {
  const files = new MemoryFiles().put('/a/b', '');
  expect((await list(files, '/a/b', '/a', '/a/b', '/a/../a')).paths).toEqual(['/a/b']);
});

test('a missing path causes a finding, and the other paths are read', async () => {
  const files = new MemoryFiles().put('/a', '');
  expect(await list(files, '/gone', '/a')).toEqual({ paths: ['/a'], rules: ['error file.not-found'] });
});

test.each([
  ['as large as the limit is read', MAX_FILE_BYTES, ['/f/a'], []],
  ['one byte larger is only a notice in a folder', MAX_FILE_BYTES + 1, [], ['notice file.too-large']],
])('a file %s', async (_, size, paths, rules) => {
  const files = new MemoryFiles().put('/f/a', new Uint8Array(size));
  expect(await list(files, '/f')).toEqual({ paths, rules });
});

test('a chosen file that is too large causes an error', async () => {
  const files = new MemoryFiles().put('/f', new Uint8Array(MAX_FILE_BYTES + 1));
  expect((await list(files, '/f')).rules).toEqual(['error file.too-large']);
});

test('folders nested too deeply are omitted with a warning', async () => {
  const deep = Array.from({ length: 60 }, (_, index) => `d${index}`).join('/');
  const files = new MemoryFiles().put(`/${deep}/cert`, '').put('/d0/near', '');
  expect(await list(files, '/d0')).toEqual({ paths: ['/d0/near'], rules: ['warning folder.too-deep'] });
});

test.each([
  ['to the folder itself', [['/x/again', '/x']]],
  [
    'that cross each other',
    [
      ['/x/one', '/x'],
      ['/x/two', '/x'],
    ],
  ],
  ['to a folder around it', [['/x/in/up', '/x']]],
  [
    'between two folders',
    [
      ['/x/in/out', '/x/other'],
      ['/x/other/back', '/x/in'],
    ],
  ],
])('links %s are followed once', async (_, links) => {
  const files = new MemoryFiles().put('/x/a.pem', '').put('/x/in/b.pem', '').put('/x/other/c.pem', '');
  for (const [from, to] of links) files.link(from ?? '', to ?? '');
  const { paths, rules } = await list(files, '/x');
  expect(paths).toContain('/x/a.pem');
  expect(paths).toContain('/x/in/b.pem');
  expect(paths.length).toBeLessThan(12);
  expect(new Set(rules)).toEqual(new Set(['notice folder.loop']));
});

test('nested folders with the same name are not mistaken for a loop', async () => {
  const files = new MemoryFiles().put('/a/a/a/a/cert.pem', '');
  expect(await list(files, '/a')).toEqual({ paths: ['/a/a/a/a/cert.pem'], rules: [] });
});

test('a loop of links on a real disk is followed once, and a dangling link is a warning unless it was named', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'pki'));
  writeFileSync(join(folder, 'pki/ca.crt'), '');
  symlinkSync(folder, join(folder, 'pki/up'));
  symlinkSync(join(folder, 'gone'), join(folder, 'dangling'));
  const { paths, rules } = await list(createFiles(), folder);
  expect(paths).toEqual([join(folder, 'pki/ca.crt')]);
  expect(rules.sort()).toEqual(['notice folder.loop', 'warning file.not-found']);
  expect((await list(createFiles(), join(folder, 'dangling'))).rules).toEqual(['error file.not-found']);
});

test('file information is requested only for chosen paths, files and links, and nested folders are listed concurrently', async () => {
  const files = new MemoryFiles()
    .put('/pki/n1/var/lib/kubelet/pki/a.pem', '')
    .put('/pki/n2/b.pem', '')
    .link('/l', '/pki');
  const [facts, entries] = [files.facts.bind(files), files.entries.bind(files)];
  const looked: string[] = [];
  files.facts = (path) => (looked.push(path), facts(path));
  const begun: string[] = [];
  files.entries = (path) => (begun.push(path), entries(path));
  expect((await list(files, '/pki')).paths).toEqual(['/pki/n1/var/lib/kubelet/pki/a.pem', '/pki/n2/b.pem']);
  expect(looked).toEqual(['/pki', '/pki/n2/b.pem', '/pki/n1/var/lib/kubelet/pki/a.pem'].sort());
  expect(begun.indexOf('/pki/n1/var')).toBeLessThan(4);
  expect(begun).toHaveLength(7);
});

test('progress is reported as files are found', async () => {
  const files = new MemoryFiles().put('/a/1', '').put('/a/2', '').put('/a/3', '');
  const told: ImportProgress[] = [];
  const work = new LongWork(new CountedScheduler(1_000), undefined, (progress) => told.push(progress));
  await listFiles(files, ['/a'], { work });
  expect(told).toEqual(Array.from({ length: 3 }, () => ({ filesRead: 0, credentialsFound: 0 })));
});

test('a bug in the file system is not reported as an unreadable file', async () => {
  const files = new MemoryFiles().put('/a', '');
  files.facts = () => Promise.reject(new TypeError('bug'));
  await expect(listFiles(files, ['/a'], { work: new LongWork(new CountedScheduler()) })).rejects.toThrow(TypeError);
});
