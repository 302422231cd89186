import { expect, test } from 'vitest';
import { needPowerShell } from '../support/real-power-shell.ts';
import { judge } from './binder.ts';
import { commandLines } from './command-lines.ts';
import { agreement, compare, REASONS } from './command-verdicts.ts';

test('the command checker and PowerShell agree on each line, unless a recorded reason explains the difference', (context) => {
  const program = needPowerShell(context);
  const lines = commandLines();
  const comparison = compare(lines, judge(program, lines));
  const { foreign, same, explained, unexplained } = comparison;
  const share = (agreement(comparison) * 100).toFixed(2);
  const reasons = Object.entries(explained).map(([key, count]) => `${key} ${count}`);
  console.log(
    `Command checker and PowerShell: ${lines.length} lines, ${foreign} not to be run here, ${same} judged the same; ` +
      `${share} % of what PowerShell can judge; by reason: ${reasons.join(', ')}; ${unexplained.length} without a reason`,
  );
  expect(unexplained).toEqual([]);
  expect(lines.length).toBeGreaterThan(1_200);
  expect(agreement(comparison)).toBeGreaterThanOrEqual(0.99);
  // A reason that explains no line is obsolete.
  for (const key of Object.keys(REASONS)) expect(explained[key], key).toBeGreaterThan(0);
});
