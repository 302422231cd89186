import { problemFromError } from '../shared/problem.ts';
import { isMessageKey, loadLanguages, translator, type Language, type Translate } from '../shared/text/text.ts';
import type { Ports } from '../shared/ports.ts';
import { AUDIT_VERBS } from '../audit/cli/verbs.ts';
import { AUTHORITY_VERBS } from '../authorities/cli/verbs.ts';
import { EXPIRY_VERBS } from '../expiry/cli/verbs.ts';
import { FLEET_VERBS } from '../fleet/cli/verbs.ts';
import { FORECAST_VERBS } from '../forecast/cli/verbs.ts';
import { MAINTENANCE_VERBS } from '../maintenance/cli/verbs.ts';
import { INVENTORY_VERBS } from '../inventory/cli/verbs.ts';
import { GLOBAL_OPTIONS, type ProgramArguments, type OptionName } from '../shared/verb/options.ts';
import { helpOverview, helpPage, verbHelp } from './help.ts';
import { readProgramArguments } from './program-arguments.ts';
import { NOTIFICATION_VERBS } from '../notifications/cli/verbs.ts';
import { RUN_VERBS } from '../runs/cli/verbs.ts';
import { SETTINGS_VERBS } from '../settings/cli/verbs.ts';
import { REPAIR_VERBS } from '../repair/cli/verbs.ts';
import { REVOCATION_VERBS } from '../revocation/cli/verbs.ts';
import { LAB_VERBS } from '../lab/cli/verbs.ts';
import { SAMPLE_VERBS } from '../sample/cli/verbs.ts';
import { STORE_VERBS } from '../team/cli/verbs.ts';
import { UPDATE_VERBS } from '../update/cli/verbs.ts';
import { importCommand } from '../shared/verb/own-command.ts';
import { redirectOutput } from './standard-output.ts';
import { EXIT, UsageError, type ExitCode } from '../shared/verb/usage.ts';
import type { Verb } from '../shared/verb/verb.ts';
import { terminalTranslator, terminalWorld } from './terminal-world.ts';
import type { CliEnvironment, CliWorld } from '../shared/verb/world.ts';

const ALL_VERBS: readonly Verb[] = [
  ...[...EXPIRY_VERBS, ...INVENTORY_VERBS, ...FLEET_VERBS, ...FORECAST_VERBS, ...MAINTENANCE_VERBS, ...AUTHORITY_VERBS],
  ...[...REPAIR_VERBS, ...REVOCATION_VERBS, ...UPDATE_VERBS, ...AUDIT_VERBS, ...NOTIFICATION_VERBS, ...RUN_VERBS],
  ...[...SETTINGS_VERBS, ...SAMPLE_VERBS, ...LAB_VERBS, ...STORE_VERBS],
];

export const VERBS: readonly Verb[] = [...new Set(ALL_VERBS.map(({ name }) => name[0]))].flatMap((word) =>
  ALL_VERBS.filter(({ name }) => name[0] === word),
);

const RENAMED: ReadonlyMap<string, string> = new Map([
  ['expiry channels', 'channel list'],
  ['expiry test', 'channel test'],
  ['revocation rehearse', 'revocation dry-run'],
]);

const MOST_VERB_WORDS = Math.max(...VERBS.map(({ name }) => name.length));

/** Writes results to standard output, everything else to standard error. */
export async function runCli(argv: readonly string[], environment: CliEnvironment): Promise<ExitCode> {
  const world = terminalWorld(environment);
  let { language } = world;
  let ports: Ports | undefined;
  let importing = '';
  try {
    refuseOpenQuote(argv);
    const line = readProgramArguments(argv);
    if (line.values.version) {
      world.out(`${world.version}\n`);
      return EXIT.fine;
    }
    language = line.language ?? language;
    // JSON is for programs, so it is always in English.
    await loadLanguages(line.json ? [language, 'en'] : [language]);
    const translate = terminalTranslator(language);
    if (line.values.help || line.words.length === 0 || line.words[0] === 'help') {
      world.out(helpText(line.words[0] === 'help' ? line.words.slice(1) : line.words, translate));
      return line.words.length === 0 && !line.values.help ? EXIT.usage : EXIT.fine;
    }
    const verb = findVerb(line.words);
    if (verb === undefined) throw unknownVerb(line.words);
    refuseForeignOptions(line, verb);
    const dataFolder = line.values.data === undefined ? world.defaultDataFolder : world.absolute(line.values.data);
    refuseOpenQuote([dataFolder]);
    importing = importCommand({ line, dataFolder, translate });
    const output = redirectOutput({ line, world }, verb, translate);
    const { standardOutput: path } = output;
    const { notice, document: write } = world;
    const printed = path === undefined ? {} : { standardOutput: { path, write } };
    ports = world.ports({ now: line.now, dataFolder, translate, notice, ...printed });
    const words = line.words.slice(verb.name.length);
    checkCount(words, verb, translate);
    const paths = words.map((word) => world.absolute(word));
    const translateFile = translator(language);
    const { runRecorded } = await import('./recorded-verb.ts');
    const call = { ...output, words, paths, ports, translate, translateFile, language, dataFolder };
    return await runRecorded(verb, call);
  } catch (error) {
    await loadLanguages([language]);
    return failure(error, { translate: terminalTranslator(language), world, ports, importing });
  }
}

export async function tellFailedOutput(
  argv: readonly string[],
  environment: CliEnvironment,
  reason: string,
): Promise<void> {
  const language = readLanguageOption(argv) ?? environment.language;
  await loadLanguages([language]);
  terminalWorld(environment).notice(terminalTranslator(language)('cli.output-failed', { reason }));
}

function readLanguageOption(argv: readonly string[]): Language | undefined {
  try {
    return readProgramArguments(argv).language;
  } catch {
    return undefined;
  }
}

/** A Windows path with a quotation mark, which no Windows file name can contain. */
const OPEN_QUOTE = /^(?:--[a-z-]+=)?((?:[a-z]:|\\\\)[^"]*)"(?:\s|$)/iu;

/**
 * Refuses the argument that results from `--data "C:\d\" --json` on Windows: the backslash escapes the closing
 * quotation mark, so the argument includes everything after it. Source: Microsoft Learn, “main function and
 * command-line arguments”.
 */
function refuseOpenQuote(words: readonly string[]): void {
  for (const word of words) {
    const path = OPEN_QUOTE.exec(word)?.[1];
    if (path !== undefined) throw new UsageError('cli.usage.open-quote', { path, text: word });
  }
}

function findVerb(words: readonly string[]): Verb | undefined {
  return VERBS.find(({ name }) => name.every((word, index) => words[index] === word));
}

/** Returns an error that names the known words and the first unknown one, or the new name of a renamed verb. */
function unknownVerb(words: readonly string[]): UsageError {
  const isKnown = (count: number): boolean =>
    VERBS.some(({ name }) => words.slice(0, count).every((word, index) => name[index] === word));
  let count = 1;
  while (count < MOST_VERB_WORDS && isKnown(count)) count += 1;
  const verb = words.slice(0, count).join(' ');
  const present = RENAMED.get(verb);
  return present === undefined
    ? new UsageError('cli.usage.unknown-verb', { verb })
    : new UsageError('cli.usage.renamed-verb', { verb, present });
}

function refuseForeignOptions(line: ProgramArguments, verb: Verb): void {
  const allowed = new Set<OptionName>([...GLOBAL_OPTIONS, ...(verb.options ?? [])]);
  for (const option of Object.keys(line.values) as OptionName[]) {
    if (!allowed.has(option)) throw new UsageError('cli.usage.unknown-option', { option: `--${option}` });
  }
}

function checkCount(words: readonly string[], verb: Verb, translate: Translate): void {
  const { words: count = 0 } = verb;
  const { length } = words;
  const isFitting =
    typeof count === 'number'
      ? length === count
      : 'least' in count
        ? length >= count.least && length <= count.most
        : count.includes(length);
  if (isFitting) return;
  const [usage = ''] = verbHelp(verb, translate);
  throw new UsageError('cli.usage.words', { usage });
}

function helpText(words: readonly string[], translate: Translate): string {
  const verb = findVerb(words);
  if (verb !== undefined) return helpPage([verb], translate);
  const group = VERBS.filter(({ name }) => words.every((word, index) => name[index] === word));
  return words.length === 0 || group.length === 0 ? helpOverview(VERBS, translate) : helpPage(group, translate);
}

interface FailureContext {
  translate: Translate;
  world: CliWorld;
  ports: Ports | undefined;
  importing: string;
}

function failure(error: unknown, { translate, world, ports, importing }: FailureContext): ExitCode {
  if (error instanceof UsageError) {
    world.notice(translate(error.key, error.params));
    world.notice(translate('cli.usage.see-help'));
    return EXIT.usage;
  }
  if (ports === undefined) throw error;
  const problem = problemFromError(ports, error);
  world.notice(translate(`problem.${problem.code}`, problem.params));
  // The remedy on the command line sometimes differs from the one in the window.
  const own = `cli.problem.${problem.code}.remedy`;
  const remedy = isMessageKey(own) ? own : (`problem.${problem.code}.remedy` as const);
  world.notice(translate(remedy, { ...problem.params, command: importing }));
  return problem.code === 'internal' ? EXIT.internal : EXIT.usage;
}
