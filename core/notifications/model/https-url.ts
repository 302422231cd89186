import type { ChannelServer } from './channel-type.ts';

const HTTPS = /^https:\/\/(?:\[[0-9a-f:.]+\]|[^\s/?#@:[\]]+)(?::\d{1,5})?(?:[/?#]\S*)?$/iu;
const HTTPS_PORT = 443;

/** Parses an address without user and password, apart from spaces around it; `undefined` if it cannot be used. */
export function parseHttpsUrl(text: string): URL | undefined {
  if (!HTTPS.test(text.trim())) return undefined;
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

export function findHttpsServer(text: string): ChannelServer | undefined {
  const url = parseHttpsUrl(text);
  if (url === undefined) return undefined;
  const { hostname, port } = url;
  return { scheme: 'https', host: hostname, port: port === '' ? HTTPS_PORT : Number(port), security: 'tls' };
}
