import { parseWebhookUrl, type ChannelServer, type MailSecurity } from './model/channel.ts';

const HTTPS_PORT = 443;

/** The server of a channel; `undefined` for one that sends nothing, and for an address that is none. */
export function findServer(
  channel:
    | { kind: 'toast' | 'event-log' | 'prometheus' }
    | { kind: 'webhook'; url: string }
    | { kind: 'mail'; host: string; port: number; security: MailSecurity },
): ChannelServer | undefined {
  switch (channel.kind) {
    case 'webhook': {
      const url = parseWebhookUrl(channel.url.trim());
      if (url === undefined) return undefined;
      const { hostname, port } = url;
      return { scheme: 'https', host: hostname, port: port === '' ? HTTPS_PORT : Number(port), security: 'tls' };
    }
    case 'mail': {
      const { port, security } = channel;
      return { scheme: 'smtp', host: channel.host.trim().toLowerCase(), port, security };
    }
    default:
      return undefined;
  }
}
