import { getEvent, findPurposeEvent } from '../model/event-ids.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { jsonEscape } from '../../shared/terminal-text.ts';
import type { NotificationMessage, NoticeTexts } from '../model/notice.ts';
import type { Ports } from '../../shared/ports.ts';

const EVENT_LOG = 'Application';
const EVENT_SOURCE = 'Arcwarden';
const POWER_SHELL = 'powershell.exe';
const TIMEOUT_MS = 60_000;
/** Source: Microsoft Learn, ReportEvent: 31,839 characters. */
const LONGEST_MESSAGE = 31_000;

/**
 * The same for every call: its values come on standard input as a JSON document. In plain text rather than as
 * `-EncodedCommand`, which security software takes for an attack; without double quotes, so that nothing in it has to
 * be escaped. Write-EventLog is part of Windows PowerShell 5.1, which every supported Windows has, but not of
 * PowerShell 7. `SourceExists` also searches the security log, which only administrators may read, and then throws:
 * whether a source is missing is found out by writing.
 */
const SCRIPT = [
  `$ErrorActionPreference = 'Stop'`,
  `$request = [Console]::In.ReadToEnd() | ConvertFrom-Json`,
  `$exists = $true`,
  `try { $exists = [System.Diagnostics.EventLog]::SourceExists($request.source) } catch { }`,
  `if (-not $exists) { New-EventLog -LogName $request.log -Source $request.source }`,
  `foreach ($entry in $request.events) { Write-EventLog -LogName $request.log -Source $request.source -EventId $entry.id -EntryType $entry.type -Message $entry.message }`,
].join('; ');

/**
 * Writes one entry per change, or a single one for a heartbeat or a test. `channel.not-available` except on Windows,
 * `program.*`.
 */
export async function writeToEventLog(
  { processes }: Pick<Ports, 'processes'>,
  { notice, texts }: { notice: NotificationMessage; texts: NoticeTexts },
): Promise<void> {
  if (processes.platform !== 'win32') throw new ConsoleError('channel.not-available', { channel: 'eventlog' });
  const { exitCode } = await processes.run({
    program: POWER_SHELL,
    args: ['-NoProfile', '-NonInteractive', '-Command', SCRIPT],
    input: asciiJson({ log: EVENT_LOG, source: EVENT_SOURCE, events: listEvents(notice, texts) }),
    timeoutMs: TIMEOUT_MS,
  });
  if (exitCode !== 0) throw new ConsoleError('program.failed', { program: POWER_SHELL, exitCode: exitCode ?? -1 });
}

function listEvents(notice: NotificationMessage, texts: NoticeTexts): { id: number; type: string; message: string }[] {
  const entry = ({ id, level }: ReturnType<typeof getEvent>, message: string) => ({
    id,
    type: level,
    message: message.slice(0, LONGEST_MESSAGE),
  });
  return notice.purpose === 'changes'
    ? notice.changes.map((change) => entry(getEvent(change), texts.entry(change)))
    : [
        ...notice.changes.map((change) => entry(getEvent(change), texts.entry(change))),
        entry(findPurposeEvent(notice.purpose), texts.body(notice)),
      ];
}

/** Windows PowerShell reads standard input in the console's code page: everything beyond ASCII is escaped. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, jsonEscape);
}
