import type { AuthorityRow, AuthorityTree, IdentityRow } from '../../core/authorities/model/view.ts';
import { isActive, type AuthorityId } from '../../core/pki/model/authority.ts';
import type { TreeItem } from '../ui/tree-item.ts';
import type { CredentialId } from '../../core/shared/ids.ts';
import { PROFILE_IDS } from '../../core/pki/model/profile.ts';

/** Stays the same as long as the authority, certificate or identity exists. */
export type NodeId = string;

interface NodePlace extends TreeItem {
  id: NodeId;
  tree: AuthorityTree;
  parent: NodeId | undefined;
}

export type NodeContent =
  | { kind: 'authority' }
  | { kind: 'certificate'; row: AuthorityRow }
  | { kind: 'past'; count: number }
  | { kind: 'identities' }
  | { kind: 'identity'; identity: IdentityRow };

export type AuthorityNode = NodePlace & NodeContent;

export function entryNodeId(authorityId: AuthorityId, entryId: CredentialId): NodeId {
  return `${authorityId}/${entryId}`;
}

export function identityNodeId(authorityId: AuthorityId, name: string): NodeId {
  return `${identitiesNodeId(authorityId)}/${name}`;
}

export function identitiesNodeId(authorityId: AuthorityId): NodeId {
  return `${authorityId}/identities`;
}

function pastNodeId(authorityId: AuthorityId, issuer: CredentialId | 'self'): NodeId {
  return `${authorityId}/past/${issuer}`;
}

interface Branch {
  id: NodeId;
  tree: AuthorityTree;
  content: NodeContent;
  branches: readonly Branch[];
}

export function visibleNodes(
  trees: readonly AuthorityTree[],
  isExpanded: (id: NodeId, content: NodeContent) => boolean,
): AuthorityNode[] {
  const nodes: AuthorityNode[] = [];
  const add = (branches: readonly Branch[], parent: NodeId | undefined, level: number): void => {
    for (const [index, { id, tree, content, branches: below }] of branches.entries()) {
      const expanded = below.length === 0 ? undefined : isExpanded(id, content);
      const place = { id, tree, parent, level, position: index + 1, siblings: branches.length, expanded };
      nodes.push({ ...place, ...content });
      if (expanded === true) add(below, id, level + 1);
    }
  };
  add(trees.map(authorityBranch), undefined, 1);
  return nodes;
}

export function pathTo(tree: AuthorityTree, entryId: CredentialId): NodeId[] {
  const rows = new Map(tree.rows.map((row) => [row.id, row]));
  const path: NodeId[] = [];
  const passed = new Set<AuthorityRow>();
  let row = rows.get(entryId);
  while (row !== undefined && !passed.has(row)) {
    passed.add(row);
    const above = issuerIn(rows, row);
    if (isPast(row)) path.unshift(pastNodeId(tree.id, above?.id ?? 'self'));
    if (above !== undefined) path.unshift(entryNodeId(tree.id, above.id));
    row = above;
  }
  return [tree.id, ...path];
}

function authorityBranch(tree: AuthorityTree): Branch {
  const { id, rows, identities } = tree;
  const known = new Map(rows.map((row) => [row.id, row]));
  const byIssuer = new Map<CredentialId | 'self', AuthorityRow[]>();
  for (const row of rows) {
    const issuer = issuerIn(known, row)?.id ?? 'self';
    byIssuer.set(issuer, [...(byIssuer.get(issuer) ?? []), row]);
  }
  const branches = childBranches(tree, byIssuer, 'self');
  const clients = identities.map((identity): Branch => ({
    id: identityNodeId(id, identity.name),
    tree,
    content: { kind: 'identity', identity },
    branches: [],
  }));
  if (tree.kind === 'moc')
    branches.push({ id: identitiesNodeId(id), tree, content: { kind: 'identities' }, branches: clients });
  return { id, tree, content: { kind: 'authority' }, branches };
}

/** Returns `undefined` for a root or if the CA is missing. */
function issuerIn(
  rows: ReadonlyMap<CredentialId, AuthorityRow>,
  { id, issuer }: AuthorityRow,
): AuthorityRow | undefined {
  return issuer === 'self' || issuer === id ? undefined : rows.get(issuer);
}

function childBranches(
  tree: AuthorityTree,
  byIssuer: ReadonlyMap<CredentialId | 'self', readonly AuthorityRow[]>,
  issuer: CredentialId | 'self',
): Branch[] {
  const branch = (row: AuthorityRow): Branch => ({
    id: entryNodeId(tree.id, row.id),
    tree,
    content: { kind: 'certificate', row },
    branches: childBranches(tree, byIssuer, row.id),
  });
  const rows = byIssuer.get(issuer) ?? [];
  const present = rows.filter((row) => !isPast(row)).sort(compareRows);
  const past = rows.filter(isPast).reverse();
  const branches = present.map(branch);
  if (past.length === 0) return branches;
  const content = { kind: 'past', count: past.length } as const;
  return [...branches, { id: pastNodeId(tree.id, issuer), tree, content, branches: past.map(branch) }];
}

/** Returns whether a certificate is no longer in use. A replaced CA stays in use until it is withdrawn. */
function isPast(row: AuthorityRow): boolean {
  return row.isCa ? row.revoked !== undefined : !isActive(row);
}

/**
 * Sorts CAs first, with a CA that is being replaced as the last of them; then sorts by profile, so that a renewed
 * certificate keeps its position.
 */
function compareRows(a: AuthorityRow, b: AuthorityRow): number {
  if (a.isCa !== b.isCa) return a.isCa ? -1 : 1;
  if (a.isCa) return Number(a.supersededBy !== undefined) - Number(b.supersededBy !== undefined);
  return rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

function rank({ profile }: AuthorityRow): number {
  return profile === null ? PROFILE_IDS.length : PROFILE_IDS.indexOf(profile);
}
