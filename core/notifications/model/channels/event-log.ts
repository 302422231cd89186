import { jsonEscape } from '../../../shared/terminal-text.ts';
import { defineChannel, type ChannelMessage } from '../channel-type.ts';
import { findPurposeEvent, getEvent } from '../event-ids.ts';

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

/** One entry per change in the Windows event log, or a single one for a heartbeat or a test. */
export const EVENT_LOG = defineChannel({
  kind: 'event-log',
  fields: {},
  isAvailable: ({ processes }) => processes.platform === 'win32',
  deliver: (_, message) => ({
    by: 'program',
    run: {
      program: 'powershell.exe',
      args: ['-NoProfile', '-NonInteractive', '-Command', SCRIPT],
      input: asciiJson({ log: 'Application', source: 'Arcwarden', events: listEvents(message) }),
      timeoutMs: TIMEOUT_MS,
    },
  }),
});

function listEvents({ notice, texts }: ChannelMessage): { id: number; type: string; message: string }[] {
  const entry = ({ id, level }: ReturnType<typeof getEvent>, message: string) => ({
    id,
    type: level,
    message: message.slice(0, LONGEST_MESSAGE),
  });
  const changes = notice.changes.map((change) => entry(getEvent(change), texts.entry(change)));
  return notice.purpose === 'changes'
    ? changes
    : [...changes, entry(findPurposeEvent(notice.purpose), texts.body(notice))];
}

/** Windows PowerShell reads standard input in the console's code page: everything beyond ASCII is escaped. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, jsonEscape);
}
