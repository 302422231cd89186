import { checkCommand, clusterNames } from '../../knowledge/model/cmdlets/command-check.ts';
import type { CommandProblem } from '../../knowledge/model/cmdlets/command-problem.ts';
import { commandProblemText } from '../../knowledge/text/command-problem.ts';
import { inventoryPaths, readClusters } from '../../inventory/cli/read-clusters.ts';
import type { FleetSource } from '../../inventory/fleet.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { translator, type Translate } from '../../shared/text/text.ts';
import { answer } from '../../shared/verb/answer.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { buildOption } from './answers.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

const english = translator('en');

export async function repairCheckCommand(invocation: Invocation): Promise<ExitCode> {
  const { words, translate } = invocation;
  const clusters = clusterNames(await readKnownClusters(invocation));
  const { ok, problems } = checkCommand(words[0] ?? '', { ...buildOption(invocation), clusters });
  const lines = problems.flatMap((problem) => problemLines(problem, translate));
  if (lines.length === 0) lines.push(translate('cli.repair.right'));
  answer(invocation, { ok, problems: problems.map(problemRecord) }, lines.join('\n'));
  return ok ? EXIT.fine : EXIT.attention;
}

/** If the folder in `--data` does not exist, prints a notice and returns no clusters. */
async function readKnownClusters(invocation: Invocation): Promise<FleetSource['clusters']> {
  const paths = inventoryPaths(invocation, 1);
  try {
    return (await readClusters(invocation, paths, { isOptional: true })).clusters;
  } catch (error) {
    if (!(error instanceof ConsoleError) || error.code !== 'store.absent') throw error;
    invocation.world.notice(invocation.translate('problem.store.absent', error.params));
    return [];
  }
}

function problemRecord(problem: CommandProblem): object {
  const { code, severity, at, suggestion } = problem;
  return { code, severity, at, message: commandProblemText(problem, english), suggestion };
}

function problemLines(problem: CommandProblem, translate: Translate): string[] {
  const { severity, at, suggestion } = problem;
  const text = commandProblemText(problem, translate);
  const line = translate('cli.repair.problem', { severity: translate(`cli.severity.${severity}`), at: at + 1, text });
  if (suggestion === null) return [line];
  return [line, `    ${translate('cli.repair.instead', { suggestion: suggestion.trim() })}`];
}
