import type { Instant } from '../../shared/instant.ts';

/** Ways of notifying somebody. `toast` is a message of the operating system next to the open console. */
export const CHANNEL_KINDS = ['toast', 'webhook', 'mail', 'event-log', 'prometheus'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** 16 lower-case hex digits. */
export type ChannelId = string & { readonly brand: 'ChannelId' };

/**
 * Where a password or a key is kept: never in what is stored or shown. `vault` is what the operating system encrypted
 * for the user who entered it (base64); `file` has it in its first line.
 */
export type SecretPlace =
  { kind: 'vault'; guarded: string } | { kind: 'environment'; name: string } | { kind: 'file'; path: string };

interface ChannelBase {
  id: ChannelId;
  /** The admin's name for it. */
  name: string;
  enabled: boolean;
  createdAt: Instant;
}

export interface ToastChannel extends ChannelBase {
  kind: 'toast';
}

export interface EventLogChannel extends ChannelBase {
  kind: 'event-log';
}

export interface PrometheusChannel extends ChannelBase {
  kind: 'prometheus';
  /** Absolute path of the text file; the collector expects a name that ends in `.prom`. */
  path: string;
}

export interface WebhookChannel extends ChannelBase {
  kind: 'webhook';
  /** `https:` only. */
  url: string;
  /** The signing key. */
  secret: SecretPlace;
  /** A file with a CA's certificate, trusted in addition to the CAs that the program knows. */
  caFile?: string;
}

export const MAIL_SECURITIES = ['starttls', 'tls', 'none'] as const;
export type MailSecurity = (typeof MAIL_SECURITIES)[number];

export interface MailChannel extends ChannelBase {
  kind: 'mail';
  host: string;
  port: number;
  /** `none` sends everything in plain text, which the admin has to choose explicitly, and allows no login. */
  security: MailSecurity;
  from: string;
  to: string[];
  /** Both or neither. */
  user?: string;
  secret?: SecretPlace;
  caFile?: string;
}

export type Channel = ToastChannel | WebhookChannel | MailChannel | EventLogChannel | PrometheusChannel;

/** The delivery status of a channel. */
export interface ChannelStatus {
  lastSuccessAt?: Instant;
  /** The latest failure, even if it worked again afterwards. */
  lastFailure?: { at: Instant; code: string; params: Record<string, string | number> };
  /** Failed attempts since the last success. */
  failures: number;
}

/** An invalid field of a channel; texts: `problem.channel.invalid`. */
export interface ChannelFault {
  field: 'name' | 'url' | 'host' | 'address' | 'recipients' | 'security' | 'environment' | 'secret' | 'file' | 'ca';
  reason: string;
}

const HOST =
  /^(?=.{1,253}$)[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?)*$/u;
const IPV6 = /^[0-9a-f:.]{2,45}$/iu;
/** Not everything that RFC 5322 allows, but everything in use; line breaks would end a header. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,253}$/u;
/**
 * Only variables that are meant for channels: whoever can name a channel must not be able to send another one away, such as the
 * passphrase of the keys.
 */
const VARIABLE = /^ARCWARDEN_CHANNEL_[A-Za-z0-9_]{1,100}$/u;
const HTTPS = /^https:\/\/(?:\[[0-9a-f:.]+\]|[^\s/?#@:[\]]+)(?::\d{1,5})?(?:[/?#]\S*)?$/iu;

/** Where messages are sent to: `https://monitor.example:8443`. A mail server is told by how the connection is protected. */
export interface ChannelServer {
  scheme: 'https' | 'smtp';
  /** As it is connected to: lower case, and letters beyond ASCII in their form for the network. */
  host: string;
  port: number;
  /** `none`: everybody on the way can read and change what is sent. */
  security: MailSecurity;
}

/** `none` is another server than one whose certificate is looked at. */
export function isSameServer(one: ChannelServer, other: ChannelServer): boolean {
  const isAsSafe = (one.security === 'none') === (other.security === 'none');
  return one.scheme === other.scheme && one.host === other.host && one.port === other.port && isAsSafe;
}

/** As a person reads it. */
export function serverText({ scheme, host, port }: ChannelServer): string {
  return `${scheme}://${host}:${port}`;
}

/** The address of a webhook, without user and password; `undefined` for one that cannot be posted to. */
export function parseWebhookUrl(text: string): URL | undefined {
  if (!HTTPS.test(text)) return undefined;
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** The first thing wrong with a channel; `undefined` when it can be tried. */
export function channelFault(channel: Channel): ChannelFault | undefined {
  if (channel.name.trim() === '') return { field: 'name', reason: '' };
  switch (channel.kind) {
    case 'toast':
    case 'event-log':
      return undefined;
    case 'prometheus':
      return channel.path === '' ? { field: 'file', reason: '' } : undefined;
    case 'webhook':
      if (parseWebhookUrl(channel.url) === undefined) return { field: 'url', reason: channel.url };
      return secretFault(channel.secret);
    case 'mail':
      return mailFault(channel);
  }
}

function mailFault(channel: MailChannel): ChannelFault | undefined {
  if (!HOST.test(channel.host) && !IPV6.test(channel.host)) return { field: 'host', reason: channel.host };
  if (channel.to.length === 0) return { field: 'recipients', reason: '' };
  const wrong = [channel.from, ...channel.to].find((address) => !ADDRESS.test(address));
  if (wrong !== undefined) return { field: 'address', reason: wrong };
  if (channel.user === undefined) return undefined;
  // Everybody between here and the server could read the password.
  if (channel.security === 'none') return { field: 'security', reason: '' };
  return channel.secret === undefined ? { field: 'secret', reason: '' } : secretFault(channel.secret);
}

function secretFault(secret: SecretPlace): ChannelFault | undefined {
  switch (secret.kind) {
    case 'environment':
      return VARIABLE.test(secret.name) ? undefined : { field: 'environment', reason: secret.name };
    case 'file':
      return secret.path === '' ? { field: 'file', reason: '' } : undefined;
    case 'vault':
      return secret.guarded === '' ? { field: 'secret', reason: '' } : undefined;
  }
}
