import { openInventoryToRead, useInventory } from '../../inventory/cli/open.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { answer } from '../../shared/verb/answer.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { UsageError, type ExitCode } from '../../shared/verb/usage.ts';
import { changeField, fieldNamed, isSetting, listFields, resetField } from '../fields.ts';
import type { Settings } from '../../shared/settings.ts';
import { settingsService } from '../service.ts';

export async function settingsList(invocation: Invocation): Promise<ExitCode> {
  const [name = ''] = invocation.words;
  if (name !== '') checkName(name);
  const store = await openInventoryToRead(invocation);
  const service = settingsService({ store });
  return print(invocation, await service.read(), name);
}

export function settingsSet(invocation: Invocation): Promise<ExitCode> {
  const [name = '', value = ''] = invocation.words;
  return runChange(invocation, name, (settings) => {
    const change = changeField(settings, name, value);
    if (change === undefined) throw new UsageError('cli.usage.bad-setting', { name, value });
    return change;
  });
}

/** Restores the default, or removes a setting without one. */
export function settingsReset(invocation: Invocation): Promise<ExitCode> {
  const [name = ''] = invocation.words;
  return runChange(invocation, name, (settings) => {
    const change = resetField(settings, name);
    if (change === undefined) throw new UsageError('cli.usage.no-reset', { name });
    return change;
  });
}

async function runChange(
  invocation: Invocation,
  name: string,
  change: (settings: Settings) => Partial<Settings>,
): Promise<ExitCode> {
  checkName(name);
  const settings = await useInventory(invocation, async (store) => {
    const service = settingsService({ store });
    return service.change(change(await service.read()));
  });
  return print(invocation, settings, name);
}

function checkName(name: string): void {
  if (!isSetting(name)) throw new UsageError('cli.usage.no-setting', { name });
}

function print(invocation: Invocation, settings: Settings, name: string): ExitCode {
  const { translate } = invocation;
  const fields = listFields(settings).filter((field) => name === '' || `${field.name}.`.startsWith(`${name}.`));
  const rows = fields.map(({ name: of, value }) => [
    of,
    typeof value === 'string' && value !== '' ? value : JSON.stringify(value),
  ]);
  const table = tabulate([translate('cli.settings.name'), translate('cli.settings.value')], rows);
  const document = name === '' ? settings : (fieldNamed(settings, name) ?? null);
  return answer(invocation, document, rows.length === 0 ? translate('cli.settings.none', { name }) : table);
}
