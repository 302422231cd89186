import { z } from 'zod';
import { BOARD_COLUMNS } from '../expiry/model/board.ts';
import { ROLE_IDS } from '../knowledge/model/credentials/credentials.ts';
import { LIFETIME_CLASS_IDS } from '../knowledge/model/credentials/lifetimes.ts';
import { WINDOWS_SERVERS } from '../plan/model/cluster-facts.ts';
import { LAYERS, type ClusterId, type CredentialId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import { EXPIRY_STATES } from '../expiry/model/lifetime.ts';
import type { KnownRevocation } from '../shared/renew-revocation/known.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import { SERIAL_SPELLINGS } from '../shared/renew-revocation/draft.ts';
import { AUTHORITY_SHARE, DETAILS_SHARE, EXPIRY_VIEWS, type Settings } from '../settings/model/settings.ts';
import { READ_EVERY_MINUTES } from '../notifications/model/notification-settings.ts';
import {
  MAINTENANCE_KINDS,
  MINUTES_LIMIT,
  resolvedRules,
  RULE_LIMITS,
  ruleFaults,
  WEEKDAYS,
} from '../maintenance/model/rules.ts';
import { THRESHOLD_NAMES, thresholdFaults } from '../expiry/model/thresholds.ts';
import { isClusterId } from './data-layout.ts';
import type { UnplacedRevocation } from './inventory-store.ts';

/** The shapes of all files in the data folder, without the field `schema`. */

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/u;
const SHA256_HEX = /^[0-9a-f]{64}$/u;

export const instant = z.custom<Instant>(
  (value) => typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value)),
);
export const credentialId = z.custom<CredentialId>((value) => typeof value === 'string' && SHA256_HEX.test(value));
export const clusterId = z.custom<ClusterId>((value) => typeof value === 'string' && isClusterId(value));

const source = z.object({ path: z.string(), entry: z.string(), fileModified: instant, readAt: instant });

const common = {
  id: credentialId,
  layer: z.enum(LAYERS),
  role: z.enum(ROLE_IDS),
  name: z.string(),
  sources: z.array(source).min(1),
  firstReadAt: instant,
};

const certificateEntry = z.object({
  ...common,
  kind: z.literal('certificate'),
  der: z.string(),
  keyMatch: z.enum(['matches', 'differs', 'encrypted', 'unreadable', 'absent']),
});

const tokenEntry = z.object({
  ...common,
  kind: z.literal('token'),
  notBefore: instant.exactOptional(),
  notAfter: instant.exactOptional(),
  assumed: z.boolean(),
  issuer: z.string().exactOptional(),
  subject: z.string().exactOptional(),
});

/** One credential. Entries are validated one by one, so that a bad one does not hide its neighbours. */
export const credentialEntry = z.discriminatedUnion('kind', [certificateEntry, tokenEntry]);
export type CredentialEntry = z.infer<typeof credentialEntry>;

export const historyEntry = z.object({ credential: credentialEntry, replacedBy: credentialId, replacedAt: instant });
export type HistoryEntry = z.infer<typeof historyEntry>;

/** A RenewRevocation object. */
export const renewRevocation: z.ZodType<RenewRevocation> = z.object({
  name: z.string(),
  namespace: z.string(),
  description: z.string().exactOptional(),
  entries: z.array(
    z.object({
      kind: z.enum(['serialnumber', 'Group', 'DNS', 'IP']),
      value: z.string(),
      description: z.string().exactOptional(),
      notBefore: instant.exactOptional(),
    }),
  ),
});

/** An object read from a file. */
export const revocationEntry: z.ZodType<KnownRevocation> = z.object({
  object: renewRevocation,
  source,
  isAlone: z.boolean(),
  liftedAt: instant.exactOptional(),
});
export const unplacedEntry: z.ZodType<UnplacedRevocation> = z.object({
  known: revocationEntry,
  sample: z.literal(true).exactOptional(),
});

export const clusterFile = z.object({
  cluster: z.object({
    id: clusterId,
    name: z.string(),
    kind: z.enum(['kubernetes', 'moc']),
    sample: z.literal(true).exactOptional(),
    addresses: z.array(z.string()),
    credentials: z.array(z.unknown()),
    history: z.array(z.unknown()),
    revocations: z.array(z.unknown()).exactOptional(),
  }),
});

const index = z.object({
  clusters: z.array(z.object({ id: clusterId, name: z.string() })),
  forgotten: z.array(z.object({ id: clusterId, name: z.string(), forgottenAt: instant })),
  lastImportAt: instant.exactOptional(),
});
/** Entries of the last list are validated one by one. */
export const indexFile = index.extend({ revocations: z.array(z.unknown()).exactOptional() });
export interface IndexFile extends z.infer<typeof index> {
  /** RenewRevocation objects whose cluster is unknown; absent when there are none. */
  revocations?: readonly UnplacedRevocation[];
}

export const settingsFile = z.object({ settings: z.record(z.string(), z.unknown()) });

/** A hundred years: no useful threshold is longer. */
const LONGEST_THRESHOLD_MS = 100 * 366 * 86_400_000;
const ownThreshold = z.strictObject({
  share: z.number().gt(0).max(1),
  atMostMs: z.int().min(1).max(LONGEST_THRESHOLD_MS).exactOptional(),
});

const clusterFacts = z.strictObject({
  offSince: instant.exactOptional(),
  lastUpdatedAt: instant.exactOptional(),
  windowsServer: z.enum(WINDOWS_SERVERS).exactOptional(),
  cloudAgent: clusterId.exactOptional(),
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

type SettingSchemas = { [Name in keyof Required<Settings>]: z.ZodType<Required<Settings>[Name]> };

/** Settings are validated one by one: a bad one takes its default and the others stay. */
export const SETTING_SCHEMAS: SettingSchemas = {
  language: z.enum(['system', 'en', 'ja']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'comfortable']),
  timeZone: z.enum(['local', 'utc']),
  expiryView: z.enum(EXPIRY_VIEWS),
  columns: z.array(z.enum(BOARD_COLUMNS)).min(1).max(BOARD_COLUMNS.length),
  detailsShare: z.int().min(DETAILS_SHARE.least).max(DETAILS_SHARE.most),
  authorityShare: z.int().min(AUTHORITY_SHARE.least).max(AUTHORITY_SHARE.most),
  sort: z.object({ column: z.enum(BOARD_COLUMNS), descending: z.boolean() }),
  filter: z.object({ query: z.string(), states: z.array(z.enum(EXPIRY_STATES)), layers: z.array(z.enum(LAYERS)) }),
  thresholds: z
    .partialRecord(z.enum(LIFETIME_CLASS_IDS), z.partialRecord(z.enum(THRESHOLD_NAMES), ownThreshold))
    .refine((thresholds) => thresholdFaults(thresholds).length === 0),
  planning,
  clusterFacts: z.record(clusterId, clusterFacts),
  watch: z.strictObject({
    readEveryMinutes: z.literal(READ_EVERY_MINUTES),
    quiet: z.strictObject({ from: timeOfDay, to: timeOfDay }).exactOptional(),
    heartbeatHours: z.int().min(1).max(720).exactOptional(),
    tray: z.boolean(),
    background: z.boolean(),
    startAtLogin: z.boolean(),
  }),
  serialSpelling: z.enum(SERIAL_SPELLINGS),
  window: z.object({
    x: z.int().exactOptional(),
    y: z.int().exactOptional(),
    width: z.int().min(100).max(100_000),
    height: z.int().min(100).max(100_000),
    maximized: z.boolean(),
  }),
};
