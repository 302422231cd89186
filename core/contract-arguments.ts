import { z } from 'zod';
import { EXPORT_FORMATS } from './contract.ts';
import type { ConsoleApi } from './contract.ts';
import type { ClusterId, CredentialId } from './domain/credential.ts';
import type { FileTicket } from './domain/ticket.ts';
import { SETTING_SCHEMAS } from './store/schemas.ts';

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

type ArgumentSchemas = { [F in keyof ConsoleApi]: Record<keyof ConsoleApi[F], z.ZodType> };

/** The shape that the argument of each method must have; checked by main before the method runs. */
const ARGUMENTS = {
  inventory: {
    overview: nothing,
    rows: z.strictObject({ clusterIds: z.array(clusterId).max(MOST_ITEMS) }),
    details: z.strictObject({ clusterId, credentialId }),
    importFiles: z.strictObject({ tickets: z.array(fileTicket).min(1).max(MOST_ITEMS) }),
    forget: z.strictObject({ clusterId }),
    restore: z.strictObject({ clusterId }),
  },
  export: {
    board: z.strictObject({
      format: z.enum(EXPORT_FORMATS),
      filter: SETTING_SCHEMAS.filter,
      sort: SETTING_SCHEMAS.sort,
      target: fileTicket,
    }),
  },
  settings: {
    read: nothing,
    change: z.strictObject(SETTING_SCHEMAS).partial(),
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
