import type { Profile } from './profile.ts';

const PLACEHOLDER = /<([a-z-]+)>/gu;

export interface Placeholder {
  name: PlaceholderName;
  /**
   * Whether exactly one value is required, since the subject contains the placeholder; others may have none or several.
   */
  needed: boolean;
}

/** Order in the form: the holder first, then its addresses. */
const ORDER = [
  ...['identity', 'cluster', 'node', 'host', 'cloud-agent-fqdn', 'node-ip', 'host-ip'],
  ...['endpoint', 'service-ip', 'service-domain'],
] as const;
/** Without angle brackets. */
export type PlaceholderName = (typeof ORDER)[number];

export function listPlaceholders({ subject, sans }: Profile): Placeholder[] {
  const { commonName, organizations } = subject.value;
  const needed = new Set(namesIn([commonName, ...organizations]));
  const all = new Set([...needed, ...namesIn([...sans.value.dns, ...sans.value.ip])]);
  return [...all]
    .sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))
    .map((name) => ({ name, needed: needed.has(name) }));
}

function namesIn(texts: readonly string[]): PlaceholderName[] {
  return texts.flatMap((text) => [...text.matchAll(PLACEHOLDER)].map(([, name]) => name as PlaceholderName));
}
