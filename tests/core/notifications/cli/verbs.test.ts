import { beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../../../core/settings/store/store.ts';
import { AuditTrail } from '../../../../core/audit/store/audit.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import { DATA } from '../../authorities/operations/scenario.ts';
import { listDone } from '../../../support/trail.ts';
import { emptyWorld, type TestWorld } from '../../cli/test-world.ts';
import { kubeconfig, Pki } from '../../inventory/pki.ts';
import { importPaths } from '../../../../core/inventory/import.ts';

let world: TestWorld;

interface Told {
  channel: { id: string; name: string; enabled: boolean; secret?: object; [field: string]: unknown };
}

beforeEach(async () => {
  world = emptyWorld();
  world.store = await openStore(world.ports, DATA);
});

const trail = async () => listDone(await (await AuditTrail.open(world.ports, DATA, { readOnly: true })).list());

describe('arcwarden channel', () => {
  test('adds, changes, lists and removes a channel, records each step in the trail, and never shows the secret', async () => {
    const added = await world.json<Told>(
      0,
      ...['channel', 'add', 'monitor', '--kind', 'webhook', '--url', 'https://monitor.example/a'],
      ...['--secret-env', 'ARCWARDEN_CHANNEL_HOOK'],
    );
    expect(added.channel).toMatchObject({
      kind: 'webhook',
      name: 'monitor',
      enabled: true,
      secret: { kind: 'environment', name: 'ARCWARDEN_CHANNEL_HOOK' },
    });
    const { id } = added.channel;
    const changed = await world.json<Told>(0, 'channel', 'change', 'monitor', '--name', 'pager', '--disable');
    expect(changed.channel).toMatchObject({ id, name: 'pager', enabled: false, url: 'https://monitor.example/a' });
    expect(changed.channel.secret).toEqual(added.channel.secret);
    expect(await world.json(0, 'channel', 'list')).toMatchObject({ channels: [{ id, name: 'pager', enabled: false }] });
    expect(await world.json(0, 'channel', 'remove', id)).toEqual({ removed: { id, name: 'pager' } });
    expect(await world.json(0, 'channel', 'list')).toEqual({ channels: [] });
    expect((await trail()).map(({ action, subject }) => [action, subject])).toEqual([
      ['channel.added', id],
      ['channel.changed', id],
      ['channel.removed', id],
    ]);
  });

  test('works without confirmation, and prints the server to which a channel sends', async () => {
    const words = ['channel', 'add', 'monitor', '--kind', 'webhook', '--url', 'https://Monitor.example/a'];
    const { out } = await world.run(...words, '--secret-env', 'ARCWARDEN_CHANNEL_HOOK');
    expect(out).toContain('The channel sends to https://monitor.example:443.');
    const other = ['channel', 'change', 'monitor', '--url', 'https://other.example:8443/'];
    expect((await world.run(...other, '--secret-env', 'ARCWARDEN_CHANNEL_HOOK')).out).toContain(
      'The channel sends to https://other.example:8443.',
    );
    expect((await world.run('channel', 'add', 'here', '--kind', 'event-log')).out).not.toContain('sends to');
  });

  test('accepts several recipients and a password from a file, and uses the usual port for encrypted mail', async () => {
    const { channel } = await world.json<Told>(
      0,
      ...['channel', 'add', 'ops', '--kind', 'mail', '--mail-server', 'mail.example', '--security', 'tls'],
      ...['--from', 'a@x.example', '--to', 'b@x.example,c@x.example', '--user', 'ops', '--secret-file', 'password'],
    );
    expect(channel).toMatchObject({
      port: 465,
      to: ['b@x.example', 'c@x.example'],
      secret: { kind: 'file', path: '/folder/password' },
    });
  });

  test.each([
    [['add', 'x'], '--kind'],
    [['add', 'x', '--kind', 'pigeon'], 'pigeon'],
    [['add', 'x', '--kind', 'toast', '--url', 'https://a.example'], '--url'],
    [
      ['add', 'x', '--kind', 'webhook', '--url', 'http://a.example', '--secret-env', 'ARCWARDEN_CHANNEL_A'],
      'http://a.example',
    ],
    [['add', 'x', '--kind', 'webhook', '--url', 'https://a.example', '--secret-env', 'PATH'], 'PATH'],
    [['add', 'x', '--kind', 'webhook', '--url', 'https://a.example'], 'secret'],
    [['add', 'x', '--kind', 'mail', '--port', '0'], '--port'],
    [['change', 'nobody'], 'nobody'],
    [['remove', 'nobody'], 'nobody'],
    [['test', 'nobody'], 'nobody'],
  ])('%j is refused with exit code 2', async (words, named) => {
    const { code, out, notices } = await world.run('channel', ...words);
    expect([code, out]).toEqual([2, '']);
    expect(notices).toContain(named);
    expect(await world.json(0, 'channel', 'list')).toEqual({ channels: [] });
  });
});

describe('arcwarden silence', () => {
  const UNTIL = '2099-01-01T00:00:00Z';
  let id: string;

  beforeEach(async () => {
    const pki = new Pki();
    const ca = pki.ca('/CN=kubernetes');
    world.files.put('/k/config', kubeconfig({ cluster: 'east', ca: ca.crt }));
    pki.remove();
    const store = world.store ?? (await openStore(world.ports, DATA));
    await importPaths(world.ports, store, ['/k/config']);
    id = store.clusters()[0]?.credentials[0]?.id ?? '';
  });

  test('snoozes a credential by the beginning of its id, lists the silence, and removes it', async () => {
    const added = await world.json<{ silence: object }>(
      0,
      ...['silence', 'snooze', id.slice(0, 8), '--until', UNTIL, '--reason', 'ticket 42'],
    );
    expect(added.silence).toMatchObject({ credentialId: id, kind: 'snoozed', reason: 'ticket 42', by: 'CORP\\admin' });
    expect(await world.json(0, 'silence', 'list')).toEqual({ silences: [added.silence] });
    expect((await world.run('silence', 'list')).out).toContain('ticket 42');
    const acknowledged = await world.json<{ silence: object }>(
      0,
      ...['silence', 'acknowledge', id, '--until', UNTIL, '--reason', 'known'],
    );
    expect(await world.json(0, 'silence', 'list')).toEqual({ silences: [acknowledged.silence] });
    expect(await world.json(0, 'silence', 'remove', id)).toEqual(acknowledged);
    expect(await world.json(0, 'silence', 'list')).toEqual({ silences: [] });
    expect((await trail()).map(({ action }) => action)).toEqual([
      'credential.snoozed',
      'credential.acknowledged',
      'credential.unmarked',
    ]);
  });

  test.each([
    [['snooze', 'nothing', '--until', UNTIL, '--reason', 'a'], 'nothing'],
    [['snooze', 'nothing', '--reason', 'a'], '--until'],
    [['snooze', 'nothing', '--until', UNTIL], '--reason'],
    [['remove', 'nothing'], 'nothing'],
  ])('%j is refused with exit code 2', async (words, named) => {
    const { code, notices } = await world.run('silence', ...words);
    expect(code).toBe(2);
    expect(notices).toContain(named);
  });

  test.each([
    ['silence', 'snooze', 'nothing', '--until', UNTIL, '--reason', 'a'],
    ['silence', 'remove', 'nothing'],
    ['expiry', 'check', '--cluster', 'north'],
    ['expiry', 'forecast', '--cluster', 'north'],
  ])('%s %s names the unreadable file that may contain the missing entry', async (...words) => {
    const problem = new ConsoleError('file.not-readable', { path: '/data/clusters/north.json' });
    Object.assign(world.store ?? {}, { unreadable: () => [problem] });
    const { code, notices } = await world.run(...words);
    expect(code).toBe(2);
    expect(notices).toContain('“/data/clusters/north.json” could not be read.');
  });

  test('refuses an end date in the past', async () => {
    const words = ['silence', 'snooze', id, '--until', '2020-01-01T00:00:00Z', '--reason', 'a'];
    const { code, notices } = await world.run(...words);
    expect(code).toBe(2);
    expect(notices).toContain('2020');
  });
});
