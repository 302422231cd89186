import { MAINTENANCE_EVENTS } from '../model/shutdown-events.ts';
import { SECOND_MS, epochMs, type Instant } from '../../shared/instant.ts';
import { NEW_CREDENTIAL } from '../../knowledge/model/credentials/roles-remedies.ts';
import type { MaintenancePlan, MaintenanceWindow, PlannedTask } from '../model/maintenance.ts';
import { taskSteps } from '../model/window-plan.ts';
import type { PlanCommand, PlanStep } from '../../plan/model/plan.ts';
import { claimText, stepTitle } from '../../plan/text/plan-text.ts';
import { COMMAND_TEXTS, formatStrings, STATE_TEXTS, writeScript } from '../../plan/export/power-shell.ts';
import { listBlocks, scriptCommand } from '../../plan/export/power-shell-command.ts';
import { listClaims } from '../../plan/model/claims.ts';
import fetchCode from './power-shell/fetch-credential.ps1';
import windowsCode from './power-shell/windows.ps1';
import type { Wording } from '../../shared/text/text.ts';
import { formatDateInZone, formatInZone } from '../../shared/text/zoned-time.ts';
import { findTask, taskQuestion } from '../text/maintenance-text.ts';

/** Name of the value that `windows.ps1` takes from `-CredentialFolder`. */
const CREDENTIAL_FOLDER = 'credential-folder';

const SCRIPT_TEXTS = {
  begins: ['window', 'steps'],
  'step-done': ['task', 'command'],
  'step-done-before': ['task'],
  done: ['window'],
  'done-person': ['window', 'count', 'steps'],
  'done-before': ['window'],
  person: ['task', 'command', 'question'],
  failed: ['task', 'command', 'error'],
  errors: ['task', 'command', 'errors'],
  unknown: ['task', 'command'],
  busy: ['name'],
  'state-refused': ['reason'],
  'no-kubeconfig': ['count'],
  outside: [],
  missing: ['windows'],
  'check-fine': [],
  deployment: ['names'],
  'no-folder': [],
} as const satisfies Record<string, readonly string[]>;

export function runScript(plan: MaintenancePlan, wording: Wording): string {
  const { translate, language } = wording;
  const { timeZone } = plan.rules;
  const head = [
    translate('maintenance.script.title'),
    translate('maintenance.script.made', {
      date: formatInZone(plan.generatedAt, language, timeZone),
      until: formatDateInZone(plan.until, language, timeZone),
      count: plan.windows.length,
      zone: timeZone,
    }),
    translate('maintenance.script.usage'),
  ];
  const windows = plan.windows.map((window) => ({ window, tasks: tasksIn(window, plan) }));
  const blocks = listBlocks(windows.flatMap(({ tasks }) => tasks.flatMap(({ step }) => step.command ?? [])));
  const document = {
    events: MAINTENANCE_EVENTS,
    constrained: translate('steps.script.constrained'),
    texts: {
      ...formatStrings(SCRIPT_TEXTS, 'maintenance.script', translate),
      ...formatStrings({ ...COMMAND_TEXTS, ...STATE_TEXTS }, 'steps.script', translate),
    },
    deployments: [
      ...new Set(plan.windows.flatMap(({ steps }) => steps.map(({ task }) => findTask(plan, task)?.lane ?? ''))),
    ],
    madeAt: seconds(plan.generatedAt),
    windows: windows.map(({ window: { start, end }, tasks }) => ({
      id: start,
      text: formatInZone(start, language, timeZone),
      start: seconds(start),
      end: seconds(end),
      // Only one script at a time may work on these targets.
      claims: listClaims({ clusters: [], steps: tasks.map(({ step }) => step) }).map((claim) => ({
        name: claim.key,
        text: claimText(claim, wording),
      })),
      steps: tasks.map(({ task, step }) => ({
        id: step.id,
        deployment: task.lane,
        // The step interrupts a service, so it is repeated only after somebody has checked.
        disrupts: step.risk === 'disruptive',
        task: stepTitle(step, { ...wording, zone: 'utc' }),
        person: step.needsPerson ?? false,
        question: taskQuestion(task, wording),
        command: step.command === undefined ? null : scriptCommand(step.command, blocks),
      })),
    })),
  };
  return writeScript(head, { code: windowsCode, document, blocks });
}

function tasksIn({ steps }: MaintenanceWindow, plan: MaintenancePlan): { task: PlannedTask; step: PlanStep }[] {
  return steps.flatMap(({ task: id, due }) => {
    const task = findTask(plan, id);
    if (task === undefined) return [];
    return taskSteps(task, due).map((step) => {
      const fetched = task.step === 'credential' && !task.needsPerson ? fetchCredential(task, step) : undefined;
      return { task, step: { ...step, command: fetched ?? step.command } };
    });
  });
}

/**
 * Writes the kubeconfig to the admin's folder: by default, it would end up in the profile of the task's account.
 * Depending on the build, `-configPath` takes a file, or a folder in which the cmdlet chooses the name. A new, empty
 * folder suits both.
 */
function fetchCredential({ target }: PlannedTask, { command }: PlanStep): PlanCommand | undefined {
  if (command?.kind !== 'cmdlet') return undefined;
  // The name in commands may differ from the name shown to people.
  const cluster = command.parameters.find(({ name }) => name === 'name')?.value;
  if (cluster === undefined) return undefined;
  return {
    kind: 'script',
    script: fetchCode.trimEnd(),
    typed: NEW_CREDENTIAL.command,
    values: {
      cluster,
      folder: { name: CREDENTIAL_FOLDER },
      file: { name: 'file', value: `${target.clusterId}.kubeconfig` },
    },
  };
}

/** Returns seconds since 1970, because versions of PowerShell read dates in JSON differently. */
function seconds(moment: Instant): number {
  return epochMs(moment) / SECOND_MS;
}

export function needsCredentialFolder(plan: MaintenancePlan): boolean {
  return plan.tasks.some(({ step, needsPerson }) => step === 'credential' && !needsPerson);
}
