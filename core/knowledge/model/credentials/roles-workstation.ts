import type { RoleFacts, RoleId } from './credentials.ts';
import * as remedy from './roles-remedies.ts';
import {
  cited,
  DOC_CREDENTIAL,
  DOC_PROXY,
  inferred,
  ISSUE_145,
  KNOWN_MANAGEMENT_KUBECONFIG,
  KUBEADM,
  OVERVIEW_RENEWAL,
  OVERVIEW_REVOCATION,
} from '../sources/sources.ts';

/*
 * Credentials on an admin's workstation. `holder` is `file` throughout: every `Get-AksHciCredential` writes the same
 * subject into another admin's file, so a fresh file here says nothing about an old one there.
 */

const KUBECONFIG = {
  layer: 'workstation',
  lifetimeClass: 'kubeconfig-client',
  renewedBy: 'nobody',
  renewal: cited('renewal.kubeconfig', OVERVIEW_RENEWAL, ISSUE_145),
  revocable: true,
  revokedBy: 'RenewRevocation',
  revocation: cited('revocation.kubeconfig', OVERVIEW_REVOCATION, inferred('source.inferred.check-at-renewal')),
  holder: 'file',
} as const;

export const WORKSTATION_ROLES = {
  'management-kubeconfig': {
    ...KUBECONFIG,
    id: 'management-kubeconfig',
    breaks: cited('role.management-kubeconfig.breaks', KNOWN_MANAGEMENT_KUBECONFIG),
    remedies: [remedy.COPY_ADMIN_CONF],
  },
  'admin-kubeconfig': {
    ...KUBECONFIG,
    id: 'admin-kubeconfig',
    breaks: cited('role.admin-kubeconfig.breaks', DOC_CREDENTIAL, OVERVIEW_RENEWAL),
    remedies: [remedy.NEW_CREDENTIAL],
  },
  'kubeconfig-client': {
    ...KUBECONFIG,
    id: 'kubeconfig-client',
    breaks: cited('role.kubeconfig-client.breaks', OVERVIEW_RENEWAL, KUBEADM),
    remedies: [remedy.NEW_CREDENTIAL],
  },
  'kubeconfig-token': {
    id: 'kubeconfig-token',
    layer: 'workstation',
    lifetimeClass: 'other',
    renewedBy: 'unknown',
    renewal: cited('renewal.kubeconfig-token', inferred('source.inferred.nothing-said')),
    revocable: null,
    revocation: cited('revocation.kubernetes-token', OVERVIEW_REVOCATION, KUBEADM),
    breaks: cited('role.kubeconfig-token.breaks', KUBEADM),
    remedies: [],
    holder: 'file',
  },
  'proxy-ca': {
    id: 'proxy-ca',
    layer: 'workstation',
    lifetimeClass: 'other',
    renewedBy: 'admin',
    renewal: cited('renewal.proxy-ca', DOC_PROXY),
    revocable: false,
    revocation: cited('revocation.proxy-ca', DOC_PROXY),
    breaks: cited('role.proxy-ca.breaks', DOC_PROXY),
    remedies: [remedy.PROXY_CERTIFICATE],
    holder: 'file',
  },
  unknown: {
    id: 'unknown',
    layer: null,
    lifetimeClass: 'other',
    renewedBy: 'unknown',
    renewal: cited('renewal.unknown', inferred('source.inferred.not-identified')),
    revocable: null,
    revocation: cited('revocation.not-known', inferred('source.inferred.not-identified')),
    breaks: cited('role.unknown.breaks', inferred('source.inferred.not-identified')),
    remedies: [],
    holder: 'file',
  },
} as const satisfies Partial<Record<RoleId, RoleFacts>>;
