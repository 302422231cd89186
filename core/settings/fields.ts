import { SETTING_SCHEMAS } from './schemas.ts';
import { DEFAULT_SETTINGS } from './model/settings.ts';
import type { Settings } from '../shared/settings.ts';

/** One value of the settings, by the names that lead to it, joined by dots: `watch.quiet.from`. */
interface SettingField {
  name: string;
  /** A text, number, truth value or list. */
  value: unknown;
}

/** Every value of the settings, or of a part of them, in their order; what is not set has no field. */
export function listFields(settings: unknown, name = ''): SettingField[] {
  if (!isGroup(settings)) return settings === undefined ? [] : [{ name, value: settings }];
  return Object.entries(settings).flatMap(([key, each]) => listFields(each, name === '' ? key : `${name}.${key}`));
}

/** The value behind a name, which may be a group of others; `undefined` where there is none. */
export function fieldNamed(settings: Settings, name: string): unknown {
  let value: unknown = settings;
  for (const key of name.split('.')) value = isGroup(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** Whether the first of the names is one of a setting. */
export function isSetting(name: string): boolean {
  return Object.hasOwn(SETTING_SCHEMAS, name.split('.')[0] ?? '');
}

/**
 * The change that gives the field `name` the value that `text` stands for: JSON, a list of words with commas, or the text
 * itself, whichever the setting takes. `undefined` where it takes none of them.
 */
export function changeField(settings: Settings, name: string, text: string): Partial<Settings> | undefined {
  for (const value of [parseJson(text), text, text.split(',').map((word) => word.trim())]) {
    const change = value === undefined ? undefined : checkedChange(settings, name, value);
    if (change !== undefined) return change;
  }
  return undefined;
}

/** The change that gives the field `name` its default, or takes it away; `undefined` where it cannot be without the others. */
export function resetField(settings: Settings, name: string): Partial<Settings> | undefined {
  return checkedChange(settings, name, fieldNamed(DEFAULT_SETTINGS, name));
}

function checkedChange(settings: Settings, name: string, value: unknown): Partial<Settings> | undefined {
  const [setting = '', ...path] = name.split('.');
  const next = withValue(settings[setting as keyof Settings], path, value);
  if (next === undefined) return { [setting]: undefined };
  const checked = SETTING_SCHEMAS[setting as keyof Settings].safeParse(next);
  return checked.success ? { [setting]: checked.data } : undefined;
}

function withValue(group: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const { [key]: before, ...others } = isGroup(group) ? group : {};
  const next = withValue(before, rest, value);
  return next === undefined ? others : { ...others, [key]: next };
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
