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
  inference,
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
  type Sources,
  UPDATE_COMMANDS,
} from '../sources/sources.ts';
import { KVACTL_FILE, SSH } from '../step.ts';
import { CONFIG_PRINT, ISSUE_402, OPENSSH } from '../sources/sources-repair.ts';

/** In `command`, `<cluster>` stands for the cluster's name; only the admin knows the values of other placeholders. */
export interface Remedy {
  command: string;
  statement: Statement;
}

/*
 * Commands are spelled as in the syntax blocks, since several pages print variants that fail
 * (`UpdateAksHciClusterCertificates`, `-fixcloudcredential`, `-Name my-workload -cluster`).
 */

function remedy(id: string, command: string, ...sources: Sources): Remedy {
  return { command, statement: citeText(`remedy.${id}`, ...sources) };
}

const UPDATE_CLUSTER = 'Update-AksHciClusterCertificates -name <cluster>';

export const HOST_REPAIR = remedy('host-repair', 'Update-AksHciCertificates', UPDATE_COMMANDS, DOC_UPDATE_CERTIFICATES);

export const CLOUD_REPAIR = remedy(
  'cloud-repair',
  `${UPDATE_CLUSTER} -fixCloudCredentials`,
  UPDATE_COMMANDS,
  DOC_UPDATE_CLUSTER_CERTIFICATES,
);

export const KUBELET_REPAIR = remedy(
  'kubelet-repair',
  `${UPDATE_CLUSTER} -fixKubeletCredentials`,
  UPDATE_COMMANDS,
  DOC_UPDATE_CLUSTER_CERTIFICATES,
);

export const CONTROL_PLANE_ONLY_REPAIR = remedy(
  'kubelet-repair-control-plane',
  `${UPDATE_CLUSTER} -fixKubeletCredentials`,
  DOC_UPDATE_CLUSTER_CERTIFICATES,
);

export const LOAD_BALANCER_REPAIR = remedy(
  'load-balancer-repair',
  `${UPDATE_CLUSTER} -patchLoadBalancer -fixCloudCredentials`,
  UPDATE_COMMANDS,
);

/** Issue 237 and the documentation name different switches for the serving certificate; the cloud switch is first. */
export const SERVING_CLOUD_REPAIR = remedy('serving-cloud-repair', `${UPDATE_CLUSTER} -fixCloudCredentials`, ISSUE_237);
export const SERVING_KUBELET_REPAIR = remedy(
  'serving-kubelet-repair',
  `${UPDATE_CLUSTER} -fixKubeletCredentials`,
  KNOWN_TLS_INTERNAL_ERROR,
);

export const NEW_CREDENTIAL = remedy('new-credential', 'Get-AksHciCredential -name <cluster>', DOC_CREDENTIAL);

export const NEW_CREDENTIAL_AFTER_REPAIR = remedy(
  'new-credential-after-repair',
  'Get-AksHciCredential -name <cluster>',
  KNOWN_EXPIRED_CONTROL_PLANE,
  KNOWN_TLS_INTERNAL_ERROR,
);

export const MOC_LOGIN = remedy('moc-login', 'Repair-MocLogin', KNOWN_MOCCTL, ISSUE_168);

/** The repair of the host uses mocctl, so mocctl must be able to log in first. */
export const MOC_LOGIN_FIRST = remedy('moc-login-first', 'Repair-MocLogin', ISSUE_169);

export const REPAIR_MOC = remedy('repair-moc', 'Repair-Moc', KNOWN_NODE_AGENT, ISSUE_173, ISSUE_365, ISSUE_402);

export const CLOUD_AGENT_UPDATE = remedy('cloud-agent-update', 'Update-AksHci', inference('platform-update'));
export const CLOUD_AGENT_REPAIR = remedy('cloud-agent-repair', 'Repair-Moc', inference('agent-repair'));

export const ROTATE_CA = remedy('rotate-ca', 'Invoke-AksHciRotateCACertificate', DOC_ROTATE_CA);

export const DELETE_KVACTL_FILE = remedy(
  'delete-kvactl-file',
  `Remove-Item "${KVACTL_FILE}"`,
  ISSUE_146,
  KNOWN_KVACTL,
  CONFIG_PRINT,
);

export const KMS_WORKLOAD = remedy(
  'kms-workload',
  `${UPDATE_CLUSTER} -fixCloudCredentials`,
  KNOWN_KMS_POD,
  UPDATE_COMMANDS,
);
export const KMS_MANAGEMENT = remedy('kms-management', 'Update-AksHciCertificates', KNOWN_KMS_POD, UPDATE_COMMANDS);
export const KMS_BY_HAND = remedy(
  'kms-by-hand',
  'mocctl.exe security identity rotate --name "KMSPlugin-<cluster>-moc-kms-plugin" --encode=false --cloudFqdn (Get-AksHciConfig).Moc.cloudfqdn > cloudlogin.yaml',
  KNOWN_KMS_ROTATION,
  ISSUE_127,
);

export const NEW_IDENTITY = remedy(
  'new-identity',
  'New-MocIdentity -name <name> -validityDays <days> -location MocLocation -outfile <path>',
  DOC_EXTRA_ADMINS,
);
export const IDENTITY_LOGIN = remedy(
  'identity-login',
  'mocctl.exe security login --loginpath <file> --identity',
  DOC_LOGIN,
);

export const RESTART_API_SERVER = remedy(
  'restart-api-server',
  `${SSH} 'sudo crictl stop $(sudo crictl ps --name kube-apiserver -o json | jq -r .containers[0].id)'`,
  KNOWN_API_SERVER_RELOAD,
  ISSUE_285,
);

export const COPY_ADMIN_CONF = remedy(
  'copy-admin-conf',
  'ssh -o StrictHostKeyChecking=no -i (Get-MocConfig).sshPrivateKey clouduser@<control-plane-ip>',
  KNOWN_MANAGEMENT_KUBECONFIG,
  OPENSSH,
);

export const UNINSTALL_AD_AUTH = remedy('uninstall-ad-auth', 'Uninstall-AksHciAdAuth -name <cluster>', AD_SSO);
export const INSTALL_AD_AUTH = remedy(
  'install-ad-auth',
  'Install-AksHciAdAuth -name <cluster> -keytab <keytab> -SPN <spn> -adminUser <domain\\user>',
  AD_SSO,
);

export const PROXY_CERTIFICATE = remedy(
  'proxy-certificate',
  'Set-AksHciProxySetting -noProxy "" -certFile <file>',
  DOC_PROXY,
);
