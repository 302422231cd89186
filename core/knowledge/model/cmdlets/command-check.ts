import { findBuild, isInRange, type Build } from '../build.ts';
import { commandNamed, COMMANDS, PROGRAMS } from './cmdlets.ts';
import {
  effectNames,
  isHarmlessCommand,
  MODULE_CMDLETS,
  OTHER_CMDLETS,
  otherProduct,
  PROGRAM_VERBS,
} from './cmdlets-by-name.ts';
import { DOC_KVACTL_FILE, ISSUE_146, shareSources, UPDATE_COMMANDS, type Sources } from '../sources/sources.ts';
import {
  AZURE_CLI,
  MODULE_FUNCTIONS,
  POWERSHELL_CALL,
  POWERSHELL_ENCODING,
  POWERSHELL_GRAMMAR,
  POWERSHELL_PARAMETERS,
  reference,
} from '../sources/sources-repair.ts';
import { KVACTL_FILE } from '../step.ts';
import { OBJECT_NAMES } from '../sources/sources-revocation.ts';
import type { Citation } from '../../../shared/citation.ts';
import { distinctBy } from '../../../shared/lists.ts';
import type { Command, Parameter } from './cmdlet.ts';
import { DEEPEST, EffectJudge, hasEffect } from './command-effects.ts';
import { findHazards } from './command-hazards.ts';
import { ANY_DASH, DASHES, readCommandLine } from './command-line.ts';
import type { CommandWords, Word } from './command-words.ts';
import { bareWords, commandPart, meantName, MOST_EDITS, OWN_NOUN, programName, similarName } from './command-names.ts';
import {
  checkParameters,
  distinct,
  getEnd,
  joinParts,
  tellMissing,
  tellMissingValue,
  tellUnknownCluster,
  type Tell,
} from './command-parameters.ts';
import type { CommandProblem, CommandProblemCode, NamedCommand, Part } from './command-problem.ts';
import { findRemoteHazards } from './command-remote.ts';
import { nearest } from '../edit-distance.ts';

export interface CommandVerdict {
  /** True if everything was judged and there are only notices. */
  ok: boolean;
  problems: CommandProblem[];
  commands: Command[];
}

interface CheckOptions {
  /** The build on which the line will run, such as `1.0.14.10928`; absent if unknown. */
  build?: string;
  /** The names of the clusters in the inventory; empty if unknown. */
  clusters?: readonly string[] | undefined;
  /** The number of nested shells that run the line. */
  depth?: number;
}

/** Returns the names to which the check compares cluster names in a command. */
export function clusterNames(clusters: readonly { name: string; kind: string }[]): string[] {
  return clusters.filter(({ kind }) => kind === 'kubernetes').map(({ name }) => name);
}

export function checkCommand(line: string, options: CheckOptions = {}): CommandVerdict {
  const { commands, faults } = readCommandLine(line);
  const checker = new CommandChecker(line, options);
  for (const { code, at, raw } of faults) {
    const straight =
      code === 'typographic-quote' ? (SINGLE.includes(raw) ? "'" : '"') : code === 'broken-continuation' ? '`' : null;
    const severity = code === 'typographic-quote' ? 'warning' : 'error';
    const citations = RULES_OF_POWERSHELL[code] ?? [POWERSHELL_GRAMMAR];
    checker.tell(code, severity, { at, raw }, { params: { text: raw }, suggestion: straight, citations });
  }
  for (const command of commands) checker.check(command);
  checker.checkPaths(line);
  checker.checkHazards();
  const problems = checker.problems.sort((one, other) => one.at - other.at);
  const ok = problems.every(({ code, severity }) => severity === 'notice' && !UNJUDGED.includes(code));
  return { ok, problems, commands: checker.commands };
}

/** Codes of a part whose effect is unknown. */
const UNKNOWN_EFFECT: readonly CommandProblemCode[] = ['not-known', 'name-only', 'not-judged'];

/** Notices of parts whose effect, or cluster, is not known. */
const UNJUDGED: readonly CommandProblemCode[] = [...UNKNOWN_EFFECT, 'unknown-cluster'];

/** Codes that already show that a part is unknown, so `not-judged` would repeat them. */
const UNKNOWN: readonly CommandProblemCode[] = [...UNKNOWN_EFFECT, 'unknown-command', 'other-product', 'typo'];

const INDEX = reference('index');

/** Sources for problems with PowerShell itself; other problems cite the reference of the command. */
const RULES_OF_POWERSHELL: Partial<Record<CommandProblemCode, Sources>> = {
  ...shareSources(
    [POWERSHELL_PARAMETERS],
    'abbreviated',
    'ambiguous',
    'switch-value',
    'may-not-support',
    'missing-value',
    'repeated-parameter',
  ),
  ...shareSources([POWERSHELL_GRAMMAR, POWERSHELL_ENCODING], 'typographic-dash', 'typographic-quote'),
  ...shareSources([POWERSHELL_GRAMMAR], 'joined-redirection', 'unexpected', 'command-prompt-variable'),
  'quoted-program': [POWERSHELL_CALL],
  'bad-name': [OBJECT_NAMES],
  'name-style': [reference('New-AksHciCluster')],
  'wrong-path': [ISSUE_146, DOC_KVACTL_FILE],
};

const SINGLE = '‘’‚‛';
/** An option of a program: one or two hyphens, or a dash that an editor substituted. */
const OPTION = new RegExp(`^[-${DASHES}]{1,2}[a-z]`, 'iu');

/** The cluster name in the identity of a KMS plugin. */
const IDENTITY = /(?<=KMSPlugin-)[\w.-]+(?=-moc-kms-plugin)/u;

/** An operator, which continues an expression after a value. Source: about_Operators. */
const OPERATOR =
  /^(?:[+*/%,.]|-(?:[ci]?(?:eq|ne|gt|ge|lt|le|like|notlike|match|notmatch|replace|contains|notcontains|in|notin|split)|f|join|is|isnot|as|and|or|xor)$)/iu;

/** A command name with no space before the redirection, so that PowerShell reads both as one name. */
const JOINED = /^([\p{L}][\w.\\/:-]*)(>{1,2})/u;

interface FoundCommand {
  command: Command;
  rest: Word[];
}

class CommandChecker {
  readonly problems: CommandProblem[] = [];
  readonly commands: Command[] = [];
  readonly #named: NamedCommand[] = [];
  readonly #line: string;
  readonly #options: CheckOptions;
  readonly #build: Build | undefined;
  #sources: readonly Citation[] = [INDEX];
  readonly judge = new EffectJudge((text, part) => {
    const depth = (this.#options.depth ?? 0) + 1;
    if (depth > DEEPEST) return void this.judge.unjudged.push(part);
    // The text may end in options of the outer command, so its syntax is not judged.
    for (const problem of checkCommand(text, { ...this.#options, depth }).problems)
      if (problem.params['object'] !== undefined || UNJUDGED.includes(problem.code))
        this.problems.push({ ...problem, at: part.at, length: part.raw.length, suggestion: null });
  });

  constructor(line: string, options: CheckOptions) {
    this.#line = line;
    this.#options = options;
    this.#build = options.build === undefined ? undefined : findBuild(options.build);
  }

  readonly tell: Tell = (
    code,
    severity,
    { at, raw },
    {
      params = {},
      suggestion = null,
      text = `command.problem.${code}`,
      citations = RULES_OF_POWERSHELL[code] ?? this.#sources,
    } = {},
  ) => {
    this.problems.push({ code, severity, at, length: raw.length, text, params, suggestion, citations });
  };

  check(command: CommandWords): void {
    const { words, targets, isCalled } = command;
    // A value has no name, but may be redirected.
    this.#addNamed({ ...command, words: [], targets: [] }, '', targets, undefined);
    this.judge.judgeWords(words, isCalled);
    const own = commandPart(words);
    const [first, second] = own;
    if (first === undefined) return;
    const [, before, redirection] = (first.isQuoted ? null : JOINED.exec(first.raw)) ?? [];
    const name = programName(before ?? first.value);
    if (name === undefined) return this.#checkStart(first, isCalled ? undefined : second);
    // A row of a hash table is not a command.
    if (second?.value === '=' && commandNamed(name) === undefined) return;
    if (first.isQuoted && !isCalled && own === words) {
      // Quoted text is a value, unless the line is evidently meant to run it as a program.
      if (second === undefined || second.isListed || OPERATOR.test(second.raw)) return;
      const isCommand = /[\\/]/u.test(first.value) || second.parameter !== null || commandNamed(name) !== undefined;
      if (!isCommand) return;
      this.tell('quoted-program', 'error', first, { suggestion: `& ${first.raw}` });
    }
    if (before !== undefined && redirection !== undefined)
      this.#tellJoined({ at: first.at + before.length, raw: redirection });
    this.#sources = [INDEX];
    const isSh = words[0]?.value === 'sudo';
    const found = this.#findCommand(name, first, own, isSh);
    this.#addNamed(command, found?.command.name ?? name, own, found);
    if (found === undefined) return;
    const { command: known, rest } = found;
    this.commands.push(known);
    this.#sources = distinctCitations(known);
    this.#checkRelease(known, first);
    const isProgram = !/^[A-Z][A-Za-z]+-/u.test(known.name);
    if (isProgram) return this.#checkProgram(known, rest);
    // On a node, another command has this name.
    if (isSh) return;
    checkParameters(known, first, rest, this.tell, this.#options.clusters);
    for (const { at, raw } of rest) {
      // An argument for another shell may contain a redirection.
      const place = raw.replaceAll(/<[^<>]*>/gu, ({ length }) => ' '.repeat(length)).search(/(?<=[\w)])>/u);
      if (!/['"]/u.test(raw) && place > 0) this.#tellJoined({ at: at + place, raw: '>' });
    }
  }

  #tellJoined(part: Part): void {
    this.tell('joined-redirection', 'error', part, { params: { text: part.raw }, suggestion: ` ${part.raw}` });
  }

  /** Reports a word that cannot begin a command or follow the first word. */
  #checkStart(first: Word, second: Word | undefined): void {
    if (/^@[\p{L}_]/u.test(first.raw)) this.tell('unexpected', 'error', first, { params: { text: first.raw } });
    if (second === undefined || second.isListed || second.isQuoted || commandNamed(second.value) === undefined) return;
    if (first.isExpression) this.tell('unexpected', 'error', second, { params: { text: second.raw } });
  }

  #addNamed(
    { words, targets, piped, isNested, from, to }: CommandWords,
    name: string,
    own: readonly Word[],
    found: FoundCommand | undefined,
  ): void {
    const [first] = own;
    if (first === undefined) return;
    const lead = this.#line.slice(from, first.at);
    const isValue = /^\s*\$[\w:{}]+\s*\+?=/u.test(lead) || (isNested && !/^\s*(?:[("$]|write-|echo\b)/iu.test(lead));
    const tail = this.#line.slice(first.at + first.raw.length, to);
    const isSh = words[0]?.value === 'sudo';
    this.#named.push({
      ...{ name, first, rest: found?.rest ?? own.slice(1), words: isSh ? words : own, piped },
      target: targets.at(-1) ?? null,
      ...{ lead, tail, isValue, isKnown: found !== undefined },
    });
  }

  checkHazards(): void {
    for (const command of this.#named) this.judge.judge(command);
    const hazards = [...this.judge.hazards, ...findHazards(this.#named), ...this.#named.flatMap(findRemoteHazards)];
    for (const { code, severity, part, ...details } of hazards) this.tell(code, severity, part, details);
    const unknown = this.problems.filter(({ code }) => UNKNOWN.includes(code)).map(({ at }) => this.#commandAt(at));
    let end = 0;
    for (const { at, raw } of this.judge.unjudged.sort((one, other) => one.at - other.at)) {
      if (at < end || unknown.includes(this.#commandAt(at))) continue;
      end = at + raw.length;
      this.tell('not-judged', 'notice', { at, raw }, { params: { text: this.#line.slice(at, end) } });
    }
  }

  /** Returns the innermost command at an offset. */
  #commandAt(at: number): NamedCommand | undefined {
    return this.#named.findLast(({ first, words }) => first.at <= at && at <= getEnd(words.at(-1) ?? first).at);
  }

  /** Reports documented paths that do not work as printed, and variables of another shell. */
  checkPaths(line: string): void {
    for (const match of line.matchAll(/\$env:userprofile\.(?=wssd|kube|ssh|akshci|kva|moc)/giu)) {
      const raw = match[0];
      const suggestion = `${raw.slice(0, -1)}\\.`;
      this.tell('wrong-path', 'error', { at: match.index, raw }, { suggestion });
    }
    for (const match of line.matchAll(/(?<=^|[\s"'])\\kvactl\\cloudconfig/giu)) {
      this.tell('wrong-path', 'error', { at: match.index, raw: match[0] }, { suggestion: KVACTL_FILE });
    }
    for (const match of line.matchAll(/%(userprofile|systemdrive|programfiles|programdata)%/giu)) {
      const name = ENVIRONMENT[match[1]?.toLowerCase() ?? ''] ?? '';
      const told = { suggestion: `$env:${name}`, params: { text: match[0] } };
      this.tell('command-prompt-variable', 'error', { at: match.index, raw: match[0] }, told);
    }
  }

  #findCommand(name: string, first: Word, words: readonly Word[], isSh: boolean): FoundCommand | undefined {
    const straight = name.replaceAll(ANY_DASH, '-');
    const known = this.#lookUpCommand(straight, words);
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
    const isCmdlet = isListed(straight, OTHER_CMDLETS);
    if (isCmdlet || isListed(straight, MODULE_CMDLETS)) {
      if (!isCmdlet) this.#sources = [MODULE_FUNCTIONS];
      this.tell('name-only', 'notice', first, { params: { name: straight } });
      return undefined;
    }
    const folded = straight.toLowerCase();
    const names = effectNames(
      folded,
      words.slice(1).map(({ value }) => value),
    );
    const isKnown = names.some((each) => isHarmlessCommand(each, isSh) || hasEffect(each));
    // A name with a hyphen may be a misspelt cmdlet of the product.
    if (isKnown && !folded.includes('-')) return undefined;
    const near = meantName(straight);
    const isOwn = OWN_NOUN.test(straight);
    if (near !== undefined) {
      const severity = isOwn || OWN_NOUN.test(near) || PROGRAMS.has(near) ? 'error' : 'warning';
      this.tell('typo', severity, first, { params: { text: straight, name: near }, suggestion: near });
      return this.#lookUpCommand(near, words);
    }
    if (isOwn) {
      const told = { params: { name: straight }, suggestion: similarName(straight) ?? null };
      this.tell('unknown-command', 'warning', first, told);
    } else if (!isKnown) this.tell('not-known', 'notice', first, { params: { name: straight } });
    return undefined;
  }

  #lookUpCommand(name: string, words: readonly Word[]): FoundCommand | undefined {
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
      if (near === undefined) continue;
      this.tell('typo', 'error', joinParts(first, bare[count - 1] ?? first), {
        params: { text, name: near },
        suggestion: near,
      });
      const command = commandNamed(`${program} ${near}`);
      const meant = bare.slice(0, count);
      const rest = words.slice(1).filter((word) => !meant.includes(word));
      return command === undefined ? undefined : { command, rest };
    }
    if (!first.isExpression) this.tell('not-known', 'notice', first, { params: { name: `${program} ${first.value}` } });
    return undefined;
  }

  #checkRelease(command: Command, first: Word): void {
    const { name, since: { build: from } = {}, deprecated } = command;
    if (this.#build !== undefined && from !== undefined && !isInRange(this.#build, { from })) {
      const before = COMMANDS.find((each) => each.deprecated?.successor === name)?.name;
      this.tell('not-available', 'error', first, { params: { name, build: from }, suggestion: before });
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

  #checkProgram({ open, syntaxes }: Command, words: readonly Word[]): void {
    const options = distinct(syntaxes);
    const given: string[] = [];
    let hasTypo = false;
    for (const [at, word] of words.entries()) {
      if (word.isQuoted || !OPTION.test(word.value)) continue;
      const [text = ''] = word.value.split('=', 1);
      const written = straightOption(text, options);
      // A program, unlike a cmdlet, receives a typographic dash unchanged.
      if (written !== text)
        this.tell('typographic-dash', 'error', { at: word.at, raw: text }, { params: { text }, suggestion: written });
      const known = options.find(({ name }) => name === written);
      if (known !== undefined) {
        const named = [word, words[at + 1]].find((each) => IDENTITY.test(each?.raw ?? ''));
        const [cluster = ''] = IDENTITY.exec(named?.raw ?? '') ?? [];
        if (named !== undefined) {
          const part = { at: named.at + named.raw.indexOf(cluster), raw: cluster };
          tellUnknownCluster(this.tell, part, cluster, this.#options.clusters);
        }
        given.push(written);
        const isBare = known.value !== 'switch' && !word.value.includes('=');
        if (isBare && words[at + 1] === undefined) tellMissingValue(this.tell, known, word);
        continue;
      }
      const longNames = options.map(({ name }) => name).filter((name) => name.startsWith('--'));
      const near = nearest(written, longNames, MOST_EDITS);
      hasTypo ||= near !== undefined;
      if (near !== undefined)
        this.tell('typo', 'error', { at: word.at, raw: text }, { params: { text, name: near }, suggestion: near });
      else if (open !== true) this.tell('unknown-parameter', 'error', word, { params: { text } });
    }
    // The mistyped option may be the missing one.
    if (hasTypo) return;
    const end = getEnd(words.at(-1) ?? { at: 0, raw: '' });
    for (const option of options)
      if (option.mandatory === true && !given.includes(option.name)) tellMissing(this.tell, option, end);
  }
}

const ENVIRONMENT: Readonly<Record<string, string>> = {
  userprofile: 'UserProfile',
  systemdrive: 'SystemDrive',
  programfiles: 'ProgramFiles',
  programdata: 'ProgramData',
};

function isListed(text: string, names: readonly string[]): boolean {
  return names.some((name) => name.toLowerCase() === text.toLowerCase());
}

/** Replaces the dashes of an option with hyphens: two if only that form is known, since editors join two hyphens. */
function straightOption(text: string, options: readonly Parameter[]): string {
  const straight = text.replaceAll(ANY_DASH, '-');
  if (straight === text || straight.startsWith('--')) return straight;
  return options.some(({ name }) => name === `-${straight}`) ? `-${straight}` : straight;
}

function distinctCitations({ use, syntaxes }: Command): Citation[] {
  const all = [...syntaxes.flatMap(({ citations }) => citations), ...use.citations];
  return distinctBy(all, ({ work, place }) => JSON.stringify([work, place]));
}
