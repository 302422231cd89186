import type { CommandProblem } from '../model/cmdlets/command-problem.ts';
import { statementText } from '../../shared/text/statement.ts';
import type { Translate } from '../../shared/text/text.ts';

/** Only `object` is a message key. The other parameters contain words that somebody typed. */
export function commandProblemText(
  { text, params }: Pick<CommandProblem, 'text' | 'params'>,
  translate: Translate,
): string {
  const { object } = params;
  const values = object === undefined ? params : { ...params, object: statementText({ text: object }, translate) };
  return statementText({ text, params: values }, translate);
}
