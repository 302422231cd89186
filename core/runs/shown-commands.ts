import { getScript } from '../plan/model/command-template.ts';
import type { Plan, PlanCommand } from '../plan/model/plan.ts';
import { ConsoleError } from '../shared/problem.ts';

/**
 * Refuses a recorded plan in which the script of a command is not the one that its shown form makes, byte for byte:
 * somebody has changed the record, and something else would run than what is shown. `run.command-changed`.
 */
export function checkShownCommands({ steps }: Plan): void {
  const changed = steps.find(({ command, check }) => !isAsShown(command) || !isAsShown(check?.command));
  if (changed !== undefined) throw new ConsoleError('run.command-changed', { step: changed.id });
}

/** All other commands are shown from what is run. */
function isAsShown(command: PlanCommand | undefined): boolean {
  if (command?.kind !== 'script' || command.typed === undefined) return true;
  try {
    return getScript(command.typed) === command.script;
  } catch {
    // No command of the catalogue has such a form.
    return false;
  }
}
