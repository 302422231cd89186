import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../../core/settings/model/settings.ts';
import type { Settings } from '../../../../core/shared/settings.ts';
import { SETTINGS_FORMAT } from '../../../../core/settings/store/settings-format.ts';
import { instant } from '../../../../core/shared/instant.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';

const { planning, watch } = DEFAULT_SETTINGS;
const WINDOW = { x: -320, y: 200, width: 1280, height: 800, maximized: false };

function read(settings: unknown): ReturnType<typeof SETTINGS_FORMAT.decode> {
  return SETTINGS_FORMAT.decode(JSON.parse(JSON.stringify({ schema: 1, settings })) as Record<string, unknown>);
}

const EMPTY = { query: '', states: [], layers: [] };

test('settings are read back as written', () => {
  const settings: Settings = {
    language: 'ja',
    theme: 'dark',
    density: 'comfortable',
    timeZone: 'utc',
    recent: ['action repair.open', 'cluster kyoto'],
    expiryView: 'timeline',
    columns: ['name', 'state'],
    columnWidths: { name: 240 },
    detailsShare: 24,
    timelineDays: 90,
    authorityShare: 76,
    sort: { column: 'name', descending: true },
    grouping: 'issuer',
    filter: { query: 'etcd', states: ['expired'], layers: ['kubernetes'] },
    savedViews: [
      {
        ...{ name: 'Expired of Kyoto', columns: ['name', 'left'], grouping: 'cluster' },
        ...{ sort: { column: 'left', descending: false }, filter: { query: 'kyoto', states: ['expired'], layers: [] } },
      },
    ],
    thresholds: { kubelet: { renewalDue: { share: 0.5 } } },
    planning: { ...planning, blackouts: [{ from: '2026-12-20', to: '2027-01-06' }] },
    clusterFacts: {
      east: {
        offSince: instant('2026-11-24T09:00:00Z'),
        lastUpdatedAt: instant('2026-10-01T09:00:00Z'),
        windowsServer: 'windows-server-2022',
        cloudAgent: 'moc-east' as ClusterId,
      },
    },
    watch: { ...watch, quiet: { from: '22:00', to: '06:30' }, heartbeatHours: 24 },
    serialSpelling: 'SerialNumber',
    window: WINDOW,
  };
  expect(read(settings)).toEqual({ settings, reset: [] });
});

describe('an unusable setting is replaced by its default and reported by name', () => {
  test.each<[keyof Settings, unknown]>([
    ['language', 'tlh'],
    ['theme', 'sepia'],
    ['density', 1],
    ['timeZone', null],
    ['recent', Array.from({ length: 7 }, (_, at) => `cluster ${at}`)],
    ['expiryView', 'names'],
    ['columns', []],
    ['columns', ['nonsense']],
    ['columnWidths', { name: 63 }],
    ['columnWidths', { nonsense: 100 }],
    ['detailsShare', 23],
    ['timelineDays', 15],
    ['detailsShare', 36.5],
    ['authorityShare', 77],
    ['sort', { column: 'none', descending: true }],
    ['grouping', 'name'],
    ['filter', { query: 'etcd', states: ['none'], layers: [] }],
    ['thresholds', { none: {} }],
    ['thresholds', { kubelet: { renewalDue: { share: 1.5 } } }],
    ['planning', { ...planning, horizonDays: 0 }],
    ['planning', { ...planning, timeZone: 'x'.repeat(101) }],
    ['planning', { ...planning, more: 1 }],
    ['clusterFacts', { 'not/an/id': {} }],
    ['clusterFacts', { east: { offSince: '2026-13-24T09:00:00Z' } }],
    ['watch', { ...watch, quiet: { from: '24:00', to: '06:30' } }],
    ['watch', { ...watch, heartbeatHours: 721 }],
    ['serialSpelling', 'serial'],
    ['window', { ...WINDOW, width: 99 }],
    ['window', { ...WINDOW, x: 0.5 }],
  ])('%s: %j', (name, value) => {
    expect(read({ ...DEFAULT_SETTINGS, serialSpelling: 'SerialNumber', [name]: value })).toEqual({
      settings: { ...DEFAULT_SETTINGS, ...(name !== 'serialSpelling' && { serialSpelling: 'SerialNumber' }) },
      reset: [name],
    });
  });
});

test('an unreadable view is left out, and the others stay', () => {
  const good = { name: 'Kyoto', columns: ['name'], grouping: 'none', sort: DEFAULT_SETTINGS.sort, filter: EMPTY };
  const views = [{ ...good, columns: ['x'] }, 'x', good, { ...good, name: 'x'.repeat(61) }];
  expect(read({ ...DEFAULT_SETTINGS, savedViews: views })).toMatchObject({ settings: { savedViews: [good] } });
});

test.each<[string, unknown]>([
  ['a list', []],
  ['nothing', undefined],
])('a file whose settings are %s is reported as damaged', (_, settings) => {
  expect(read(settings)).toBeUndefined();
});
