import { expect, test } from 'vitest';
import { readProgramArguments } from '../../../core/cli/program-arguments.ts';

const read = (...argv: string[]): { words: string[]; inventory: string[] | undefined } => {
  const { words, values } = readProgramArguments(argv);
  return { words, inventory: values.inventory };
};

test('--inventory accepts every path up to the next option', () => {
  expect(read('repair', 'plan', 'error.txt', '--inventory', 'kyoto', 'lyon', '--cluster', 'edge')).toEqual({
    words: ['repair', 'plan', 'error.txt'],
    inventory: ['kyoto', 'lyon'],
  });
  expect(read('repair', 'plan', '--inventory', 'kyoto', '--json', 'error.txt')).toEqual({
    words: ['repair', 'plan', 'error.txt'],
    inventory: ['kyoto'],
  });
});

test('--inventory before the verb accepts only one path', () => {
  expect(read('--inventory', 'kyoto', 'repair', 'plan')).toEqual({ words: ['repair', 'plan'], inventory: ['kyoto'] });
});

test('words after -- do not belong to --inventory', () => {
  expect(read('repair', 'plan', '--inventory', 'kyoto', '--', 'error.txt')).toEqual({
    words: ['repair', 'plan', 'error.txt'],
    inventory: ['kyoto'],
  });
});
