import { z } from 'zod';
import { AUDIT_METHODS, type AuditEvents } from './audit/contract.ts';
import { AUTHORITY_METHODS, type AuthorityEvents } from './authorities/contract.ts';
import type { Versions } from './shared/ports.ts';
import { method, type Calls, type Methods } from './shared/contract/method.ts';
import { MOST_TEXT, fileTicket } from './shared/contract/schemas.ts';
import { EXPORT_METHODS } from './expiry/contract.ts';
import { FORECAST_METHODS } from './forecast/contract.ts';
import { INVENTORY_METHODS, type InventoryEvents } from './inventory/contract.ts';
import { LAB_METHODS, type LabEvents } from './lab/contract.ts';
import { MAINTENANCE_METHODS } from './maintenance/contract.ts';
import { NOTIFICATION_METHODS, type NotificationEvents } from './notifications/contract.ts';
import { REPAIR_METHODS } from './repair/contract.ts';
import { REVOCATION_METHODS } from './revocation/contract.ts';
import { RUN_METHODS, type RunsEvents } from './runs/contract.ts';
import { SAMPLE_METHODS } from './sample/contract.ts';
import { SETTINGS_METHODS, type SettingsEvents } from './settings/contract.ts';
import type { CommandId } from './shared/commands.ts';
import { TARGET_FORMATS } from './shared/files/file-format.ts';
import { SOURCE_KINDS, type FileTicket } from './shared/ticket.ts';
import { TEAM_METHODS, type TeamEvents } from './team/contract.ts';
import { UPDATE_METHODS } from './update/contract.ts';

const APPLICATION_METHODS = {
  about: method().reads().answers<About>(),
  /** A ticket is valid only for the use that the dialog announced. The list is empty if the admin cancels. */
  chooseSources: method({ kind: z.enum(SOURCE_KINDS) })
    .reads()
    .answers<FileTicket[]>(),
  /** Returns `null` if the admin cancels. The ticket is valid only for a file of `format`. */
  chooseTarget: method({
    suggestedName: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^\\/:*?"<>|]+$/),
    format: z.enum(TARGET_FORMATS),
  })
    .reads()
    .answers<FileTicket | null>(),
  /** Returns the name of a chosen file, without its folder. Throws `ticket.unknown`. */
  nameFile: method({ file: fileTicket }).reads().answers<string>(),
  copy: method({ text: z.string().max(MOST_TEXT) })
    .reads()
    .answers<null>(),
};

export const METHODS = {
  inventory: INVENTORY_METHODS,
  forecast: FORECAST_METHODS,
  maintenance: MAINTENANCE_METHODS,
  notifications: NOTIFICATION_METHODS,
  export: EXPORT_METHODS,
  authority: AUTHORITY_METHODS,
  sample: SAMPLE_METHODS,
  lab: LAB_METHODS,
  revocation: REVOCATION_METHODS,
  update: UPDATE_METHODS,
  repair: REPAIR_METHODS,
  runs: RUN_METHODS,
  audit: AUDIT_METHODS,
  settings: SETTINGS_METHODS,
  team: TEAM_METHODS,
  application: APPLICATION_METHODS,
};

/** Each function has at most one argument of plain cloneable data. */
export type ConsoleApi = { [Feature in keyof typeof METHODS]: Calls<(typeof METHODS)[Feature]> };

/** A state event contains the whole state. */
export interface ConsoleEvents {
  inventory: InventoryEvents;
  notifications: NotificationEvents;
  authority: AuthorityEvents;
  lab: LabEvents;
  runs: RunsEvents;
  audit: AuditEvents;
  settings: SettingsEvents;
  team: TeamEvents;
  application: {
    command: { command: CommandId };
    dropped: { tickets: FileTicket[] };
    /** Sent while another program keeps a file open for several seconds. */
    waiting: { path: string };
  };
}

export interface About extends Versions {
  /** For display only. */
  dataFolder: string;
}

const ALL = Object.entries<Methods>(METHODS).flatMap(([feature, methods]) =>
  Object.entries(methods).map(([name, method]) => ({ ...method, name: `${feature}.${name}` })),
);
export const ARGUMENTS: ReadonlyMap<unknown, z.ZodType> = new Map(ALL.map(({ name, argument }) => [name, argument]));
/** Methods whose answers are sent to the page as JSON bytes. */
export const TEXT_METHODS: ReadonlySet<unknown> = new Set(ALL.filter(({ isText }) => isText).map(({ name }) => name));
export const COMPUTING_METHODS: readonly string[] = ALL.filter(({ computes }) => computes).map(({ name }) => name);

/** Returns the first fault of a call, as `field: reason`; `undefined` if there is none. */
export function callFault(method: unknown, argument: unknown): string | undefined {
  const checked = ARGUMENTS.get(method)?.safeParse(argument);
  if (checked === undefined) return 'unknown method';
  if (checked.success) return undefined;
  const issue = checked.error.issues[0];
  return issue === undefined ? 'unknown' : `${issue.path.join('.') || 'argument'}: ${issue.message}`;
}
