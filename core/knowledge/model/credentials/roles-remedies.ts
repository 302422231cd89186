import type { Statement } from '../../../shared/citation.ts';
import {
  AD_SSO,
  citeText,
  DOC_CREDENTIAL,
  DOC_EXTRA_ADMINS,
  DOC_LOGIN,
  DOC_PROXY,
  DOC_ROTATE_CA,
  DOC_UPDATE_CERTIFICATES,
  DOC_UPDATE_CLUSTER_CERTIFICATES,
  conclusion,
  ISSUE_127,
  ISSUE_146,
  ISSUE_168,
  ISSUE_169,
  ISSUE_173,
  ISSUE_237,
  ISSUE_285,
  ISSUE_365,
  KNOWN_API_SERVER_RELOAD,
  KNOWN_EXPIRED_CONTROL_PLANE,
  KNOWN_KMS_POD,
  KNOWN_KMS_ROTATION,
  KNOWN_KVACTL,
  KNOWN_MANAGEMENT_KUBECONFIG,
  KNOWN_MOCCTL,
  KNOWN_NODE_AGENT,
  KNOWN_TLS_INTERNAL_ERROR,
  UPDATE_COMMANDS,
} from '../sources/sources.ts';
import { KVACTL_FILE, SSH } from '../step.ts';
import { CONFIG_PRINT, ISSUE_402, OPENSSH } from '../sources/sources-repair.ts';

/**
 * The name of the cluster replaces `<cluster>` in `command`; only the admin knows the values of other placeholders
 * (`<control-plane-ip>`).
 */
export interface Remedy {
  command: string;
  statement: Statement;
}

/*
 * Each remedy once, with commands spelled as in the syntax blocks; several pages print variants that do not run
 * (`UpdateAksHciClusterCertificates`, `-fixcloudcredential`, `-Name my-workload -cluster`).
 */

const UPDATE_CLUSTER = 'Update-AksHciClusterCertificates -name <cluster>';

export const HOST_REPAIR: Remedy = {
  command: 'Update-AksHciCertificates',
  statement: citeText('remedy.host-repair', UPDATE_COMMANDS, DOC_UPDATE_CERTIFICATES),
};

export const CLOUD_REPAIR: Remedy = {
  command: `${UPDATE_CLUSTER} -fixCloudCredentials`,
  statement: citeText('remedy.cloud-repair', UPDATE_COMMANDS, DOC_UPDATE_CLUSTER_CERTIFICATES),
};

export const KUBELET_REPAIR: Remedy = {
  command: `${UPDATE_CLUSTER} -fixKubeletCredentials`,
  statement: citeText('remedy.kubelet-repair', UPDATE_COMMANDS, DOC_UPDATE_CLUSTER_CERTIFICATES),
};

export const CONTROL_PLANE_ONLY_REPAIR: Remedy = {
  command: `${UPDATE_CLUSTER} -fixKubeletCredentials`,
  statement: citeText('remedy.kubelet-repair-control-plane', DOC_UPDATE_CLUSTER_CERTIFICATES),
};

export const LOAD_BALANCER_REPAIR: Remedy = {
  command: `${UPDATE_CLUSTER} -patchLoadBalancer -fixCloudCredentials`,
  statement: citeText('remedy.load-balancer-repair', UPDATE_COMMANDS),
};

/**
 * Issue 237 and the documentation name different switches for the kubelet's serving certificate; the cloud switch comes
 * first.
 */
export const SERVING_CLOUD_REPAIR: Remedy = {
  command: `${UPDATE_CLUSTER} -fixCloudCredentials`,
  statement: citeText('remedy.serving-cloud-repair', ISSUE_237),
};
export const SERVING_KUBELET_REPAIR: Remedy = {
  command: `${UPDATE_CLUSTER} -fixKubeletCredentials`,
  statement: citeText('remedy.serving-kubelet-repair', KNOWN_TLS_INTERNAL_ERROR),
};

export const NEW_CREDENTIAL: Remedy = {
  command: 'Get-AksHciCredential -name <cluster>',
  statement: citeText('remedy.new-credential', DOC_CREDENTIAL),
};

export const NEW_CREDENTIAL_AFTER_REPAIR: Remedy = {
  command: 'Get-AksHciCredential -name <cluster>',
  statement: citeText('remedy.new-credential-after-repair', KNOWN_EXPIRED_CONTROL_PLANE, KNOWN_TLS_INTERNAL_ERROR),
};

export const MOC_LOGIN: Remedy = {
  command: 'Repair-MocLogin',
  statement: citeText('remedy.moc-login', KNOWN_MOCCTL, ISSUE_168),
};

/** The repair of the host uses mocctl, so mocctl must be able to log in first. */
export const MOC_LOGIN_FIRST: Remedy = {
  command: 'Repair-MocLogin',
  statement: citeText('remedy.moc-login-first', ISSUE_169),
};

export const REPAIR_MOC: Remedy = {
  command: 'Repair-Moc',
  statement: citeText('remedy.repair-moc', KNOWN_NODE_AGENT, ISSUE_173, ISSUE_365, ISSUE_402),
};

export const CLOUD_AGENT_UPDATE: Remedy = {
  command: 'Update-AksHci',
  statement: citeText('remedy.cloud-agent-update', conclusion('source.inferred.platform-update')),
};
export const CLOUD_AGENT_REPAIR: Remedy = {
  command: 'Repair-Moc',
  statement: citeText('remedy.cloud-agent-repair', conclusion('source.inferred.agent-repair')),
};

export const ROTATE_CA: Remedy = {
  command: 'Invoke-AksHciRotateCACertificate',
  statement: citeText('remedy.rotate-ca', DOC_ROTATE_CA),
};

export const DELETE_KVACTL_FILE: Remedy = {
  command: `Remove-Item "${KVACTL_FILE}"`,
  statement: citeText('remedy.delete-kvactl-file', ISSUE_146, KNOWN_KVACTL, CONFIG_PRINT),
};

export const KMS_WORKLOAD: Remedy = {
  command: `${UPDATE_CLUSTER} -fixCloudCredentials`,
  statement: citeText('remedy.kms-workload', KNOWN_KMS_POD, UPDATE_COMMANDS),
};
export const KMS_MANAGEMENT: Remedy = {
  command: 'Update-AksHciCertificates',
  statement: citeText('remedy.kms-management', KNOWN_KMS_POD, UPDATE_COMMANDS),
};
export const KMS_BY_HAND: Remedy = {
  command:
    'mocctl.exe security identity rotate --name "KMSPlugin-<cluster>-moc-kms-plugin" --encode=false --cloudFqdn (Get-AksHciConfig).Moc.cloudfqdn > cloudlogin.yaml',
  statement: citeText('remedy.kms-by-hand', KNOWN_KMS_ROTATION, ISSUE_127),
};

export const NEW_IDENTITY: Remedy = {
  command: 'New-MocIdentity -name <name> -validityDays <days> -location MocLocation -outfile <path>',
  statement: citeText('remedy.new-identity', DOC_EXTRA_ADMINS),
};
export const IDENTITY_LOGIN: Remedy = {
  command: 'mocctl.exe security login --loginpath <file> --identity',
  statement: citeText('remedy.identity-login', DOC_LOGIN),
};

export const RESTART_API_SERVER: Remedy = {
  command: `${SSH} 'sudo crictl stop $(sudo crictl ps --name kube-apiserver -o json | jq -r .containers[0].id)'`,
  statement: citeText('remedy.restart-api-server', KNOWN_API_SERVER_RELOAD, ISSUE_285),
};

export const COPY_ADMIN_CONF: Remedy = {
  command: 'ssh -o StrictHostKeyChecking=no -i (Get-MocConfig).sshPrivateKey clouduser@<control-plane-ip>',
  statement: citeText('remedy.copy-admin-conf', KNOWN_MANAGEMENT_KUBECONFIG, OPENSSH),
};

export const UNINSTALL_AD_AUTH: Remedy = {
  command: 'Uninstall-AksHciAdAuth -name <cluster>',
  statement: citeText('remedy.uninstall-ad-auth', AD_SSO),
};
export const INSTALL_AD_AUTH: Remedy = {
  command: 'Install-AksHciAdAuth -name <cluster> -keytab <keytab> -SPN <spn> -adminUser <domain\\user>',
  statement: citeText('remedy.install-ad-auth', AD_SSO),
};

export const PROXY_CERTIFICATE: Remedy = {
  command: 'Set-AksHciProxySetting -noProxy "" -certFile <file>',
  statement: citeText('remedy.proxy-certificate', DOC_PROXY),
};
