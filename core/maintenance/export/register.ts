import type { MaintenancePlan } from '../model/maintenance.ts';
import { scriptFile } from '../../formats/text/power-shell-file.ts';
import { fillScript, formatStrings } from '../../plan/export/power-shell-command.ts';
import type { Wording } from '../../shared/text/text.ts';
import { REGISTER_CODE } from './register-code.ts';
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

/** The script that registers the task, once, and puts the other script where the task expects it. */
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
  const data = { constrained, texts, needsCredentialFolder: needsCredentialFolder(plan), command: TASK_COMMAND };
  return scriptFile(head, fillScript(REGISTER_CODE, data));
}
