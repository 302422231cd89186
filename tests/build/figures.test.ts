import { describe, expect, test } from 'vitest';

import { compareRuns, isHeld, readFigures, summarise, type Figure } from '../rigs/figures.mjs';

const RATIO: Figure = { measure: 'import beside crypto.verify', value: 13.62, unit: 'x', limit: 1.5 };
const RATE: Figure = { measure: 'decode', value: 210_000, unit: '/s', limit: 100_000, isLeast: true };
const MEMORY: Figure = { measure: 'memory of the page', value: 260.4, unit: 'MB' };

describe('a limit', () => {
  test.each<[string, Figure, boolean]>([
    ['is met by a value below it', { ...RATIO, value: 1.49 }, true],
    ['is met by a value that equals it', { ...RATIO, value: 1.5 }, true],
    ['is missed by a value above it', { ...RATIO, value: 1.501 }, false],
    ['that is a minimum is met by a value above it', RATE, true],
    ['that is a minimum is missed by a value below it', { ...RATE, value: 99_999 }, false],
    ['is missed if nothing was measured', { ...RATIO, value: null }, false],
    ['is met if there is none', MEMORY, true],
  ])('%s', (_, figure, expected) => {
    expect(isHeld(figure)).toBe(expected);
  });
});

describe('the summary of a run', () => {
  test('lists every figure beside its limit and names the missed limits', () => {
    const { lines, isHeld: all } = summarise([
      { bench: 'decode', code: 0, figures: [RATE] },
      { bench: 'import', code: 1, figures: [RATIO, MEMORY] },
    ]);
    expect(lines).toEqual([
      '| bench  | measure                     | limit        | value     | verdict |',
      '| ------ | --------------------------- | ------------ | --------- | ------- |',
      '| decode | decode                      | >= 100,000/s | 210,000/s | held    |',
      '| import | import beside crypto.verify | <= 1.5 x     | 13.62 x   | MISSED  |',
      '| import | memory of the page          |              | 260 MB    |         |',
      '',
      '2 limits, 1 missed.',
      '  MISSED import: import beside crypto.verify: 13.62 x, limit <= 1.5 x',
    ]);
    expect(all).toBe(false);
  });

  test('reports that all limits are met', () => {
    const { lines, isHeld: all } = summarise([{ bench: 'decode', code: 0, figures: [RATE, MEMORY] }]);
    expect(lines.at(-1)).toBe('1 limit, 0 missed.');
    expect(all).toBe(true);
  });

  test.each([
    ['stopped early after a figure within its limit', 1, [RATE]],
    ['stopped before it measured anything', 1, []],
    ['could not measure everything and missed a limit', 2, [RATIO]],
  ])('names a bench that %s', (_, code, figures) => {
    const { lines, isHeld: all } = summarise([{ bench: 'store', code, figures }]);
    expect(lines.at(-1)).toBe(`  MISSED store: ended with exit code ${code}`);
    expect(all).toBe(false);
  });
});

test('a figure that is not a number counts as not measured', () => {
  const [figure] = readFigures(`${JSON.stringify({ ...RATIO, value: Number.NaN })}\n`);
  expect(figure?.value).toBeNull();
  expect(summarise([{ bench: 'import', code: 0, figures: [figure ?? RATIO] }]).lines.at(-1)).toBe(
    '  MISSED import: import beside crypto.verify: not measured, limit <= 1.5 x',
  );
});

describe('several runs', () => {
  const makeRun = (ratio: number | null, memory: number, code = 0) => [
    {
      bench: 'import',
      code,
      figures: [
        { ...RATIO, value: ratio },
        { ...MEMORY, value: memory },
      ],
    },
  ];

  test('report the median and the spread of their values', () => {
    const { lines, isHeld: all } = summarise(compareRuns([makeRun(1.3, 200), makeRun(1.26, 300), makeRun(1.28, 250)]));
    expect(lines).toEqual([
      '| bench  | measure                     | limit    | value  | verdict | spread |',
      '| ------ | --------------------------- | -------- | ------ | ------- | ------ |',
      '| import | import beside crypto.verify | <= 1.5 x | 1.28 x | held    | 3 %    |',
      '| import | memory of the page          |          | 250 MB |         | 40 %   |',
      '',
      '1 limit, 0 missed.',
    ]);
    expect(all).toBe(true);
  });

  test('fail if a ratio varies by more than a tenth, and name the ratio', () => {
    const { lines, isHeld: all } = summarise(compareRuns([makeRun(1.3, 250), makeRun(1.1, 250), makeRun(1.2, 250)]));
    expect(lines.at(-1)).toBe('  UNSTEADY import: import beside crypto.verify: differs by 17 % from run to run');
    expect(lines[2]).toContain('UNSTEADY');
    expect(all).toBe(false);
  });

  test('fail if any run misses a limit, and name the figure with its worst value', () => {
    const runs = [makeRun(1.49, 250), makeRun(1.52, 250, 1), makeRun(1.48, 250)];
    const { lines, isHeld: all } = summarise(compareRuns(runs));
    expect(lines.slice(-2)).toEqual([
      '1 limit, 0 missed.',
      '  UNSTEADY import: import beside crypto.verify: up to 1.52 x, limit <= 1.5 x missed in 1 of 3 runs',
    ]);
    expect(lines[2]).toContain('UNSTEADY');
    expect(all).toBe(false);
  });

  test('name the lowest value if the limit is a minimum', () => {
    const runs = [210_000, 99_000, 98_000, 220_000, 230_000].map((value) => [
      { bench: 'decode', code: value < 100_000 ? 1 : 0, figures: [{ ...RATE, value }] },
    ]);
    expect(summarise(compareRuns(runs)).lines.at(-1)).toBe(
      '  UNSTEADY decode: decode: down to 98,000/s, limit >= 100,000/s missed in 2 of 5 runs',
    );
  });

  test('name a bench that stopped early in one run', () => {
    const { lines } = summarise(compareRuns([makeRun(1.3, 250), makeRun(1.3, 250, 1), makeRun(1.3, 250)]));
    expect(lines.at(-1)).toBe('  MISSED import: ended with exit code 1');
  });

  test('report a figure as not measured if one run lacks it', () => {
    for (const runs of [
      [makeRun(1.3, 250), makeRun(null, 250)],
      [makeRun(1.3, 250), [{ bench: 'import', code: 2, figures: [] }]],
    ])
      expect(summarise(compareRuns(runs)).lines.join('\n')).toContain(
        'MISSED import: import beside crypto.verify: not measured, limit <= 1.5 x',
      );
  });

  test('report a single run unchanged', () => {
    const run = makeRun(1.3, 250);
    expect(compareRuns([run])).toBe(run);
  });
});
