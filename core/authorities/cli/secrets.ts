import { askHidden, firstLine } from '../../inventory/cli/secret-file.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { STANDARD_INPUT } from '../../shared/verb/values.ts';
import { UsageError } from '../../shared/verb/usage.ts';

const PASSPHRASE_VARIABLE = 'ARCWARDEN_PASSPHRASE';

/**
 * Reads the passphrase from `--passphrase-file`, the environment or the terminal, but never from an argument, which
 * every process can read.
 */
export async function passphraseFor(invocation: Invocation, authority: string): Promise<string> {
  const given = await readPassphrase(invocation);
  if (given !== undefined) return given;
  const question = invocation.translate('cli.ask.passphrase', { authority });
  const answers = await askHidden(invocation, [question]);
  if (answers === undefined) throw new UsageError('cli.usage.no-passphrase');
  return answers[0] ?? '';
}

export async function newPassphraseFor(invocation: Invocation, authority: string): Promise<string> {
  const question = invocation.translate('cli.ask.new-passphrase', { authority });
  const given = await readPassphrase(invocation);
  return given ?? askTwice(invocation, question, new UsageError('cli.usage.no-passphrase'));
}

export async function secondPassphrase(
  invocation: Invocation,
  option: 'new-passphrase-file' | 'export-passphrase-file',
  question: string,
): Promise<string> {
  const { values } = invocation.line;
  const file = values[option];
  if (file === STANDARD_INPUT && values['passphrase-file'] === STANDARD_INPUT)
    throw new UsageError('cli.usage.one-input');
  if (file !== undefined) return firstLine(invocation, file);
  return askTwice(invocation, question, new UsageError('cli.usage.option-needed', { option: `--${option}` }));
}

async function readPassphrase(invocation: Invocation): Promise<string | undefined> {
  const file = invocation.line.values['passphrase-file'];
  if (file !== undefined) return firstLine(invocation, file);
  const variable = invocation.world.environment(PASSPHRASE_VARIABLE);
  return variable === '' ? undefined : variable;
}

async function askTwice(invocation: Invocation, question: string, missing: UsageError): Promise<string> {
  const questions = [question, invocation.translate('cli.ask.again')];
  const answers = await askHidden(invocation, questions);
  if (answers === undefined) throw missing;
  const [first = '', again] = answers;
  if (first !== again) throw new UsageError('cli.usage.passphrase-differs');
  return first;
}
