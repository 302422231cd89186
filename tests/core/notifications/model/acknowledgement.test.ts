import { describe, expect, test } from 'vitest';
import type { Acknowledgement } from '../../../../core/notifications/model/acknowledgement.ts';
import { DAY_MS, HOUR_MS } from '../../../../core/shared/instant.ts';
import type { Result } from '../../../../core/shared/problem.ts';
import { openConsole, type TestConsole } from '../../../support/console.ts';
import { certificateFiles, type CertificateWish } from '../../../support/fleet.ts';
import { TEST_NOW } from '../../../support/ports.ts';
import { listDone } from '../../../support/trail.ts';

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2lnbmF0dXJl';

async function openWith(...wishes: CertificateWish[]): Promise<TestConsole> {
  const console = await openConsole();
  await console.import(await certificateFiles(...wishes));
  return console;
}

const apiServer = (leftMs: number): CertificateWish => ({ cluster: 'dead', leftMs });

function pass(console: TestConsole, said: { from?: string; by?: string; note?: string }) {
  return console.api.notifications.passOutage({ clusterId: console.clusterId('dead'), ...said });
}

const listHolders = (result: Result<{ acknowledgements: Acknowledgement[] }>): unknown =>
  result.ok ? result.value.acknowledgements.map(({ by, note }) => [by, note]) : result.problem;

describe('an outage', () => {
  test('is acknowledged, handed over and withdrawn; each act is recorded with the name of the cluster', async () => {
    const console = await openWith(apiServer(-HOUR_MS));
    const first = await pass(console, { by: ' Sato ', note: 'waiting for the storage team' });
    expect(first).toMatchObject({
      value: { acknowledgements: [{ by: 'Sato', note: 'waiting for the storage team', at: TEST_NOW }] },
    });
    expect(listHolders(await pass(console, { from: 'Sato', by: 'Suzuki' }))).toEqual([['Suzuki', '']]);
    expect(listHolders(await pass(console, { from: 'Suzuki' }))).toEqual([]);
    const acts = listDone(await console.data.audit.list()).filter(({ action }) => action.startsWith('outage.'));
    expect(acts.map(({ action, params: { name, by, was, reason } }) => [action, name, by, was, reason])).toEqual([
      ['outage.acknowledged', 'dead', 'Sato', undefined, 'waiting for the storage team'],
      ['outage.handed-over', 'dead', 'Suzuki', 'Sato', undefined],
      ['outage.withdrawn', 'dead', undefined, 'Suzuki', undefined],
    ]);
  });

  test('belongs to the user if no name is given', async () => {
    const console = await openWith(apiServer(-HOUR_MS));
    const result = await pass(console, { by: '' });
    expect(listHolders(result)).toEqual([[result.ok ? result.value.user : '', '']]);
  });

  test('is not taken from another admin unnoticed', async () => {
    const console = await openWith(apiServer(-HOUR_MS));
    await pass(console, { by: 'Sato' });
    const taken = { code: 'outage.changed', params: { cluster: 'dead', by: 'Sato', state: 'held' } };
    expect(listHolders(await pass(console, { by: 'Suzuki' }))).toEqual(taken);
    expect(listHolders(await pass(console, { from: 'Tanaka', by: 'Suzuki' }))).toEqual(taken);
    expect(listHolders(await pass(console, { from: 'Tanaka' }))).toEqual(taken);
    expect(listHolders(await pass(console, { by: 'Sato', note: 'again' }))).toEqual([['Sato', 'again']]);
    await pass(console, { from: 'Sato' });
    expect(await pass(console, { from: 'Sato', by: 'Suzuki' })).toMatchObject({
      problem: { params: { state: 'free' } },
    });
    expect(listHolders(await pass(console, { from: 'Sato' }))).toEqual([]);
  });

  test.each([
    ['the name is too long', { by: 'x'.repeat(101) }, 'long'],
    ['the note is too long', { by: 'Sato', note: 'x'.repeat(501) }, 'long'],
    ['the note has a line break', { by: 'Sato', note: 'one\ntwo' }, 'control'],
    ['the name reverses the text after it', { by: 'Sa\u202eto' }, 'control'],
    ['the note has a token', { by: 'Sato', note: `try ${TOKEN}` }, 'secret'],
    ['the note has a private key', { by: 'Sato', note: '-----BEGIN PRIVATE KEY-----\nMIIE' }, 'secret'],
  ])('is not acknowledged if %s', async (_, said, fault) => {
    const console = await openWith(apiServer(-HOUR_MS));
    expect(await pass(console, said)).toMatchObject({ problem: { code: 'outage.invalid', params: { fault } } });
    expect(console.data.notifications.acknowledgements()).toEqual([]);
    for (const content of Object.values(await console.copyData()))
      expect(new TextDecoder().decode(content)).not.toContain(TOKEN);
  });

  test('is not acknowledged if the cluster needs nothing', async () => {
    const console = await openWith(apiServer(3 * DAY_MS));
    expect(await pass(console, { by: 'Sato' })).toMatchObject({
      problem: { code: 'outage.changed', params: { cluster: 'dead', state: 'fine' } },
    });
  });

  test('that was acknowledged before it was repaired is nobody’s when it comes again', async () => {
    const console = await openWith(apiServer(-HOUR_MS));
    await pass(console, { by: 'Sato' });
    await console.import(await certificateFiles(apiServer(3 * DAY_MS)));
    console.clockMs += 90 * DAY_MS;
    await console.import(await certificateFiles(apiServer(90 * DAY_MS - HOUR_MS)));
    expect(listHolders(await pass(console, { by: 'Suzuki' }))).toEqual([['Suzuki', '']]);
  });

  test('that is worse than the acknowledged one is nobody’s', async () => {
    const console = await openWith(apiServer(3 * DAY_MS), {
      cluster: 'dead',
      role: 'kubelet-client',
      leftMs: -HOUR_MS,
    });
    await pass(console, { by: 'Sato' });
    await console.import(await certificateFiles({ cluster: 'dead', role: 'etcd-peer', leftMs: -HOUR_MS }));
    expect(listHolders(await pass(console, { by: 'Suzuki' }))).toEqual([['Suzuki', '']]);
  });

  test('stays acknowledged when a cluster that was to fall has fallen', async () => {
    const console = await openWith(apiServer(HOUR_MS));
    await pass(console, { by: 'Sato' });
    console.clockMs += 2 * HOUR_MS;
    expect(await pass(console, { by: 'Suzuki' })).toMatchObject({ problem: { params: { by: 'Sato' } } });
  });
});
