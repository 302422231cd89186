import type { AuditTrail } from '../audit/store/audit.ts';
import type { AuditEntry } from '../audit/store/audit-lines.ts';
import type { AuditAction } from '../shared/contract/audit-action.ts';
import { epochMs, instantFromMs } from '../shared/instant.ts';
import type { Ports } from '../shared/ports.ts';
import { compareText } from './assign/candidate.ts';
import type { ChangesRequest } from './contract.ts';
import { LongWork } from './long-work.ts';
import { allCredentials, type Cluster } from './model/credential.ts';
import {
  CHANGE_KINDS,
  listChanges,
  mayHaveRenewals,
  type FleetChange,
  type ChangeKind,
  type ChangeList,
  type ChangeSpan,
  type ClusterCredentials,
} from './model/changes.ts';
import { clusterIn, clustersAndForeign, type InventoryStore } from './store/inventory-store.ts';
import { buildBoardRow, listRows } from './store/rows.ts';

export interface ChangesContext {
  ports: Pick<Ports, 'clock' | 'scheduler'>;
  store: Pick<InventoryStore, 'cluster' | 'clusters' | 'foreign' | 'forgotten'>;
  trail: Pick<AuditTrail, 'page'>;
}

/** The acts of admins that files do not show. An act that the audit trail lacks, such as an import's, is no change. */
const ACTS: Partial<Record<AuditAction, ChangeKind>> = {
  'cluster.forgotten': 'gone',
  'cluster.restored': 'new',
  'cluster.merged': 'moved',
  'cluster.split': 'moved',
  'credential.moved': 'moved',
  'credential.set-apart': 'moved',
};
const ACTS_PER_PAGE = 1_000;

/**
 * Derives what changed from the inventory and the audit trail, for one cluster or all. Sample clusters do not count
 * beside real ones. Throws `cluster.unknown`, `file.not-readable`.
 */
export async function collectChanges(
  { ports: { clock, scheduler }, store, trail }: ChangesContext,
  { clusterIds, from, to = clock.now() }: ChangesRequest,
): Promise<ChangeList> {
  const work = new LongWork(scheduler);
  const span: ChangeSpan = { from, to };
  const real = store.clusters().filter(({ sample }) => !sample);
  const fleet = real.length > 0 ? real : store.clusters();
  const wanted = clusterIds?.map((id) => clusterIn(store, id)) ?? fleet;
  let beginningMs = Infinity;
  const note = (firstReadMs = Infinity): void => {
    beginningMs = Math.min(beginningMs, firstReadMs);
  };
  for (const cluster of new Set([...fleet, ...wanted])) {
    await work.step();
    for (const { firstReadMs } of listRows(cluster)) note(firstReadMs);
  }
  // If something current was known before, replaced credentials cannot show that the inventory began after `from`.
  const isBegun = from !== undefined && beginningMs <= epochMs(from);
  const read: ClusterCredentials[] = [];
  for (const cluster of wanted) {
    await work.pause();
    const rows = listRows(cluster);
    const history = isBegun && !mayHaveRenewals(span, rows) ? [] : cluster.history;
    for (const { credential } of history) note(epochMs(credential.firstReadAt));
    read.push({ rows, history, makeRow: (credential) => buildBoardRow(cluster, credential) });
  }
  const acts = await readActs(trail, span, store);
  const changes = acts.filter((act) => clusterIds === undefined || wanted.some((cluster) => concerns(act, cluster)));
  for (const credentials of read) {
    await work.step();
    changes.push(...listChanges(span, credentials, beginningMs));
  }
  const counts = Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, 0])) as ChangeList['counts'];
  for (const { kind } of changes) counts[kind] += 1;
  const beginning = Number.isFinite(beginningMs) ? instantFromMs(beginningMs) : undefined;
  return { from, to, beginning, counts, changes: changes.sort((one, other) => compareText(other.when, one.when)) };
}

async function readActs(
  trail: ChangesContext['trail'],
  { from, to }: ChangeSpan,
  store: ChangesContext['store'],
): Promise<FleetChange[]> {
  const found: AuditEntry[] = [];
  let isOver = false;
  const accepts = ({ at, action, params: { phase } }: AuditEntry): boolean => {
    isOver ||= from !== undefined && at <= from;
    return !isOver && at <= to && phase === 'done' && action in ACTS;
  };
  for (let before: number | undefined; !isOver;) {
    const { lines, next } = await trail.page({ before, limit: ACTS_PER_PAGE, accepts });
    for (const { entry } of lines) if (entry !== undefined) found.push(entry);
    if (next === undefined) break;
    before = next;
  }
  return found.flatMap((entry) => describeAct(entry, store) ?? []);
}

/** Returns `undefined` for a verb that found nothing left to do. */
function describeAct({ at: when, action, subject, params }: AuditEntry, store: ChangesContext['store']) {
  const kind = ACTS[action as AuditAction]!;
  const { from, to, name, count = 1, exit } = params;
  const act = (cluster: string): FleetChange => ({ kind, when, cluster, count: Number(count) });
  if (kind !== 'moved') {
    // The window notes no name in older trails, but only forgets and restores what is there.
    if (name === undefined && exit !== undefined) return undefined;
    const known = [...store.clusters(), ...store.forgotten()].find(({ id }) => id === subject);
    return { ...act(String(name ?? known?.name ?? subject)), ...(kind === 'new' && known && { clusterId: known.id }) };
  }
  if (typeof to !== 'string') return undefined;
  const into = clustersAndForeign(store).find((cluster) => cluster.name === to);
  const moved = into && count === 1 ? allCredentials(into).find(({ id }) => id === subject) : undefined;
  return {
    ...act(to),
    ...(into && { clusterId: into.id }),
    ...(moved && { credential: { id: moved.id, role: moved.role, name: moved.name } }),
    from: String(from),
  };
}

function concerns({ clusterId, cluster, from }: FleetChange, { id, name }: Cluster): boolean {
  return from === name || (clusterId === undefined ? cluster === name : clusterId === id);
}
