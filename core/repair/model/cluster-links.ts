import { EXPIRY_STATES, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { ImpactId } from '../../knowledge/model/credentials/role-row.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { Break, PowerOffClock } from '../../availability/model/power-off.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { Layer } from '../../shared/ids.ts';
import { compareUrgency, type NeedImpact } from './impact.ts';

interface Link {
  layer: Layer;
  /** The link fails with these. Other impacts, such as missing logs, leave every link working. */
  impacts: readonly ImpactId[];
  /** All clusters of the deployment share the link, so the hosts have its credentials. */
  isShared?: true;
}

/** The parts on which a cluster depends, from the hosts to the people who use it. */
const LINKS = {
  hosts: { layer: 'moc', impacts: ['node-agent'], isShared: true },
  'cloud-agent': { layer: 'moc', impacts: ['cloud-agent'], isShared: true },
  kms: { layer: 'moc', impacts: ['secrets'] },
  'load-balancer': { layer: 'moc', impacts: ['load-balancer'], isShared: true },
  'control-plane': { layer: 'kubernetes', impacts: ['cluster', 'api-server', 'control-plane'] },
  workers: { layer: 'kubernetes', impacts: ['nodes'] },
  kubeconfigs: { layer: 'workstation', impacts: ['management', 'kubectl'] },
} as const satisfies Record<string, Link>;

export type LinkId = keyof typeof LINKS;
export const LINK_IDS = Object.keys(LINKS) as readonly LinkId[];
const LINK_FACTS: Readonly<Record<LinkId, Link>> = LINKS;

/** Returns the link that fails when credentials of this role do; `undefined` if none does. */
export function findRoleLink(role: RoleId): LinkId | undefined {
  return LINK_IDS.find((link) => LINK_FACTS[link].impacts.includes(ROLES[role].impact));
}

export interface ClusterLink extends Pick<Link, 'layer' | 'isShared'> {
  link: LinkId;
  /** The worst impact on the link; absent while it works. */
  impact?: NeedImpact;
  /** The credential that decides the state; absent if none was read or only the downtime decides. */
  row?: BoardRow;
  /** State of that credential, which says more than the impact only while the link works. */
  state: ExpiryState;
}

/** A cluster or its hosts; without a need, everything works. */
export interface LinkSource {
  clock: Pick<PowerOffClock, 'alreadyExpired' | 'valid' | 'unknown'>;
  need: { impacts: readonly NeedImpact[] } | undefined;
}

/** Lists the links of a cluster in order. `hosts` are those on which it runs, if they were read. */
export function listLinks(
  own: LinkSource,
  hosts: LinkSource | undefined,
  getState: (row: BoardRow) => ExpiryState,
): ClusterLink[] {
  return LINK_IDS.map((link) => {
    const { layer, impacts, isShared } = LINK_FACTS[link];
    const sources = isShared === true && hosts !== undefined ? [own, hosts] : [own];
    const breaks = sources
      .flatMap(({ clock: { alreadyExpired, valid } }) => [...alreadyExpired, ...valid])
      .filter(({ row }) => findRoleLink(row.role) === link)
      .sort((a, b) => a.atMs - b.atMs);
    const [impact] = sources
      .flatMap(({ need }) => need?.impacts ?? [])
      // A wrong clock may concern any link.
      .filter(({ id, credentials }) => impacts.includes(id) || breaks.some(({ row }) => credentials.includes(row.id)))
      .sort(compareUrgency);
    const cause = impact && breaks.find(({ row }) => impact.credentials.includes(row.id));
    const undated = sources.flatMap(({ clock }) => clock.unknown).find(({ role }) => findRoleLink(role) === link);
    const row = (impact === undefined ? findWorst(breaks, getState) : cause)?.row ?? undated;
    return { link, layer, isShared, impact, row, state: row === undefined ? 'unknown' : getState(row) };
  });
}

/** Returns the credential in the worst state, the earliest end first. */
function findWorst(breaks: readonly Break[], getState: (row: BoardRow) => ExpiryState): Break | undefined {
  const rank = ({ row }: Break): number => EXPIRY_STATES.indexOf(getState(row));
  return [...breaks].sort((a, b) => rank(a) - rank(b))[0];
}
