import { HostMachine, type Fault, type StubCall } from '../support/host-machine.ts';
import { parseErrors, type ScriptHost, type Way } from '../support/real-power-shell.ts';
import type { StubFolders } from '../support/stub-modules.ts';
import { encodeText, callsNotMade, planCalls } from './calls.ts';
import { EXIT, isAtEnd, isRefusedName, MAY_FAIL, saysWroteErrors } from './decided.ts';
import type { WrittenScript } from './scripts.ts';
import { walk, type Walk } from './walk.ts';

/* Checks scripts for required properties, and counts the scripts that have them. */

export interface Shared {
  stubs: StubFolders;
  host: ScriptHost;
}

/** Counts the cases in which a property holds, and collects a message for each other case. */
export class Figure {
  holds = 0;
  readonly against: string[] = [];

  take(isSo: boolean, otherwise: () => string): void {
    if (isSo) this.holds += 1;
    else this.against.push(otherwise());
  }

  get all(): number {
    return this.holds + this.against.length;
  }
}

/** Returns the counts in a line such as `parsed 36 of 36, ran 35 of 36`. */
export function formatFigures(figures: Readonly<Record<string, Figure>>): string {
  return Object.entries(figures)
    .map(([name, { holds, all }]) => `${name} ${holds} of ${all}`)
    .join(', ');
}

/** Counts the scripts in which the parser of PowerShell finds no error. */
export async function proveParsed({ stubs }: Shared, scripts: readonly WrittenScript[]): Promise<Figure> {
  const figure = new Figure();
  const machine = new HostMachine(stubs);
  try {
    const byPath = new Map(scripts.map((script, at) => [machine.put(`${at}.ps1`, script.text), script]));
    for (const [path, errors] of await parseErrors(stubs, [...byPath.keys()]))
      figure.take(errors.length === 0, () => `${byPath.get(path)?.title ?? ''}: ${errors.join('; ')}`);
    return figure;
  } finally {
    machine.remove();
  }
}

export interface RunFigures {
  ran: Figure;
  /** Calls with parameters that the cmdlet accepts. */
  bound: Figure;
  /** Calls that the plan demands and that were made with the values of the plan. */
  exact: Figure;
  /** Scripts that changed nothing with `-WhatIf`. */
  whatIf: Figure;
}

/** Matches PowerShell's English message about a call with wrong parameters. */
const UNBOUND =
  /(?:cannot be found that matches parameter name|Parameter set cannot be resolved|missing mandatory parameters|Cannot bind (?:parameter|argument))[^\n]*/gu;

/** Runs each script to its end, and then with `-WhatIf`. */
export async function proveRuns(
  shared: Shared,
  scripts: readonly WrittenScript[],
  way: Way = 'console',
): Promise<RunFigures> {
  const figures = { ran: new Figure(), bound: new Figure(), exact: new Figure(), whatIf: new Figure() };
  for (const script of scripts) {
    const describeEnd = (what: string, { output }: Walk): string =>
      `${script.title}, ${way}: ${what}\n${output.slice(-600)}`;
    const end = await walk(shared, script, { way });
    end.machine.remove();
    const isDone = isAtEnd(script, end);
    // If no file can have that name, the script must stop when it copies the file, and for no other reason.
    const isRefused = isRefusedName(script, end.output);
    figures.ran.take(isDone || isRefused, () =>
      describeEnd(`ended with ${end.exitCode}${end.isStopped ? ', too late' : ''}`, end),
    );
    const unbound = [...`${end.output}\n${end.error}`.matchAll(UNBOUND)];
    figures.bound.holds += end.calls.length;
    for (const [message] of unbound) figures.bound.take(false, () => describeEnd(message, end));
    const wanted = planCalls(script).filter((call) => !JSON.stringify(call).includes(String.raw`\u0000`));
    const missing = callsNotMade(wanted, end.calls);
    if (isDone)
      for (const call of wanted)
        figures.exact.take(!missing.includes(call), () => describeEnd(`not made: ${JSON.stringify(call)}`, end));
    // A plan does not contain the steps of a window, so each call with the name of a cluster must have the right name.
    if (script.kind === 'maintenance')
      for (const { name, value } of namesGiven(end.calls))
        figures.exact.take(value === encodeText(script.names?.[0] ?? ''), () =>
          describeEnd(`${name} got ${JSON.stringify(value)}`, end),
        );
    if (script.kind === 'verification') continue;
    const dry = await walk(shared, script, { way, words: ['-WhatIf'] });
    dry.machine.remove();
    figures.whatIf.take(dry.calls.length === 0 || dry.calls.every(isHarmless), () =>
      describeEnd(`called ${dry.calls.map(({ name }) => name).join(', ')}`, dry),
    );
  }
  return figures;
}

function namesGiven(calls: readonly StubCall[]): { name: string; value: unknown }[] {
  return calls.flatMap((call) =>
    call.kind === 'cmdlet' && /AksHciCl|AksHciCr/u.test(call.name)
      ? [{ name: call.name, value: call.parameters['name'] }]
      : [],
  );
}

/** Returns whether a call only reads, or only creates an object, as the cmdlets for parts of a task do. */
function isHarmless({ name }: StubCall): boolean {
  return /^(?:Get|Test|New-ScheduledTask)/u.test(name);
}

export interface FaultFigures {
  /** Scripts that stopped with a nonzero exit code. */
  stopped: Figure;
  told: Figure;
  /** Scripts that reached their end when started again, or refused to start until a user checks. */
  resumed: Figure;
}

/** Makes each call of a script fail, one per run, except for calls that may fail. */
export async function proveFaults(
  shared: Shared,
  scripts: readonly WrittenScript[],
  kind: Extract<Fault['kind'], 'throw' | 'exit-code'>,
  way: Way = 'console',
): Promise<FaultFigures> {
  const figures = { stopped: new Figure(), told: new Figure(), resumed: new Figure() };
  for (const script of scripts) {
    const usual = await walk(shared, script, { way });
    usual.machine.remove();
    for (const [at, call] of usual.calls.entries()) {
      if ((kind === 'exit-code' && call.kind !== 'program') || MAY_FAIL.test(call.name)) continue;
      const text = kind === 'exit-code' ? '3' : `stub fault ${at + 1}`;
      const end = await walk(shared, script, { way, faults: [{ at: at + 1, kind, text }] });
      const where = (what: string, { output }: Walk = end): string =>
        `${script.title}, ${way}, ${kind} at ${call.name} (${at + 1}): ${what}\n${output.slice(-400)}`;
      figures.stopped.take(end.exitCode !== EXIT.done && !end.isStopped, () => where(`ended with ${end.exitCode}`));
      // Standard error of a program may be lost, but its exit code is reported.
      const code = kind === 'exit-code' ? text : '1';
      const said = new RegExp(call.kind === 'program' ? `${text}\\b|\\b${code}\\b` : `${text}\\b`, 'u');
      figures.told.take(said.test(`${end.output}\n${end.error}`), () => where('was not told'));
      const again = await walk(shared, script, { way, machine: end.machine });
      const isDone = isAtEnd(script, again);
      figures.resumed.take(isDone || again.exitCode === EXIT.refused, () => where(`again: ${again.exitCode}`, again));
      end.machine.remove();
    }
  }
  return figures;
}

/**
 * Makes each cmdlet write an error instead of throwing one. Such a script must not report success: it must stop, ask,
 * or report that the step wrote errors.
 */
export async function proveWrittenErrors(
  shared: Shared,
  scripts: readonly WrittenScript[],
  way: Way = 'console',
): Promise<Figure> {
  const figure = new Figure();
  for (const script of scripts) {
    const usual = await walk(shared, script, { way });
    usual.machine.remove();
    for (const [at, { kind, name }] of usual.calls.entries()) {
      if (kind !== 'cmdlet' || MAY_FAIL.test(name)) continue;
      const faults = [{ at: at + 1, kind: 'error' as const, text: `stub fault ${at + 1}` }];
      const end = await walk(shared, script, { way, faults });
      end.machine.remove();
      const isTold = end.exitCode !== EXIT.done || end.asked.length > usual.asked.length || saysWroteErrors(end.output);
      figure.take(
        isTold,
        () => `${script.title}, ${way}: ${name} (${at + 1}) wrote an error\n${end.output.slice(-300)}`,
      );
    }
  }
  return figure;
}
