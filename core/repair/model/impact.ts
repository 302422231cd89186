import { append, least } from '../../shared/lists.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { PowerOffClock } from '../../availability/model/power-off.ts';
import type { CredentialId } from '../../shared/ids.ts';

/* Several files may be behind one impact, and one file behind none. */

const IMPACT_IDS = [
  'clock',
  'cluster',
  'cloud-agent',
  'node-agent',
  'cmdlets',
  'management',
  'api-server',
  'control-plane',
  'nodes',
  'secrets',
  'platform-services',
  'load-balancer',
  'logs',
  'aggregated-apis',
  'sign-in',
  'kubectl',
  'image-pulls',
  'pods',
  'unknown',
] as const;
/** Noticeable to people; text `impact.<id>`. `clock`: something is not valid yet, so no date is reliable. */
export type ImpactId = (typeof IMPACT_IDS)[number];

/** `stopping`: will stop unless somebody acts. `late`: a renewal is overdue, but not known to fail. */
export const IMPACT_STATES = ['stopped', 'stopping', 'late'] as const;
export type ImpactState = (typeof IMPACT_STATES)[number];

export interface NeedImpact {
  id: ImpactId;
  state: ImpactState;
  /** Start of the state, in milliseconds since 1970; absent for `clock`. */
  atMs?: number;
  /** Causes; empty for consequences of the time off alone. */
  credentials: readonly CredentialId[];
  /** Based only on the documented limit of the time off. */
  isAssumed?: true;
}

/** By what the role’s `breaks` says. */
const IMPACT_OF: Readonly<Record<RoleId, ImpactId>> = {
  'cloud-agent-ca': 'cloud-agent',
  'cloud-agent-server': 'cloud-agent',
  'node-agent': 'node-agent',
  'node-agent-token': 'node-agent',
  mocctl: 'cmdlets',
  kvactl: 'cmdlets',
  'kvactl-token': 'cmdlets',
  caph: 'platform-services',
  caphlogintoken: 'platform-services',
  'kms-plugin': 'secrets',
  'kms-plugin-token': 'secrets',
  csi: 'platform-services',
  'csi-token': 'platform-services',
  'cloud-provider': 'platform-services',
  'cloud-provider-token': 'platform-services',
  'cert-manager': 'platform-services',
  'cert-manager-token': 'platform-services',
  'cloud-operator': 'platform-services',
  'cloud-operator-token': 'platform-services',
  'load-balancer': 'load-balancer',
  'load-balancer-token': 'load-balancer',
  'extra-admin': 'cmdlets',
  'extra-admin-token': 'cmdlets',
  'moc-client': 'platform-services',
  'moc-token': 'platform-services',
  'cluster-ca': 'cluster',
  'etcd-ca': 'cluster',
  'front-proxy-ca': 'aggregated-apis',
  apiserver: 'api-server',
  'apiserver-kubelet-client': 'logs',
  'apiserver-etcd-client': 'api-server',
  'etcd-server': 'api-server',
  'etcd-peer': 'api-server',
  'etcd-healthcheck-client': 'api-server',
  'front-proxy-client': 'aggregated-apis',
  'kubelet-client': 'nodes',
  'kubelet-server': 'logs',
  'admin-conf': 'kubectl',
  'super-admin-conf': 'kubectl',
  'controller-manager': 'control-plane',
  scheduler: 'control-plane',
  'ad-auth-webhook': 'sign-in',
  'bootstrap-token': 'nodes',
  'service-account-token': 'pods',
  'management-kubeconfig': 'management',
  'admin-kubeconfig': 'kubectl',
  'kubeconfig-client': 'kubectl',
  'kubeconfig-token': 'kubectl',
  'proxy-ca': 'image-pulls',
  unknown: 'unknown',
};

/** Impacts in a cluster, the worst and earliest first. `stateOf` must know its rows. */
export function listImpacts(
  {
    alreadyExpired,
    valid,
    identities,
    offSinceMs,
    mocLimit,
  }: Pick<PowerOffClock, 'alreadyExpired' | 'valid' | 'identities' | 'offSinceMs' | 'mocLimit'>,
  { stateOf, nowMs }: { stateOf: (row: BoardRow) => ExpiryState | undefined; nowMs: number },
): NeedImpact[] {
  const found = new Map<ImpactId, OpenImpact>();
  // Until its next login, a client works with its certificate.
  const untilLogin = new Map(
    identities.flatMap(({ state, tokens, certificates }) =>
      state === 'until-login' ? tokens.map(({ id }) => [id, earliestEnd(certificates)] as const) : [],
    ),
  );
  for (const breaks of [alreadyExpired, valid]) {
    for (const { row, atMs } of breaks) {
      const later = untilLogin.size === 0 ? undefined : untilLogin.get(row.id);
      const impact = later === undefined ? toImpact(row, atMs, stateOf(row)) : toLater(row, later);
      if (impact !== undefined) found.set(impact.id, join(found.get(impact.id), impact));
    }
  }
  if (offSinceMs !== undefined && mocLimit !== undefined && mocLimit.atMs <= nowMs) {
    const { atMs } = mocLimit;
    found.set('platform-services', {
      id: 'platform-services',
      state: 'stopped',
      atMs,
      credentials: [],
      isAssumed: true,
    });
  }
  return [...found.values()].sort(byUrgency);
}

/** Still collecting credentials. */
type OpenImpact = NeedImpact & { credentials: CredentialId[] };

function toLater({ id, role }: BoardRow, atMs: number): OpenImpact {
  return { id: IMPACT_OF[role], state: 'stopping', atMs, credentials: [id] };
}

function toImpact(row: BoardRow, atMs: number, state: ExpiryState | undefined): OpenImpact | undefined {
  switch (state) {
    case 'not-yet-valid':
      return { id: 'clock', state: 'stopped', credentials: [row.id] };
    case 'expired':
    case 'urgent':
    case 'stalled':
    case 'renewal-overdue':
      return { id: IMPACT_OF[row.role], state: FOLLOWS[state], atMs, credentials: [row.id] };
    case 'renewal-due':
    case 'fine':
    case 'unknown':
    case undefined:
      return undefined;
  }
}

const FOLLOWS = {
  expired: 'stopped',
  urgent: 'stopping',
  stalled: 'stopping',
  'renewal-overdue': 'late',
} as const satisfies Partial<Record<ExpiryState, ImpactState>>;

function earliestEnd(rows: readonly BoardRow[]): number {
  return least(rows.flatMap(({ notAfterMs }) => notAfterMs ?? []));
}

/** Keeps the worse state, and then the earlier time. */
function join(before: OpenImpact | undefined, impact: OpenImpact): OpenImpact {
  if (before === undefined) return impact;
  const { credentials } = before;
  append(credentials, impact.credentials);
  return byUrgency(impact, before) < 0 ? { ...impact, credentials } : before;
}

function byUrgency(a: NeedImpact, b: NeedImpact): number {
  return (
    IMPACT_STATES.indexOf(a.state) - IMPACT_STATES.indexOf(b.state) ||
    (a.atMs ?? 0) - (b.atMs ?? 0) ||
    IMPACT_IDS.indexOf(a.id) - IMPACT_IDS.indexOf(b.id)
  );
}
