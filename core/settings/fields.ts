import { parseJson } from '../formats/text/json-object.ts';
import { SETTING_SCHEMAS } from './schemas.ts';
import { DEFAULT_SETTINGS } from './model/settings.ts';
import type { Settings } from '../shared/settings.ts';

/** The name is a path joined by dots: `watch.quiet.from`. */
interface SettingField {
  name: string;
  value: unknown;
}

export function listFields(settings: unknown, name = ''): SettingField[] {
  if (!isGroup(settings)) return settings === undefined ? [] : [{ name, value: settings }];
  return Object.entries(settings).flatMap(([key, each]) => listFields(each, name === '' ? key : `${name}.${key}`));
}

export function fieldNamed(settings: Settings, name: string): unknown {
  let value: unknown = settings;
  for (const key of name.split('.')) value = isGroup(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

export function isSetting(name: string): boolean {
  return Object.hasOwn(SETTING_SCHEMAS, name.split('.')[0] ?? '');
}

/**
 * Parses the text as JSON, as plain text, or as a comma-separated list of words, whichever fits the setting first.
 * `undefined` if none fits.
 */
export function changeField(settings: Settings, name: string, text: string): Partial<Settings> | undefined {
  for (const value of [parseJson(text), text, text.split(',').map((word) => word.trim())]) {
    const change = value === undefined ? undefined : validateChange(settings, name, value);
    if (change !== undefined) return change;
  }
  return undefined;
}

/** Resets a field to its default or removes it; `undefined` if the group requires the field. */
export function resetField(settings: Settings, name: string): Partial<Settings> | undefined {
  return validateChange(settings, name, fieldNamed(DEFAULT_SETTINGS, name));
}

function validateChange(settings: Settings, name: string, value: unknown): Partial<Settings> | undefined {
  const [setting = '', ...path] = name.split('.');
  const next = replaceValue(settings[setting as keyof Settings], path, value);
  if (next === undefined) return { [setting]: undefined };
  const checked = SETTING_SCHEMAS[setting as keyof Settings].safeParse(next);
  return checked.success ? { [setting]: checked.data } : undefined;
}

function replaceValue(group: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const { [key]: before, ...others } = isGroup(group) ? group : {};
  const next = replaceValue(before, rest, value);
  return next === undefined ? others : { ...others, [key]: next };
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
