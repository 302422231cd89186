import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import { epochMs, instantFromMs, SECOND_MS, type Instant } from '../../shared/instant.ts';
import type { BoardRow } from './board-row.ts';
import type { Credential, ReplacedCredential } from './credential.ts';

/**
 * `broken`: has expired, or its trust root has, and was not renewed. `moved`: an admin put it into another cluster.
 * `gone`: an admin removed the cluster from the inventory. The worst comes first.
 */
export const CHANGE_KINDS = ['broken', 'renewed', 'new', 'moved', 'gone'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface FleetChange {
  kind: ChangeKind;
  when: Instant;
  /** The cluster's name; after a move, that of the new cluster. */
  cluster: string;
  /** Absent for a cluster that is no longer in the inventory. */
  clusterId?: ClusterId;
  /** Absent if the change concerns several credentials. */
  credential?: ChangedCredential;
  replacedBy?: Pick<ChangedCredential, 'id' | 'notAfter'>;
  /** The former cluster of what was moved. */
  from?: string;
  /** Number of moved credentials. */
  count?: number;
}

export interface ChangedCredential {
  id: CredentialId;
  role: RoleId;
  name: string;
  /** Or the end of the trust root, which comes first. */
  notAfter?: Instant;
}

/** A change at `from` is not in the span, one at `to` is. Without `from`, the span begins with the first reading. */
export interface ChangeSpan {
  from?: Instant;
  to: Instant;
}

export interface ChangeList extends ChangeSpan {
  /** When anything was first read. All that was read then counts as known before, since nothing earlier is known. */
  beginning?: Instant;
  counts: Record<ChangeKind, number>;
  /** The latest first. */
  changes: FleetChange[];
}

/** `makeRow` is called only for what is listed, since the rows of a year take long to make. */
export interface ClusterCredentials {
  rows: readonly BoardRow[];
  history: readonly ReplacedCredential[];
  makeRow: (credential: Credential) => BoardRow;
}

/**
 * Lists what became of the credentials of one cluster. A credential counts as replaced once its successor was read for
 * the first time. If an admin merged both into one cluster or an import found the older one later, nothing was renewed;
 * without `from` these count as well, since the renewal came before everything that is known.
 */
export function listChanges(
  span: ChangeSpan,
  { rows, history, makeRow }: ClusterCredentials,
  beginningMs: number,
): FleetChange[] {
  const [fromMs, toMs] = [span.from === undefined ? -Infinity : epochMs(span.from), epochMs(span.to)];
  const isWithin = (ms: number): boolean => ms > fromMs && ms <= toMs;
  const current = rows.map((row) => ({ id: row.id, firstReadMs: readMs(row), row: () => row, replacedAtMs: Infinity }));
  const replaced = history.map(({ credential, replacedBy, replacedAt }) => ({
    ...{ id: credential.id, firstReadMs: epochMs(credential.firstReadAt), row: () => makeRow(credential) },
    ...{ replacedBy, replacedAtMs: epochMs(replacedAt) },
  }));
  const all = new Map([...current, ...replaced].map((one) => [one.id, one]));
  const successors = new Set<CredentialId>();
  const changes: FleetChange[] = [];
  for (const { row, firstReadMs, replacedBy, replacedAtMs } of replaced) {
    const next = all.get(replacedBy);
    const isRenewal = firstReadMs < replacedAtMs && (next === undefined || next.firstReadMs === replacedAtMs);
    if (isRenewal) successors.add(replacedBy);
    if (!isWithin(replacedAtMs) || !(isRenewal || span.from === undefined)) continue;
    const after = { id: replacedBy, ...(next && getEnd(next.row())) };
    changes.push({ ...describe('renewed', row(), replacedAtMs), replacedBy: after });
  }
  for (const { id, firstReadMs, row, replacedAtMs } of all.values()) {
    // Without an instant at which it was the newest, an older copy was only found.
    const isNew = isWithin(firstReadMs) && firstReadMs > beginningMs && firstReadMs < replacedAtMs;
    if (isNew && !successors.has(id)) changes.push(describe('new', row(), firstReadMs));
    if (replacedAtMs <= toMs) continue;
    const brokenMs = (row().notAfterMs ?? Infinity) + SECOND_MS;
    if (isWithin(brokenMs) && firstReadMs < brokenMs) changes.push(describe('broken', row(), brokenMs));
  }
  return changes;
}

/** Returns whether the span needs the replaced credentials of a cluster, which take longer to read than its rows. */
export function mayHaveRenewals({ from }: ChangeSpan, rows: readonly BoardRow[]): boolean {
  return from === undefined || rows.length === 0 || rows.some((row) => readMs(row) > epochMs(from));
}

function describe(kind: ChangeKind, row: BoardRow, ms: number): FleetChange {
  const { id, role, name, cluster, clusterId } = row;
  return { kind, when: instantFromMs(ms), cluster, clusterId, credential: { id, role, name, ...getEnd(row) } };
}

function readMs({ firstReadMs }: BoardRow): number {
  return firstReadMs ?? -Infinity;
}

function getEnd({ notAfterMs }: BoardRow): { notAfter?: Instant } {
  return notAfterMs === undefined ? {} : { notAfter: instantFromMs(notAfterMs) };
}
