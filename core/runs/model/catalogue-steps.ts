import type { CommandWord, Plan, PlanCommand, PlanStep, StepCheck } from '../../plan/model/plan.ts';
import { OPEN_VERSION, parseOpenValue, valueFault } from '../../plan/model/value.ts';
import { listFinderSteps, removePodCheck } from '../../repair/model/finders.ts';
import { listCatalogueSteps, type CatalogueStep } from '../../repair/model/plan.ts';
import { stepId } from '../../repair/model/plan-step.ts';
import { listUpdateSteps } from '../../update/model/step.ts';

/*
 * A recorded step runs only if the catalogue contains it. A manipulated record can therefore only run other catalogue
 * steps or values, and the screen shows both.
 */

/** Returns whether the catalogue contains the step. All parts must match byte for byte. */
export function isOfCatalogue(step: PlanStep, kind: Plan['kind']): boolean {
  const made = [...repairEntries(), ...(kind === 'update' ? groupByKey(updateSteps(step)) : [])];
  const parts = stepParts(step);
  const isMade = made.some(
    ({ stems, allowed }) =>
      PARTS.every((part) => allowed[part].has(parts[part])) &&
      [...stems].some((stem) => begins(step.id, stepId(stem, step.cluster ?? ''))),
  );
  return isMade && (step.instead?.steps ?? []).every((each) => isOfCatalogue(each, kind));
}

/** Returns whether an id begins with the stem. Update steps append the version; equal names are numbered. */
function begins(id: string, stem: string): boolean {
  return id === stem || id.startsWith(`${stem}-`);
}

/** Steps that a plan may merge into one step, with all of their parts. */
interface Entry {
  stems: Set<string>;
  allowed: Record<keyof Parts, Set<string>>;
}

let known: readonly Entry[] | undefined;

function repairEntries(): readonly Entry[] {
  known ??= groupByKey([
    ...listCatalogueSteps().flatMap(({ key, step }) => [
      { key, step },
      { key, step: removePodCheck(step) },
    ]),
    ...listFinderSteps().map((step) => ({ key: step.id, step })),
  ]);
  return known;
}

function updateSteps({ check }: PlanStep): CatalogueStep[] {
  const [version] = check?.prints ?? [];
  return listUpdateSteps(version ?? '').map((step) => ({ key: `update ${step.id} ${step.title.text}`, step }));
}

function groupByKey(steps: readonly CatalogueStep[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const { key, step } of steps) {
    const allowed = Object.fromEntries(PARTS.map((part) => [part, new Set<string>()])) as Entry['allowed'];
    const entry = entries.get(key) ?? { stems: new Set(), allowed };
    entries.set(key, entry);
    entry.stems.add(step.id);
    const parts = stepParts(step);
    for (const part of PARTS) entry.allowed[part].add(parts[part]);
  }
  return [...entries.values()];
}

type Parts = Record<(typeof PARTS)[number], string>;
const PARTS = ['title', 'command', 'check', 'undo', 'risk', 'person', 'place'] as const;

/** Returns each part as text without values. A value of the wrong kind is kept, so that the part matches nothing. */
function stepParts(step: PlanStep): Parts {
  const { title, command, check, undo, risk, needsPerson = false, target } = step;
  return {
    title: title.text,
    command: commandForm(command),
    check: formOfCheck(check),
    undo: commandForm(undo?.command),
    risk,
    person: String(needsPerson),
    place: target.kind,
  };
}

function formOfCheck(check: StepCheck | undefined): string {
  if (check === undefined) return '';
  const { command, prints = null, satisfiedBy = null, deniedBy = null } = check;
  return JSON.stringify([commandForm(command), prints, satisfiedBy, deniedBy]);
}

function commandForm(command: PlanCommand | undefined): string {
  switch (command?.kind) {
    case undefined:
      return '';
    case 'cmdlet':
      return JSON.stringify([command.name, command.parameters.map(({ name, value }) => [name, wordForm(value)])]);
    case 'program': {
      const words = command.args.map(wordForm);
      return JSON.stringify([command.program, removeRepeatedFiles(words), wordForm(command.outFile)]);
    }
    case 'script': {
      const values = Object.entries(command.values).map(([key, word]) => [key, wordForm(word)]);
      return JSON.stringify([command.script, command.typed ?? null, values.sort()]);
    }
  }
}

/** Removes repeated `-f` words, because a command may name several files. */
function removeRepeatedFiles(words: readonly (string | null)[]): (string | null)[] {
  const isFile = (at: number): boolean => words[at] === '= -f' && words[at + 1] === 'file';
  return words.filter((_, at) => !(isFile(at) && isFile(at - 2)) && !(isFile(at - 1) && isFile(at - 3)));
}

function wordForm(word: CommandWord | undefined): string | null {
  if (word === undefined) return null;
  if ('literal' in word) return `= ${word.literal}`;
  const open = parseOpenValue(word.name);
  if (word.value !== undefined && valueFault(open, word.value) !== undefined) return `! ${word.value}`;
  if (open.placeholder !== undefined) return open.placeholder;
  return word.name.startsWith(OPEN_VERSION) ? 'kubernetesVersion' : word.name;
}
