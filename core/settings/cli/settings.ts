import { openInventoryToRead, withInventory } from '../../inventory/cli/context.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { tableLines } from '../../shared/verb/table.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';
import { changeField, fieldNamed, isSetting, listFields, resetField } from '../fields.ts';
import type { Settings } from '../../shared/settings.ts';
import { settingsService } from '../service.ts';

/** `arcwarden settings list [NAME]`: all settings, or those below a name. */
export async function settingsList(invocation: Invocation): Promise<ExitCode> {
  const [name = ''] = invocation.words;
  if (name !== '') checkName(name);
  const store = await openInventoryToRead(invocation);
  const service = settingsService({ store });
  print(invocation, await service.read(), name);
  return EXIT.fine;
}

/** `arcwarden settings set NAME VALUE`. */
export function settingsSet(invocation: Invocation): Promise<ExitCode> {
  const [name = '', value = ''] = invocation.words;
  return changed(invocation, name, (settings) => {
    const change = changeField(settings, name, value);
    if (change === undefined) throw new UsageError('cli.usage.bad-setting', { name, value });
    return change;
  });
}

/** `arcwarden settings reset NAME`: as it was before anybody set it. */
export function settingsReset(invocation: Invocation): Promise<ExitCode> {
  const [name = ''] = invocation.words;
  return changed(invocation, name, (settings) => {
    const change = resetField(settings, name);
    if (change === undefined) throw new UsageError('cli.usage.no-reset', { name });
    return change;
  });
}

async function changed(
  invocation: Invocation,
  name: string,
  change: (settings: Settings) => Partial<Settings>,
): Promise<ExitCode> {
  checkName(name);
  const settings = await withInventory(invocation, async (store) => {
    const service = settingsService({ store });
    return service.change(change(await service.read()));
  });
  print(invocation, settings, name);
  return EXIT.fine;
}

function checkName(name: string): void {
  if (!isSetting(name)) throw new UsageError('cli.usage.no-setting', { name });
}

function print({ line, world, translate }: Invocation, settings: Settings, name: string): void {
  if (line.json) {
    const value = name === '' ? settings : (fieldNamed(settings, name) ?? null);
    world.json(value);
    return;
  }
  const fields = listFields(settings).filter((field) => name === '' || `${field.name}.`.startsWith(`${name}.`));
  const columns = (['name', 'value'] as const).map((head) => ({
    head: translate(`cli.settings.${head}`),
    align: 'left' as const,
  }));
  const rows = fields.map((field) => [
    field.name,
    typeof field.value === 'string' && field.value !== '' ? field.value : JSON.stringify(field.value),
  ]);
  const lines = rows.length === 0 ? [translate('cli.settings.none', { name })] : tableLines(columns, rows);
  world.out(`${lines.join('\n')}\n`);
}
