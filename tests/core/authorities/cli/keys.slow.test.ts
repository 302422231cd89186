import { describe, expect, test } from 'vitest';
import type { CertificateDocument, TreeRecord } from '../../../../core/authorities/cli/records.ts';
import { PASSPHRASE } from '../operations/scenario.ts';
import { worldWith } from '../../cli/test-world.ts';

const NEXT = 'twelve drummers drumming';
const change = ['authority', 'change-passphrase', 'retail-east'];
const issue = ['authority', 'issue', 'retail-east', 'admin'];

describe('arcwarden authority change-passphrase', () => {
  test('lets only the new passphrase unlock the keys', async () => {
    const world = (await worldWith('kubernetes')).put('next.txt', `${NEXT}\r\n`);
    const { out, code } = await world.run(...change, '--new-passphrase-file', 'next.txt');
    expect([code, out]).toEqual([0, '“retail-east” opens with the new passphrase from now on.\n']);
    expect((await world.run(...issue)).code).toBe(2);
    world.environment.set('ARCWARDEN_PASSPHRASE', NEXT);
    expect((await world.run(...issue)).code).toBe(0);
  });

  test('asks twice for the new passphrase on a terminal', async () => {
    const world = await worldWith('kubernetes');
    world.typed = { answers: [NEXT, 'something else'] };
    expect((await world.run(...change)).code).toBe(2);
    world.typed = { answers: [NEXT, NEXT] };
    await world.json(0, ...change);
    world.environment.set('ARCWARDEN_PASSPHRASE', NEXT);
    expect((await world.run(...issue)).code).toBe(0);
  });

  test.each([
    ['without the new one', [], '--new-passphrase-file'],
    ['with a short one', ['--new-passphrase-file', 'short.txt'], '12'],
    ['with both from standard input', ['--passphrase-file', '-', '--new-passphrase-file', '-'], 'standard input'],
  ])('changes nothing %s', async (_title, words, said) => {
    const world = (await worldWith('kubernetes')).put('short.txt', 'short');
    world.input = PASSPHRASE;
    const { code, notices } = await world.run(...change, ...words);
    expect(code).toBe(2);
    expect(notices).toContain(said);
    expect((await world.run(...issue)).code).toBe(0);
  });

  test('changes nothing if the current passphrase is wrong', async () => {
    const world = (await worldWith('kubernetes')).put('next.txt', NEXT);
    world.environment.set('ARCWARDEN_PASSPHRASE', 'eleven pipers piping');
    expect((await world.run(...change, '--new-passphrase-file', 'next.txt')).code).toBe(2);
    world.environment.set('ARCWARDEN_PASSPHRASE', PASSPHRASE);
    expect((await world.run(...issue)).code).toBe(0);
  });
});

describe('arcwarden authority show', () => {
  test('shows one certificate in full, without a passphrase', async () => {
    const world = await worldWith('kubernetes');
    world.environment.clear();
    const { entries } = await world.json<TreeRecord>(0, 'authority', 'tree', 'retail-east');
    const [ca] = entries.filter(({ profile }) => profile === 'etcd-ca');
    const shown = await world.json<{ entry: CertificateDocument; serial: { hex: string }; fingerprintSha1: string }>(
      0,
      ...['authority', 'show', 'retail-east', 'etcd-ca'],
    );
    expect(shown.entry).toMatchObject({ ...ca });
    expect(shown.serial.hex).toBe(ca?.serialHex);
    expect(shown.fingerprintSha1).toMatch(/^[0-9a-f]{40}$/u);
    const { out } = await world.run('authority', 'show', 'retail-east', 'etcd-ca');
    expect(out).toContain('-----BEGIN CERTIFICATE-----');
    expect((await world.run('authority', 'show', 'retail-east', 'nobody')).code).toBe(2);
  });
});
