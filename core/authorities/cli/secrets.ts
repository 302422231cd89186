import { firstLine } from '../../inventory/cli/secret-file.ts';
import type { Translate } from '../../shared/text/text.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { UsageError } from '../../shared/verb/usage.ts';

const PASSPHRASE_VARIABLE = 'ARCWARDEN_PASSPHRASE';
const STANDARD_INPUT = '-';

type Question = Parameters<Translate>;

/**
 * The passphrase of an existing authority: from the file given by `--passphrase-file`, from the environment, or entered
 * on the terminal. Never from an argument, which every process on the computer can read.
 */
export async function passphraseFor(invocation: Invocation, authority: string): Promise<string> {
  const given = await givenPassphrase(invocation);
  if (given !== undefined) return given;
  const question: Question = ['cli.ask.passphrase', { authority }];
  const missing = new UsageError('cli.usage.no-passphrase');
  const [passphrase = ''] = await answersTo(invocation, [question], missing);
  return passphrase;
}

/** Same for a new authority: on a terminal the passphrase is asked for twice. */
export async function newPassphraseFor(invocation: Invocation, authority: string): Promise<string> {
  const given = await givenPassphrase(invocation);
  if (given !== undefined) return given;
  return askedTwice(invocation, {
    question: ['cli.ask.new-passphrase', { authority }],
    missing: new UsageError('cli.usage.no-passphrase'),
  });
}

/** The passphrase that replaces the current one: from the file given by `--new-passphrase-file`, or asked for twice. */
export function nextPassphraseFor(invocation: Invocation, authority: string): Promise<string> {
  return secondPassphrase(invocation, 'new-passphrase-file', ['cli.ask.new-passphrase', { authority }]);
}

/** The passphrase for an exported file: from the file given by `--export-passphrase-file`, or asked for twice. */
export function exportPassphrase(invocation: Invocation): Promise<string> {
  return secondPassphrase(invocation, 'export-passphrase-file', ['cli.ask.export-passphrase']);
}

async function secondPassphrase(
  invocation: Invocation,
  option: 'new-passphrase-file' | 'export-passphrase-file',
  question: Question,
): Promise<string> {
  const { values } = invocation.line;
  const file = values[option];
  if (file === STANDARD_INPUT && values['passphrase-file'] === STANDARD_INPUT)
    throw new UsageError('cli.usage.one-input');
  if (file !== undefined) return firstLine(invocation, file);
  return askedTwice(invocation, {
    question,
    missing: new UsageError('cli.usage.option-needed', { option: `--${option}` }),
  });
}

async function givenPassphrase(invocation: Invocation): Promise<string | undefined> {
  const file = invocation.line.values['passphrase-file'];
  if (file !== undefined) return firstLine(invocation, file);
  const variable = invocation.world.environment(PASSPHRASE_VARIABLE);
  return variable === '' ? undefined : variable;
}

async function askedTwice(
  invocation: Invocation,
  { question, missing }: { question: Question; missing: UsageError },
): Promise<string> {
  const [first = '', again] = await answersTo(invocation, [question, ['cli.ask.again']], missing);
  if (first !== again) throw new UsageError('cli.usage.passphrase-differs');
  return first;
}

async function answersTo(
  { world, translate }: Invocation,
  questions: readonly Question[],
  missing: UsageError,
): Promise<string[]> {
  if (world.ask === undefined) throw missing;
  const answers = await world.ask(questions.map((question) => translate(...question)));
  if (answers === undefined) throw new UsageError('cli.usage.cancelled');
  return answers;
}
