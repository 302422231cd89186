import { describe, expect, test } from 'vitest';

import { parseProofArguments } from '../../build/proof.mjs';
import { takeRuns } from '../../build/bench.mjs';
import { chooseScripts } from '../../build/scripts.mjs';
import { parseTestArguments } from '../../build/test.mjs';

describe('npm test', () => {
  test('runs every group by default', () => {
    expect(parseTestArguments([])).toEqual({
      groups: ['types', 'format', 'lint', 'unit', 'engine', 'e2e'],
      passedOn: [],
    });
  });

  test('runs the named groups', () => {
    expect(parseTestArguments(['types', 'lint'])).toMatchObject({ groups: ['types', 'lint'] });
  });

  test('passes arguments on to a test runner that is the only named group', () => {
    expect(parseTestArguments(['unit', 'tests/core', '-t', 'kubelet'])).toEqual({
      groups: ['unit'],
      passedOn: ['tests/core', '-t', 'kubelet'],
    });
  });

  test.each(['unit', 'engine', 'e2e'])('allows arguments for %s', (runner) => {
    expect(parseTestArguments([runner, 'keys'])).toEqual({ groups: [runner], passedOn: ['keys'] });
  });

  test.each([[['tests/core']], [['lint', '--fix']], [['unit', 'e2e', 'board']]])(
    'rejects %j and lists the groups',
    (args) => {
      expect(() => parseTestArguments(args)).toThrow(/is not a group of checks\. Use any of types/);
    },
  );
});

describe('npm run proof', () => {
  const parts = ['rules', 'advice', 'windows', 'node', 'kill', 'decode', 'revocation'];

  test('runs the quick parts by default', () => {
    expect(parseProofArguments([])).toEqual({ parts, passedOn: [] });
  });

  test('runs the named parts', () => {
    expect(parseProofArguments(['kill', 'decode'])).toEqual({ parts: ['kill', 'decode'], passedOn: [] });
  });

  test('passes arguments on to the test runner of the only named part', () => {
    for (const part of ['rules', 'plans', 'advice', 'powershell', 'kubernetes', 'windows', 'node'])
      expect(parseProofArguments([part, '-t', 'kubelet'])).toEqual({ parts: [part], passedOn: ['-t', 'kubelet'] });
  });

  test.each([[['plan']], [['kill', '5']], [['rules', 'kill', 'tests/core']]])('rejects %j and lists parts', (args) => {
    expect(() => parseProofArguments(args)).toThrow(
      /is not a part of the proof\. Use any of rules, plans, advice, powershell, kubernetes, lab, team, windows, node, faults, kill/,
    );
  });
});

describe('npm run bench', () => {
  const known = ['board', 'decode', 'store'];

  test('runs every bench by default', () => {
    expect(chooseScripts([], known)).toEqual({ names: known, passedOn: [] });
  });

  test('runs the named benches and passes them the other arguments', () => {
    expect(chooseScripts(['decode', '--count', '100'], known)).toEqual({
      names: ['decode'],
      passedOn: ['--count', '100'],
    });
  });

  test('passes a number on to every bench', () => {
    expect(chooseScripts(['200000'], known)).toEqual({ names: known, passedOn: ['200000'] });
  });

  test('rejects an unknown name and lists the known names', () => {
    expect(() => chooseScripts(['decde'], known)).toThrow('There is no decde here. Use any of board, decode, store.');
  });
});

describe('npm run bench --runs', () => {
  test('sets the number of runs and is not passed on to benches', () => {
    expect(takeRuns(['--sizes', '1000', '--runs', '3'])).toEqual({ runs: 3, passedOn: ['--sizes', '1000'] });
    expect(takeRuns(['--sizes', '1000'])).toEqual({ runs: 1, passedOn: ['--sizes', '1000'] });
  });

  test.each([[['--runs']], [['--runs', '0']], [['--runs', '2.5']], [['--runs', '1000']], [['--runs', '--sizes']]])(
    'rejects %j',
    (args) => {
      expect(() => takeRuns(args)).toThrow(/--runs does not say how often/u);
    },
  );
});
