import { ipBytes } from '../../shared/ip-address.ts';

const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
/**
 * Labels of letters, digits and hyphens. A host does not end in a number, which would make it an address. Source: RFC
 * 1123 section 2.1.
 */
export const HOST = `(?=.{1,253}$)(?!(?:.*\\.)?\\d+$)${LABEL}(?:\\.${LABEL})*`;
export const HOST_NAME = new RegExp(`^${HOST}$`, 'u');
/** DNS-1123 subdomain. Source: Kubernetes documentation, "Object Names and IDs". */
export const NODE_NAME =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/u;
const WILDCARD = '*.';
const SERVER_URL =
  /^https:\/\/(?:\[(?<address>[0-9a-f.:]{2,45})\]|(?<name>[a-z0-9.-]{1,253}))(?::(?<port>[1-9]\d{0,4}))?$/iu;
const MOST_PORT = 65_535;

export function isHostName(text: string): boolean {
  return HOST_NAME.test(text);
}

/** Allows a leading wildcard. Source: RFC 9525 section 6.3. */
export function isDnsName(text: string): boolean {
  return isHostName(text.startsWith(WILDCARD) ? text.slice(WILDCARD.length) : text);
}

export function isNodeName(text: string): boolean {
  return NODE_NAME.test(text);
}

export function isEndpoint(text: string): boolean {
  return isAddress(text) || isHostName(text);
}

export function isAddress(text: string): boolean {
  return ipBytes(text) !== undefined;
}

/** Returns the host of a valid URL, without brackets. */
export function readServerHost(url: string): string {
  const { address, name = '' } = SERVER_URL.exec(url)?.groups ?? {};
  return address ?? name;
}

/** Accepts `https`, a host and an optional port, with nothing after them. */
export function isServerUrl(text: string): boolean {
  const { address, name = '', port } = SERVER_URL.exec(text)?.groups ?? {};
  if (port !== undefined && Number(port) > MOST_PORT) return false;
  return address === undefined ? isEndpoint(name) : isAddress(address) && address.includes(':');
}
