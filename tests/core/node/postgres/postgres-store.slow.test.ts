import { connect as connectSocket, createServer, type AddressInfo, type Server } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect } from 'vitest';
import { postgresStores } from '../../../../core/node/postgres/shared-stores.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import type { SharedChange, SharedStore } from '../../../../core/shared/shared-store.ts';
import { openssl } from '../../../support/openssl.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { findPostgres, PostgresServer } from '../../../support/postgres.ts';
import { usePostgres } from '../../../support/postgres-tests.ts';

/* The PostgreSQL adapter against a real server that refuses, restarts or loses answers. */

const postgres = usePostgres();

const opened: SharedStore[] = [];
const open = (address: string): SharedStore => {
  const store = postgresStores().open(address);
  opened.push(store);
  return store;
};
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

const database = (address: string): string => /\/(\w+)(?:\?|$)/u.exec(address)?.[1] ?? '';

function change(id: string, basedOn = 0): SharedChange {
  const objects = [{ clusterId: id, kind: 'cluster', basedOn, value: '{}' }] as const;
  const lines = [{ by: 'anna', action: 'store.changed', subject: id, params: {} }];
  return { request: `request-of-${id}-${Math.random()}`, objects, lines };
}

postgres.test(
  'an operator changes the store only through its functions, and nobody changes a line of the trail',
  async () => {
    const address = postgres.server.createDatabase();
    await open(address).commit(change('a'));
    for (const text of [
      `update arcwarden.audit_line set text = ''`,
      'delete from arcwarden.audit_line',
      `insert into arcwarden.object values ('b', 'cluster', 9, '{}')`,
      'update arcwarden.head set revision = 0',
      'truncate arcwarden.change',
    ])
      expect(postgres.server.sql(database(address), text, 'alice').error).toContain('permission denied');
    expect(postgres.server.sql(database(address), 'select count(*) from arcwarden.audit_line', 'alice').out).toBe('1');
  },
);

postgres.test('a reader sees everything and is refused every change', async () => {
  const address = postgres.server.createDatabase();
  await open(address).commit(change('a'));
  postgres.server.sql(database(address), 'create role rita login in role arcwarden_reader');
  const store = open(postgres.server.address(database(address), 'rita'));
  expect(await store.head()).toMatchObject({ revision: 1, lines: 1 });
  await expect(store.commit(change('b'))).rejects.toMatchObject({
    code: 'shared.refused',
    params: { fault: 'rights' },
  });
});

postgres.test('a database without the schema, or with a newer one, is refused', async () => {
  postgres.server.sql('postgres', 'create database empty');
  await expect(open(postgres.server.address('empty', 'postgres')).head()).rejects.toMatchObject({
    code: 'shared.refused',
    params: { fault: 'absent' },
  });
  const address = postgres.server.createDatabase();
  postgres.server.sql(database(address), 'insert into arcwarden.schema_version values (2)');
  await expect(open(address).head()).rejects.toMatchObject({
    code: 'shared.refused',
    params: { fault: 'newer', version: 2, known: 1 },
  });
});

postgres.test('the first host that takes changes is used, and a failure says what each host was', async () => {
  const address = postgres.server.createDatabase();
  const [first = '', rest = ''] = address.split('127.0.0.1');
  expect(await open(`${first}127.0.0.1:1,127.0.0.1${rest}`).commit(change('a'))).toBe(1);
  postgres.server.sql('postgres', `alter database ${database(address)} set default_transaction_read_only = on`);
  await expect(open(`${first}127.0.0.1:1,127.0.0.1${rest}`).head()).rejects.toMatchObject({
    code: 'shared.away',
    params: {
      detail: expect.stringMatching(/127\.0\.0\.1:1: .*ECONNREFUSED.*; 127\.0\.0\.1:\d+: read-only/u) as unknown,
    },
  });
  expect(await open(`${address}?target_session_attrs=any`).head()).toMatchObject({ revision: 1 });
});

postgres.test(
  'a killed server is away, and the same store works again when it is back',
  async () => {
    const store = open(postgres.server.createDatabase());
    expect(await store.commit(change('a'))).toBe(1);
    const calls: boolean[] = [];
    const stop = store.watch((isReached) => calls.push(isReached));
    await expect.poll(() => calls, { timeout: 10_000 }).toEqual([true]);
    await postgres.server.kill();
    await expect(store.head()).rejects.toMatchObject({ code: 'shared.away' });
    expect(store.outage()).toContain('127.0.0.1');
    await expect.poll(() => calls.at(-1), { timeout: 10_000 }).toBe(false);
    await postgres.server.begin();
    expect(await store.commit(change('b'))).toBe(2);
    expect(store.outage()).toBeUndefined();
    // The watcher missed this change, and is called because it has a new connection.
    await expect.poll(() => calls.at(-1), { timeout: 20_000 }).toBe(true);
    await stop();
  },
  60_000,
);

/** Passes connections on, and cuts one when `isCut` says so about what the client or the server has sent. */
async function startProxy(isCut: (bytes: Buffer, from: 'client' | 'server') => boolean): Promise<Server> {
  const proxy = createServer((client) => {
    const upstream = connectSocket(postgres.server.port, '127.0.0.1');
    const cut = (): void => void [client.destroy(), upstream.destroy()];
    client.on('error', cut).on('close', cut);
    upstream.on('error', cut).on('close', cut);
    client.on('data', (bytes) => (isCut(bytes, 'client') ? cut() : upstream.write(bytes)));
    upstream.on('data', (bytes) => (isCut(bytes, 'server') ? cut() : client.write(bytes)));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return proxy;
}

for (const [where, from, isDone] of [
  ['on the way to the server', 'client', false],
  ['on the way back', 'server', true],
] as const)
  postgres.test(`a change is done once, or known as not done, if the connection breaks ${where}`, async () => {
    let cuts = 0;
    let isArmed = false;
    const proxy = await startProxy((bytes, sender) => {
      if (bytes.includes('commit_change') && sender === 'client') isArmed = true;
      if (!isArmed || sender !== from || cuts > 0) return false;
      cuts += 1;
      return true;
    });
    try {
      const address = postgres.server.createDatabase();
      const store = open(address.replace(String(postgres.server.port), String((proxy.address() as AddressInfo).port)));
      const asked = change('a');
      const outcome = await store.commit(asked).catch((error: { code: string }) => error.code);
      expect(cuts).toBe(1);
      expect(outcome).toBe(isDone ? 1 : 'shared.away');
      expect(await store.head()).toMatchObject({ revision: isDone ? 1 : 0, lines: isDone ? 1 : 0 });
      expect(await store.outcome(asked.request)).toBe(isDone ? 1 : undefined);
    } finally {
      proxy.close();
    }
  });

postgres.test('an operator cannot write a line that is no JSON, or two lines as one', async () => {
  const address = postgres.server.createDatabase();
  await open(address).head();
  for (const [at, line] of [`"by":"a"`, `"by":"a"}, {"by":"b"`, `"by":"a",\n"params":{}`].entries())
    expect(
      postgres.server.sql(
        database(address),
        `select arcwarden.commit_change('request ${at}', 'a', '{}', '{}', '{}', '{}', array[$l$${line}$l$])`,
        'alice',
      ).code,
      line,
    ).toBe(line === '"by":"a"' ? 0 : 1);
});

postgres.test('writers at the same time get revisions without gaps, and the trail does not fork', async () => {
  const address = postgres.server.createDatabase();
  const stores = Array.from({ length: 8 }, () => open(address));
  const revisions = await Promise.all(
    stores.flatMap((store, writer) =>
      Array.from({ length: 25 }, (__, at) => store.commit(change(`cluster-${writer}-${at}`))),
    ),
  );
  expect(revisions.sort((one, other) => one - other)).toEqual(Array.from({ length: 200 }, (__, at) => at + 1));
  // PostgreSQL computes the chain once more.
  const broken = postgres.server.sql(
    database(address),
    `select count(*) from (select text, hash, lag(hash, 1, repeat('0', 64)) over (order by line) as previous
       from arcwarden.audit_line) as l
     where encode(sha256(convert_to(text, 'UTF8')), 'hex') <> hash or text::json ->> 'previous' <> previous`,
  );
  expect(broken).toMatchObject({ code: 0, out: '0' });
});

describe('over TLS', () => {
  /** Certificates that openssl makes. */
  function makeCertificates(folder: string): (name: string) => string {
    const path = (name: string): string => join(folder, name);
    const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    for (const ca of ['ca', 'other-ca'])
      openssl('req', '-x509', ...ec, '-subj', `/CN=${ca}`, '-keyout', path(`${ca}.key`), '-out', path(`${ca}.pem`));
    for (const [name, subject, more] of [
      ['server', '/CN=db', 'subjectAltName=IP:127.0.0.1'],
      ['elsewhere', '/CN=db', 'subjectAltName=DNS:db.contoso.example'],
      ['alice', '/CN=alice', 'extendedKeyUsage=clientAuth'],
    ] as const) {
      openssl(
        'req',
        '-new',
        ...ec.slice(0, -2),
        '-subj',
        subject,
        '-keyout',
        path(`${name}.key`),
        '-out',
        path(`${name}.csr`),
      );
      writeFileSync(path(`${name}.ext`), more);
      const signed = ['-CA', path('ca.pem'), '-CAkey', path('ca.key'), '-CAcreateserial', '-days', '2'];
      openssl(
        'x509',
        '-req',
        '-in',
        path(`${name}.csr`),
        ...signed,
        '-extfile',
        path(`${name}.ext`),
        '-out',
        path(`${name}.pem`),
      );
    }
    return path;
  }

  postgres.test('the server is verified, and a client certificate is the login', async () => {
    const path = makeCertificates(temporaryFolder());
    const own = await PostgresServer.start(findPostgres() ?? '');
    try {
      const address = own.createDatabase();
      own.requireTls({ ca: path('ca.pem'), certificate: path('server.pem'), key: path('server.key') });
      const login = `sslcert=${path('alice.pem')}&sslkey=${path('alice.key')}`;
      const ask = (query: string): Promise<unknown> => open(`${address}?${query}`).head();
      await expect(ask(`sslmode=verify-full&sslrootcert=${path('ca.pem')}&${login}`)).resolves.toMatchObject({
        revision: 0,
      });
      await expect(ask(`sslmode=require&${login}`)).resolves.toMatchObject({ revision: 0 });
      for (const [query, detail] of [
        [`sslmode=verify-full&sslrootcert=${path('other-ca.pem')}&${login}`, /self.signed certificate/u],
        [`sslmode=verify-full&sslrootcert=${path('ca.pem')}`, /certificate/u],
        [`sslmode=verify-full&sslrootcert=${path('nowhere.pem')}&${login}`, /ENOENT/u],
        ['sslmode=disable', /pg_hba/u],
      ] as const)
        await expect(ask(query), query).rejects.toMatchObject({
          code: 'shared.away',
          params: { detail: expect.stringMatching(detail) as unknown },
        });

      own.requireTls({ ca: path('ca.pem'), certificate: path('elsewhere.pem'), key: path('elsewhere.key') });
      const wrongName = `sslrootcert=${path('ca.pem')}&${login}`;
      await expect.poll(() => ask(`sslmode=verify-full&${wrongName}`).catch(String)).toMatch(/shared\.away/u);
      await expect(ask(`sslmode=verify-ca&${wrongName}`)).resolves.toMatchObject({ revision: 0 });
    } finally {
      await own.stop();
    }
  });
});

postgres.test('consoles that take ended quiet claims at the same time neither fail nor leave rows behind', async () => {
  const address = postgres.server.createDatabase();
  const names = Array.from({ length: 40 }, (_, index) => `quiet/${index}`);
  const stores = names.slice(0, 8).map(() => open(address));
  const rows = names.map((name) => `('${name}', 'gone', 1, now() - interval '1 minute')`).join(', ');
  for (let round = 0; round < 5; round += 1) {
    postgres.server.sql(database(address), `insert into arcwarden.claim values ${rows} on conflict do nothing`);
    await Promise.all(
      stores.map(async (store, at) => {
        for (const name of at % 2 === 0 ? names : [...names].reverse()) {
          const claim = await store.claim(name, `console-${at}`, 60).catch((error: unknown) => {
            if (!(error instanceof ConsoleError) || error.code !== 'shared.claimed') throw error;
          });
          if (claim !== undefined) await store.release(claim);
        }
      }),
    );
  }
  await open(address).claim('quiet/last', 'anna', 60);
  expect(postgres.server.sql(database(address), 'select name from arcwarden.claim').out).toBe('quiet/last');
});
