import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { hasPooler, NO_POOLER, Pooler } from '../../../support/pooler.ts';
import { BuiltProgram, type Outcome } from '../../../support/built-program.ts';
import { SCHEMA } from '../../../support/postgres.ts';
import { usePostgres } from '../../../support/postgres-tests.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { makeWorkstation } from '../../../support/workstation.ts';

/* The shipped command line of several admins, who share an inventory in a real PostgreSQL. */

const postgres = usePostgres();
let program!: BuiltProgram;
let files = '';
beforeAll(async () => {
  program = await BuiltProgram.build();
  files = makeWorkstation(join(program.folder, 'files'), Date.now()).folder;
});

const run = (data: string, ...words: string[]): Outcome => program.run([...words, '--data', data]);

function succeed(data: string, ...words: string[]): unknown {
  const { code, out, notices } = run(data, ...words, '--json');
  expect({ code, notices }).toMatchObject({ code: 0 });
  return JSON.parse(out);
}

function listClusters(data: string): { name: string }[] {
  const { clusters } = succeed(data, 'inventory', 'clusters') as { clusters: { name: string }[] };
  return clusters;
}

postgres.testOnDatabase('the printed schema is what the tests apply', () => {
  expect(run(temporaryFolder(), 'store', 'schema').out).toBe(readFileSync(SCHEMA, 'utf8'));
});

postgres.testOnDatabase('two admins see and change the same clusters, from the first import to a rename', () => {
  const [anna, ben] = [temporaryFolder(), temporaryFolder()];
  expect(succeed(anna, 'store', 'use', postgres.address)).toMatchObject({ clusters: 0, revision: 0, isNoticed: true });
  expect(succeed(ben, 'store', 'use', postgres.address)).toMatchObject({ clusters: 0 });
  expect(run(anna, 'inventory', 'import', files).code).toBe(0);
  const clusters = listClusters(anna);
  expect(clusters.length).toBeGreaterThan(0);
  expect(listClusters(ben)).toEqual(clusters);
  const [{ name } = { name: '' }] = clusters;
  expect(run(ben, 'inventory', 'rename', name, 'renamed-by-ben')).toMatchObject({ code: 0 });
  expect(JSON.stringify(listClusters(anna))).toContain('renamed-by-ben');
  expect(succeed(anna, 'store', 'status')).toMatchObject({
    address: postgres.address,
    head: expect.any(Number) as unknown,
  });
});

postgres.testOnDatabase('a folder that joined before consoles had names of their own gets one by joining again', () => {
  const anna = temporaryFolder();
  const path = join(anna, 'shared.json');
  const readName = (): unknown => (JSON.parse(readFileSync(path, 'utf8')) as { console?: string }).console;
  succeed(anna, 'store', 'use', postgres.address);
  const { console: _, ...former } = JSON.parse(readFileSync(path, 'utf8')) as { console: string };
  writeFileSync(path, JSON.stringify(former));
  succeed(anna, 'store', 'use', postgres.address);
  const name = readName();
  expect(name).toMatch(/^[0-9a-f]{6,}$/u);
  succeed(anna, 'store', 'use', postgres.address);
  expect(readName()).toBe(name);
});

test('behind a pooler in transaction mode, changes are written and the admin is told that no notice arrives', async ({
  skip,
}) => {
  const server = postgres.need(skip);
  skip(!hasPooler(), NO_POOLER);
  const address = server.createDatabase();
  const pooler = await Pooler.start(server.port);
  try {
    const [anna, ben] = [temporaryFolder(), temporaryFolder()];
    const pooled = address.replace(`:${server.port}/`, `:${pooler.port}/`);
    expect(run(anna, 'store', 'use', pooled)).toMatchObject({
      code: 0,
      notices: expect.stringContaining('Notices of changes do not arrive.') as unknown,
    });
    expect(run(ben, 'store', 'use', address)).toMatchObject({ code: 0, notices: '' });
    expect(run(anna, 'inventory', 'import', files).code).toBe(0);
    const clusters = listClusters(ben);
    expect(clusters.length).toBeGreaterThan(0);
    expect(run(ben, 'inventory', 'rename', clusters[0]?.name ?? '', 'renamed-by-ben').code).toBe(0);
    expect(JSON.stringify(listClusters(anna))).toContain('renamed-by-ben');
  } finally {
    await pooler.stop();
  }
});

postgres.testOnDatabase(
  'without the server, the last copy is printed with its age, and a change is refused',
  async () => {
    const anna = temporaryFolder();
    succeed(anna, 'store', 'use', postgres.address);
    expect(run(anna, 'inventory', 'import', files).code).toBe(0);
    const clusters = listClusters(anna);
    await postgres.server.kill();
    try {
      const shown = run(anna, 'inventory', 'clusters', '--json');
      expect(shown).toMatchObject({
        code: 0,
        notices: expect.stringMatching(/is not available now: .*ECONNREFUSED.*\n.*as of 20/u) as unknown,
      });
      expect((JSON.parse(shown.out) as { clusters: unknown }).clusters).toEqual(clusters);
      expect(run(anna, 'inventory', 'rename', clusters[0]?.name ?? '', 'other')).toMatchObject({
        code: 2,
        notices: expect.stringContaining('is not available now') as unknown,
      });
      expect(run(anna, 'store', 'status')).toMatchObject({
        code: 1,
        out: expect.stringContaining('ECONNREFUSED') as unknown,
      });
    } finally {
      await postgres.server.begin();
    }
    expect(run(anna, 'inventory', 'rename', clusters[0]?.name ?? '', 'other').code).toBe(0);
  },
  120_000,
);

postgres.testOnDatabase('a folder is copied to a database and back without loss, and its trail is named', () => {
  const [own, back] = [temporaryFolder(), temporaryFolder()];
  expect(run(own, 'inventory', 'import', files).code).toBe(0);
  expect(run(own, 'inventory', 'forget', listClusters(own)[0]?.name ?? '').code).toBe(0);
  const clusters = listClusters(own);
  const forgotten = (data: string): string => run(data, 'inventory', 'forgotten', '--json').out;
  // Nothing is joined or copied over clusters that are there.
  expect(run(own, 'store', 'use', postgres.address)).toMatchObject({
    code: 2,
    notices: expect.stringContaining('arcwarden store copy') as unknown,
  });
  succeed(own, 'store', 'copy', own, postgres.address);
  expect(run(own, 'store', 'copy', own, postgres.address)).toMatchObject({
    code: 2,
    notices: expect.stringContaining('already has clusters') as unknown,
  });
  const [first = ''] = postgres.server
    .sql(postgres.database, 'select text from arcwarden.audit_line order by line')
    .out.split('\n');
  const trail = readFileSync(join(own, 'audit.jsonl'), 'utf8');
  expect(JSON.parse(first)).toMatchObject({ line: 1, action: 'store.copied' });
  expect((JSON.parse(first) as { params: { sourceLines: number } }).params.sourceLines).toBeLessThanOrEqual(
    trail.split('\n').length,
  );
  // The copy is equal, so the folder can join.
  expect(succeed(own, 'store', 'use', postgres.address)).toMatchObject({ clusters: clusters.length });

  const copied = succeed(own, 'store', 'copy', postgres.address, back) as { trail: string };
  expect(listClusters(back)).toEqual(clusters);
  expect(forgotten(back).replaceAll(/"forgottenAt":"[^"]*"/gu, '')).toBe(
    forgotten(own).replaceAll(/"forgottenAt":"[^"]*"/gu, ''),
  );
  // The program that checks exported trails accepts the saved one.
  const checked = temporaryFolder();
  cpSync(copied.trail, join(checked, 'audit.jsonl'));
  expect(readFileSync(copied.trail, 'utf8').trim().split('\n').length).toBeGreaterThanOrEqual(1);
  expect(run(checked, 'audit', 'verify').out).toContain('1');

  expect(succeed(own, 'store', 'use', 'folder')).toEqual({ clusters: clusters.length });
  expect(listClusters(own)).toEqual(clusters);
  expect(succeed(own, 'store', 'status')).toEqual({});
});

postgres.testOnDatabase('a password in an address is refused, and is in no file of the data folder', () => {
  const anna = temporaryFolder();
  for (const wrong of [postgres.address.replace('alice@', 'alice:hunter2@'), `${postgres.address}?password=hunter2`]) {
    const { code, notices, out } = run(anna, 'store', 'use', wrong);
    expect(code).toBe(2);
    expect(notices).toContain('contains a password');
    expect(notices + out).not.toContain('hunter2');
  }
  expect(readFileSync(join(anna, 'audit.jsonl'), 'utf8')).not.toContain('hunter2');
});

postgres.testOnDatabase('the password comes from the password file of PostgreSQL', () => {
  postgres.server.sql('postgres', `alter role alice password 'from the file'`);
  postgres.server.requirePassword();
  const anna = temporaryFolder();
  const passwords = join(anna, 'passwords');
  writeFileSync(passwords, `127.0.0.1:${postgres.server.port}:${postgres.database}:alice:from the file\n`, {
    mode: 0o600,
  });
  const words = ['store', 'use', postgres.address, '--data', join(anna, 'data')];
  expect(program.run(words)).toMatchObject({ code: 2, notices: expect.stringMatching(/password/u) as unknown });
  expect(program.run(words, { PGPASSFILE: passwords })).toMatchObject({ code: 0 });
});

postgres.testOnDatabase('a folder with entries that nobody can read is not copied', () => {
  const own = temporaryFolder();
  expect(run(own, 'inventory', 'import', files).code).toBe(0);
  const clusters = join(own, 'clusters');
  const [file = ''] = readdirSync(clusters);
  const text = readFileSync(join(clusters, file), 'utf8');
  writeFileSync(
    join(clusters, file),
    text.replace(/"role": ?"[^"]*"/u, '"role":"of a newer program"').replace(/,\s*"sha256": ?"[^"]*"/u, ''),
  );
  expect(run(own, 'store', 'copy', own, postgres.address)).toMatchObject({
    code: 2,
    notices: expect.stringContaining('entries that this Arcwarden cannot read') as unknown,
  });
});
