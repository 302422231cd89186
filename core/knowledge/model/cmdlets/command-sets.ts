import type { Parameter, Syntax } from './cmdlet.ts';
import type { Word } from './command-words.ts';

export interface Given {
  /** In lower case. */
  name: string;
  word: Word;
  /** `null` for a parameter that every cmdlet has. */
  parameter: Parameter | null;
}

type SetFault =
  /** No set accepts both parameters. */
  | { kind: 'exclusive'; later: Given; earlier: Given | undefined }
  /** Every matching set requires the parameter. */
  | { kind: 'missing'; parameter: Parameter }
  | { kind: 'missing-choice'; names: string[] }
  /** More than one set matches, and only switches distinguish them. */
  | { kind: 'no-choice'; names: string[] };

export function findSetFaults(syntaxes: readonly Syntax[], given: readonly Given[]): SetFault[] {
  const own = given.filter(({ parameter }) => parameter !== null);
  const fitting = syntaxes.filter((syntax) => own.every((each) => takes(syntax, each.name)));
  if (fitting.length === 0) {
    const [later, earlier] = syntaxes.length === 0 ? [] : exclusivePair(own, syntaxes);
    return later === undefined ? [] : [{ kind: 'exclusive', later, earlier }];
  }
  const missing = fitting.map(({ parameters }) =>
    parameters.filter(({ mandatory, name }) => mandatory === true && !own.some((one) => one.parameter?.name === name)),
  );
  const [first = [], ...others] = missing;
  const always = first.filter((each) => others.every((list) => list.some(({ name }) => name === each.name)));
  const choices = missing.map((list) => list.filter(({ name }) => always.every((each) => each.name !== name)));
  const faults: SetFault[] = always.map((parameter) => ({ kind: 'missing', parameter }));
  if (choices.every((list) => list.length > 0))
    faults.push({ kind: 'missing-choice', names: [...new Set(choices.flat().map(({ name }) => name))] });
  else if (fitting.length > 1) {
    const names = distinctiveSwitches(fitting);
    if (names.length > 1) faults.push({ kind: 'no-choice', names });
  }
  return faults;
}

function takes({ parameters }: Syntax, name: string): boolean {
  return parameters.some((each) => each.name.toLowerCase() === name);
}

/** Returns the first two parameters that no parameter set accepts together, the later one first. */
function exclusivePair(given: readonly Given[], syntaxes: readonly Syntax[]): Given[] {
  for (const [at, later] of given.entries())
    for (const earlier of given.slice(0, at))
      if (!syntaxes.some((each) => takes(each, later.name) && takes(each, earlier.name))) return [later, earlier];
  return given.slice(-1);
}

/** Returns the switches that distinguish the sets; empty if another parameter also does. */
function distinctiveSwitches(syntaxes: readonly Syntax[]): string[] {
  const own = syntaxes.map(({ parameters }) =>
    parameters.filter(({ name }) => !syntaxes.every((each) => takes(each, name.toLowerCase()))),
  );
  const all = own.flat();
  if (all.some(({ value }) => value !== 'switch')) return [];
  return [...new Set(all.map(({ name }) => name))];
}
