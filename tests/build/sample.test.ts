import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import {
  createRunner,
  boardInShort,
  hasNoData,
  makeSample,
  planInShort,
  sampleText,
  type Arcwarden,
} from '../../build/sample.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

const BOARD = [
  '■ 1 Expired   △ 1 Renewal overdue   ○ 2 Fine',
  '',
  'State              Cluster',
  '■ Expired          osaka (demo)',
  '△ Renewal overdue  nagoya (demo)',
  '○ Fine             nagoya (demo)',
  '○ Fine             osaka (demo)',
  '',
].join('\n');
const CREDENTIALS = [
  { cluster: 'osaka', state: 'expired' },
  { cluster: 'nagoya', state: 'renewal-overdue' },
  { cluster: 'nagoya', state: 'fine' },
  { cluster: 'osaka', state: 'fine' },
];
const NO_PLAN = 'Clusters: osaka\n\nSteps:\n  Nothing to do.\n';

/** Returns a plan with this many steps, as printed by the command line. */
function plan(steps: number): string {
  const numbers = Array.from({ length: steps }, (_, index) => index + 1);
  return [
    'F01  Control plane expired (nagoya)',
    '',
    'Before you begin:',
    '  ! Do not reboot first.  [Reported]',
    '',
    'Steps:',
    ...numbers.flatMap((at) => [
      `  ${at}. Step ${at}  [Documented]`,
      `      > Do-It ${at}`,
      '      Why: It is needed.',
      `      Check: See-It  →  It is done.`,
    ]),
    '',
    'After the last step:',
    '  - Read the files again.',
    '',
  ].join('\n');
}

/**
 * Imitates a command line: answers each call with the entry of `answers` whose key begins the call, and records the
 * calls.
 */
function fake(answers: Record<string, { code?: number; output?: string }>) {
  const asked: string[][] = [];
  const arcwarden: Arcwarden = async (...words) => {
    asked.push(words);
    const known = Object.keys(answers).find((start) => words.join(' ').startsWith(start));
    return { code: 0, output: '', ...(known === undefined ? {} : answers[known]) };
  };
  return { arcwarden, asked };
}

describe('hasNoData', () => {
  test.each([
    ['the board is empty', { output: '{ "credentials": [] }' }, true],
    ['something is on the board', { output: '{ "credentials": [{}] }' }, false],
    [
      'the data folder does not exist',
      { code: 2, output: '“/x” contains no data of Arcwarden: the folder does not exist' },
      true,
    ],
    ['the data folder cannot be read', { code: 2, output: '{ "credentials": [] }' }, false],
    ['something in it is damaged', { output: 'warning: damaged\n{ "credentials": [] }' }, false],
  ])('if %s (%j), returns %s', async (_title, answer, expected) => {
    const { arcwarden, asked } = fake({ 'inventory list': answer });
    expect(await hasNoData(arcwarden)).toBe(expected);
    // Only the default folder of the command line counts.
    expect(asked).toEqual([['inventory', 'list', '--json', '--lang', 'en']]);
  });

  test('is false if the command line cannot be started', async () => {
    expect(await hasNoData(createRunner(join(temporaryFolder(), 'nothing.cjs')))).toBe(false);
  });
});

const NEEDS = {
  clusters: [
    { cluster: 'osaka', firstStep: null },
    { cluster: 'nagoya', firstStep: {} },
  ],
};

describe('the sample', () => {
  test('is written only to a temporary folder and removed with that folder', async () => {
    const { arcwarden, asked } = fake({});
    const { folder, data, remove } = await makeSample(arcwarden);
    onTestFinished(remove);
    expect(asked).toEqual([
      ['sample', '--out', join(folder, 'files')],
      ['inventory', 'import', join(folder, 'files'), '--data', join(folder, 'data')],
    ]);
    expect([dirname(data), existsSync(folder)]).toEqual([folder, true]);
    mkdirSync(data);
    writeFileSync(join(data, 'index.json'), '{}');
    remove();
    expect(existsSync(folder)).toBe(false);
  });

  test.each(['sample', 'inventory import'])('leaves no folder behind if this command fails: %s', async (words) => {
    const { arcwarden, asked } = fake({ [words]: { code: 2, output: 'no space' } });
    await expect(makeSample(arcwarden)).rejects.toThrow('It said: no space');
    const out = asked[0]?.[2] ?? '';
    expect(existsSync(dirname(out))).toBe(false);
  });

  test('is printed as a board in order of urgency, between the summary and the plan for the first cluster to repair', async () => {
    const { arcwarden, asked } = fake({
      'expiry check --json': { output: JSON.stringify({ credentials: CREDENTIALS, needs: NEEDS }), code: 1 },
      'expiry check': { output: `2 clusters are down.\n\n${BOARD}`, code: 1 },
      'repair plan --data /d --cluster nagoya': { output: plan(1), code: 1 },
    });
    const text = await sampleText(arcwarden, '/d');
    expect(text).toMatch(/^2 clusters are down\.\n\n/u);
    expect(text).toContain('nagoya (demo)\n… and 2 more that are fine.\n');
    expect(text).toContain('arcwarden repair plan --cluster nagoya');
    expect(text).toContain('  1. Step 1  [Documented]\n      > Do-It 1');
    expect(asked.every((words) => words.join(' ').includes('--data /d'))).toBe(true);
  });
});

test('a shortened board omits the credentials that are fine and states their number', () => {
  const head = BOARD.split('\n').slice(0, 5);
  expect(boardInShort(BOARD, CREDENTIALS).split('\n')).toEqual([...head, '… and 2 more that are fine.']);
  const ill = CREDENTIALS.slice(0, 2);
  expect(boardInShort(head.join('\n'), ill)).toBe(head.join('\n'));
});

describe('a shortened plan', () => {
  test('contains the heading, the steps and their commands', () => {
    expect(planInShort(plan(2))?.split('\n')).toEqual([
      ...plan(2).split('\n').slice(0, 6),
      ...['  1. Step 1  [Documented]', '      > Do-It 1'],
      ...['  2. Step 2  [Documented]', '      > Do-It 2'],
    ]);
  });

  test.each([
    [8, undefined],
    [9, '  … and 1 more step.'],
    [22, '  … and 14 more steps.'],
  ])('with %i steps states how many it omits', (steps, expected) => {
    const lines = planInShort(plan(steps))?.split('\n') ?? [];
    expect(lines.filter((line) => line.includes('> Do-It'))).toHaveLength(8);
    expect(lines.find((line) => line.includes('…'))).toBe(expected);
  });

  test('is undefined if there is nothing to do', () => {
    expect(planInShort(NO_PLAN)).toBeUndefined();
  });
});
