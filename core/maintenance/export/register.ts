import type { MaintenancePlan } from '../model/maintenance.ts';
import { documentText, scriptFile } from '../../formats/text/power-shell-file.ts';
import { TRUST_CODE } from '../../plan/export/power-shell-trust.ts';
import type { Wording } from '../../shared/text/text.ts';
import { REGISTER_CODE } from './register-code.ts';
import { needsCredentialFolder } from './script.ts';
import { TASK_COMMAND } from './task-command.ts';

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
    'no-account': translate('maintenance.register.no-account'),
    'unknown-account': translate('maintenance.register.unknown-account', { account: '{0}' }),
    'no-folder': translate('maintenance.register.no-folder'),
    'no-credential-folder': translate('maintenance.register.no-credential-folder'),
    'bad-path': translate('maintenance.register.bad-path', { path: '{0}' }),
    'policy-blocks': translate('maintenance.register.policy-blocks', { policy: '{0}' }),
    'not-registered': translate('maintenance.register.not-registered', { task: '{0}', error: '{1}' }),
    registered: translate('maintenance.register.registered', { task: '{0}' }),
    removed: translate('maintenance.register.removed', { task: '{0}' }),
    link: translate('maintenance.register.link', { path: '{0}' }),
    owner: translate('maintenance.register.owner', { path: '{0}', account: '{1}' }),
    writable: translate('maintenance.register.writable', { path: '{0}', account: '{1}' }),
    'left-there': translate('maintenance.register.left-there', { path: '{0}', reason: '{1}' }),
    changed: translate('maintenance.script.changed', { file: '{0}' }),
  };
  const constrained = translate('steps.script.constrained');
  const data = { constrained, texts, needsCredentialFolder: needsCredentialFolder(plan), command: TASK_COMMAND };
  return scriptFile(
    head,
    REGISTER_CODE.replace('#TRUST#', () => TRUST_CODE).replace('#DATA#', () => documentText(data)),
  );
}
