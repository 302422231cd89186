import { expect } from 'vitest';
import { usePostgres } from '../../support/postgres-tests.ts';
import { judgeHistory } from '../../support/shared-history.ts';
import { readDatabase, runStorm } from '../../support/shared-storm.ts';

/* Consoles that write while everything around them fails; `npm run bench team` does this for ten minutes. */

const postgres = usePostgres();

postgres.test(
  'no acknowledged change is lost, and the checker sees what is planted',
  async () => {
    const { attempts, database, faults } = await runStorm(postgres.server, { writers: 5, seconds: 12 });
    const { faults: found, ...counts } = judgeHistory(attempts, database);
    expect(found).toEqual([]);
    expect(counts.acknowledged).toBeGreaterThan(100);
    expect(Math.min(...Object.values(faults))).toBeGreaterThan(0);

    // The same history with a fault in it.
    const name = `fleet1`;
    const judge = (): string =>
      judgeHistory(
        attempts,
        readDatabase((text) => postgres.server.sql(name, text)),
      ).faults.join('\n');
    const plant = (text: string): void => expect(postgres.server.sql(name, text).error).toBe('');
    expect(judge()).toBe('');
    const last = database.changes.length;
    plant(`update arcwarden.object set value = '{"count":1}' where cluster_id = 'cluster-1'`);
    expect(judge()).toMatch(/cluster-1 is 1 instead of \d+/u);
    const count = database.counts.get('cluster-1') ?? 0;
    plant(`update arcwarden.object set value = '{"count":${count}}' where cluster_id = 'cluster-1'`);
    expect(judge()).toBe('');

    const [line] = database.lines.filter((each) => each.line === 5);
    plant(
      `insert into arcwarden.audit_line select line + 1000000, revision, hash, text from arcwarden.audit_line where line = 5`,
    );
    expect(judge()).toMatch(/the trail forks/u);
    plant(`delete from arcwarden.audit_line where line > 1000000`);
    plant(`update arcwarden.audit_line set text = replace(text, 'writer', 'nobody') where line = 5`);
    expect(judge()).toMatch(/line 5 has another hash than its text/u);
    plant(`update arcwarden.audit_line set text = '${line?.text ?? ''}' where line = 5`);
    expect(judge()).toBe('');

    // A server that acknowledges before its standby has the change, and then loses it.
    const acknowledged = { request: 'never replicated', cluster: 'cluster-1', count: count + 1, begunMs: Date.now() };
    const early = [...attempts, { ...acknowledged, endedMs: Date.now() + 1, outcome: last + 1 }];
    expect(judgeHistory(early, database).faults.join()).toMatch(
      /never replicated was acknowledged as \d+ and is lost/u,
    );
    // Two consoles that read the same state, and both were acknowledged.
    const sorted = database.changes.toSorted((one, other) => other.revision - one.revision);
    const newest = attempts.find(({ request }) => request === sorted[0]?.request);
    const both = {
      ...database,
      changes: [...database.changes, { revision: last + 1, request: 'too late' }],
      head: { ...database.head, revision: last + 1 },
    };
    const lost = [...attempts, { ...acknowledged, ...newest, request: 'too late', outcome: last + 1 }];
    expect(judgeHistory(lost, both).faults.join()).toMatch(/an update is lost/u);
  },
  120_000,
);
