import { describe, expect, test } from 'vitest';
import { listLines, type BoardLine, type IssuerMap } from '../../../../core/expiry/model/board-groups.ts';
import type { ColumnWords, Grouping } from '../../../../core/expiry/model/board-columns.ts';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import type { ExpiryState } from '../../../../core/knowledge/model/credentials/expiry-state.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';

const words = {
  state: (state) => `state ${state}`,
  layer: (layer) => `layer ${layer}`,
  sample: (cluster) => cluster,
} as ColumnWords;

interface Wish {
  id: string;
  state?: ExpiryState;
  cluster?: string;
  issuer?: string;
}

/** Writes each line indented, a group with the number of its rows and their worst state. */
function group(
  grouping: Grouping,
  wishes: readonly Wish[],
  signers: Record<string, string> = {},
  folded: string[] = [],
) {
  const rows = wishes.map(({ id, cluster = 'east', issuer = '' }) => {
    const ids = { id: id as CredentialId, clusterId: cluster as ClusterId };
    return { ...ids, name: id, cluster, issuer, layer: 'kubernetes' } as BoardRow;
  });
  const states = wishes.map(({ state = 'fine' }) => state);
  const issuers = new Map(Object.entries(signers)) as unknown as IssuerMap;
  const isFolded = (key: string): boolean => folded.some((end) => key.endsWith(end));
  let depth = 0;
  return listLines({ rows, states, found: [...rows.keys()], grouping, issuers, words }, isFolded).map(
    (line: BoardLine) => {
      if (typeof line === 'number') return `${'  '.repeat(depth)}${rows[line]!.name}`;
      depth = line.level;
      return `${'  '.repeat(depth - 1)}${line.title} (${line.count}, ${line.worst})`;
    },
  );
}

describe('the grouped table', () => {
  test('lists the worst group first, and rows in the order of the table', () => {
    const wishes: Wish[] = [{ id: 'b' }, { id: 'late', cluster: 'west', state: 'expired' }, { id: 'a' }];
    expect(group('cluster', wishes)).toEqual(['west (1, expired)', '  late', 'east (2, fine)', '  b', '  a']);
    expect(group('state', wishes)).toEqual([
      'state expired (1, expired)',
      '  late',
      'state fine (2, fine)',
      '  b',
      '  a',
    ]);
    expect(group('layer', wishes)[0]).toBe('layer kubernetes (3, expired)');
  });

  const CHAIN = { root: 'root', middle: 'root', leaf: 'middle', 'other leaf': 'root' };
  const ISSUED: Wish[] = [
    { id: 'leaf', state: 'urgent' },
    { id: 'root' },
    { id: 'middle' },
    { id: 'other leaf' },
    { id: 'token' },
    { id: 'stranger', issuer: 'Elsewhere CA' },
  ];

  test('is a tree from root to leaf if grouped by issuer, and names issuers outside the inventory', () => {
    expect(group('issuer', ISSUED, CHAIN)).toEqual([
      'root (4, urgent)',
      '  root',
      '  middle',
      '  other leaf',
      '  middle (1, urgent)',
      '    leaf',
      ' (1, fine)',
      '  token',
      'Elsewhere CA (1, fine)',
      '  stranger',
    ]);
  });

  test('counts the rows of a folded group, and leaves out its lines and groups', () => {
    expect(group('issuer', ISSUED.slice(0, 4), CHAIN, ['root'])).toEqual(['root (4, urgent)']);
    expect(group('issuer', ISSUED.slice(0, 4), CHAIN, ['middle']).at(-1)).toBe('  middle (1, urgent)');
  });

  test('ends even if authorities have signed each other', () => {
    expect(group('issuer', [{ id: 'leaf' }], { leaf: 'a', a: 'b', b: 'a' })).toContain('    leaf');
  });
});
