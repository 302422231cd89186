import type { MaintenancePlan } from '../model/maintenance.ts';
import { formatStrings, writeScript } from '../../plan/export/power-shell.ts';
import type { Wording } from '../../shared/text/text.ts';
import code from './power-shell/register.ps1';
import { needsCredentialFolder } from './script.ts';
import { TASK_COMMAND } from './task-command.ts';

const REGISTER_TEXTS = {
  'no-account': [],
  'unknown-account': ['account'],
  'no-folder': [],
  'no-credential-folder': [],
  'bad-path': ['path'],
  'policy-blocks': ['policy'],
  'not-registered': ['task', 'error'],
  registered: ['task'],
  removed: ['task'],
  link: ['path'],
  owner: ['path', 'account'],
  writable: ['path', 'account'],
  'left-there': ['path', 'reason'],
} as const satisfies Record<string, readonly string[]>;

/**
 * Writes the script that registers the task and copies the maintenance script to the task's folder. Only administrators
 * may write there, since the task runs as SYSTEM: any user could create and own a folder below `%ProgramData%`, and
 * updates empty Arcwarden's own folder.
 */
export function registerScript(plan: MaintenancePlan, wording: Wording): string {
  const { translate } = wording;
  const head = [
    translate('maintenance.register.title'),
    translate('maintenance.register.usage', { script: 'arcwarden-maintenance.ps1', xml: 'arcwarden-maintenance.xml' }),
    translate('maintenance.register.clustered'),
    translate('maintenance.register.removal'),
  ];
  const texts = {
    ...formatStrings(REGISTER_TEXTS, 'maintenance.register', translate),
    ...formatStrings({ changed: ['file'] }, 'maintenance.script', translate),
  };
  const constrained = translate('steps.script.constrained');
  const document = { constrained, texts, needsCredentialFolder: needsCredentialFolder(plan), command: TASK_COMMAND };
  return writeScript(head, { code, document });
}
