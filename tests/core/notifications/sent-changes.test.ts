import { expect, test } from 'vitest';
import type { Channel } from '../../../core/notifications/model/channel.ts';
import type { SharedClaim } from '../../../core/shared/shared-store.ts';
import { SentChanges } from '../../../core/notifications/sent-changes.ts';
import type { ChannelId } from '../../../core/shared/ids.ts';
import { epochMs, instantFromMs } from '../../../core/shared/instant.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import { TEST_NOW } from '../../support/ports.ts';
import { MAIL, NotifierWorld } from './notifier-world.ts';

/* Consoles with one inventory. The server of their shared store has the right time. */

const TEAMS: Channel = {
  ...{ id: '00000000000000a3' as ChannelId, kind: 'teams', name: 'chat', enabled: true, createdAt: TEST_NOW },
  ...{ host: 'hooks.example', secret: { kind: 'environment', name: 'ARCWARDEN_CHANNEL_TEAMS' } },
};

class Consoles {
  readonly #claims = new Map<string, SharedClaim>();
  serverMs = epochMs(TEST_NOW);

  async open(owner: string, channel: Channel, address = ''): Promise<NotifierWorld> {
    const world = await NotifierWorld.start([channel]);
    world.outside.variables['ARCWARDEN_CHANNEL_TEAMS'] = address;
    const claim = async (name: string, seconds: number): Promise<SharedClaim> => {
      const known = this.#claims.get(name);
      if (known !== undefined && known.owner !== owner && epochMs(known.until) > this.serverMs)
        throw new ConsoleError('shared.claimed', { name, by: known.owner, until: known.until });
      const taken = { name, owner, number: 1, until: instantFromMs(this.serverMs + seconds * 1_000) };
      this.#claims.set(name, taken);
      return taken;
    };
    const release = async ({ name }: SharedClaim) => void this.#claims.delete(name);
    world.sentChanges = new SentChanges({ claim, release }, world.ports);
    return world.restart();
  }
}

test('two channels of a chat service are two receivers, although they have one server', async () => {
  const consoles = new Consoles();
  const anna = await consoles.open('anna', TEAMS, 'https://hooks.example/a');
  const ben = await consoles.open('ben', TEAMS, 'https://hooks.example/b');
  const cho = await consoles.open('cho', TEAMS, 'https://hooks.example/a ');
  for (const each of [anna, ben, cho]) await each.check({ a: 'urgent' });
  expect([anna, ben, cho].map((each) => each.outside.posts.length)).toEqual([1, 1, 0]);
});

test('a chat channel whose address is missing fails by itself and reserves nothing', async () => {
  const consoles = new Consoles();
  const anna = await consoles.open('anna', TEAMS);
  anna.outside.variables = {};
  await anna.check({ a: 'urgent' });
  expect(anna.store.watch().statuses[TEAMS.id]?.lastFailure?.code).toBe('channel.secret-missing');
});

test('the order of its recipients does not make a mail another receiver', async () => {
  const consoles = new Consoles();
  const to = ['a@contoso.example', 'b@contoso.example'];
  const anna = await consoles.open('anna', { ...MAIL, to });
  const ben = await consoles.open('ben', { ...MAIL, to: to.toReversed() });
  for (const each of [anna, ben]) await each.check({ a: 'urgent' });
  expect([anna, ben].map((each) => each.outside.mails.length)).toEqual([1, 0]);
});

test('a console whose clock is almost a day slow waits for a message that another one may fail to send', async () => {
  const consoles = new Consoles();
  const anna = await consoles.open('anna', MAIL);
  await new Promise<void>((resolve) => {
    anna.outside.mail.send = () => {
      resolve();
      return new Promise(() => undefined);
    };
    void anna.check({ a: 'urgent' });
  });
  const ben = (await consoles.open('ben', MAIL)).pass(-23 * 60);
  await ben.check({ a: 'urgent' });
  expect([ben.outside.mails.length, ben.store.watch().waiting.length]).toEqual([0, 1]);
  consoles.serverMs += 6 * 60_000;
  await ben.pass(6).check();
  expect(ben.outside.mails).toHaveLength(1);
});
