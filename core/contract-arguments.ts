import { z } from 'zod';
import { EXPORT_FORMATS } from './contract.ts';
import type { ConsoleApi } from './contract.ts';
import { BOARD_COLUMNS } from './domain/board.ts';
import { LAYERS } from './domain/credential.ts';
import type { ClusterId, CredentialId } from './domain/credential.ts';
import { EXPIRY_STATES } from './domain/lifetime.ts';
import type { FileTicket } from './domain/ticket.ts';

/** Far above what a screen sends; an argument beyond these is a mistake or an attack. */
const MOST_ITEMS = 20_000;
const MOST_TEXT = 1_000_000;

const clusterId = z.custom<ClusterId>(
  (value) => typeof value === 'string' && /^[a-z0-9-]{1,80}$/.test(value),
);
const credentialId = z.custom<CredentialId>(
  (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
);
const fileTicket = z.custom<FileTicket>(
  (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value),
);

const nothing = z.undefined();

const filter = z.strictObject({
  query: z.string().max(1_000),
  states: z.array(z.enum(EXPIRY_STATES)).max(EXPIRY_STATES.length),
  layers: z.array(z.enum(LAYERS)).max(LAYERS.length),
});

const sort = z.strictObject({ column: z.enum(BOARD_COLUMNS), descending: z.boolean() });

const windowPlace = z.strictObject({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(100).max(100_000),
  height: z.number().int().min(100).max(100_000),
  maximized: z.boolean(),
});

/** Fields of the settings file; the store reads the file with the same shapes. */
export const SETTINGS_FIELDS = {
  language: z.enum(['system', 'en', 'ja']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'comfortable']),
  timeZone: z.enum(['local', 'utc']),
  columns: z.array(z.enum(BOARD_COLUMNS)).min(1).max(BOARD_COLUMNS.length),
  sort,
  filter,
  window: windowPlace,
};

type ArgumentSchemas = { [F in keyof ConsoleApi]: Record<keyof ConsoleApi[F], z.ZodType> };

/** The shape that the argument of each method must have; checked by main before the method runs. */
export const ARGUMENTS = {
  inventory: {
    overview: nothing,
    rows: z.strictObject({ clusterIds: z.array(clusterId).max(MOST_ITEMS) }),
    details: z.strictObject({ clusterId, credentialId }),
    importFiles: z.strictObject({ tickets: z.array(fileTicket).min(1).max(MOST_ITEMS) }),
    forget: z.strictObject({ clusterId }),
    restore: z.strictObject({ clusterId }),
  },
  export: {
    board: z.strictObject({ format: z.enum(EXPORT_FORMATS), filter, sort, target: fileTicket }),
  },
  settings: {
    read: nothing,
    change: z.strictObject(SETTINGS_FIELDS).partial(),
  },
  application: {
    about: nothing,
    chooseSources: z.strictObject({ kind: z.enum(['files', 'folders']) }),
    chooseTarget: z.strictObject({
      suggestedName: z
        .string()
        .min(1)
        .max(200)
        .regex(/^[^\\/:*?"<>|]+$/),
      format: z.enum(EXPORT_FORMATS),
    }),
    copy: z.strictObject({ text: z.string().max(MOST_TEXT) }),
  },
} satisfies ArgumentSchemas;

/** The first thing wrong with an argument, as `field: reason`; `undefined` when it fits. */
export function argumentFault<F extends keyof ConsoleApi>(
  feature: F,
  method: keyof ConsoleApi[F],
  argument: unknown,
): string | undefined {
  const schemas: Record<string, z.ZodType> = ARGUMENTS[feature];
  const checked = schemas[String(method)]?.safeParse(argument);
  if (checked === undefined) return `${feature}.${String(method)}: unknown method`;
  if (checked.success) return undefined;
  const issue = checked.error.issues[0];
  return issue === undefined
    ? 'unknown'
    : `${issue.path.join('.') || 'argument'}: ${issue.message}`;
}
