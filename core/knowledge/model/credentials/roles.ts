import type { RoleFacts, RoleId } from './credentials.ts';
import { KUBERNETES_ROLES } from './roles-kubernetes.ts';
import { MOC_ROLES } from './roles-moc.ts';
import { WORKSTATION_ROLES } from './roles-workstation.ts';

/** Everything known about each kind of certificate and token, by role. */
export const ROLES: Record<RoleId, RoleFacts> = { ...MOC_ROLES, ...KUBERNETES_ROLES, ...WORKSTATION_ROLES };
