import type { ClusterId } from '../../shared/ids.ts';
import type { JudgedFleet } from '../../expiry/model/judged-fleet.ts';
import { planFile } from '../export/export.ts';
import { planDeployment } from '../model/maintenance.ts';
import { checkAccount } from '../model/account.ts';
import {
  MAINTENANCE_KINDS,
  resolveTimeZone,
  ruleFaults,
  WEEKDAYS,
  type MaintenanceRules,
  type PlanningRules,
} from '../model/rules.ts';
import { ClusterLookup } from '../../plan/model/cluster-lookup.ts';
import { commandText } from '../../plan/model/plan.ts';
import { findNamesake, listDeployments, listMembers, needOneDeployment } from '../../plan/model/deployment.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { unlessAbsent } from '../../store/durable-json-file.ts';
import { currentPlan } from '../service.ts';
import { maintenanceText, taskQuestion } from '../text/maintenance-text.ts';
import { localTimeZone } from '../../shared/text/zoned-time.ts';
import { inputFault, noticeFindings } from '../../shared/verb/findings.ts';
import { readFleet, selectFleet } from '../../expiry/cli/fleet.ts';
import { listMinutes, PLAN_FILE_OPTIONS } from './options.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { badValue, parseChoice, splitList, STANDARD_OUTPUT } from '../../shared/verb/values.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

const RULE_OPTIONS: Record<keyof MaintenanceRules, string> = {
  timeZone: '--zone',
  weekdays: '--weekdays',
  from: '--hours',
  to: '--hours',
  blackouts: '--blackout',
  leadDays: '--lead',
  horizonDays: '--horizon',
  mostWindows: '--windows',
};

/** `arcwarden expiry plan [PATH...]`: prints maintenance windows; exits with 1 if a deadline is missed. */
export async function expiryPlan(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, translateFile, language, world } = invocation;
  if (line.values.account !== undefined) checkAccount(line.values.account);
  const { fleet, settings, findings } = await readFleet(invocation);
  const planning = getRules(invocation, settings.planning);
  const selected = selectFleet(invocation, fleet);
  const whole = currentPlan({ ...selected, planning });
  const { account, clustered } = line.values;
  const deployment = findDeployment(selected, line.values.deployment);
  // All files are generated before the first one is written, so that an error leaves none behind.
  const files = PLAN_FILE_OPTIONS.flatMap((option) => {
    const file = line.values[option];
    if (file === undefined) return [];
    const format = option === 'task-xml' && clustered ? 'task-xml-clustered' : option;
    const bytes = planFile(whole, { format, deployment, account }, { language, translate: translateFile });
    return [{ path: world.absolute(file), bytes, isPrinted: file === STANDARD_OUTPUT }];
  });
  const plan = deployment === undefined ? whole : planDeployment(whole, deployment);
  if (line.json) {
    const tasks = plan.tasks.map((task) => ({
      ...task,
      commands: task.commands.map(commandText),
      question: task.ask && taskQuestion(task, { language, translate }),
    }));
    world.json({ ...plan, tasks, findings });
  } else {
    world.out(maintenanceText(plan, { language, translate }));
    noticeFindings(invocation, findings);
  }
  await writeAll(files, ports);
  for (const { path } of files) world.notice(translate('cli.file.written', { path }));
  if (inputFault(findings)) return EXIT.usage;
  return plan.missed.length > 0 ? EXIT.attention : EXIT.fine;
}

interface PlanFile {
  path: string;
  bytes: Uint8Array;
  isPrinted: boolean;
}

/**
 * Writes all files. If one cannot be written, restores the others, latest first, and throws `file.not-writable`, even
 * if some cannot be restored.
 */
async function writeAll(files: readonly PlanFile[], ports: Invocation['ports']): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  try {
    for (const { path, bytes } of files.filter(({ isPrinted }) => !isPrinted)) {
      const before = await unlessAbsent(ports.files.read(path, Infinity));
      await ports.files.replace(path, bytes);
      undo.push(() => (before === undefined ? ports.files.remove(path) : ports.files.replace(path, before)));
    }
  } catch (error) {
    for (const restore of undo.reverse()) await restore().catch(() => undefined);
    throw error;
  }
  // Printed text cannot be undone, so it comes last.
  for (const { path, bytes } of files.filter(({ isPrinted }) => isPrinted)) await ports.files.replace(path, bytes);
}

function getRules({ line, translate }: Invocation, saved: PlanningRules): PlanningRules {
  const { zone, weekdays, hours, blackout, lead, horizon, minutes } = line.values;
  const [from = '', to = '', ...more] = (hours ?? '').split('-');
  const given: PlanningRules = {
    ...saved,
    ...(zone !== undefined && { timeZone: zone }),
    ...(weekdays !== undefined && {
      weekdays: splitList([weekdays]).map((day) => parseChoice('--weekdays', day, WEEKDAYS)),
    }),
    ...(hours !== undefined && { from, to: more.length > 0 ? '' : to }),
    ...(blackout !== undefined && { blackouts: splitList(blackout).map(parseBlackout) }),
    ...(lead !== undefined && { leadDays: Number(lead) }),
    ...(horizon !== undefined && { horizonDays: Number(horizon) }),
    ...(line.values['no-updates'] === true && { withUpdates: false }),
    minutes: { ...saved.minutes, ...listMinutes(minutes, MAINTENANCE_KINDS) },
  };
  const [fault] = ruleFaults(resolveTimeZone(given, localTimeZone()));
  if (fault === undefined) return given;
  const option = RULE_OPTIONS[fault.field];
  const allowed = translate('problem.plan.rules-invalid.remedy', { ...fault });
  throw badValue(option, { '--hours': hours, '--lead': lead, '--horizon': horizon }[option] ?? fault.value, allowed);
}

function parseBlackout(text: string): { from: string; to: string } {
  const [from = '', to = from] = text.split('..');
  return { from, to };
}

/**
 * Finds a deployment by its name, or by the name or id of a cluster in it. Throws `cluster.unknown`, or
 * `plan.deployment-needed` if several deployments have a cluster of that name.
 */
function findDeployment({ clusters, facts }: JudgedFleet, wanted: string | undefined): ClusterId | undefined {
  if (wanted === undefined) return undefined;
  const named = new ClusterLookup(clusters).find(wanted, { namesFirst: true });
  const found = listDeployments(clusters, facts).filter((each) =>
    listMembers(each).some((one) => named.some(({ id }) => id === one.id)),
  );
  const [deployment, ...others] = found;
  if (deployment === undefined) throw new ConsoleError('cluster.unknown', { cluster: wanted });
  if (others.length > 0) throw needOneDeployment(found);
  return findNamesake(deployment)?.id;
}
