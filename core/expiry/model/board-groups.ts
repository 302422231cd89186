import { EXPIRY_STATES, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { GROUP_FACTS, type ColumnWords, type Grouping, type JudgedRow } from './board-columns.ts';
import type { JudgedRows } from './board-search.ts';

export interface RowGroup {
  /** Differs from the keys of all other groups, also of other groupings. */
  key: string;
  /** 1 for a group outside other groups. */
  level: number;
  /** The groups that contain this one, the outermost first. */
  within: readonly RowGroup[];
  /** Empty if the rows have no issuer. */
  title: string;
  /** The cluster of all its rows; absent if there are several. */
  cluster?: string;
  /** Number of rows, also in its groups. */
  count: number;
  worst: ExpiryState;
}

/** A line of the grouped table: a group, or the index of a row. */
export type BoardLine = RowGroup | number;

/** The issuer of each certificate; a root is its own issuer. */
export type IssuerMap = ReadonlyMap<CredentialId, CredentialId>;

interface BuiltGroup extends RowGroup {
  rows: number[];
  groups: BuiltGroup[];
}

interface GroupedBoard extends JudgedRows {
  /** Indexes of the rows to group, in the order of the table. */
  found: readonly number[];
  grouping: Grouping;
  issuers: IssuerMap;
  words: ColumnWords;
}

/**
 * Lists groups, the worst first, each before its rows in their order and the groups inside it. Leaves out what is in
 * folded groups. Groups by issuer are a tree from root to leaf.
 */
export function listLines(board: GroupedBoard, isFolded: (key: string) => boolean): BoardLine[] {
  const lines: BoardLine[] = [];
  const add = (groups: readonly BuiltGroup[]): void => {
    for (const group of groups.toSorted(compareGroups)) {
      lines.push(group);
      if (isFolded(group.key)) continue;
      for (const index of group.rows) lines.push(index);
      add(group.groups);
    }
  };
  add(buildGroups(board));
  return lines;
}

/** Returns the issuers of a certificate, its root first. */
export function listIssuerChain(id: CredentialId, issuers: IssuerMap): CredentialId[] {
  const chain: CredentialId[] = [];
  // Cross-signed authorities may form a circle.
  for (let at = issuers.get(id); at !== undefined && !chain.includes(at); at = issuers.get(at)) chain.unshift(at);
  return chain;
}

function buildGroups({ rows, states, found, grouping, issuers, words }: GroupedBoard): BuiltGroup[] {
  const known = new Map<string, BuiltGroup>();
  const outermost: BuiltGroup[] = [];
  const names = grouping === 'issuer' ? listNames(rows, issuers) : undefined;
  const open = (key: string, title: string, parent?: BuiltGroup): BuiltGroup => {
    let group = known.get(key);
    if (group !== undefined) return group;
    const within = parent === undefined ? [] : [...parent.within, parent];
    group = { key, title, within, level: within.length + 1, count: 0, worst: 'fine', rows: [], groups: [] };
    (parent?.groups ?? outermost).push(group);
    known.set(key, group);
    return group;
  };
  for (const index of found) {
    const one: JudgedRow = { row: rows[index]!, state: states[index]! };
    const chain = names === undefined ? [] : listIssuerChain(one.row.id, issuers);
    let group: BuiltGroup | undefined;
    for (const id of chain) group = open(`issuer ${id}`, names?.get(id) ?? one.row.issuer, group);
    const { group: getKey, text } = GROUP_FACTS[grouping];
    group ??= open(`${grouping}: ${getKey(one)}`, text(one, words));
    group.rows.push(index);
    for (const each of [...group.within, group]) count(each, one);
  }
  return outermost;
}

function count(group: RowGroup, { row, state }: JudgedRow): void {
  if (group.count === 0) group.cluster = row.cluster;
  else if (group.cluster !== row.cluster) delete group.cluster;
  if (group.count === 0 || EXPIRY_STATES.indexOf(state) < EXPIRY_STATES.indexOf(group.worst)) group.worst = state;
  group.count += 1;
}

function listNames(rows: JudgedRows['rows'], issuers: IssuerMap): Map<CredentialId, string> {
  const authorities = new Set(issuers.values());
  return new Map(rows.flatMap(({ id, name }) => (authorities.has(id) ? [[id, name] as const] : [])));
}

function compareGroups(one: RowGroup, other: RowGroup): number {
  const order = EXPIRY_STATES.indexOf(one.worst) - EXPIRY_STATES.indexOf(other.worst);
  return order || (sortKey(one) < sortKey(other) ? -1 : 1);
}

function sortKey({ title, cluster = '' }: RowGroup): string {
  return `${title}\0${cluster}`;
}
