import { problemOf } from '../console.ts';
import { isMessageKey, translator } from '../language/text.ts';
import type { Translate } from '../language/text.ts';
import type { Ports } from '../ports.ts';
import { inspect } from './inspect.ts';
import type { Invocation } from './invocation.ts';
import { inventoryForget, inventoryImport, inventoryList } from './inventory.ts';
import { GLOBAL_OPTIONS, readCommandLine } from './options.ts';
import type { CommandLine, OptionName } from './options.ts';
import { EXIT, UsageError } from './usage.ts';
import type { ExitCode } from './usage.ts';
import type { World } from './world.ts';

interface Verb {
  name: readonly string[];
  options: readonly OptionName[];
  run: (invocation: Invocation) => Promise<ExitCode>;
}

/** Every verb: its words, the options it takes beside the global ones, and what runs it. Help: `cli.help.<words>`. */
const VERBS: readonly Verb[] = [
  { name: ['inspect'], options: [], run: inspect },
  { name: ['inventory', 'import'], options: [], run: inventoryImport },
  {
    name: ['inventory', 'list'],
    options: ['csv', 'html', 'out', 'search', 'state', 'layer', 'sort', 'descending'],
    run: inventoryList,
  },
  { name: ['inventory', 'forget'], options: [], run: inventoryForget },
];

/** Runs one command line and returns its exit code. Documents go to `world.out`, everything else to `world.notice`. */
export async function runCli(argv: readonly string[], world: World): Promise<ExitCode> {
  let translate = translator(world.language);
  let ports: Ports | undefined;
  try {
    const line = readCommandLine(argv);
    const language = line.language ?? world.language;
    translate = translator(language);
    if (line.version) {
      world.out(`${world.version}\n`);
      return EXIT.fine;
    }
    const verb = verbOf(line.words);
    if (line.help || line.words.length === 0 || line.words[0] === 'help') {
      world.out(helpText(verb, translate));
      return line.words.length === 0 && !line.help ? EXIT.usage : EXIT.fine;
    }
    if (verb === undefined)
      throw new UsageError('cli.usage.unknown-verb', { verb: line.words.slice(0, 2).join(' ') });
    refuseForeignOptions(line, verb);
    const dataFolder =
      line.dataFolder === undefined ? world.defaultDataFolder : world.absolute(line.dataFolder);
    ports = world.ports(line.now, dataFolder);
    const words = line.words.slice(verb.name.length);
    const paths = words.map((word) => world.absolute(word));
    return await verb.run({ line, words, paths, ports, translate, language, world, dataFolder });
  } catch (error) {
    return failure(error, translate, world, ports);
  }
}

function verbOf(words: readonly string[]): Verb | undefined {
  const sought = words[0] === 'help' ? words.slice(1) : words;
  return VERBS.find(({ name }) => name.every((word, index) => sought[index] === word));
}

function refuseForeignOptions(line: CommandLine, verb: Verb): void {
  const allowed = new Set<OptionName>([...GLOBAL_OPTIONS, ...verb.options]);
  for (const option of line.given) {
    if (!allowed.has(option))
      throw new UsageError('cli.usage.unknown-option', { option: `--${option}` });
  }
}

/** Help for one verb, or for all. */
function helpText(verb: Verb | undefined, translate: Translate): string {
  const help = ({ name }: Verb): string => {
    const key = `cli.help.${name.join('-')}`;
    return isMessageKey(key) ? translate(key) : name.join(' ');
  };
  if (verb !== undefined) return `${help(verb)}\n\n${translate('cli.help.global')}\n`;
  return [
    translate('cli.help.head'),
    '',
    ...VERBS.flatMap((each) => [help(each), '']),
    translate('cli.help.global'),
    '',
  ].join('\n');
}

function failure(
  error: unknown,
  translate: Translate,
  world: World,
  ports: Ports | undefined,
): ExitCode {
  if (error instanceof UsageError) {
    world.notice(translate(error.key, error.params));
    world.notice(translate('cli.usage.see-help'));
    return EXIT.usage;
  }
  if (ports === undefined) throw error;
  const problem = problemOf(ports, error);
  world.notice(translate(`problem.${problem.code}`, problem.params));
  world.notice(translate(`problem.${problem.code}.remedy`, problem.params));
  return problem.code === 'internal' ? EXIT.internal : EXIT.usage;
}
