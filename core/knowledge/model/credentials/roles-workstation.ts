import type { RoleRow } from './role-row.ts';
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
  issuer: 'cluster-ca',
  renewedBy: 'nobody',
  renewal: cited('renewal.kubeconfig', OVERVIEW_RENEWAL, ISSUE_145),
  revocable: true,
  revokedBy: 'RenewRevocation',
  revocation: cited('revocation.kubeconfig', OVERVIEW_REVOCATION, inferred('source.inferred.check-at-renewal')),
  revocationGroup: 'admins',
  impact: 'kubectl',
  remedies: [remedy.NEW_CREDENTIAL],
  repair: ['credential'],
  holder: 'file',
} as const;

export const WORKSTATION_ROLES = {
  'management-kubeconfig': {
    ...KUBECONFIG,
    breaks: [KNOWN_MANAGEMENT_KUBECONFIG],
    impact: 'management',
    remedies: [remedy.COPY_ADMIN_CONF],
    repair: ['management-kubeconfig'],
    preflight: 'management-kubeconfig',
    marksManagement: true,
  },
  'admin-kubeconfig': { ...KUBECONFIG, breaks: [DOC_CREDENTIAL, OVERVIEW_RENEWAL] },
  'kubeconfig-client': { ...KUBECONFIG, breaks: [OVERVIEW_RENEWAL, KUBEADM], isVague: true },
  'kubeconfig-token': {
    layer: 'workstation',
    lifetimeClass: 'other',
    renewedBy: 'unknown',
    renewal: cited('renewal.kubeconfig-token', inferred('source.inferred.nothing-said')),
    revocable: null,
    revocation: cited('revocation.kubernetes-token', OVERVIEW_REVOCATION, KUBEADM),
    breaks: [KUBEADM],
    impact: 'kubectl',
    remedies: [],
    repair: ['credential'],
    holder: 'file',
    isVague: true,
  },
  'proxy-ca': {
    layer: 'workstation',
    lifetimeClass: 'other',
    renewedBy: 'admin',
    renewal: cited('renewal.proxy-ca', DOC_PROXY),
    revocable: false,
    revocation: cited('revocation.proxy-ca', DOC_PROXY),
    breaks: [DOC_PROXY],
    impact: 'image-pulls',
    remedies: [remedy.PROXY_CERTIFICATE],
    repair: [],
    holder: 'file',
    isOutsidePlatform: true,
  },
  unknown: {
    layer: null,
    lifetimeClass: 'other',
    renewedBy: 'unknown',
    renewal: cited('renewal.unknown', inferred('source.inferred.not-identified')),
    revocable: null,
    revocation: cited('revocation.not-known', inferred('source.inferred.not-identified')),
    breaks: [inferred('source.inferred.not-identified')],
    impact: 'unknown',
    remedies: [],
    repair: [],
    holder: 'file',
    isOutsidePlatform: true,
  },
} as const satisfies Record<string, RoleRow>;
