import { COMMANDS } from '../../core/knowledge/model/cmdlets/cmdlets.ts';
import type { Command, Parameter, Syntax } from '../../core/knowledge/model/cmdlets/cmdlet.ts';
import { EXAMPLES, fillCommand, listCommands } from '../support/commands.ts';

/*
 * Command lines for the command checker and for a real PowerShell: correct ones, and variants with one fault or
 * peculiarity each.
 */

/** The modules whose cmdlets are replaced by stubs. */
export const MODULES = ['AksHci', 'Moc', 'Kva'];

/** One parameter and its value; a switch has an empty value. */
interface Argument {
  parameter: Parameter;
  value: string;
}

interface Call {
  command: Command;
  arguments: readonly Argument[];
}

const OWN = COMMANDS.filter(({ module }) => MODULES.includes(module));

/**
 * Returns two calls for each set of parameters of every cmdlet: with all parameters, and with only the mandatory ones.
 */
function calls(): Call[] {
  return OWN.flatMap((command) =>
    (command.syntaxes.length === 0 ? [{ parameters: [] }] : command.syntaxes).flatMap((syntax) =>
      [() => false, () => true].map((has) => makeCall(command, syntax, has)),
    ),
  );
}

function makeCall(command: Command, { parameters }: Pick<Syntax, 'parameters'>, has: () => boolean): Call {
  const given = parameters.filter(({ mandatory }) => mandatory === true || has());
  return { command, arguments: given.map((parameter) => ({ parameter, value: exampleValue(parameter) })) };
}

function exampleValue({ name, value }: Parameter): string {
  if (name.toLowerCase() === 'confirm') return ':$false';
  return EXAMPLES[value];
}

function argumentText({ parameter: { name }, value }: Argument): string {
  return value === '' || value.startsWith(':') ? `-${name}${value}` : `-${name} ${value}`;
}

function callText({ command, arguments: given }: Call): string {
  return [command.name, ...given.map(argumentText)].join(' ');
}

/** In a call with more arguments, at most this many are changed, evenly spaced. */
const MOST_CHANGED = 8;

/** Yields variants of the call, each with one argument replaced. */
function* replaceArguments(call: Call, others: (argument: Argument) => readonly string[]): Generator<string> {
  const step = Math.ceil(call.arguments.length / MOST_CHANGED);
  for (const [at, argument] of call.arguments.entries())
    for (const text of at % step === 0 ? others(argument) : []) {
      const words = call.arguments.map((each, index) => (index === at ? text : argumentText(each)));
      yield [call.command.name, ...words].filter((word) => word !== '').join(' ');
    }
}

function isSwitch({ parameter }: Argument): boolean {
  return parameter.value === 'switch';
}

function misspelt(name: string): string {
  const middle = Math.floor(name.length / 2);
  return `${name.slice(0, middle - 1)}${name[middle] ?? ''}${name[middle - 1] ?? ''}${name.slice(middle + 1)}`;
}

function dropLetter(name: string): string {
  const middle = Math.ceil(name.length / 2);
  return name.slice(0, middle) + name.slice(middle + 1);
}

function* parameterFaults(call: Call): Generator<string> {
  yield* replaceArguments(call, (argument) => {
    const { name } = argument.parameter;
    const whole = argumentText(argument);
    const behind = whole.slice(name.length + 1);
    return [
      '',
      `${whole} ${whole}`,
      ...[misspelt(name), dropLetter(name), `${name}x`, 'nonsense'].map((other) => `-${other}${behind}`),
      ...[1, 2, 3, name.length - 1].map((length) => `-${name.slice(0, length)}${behind}`),
      ...['–', '—', '―', '--', '/'].map((dash) => `${dash}${name}${behind}`),
      `-${name.toUpperCase()}${behind}`,
      `- ${name}${behind}`,
      `'-${name}'${behind}`,
    ];
  });
}

function* valueFaults(call: Call): Generator<string> {
  yield* replaceArguments(call, (argument) => {
    const { name } = argument.parameter;
    if (isSwitch(argument))
      return [
        ...[' $true', ' true', ' value', ' 1', ':$true', ':$false', ': $true', ':true', ':1', ':', '=1', ':$x'].map(
          (value) => `-${name}${value}`,
        ),
      ];
    const { value } = argument;
    return [
      `-${name}`,
      ...['""', "''", '$null', 'a,b', 'a, b', 'a ,b', `${value},`, ',b', '$true', '(1)', '@{a=1}', '{ Get-Date }'].map(
        (other) => `-${name} ${other}`,
      ),
      ...['sixty', '60', "'60'", '6.5', '0x10', '1kb', '-1', '99999999999', 'true', '$name', '"$name"', '$($name)'].map(
        (other) => `-${name} ${other}`,
      ),
      ...[`:${value}`, `: ${value}`, ':', `=${value}`].map((other) => `-${name}${other}`),
      ...[
        `'${value}'`,
        `"${value}"`,
        `"${value}`,
        `'${value}`,
        `“${value}”`,
        `‘${value}’`,
        `"${value}"x`,
        `x"${value}"`,
      ]
        .filter(() => argument.parameter.value !== 'object')
        .map((other) => `-${name} ${other}`),
      `-${name} ${value} extra`,
      `-${name} ${value}.Name`,
    ];
  });
}

const COMMON = [
  ...['-Verbose', '-vb', '-Debug', '-db', '-ErrorAction Stop', '-ea Stop', '-ea 0', '-EA silentlycontinue'],
  ...['-ErrorAction:Stop', '-ea:Stop', '-WarningAction Ignore', '-wa Continue', '-InformationAction Inquire'],
  ...['-infa Stop', '-ErrorVariable e', '-ev +e', '-WarningVariable w', '-wv w', '-InformationVariable i', '-iv i'],
  ...['-OutVariable o', '-ov o', '-OutBuffer 5', '-ob 5', '-PipelineVariable p', '-pv p', '-ErrorAction Sil'],
  ...['-Verbose:$false', '-vb:$true', '-ErrorA Stop', '-Verb', '-WarningA Stop', '-OutV o', '-Deb'],
  ...['-WhatIf', '-wi', '-Confirm:$false', '-cf:$false', '-Confirm $false', '-WhatIf:no'],
  ...['-ErrorAction Nonsense', '-ea Nonsense', '-wa 99', '-ErrorAction', '-ea', '-ov', '-OutBuffer many', '-ob ""'],
  ...['-ErrorVariable ""', '-Err Stop', '-Verbose $true', '-vb true', '-ErrorAction Stop -ea Stop'],
  ...['-Verbose -Verbose', '-Verbose -vb', '-ErrorAction "Stop"', '-ErrorAction $x', '-ErrorAction Stop,Continue'],
  ...['-ErrorAction $null', '-ErrorActoin Stop', '-Verbos:$x', '-OutVariable a,b', '-W Stop', '-Out o', '-eaa Stop'],
  ...['-ErrorAction ""', '-Verbose:yes', '-Verbose:', '-ErrorAction: Stop', '-ErrorAction S', '-ErrorAction 1'],
];

const TRAILING = [
  ...['> file.txt', '>file.txt', '>> file.txt', '2> file.txt', '2>&1', '*> file.txt', '*>&1', '3>&1', '6> $null'],
  ...['> $null', '> "a b.txt"', '> file.txt 2>&1', '2>&1 > file.txt', '>', '>>', '2>', '> a > b', '2>&3', '>&1'],
  ...['< file.txt', '| Out-Null', '|Out-Null', '| Where-Object { $_ }', '|', '| |', '||', '| | Out-Null', '&&', '&'],
  ...['&& Get-Date', '|| Get-Date', '; Get-Date', ';', ';;', ',', ', extra', ' ,extra', '--', '-- extra', '-'],
  ...['--%', '--% extra', '@parameters', '@more', '@parameters @more', '"@parameters"', '@(1)', '@{}', '(1)'],
  ...['extra', '"extra"', "'extra'", '$object', '5', '""', '-nonsense', '-nonsense value', '?', '-?', '#', '# note'],
  ...['<# note #>', ')', '(', '}', '{', ']', '[', '"', "'", '`', '\n', '\nGet-Date', '|\nOut-Null', '`\n', '` \n'],
  ...['$(', '$(Get-Date)', '@', '=', '+', '*', '\\', '%', '~', '!', ':', '.', 'x=1', 'a"b"', '"a"b'],
];

function* appendMarks(call: Call): Generator<string> {
  const text = callText(call);
  for (const mark of [...COMMON, ...TRAILING]) yield `${text} ${mark}`;
  yield* [`${text}|Out-Null`, `${text};Get-Date`, `${text};`, `${text}|`, `${text}&`, `${text},`, `${text}>file.txt`];
}

function* aroundName(call: Call): Generator<string> {
  const { command } = call;
  const { name, module } = command;
  const rest = callText(call).slice(name.length);
  for (const other of [
    ...[name.toUpperCase(), name.toLowerCase(), `& ${name}`, `. ${name}`, `& '${name}'`, `&"${name}"`],
    ...[`'${name}'`, `"${name}"`, `& & ${name}`, `| ${name}`, `; ${name}`, `&& ${name}`, `$x = ${name}`],
    ...[`$null = ${name}`, `[void] ${name}`, `${misspelt(name)}`, `${name}x`, name.replace('-', '–'), `@${name}`],
    ...[`${module}\\${name}`, `"a" | ${name}`, `1..2 | ${name}`, `${name} > file.txt`, `${name} @parameters`],
    ...[`${name} --`, `${name} extra`, `${name} -Verbose`, `${name} -ea Stop`, `${name} ,`, `${name} ""`],
  ])
    yield `${other}${rest}`;
  for (const [before, behind] of [
    ['(', ')'],
    ['$(', ')'],
    ['@(', ')'],
    ['& { ', ' }'],
    ['if ($true) { ', ' }'],
    ['try { ', ' } catch { }'],
    ['foreach ($x in 1..2) { ', ' }'],
    ['"$(', ')"'],
    ['(', ''],
    ['', ')'],
    ['{', ''],
    ['PS C:\\> ', ''],
    ['  ', '  '],
  ] as const)
    yield `${before}${callText(call)}${behind}`;
}

/** Yields calls with all parameters of a cmdlet, whatever their sets, and with each pair of its parameters. */
function* mixSets(): Generator<string> {
  for (const command of OWN) {
    const every = new Map(command.syntaxes.flatMap(({ parameters }) => parameters.map((each) => [each.name, each])));
    const all = [...every.values()];
    yield callText(makeCall(command, { parameters: all }, () => true));
    for (const [at, one] of all.entries())
      for (const other of all.slice(at + 1)) {
        const parameters = all.filter((each) => each === one || each === other || each.name === 'name');
        yield callText(makeCall(command, { parameters }, () => true));
      }
  }
}

export function commandLines(): string[] {
  const lines = new Set<string>(listCommands().map(fillCommand));
  for (const call of calls()) {
    lines.add(callText(call));
    for (const make of [parameterFaults, valueFaults, appendMarks, aroundName])
      for (const line of make(call)) lines.add(line);
  }
  for (const line of mixSets()) lines.add(line);
  return [...lines];
}
