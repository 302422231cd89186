import { writeSavedFile, type SavedFile } from '../../shared/files/saved-file.ts';
import type { ClusterId } from '../../shared/ids.ts';
import { deploymentsIn, planDeployment, type MaintenancePlan, type PlanFormat } from '../model/maintenance.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Ports } from '../../shared/ports.ts';
import { writeCalendar } from './calendar.ts';
import { writeMaintenanceMarkdown } from './markdown.ts';
import { registerScript } from './register.ts';
import { runScript } from './script.ts';
import { taskXml, utf16 } from './task-xml.ts';
import { checkAccount, mayBeManaged } from '../model/account.ts';
import type { Wording } from '../../shared/text/text.ts';

interface PlanFileOptions {
  format: PlanFormat;
  /** By default, all. Required for a task if the plan has several deployments. */
  deployment?: ClusterId;
  /** Default: SYSTEM. */
  account?: string;
}

/**
 * Returns the content of a plan's file. Throws `plan.nothing-planned` or `plan.account-invalid`; for a task also
 * `plan.deployment-needed` or `plan.account-needs-password`.
 */
export function planFile(
  whole: MaintenancePlan,
  { format, deployment, account }: PlanFileOptions,
  wording: Wording,
): Uint8Array {
  if (account !== undefined) checkAccount(account);
  const plan = deployment === undefined ? whole : planDeployment(whole, deployment);
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  if (plan.windows.length === 0 && format !== 'markdown' && format !== 'register')
    throw new ConsoleError('plan.nothing-planned', {});
  switch (format) {
    case 'ics':
      return text(writeCalendar(plan, wording));
    case 'markdown':
      return text(writeMaintenanceMarkdown(plan, wording));
    case 'script':
      return text(runScript(plan, wording));
    case 'register':
      return text(registerScript(plan, wording));
    case 'task-xml':
    case 'task-xml-clustered': {
      const isClustered = format === 'task-xml-clustered';
      const all = deploymentsIn(whole);
      if (deployment === undefined && all.length > 1)
        throw new ConsoleError('plan.deployment-needed', { names: all.map(({ name }) => name).join(', ') });
      if (isClustered && account !== undefined && !mayBeManaged(account))
        throw new ConsoleError('plan.account-needs-password', { account });
      // The script may contain all deployments, so the task names its own.
      const needed = all.length > 1 ? deployment : undefined;
      return utf16(taskXml(plan, { isClustered, account, deployment: needed }, wording));
    }
  }
}

/** Throws the same errors as `planFile`, and `file.not-writable`. */
export async function exportPlan(
  ports: Pick<Ports, 'files' | 'crypto'>,
  plan: MaintenancePlan,
  { path, wording, ...options }: PlanFileOptions & { path: string; wording: Wording },
): Promise<SavedFile> {
  return writeSavedFile(ports, path, planFile(plan, options, wording));
}
