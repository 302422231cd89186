import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import { listChanges, mayHaveRenewals } from '../../../../core/inventory/model/changes.ts';
import type { Credential, ReplacedCredential } from '../../../../core/inventory/model/credential.ts';
import type { CredentialId } from '../../../../core/shared/ids.ts';
import { instantFromMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import { boardRow } from '../../../support/board-rows.ts';

/** Seconds since 1970, so that small numbers often coincide. */
const LATEST = 60;

interface Reading {
  holder: number;
  /** The greater one is the newer one. */
  version: number;
  /** Seconds after the import; negative for a credential that had expired before it was read. */
  left: number;
}

interface Import {
  at: number;
  readings: readonly Reading[];
}

const imports = fc
  .uniqueArray(
    fc.record({
      at: fc.integer({ min: 1, max: LATEST }),
      readings: fc.uniqueArray(
        fc.record({ holder: fc.nat(3), version: fc.nat(5), left: fc.integer({ min: -5, max: 30 }) }),
        { maxLength: 4, selector: ({ holder, version }) => `${holder} ${version}` },
      ),
    }),
    { selector: ({ at }) => at, minLength: 1, maxLength: 8 },
  )
  .map((all) => all.sort((one, other) => one.at - other.at));
const span = fc
  .tuple(fc.integer({ min: 1, max: LATEST }), fc.nat(LATEST))
  .map(([from, length]) => ({ from, to: from + length }));

/** The newest credential of each holder, as a person would note it after each import. */
type Snapshot = ReadonlyMap<number, BoardRow>;

interface Simulated {
  rows: BoardRow[];
  history: ReplacedCredential[];
  snapshots: { at: number; newest: Snapshot }[];
}

/** Keeps what an inventory keeps: the newest of each holder, and every other one with what replaced it, and when. */
function simulate(all: readonly Import[]): Simulated {
  const known = new Map<string, BoardRow>();
  const history: ReplacedCredential[] = [];
  let newest = new Map<number, BoardRow>();
  const snapshots: Simulated['snapshots'] = [];
  for (const { at, readings } of all) {
    newest = new Map(newest);
    // The newest first, as an import merges them.
    for (const { holder, version, left } of [...readings].sort((one, other) => other.version - one.version)) {
      const id = `${holder} ${version}` as CredentialId;
      if (known.has(id)) continue;
      const row = boardRow({
        ...{ id, name: `holder-${holder}` },
        ...{ firstReadMs: at * SECOND_MS, notAfterMs: (at + left) * SECOND_MS },
      });
      known.set(id, row);
      const before = newest.get(holder);
      if (before !== undefined && before.id > id) history.push(replaceWith(row, before, at));
      else {
        if (before !== undefined) history.push(replaceWith(before, row, at));
        newest.set(holder, row);
      }
    }
    snapshots.push({ at, newest });
  }
  return { rows: [...newest.values()], history, snapshots };
}

/** A replaced credential is its row here. */
function replaceWith(row: BoardRow, by: BoardRow, at: number): ReplacedCredential {
  const credential = { ...row, firstReadAt: instantFromMs(row.firstReadMs!) } as unknown as Credential;
  return { credential, replacedBy: by.id, replacedAt: instantFromMs(at * SECOND_MS) };
}

const makeRow = (credential: Credential): BoardRow => credential as unknown as BoardRow;

function snapshotAt({ snapshots }: Simulated, at: number): Snapshot {
  return snapshots.findLast((snapshot) => snapshot.at <= at)?.newest ?? new Map();
}

/** Compares neighbouring snapshots only, and knows nothing of a history. */
function compareSnapshots(simulated: Simulated, { from, to }: { from: number; to: number }): string[] {
  const found: string[] = [];
  const { snapshots } = simulated;
  for (const [index, { at, newest }] of snapshots.entries()) {
    if (index === 0 || at <= from || at > to) continue;
    for (const [holder, row] of newest) {
      const before = snapshots[index - 1]!.newest.get(holder);
      if (before === undefined) found.push(`new ${row.id} at ${at}`);
      else if (before !== row) found.push(`renewed ${before.id} by ${row.id} at ${at}`);
    }
  }
  const isExpired = ({ notAfterMs }: BoardRow, at: number): boolean => at * SECOND_MS > notAfterMs!;
  for (const row of snapshotAt(simulated, to).values()) {
    const seen = Math.max(from, row.firstReadMs! / SECOND_MS);
    for (let at = seen + 1; at <= to; at += 1)
      if (isExpired(row, at) && !isExpired(row, at - 1)) found.push(`broken ${row.id} at ${at}`);
  }
  return found.sort();
}

function findChanges({ rows, history, snapshots }: Simulated, { from, to }: { from: number; to: number }) {
  const moments = { from: instantFromMs(from * SECOND_MS), to: instantFromMs(to * SECOND_MS) };
  return listChanges(moments, { rows, history, makeRow }, (snapshots[0]?.at ?? Infinity) * SECOND_MS);
}

function describeAll(changes: ReturnType<typeof findChanges>): string[] {
  return changes
    .map(({ kind, credential, replacedBy, when }) => {
      const by = replacedBy === undefined ? '' : ` by ${replacedBy.id}`;
      return `${kind} ${credential?.id}${by} at ${Date.parse(when) / SECOND_MS}`;
    })
    .sort();
}

describe('changes between two moments', () => {
  test('are those that snapshots after every import show', () => {
    fc.assert(
      fc.property(imports, span, (all, moments) => {
        const simulated = simulate(all);
        expect(describeAll(findChanges(simulated, moments))).toEqual(compareSnapshots(simulated, moments));
      }),
      { numRuns: 2_000 },
    );
  });

  test('lead from the credentials at the first moment to those at the second', () => {
    fc.assert(
      fc.property(imports, span, (all, moments) => {
        const simulated = simulate(all);
        const from = Math.max(moments.from, all[0]!.at);
        const ids = new Set([...snapshotAt(simulated, from).values()].map(({ id }) => id));
        const changes = findChanges(simulated, moments).sort((one, other) => (one.when < other.when ? -1 : 1));
        for (const { kind, credential, replacedBy } of changes) {
          if (kind === 'renewed') ids.delete(credential!.id);
          if (kind === 'new' || kind === 'renewed') ids.add(replacedBy?.id ?? credential!.id);
        }
        const to = Math.max(moments.to, from);
        expect([...ids].sort()).toEqual([...snapshotAt(simulated, to).values()].map(({ id }) => id).sort());
      }),
      { numRuns: 1_000 },
    );
  });

  test('need no replaced credentials if nothing was read for the first time since', () => {
    fc.assert(
      fc.property(imports, span, (all, moments) => {
        const simulated = simulate(all);
        const from = instantFromMs(moments.from * SECOND_MS);
        const to = instantFromMs(moments.to * SECOND_MS);
        fc.pre(!mayHaveRenewals({ from, to }, simulated.rows));
        expect(describeAll(findChanges({ ...simulated, history: [] }, moments))).toEqual(
          describeAll(findChanges(simulated, moments)),
        );
      }),
    );
  });

  test('without a first moment include all that was ever replaced, even if only as an older copy', () => {
    const simulated = simulate([{ at: 1, readings: [1, 2].map((version) => ({ holder: 0, version, left: 9 })) }]);
    expect(findChanges(simulated, { from: 0, to: 5 })).toEqual([]);
    const changes = listChanges({ to: instantFromMs(5 * SECOND_MS) }, { ...simulated, makeRow }, SECOND_MS);
    expect(changes).toMatchObject([{ kind: 'renewed', credential: { id: '0 1' }, replacedBy: { id: '0 2' } }]);
  });

  test('do not call it a renewal if an admin merged the clusters of two credentials of one holder', () => {
    const row = (id: string, at: number): BoardRow =>
      boardRow({ id: id as CredentialId, firstReadMs: at * SECOND_MS, notAfterMs: 90 * SECOND_MS });
    const [older, newer] = [row('older', 1), row('newer', 2)];
    const history = [replaceWith(older, newer, 7)];
    expect(findChanges({ rows: [newer], history, snapshots: [] }, { from: 5, to: 9 })).toEqual([]);
  });
});
