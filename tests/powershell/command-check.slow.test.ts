import { expect, test } from 'vitest';
import { checkCommand } from '../../core/knowledge/model/cmdlets/command-check.ts';
import { needPowerShell } from '../support/real-power-shell.ts';
import { judge } from './binder.ts';
import { commandLines } from './command-lines.ts';
import { agreement, compare } from './command-verdicts.ts';

/**
 * Every 37th line is tested. This number has no factor in common with the numbers of marks and values, so the sample
 * contains lines of all kinds.
 */
const EVERY = 37;

test('the command checker and PowerShell agree on a sample of lines, unless a recorded reason explains the difference', (context) => {
  const program = needPowerShell(context);
  const lines = commandLines().filter((_, at) => at % EVERY === 0);
  const comparison = compare(lines, judge(program, lines));
  expect(comparison.unexplained).toEqual([]);
  expect(agreement(comparison)).toBeGreaterThanOrEqual(0.99);
});

test('PowerShell finds the wrong lines among correct ones, and runs nothing but stubs', (context) => {
  const program = needPowerShell(context);
  const judged = {
    'Get-AksHciCredential -name east -ea Stop > file.txt': [],
    'Get-AksHciCredential -name a,b': ['ParameterArgumentTransformationError,Get-AksHciCredential'],
    'Get-AksHciCredential -name east |': ['EmptyPipeElement'],
    'Get-AksHciCredential': ['MissingMandatoryParameter,Get-AksHciCredential'],
    'Get-AksHciCredentail -name east': ['CommandNotFound'],
  };
  const foreign = ['Remove-Item x', 'Get-Date &', 'kubectl get pods'];
  const judgements = judge(program, [...Object.keys(judged), ...foreign]);
  expect(judgements.map(({ errors }) => errors)).toEqual([...Object.values(judged), ...foreign.map(() => [])]);
  expect(judgements.flatMap(({ isForeign }, at) => (isForeign ? [at] : []))).toEqual([5, 6, 7]);
  for (const [line, errors] of Object.entries(judged))
    expect(checkCommand(line).problems.some(({ severity }) => severity === 'error')).toBe(errors.length > 0);
});
