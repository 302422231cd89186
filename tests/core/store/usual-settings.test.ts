import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../core/settings/model/settings.ts';
import { SETTINGS_FORMAT } from '../../../core/store/settings-format.ts';
import { usualSettings } from '../../../core/store/usual-settings.ts';

const asInFile = (settings: unknown): Record<string, unknown> =>
  JSON.parse(JSON.stringify({ schema: 1, settings })) as Record<string, unknown>;

const PLACE = { x: -320, y: 200, width: 1280, height: 800, maximized: false };

test.each<[string, Partial<Settings>]>([
  ['nothing but defaults', {}],
  ['the place that the window had', { window: PLACE }],
  ['a window without a position', { window: { width: 1024, height: 640, maximized: true } }],
  [
    'what people change most',
    {
      language: 'ja',
      theme: 'dark',
      density: 'comfortable',
      timeZone: 'utc',
      expiryView: 'timeline',
      detailsShare: 24,
    },
  ],
  ['another order of the board', { sort: { column: 'name', descending: true } }],
])('%s is read without the schemas, with the same result', (_, changed) => {
  const content = asInFile({ ...DEFAULT_SETTINGS, ...changed });
  expect(usualSettings(content)).toEqual({ ...DEFAULT_SETTINGS, ...changed });
  expect(usualSettings(content)).toEqual(SETTINGS_FORMAT.decode(content)?.settings);
});

test.each<[string, unknown]>([
  ['settings that only the schemas know', { ...DEFAULT_SETTINGS, clusterFacts: { east: {} } }],
  ['a window that is too small', { ...DEFAULT_SETTINGS, window: { ...PLACE, width: 99 } }],
  ['a window with a field too many', { ...DEFAULT_SETTINGS, window: { ...PLACE, screen: 2 } }],
  ['a theme that does not exist', { ...DEFAULT_SETTINGS, theme: 'sepia' }],
  ['settings that are a list', []],
  ['no settings at all', undefined],
])('about %s the schemas decide', (_, settings) => {
  expect(usualSettings(asInFile(settings))).toBeUndefined();
});

test('a file of another version is not read by hand', () => {
  expect(usualSettings({ ...asInFile(DEFAULT_SETTINGS), schema: 2 })).toBeUndefined();
  expect(usualSettings(undefined)).toBeUndefined();
});

test('whatever a setting in the file is, it is read as the schemas read it, or not at all', () => {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      0,
      24,
      64,
      65,
      36.5,
      'system',
      'utc',
      'name',
      'timeline',
      'SerialNumber',
      PLACE,
      [],
      {},
    ),
    fc.record({ column: fc.constantFrom('name', 'state', 'none'), descending: fc.constantFrom(true, 1) }),
    fc.record({
      ...Object.fromEntries(
        Object.entries(PLACE).map(([name, value]) => [name, fc.constantFrom<unknown>(value, -1, null, 1e300, 0.5)]),
      ),
    }),
    fc.jsonValue(),
  );
  const names = fc.constantFrom(...Object.keys(DEFAULT_SETTINGS), 'window', 'another');
  fc.assert(
    fc.property(fc.array(fc.tuple(names, odd), { maxLength: 3 }), (changes) => {
      const content = asInFile({ ...DEFAULT_SETTINGS, ...Object.fromEntries(changes) });
      const usual = usualSettings(content);
      if (usual !== undefined) expect({ settings: usual, reset: [] }).toEqual(SETTINGS_FORMAT.decode(content));
    }),
    { numRuns: 2_000 },
  );
});
