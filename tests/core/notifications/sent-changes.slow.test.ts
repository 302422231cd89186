import { afterEach, beforeEach, expect } from 'vitest';
import { postgresStores } from '../../../core/node/postgres/shared-stores.ts';
import type { Channel } from '../../../core/notifications/model/channel.ts';
import { SentChanges } from '../../../core/notifications/sent-changes.ts';
import { instantFromMs } from '../../../core/shared/instant.ts';
import type { SharedStore } from '../../../core/shared/shared-store.ts';
import { usePostgres } from '../../support/postgres-tests.ts';
import { HOOK, MAIL, NotifierWorld } from './notifier-world.ts';

/* Consoles with one inventory in a real PostgreSQL, which have the same receivers. */

const postgres = usePostgres();
let opened: SharedStore[] = [];
beforeEach(() => {
  opened = [];
});
afterEach(async () => {
  for (const store of opened) await store.close();
});

async function open(owner: string, ...channels: Channel[]): Promise<NotifierWorld> {
  const world = await NotifierWorld.start(channels);
  // The claims end by the clock of the server.
  world.ports.clock.moment = instantFromMs(Date.now());
  const shared = postgresStores().open(postgres.address);
  opened.push(shared);
  const claim = (name: string, seconds: number) => shared.claim(name, owner, seconds);
  world.sentChanges = new SentChanges({ claim, release: (held) => shared.release(held) }, world.ports);
  return world.restart();
}

postgres.testOnDatabase('a change is sent to a receiver once, whichever console finds it first', async () => {
  const consoles = await Promise.all(['anna', 'ben', 'cho'].map((owner) => open(owner, HOOK)));
  const states = { a: 'urgent', b: 'expired' } as const;
  await Promise.all(consoles.map((each) => each.check({ ...states })));
  for (const each of consoles) await each.pass(2).check();
  expect(consoles.flatMap((each) => each.listReports()).sort()).toEqual(['a urgent', 'b expired']);
  for (const each of consoles) await each.pass(10).check({ ...states, a: 'expired' });
  expect(consoles.flatMap((each) => each.listReports()).sort()).toEqual(['a expired', 'a urgent', 'b expired']);
});

postgres.testOnDatabase('a console that cannot reach the receiver leaves the changes to another one', async () => {
  const [anna, ben] = [await open('anna', HOOK), await open('ben', HOOK)];
  anna.fail();
  await anna.check({ a: 'urgent' });
  await ben.check({ a: 'urgent' });
  expect(ben.listReports()).toEqual(['a urgent']);
  anna.work();
  await anna.pass(5).check();
  expect(anna.listReports()).toEqual([]);
});

postgres.testOnDatabase('the changes of a console that was killed while it sent are sent by another one', async () => {
  const [anna, ben] = [await open('anna', HOOK), await open('ben', HOOK)];
  // The post arrives nowhere, and its console never learns anything.
  anna.outside.web.post = () => new Promise(() => undefined);
  void anna.check({ a: 'urgent' });
  await expect
    .poll(() => postgres.server.sql(postgres.database, 'select count(*) from arcwarden.claim').out.trim())
    .toBe('1');
  await ben.check({ a: 'urgent' });
  expect(ben.listReports()).toEqual([]);
  postgres.server.sql(postgres.database, `update arcwarden.claim set until = now() - interval '1 second'`);
  await ben.pass(2).check();
  expect(ben.listReports()).toEqual(['a urgent']);
});

postgres.testOnDatabase(
  'each receiver gets its message, and messages about a console come from that console',
  async () => {
    const [anna, ben] = [await open('anna', HOOK), await open('ben', MAIL)];
    for (const each of [anna, ben]) await each.check({ a: 'urgent' });
    expect(anna.listReports()).toEqual(['a urgent']);
    expect(ben.outside.mails).toHaveLength(1);
    const cho = await open('cho', MAIL);
    cho.preferences = { heartbeatMs: 60_000 };
    await cho.pass(60).check({ a: 'urgent' });
    expect(cho.outside.mails.map(({ message }) => message.subject)).toEqual([expect.stringContaining('Arcwarden')]);
  },
);

postgres.testOnDatabase('without the server every console sends', async () => {
  const [anna, ben] = [await open('anna', HOOK), await open('ben', HOOK)];
  await postgres.server.kill();
  try {
    for (const each of [anna, ben]) await each.check({ a: 'urgent' });
  } finally {
    await postgres.server.begin();
  }
  expect([anna, ben].map((each) => each.listReports())).toEqual([['a urgent'], ['a urgent']]);
});

postgres.testOnDatabase('the shared store contains neither the receiver nor the credential in clear', async () => {
  const anna = await open('anna', HOOK);
  await anna.check({ secretname: 'urgent' });
  const { out } = postgres.server.sql(postgres.database, 'select name, owner from arcwarden.claim');
  expect(out.trim()).toMatch(/^quiet\/[0-9a-f]{64}\|anna$/u);
});
