import { jsonEscape } from '../../../shared/terminal-text.ts';
import { defineChannel, type ChannelMessage } from '../channel-type.ts';
import type { AlarmState, Change, NoticePurpose } from '../notice.ts';

/**
 * Event ids by new state, kind of change, and purpose; documented in docs/notifications.md. Ids never change and are
 * never reused, since monitoring rules refer to them. None is above 1000, the limit of eventcreate.
 */
export const EVENTS: Record<
  AlarmState | Exclude<Change['kind'], 'entered'> | Exclude<NoticePurpose, 'changes'>,
  { id: number; level: 'Error' | 'Warning' | 'Information' }
> = {
  'renewal-overdue': { id: 101, level: 'Warning' },
  stalled: { id: 102, level: 'Warning' },
  urgent: { id: 103, level: 'Error' },
  expired: { id: 104, level: 'Error' },
  'not-yet-valid': { id: 105, level: 'Warning' },
  renewed: { id: 110, level: 'Information' },
  recovered: { id: 111, level: 'Information' },
  withdrawn: { id: 112, level: 'Information' },
  'channel-failing': { id: 120, level: 'Warning' },
  'channel-working': { id: 121, level: 'Information' },
  'clock-back': { id: 130, level: 'Warning' },
  heartbeat: { id: 190, level: 'Information' },
  test: { id: 199, level: 'Information' },
};

const TIMEOUT_MS = 60_000;
/** Below 31,839 characters, the limit of ReportEvent. Source: Microsoft Learn. */
const LONGEST_MESSAGE = 31_000;

/**
 * The script is the same for every call; values arrive on standard input as JSON. It is plain text, since security
 * software treats `-EncodedCommand` as an attack, and has no double quotes, so that nothing needs escaping. PowerShell
 * 7 lacks Write-EventLog. `SourceExists` throws for anybody but administrators, so the script writes an entry to find
 * out whether a source is missing.
 */
const SCRIPT = [
  `$ErrorActionPreference = 'Stop'`,
  `$request = [Console]::In.ReadToEnd() | ConvertFrom-Json`,
  `$exists = $true`,
  `try { $exists = [System.Diagnostics.EventLog]::SourceExists($request.source) } catch { }`,
  `if (-not $exists) { New-EventLog -LogName $request.log -Source $request.source }`,
  `foreach ($entry in $request.events) { Write-EventLog -LogName $request.log -Source $request.source -EventId $entry.id -EntryType $entry.type -Message $entry.message }`,
].join('; ');

/** Writes one entry per change, or a single one for a heartbeat or a test. */
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
  const entry = (what: keyof typeof EVENTS, message: string) => {
    const { id, level } = EVENTS[what];
    return { id, type: level, message: message.slice(0, LONGEST_MESSAGE) };
  };
  const changes = notice.changes.map((change) =>
    entry(change.kind === 'entered' ? change.to : change.kind, texts.entry(change)),
  );
  return notice.purpose === 'changes' ? changes : [...changes, entry(notice.purpose, texts.body(notice))];
}

/** Formats JSON in ASCII, since Windows PowerShell reads standard input in the console's code page. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, jsonEscape);
}
