import { assess, type Assessment } from '../model/assess.ts';
import { filterRows, type BoardFilter } from '../model/board.ts';
import { sortRows, type BoardSort } from '../model/board-order.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import { ROLE_IDS, type RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { ForeignReason } from '../../inventory/model/credential.ts';
import { LAYERS, type ClusterId, type Layer } from '../../shared/ids.ts';
import { instantOrNull, toMilliseconds, type Instant } from '../../shared/instant.ts';
import { secondsLeft, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import { isMessageKey, type Translate } from '../../shared/text/text.ts';

/** One line of an exported board; documented in `docs/data-formats.md`. Stable words, no translation. */
export interface BoardRecord {
  state: ExpiryState;
  cluster: string;
  layer: BoardRow['layer'];
  role: BoardRow['role'];
  name: string;
  issuer: string;
  kind: BoardRow['kind'];
  notBefore: Instant | null;
  notAfter: Instant | null;
  /** When the next certificate is expected, by the thresholds of its class. */
  renewalDueAt: Instant | null;
  /** Whole seconds, negative once expired. */
  secondsLeft: number | null;
  assumed: boolean;
  id: string;
  /** Whether the cluster belongs to a sample fleet. */
  sample: boolean;
  /** Why it is not part of the platform, as in `docs/data-formats.md`; `null` for what is. */
  foreign: ForeignReason | null;
  clusterId: ClusterId;
  /** When a file that contains it was last read. */
  confirmedAt: Instant | null;
  /** Why its renewal is believed to fail: `issuer-expired`, `unchanged-moc`, …; `null` without evidence. */
  obstacle: string | null;
}

export interface BoardSelection {
  rows: readonly BoardRow[];
  filter: BoardFilter;
  sort: BoardSort;
  now: Instant;
  classes: LifetimeClasses;
  translate: Translate;
}

/** Texts of roles and layers in one language, as used by the board's search and sorting. */
function boardLabels(translate: Translate): { roles: Map<RoleId, string>; layers: Map<Layer, string> } {
  const text = (key: string): string => (isMessageKey(key) ? translate(key) : key);
  return {
    roles: new Map(ROLE_IDS.map((role) => [role, text(`role.${role}`)])),
    layers: new Map(LAYERS.map((layer) => [layer, text(`layer.${layer}`)])),
  };
}

/** The rows that pass the filter, sorted and with their states. */
export function listBoard({ rows, filter, sort, now, classes, translate }: BoardSelection): Assessment[] {
  const assessed = assess(rows, { nowMs: toMilliseconds(now), classes });
  const states = assessed.map(({ state }) => state);
  const labels = boardLabels(translate);
  const order = sortRows(rows, states, sort, (role) => labels.roles.get(role) ?? role);
  return filterRows({ rows, states, order }, filter, labels).map((index) => assessed[index]!);
}

/** The same as records. */
export function boardRecords(selection: BoardSelection): BoardRecord[] {
  return recordsOf(listBoard(selection), selection.now);
}

export function recordsOf(board: readonly Assessment[], now: Instant): BoardRecord[] {
  const nowMs = toMilliseconds(now);
  return board.map((one) => toRecord(one, nowMs));
}

function toRecord({ row, state, renewalDueMs, obstacle }: Assessment, nowMs: number): BoardRecord {
  const { notBeforeMs, notAfterMs, confirmedMs } = row;
  return {
    state,
    cluster: row.cluster,
    layer: row.layer,
    role: row.role,
    name: row.name,
    issuer: row.issuer,
    kind: row.kind,
    notBefore: instantOrNull(notBeforeMs),
    notAfter: instantOrNull(notAfterMs),
    renewalDueAt: instantOrNull(renewalDueMs),
    secondsLeft: notAfterMs === undefined ? null : secondsLeft(notAfterMs, nowMs),
    assumed: row.assumed,
    id: row.id,
    sample: row.sample === true,
    foreign: row.foreign ?? null,
    clusterId: row.clusterId,
    confirmedAt: instantOrNull(confirmedMs),
    obstacle: obstacle?.rule ?? null,
  };
}
