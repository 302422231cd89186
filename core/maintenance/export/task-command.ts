import { MAINTENANCE_EVENTS } from '../model/shutdown-events.ts';

/**
 * The task's command, for `-Command`. It reads the script once, compares its SHA-256 with the registered one, and runs
 * the text that it has read, so that nobody can replace the script in between. Only administrators can change the
 * definition of a task. The registration replaces `#…#` with quoted PowerShell strings. The command contains no double
 * quotes, since it is itself quoted, and no percent sign or `$(`, since the Task Scheduler replaces variables. Source:
 * IExecAction, remarks.
 */
export const TASK_COMMAND = [
  // In constrained language mode, the code below would fail as if the script had been changed.
  "if ([string] $ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {" +
    ` Write-EventLog -LogName Application -Source Arcwarden -EventId ${MAINTENANCE_EVENTS.constrained.id} -EntryType ${MAINTENANCE_EVENTS.constrained.level} -Message #CONSTRAINED#;` +
    ' exit 1 }',
  '$hash = $null',
  'try {' +
    ' $bytes = [IO.File]::ReadAllBytes(#SCRIPT#);' +
    " $hash = [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($bytes)).Replace('-', '')" +
    ' } catch { $hash = $null }',
  "if ($hash -ne '#HASH#') {" +
    ` Write-EventLog -LogName Application -Source Arcwarden -EventId ${MAINTENANCE_EVENTS.changed.id} -EntryType ${MAINTENANCE_EVENTS.changed.level} -Message #MESSAGE#;` +
    ' exit 1 }',
  // Unlike reading a file, decoding bytes keeps the byte order mark.
  '& ([ScriptBlock]::Create([Text.Encoding]::UTF8.GetString($bytes).TrimStart([char] 0xFEFF))) #ARGUMENTS#',
].join('; ');
