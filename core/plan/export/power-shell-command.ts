import { commandText, type CommandWord, type Plan, type PlanCommand } from '../model/plan.ts';

/** Exactly one of the two fields is `null`. */
interface ScriptWord {
  text: string | null;
  /** Name of a value that the user of the script supplies. */
  open: string | null;
}

interface ScriptCommand {
  kind: PlanCommand['kind'];
  name: string;
  parameters: { name: string; value: ScriptWord | null }[];
  arguments: ScriptWord[];
  outFile: ScriptWord | null;
  /**
   * Meaning of the last program's exit code. `ignored`: programs that a cmdlet starts do not affect its result.
   * `connection`: 255 from ssh or scp means that the connection failed.
   */
  exitCode: 'ignored' | 'judged' | 'connection';
  program: string;
  /**
   * Prefix of the id of a harmless error: the file to copy or remove is missing, or the folder to create already
   * exists.
   */
  harmless: string;
  shown: string;
}

export function listBlocks(commands: readonly PlanCommand[]): Map<string, string> {
  const blocks = new Map<string, string>();
  for (const command of commands)
    if (command.kind === 'script' && !blocks.has(command.script))
      blocks.set(command.script, `block-${blocks.size + 1}`);
  return blocks;
}

export function listCommands({ steps }: Pick<Plan, 'steps'>): PlanCommand[] {
  return steps.flatMap(({ command, check, undo }) => [command ?? [], check?.command ?? [], undo?.command ?? []].flat());
}

/** Names that may follow the call operator. All names come from our catalogues. */
const CALLABLE = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z][A-Za-z0-9]*)?(?:\.exe)?$/u;
const PARAMETER = /^[A-Za-z][A-Za-z0-9]*$/u;

export function scriptCommand(command: PlanCommand, blocks: ReadonlyMap<string, string>): ScriptCommand {
  const common = {
    kind: command.kind,
    shown: commandText(command),
    parameters: [],
    arguments: [],
    outFile: null,
    exitCode: exitCodeMeaning(command),
    program: findProgram(command) ?? '',
    harmless: harmlessError(commandText(command)),
  };
  switch (command.kind) {
    case 'cmdlet':
      return {
        ...common,
        name: checkName(command.name, CALLABLE),
        parameters: command.parameters.map(({ name, value }) => ({
          name: checkName(name, PARAMETER),
          value: value === undefined ? null : scriptWord(value),
        })),
      };
    case 'program':
      return {
        ...common,
        name: checkName(command.program, CALLABLE),
        arguments: command.args.map(scriptWord),
        outFile: command.outFile === undefined ? null : scriptWord(command.outFile),
      };
    case 'script':
      return {
        ...common,
        name: blocks.get(command.script) ?? '',
        parameters: Object.entries(command.values).map(([name, value]) => ({
          name: checkName(name, PARAMETER),
          value: scriptWord(value),
        })),
      };
  }
}

/**
 * A script block that begins with a program ends with the exit code of that program. `mkdir` is a PowerShell function.
 */
const PROGRAM_BLOCK = /^(?!mkdir )([a-z][a-z0-9]*(?:\.exe)?) /u;
const CONNECTIONS = ['ssh', 'scp'];

function findProgram(command: PlanCommand): string | undefined {
  if (command.kind === 'cmdlet') return undefined;
  return command.kind === 'program' ? command.program : PROGRAM_BLOCK.exec(command.script)?.[1];
}

function exitCodeMeaning(command: PlanCommand): ScriptCommand['exitCode'] {
  const name = findProgram(command)?.replace(/\.exe$/u, '');
  if (name === undefined) return 'ignored';
  return CONNECTIONS.includes(name) ? 'connection' : 'judged';
}

/**
 * Returns the start of the id of the error that a command may cause, or an empty string. The ids are the same in
 * PowerShell 5.1 and 7. Source: `WriteError` in the PowerShell providers.
 */
function harmlessError(text: string): string {
  if (/^(?:Copy|Remove)-Item /u.test(text)) return 'PathNotFound,';
  return /^(?:mkdir |New-Item -ItemType Directory )/u.test(text) ? 'DirectoryExist,' : '';
}

function checkName(name: string, form: RegExp): string {
  if (!form.test(name)) throw new Error(`not a name that a script may call: ${name}`);
  return name;
}

function scriptWord(word: CommandWord): ScriptWord {
  if ('literal' in word) return { text: word.literal, open: null };
  return word.value === undefined ? { text: null, open: word.name } : { text: word.value, open: null };
}
