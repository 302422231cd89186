import { z } from 'zod';
import { clusterId, instantField, type SchemaFields } from '../shared/contract/schemas.ts';
import { BOARD_COLUMNS } from '../expiry/model/board-order.ts';
import { THRESHOLD_NAMES, thresholdFaults } from '../expiry/model/thresholds.ts';
import { boardFilter, boardSort } from '../expiry/schemas.ts';
import { LIFETIME_CLASS_IDS } from '../knowledge/model/credentials/lifetimes.ts';
import {
  MAINTENANCE_KINDS,
  MINUTES_LIMIT,
  resolvedRules,
  RULE_LIMITS,
  ruleFaults,
  WEEKDAYS,
} from '../maintenance/model/rules.ts';
import { READ_EVERY_MINUTES } from '../notifications/model/notification-settings.ts';
import { WINDOWS_SERVERS } from '../knowledge/model/support-end.ts';
import { SERIAL_SPELLINGS } from '../shared/renew-revocation/draft.ts';
import { AUTHORITY_SHARE, DETAILS_SHARE, EXPIRY_VIEWS, type Settings } from './model/settings.ts';

/** A hundred years: no useful threshold is longer. */
const LONGEST_THRESHOLD_MS = 100 * 366 * 86_400_000;
const ownThreshold = z.strictObject({
  share: z.number().gt(0).max(1),
  atMostMs: z.int().min(1).max(LONGEST_THRESHOLD_MS).optional(),
});

const clusterFacts = z.strictObject({
  offSince: instantField.optional(),
  lastUpdatedAt: instantField.optional(),
  windowsServer: z.enum(WINDOWS_SERVERS).optional(),
  cloudAgent: clusterId.optional(),
});

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u);

const date = z.string().max(10);

const planning = z
  .strictObject({
    timeZone: z.string().max(100),
    weekdays: z.array(z.enum(WEEKDAYS)).max(WEEKDAYS.length),
    from: z.string().max(5),
    to: z.string().max(5),
    blackouts: z.array(z.strictObject({ from: date, to: date })).max(RULE_LIMITS.blackouts),
    leadDays: z.number(),
    horizonDays: z.number(),
    mostWindows: z.number(),
    withUpdates: z.boolean(),
    minutes: z.partialRecord(z.enum(MAINTENANCE_KINDS), z.int().min(MINUTES_LIMIT.least).max(MINUTES_LIMIT.most)),
  })
  .refine((rules) => ruleFaults(resolvedRules(rules, 'UTC')).length === 0);

/**
 * The shape of each setting, in calls and in the file alike. Settings are validated one by one: an invalid one gets its
 * default and the others are kept.
 */
export const SETTING_SCHEMAS: SchemaFields<Required<Settings>> = {
  language: z.enum(['system', 'en', 'ja']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'comfortable']),
  timeZone: z.enum(['local', 'utc']),
  expiryView: z.enum(EXPIRY_VIEWS),
  columns: z.array(z.enum(BOARD_COLUMNS)).min(1).max(BOARD_COLUMNS.length),
  detailsShare: z.int().min(DETAILS_SHARE.least).max(DETAILS_SHARE.most),
  authorityShare: z.int().min(AUTHORITY_SHARE.least).max(AUTHORITY_SHARE.most),
  sort: boardSort,
  filter: boardFilter,
  thresholds: z
    .partialRecord(z.enum(LIFETIME_CLASS_IDS), z.partialRecord(z.enum(THRESHOLD_NAMES), ownThreshold))
    .refine((thresholds) => thresholdFaults(thresholds).length === 0),
  planning,
  clusterFacts: z.record(clusterId, clusterFacts),
  watch: z.strictObject({
    readEveryMinutes: z.literal(READ_EVERY_MINUTES),
    quiet: z.strictObject({ from: timeOfDay, to: timeOfDay }).optional(),
    heartbeatHours: z.int().min(1).max(720).optional(),
    tray: z.boolean(),
    background: z.boolean(),
    startAtLogin: z.boolean(),
  }),
  serialSpelling: z.enum(SERIAL_SPELLINGS),
  window: z.object({
    x: z.int().optional(),
    y: z.int().optional(),
    width: z.int().min(100).max(100_000),
    height: z.int().min(100).max(100_000),
    maximized: z.boolean(),
  }),
};
