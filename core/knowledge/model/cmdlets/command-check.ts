import { findBuild, isInRange, type Build } from '../build.ts';
import { commandNamed, COMMANDS, PROGRAMS } from './cmdlets.ts';
import {
  isGeneric,
  MODULE_CMDLETS,
  MODULE_CMDLET_SOURCES,
  OTHER_CMDLETS,
  otherProduct,
  PROGRAM_VERBS,
} from './cmdlets-by-name.ts';
import { DOC_KVACTL_FILE, ISSUE_146, UPDATE_COMMANDS } from '../sources/sources.ts';
import {
  AZURE_CLI,
  POWERSHELL_CALL,
  POWERSHELL_ENCODING,
  POWERSHELL_GRAMMAR,
  POWERSHELL_PARAMETERS,
  reference,
} from '../sources/sources-repair.ts';
import { OBJECT_NAMES } from '../sources/sources-revocation.ts';
import type { Citation } from '../../../shared/citation.ts';
import { getBuilds, type Command, type Parameter, type Syntax } from './cmdlet.ts';
import { findHazards } from './command-hazards.ts';
import { DASHES, readCommandLine, type CommandWords, type Word } from './command-line.ts';
import { bareWords, commandPart, meantName, MOST_EDITS, OWN_NOUN, programName, similarName } from './command-names.ts';
import type { CommandProblem, CommandProblemCode, NamedCommand, Part } from './command-problem.ts';
import { findRemoteHazards } from './command-remote.ts';
import { nearest } from '../../../shared/edit-distance.ts';
import type { Severity } from '../../../shared/finding.ts';

/* Checks a command before it is run. */

export interface CommandVerdict {
  /** True when there are only notices: it can be run as it is. */
  ok: boolean;
  /** In the order of the line. */
  problems: CommandProblem[];
  /** Catalogue commands in it, in their order. */
  commands: Command[];
}

export interface CheckOptions {
  /** Build of the deployment that it will run on, such as `1.0.14.10928`; absent when unknown. */
  build?: string;
}

/** Checks one line of PowerShell against the cmdlet catalogue. */
export function checkCommand(line: string, { build }: CheckOptions = {}): CommandVerdict {
  const { commands, faults } = readCommandLine(line);
  const checker = new CommandChecker(build === undefined ? undefined : findBuild(build));
  for (const { code, at, raw } of faults) {
    const straight =
      code === 'typographic-quote' ? (SINGLE.includes(raw) ? "'" : '"') : code === 'broken-continuation' ? '`' : null;
    const severity = code === 'typographic-quote' ? 'warning' : 'error';
    checker.tell(code, severity, { at, raw }, { params: { text: raw }, suggestion: straight });
  }
  for (const command of commands) checker.check(command);
  checker.checkPaths(line);
  checker.checkHazards();
  const problems = checker.problems.sort((one, other) => one.at - other.at);
  return { ok: problems.every(({ severity }) => severity === 'notice'), problems, commands: checker.commands };
}

/** The list of all cmdlets in the module. */
const INDEX = reference('index');

/** Problems of the language itself; for all others the source is the command's reference. */
const RULES_OF_POWERSHELL: Partial<Record<CommandProblemCode, readonly Citation[]>> = {
  abbreviated: [POWERSHELL_PARAMETERS],
  'may-not-support': [POWERSHELL_PARAMETERS],
  'missing-value': [POWERSHELL_PARAMETERS],
  'repeated-parameter': [POWERSHELL_PARAMETERS],
  'typographic-dash': [POWERSHELL_GRAMMAR, POWERSHELL_ENCODING],
  'typographic-quote': [POWERSHELL_GRAMMAR, POWERSHELL_ENCODING],
  'unbalanced-quote': [POWERSHELL_GRAMMAR],
  'unbalanced-bracket': [POWERSHELL_GRAMMAR],
  placeholder: [POWERSHELL_GRAMMAR],
  'broken-continuation': [POWERSHELL_GRAMMAR],
  'input-redirection': [POWERSHELL_GRAMMAR],
  'quoted-program': [POWERSHELL_CALL],
  'bad-name': [OBJECT_NAMES],
  'name-style': [reference('New-AksHciCluster')],
  'command-prompt-variable': [POWERSHELL_GRAMMAR],
  'wrong-path': [ISSUE_146, DOC_KVACTL_FILE],
};

/** Letters of both cases: names are compared without case, and pages print both. */
const CLUSTER_NAME = /^[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?$/iu;
/** Whether a cluster can be called that at all. Source: Kubernetes, “Object Names and IDs”. */
export function isClusterName(text: string): boolean {
  return CLUSTER_NAME.test(text);
}

/** A hash table of parameters, `@parameters`. */
const SPLAT = /^@[a-z_]\w*$/iu;

const SINGLE = '‘’‚‛';
const ANY_DASH = new RegExp(`[${DASHES}]`, 'gu');
/** A hyphen, or a character that PowerShell treats as one, followed by a name. */
const PARAMETER = new RegExp(`^([-${DASHES}])([a-z_][\\w-]*)(:?)(.*)$`, 'isu');

/** An option of a program, with one hyphen or two, or what an editor made of them. */
const OPTION = new RegExp(`^[-${DASHES}]{1,2}[a-z]`, 'iu');

/** Behind a value it goes on with an expression. Source: about_Operators. */
const OPERATOR =
  /^(?:[+*/%,.]|-(?:[ci]?(?:eq|ne|gt|ge|lt|le|like|notlike|match|notmatch|replace|contains|notcontains|in|notin|split)|f|join|is|isnot|as|and|or|xor)$)/iu;

/** Parameters of every advanced function. Source: about_CommonParameters. */
const COMMON_PARAMETERS = [
  ...['Verbose', 'Debug', 'ErrorAction', 'WarningAction', 'InformationAction', 'ErrorVariable'],
  ...['WarningVariable', 'InformationVariable', 'OutVariable', 'OutBuffer', 'PipelineVariable'],
].map((name) => name.toLowerCase());
const COMMON_SWITCHES = ['verbose', 'debug'];
/** Only functions that declare so have these. Source: about_Functions_CmdletBindingAttribute. */
const RISK_PARAMETERS = ['whatif', 'confirm'];

interface Told {
  params?: Record<string, string>;
  suggestion?: string | null;
  /** Default: `command.problem.<code>`. */
  text?: string;
}

/** A catalogue command and its arguments. */
interface FoundCommand {
  command: Command;
  rest: Word[];
}

interface Given {
  name: string;
  word: Word;
  parameter: Parameter | undefined;
}

class CommandChecker {
  readonly problems: CommandProblem[] = [];
  readonly commands: Command[] = [];
  /** All commands whose name is known, in their order. */
  readonly #named: NamedCommand[] = [];
  readonly #build: Build | undefined;
  /** Sources of the command being checked. */
  #sources: readonly Citation[] = [INDEX];

  constructor(build: Build | undefined) {
    this.#build = build;
  }

  tell(
    code: CommandProblemCode,
    severity: Severity,
    { at, raw }: Part,
    { params = {}, suggestion = null, text = `command.problem.${code}` }: Told = {},
  ): void {
    const citations = RULES_OF_POWERSHELL[code] ?? this.#sources;
    this.problems.push({ code, severity, at, length: raw.length, text, params, suggestion, citations });
  }

  check({ words, target, isCalled, piped }: CommandWords): void {
    const own = commandPart(words);
    const [first, second] = own;
    if (first === undefined) return;
    const name = programName(first.value);
    // A row of a hash table is no command.
    if (name === undefined || second?.value === '=') return;
    if (first.isQuoted && !isCalled && own === words) {
      // Quoted text is a value, unless somebody wanted to run the program at that path.
      if (second === undefined || OPERATOR.test(second.raw) || !/[\\/]/u.test(first.value)) return;
      this.tell('quoted-program', 'error', first, { suggestion: `& ${first.raw}` });
    }
    this.#sources = [INDEX];
    const found = this.#found(name, first, own);
    if (found === undefined) {
      this.#named.push({ name, first, rest: own.slice(1), target, piped });
      return;
    }
    const { command, rest } = found;
    this.commands.push(command);
    this.#named.push({ name: command.name, first, rest, target, piped });
    this.#sources = distinctCitations(command);
    this.#checkRelease(command, first);
    const isProgram = !/^[A-Z][a-z]+-/u.test(command.name);
    if (isProgram) this.#checkProgram(command, rest);
    else this.#checkCmdlet(command, first, rest);
  }

  checkHazards(): void {
    const remote = this.#named.flatMap(findRemoteHazards);
    for (const { code, severity, part, params = {}, suggestion = null, citations } of [
      ...findHazards(this.#named),
      ...remote,
    ]) {
      const { at, raw } = part;
      const text = `command.problem.${code}`;
      this.problems.push({ code, severity, at, length: raw.length, text, params, suggestion, citations });
    }
  }

  /** Reports paths that the documentation prints in a form that does not work, and variables of another shell. */
  checkPaths(line: string): void {
    for (const match of line.matchAll(/\$env:userprofile\.(?=wssd|kube|ssh|akshci|kva|moc)/giu)) {
      const raw = match[0];
      const suggestion = `${raw.slice(0, -1)}\\.`;
      this.tell('wrong-path', 'error', { at: match.index, raw }, { suggestion });
    }
    for (const match of line.matchAll(/(?<=^|[\s"'])\\kvactl\\cloudconfig/giu)) {
      const suggestion = '$env:UserProfile\\.wssd\\kvactl\\cloudconfig';
      this.tell('wrong-path', 'error', { at: match.index, raw: match[0] }, { suggestion });
    }
    for (const match of line.matchAll(/%(userprofile|systemdrive|programfiles|programdata)%/giu)) {
      const name = ENVIRONMENT[match[1]?.toLowerCase() ?? ''] ?? '';
      const told = { suggestion: `$env:${name}`, params: { text: match[0] } };
      this.tell('command-prompt-variable', 'error', { at: match.index, raw: match[0] }, told);
    }
  }

  // ---- Names --------------------------------------------------------------------------------------------------------

  #found(name: string, first: Word, words: readonly Word[]): FoundCommand | undefined {
    const straight = name.replaceAll(ANY_DASH, '-');
    const known = this.#known(straight, words);
    if (known !== undefined) {
      if (straight !== name) {
        const suggestion = first.raw.replaceAll(ANY_DASH, '-');
        this.tell('typographic-dash', 'error', first, { suggestion, params: { text: name } });
      }
      return known;
    }
    if (PROGRAMS.has(straight.toLowerCase())) return this.#meantVerb(straight.toLowerCase(), words);
    const verbs = bareWords(words.slice(1)).map(({ value }) => value);
    const product = otherProduct(straight, verbs);
    if (product !== undefined) {
      this.#sources = product.startsWith('az ') ? [AZURE_CLI, UPDATE_COMMANDS] : [UPDATE_COMMANDS];
      this.tell('other-product', 'warning', first, { params: { name: product } });
      return undefined;
    }
    const isCmdlet = isOneOf(straight, OTHER_CMDLETS);
    if (isCmdlet || isOneOf(straight, MODULE_CMDLETS)) {
      if (!isCmdlet) this.#sources = MODULE_CMDLET_SOURCES;
      this.tell('name-only', 'notice', first, { params: { name: straight } });
      return undefined;
    }
    if (isGeneric(straight)) return undefined;
    const near = meantName(straight);
    const isOwn = OWN_NOUN.test(straight);
    if (near !== undefined) {
      const severity = isOwn || OWN_NOUN.test(near) || PROGRAMS.has(near) ? 'error' : 'warning';
      this.tell('typo', severity, first, { params: { text: straight, name: near }, suggestion: near });
      return this.#known(near, words);
    }
    if (isOwn) {
      const told = { params: { name: straight }, suggestion: similarName(straight) ?? null };
      this.tell('unknown-command', 'warning', first, told);
    } else this.tell('not-known', 'notice', first, { params: { name: straight } });
    return undefined;
  }

  #known(name: string, words: readonly Word[]): FoundCommand | undefined {
    const folded = name.toLowerCase();
    if (!PROGRAMS.has(folded)) {
      const command = commandNamed(folded);
      return command === undefined ? undefined : { command, rest: words.slice(1) };
    }
    const bare = bareWords(words.slice(1));
    for (let count = Math.min(3, bare.length); count > 0; count--) {
      const verb = bare.slice(0, count);
      const command = commandNamed([folded, ...verb.map(({ value }) => value)].join(' '));
      if (command !== undefined) return { command, rest: words.slice(1).filter((word) => !verb.includes(word)) };
    }
    return undefined;
  }

  /** The program is known but the verb is not: guesses what was meant. */
  #meantVerb(program: string, words: readonly Word[]): FoundCommand | undefined {
    const bare = bareWords(words.slice(1)).slice(0, 3);
    const [first] = bare;
    if (first === undefined || PROGRAM_VERBS[program]?.includes(first.value) === true) return undefined;
    const verbs = COMMANDS.filter(({ name }) => name.startsWith(`${program} `)).map(({ name }) =>
      name.slice(program.length + 1),
    );
    for (let count = bare.length; count > 0; count--) {
      const text = bare
        .slice(0, count)
        .map(({ value }) => value)
        .join(' ');
      const near = nearest(text, verbs, MOST_EDITS);
      const last = bare[count - 1] ?? first;
      if (near === undefined) continue;
      const raw = ' '.repeat(last.at + last.raw.length - first.at);
      const part = { at: first.at, raw };
      this.tell('typo', 'error', part, { params: { text, name: near }, suggestion: near });
      const command = commandNamed(`${program} ${near}`);
      const meant = bare.slice(0, count);
      const rest = words.slice(1).filter((word) => !meant.includes(word));
      return command === undefined ? undefined : { command, rest };
    }
    if (!first.isExpression) this.tell('not-known', 'notice', first, { params: { name: `${program} ${first.value}` } });
    return undefined;
  }

  #checkRelease(command: Command, first: Word): void {
    const { name, deprecated } = command;
    const builds = getBuilds(command);
    if (this.#build !== undefined && !isInRange(this.#build, builds)) {
      const before = COMMANDS.find((each) => each.deprecated?.successor === name)?.name ?? null;
      this.tell('not-available', 'error', first, {
        params: { name, build: builds.from ?? builds.until ?? '' },
        suggestion: before,
      });
    }
    if (deprecated === undefined) return;
    const { successor, since } = deprecated;
    const hasSuccessor =
      this.#build === undefined || since.build === undefined || isInRange(this.#build, { from: since.build });
    if (hasSuccessor)
      this.tell('deprecated', 'warning', first, {
        params: { name, successor, month: since.month },
        suggestion: successor,
      });
  }

  // ---- Parameters ---------------------------------------------------------------------------------------------------

  #checkProgram({ open, syntaxes }: Command, words: readonly Word[]): void {
    const options = distinct(syntaxes);
    const given: string[] = [];
    let hasTypo = false;
    for (const [at, word] of words.entries()) {
      if (word.isQuoted || !OPTION.test(word.value)) continue;
      const [text = ''] = word.value.split('=', 1);
      const written = straightOption(text, options);
      // Unlike a cmdlet, a program receives the character unchanged.
      if (written !== text)
        this.tell('typographic-dash', 'error', { at: word.at, raw: text }, { params: { text }, suggestion: written });
      const known = options.find(({ name }) => name === written);
      if (known !== undefined) {
        given.push(written);
        const isBare = known.value !== 'switch' && !word.value.includes('=');
        if (isBare && words[at + 1] === undefined) this.#missingValue(word, known, '');
        continue;
      }
      const near = nearest(written, longNames(options), MOST_EDITS);
      hasTypo ||= near !== undefined;
      if (near !== undefined)
        this.tell('typo', 'error', { at: word.at, raw: text }, { params: { text, name: near }, suggestion: near });
      else if (open !== true) this.tell('unknown-parameter', 'error', word, { params: { text } });
    }
    // A mistyped option was meant to be there.
    if (hasTypo) return;
    for (const option of options)
      if (option.mandatory === true && !given.includes(option.name)) this.#missing(option, words.at(-1));
  }

  #dash(word: Word, severity: Severity): void {
    const suggestion = word.raw.replaceAll(ANY_DASH, '-');
    this.tell('typographic-dash', severity, word, { suggestion, params: { text: word.raw } });
  }

  #checkCmdlet(command: Command, first: Word, words: readonly Word[]): void {
    const { syntaxes, open, positional, otherLayer } = command;
    const known = distinct(syntaxes);
    const given: Given[] = [];
    let isElsewhere = false;
    let isGuess = false;
    // What a hash table passes cannot be seen here.
    const isSplat = words.some(({ value, isQuoted }) => !isQuoted && SPLAT.test(value));
    for (let at = 0; at < words.length; at++) {
      const word = words[at];
      if (word === undefined) continue;
      const match = word.isQuoted && !word.raw.startsWith('-') ? null : PARAMETER.exec(word.value);
      if (match === null) {
        if (!word.isQuoted && SPLAT.test(word.value)) continue;
        if (positional !== true && open !== true && !word.isExpression)
          this.tell('stray-word', 'error', word, { params: { text: word.value } });
        continue;
      }
      const [, dash = '', written = '', colon = '', inline = ''] = match;
      if (DASHES.includes(dash)) this.#dash(word, 'warning');
      const name = written.toLowerCase();
      const next = valueBehind(words[at + 1]);
      const parameter = known.find((each) => each.name.toLowerCase() === name);
      if (parameter !== undefined || this.#isCommon(name, word)) {
        const kind = parameter?.value ?? (COMMON_SWITCHES.includes(name) ? 'switch' : 'text');
        if (given.some((each) => each.name === name))
          this.tell('repeated-parameter', 'error', word, { params: { text: written } });
        given.push({ name, word, parameter });
        if (parameter?.remark !== undefined)
          this.tell('remark', parameter.remark.severity, word, { text: parameter.remark.text });
        if (kind === 'switch' || RISK_PARAMETERS.includes(name)) continue;
        if (colon === ':' && inline !== '') continue;
        if (next === undefined) this.#missingValue(word, parameter, written);
        else {
          if (kind === 'cluster') this.#checkName(command, next);
          at += 1;
        }
        continue;
      }
      const guess = this.#guessed(word, written, known);
      if (otherLayer !== undefined && isMeant(guess ?? written, otherLayer.parameters)) {
        isElsewhere = true;
        if (next !== undefined) at += 1;
        continue;
      }
      const before = given.at(-1);
      const value = words[at - 1];
      const joined = `${value?.value ?? ''}-${written}`;
      if (
        guess === undefined &&
        before?.parameter?.value === 'cluster' &&
        value !== undefined &&
        value !== before.word &&
        next === undefined
      ) {
        const raw = ' '.repeat(word.at + word.raw.length - value.at);
        this.tell(
          'split-name',
          'error',
          { at: value.at, raw },
          { params: { text: `${value.value} ${word.value}`, name: joined }, suggestion: joined },
        );
        continue;
      }
      if (guess !== undefined) {
        isGuess = true;
        const meant = known.find((each) => each.name === guess);
        if (meant !== undefined) given.push({ name: guess.toLowerCase(), word, parameter: meant });
        if (meant?.value !== 'switch' && next !== undefined) at += 1;
        continue;
      }
      if (next !== undefined) at += 1;
      if (open !== true) this.tell('unknown-parameter', 'error', word, { params: { text: written } });
      else if (OWN_NOUN.test(command.name))
        this.tell('undocumented-parameter', 'warning', word, { params: { text: written } });
    }
    if (isElsewhere && otherLayer !== undefined) {
      this.tell('wrong-layer', 'error', first, {
        params: { name: command.name, other: otherLayer.command },
        suggestion: otherLayer.command,
      });
      return;
    }
    this.#checkSyntax(command, given, { end: words.at(-1) ?? first, isGuess: isGuess || isSplat, isSplat });
  }

  #isCommon(name: string, word: Word): boolean {
    if (RISK_PARAMETERS.includes(name)) {
      this.tell('may-not-support', 'notice', word, { params: { text: word.raw } });
      return true;
    }
    return COMMON_PARAMETERS.includes(name);
  }

  /** Guesses which parameter was meant, and reports how it is misspelled; `undefined` when none is close. */
  #guessed(word: Word, written: string, known: readonly Parameter[]): string | undefined {
    const names = known.map(({ name }) => name);
    const longer = names.filter((name) => startsWith(name, written));
    const raw = `-${written}`;
    if (longer.length === 1) {
      const [name = ''] = longer;
      this.tell(
        'abbreviated',
        'notice',
        { at: word.at, raw },
        { params: { text: written, name }, suggestion: `-${name}` },
      );
      return name;
    }
    const near = nearest(written, names, written.length < 5 ? 1 : MOST_EDITS);
    if (near === undefined) return undefined;
    this.tell('typo', 'error', { at: word.at, raw }, { params: { text: written, name: near }, suggestion: `-${near}` });
    return near;
  }

  #missingValue(word: Word, parameter: Parameter | undefined, written: string): void {
    const name = parameter?.name ?? written;
    const end = { at: word.at + word.raw.length, raw: '' };
    const suggestion = parameter === undefined ? null : ` ${getExample(parameter)}`;
    this.tell('missing-value', 'error', end, { params: { name: shown(name) }, suggestion });
  }

  #missing(parameter: Parameter, last: Word | undefined): void {
    const end = { at: (last?.at ?? 0) + (last?.raw.length ?? 0), raw: '' };
    const name = shown(parameter.name);
    const value = parameter.value === 'switch' ? '' : ` ${getExample(parameter)}`;
    const suggestion = ` ${name}${value}`;
    this.tell('missing-parameter', 'error', end, { params: { name }, suggestion });
  }

  /** Reports a cluster name that cannot be one, and one that a new cluster should not have. */
  #checkName({ name }: Command, word: Word): void {
    const { value, isExpression } = word;
    if (isExpression || value.includes('<')) return;
    if ([...DASHES].some((dash) => value.includes(dash))) this.#dash(word, 'error');
    else if (!isClusterName(value)) this.tell('bad-name', 'error', word, { params: { text: value } });
    else if (name === 'New-AksHciCluster' && /[-A-Z]/u.test(value)) this.tell('name-style', 'notice', word);
  }

  #checkSyntax(
    { name, syntaxes }: Command,
    given: readonly Given[],
    { end, isGuess, isSplat }: { end: Word; isGuess: boolean; isSplat: boolean },
  ): void {
    const own = given.filter(({ parameter }) => parameter !== undefined);
    const fitting = syntaxes.filter((syntax) => own.every((each) => takes(syntax, each.name)));
    if (fitting.length === 0) {
      if (syntaxes.length === 0) return;
      const [later, earlier] = exclusivePair(own, syntaxes);
      if (later === undefined) return;
      this.tell('exclusive', 'error', later.word, {
        params: { text: later.word.raw, other: earlier?.word.raw ?? '', name },
      });
      return;
    }
    const missing = fitting.map(({ parameters }) =>
      parameters.filter((each) => each.mandatory === true && !own.some((one) => one.parameter?.name === each.name)),
    );
    const [first = [], ...others] = missing;
    const always = first.filter((each) => others.every((list) => list.some((one) => one.name === each.name)));
    if (!isSplat) for (const each of always) this.#missing(each, end);
    const choices = missing.map((list) => list.filter((each) => !always.includes(each)));
    const open = choices.map((list) =>
      list.filter(
        (each) =>
          !isOneOf(
            each.name,
            always.map((one) => one.name),
          ),
      ),
    );
    const least = Math.min(...open.map((list) => list.length));
    const place = { at: end.at + end.raw.length, raw: '' };
    if (least > 0 && !isGuess) {
      const names = [...new Set(open.flatMap((list) => list.map((each) => shown(each.name))))];
      this.tell('missing-choice', 'error', place, { params: { names: names.join(', '), name } });
    }
    if (fitting.length > 1 && least === 0) {
      const switches = distinguishing(fitting);
      if (switches.length > 1 && !isGuess)
        this.tell('no-choice', 'warning', place, { params: { names: switches.map(shown).join(', '), name } });
    }
  }
}

const ENVIRONMENT: Readonly<Record<string, string>> = {
  userprofile: 'UserProfile',
  systemdrive: 'SystemDrive',
  programfiles: 'ProgramFiles',
  programdata: 'ProgramData',
};

function valueBehind(word: Word | undefined): Word | undefined {
  if (word === undefined) return undefined;
  return !word.isQuoted && PARAMETER.test(word.value) ? undefined : word;
}

function isOneOf(text: string, names: readonly string[]): boolean {
  return names.some((name) => name.toLowerCase() === text.toLowerCase());
}

/** Whether a parameter is one of these, abbreviated or mistyped. */
function isMeant(written: string, names: readonly string[]): boolean {
  const isShort = written.length > 2 && names.some((name) => startsWith(name, written));
  return isShort || nearest(written, names, written.length < 5 ? 1 : MOST_EDITS) !== undefined;
}

function startsWith(name: string, start: string): boolean {
  return name.toLowerCase().startsWith(start.toLowerCase());
}

function distinct(syntaxes: readonly Syntax[]): Parameter[] {
  const all = new Map<string, Parameter>();
  for (const { parameters } of syntaxes)
    for (const parameter of parameters) {
      const known = all.get(parameter.name);
      // A remark of one parameter set about a parameter applies to all.
      if (known?.remark === undefined) all.set(parameter.name, parameter);
    }
  return [...all.values()];
}

function longNames(options: readonly Parameter[]): string[] {
  return options.map(({ name }) => name).filter((name) => name.startsWith('--'));
}

/** An option with hyphens instead of dashes: two when only that form is known, since editors turn two into one dash. */
function straightOption(text: string, options: readonly Parameter[]): string {
  const straight = text.replaceAll(ANY_DASH, '-');
  if (straight === text || straight.startsWith('--')) return straight;
  return options.some(({ name }) => name === `-${straight}`) ? `-${straight}` : straight;
}

function distinctCitations({ use, syntaxes }: Command): Citation[] {
  const all = [...syntaxes.flatMap(({ citations }) => citations), ...use.citations];
  return all.filter(
    ({ work, place }, at) => all.findIndex((each) => each.work === work && each.place === place) === at,
  );
}

function takes({ parameters }: Syntax, name: string): boolean {
  return parameters.some((each) => each.name.toLowerCase() === name);
}

/** The first two parameters, the later one first, that no parameter set accepts together. */
function exclusivePair(given: readonly Given[], syntaxes: readonly Syntax[]): Given[] {
  for (const [at, later] of given.entries())
    for (const earlier of given.slice(0, at))
      if (!syntaxes.some((each) => takes(each, later.name) && takes(each, earlier.name))) return [later, earlier];
  return given.slice(-1);
}

/** Switches that distinguish the parameter sets; empty when something else does, too. */
function distinguishing(syntaxes: readonly Syntax[]): string[] {
  const own = syntaxes.map(({ parameters }) =>
    parameters.filter(({ name }) => !syntaxes.every((each) => takes(each, name.toLowerCase()))),
  );
  const all = own.flat();
  if (all.some(({ value }) => value !== 'switch')) return [];
  return [...new Set(all.map(({ name }) => name))];
}

function shown(name: string): string {
  return name.startsWith('-') ? name : `-${name}`;
}

/** A placeholder for a value that only the admin knows. */
function getExample({ name, value }: Parameter): string {
  return value === 'cluster' ? '<cluster>' : `<${name.replace(/^-+/u, '').toLowerCase()}>`;
}
