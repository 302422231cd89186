import { listWords, type Plan, type PlanStep } from '../../plan/model/plan.ts';
import { parseOpenValue, valueFault } from '../../plan/model/value.ts';
import { createLookup, type FoundValues } from '../../repair/model/finders.ts';
import { distinctBy } from '../../shared/lists.ts';
import { fillStep, type RunRecord } from './run.ts';

/*
 * Values that an earlier step of a run has printed. The recorded output is the only copy: a record keeps such a value
 * open, so that a person can still replace it.
 */

export interface PrintedValue extends Pick<FoundValues, 'choices'> {
  name: string;
  /** Number of the step that printed it; 1-based. */
  step: number;
  /** The value that the run uses; absent if a person must choose. */
  value?: string;
}

type Recorded = Pick<RunRecord, 'plan' | 'steps'>;

/** Output of a step that has succeeded. */
interface Printout {
  at: number;
  finds: string;
  lines: readonly string[];
  isWhole: boolean;
}

export function listPrintouts({ plan, steps }: Recorded): Printout[] {
  return steps.flatMap(({ state, result }, at) => {
    const step = plan.steps[at];
    if (state !== 'done' || result?.ended !== 'itself' || result.exitCode !== 0 || step?.risk !== 'none') return [];
    const { finds } = createLookup(step);
    if (finds === undefined) return [];
    const { head, tail, leftOutBytes } = result.output;
    const lines = `${head}${tail}`.split(/\r?\n/u).map((line) => line.trim());
    return { at, finds, lines, isWhole: leftOutBytes === 0 };
  });
}

/** Lists what earlier steps printed for the open values of a step. */
export function listPrinted(run: Recorded, at: number, printouts = listPrintouts(run)): PrintedValue[] {
  const step = run.plan.steps[at];
  if (step === undefined || printouts.length === 0) return [];
  return createLookup(step).needs.flatMap(({ name, placeholder, finder, key, cluster }) => {
    const printout = printouts.findLast((each) => each.finds === key && each.at < at);
    if (printout === undefined || finder.read === undefined || cluster === undefined) return [];
    const named = findNameInCommands(run.plan, cluster);
    const read = finder.read(printout.lines, { placeholder, cluster: named ?? cluster });
    const choices = distinctBy(read.choices, ({ value }) => value).filter(
      ({ value }) => valueFault(parseOpenValue(name), value) === undefined,
    );
    // A name that is only guessed may belong to another cluster.
    const isSure = read.isSure && named !== undefined && printout.isWhole;
    const value = isSure && choices.length === 1 ? choices[0]?.value : undefined;
    return choices.length === 0 ? [] : { name, step: printout.at + 1, choices, value };
  });
}

/** Fills in the values that earlier steps printed, where nobody has to choose. */
export function fillPrinted(run: Recorded, printouts = listPrintouts(run)): Plan {
  if (printouts.length === 0) return run.plan;
  const steps = run.plan.steps.map((step, at) => fillStep(step, collectValues(listPrinted(run, at, printouts))));
  return { ...run.plan, steps };
}

export function collectValues(printed: readonly PrintedValue[]): ReadonlyMap<string, string> {
  return new Map(printed.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])));
}

/** Returns the number of the step that prints each value, for values that an earlier step prints. */
export function listPrinters(steps: readonly PlanStep[]): ReadonlyMap<string, number> {
  const [found, printers] = [new Map<string, number>(), new Map<string, number>()];
  for (const [at, step] of steps.entries()) {
    const { finds, needs } = createLookup(step);
    for (const { name, key, finder } of needs) {
      const printer = found.get(key);
      if (printer !== undefined && finder.read !== undefined && !printers.has(name)) printers.set(name, printer);
    }
    if (finds !== undefined && !found.has(finds)) found.set(finds, at + 1);
  }
  return printers;
}

/** A plan leaves the name of a cluster open in commands unless it is sure. */
function findNameInCommands({ steps }: Plan, cluster: string): string | undefined {
  for (const step of steps) {
    if (step.cluster !== cluster || step.command === undefined) continue;
    for (const word of listWords(step.command))
      if ('name' in word && word.value !== undefined && parseOpenValue(word.name).placeholder === 'cluster')
        return word.value;
  }
  return undefined;
}
