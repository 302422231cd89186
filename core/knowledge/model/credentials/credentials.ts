import type { Statement } from '../../../shared/citation.ts';
import type { RoleRow } from './role-row.ts';
import { KUBERNETES_ROLES } from './roles-kubernetes.ts';
import { MOC_ROLES } from './roles-moc.ts';
import { WORKSTATION_ROLES } from './roles-workstation.ts';

/** In catalogue order, which decides between credentials that end at the same time. */
export const ROLE_ROWS = { ...MOC_ROLES, ...KUBERNETES_ROLES, ...WORKSTATION_ROLES };

/** The purpose of a credential; `unknown` if nothing reveals it. */
export type RoleId = keyof typeof ROLE_ROWS;
export const ROLE_IDS = Object.keys(ROLE_ROWS) as readonly RoleId[];

export interface RoleFacts extends Omit<RoleRow<RoleId>, 'breaks'> {
  id: RoleId;
  breaks: Statement;
}
