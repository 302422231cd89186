import { printPage, type Printing } from '../../formats/print.ts';
import { writeSavedFile, type SavedFile } from '../../shared/files/saved-file.ts';
import { PLAN_FILE_FORMATS, type PlanFileFormat } from '../model/file-format.ts';
import type { Plan } from '../model/plan.ts';
import type { Wording } from '../../shared/text/text.ts';
import type { PlanWording } from '../text/plan-text.ts';
import type { Ports, Printed } from '../../shared/ports.ts';
import { planHtml, type PlanCauses } from './html-page.ts';
import { planMarkdown } from './markdown-page.ts';
import { planScript } from './script.ts';

const WRITERS: Record<PlanFileFormat, (plan: Plan, wording: PlanWording) => string> = {
  ps1: planScript,
  md: planMarkdown,
  html: planHtml,
};

export function findPlanFormat(path: string): PlanFileFormat | undefined {
  return PLAN_FILE_FORMATS.find((format) => path.toLowerCase().endsWith(`.${format}`));
}

/** Writes a plan to `path` in one piece, replacing any existing file. Times are in UTC. Throws `file.not-writable`. */
export async function writePlanFile(
  ports: Pick<Ports, 'files' | 'crypto'>,
  plan: Plan,
  { path, format, wording }: { path: string; format: PlanFileFormat; wording: Wording },
): Promise<SavedFile> {
  return writeSavedFile(ports, path, WRITERS[format](plan, { ...wording, zone: 'utc' }));
}

/** Prints a plan and its causes. Times are in UTC. Throws `print.not-available` or `print.failed`. */
export function printPlan(
  ports: Printing,
  plan: Plan,
  { wording, causes }: { wording: Wording; causes?: PlanCauses },
): Promise<Printed> {
  return printPage(ports, () => planHtml(plan, { ...wording, zone: 'utc' }, causes));
}
