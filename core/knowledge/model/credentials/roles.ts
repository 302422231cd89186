import { ROLE_IDS, ROLE_ROWS, type RoleFacts, type RoleId } from './credentials.ts';
import type { RoleRow } from './role-row.ts';

const ROWS: Readonly<Record<RoleId, RoleRow<RoleId>>> = ROLE_ROWS;

export const ROLES = Object.fromEntries(
  ROLE_IDS.map((id): [RoleId, RoleFacts] => {
    const { breaks, ...row } = ROWS[id];
    return [id, { ...row, id, breaks: { text: `role.${id}.breaks`, citations: breaks } }];
  }),
) as Record<RoleId, RoleFacts>;

export function listRoles(isMeant: (role: RoleFacts) => boolean | undefined): RoleId[] {
  return ROLE_IDS.filter((id) => isMeant(ROLES[id]));
}

/** Trust roots of a Kubernetes cluster: every file with such a root belongs to the cluster. */
export const CLUSTER_ROOTS: readonly RoleId[] = listRoles(({ lifetimeClass }) => lifetimeClass === 'kubernetes-root');

/** All trust roots. The end of a root invalidates everything that it signed. */
export const ROOTS: ReadonlySet<RoleId> = new Set(listRoles(({ lifetimeClass }) => lifetimeClass.endsWith('-root')));

export const APPROVERS: ReadonlySet<RoleId> = new Set(Object.values(ROLES).flatMap(({ approver }) => approver ?? []));
