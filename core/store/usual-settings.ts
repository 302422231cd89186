import { BOARD_COLUMNS } from '../expiry/model/board-order.ts';
import {
  AUTHORITY_SHARE,
  DEFAULT_SETTINGS,
  DETAILS_SHARE,
  EXPIRY_VIEWS,
  type Settings,
} from '../settings/model/settings.ts';
import { SERIAL_SPELLINGS } from '../shared/renew-revocation/draft.ts';
import { SCHEMA_VERSION } from './migrations.ts';

type Check = (value: unknown) => boolean;

const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string);
const within =
  ({ least, most }: { least: number; most: number }): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;

/** What people change most, and what the window changes by itself. */
const CHECKS: Partial<Record<keyof Settings, Check>> = {
  language: oneOf('system', 'en', 'ja'),
  theme: oneOf('system', 'light', 'dark'),
  density: oneOf('compact', 'comfortable'),
  timeZone: oneOf('local', 'utc'),
  expiryView: oneOf(...EXPIRY_VIEWS),
  detailsShare: within(DETAILS_SHARE),
  authorityShare: within(AUTHORITY_SHARE),
  serialSpelling: oneOf(...SERIAL_SPELLINGS),
  sort: isUsualSort,
  window: isUsualPlace,
};

/**
 * The settings of a file in which each is its default or one of those that are checked here, as the format reads them;
 * `undefined` for anything else, about which the schemas decide. The first frame of the window waits for the settings, and
 * loading the schemas takes longer than all else that it waits for in main.
 */
export function usualSettings(content: unknown): Settings | undefined {
  if (!isObject(content) || content['schema'] !== SCHEMA_VERSION || !isObject(content['settings'])) return undefined;
  const stored = content['settings'];
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  for (const name of [...Object.keys(DEFAULT_SETTINGS), 'window'] as (keyof Settings)[]) {
    const value = stored[name];
    if (value === undefined) continue;
    if (CHECKS[name]?.(value) === true) settings[name] = value;
    else if (JSON.stringify(value) !== JSON.stringify(DEFAULT_SETTINGS[name])) return undefined;
  }
  return settings as unknown as Settings;
}

const SIZE = { least: 100, most: 100_000 };
const ANYWHERE = { least: Number.MIN_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER };

function isUsualPlace(place: unknown): boolean {
  if (!isObject(place)) return false;
  const { x, y, width, height, maximized, ...others } = place;
  const isSize = within(SIZE)(width) && within(SIZE)(height) && typeof maximized === 'boolean';
  const isThere = (value: unknown): boolean => value === undefined || within(ANYWHERE)(value);
  return isSize && isThere(x) && isThere(y) && Object.keys(others).length === 0;
}

function isUsualSort(sort: unknown): boolean {
  if (!isObject(sort)) return false;
  const { column, descending, ...others } = sort;
  return oneOf(...BOARD_COLUMNS)(column) && typeof descending === 'boolean' && Object.keys(others).length === 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
