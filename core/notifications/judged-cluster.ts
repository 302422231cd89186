import { assessRow, type Assessment } from '../expiry/model/assess.ts';
import type { BoardRow } from '../expiry/model/board-row.ts';
import type { ClusterFleet } from '../expiry/model/judged-fleet.ts';
import { EXPIRY_STATES, nextStateChangeMs, type ExpiryState } from '../expiry/model/lifetime.ts';
import { RenewalObstacles, type Approval } from '../expiry/model/renewal-obstacle.ts';
import { MOC_OFF_LIMIT } from '../knowledge/model/obstacles.ts';
import { clusterClock, type ClusterClock } from '../availability/model/power-off.ts';
import { getSeverity, type NeedOrder } from '../availability/model/power-off-need.ts';
import { listImpacts, type NeedImpact } from '../repair/model/impact.ts';
import { isHarmless } from '../repair/model/needs.ts';
import type { ClusterPlace } from '../plan/model/deployment.ts';
import type { CredentialId } from '../shared/ids.ts';
import { DAY_MS, SECOND_MS } from '../shared/instant.ts';
import { ownText } from '../formats/text/own-text.ts';
import { isAlarm, type AlarmState } from './model/notice.ts';

/** What a cluster is judged by beside the moment. */
export interface JudgedInput {
  /** Absent for what is part of none. */
  place?: ClusterPlace;
  rows: () => readonly BoardRow[];
  /** Tokens of its certificate manager that lie elsewhere. */
  approvals: readonly Approval[];
  /** Whether a row of its own counts for it, and not for a cluster that runs on it. */
  isOwn: (row: BoardRow) => boolean;
  /** Credentials of its hosts that count for it. */
  lent: () => Lent;
}

/** What counts for a cluster and lies with its hosts. */
export interface Lent {
  assessments: readonly Assessment[];
  /** When what the renewals of the hosts depend on ends. */
  ends: readonly number[];
}

/** Something to be done in a cluster. */
export interface JudgedNeed extends NeedOrder {
  cluster: string;
  impacts: readonly Pick<NeedImpact, 'state' | 'atMs'>[];
  /** It may be off for as long as is documented, from now on. */
  isLimit: boolean;
}

/** Nothing of it keeps the rows of its cluster in memory, which are made anew when somebody wants them. */
interface NextExpiry extends Pick<BoardRow, 'cluster' | 'name' | 'role'> {
  notAfterMs: number;
}

/** What is kept of a cluster: everything that holds from one moment until another. */
export interface JudgedState {
  fromMs: number;
  untilMs: number;
  credentials: number;
  /** In the order of `EXPIRY_STATES`. */
  counts: readonly number[];
  alarms: readonly { id: CredentialId; state: AlarmState }[];
  /** The next of its credentials to expire. */
  next: NextExpiry | undefined;
  need: JudgedNeed | undefined;
}

interface Moment {
  fleet: Pick<ClusterFleet, 'classes' | 'facts'>;
  nowMs: number;
}

const STATE_PLACES = Object.fromEntries(EXPIRY_STATES.map((state, place) => [state, place])) as Record<
  ExpiryState,
  number
>;
const LIMIT_MS = MOC_OFF_LIMIT.days * DAY_MS;

/** All credentials of a cluster. */
export function assessCluster(input: Pick<JudgedInput, 'rows' | 'approvals'>, moment: Moment): Assessment[] {
  return assessOwn(input, moment).assessments;
}

/** The same, and when what renewals in it depend on ends. */
export function assessOwn(
  { rows, approvals }: Pick<JudgedInput, 'rows' | 'approvals'>,
  { fleet: { classes }, nowMs }: Moment,
): { assessments: Assessment[]; ends: number[] } {
  const own = rows();
  const obstacles = new RenewalObstacles(own, classes, nowMs, { approvals });
  return { assessments: own.map((row) => assessRow(row, { nowMs, classes }, obstacles)), ends: obstacles.ends() };
}

/** What there is to tell of a cluster at a moment, and until when that holds. */
export function judgeCluster(input: JudgedInput, moment: Moment): JudgedState {
  const { nowMs } = moment;
  const counts = EXPIRY_STATES.map(() => 0);
  const alarms: { id: CredentialId; state: AlarmState }[] = [];
  const changes = new NextChange(moment);
  let next: BoardRow | undefined;
  let nextMs = Infinity;
  const { assessments, ends } = assessOwn(input, moment);
  for (const { row, state } of assessments) {
    counts[STATE_PLACES[state]]! += 1;
    if (isAlarm(state)) alarms.push({ id: ownText(row.id), state });
    changes.note(row);
    const { notAfterMs } = row;
    if (notAfterMs === undefined || notAfterMs + SECOND_MS <= nowMs) continue;
    if (notAfterMs < nextMs) [next, nextMs] = [row, notAfterMs];
  }
  for (const endMs of ends) changes.noteAt(endMs);
  const { place } = input;
  const need = place && judgeNeed(place, { input, assessments, moment, changes });
  return {
    fromMs: nowMs,
    untilMs: changes.atMs,
    credentials: assessments.length,
    counts,
    alarms,
    next: next && { cluster: next.cluster, name: ownText(next.name), role: next.role, notAfterMs: nextMs },
    need,
  };
}

interface Judging {
  input: JudgedInput;
  assessments: readonly Assessment[];
  moment: Moment;
  changes: NextChange;
}

function judgeNeed(
  place: ClusterPlace,
  { input: { isOwn, lent }, assessments, moment, changes }: Judging,
): JudgedNeed | undefined {
  const { fleet, nowMs } = moment;
  const { classes, facts } = fleet;
  const borrowed = lent();
  for (const { row } of borrowed.assessments) changes.note(row);
  for (const endMs of borrowed.ends) changes.noteAt(endMs);
  const counting = [...assessments.filter(({ row }) => isOwn(row)), ...borrowed.assessments];
  if (counting.length === 0) return undefined;
  // Nothing that is told depends on when they are renewed.
  const obstacles = new RenewalObstacles([], classes, nowMs);
  const own = counting.map(({ row }) => row);
  const clock = clusterClock(place, { own, obstacles }, { nowMs, classes, facts });
  noteClock(clock, changes);
  const open = new Map<BoardRow, Assessment>();
  for (const one of counting) if (!isHarmless(one.state)) open.set(one.row, one);
  const impacts = listImpacts(clock, { assessments: open, nowMs });
  if (impacts.length === 0) return undefined;
  const { offSinceMs, mocLimit, firstToBreak, safeUntilMs } = clock;
  const isLimit = offSinceMs === undefined && mocLimit !== undefined && mocLimit.atMs < (firstToBreak?.atMs ?? 0);
  const counted = impacts.map(({ state, atMs }) => ({ state, atMs }));
  return { cluster: clock.cluster, impacts: counted, severity: getSeverity(clock), safeUntilMs, isLimit };
}

function noteClock({ offSinceMs, mocLimit, firstToBreak }: ClusterClock, changes: NextChange): void {
  if (offSinceMs !== undefined && mocLimit !== undefined) changes.noteAt(mocLimit.atMs);
  // Others may be off until a day that moves with the clock: from then on it comes before them.
  if (firstToBreak !== undefined) changes.noteAt(firstToBreak.atMs - LIMIT_MS);
}

/** Until when a cluster that is running may be switched off. */
export function safeUntil({ safeUntilMs, isLimit }: JudgedNeed, nowMs: number): number | undefined {
  return isLimit ? nowMs + LIMIT_MS - SECOND_MS : safeUntilMs;
}

/** The earliest moment after now at which something about credentials changes. */
class NextChange {
  readonly #moment: Moment;
  atMs = Infinity;

  constructor(moment: Moment) {
    this.#moment = moment;
  }

  note({ notBeforeMs, notAfterMs, lifetimeClass, refusals }: BoardRow): void {
    const { fleet, nowMs } = this.#moment;
    this.noteAt(nextStateChangeMs({ notBeforeMs, notAfterMs }, fleet.classes[lifetimeClass], nowMs));
    for (const { untilMs } of refusals ?? []) if (untilMs !== undefined) this.noteAt(untilMs);
  }

  noteAt(ms: number): void {
    if (ms > this.#moment.nowMs && ms < this.atMs) this.atMs = ms;
  }
}
