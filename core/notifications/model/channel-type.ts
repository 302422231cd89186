import type { Instant } from '../../shared/instant.ts';
import type { MailMessage, MailServer, Ports, ProgramRun, Toast, WebPost } from '../../shared/ports.ts';
import type { FileUse } from '../../shared/ticket.ts';
import type { NoticeTexts, NotificationMessage } from './notice.ts';

/**
 * The place of a password or key, which itself is never stored or shown. `vault` holds the text that the operating
 * system encrypted for the user who entered it (base64); `file` has the secret in its first line.
 */
export type SecretPlace =
  { kind: 'vault'; guarded: string } | { kind: 'environment'; name: string } | { kind: 'file'; path: string };

/**
 * The destination of messages: `https://monitor.example:8443`. For a mail server it includes the security of the
 * connection.
 */
export interface ChannelServer {
  scheme: 'https' | 'smtp';
  /** The host to connect to: lower case, with non-ASCII letters in their network form. */
  host: string;
  port: number;
  /** With `none`, everybody on the path can read and change the messages. */
  security: MailServer['security'];
}

/** An invalid field of a channel; texts: `problem.channel.invalid`. */
export interface ChannelFault {
  field: 'name' | 'url' | 'host' | 'address' | 'recipients' | 'security' | 'environment' | 'secret' | 'file' | 'ca';
  reason: string;
}

export const MOST_PORT = 65_535;

interface FieldBase {
  /** Key of its label. */
  label: string;
  hint?: string;
  /** Left out of the stored channel when empty. */
  isOptional?: true;
  /** Another text field: while that is empty, this field is neither shown nor stored. */
  needs?: string;
  /** Choices that hide this field in the form. */
  hiddenBy?: Readonly<Record<string, string>>;
}

/** One input of an admin: a field of the form, an option of the command line, and a stored value of this name. */
export type ChannelField = FieldBase &
  (
    | { type: 'text' | 'addresses'; option: string; placeholder?: string; isUrl?: true }
    /** The first choice is the default. The text of each is `<label>.<choice>`. */
    | { type: 'choice'; option: string; choices: readonly [string, ...string[]] }
    /** The usual port depends on a choice. */
    | { type: 'port'; option: string; usual: { choice: string; ports: Readonly<Record<string, number>> } }
    | { type: 'secret' }
    /** `none`: the text shown while no file is chosen. */
    | { type: 'file'; option: string; use: FileUse; none?: string }
  );
/** Fields by name. `secret`, `caFile` and `to` mean the same in every kind of channel. */
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
  /** When this attempt is made. */
  at: Instant;
  /** Empty for a channel without a secret. */
  secret: string;
  /** Returns the HMAC-SHA256 (RFC 2104) of a text in hex, with the secret as the key. */
  sign: (text: string) => string;
}

/** A message as a server, a program or the operating system takes it. */
export type Delivery =
  /** Any status from 200 to 299 means that it was accepted. */
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
  /** In stored order; the secret comes after all fields that it depends on. */
  fields: Fields;
  /** Whether this computer and this program can use the channel; everywhere by default. */
  isAvailable?(outside: Pick<Ports, 'processes' | 'host'>): boolean;
  /** The first invalid field, apart from the name, the secret and a missing file. */
  fault?(channel: Values): ChannelFault | undefined;
  /** The destination, as shown in the list of channels. */
  target?(channel: Values): string;
  /** `undefined` for an unusable address. A kind without a server sends nothing over the network. */
  server?(channel: Values): ChannelServer | undefined;
  /** Whether a secret that was entered for the channel `before` is also valid for `channel`; never by default. */
  keepsSecret?(channel: Values, before: Values): boolean;
  /** Only somebody at the computer sees it: a heartbeat would mean nothing. */
  isTransient?: true;
  deliver?(channel: Values, message: ChannelMessage): Delivery;
  /** The file that gets the whole state at every check, for a kind without `deliver`. */
  metricsFile?(channel: Values): string;
}

/** Declares a kind of channel; its types follow from its fields. */
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
