import type { Instant } from '../../shared/instant.ts';
import type { MailMessage, MailServer, Ports, ProgramRun, Toast, WebPost } from '../../shared/ports.ts';
import type { FileUse } from '../../shared/ticket.ts';
import type { NoticeTexts, NotificationMessage } from './notice.ts';

/**
 * `vault`: encrypted by the operating system for the user who entered it (base64). `file`: a file with the secret in
 * its first line.
 */
export type SecretPlace =
  { kind: 'vault'; guarded: string } | { kind: 'environment'; name: string } | { kind: 'file'; path: string };

/** The server that receives messages, such as `https://monitor.example:8443`. */
export interface ChannelServer {
  scheme: 'https' | 'smtp';
  /** In lower case, with non-ASCII letters in their network form. */
  host: string;
  port: number;
  /** With `none`, anybody on the path can read and change the messages. */
  security: MailServer['security'];
}

export interface ChannelFault {
  field:
    | 'name'
    | 'url'
    | 'host'
    | 'server'
    | 'chat'
    | 'address'
    | 'recipients'
    | 'security'
    | 'environment'
    | 'secret'
    | 'file'
    | 'ca';
  reason: string;
}

export const MOST_PORT = 65_535;

interface FieldBase {
  label: string;
  hint?: string;
  /** Whether the stored channel omits the field when it is empty. */
  isOptional?: true;
  /** Name of another text field; without text there, this field is neither shown nor stored. */
  needs?: string;
  hiddenBy?: Readonly<Record<string, string>>;
}

/** A field of the form, an option of the command line, and a stored value, all with the same name. */
export type ChannelField = FieldBase &
  /** `isHostInSecret`: the secret is an address, of which only this host is stored in clear. */
  (
    | { type: 'text' | 'addresses'; option: string; placeholder?: string; isUrl?: true; isHostInSecret?: true }
    /** The first choice is the default. The text of a choice is `<label>.<choice>`. */
    | { type: 'choice'; option: string; choices: readonly [string, ...string[]] }
    | { type: 'port'; option: string; usual: { choice: string; ports: Readonly<Record<string, number>> } }
    | { type: 'secret' }
    /** `none`: the text shown while no file is chosen. */
    | { type: 'file'; option: string; use: FileUse; none?: string }
  );
/** `secret`, `caFile` and `to` mean the same in every kind of channel. */
type ChannelFields = Readonly<Record<string, ChannelField>>;

export type StoredValue<Field> = Field extends { type: 'port' }
  ? number
  : Field extends { type: 'choice'; choices: readonly (infer Choice)[] }
    ? Choice
    : Field extends { type: 'addresses' }
      ? string[]
      : Field extends { type: 'secret' }
        ? SecretPlace
        : string;
export type StoredFields<Fields> = {
  -readonly [Name in keyof Fields as Fields[Name] extends { isOptional: true } ? never : Name]: StoredValue<
    Fields[Name]
  >;
} & {
  -readonly [Name in keyof Fields as Fields[Name] extends { isOptional: true } ? Name : never]?: StoredValue<
    Fields[Name]
  >;
};

export interface ChannelMessage {
  notice: NotificationMessage;
  texts: NoticeTexts;
  at: Instant;
  secret: string;
  /** Returns the HMAC-SHA256 (RFC 2104) in hex, with the secret as the key. */
  sign: (text: string) => string;
}

export type Delivery =
  /** Any status from 200 to 299 means that the message was accepted. */
  | { by: 'web'; post: Omit<WebPost, 'extraCaPem'> }
  | { by: 'mail'; server: Omit<MailServer, 'extraCaPem'>; mail: MailMessage }
  | { by: 'program'; run: ProgramRun }
  | { by: 'toast'; toast: Toast };

/** Texts: `watch.kind.<kind>` and `watch.kind.<kind>.hint`. */
export interface ChannelType<
  Kind extends string = string,
  Fields extends ChannelFields = ChannelFields,
  Values = object,
> {
  kind: Kind;
  /** In stored order; the secret comes after all fields on which it depends. */
  fields: Fields;
  /** Whether this computer and this program can use the channel; default true. */
  isAvailable?(outside: Pick<Ports, 'processes' | 'host'>): boolean;
  /** Returns the first invalid field, apart from the name, the secret and a missing file. */
  fault?(channel: Values): ChannelFault | undefined;
  /** Checked before every message, since only then the secret is known. The reason never contains the secret. */
  secretFault?(channel: Values, secret: string): ChannelFault | undefined;
  target?(channel: Values): string;
  /** Returns `undefined` for an unusable address. A kind without this function sends nothing over the network. */
  server?(channel: Values): ChannelServer | undefined;
  /** Whether a secret entered for the channel `before` is also valid for `channel`; default false. */
  keepsSecret?(channel: Values, before: Values): boolean;
  /** Present if only somebody at the computer sees the messages: a heartbeat would be pointless there. */
  isTransient?: true;
  deliver?(channel: Values, message: ChannelMessage): Delivery;
  /** The file that receives the whole state at every check, for a kind without `deliver`. */
  metricsFile?(channel: Values): string;
}

export function defineChannel<const Kind extends string, const Fields extends ChannelFields>(
  type: ChannelType<Kind, Fields, StoredFields<Fields>>,
): ChannelType<Kind, Fields, StoredFields<Fields>> {
  return type;
}

export const CA_FILE = {
  type: 'file',
  option: 'ca-file',
  use: 'read:channel',
  label: 'watch.form.ca',
  hint: 'watch.form.ca.hint',
  none: 'watch.form.ca.none',
  isOptional: true,
} as const;
