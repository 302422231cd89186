import type { Instant } from '../../shared/instant.ts';
import type { MailMessage, MailServer, Ports, ProgramRun, Toast, WebPost } from '../../shared/ports.ts';
import type { FileUse } from '../../shared/ticket.ts';
import type { NoticeTexts, NotificationMessage } from './notice.ts';

/**
 * The place of a password or key, which is never stored or shown itself. `vault` holds the text that the operating
 * system encrypted for the user who entered it (base64); `file` has it in its first line.
 */
export type SecretPlace =
  { kind: 'vault'; guarded: string } | { kind: 'environment'; name: string } | { kind: 'file'; path: string };

/**
 * The destination of messages: `https://monitor.example:8443`. The protection of the connection is part of a mail
 * server.
 */
export interface ChannelServer {
  scheme: 'https' | 'smtp';
  /** The host to connect to: lower case, with non-ASCII letters in their network form. */
  host: string;
  port: number;
  /** With `none`, everybody on the way can read and change the messages. */
  security: MailServer['security'];
}

/** An invalid field of a channel; texts: `problem.channel.invalid`. */
export interface ChannelFault {
  field: 'name' | 'url' | 'host' | 'address' | 'recipients' | 'security' | 'environment' | 'secret' | 'file' | 'ca';
  reason: string;
}

export const MOST_PORT = 65_535;

interface FieldBase {
  /** Key of its text. */
  label: string;
  hint?: string;
  /** Left out of the stored channel when nothing is entered. */
  isOptional?: true;
  /** A text field: while it is empty, this one is neither shown nor kept. */
  needs?: string;
  /** Choices with which the form does not show this field. */
  hiddenBy?: Readonly<Record<string, string>>;
}

/** One thing that an admin enters: in the form, as an option of the command line, and stored under its name. */
export type ChannelField = FieldBase &
  (
    | { type: 'text' | 'addresses'; option: string; placeholder?: string; isUrl?: true }
    /** The first choice is the default. The text of each is `<label>.<choice>`. */
    | { type: 'choice'; option: string; choices: readonly [string, ...string[]] }
    /** The usual port depends on a choice. */
    | { type: 'port'; option: string; usual: { choice: string; ports: Readonly<Record<string, number>> } }
    | { type: 'secret' }
    /** `none` is said while no file is wanted. */
    | { type: 'file'; option: string; use: FileUse; none?: string }
  );
/** By name. `secret`, `caFile` and `to` mean the same in every kind of channel. */
export type ChannelFields = Readonly<Record<string, ChannelField>>;

/** The value of a field as a channel stores it. */
export type StoredValue<Field> = Field extends { type: 'port' }
  ? number
  : Field extends { type: 'choice'; choices: readonly (infer Choice)[] }
    ? Choice
    : Field extends { type: 'addresses' }
      ? string[]
      : Field extends { type: 'secret' }
        ? SecretPlace
        : string;
/** The fields as a channel stores them. */
export type StoredFields<Fields> = {
  -readonly [Name in keyof Fields as Fields[Name] extends { isOptional: true } ? never : Name]: StoredValue<
    Fields[Name]
  >;
} & {
  -readonly [Name in keyof Fields as Fields[Name] extends { isOptional: true } ? Name : never]?: StoredValue<
    Fields[Name]
  >;
};

/** A message on its way through one channel. */
export interface ChannelMessage {
  notice: NotificationMessage;
  texts: NoticeTexts;
  /** The instant of this attempt. */
  at: Instant;
  /** Empty for a channel without one. */
  secret: string;
  /** Returns the HMAC-SHA256 (RFC 2104) of a text in hex, with the secret as the key. */
  sign: (text: string) => string;
}

/** A message as a server, a program or the operating system takes it. */
export type Delivery =
  /** Any status from 200 to 299 counts as accepted. */
  | { by: 'web'; post: Omit<WebPost, 'extraCaPem'> }
  | { by: 'mail'; server: Omit<MailServer, 'extraCaPem'>; mail: MailMessage }
  | { by: 'program'; run: ProgramRun }
  | { by: 'toast'; toast: Toast };

/** Everything about one kind of channel. Its texts are `watch.kind.<kind>` and `watch.kind.<kind>.hint`. */
export interface ChannelType<
  Kind extends string = string,
  Fields extends ChannelFields = ChannelFields,
  Values = object,
> {
  kind: Kind;
  /** In the order in which they are stored; the secret after all others that it depends on. */
  fields: Fields;
  /** Whether this computer and this program can use it; everywhere by default. */
  isAvailable?(outside: Pick<Ports, 'processes' | 'host'>): boolean;
  /** The first invalid field, beside the name, the secret and a file that is missing. */
  fault?(channel: Values): ChannelFault | undefined;
  /** The destination as the list of channels shows it. */
  target?(channel: Values): string;
  /** `undefined` for an address that cannot be used. A kind without a server sends nothing over the network. */
  server?(channel: Values): ChannelServer | undefined;
  /** Whether a secret that was entered for the channel `before` also holds for `channel`; never by default. */
  keepsSecret?(channel: Values, before: Values): boolean;
  /** Seen only by whoever sits there: a heartbeat would say nothing. */
  isTransient?: true;
  deliver?(channel: Values, message: ChannelMessage): Delivery;
  /** The file that takes the whole state at every check, for a kind that has no `deliver`. */
  metricsFile?(channel: Values): string;
}

/** Declares a kind of channel, with the types that follow from its fields. */
export function defineChannel<const Kind extends string, const Fields extends ChannelFields>(
  type: ChannelType<Kind, Fields, StoredFields<Fields>>,
): ChannelType<Kind, Fields, StoredFields<Fields>> {
  return type;
}

/** The CA of a server, for every kind that connects to one. */
export const CA_FILE = {
  type: 'file',
  option: 'ca-file',
  use: 'read:channel',
  label: 'watch.form.ca',
  hint: 'watch.form.ca.hint',
  none: 'watch.form.ca.none',
  isOptional: true,
} as const;
