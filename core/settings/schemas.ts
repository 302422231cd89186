import * as z from 'zod/mini';
import { BOARD_COLUMNS, GROUPINGS, SHOWN_COLUMNS } from '../expiry/model/board-columns.ts';
import { presetThresholds, THRESHOLD_NAMES, THRESHOLD_PRESETS, thresholdFaults } from '../expiry/model/thresholds.ts';
import { boardFilter, boardSort } from '../expiry/schemas.ts';
import { LIFETIME_CLASS_IDS } from '../knowledge/model/credentials/lifetimes.ts';
import {
  MAINTENANCE_KINDS,
  MINUTES_LIMIT,
  resolveTimeZone,
  RULE_LIMITS,
  ruleFaults,
  WEEKDAYS,
} from '../maintenance/model/rules.ts';
import { READ_EVERY_MINUTES } from '../notifications/model/notification-settings.ts';
import { WINDOWS_SERVERS } from '../knowledge/model/support-end.ts';
import { isClusterId, type ClusterId } from '../shared/ids.ts';
import { isInstant, type Instant } from '../shared/instant.ts';
import { SERIAL_SPELLINGS } from '../shared/renew-revocation/draft.ts';
import { AUTHORITY_SHARE } from '../authorities/model/settings.ts';
import { COLUMN_WIDTH, DETAILS_SHARE, EXPIRY_VIEWS, SAVED_VIEWS, TIMELINE_DAYS } from '../expiry/model/settings.ts';
import type { Settings } from '../shared/settings.ts';
import { MOST_RECENT } from './model/settings.ts';

/* Uses zod's small variant, a fraction of the size, because loading this code delays the window. */

const instantField = z.custom<Instant>(isInstant);
const clusterId = z.custom<ClusterId>((value) => typeof value === 'string' && isClusterId(value));

const text = (most: number) => z.string().check(z.maxLength(most));
const integerBetween = ({ least, most }: { least: number; most: number }) => z.int().check(z.gte(least), z.lte(most));

/** A hundred years, beyond any useful threshold. */
const LONGEST_THRESHOLD_MS = 100 * 366 * 86_400_000;
const ownThreshold = z.strictObject({
  share: z.number().check(z.gt(0), z.lte(1)),
  atMostMs: z.optional(integerBetween({ least: 1, most: LONGEST_THRESHOLD_MS })),
});

const clusterFacts = z.strictObject({
  offSince: z.optional(instantField),
  lastUpdatedAt: z.optional(instantField),
  windowsServer: z.optional(z.enum(WINDOWS_SERVERS)),
  cloudAgent: z.optional(clusterId),
  distinctFrom: z.optional(z.array(clusterId)),
});

const timeOfDay = z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u));

const date = text(10);

const planning = z
  .strictObject({
    timeZone: text(100),
    weekdays: z.array(z.enum(WEEKDAYS)).check(z.maxLength(WEEKDAYS.length)),
    from: text(5),
    to: text(5),
    blackouts: z.array(z.strictObject({ from: date, to: date })).check(z.maxLength(RULE_LIMITS.blackouts)),
    leadDays: z.number(),
    horizonDays: z.number(),
    mostWindows: z.number(),
    withUpdates: z.boolean(),
    minutes: z.partialRecord(z.enum(MAINTENANCE_KINDS), integerBetween(MINUTES_LIMIT)),
  })
  .check(z.refine((rules) => ruleFaults(resolveTimeZone(rules, 'UTC')).length === 0));

const pixels = integerBetween({ least: 100, most: 100_000 });

const columns = z.array(z.enum(BOARD_COLUMNS)).check(z.minLength(1), z.maxLength(BOARD_COLUMNS.length));
const grouping = z.enum(['none', ...GROUPINGS]);

const savedView = z.strictObject({
  name: text(SAVED_VIEWS.longestName).check(z.minLength(1)),
  ...{ columns, sort: boardSort, grouping, filter: boardFilter },
});

/** Validates settings one by one: an invalid setting gets its default, and the others are kept. */
export const SETTING_SCHEMAS: { [Name in keyof Required<Settings>]: z.ZodMiniType<Required<Settings>[Name]> } = {
  language: z.enum(['system', 'en', 'ja']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'comfortable']),
  timeZone: z.enum(['local', 'utc']),
  recent: z.array(text(300)).check(z.maxLength(MOST_RECENT)),
  expiryView: z.enum(EXPIRY_VIEWS),
  columns,
  columnWidths: z.partialRecord(z.enum(SHOWN_COLUMNS), integerBetween(COLUMN_WIDTH)),
  detailsShare: integerBetween(DETAILS_SHARE),
  authorityShare: integerBetween(AUTHORITY_SHARE),
  timelineDays: z.literal(TIMELINE_DAYS),
  sort: boardSort,
  grouping,
  filter: boardFilter,
  // An unreadable view is left out and does not hide the others.
  savedViews: z.pipe(
    z.array(z.unknown()),
    z.transform((views) => views.flatMap((each) => savedView.safeParse(each).data ?? []).slice(0, SAVED_VIEWS.most)),
  ),
  thresholds: z.union([
    z.pipe(z.enum(THRESHOLD_PRESETS), z.transform(presetThresholds)),
    z
      .partialRecord(z.enum(LIFETIME_CLASS_IDS), z.partialRecord(z.enum(THRESHOLD_NAMES), ownThreshold))
      .check(z.refine((thresholds) => thresholdFaults(thresholds).length === 0)),
  ]),
  planning,
  clusterFacts: z.record(clusterId, clusterFacts),
  watch: z.strictObject({
    readEveryMinutes: z.literal(READ_EVERY_MINUTES),
    quiet: z.optional(z.strictObject({ from: timeOfDay, to: timeOfDay })),
    heartbeatHours: z.optional(integerBetween({ least: 1, most: 720 })),
    tray: z.boolean(),
    background: z.boolean(),
    startAtLogin: z.boolean(),
  }),
  serialSpelling: z.enum(SERIAL_SPELLINGS),
  window: z.object({
    x: z.optional(z.int()),
    y: z.optional(z.int()),
    width: pixels,
    height: pixels,
    maximized: z.boolean(),
  }),
};
