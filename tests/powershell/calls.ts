import type { CommandWord, Plan, PlanCommand } from '../../core/plan/model/plan.ts';
import type { RecordedValue, StubCall } from '../support/host-machine.ts';
import type { WrittenScript } from './scripts.ts';
import { ANY_CLUSTER, exampleInput } from './walk.ts';

/* The calls that a script must make according to its plan. */

export type WantedCall =
  | { kind: 'cmdlet'; name: string; parameters: Readonly<Record<string, RecordedValue>> }
  | { kind: 'program'; name: string; arguments: readonly string[] };

/** Returns the ids of the steps that the script leaves to a person, according to its document. */
function personsSteps(text: string): Set<string> {
  const [, document = '{}'] = /^\$Plan = @'\r?\n([\s\S]*?)\r?\n'@/mu.exec(text) ?? [];
  const { steps = [] } = JSON.parse(document) as { steps?: { id: string; person: boolean }[] };
  return new Set(steps.filter(({ person }) => person).map(({ id }) => id));
}

/**
 * Lists calls of cmdlets and programs in order, with the values of the plan: for the steps that the script runs, and
 * for the checks of these steps. Omits the commands of a block, because the block's code contains their calls.
 */
export function planCalls({ plan, text, names = [] }: WrittenScript): WantedCall[] {
  if (plan === undefined) return [];
  const persons = personsSteps(text);
  const steps: Plan['steps'] = plan.steps.filter(({ id }) => !persons.has(id));
  const wordText = (word: CommandWord): string =>
    'literal' in word
      ? word.literal
      : (word.value ?? (word.name === 'cluster' ? (names[0] ?? ANY_CLUSTER) : exampleInput(word.name)));
  return steps.flatMap(({ command, check }) =>
    [command, check?.command].flatMap((each) => (each === undefined ? [] : commandCalls(each, wordText))),
  );
}

function commandCalls(command: PlanCommand, text: (word: CommandWord) => string): WantedCall[] {
  switch (command.kind) {
    case 'cmdlet': {
      const parameters = command.parameters.map(({ name, value }) => [name, value === undefined ? true : text(value)]);
      // PowerShell replaces the alias `kill` before the call.
      const name = command.name === 'kill' ? 'Stop-Process' : command.name;
      return [{ kind: 'cmdlet', name, parameters: Object.fromEntries(parameters) as Record<string, RecordedValue> }];
    }
    case 'program':
      return [{ kind: 'program', name: command.program, arguments: command.args.map(text) }];
    case 'script':
      return [];
  }
}

/**
 * Lists the wanted calls that are missing. The calls must be made in this order, but other calls may come between them.
 */
export function callsNotMade(wanted: readonly WantedCall[], calls: readonly StubCall[]): WantedCall[] {
  let from = 0;
  return wanted.filter((each) => {
    const at = calls.findIndex((call, index) => index >= from && isMade(each, call));
    if (at >= 0) from = at + 1;
    return at < 0;
  });
}

/**
 * Returns whether `call` is the wanted one. Ignores parameters that the plan does not have, such as `-Confirm`, which
 * the script adds.
 */
function isMade(wanted: WantedCall, call: StubCall): boolean {
  if (wanted.name !== call.name) return false;
  if (wanted.kind === 'cmdlet' && call.kind === 'cmdlet')
    return Object.entries(wanted.parameters).every(([name, value]) => isSame(valueNamed(call.parameters, name), value));
  // The script adds arguments for its kubeconfig after those of the plan.
  return (
    wanted.kind === 'program' &&
    call.kind === 'program' &&
    wanted.arguments.every((argument, at) => call.arguments[at] === encodeText(argument))
  );
}

function valueNamed(parameters: Readonly<Record<string, RecordedValue>>, name: string): RecordedValue | undefined {
  return Object.entries(parameters).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}

/** Returns whether both values are equal; a list of one value equals that value. */
function isSame(bound: RecordedValue | undefined, value: RecordedValue): boolean {
  return bound === value || (Array.isArray(bound) && bound.length === 1 && bound[0] === value);
}

/** Returns whether any call contains the whole name, as a value or as part of an argument. */
export function carriesName(calls: readonly StubCall[], name: string): boolean {
  return calls.some((call) =>
    call.kind === 'cmdlet'
      ? Object.values(call.parameters).includes(name)
      : call.arguments.some((argument) => argument.includes(encodeText(name))),
  );
}

/** Returns the name as it appears in arguments and records: UTF-8 cannot represent half of a surrogate pair. */
export function encodeText(text: string): string {
  return Buffer.from(text).toString('utf8');
}
