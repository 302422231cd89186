import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { Failure } from '../../knowledge/model/failure.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { PowerOffClock } from '../../availability/model/power-off.ts';
import { isHostRepair } from './plan-step.ts';
import { repairsFor } from '../../availability/model/repair-order.ts';
import type { Layer } from '../../shared/ids.ts';
import type { RepairStepId } from '../../knowledge/model/credentials/repair-steps.ts';
import type { RemedyPlace } from './remedy.ts';

export interface KnownState {
  /** Absent if nothing was read. */
  own?: PowerOffClock;
  /** Clocks of the hosts and the management cluster. */
  hosts: readonly PowerOffClock[];
}

/** Repairs that another repair makes necessary if the state of the affected credentials is unknown. */
const FOLLOWS: Partial<Record<RepairStepId, RepairStepId>> = { credential: 'kubelet', 'load-balancer': 'cloud' };

/** Returns whether anything that a step restores has expired, is overdue, was refused or is unknown. */
export function isOut(place: RemedyPlace, cause: Failure, known: KnownState): boolean {
  if (place.repair !== undefined) return isRepairNeeded(place.repair, known) ?? true;
  // Without a valid token a login would fail, so the file need not be deleted.
  if (place.step.action === 'delete-kvactl-file' && isKvactlLockedOut(known)) return false;
  const roles = rolesBehind(place.failure) ?? rolesBehind(cause);
  return isAnyOut(known, roles === undefined ? () => true : ({ role }) => roles.has(role)) ?? true;
}

/** Returns whether the KMS credentials of a cluster were read and no credential is expired, overdue or refused. */
export function isSound(clock: PowerOffClock | undefined): boolean {
  if (clock === undefined || [clock.alreadyExpired, clock.overdue, clock.refused].some(({ length }) => length > 0))
    return false;
  return clock.valid.some(({ row }) => ROLES[row.role].preflight === 'kms');
}

function isKvactlLockedOut({ own, hosts }: KnownState): boolean {
  return [own, ...hosts].some((clock) =>
    clock?.identities?.some(
      ({ state, certificates }) => state === 'locked-out' && certificates.some(({ role }) => role === 'kvactl'),
    ),
  );
}

/** With `layer`, only credentials of that layer count. */
function isRepairNeeded(id: RepairStepId, known: KnownState, layer?: Layer): boolean | undefined {
  const clocks = isHostRepair(id) ? { hosts: known.hosts } : { own: known.own, hosts: [] };
  // A client with a valid token logs in without a repair.
  const identities = [clocks.own, ...clocks.hosts].flatMap((clock) => clock?.identities ?? []);
  const again = new Set(
    identities.flatMap(({ state, certificates }) => (state === 'log-in-again' ? certificates : [])),
  );
  const own = isAnyOut(
    clocks,
    (row, kind) => (layer ?? row.layer) === row.layer && !again.has(row) && repairsFor(row, kind).includes(id),
  );
  const before = FOLLOWS[id];
  // A repair of the control plane may invalidate the old kubeconfig, even if it is valid.
  const isDecided = own === true || (own === false && id !== 'credential');
  if (before === undefined || isDecided) return own;
  const isNeeded = isRepairNeeded(before, known);
  // The cloud repair that restores a kubelet’s serving certificate leaves the load balancer’s login as it is.
  return id === 'load-balancer' && isNeeded !== undefined ? isRepairNeeded(before, known, 'moc') === true : isNeeded;
}

function isAnyOut(
  { own, hosts }: KnownState,
  isMeant: (row: BoardRow, kind: 'host' | 'workload') => boolean,
): boolean | undefined {
  let isAnyKnown = false;
  for (const clock of [own ?? [], hosts].flat()) {
    const kind = clock.kind === 'workload' ? 'workload' : 'host';
    const wrong = [...clock.alreadyExpired, ...clock.overdue].map(({ row }) => row);
    if ([...wrong, ...clock.refused].some((row) => isMeant(row, kind))) return true;
    isAnyKnown ||= clock.valid.some(({ row }) => isMeant(row, kind));
  }
  return isAnyKnown ? false : undefined;
}

function rolesBehind({ supports }: Failure): ReadonlySet<RoleId> | undefined {
  const roles = supports.flatMap((sign) =>
    'roles' in sign && sign.weight > 0 ? [...sign.roles, ...(sign.together ?? [])] : [],
  );
  return roles.length === 0 ? undefined : new Set(roles);
}
