import { beforeEach, describe, expect, test } from 'vitest';
import { presetThresholds } from '../../../core/expiry/model/thresholds.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import type { Settings } from '../../../core/shared/settings.ts';
import { openStore } from '../../../core/settings/store/store.ts';
import { DATA } from '../authorities/operations/scenario.ts';
import { emptyWorld, type TestWorld } from '../cli/test-world.ts';

let world: TestWorld;

beforeEach(async () => {
  world = emptyWorld();
  world.store = await openStore(world.ports, DATA);
});

test('a new data folder has the default settings, printed as a table or as JSON', async () => {
  const { code, out } = await world.run('settings', 'list');
  expect(code).toBe(0);
  expect(out).toMatch(/^language +system$/mu);
  expect(out).toMatch(/^watch\.readEveryMinutes +60$/mu);
  expect(await world.json<Settings>(0, 'settings', 'list')).toEqual(DEFAULT_SETTINGS);
});

describe('a setting', () => {
  test.each([
    ['language', 'ja', 'ja'],
    ['detailsShare', '40', 40],
    ['columns', 'state, name', ['state', 'name']],
    ['watch.heartbeatHours', '24', 24],
    ['watch.quiet', '{"from":"22:00","to":"07:00"}', { from: '22:00', to: '07:00' }],
    ['filter.query', '2026', '2026'],
    ['planning.weekdays', 'sat,sun', ['sat', 'sun']],
    ['thresholds.kubernetes-leaf.urgent.share', '0.05', 0.05],
    ['thresholds', 'early', presetThresholds('early')],
    ['clusterFacts.retail-east.offSince', '2026-11-20T08:00:00Z', '2026-11-20T08:00:00Z'],
  ])('%s accepts %s without changing other settings', async (name, value, expected) => {
    expect(await world.json(0, 'settings', 'set', name, value)).toEqual(expected);
    expect(await world.json(0, 'settings', 'list', name)).toEqual(expected);
    const [setting = ''] = name.split('.');
    const reread = await openStore(world.ports, DATA);
    expect({ ...reread.settings(), [setting]: undefined }).toEqual({ ...DEFAULT_SETTINGS, [setting]: undefined });
  });

  test('returns to its default on reset, or is removed if it has none', async () => {
    await world.run('settings', 'set', 'language', 'ja');
    await world.run('settings', 'set', 'watch.heartbeatHours', '24');
    expect(await world.json(0, 'settings', 'reset', 'language')).toBe('system');
    expect(await world.json(0, 'settings', 'reset', 'watch.heartbeatHours')).toBeNull();
    expect(await world.json(0, 'settings', 'list')).toEqual(DEFAULT_SETTINGS);
  });
});

describe('a refused command exits with 2 and changes no setting', () => {
  test.each([
    [['set', 'colour', 'red'], 'colour'],
    [['set', '__proto__.polluted', '1'], '__proto__'],
    [['set', 'language', 'xx'], '“xx”'],
    [['set', 'detailsShare', '5'], '“5”'],
    [['set', 'watch.unknown', '1'], 'watch.unknown'],
    [['set', 'thresholds.kubernetes-leaf.urgent.share', '0.9'], '“0.9”'],
    [['set', 'planning.weekdays', 'someday'], '“someday”'],
    [['set', 'language'], 'settings set NAME VALUE'],
    [['reset', 'sort.unknown.colour.x'], undefined],
  ])('arcwarden settings %j', async (words, named) => {
    const { code, out, notices } = await world.run('settings', ...words);
    if (named !== undefined) {
      expect([code, out]).toEqual([2, '']);
      expect(notices).toContain(named);
    }
    expect((await openStore(world.ports, DATA)).settings()).toEqual(DEFAULT_SETTINGS);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('a change is refused while the console is open', async () => {
    world.isLocked = true;
    expect((await world.run('settings', 'set', 'language', 'ja')).code).toBe(2);
    expect((await world.run('settings', 'list')).code).toBe(0);
  });
});
