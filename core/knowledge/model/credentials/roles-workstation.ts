import type { RoleRow } from './role-row.ts';
import * as remedy from './roles-remedies.ts';
import {
  citeText,
  DOC_CREDENTIAL,
  DOC_PROXY,
  inference,
  ISSUE_145,
  KNOWN_MANAGEMENT_KUBECONFIG,
  KUBEADM,
  OVERVIEW_RENEWAL,
  OVERVIEW_REVOCATION,
} from '../sources/sources.ts';

/*
 * Credentials on an admin's workstation. `holder` is always `file`: every `Get-AksHciCredential` writes the same
 * subject into another admin's file, so a new file in one place does not replace an old file in another.
 */

const KUBECONFIG = {
  layer: 'workstation',
  lifetimeClass: 'kubeconfig-client',
  issuer: 'cluster-ca',
  renewedBy: 'nobody',
  renewal: citeText('renewal.kubeconfig', OVERVIEW_RENEWAL, ISSUE_145),
  revocable: true,
  revocation: citeText('revocation.kubeconfig', OVERVIEW_REVOCATION, inference('check-at-renewal')),
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
    original: /\/kubeconfig-mgmt$/u,
  },
  'admin-kubeconfig': { ...KUBECONFIG, breaks: [DOC_CREDENTIAL, OVERVIEW_RENEWAL], original: /\/\.kube\/[^/]+$/u },
  'kubeconfig-client': { ...KUBECONFIG, breaks: [OVERVIEW_RENEWAL, KUBEADM], isVague: true },
  'kubeconfig-token': {
    layer: 'workstation',
    lifetimeClass: 'other',
    renewedBy: 'unknown',
    renewal: citeText('renewal.kubeconfig-token', inference('nothing-said')),
    revocable: null,
    revocation: citeText('revocation.kubernetes-token', OVERVIEW_REVOCATION, KUBEADM),
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
    renewal: citeText('renewal.proxy-ca', DOC_PROXY),
    revocable: false,
    revocation: citeText('revocation.proxy-ca', DOC_PROXY),
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
    renewal: citeText('renewal.unknown', inference('not-identified')),
    revocable: null,
    revocation: citeText('revocation.not-known', inference('not-identified')),
    breaks: [inference('not-identified')],
    impact: 'unknown',
    remedies: [],
    repair: [],
    holder: 'file',
    isOutsidePlatform: true,
  },
} as const satisfies Record<string, RoleRow>;
