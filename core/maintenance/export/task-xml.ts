import type { ClusterId } from '../../shared/ids.ts';
import type { MaintenancePlan } from '../model/maintenance.ts';
import { formatDateInZone } from '../../shared/text/zoned-time.ts';
import type { Wording } from '../../shared/text/text.ts';

/** Source: [MS-TSCH] section 2.5.3, triggersType. */
export const MOST_TRIGGERS = 48;
/** Below `%ProgramFiles%`, where ordinary users cannot write. */
export const TASK_FOLDER = 'Arcwarden tasks';
/** The Task Scheduler expands the variable; the registration script replaces the arguments. */
const SCRIPT_PLACE = `%ProgramFiles%\\${TASK_FOLDER}\\arcwarden-maintenance.ps1`;
export const TASK_NAME = 'Arcwarden maintenance';
const SYSTEM_SID = 'S-1-5-18';
const NAMESPACE = 'http://schemas.microsoft.com/windows/2004/02/mit/task';

export interface TaskOptions {
  /** The account, as `DOMAIN\\name`; default: SYSTEM. */
  account?: string;
  /** Whether the task is registered with a failover cluster, which accepts no password. */
  isClustered: boolean;
  /** Absent if the plan has only one deployment. */
  deployment?: ClusterId;
}

/**
 * Writes a task for the Windows Task Scheduler, with times in UTC. A task that missed its start begins late but ends
 * with its window. Source: [MS-TSCH] section 2.5; version 1.2 is that of Windows Vista and later.
 */
export function taskXml(plan: MaintenancePlan, options: TaskOptions, wording: Wording): string {
  const windows = plan.windows.slice(0, MOST_TRIGGERS);
  const description = wording.translate('maintenance.task.description', {
    count: windows.length,
    until: formatDateInZone(plan.until, wording.language, plan.rules.timeZone),
  });
  const argument = options.deployment === undefined ? '' : ` -Deployment ${options.deployment}`;
  const longestMs = windows.reduce((most, { start, end }) => Math.max(most, Date.parse(end) - Date.parse(start)), 0);
  const lines = [
    // Windows determines the encoding by the byte order mark, and this declaration must agree with it.
    '<?xml version="1.0" encoding="UTF-16"?>',
    `<Task version="1.2" xmlns="${NAMESPACE}">`,
    '  <RegistrationInfo>',
    `    <Date>${plan.generatedAt}</Date>`,
    '    <Author>Arcwarden</Author>',
    `    <Description>${escapeXml(description)}</Description>`,
    `    <URI>\\Arcwarden\\${TASK_NAME}</URI>`,
    '  </RegistrationInfo>',
    '  <Triggers>',
    ...windows.flatMap(({ start, end }, index) => [
      `    <TimeTrigger id="window-${index + 1}">`,
      '      <Enabled>true</Enabled>',
      `      <StartBoundary>${start}</StartBoundary>`,
      `      <EndBoundary>${end}</EndBoundary>`,
      `      <ExecutionTimeLimit>${duration(Date.parse(end) - Date.parse(start))}</ExecutionTimeLimit>`,
      '    </TimeTrigger>',
    ]),
    '  </Triggers>',
    '  <Principals>',
    '    <Principal id="Author">',
    ...principalLines(options).map((line) => `      ${line}`),
    '    </Principal>',
    '  </Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <AllowHardTerminate>true</AllowHardTerminate>',
    '    <StartWhenAvailable>true</StartWhenAvailable>',
    '    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>',
    '    <AllowStartOnDemand>true</AllowStartOnDemand>',
    '    <Enabled>true</Enabled>',
    '    <Hidden>false</Hidden>',
    '    <RunOnlyIfIdle>false</RunOnlyIfIdle>',
    '    <WakeToRun>false</WakeToRun>',
    `    <ExecutionTimeLimit>${duration(longestMs)}</ExecutionTimeLimit>`,
    '    <Priority>7</Priority>',
    '  </Settings>',
    '  <Actions Context="Author">',
    '    <Exec>',
    '      <Command>%SystemRoot%\\System32\\WindowsPowerShell\\v1.0\\powershell.exe</Command>',
    `      <Arguments>-NoProfile -NonInteractive -File "${SCRIPT_PLACE}"${argument}</Arguments>`,
    '    </Exec>',
    '  </Actions>',
    '</Task>',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** Encodes little-endian UTF-16 with a byte order mark, as the Task Scheduler exports tasks. */
export function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, true);
  for (let at = 0; at < text.length; at += 1) view.setUint16(2 + at * 2, text.charCodeAt(at), true);
  return bytes;
}

/**
 * The password of a managed service account, whose name ends in `$`, comes from the domain and counts as a password
 * logon.
 */
function principalLines({ account }: TaskOptions): string[] {
  const run = '<RunLevel>HighestAvailable</RunLevel>';
  if (account === undefined) return [`<UserId>${SYSTEM_SID}</UserId>`, run];
  return [`<UserId>${escapeXml(account)}</UserId>`, '<LogonType>Password</LogonType>', run];
}

/** Formats a duration such as `PT6H30M`; at least one minute, since zero would mean no limit. */
function duration(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  const hours = Math.floor(minutes / 60);
  return `PT${hours > 0 ? `${hours}H` : ''}${minutes % 60 > 0 ? `${minutes % 60}M` : ''}`;
}

/** Escapes text. XML 1.0 allows no control characters, not even escaped ones, and no lone surrogates. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
