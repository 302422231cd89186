import { readParameters } from './cmdlet-shapes.ts';
import type { Command, Parameter, Syntax } from './cmdlet.ts';
import { ANY_DASH, DASHES } from './command-line.ts';
import type { Word } from './command-words.ts';
import { MOST_EDITS, OWN_NOUN } from './command-names.ts';
import { findSetFaults, type Given } from './command-sets.ts';
import type { CommandProblemCode, Part } from './command-problem.ts';
import { findValueFault, FORMATS, isClusterName, type ParameterKind } from './command-values.ts';
import { nearest } from '../edit-distance.ts';
import type { Citation } from '../../../shared/citation.ts';
import type { Severity } from '../../../shared/finding.ts';

/* Binds arguments to parameters as PowerShell does, and reports those that PowerShell would reject. */

interface ProblemDetails {
  params?: Record<string, string>;
  suggestion?: string | null;
  /** Default: `command.problem.<code>`. */
  text?: string;
  citations?: readonly Citation[];
}

export type Tell = (code: CommandProblemCode, severity: Severity, part: Part, details?: ProblemDetails) => void;

/** Parameters of every advanced function. Source: about_CommonParameters, version 5.1. */
const COMMON_PARAMETERS = readParameters<ParameterKind>(`
  Verbose|vb:option Debug|db:option ErrorAction|ea:preference WarningAction|wa:preference
  InformationAction|infa:preference ErrorVariable|ev:variable WarningVariable|wv:variable
  InformationVariable|iv:variable OutVariable|ov:variable OutBuffer#|ob PipelineVariable|pv:variable
  WhatIf|wi:option Confirm|cf:option
`).map(({ name, aliases: [alias = ''] = [], value: kind }) => ({
  ...{ name, alias, kind },
  /** Only functions that declare this parameter have it. Source: about_Functions_CmdletBindingAttribute. */
  isDeclared: name === 'WhatIf' || name === 'Confirm',
}));
type CommonParameter = (typeof COMMON_PARAMETERS)[number];

const SPLAT = /^@[a-z_]\w*$/iu;

const WRONG_VALUES: Readonly<Partial<Record<ParameterKind, string>>> = {
  number: 'command.problem.wrong-number',
  boolean: 'command.problem.wrong-boolean',
  switch: 'command.problem.wrong-boolean',
  option: 'command.problem.wrong-boolean',
  preference: 'command.problem.wrong-preference',
};

type Resolved = { is: 'own'; parameter: Parameter } | { is: 'common'; parameter: CommonParameter };
type Resolution = (Resolved & { isWhole: boolean }) | { is: 'ambiguous'; names: string[] } | { is: 'none' };

export function checkParameters(
  command: Command,
  first: Word,
  words: readonly Word[],
  tell: Tell,
  clusters: readonly string[] = [],
): void {
  // `-?` shows the help, whatever else is written.
  if (words.some(({ parameter }) => parameter?.name === '?')) return;
  new ParameterChecker(command, words, tell, clusters).check(first);
}

class ParameterChecker {
  readonly #command: Command;
  readonly #words: readonly Word[];
  readonly #tell: Tell;
  readonly #known: readonly Parameter[];
  readonly #clusters: readonly string[];
  readonly #given: Given[] = [];
  #at = 0;
  /** The switch immediately before the next word; a switch takes no value. */
  #switch: Word | undefined;
  #isElsewhere = false;
  #isGuess = false;

  constructor(command: Command, words: readonly Word[], tell: Tell, clusters: readonly string[]) {
    this.#clusters = clusters;
    this.#command = command;
    this.#words = words;
    this.#tell = tell;
    this.#known = distinct(command.syntaxes);
  }

  check(first: Word): void {
    while (this.#at < this.#words.length) {
      const before = this.#switch;
      this.#switch = undefined;
      const word = this.#words[this.#at];
      this.#at += 1;
      if (word === undefined) break;
      if (word.parameter !== null) this.#parameter(word, word.parameter.name);
      else if (!isSplat(word) && word.raw !== '--') this.#value(word, before);
    }
    const { name, otherLayer } = this.#command;
    if (!this.#isElsewhere || otherLayer === undefined) return this.#checkSets(this.#words.at(-1) ?? first);
    const other = otherLayer.command;
    this.#tell('wrong-layer', 'error', first, { params: { name, other }, suggestion: other });
  }

  #value(word: Word, before: Word | undefined): void {
    this.#skipList();
    const { open, positional, name } = this.#command;
    if (before !== undefined && !isComplete(this.#command)) {
      const isBoolean = /^\$(?:true|false)$/iu.test(word.raw);
      this.#tell('switch-value', 'error', isBoolean ? joinParts(before, word) : word, {
        params: { name: before.raw, text: word.raw },
        suggestion: isBoolean ? `${before.raw}:${word.raw}` : null,
      });
    } else if (open === true ? OWN_NOUN.test(name) : positional !== true)
      this.#tell('stray-word', open === true ? 'warning' : 'error', word, { params: { text: word.value } });
  }

  #parameter(word: Word, written: string): void {
    if (DASHES.includes(word.parameter?.dash ?? '-')) this.#dash(word, 'warning');
    const found = this.#resolve(written);
    if (found.is === 'none') this.#unknown(word, written);
    else if (found.is === 'ambiguous') {
      this.#takeValue(word);
      const params = { text: written, names: found.names.map(addDash).join(', ') };
      this.#tell('ambiguous', 'error', word, { params });
      this.#isGuess = true;
    } else {
      const { name } = found.parameter;
      if (!found.isWhole && OWN_NOUN.test(this.#command.name)) {
        const part = { at: word.at, raw: `-${written}` };
        this.#tell('abbreviated', 'notice', part, { params: { text: written, name }, suggestion: `-${name}` });
      }
      this.#bind(word, written, found);
    }
  }

  #bind(word: Word, written: string, found: Resolved): void {
    const { name } = found.parameter;
    const folded = name.toLowerCase();
    const own = found.is === 'own' ? found.parameter : null;
    const isRisk = found.is === 'common' && found.parameter.isDeclared;
    const declared = isRisk ? this.#known.find((each) => each.name.toLowerCase() === folded) : undefined;
    if (isRisk && declared === undefined && isComplete(this.#command))
      this.#tell('unknown-parameter', 'error', word, { params: { text: written } });
    else if (isRisk && declared === undefined)
      this.#tell('may-not-support', 'notice', word, { params: { text: word.raw } });
    if (this.#given.some((each) => each.name === folded))
      this.#tell('repeated-parameter', 'error', word, { params: { text: written } });
    this.#given.push({ name: folded, word, parameter: own ?? declared ?? null });
    if (own?.remark !== undefined) this.#tell('remark', own.remark.severity, word, { text: own.remark.text });
    const kind = found.is === 'own' ? found.parameter.value : found.parameter.kind;
    const hasColon = word.parameter?.hasColon === true;
    if (!hasColon && (kind === 'switch' || kind === 'option')) {
      this.#switch = word;
      return;
    }
    const value = this.#takeValue(word);
    const [single] = value;
    if (single === undefined) tellMissingValue(this.#tell, { name, value: own?.value ?? 'text' }, word);
    else this.#checkValue({ name, kind, isMandatory: own?.mandatory === true }, value, single);
  }

  #checkValue(
    { name, kind, isMandatory }: { name: string; kind: ParameterKind; isMandatory: boolean },
    value: readonly Word[],
    first: Word,
  ): void {
    const fault = findValueFault(kind, value, isMandatory);
    if (fault !== undefined) {
      const part = joinParts(first, value.at(-1) ?? first);
      const text = fault === 'wrong-value' ? WRONG_VALUES[kind] : `command.problem.${fault}`;
      const example = FORMATS[kind]?.example ?? '';
      this.#tell(fault, 'error', part, { params: { name: addDash(name), text: first.value, example }, text });
    } else if (kind === 'cluster') this.#checkName(first);
  }

  /** Takes the words that PowerShell reads as the value of a parameter; empty if there is none. */
  #takeValue({ parameter }: Word): Word[] {
    let at = this.#at;
    if (parameter?.hasColon !== true && this.#words[at]?.raw === '--') at += 1;
    const word = this.#words[at];
    if (word === undefined || word.parameter !== null || word.isListed || isSplat(word)) return [];
    this.#at = at + 1;
    return [word, ...this.#skipList()];
  }

  #skipList(): Word[] {
    const from = this.#at;
    while (this.#words[this.#at]?.isListed === true) this.#at += 1;
    return this.#words.slice(from, this.#at);
  }

  #resolve(written: string): Resolution {
    const folded = written.toLowerCase();
    const own = this.#known.filter(({ name }) => !COMMON_PARAMETERS.some((each) => isSame(each.name, name)));
    const exact = own.find(({ name, aliases = [] }) => [name, ...aliases].some((each) => isSame(each, written)));
    if (exact !== undefined) return { is: 'own', parameter: exact, isWhole: true };
    const common = COMMON_PARAMETERS.find(({ name, alias }) => isSame(name, written) || alias === folded);
    if (common !== undefined) return { is: 'common', parameter: common, isWhole: true };
    const [meant, ...others] = own.filter(({ name }) => startsWith(name, written));
    if (meant !== undefined && others.length === 0) return { is: 'own', parameter: meant, isWhole: false };
    const commons = COMMON_PARAMETERS.filter(
      (each) => startsWith(each.name, written) || startsWith(each.alias, written),
    ).filter((each) => !each.isDeclared || this.#known.some(({ name }) => isSame(name, each.name)));
    const [single] = commons;
    if (meant === undefined && single === undefined) return { is: 'none' };
    if (meant === undefined && single !== undefined && commons.length === 1)
      return { is: 'common', parameter: single, isWhole: false };
    if (meant !== undefined && isComplete(this.#command)) return { is: 'own', parameter: meant, isWhole: true };
    const names = [...(meant === undefined ? commons : [meant, ...others])].map(({ name }) => name);
    return { is: 'ambiguous', names };
  }

  #unknown(word: Word, written: string): void {
    const { name, open, otherLayer } = this.#command;
    const before = this.#words[this.#at - 2];
    const guess = this.#guessParameter(word, written);
    if (otherLayer !== undefined && isMeant(guess?.name ?? written, otherLayer.parameters)) {
      this.#isElsewhere = true;
      this.#takeValue(word);
      return;
    }
    if (guess !== undefined) {
      this.#isGuess = true;
      const { parameter } = guess;
      if (parameter !== undefined) this.#given.push({ name: guess.name.toLowerCase(), word, parameter });
      if (guess.hasValue) this.#takeValue(word);
      return;
    }
    const value = this.#takeValue(word);
    if (value.length === 0 && before !== undefined && this.#isSplitName(before)) {
      const joined = `${before.value}-${written}`;
      const params = { text: `${before.value} ${word.value}`, name: joined };
      this.#tell('split-name', 'error', joinParts(before, word), { params, suggestion: joined });
    } else if (open !== true) this.#tell('unknown-parameter', 'error', word, { params: { text: written } });
    else if (OWN_NOUN.test(name)) this.#tell('undocumented-parameter', 'warning', word, { params: { text: written } });
  }

  #isSplitName(before: Word): boolean {
    const last = this.#given.at(-1);
    return last?.parameter?.value === 'cluster' && before !== last.word;
  }

  /** Guesses which parameter was meant and reports the misspelling; `undefined` if no parameter is similar enough. */
  #guessParameter(
    { at }: Word,
    written: string,
  ): { name: string; parameter: Parameter | undefined; hasValue: boolean } | undefined {
    const most = written.length < 5 ? 1 : MOST_EDITS;
    const own = this.#known.map(({ name }) => name);
    const name =
      nearest(written, own, most) ??
      nearest(
        written,
        COMMON_PARAMETERS.map((each) => each.name),
        most,
      );
    if (name === undefined) return undefined;
    const told = { params: { text: written, name }, suggestion: `-${name}` };
    this.#tell('typo', 'error', { at, raw: `-${written}` }, told);
    const parameter = this.#known.find((each) => each.name === name);
    const kind = parameter?.value ?? COMMON_PARAMETERS.find((each) => each.name === name)?.kind;
    return { name, parameter, hasValue: kind !== 'switch' && kind !== 'option' };
  }

  #dash(word: Word, severity: Severity): void {
    const suggestion = word.raw.replaceAll(ANY_DASH, '-');
    this.#tell('typographic-dash', severity, word, { suggestion, params: { text: word.raw } });
  }

  /** Reports an invalid cluster name, and a valid name that a new cluster should not have. */
  #checkName(word: Word): void {
    const { value, isExpression } = word;
    if (isExpression || value.includes('<')) return;
    if ([...DASHES].some((dash) => value.includes(dash))) this.#dash(word, 'error');
    else if (!isClusterName(value)) this.#tell('bad-name', 'error', word, { params: { text: value } });
    else if (this.#command.name === 'New-AksHciCluster' && /[-A-Z]/u.test(value))
      this.#tell('name-style', 'notice', word);
    else if (this.#command.name !== 'New-AksHciCluster') tellUnknownCluster(this.#tell, word, value, this.#clusters);
  }

  #checkSets(last: Word): void {
    const { name, syntaxes } = this.#command;
    // A hash table passes values that are unknown here.
    const hasSplat = this.#words.some(isSplat);
    const place = getEnd(last);
    for (const fault of findSetFaults(syntaxes, this.#given)) {
      if (fault.kind === 'exclusive') {
        const params = { text: fault.later.word.raw, other: fault.earlier?.word.raw ?? '', name };
        this.#tell('exclusive', 'error', fault.later.word, { params });
      } else if (fault.kind === 'missing') {
        if (!hasSplat) tellMissing(this.#tell, fault.parameter, place);
      } else if (!this.#isGuess && !hasSplat) {
        const params = { names: fault.names.map(addDash).join(', '), name };
        this.#tell(fault.kind, fault.kind === 'no-choice' ? 'warning' : 'error', place, { params });
      }
    }
  }
}

export function tellUnknownCluster(tell: Tell, part: Part, name: string, clusters: readonly string[] = []): void {
  if (clusters.length === 0 || clusters.some((each) => isSame(each, name))) return;
  const suggestion = nearest(name, clusters, MOST_EDITS) ?? null;
  // A name without a similar one may belong to a cluster that was never imported.
  tell('unknown-cluster', suggestion === null ? 'notice' : 'warning', part, { params: { text: name }, suggestion });
}

export function tellMissing(tell: Tell, parameter: Parameter, place: Part): void {
  const name = addDash(parameter.name);
  const value = parameter.value === 'switch' ? '' : ` ${getExample(parameter)}`;
  tell('missing-parameter', 'error', place, { params: { name }, suggestion: ` ${name}${value}` });
}

export function tellMissingValue(tell: Tell, parameter: Parameter, word: Word): void {
  const suggestion = parameter.value === 'switch' ? null : ` ${getExample(parameter)}`;
  tell('missing-value', 'error', getEnd(word), { params: { name: addDash(parameter.name) }, suggestion });
}

export function getEnd({ at, raw }: Part): Part {
  return { at: at + raw.length, raw: '' };
}

export function joinParts(first: Part, last: Part): Part {
  return { at: first.at, raw: ' '.repeat(last.at + last.raw.length - first.at) };
}

export function distinct(syntaxes: readonly Syntax[]): Parameter[] {
  const all = new Map<string, Parameter>();
  for (const { parameters } of syntaxes)
    for (const parameter of parameters) {
      const known = all.get(parameter.name);
      // A parameter's remark in one parameter set applies to all sets.
      if (known?.remark === undefined) all.set(parameter.name, parameter);
    }
  return [...all.values()];
}

/** Returns whether all parameters of a cmdlet of Windows are known. */
function isComplete({ open, positional }: Command): boolean {
  return positional === true && open !== true;
}

function isSplat({ value, isQuoted }: Word): boolean {
  return !isQuoted && SPLAT.test(value);
}

/** Returns whether one of `names` was meant, possibly abbreviated or mistyped. */
function isMeant(written: string, names: readonly string[]): boolean {
  const isShort = written.length > 2 && names.some((name) => startsWith(name, written));
  return isShort || nearest(written, names, written.length < 5 ? 1 : MOST_EDITS) !== undefined;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function startsWith(name: string, start: string): boolean {
  return name.toLowerCase().startsWith(start.toLowerCase());
}

function addDash(name: string): string {
  return name.startsWith('-') ? name : `-${name}`;
}

function getExample({ name, value }: Parameter): string {
  return value === 'cluster' ? '<cluster>' : `<${name.replace(/^-+/u, '').toLowerCase()}>`;
}
