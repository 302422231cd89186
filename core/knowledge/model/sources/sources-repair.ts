import type { Citation } from '../../../shared/citation.ts';
import { cite, documentation, inference, page, security, workload } from './sources.ts';

/*
 * Sources about failures and cmdlets, in addition to those about credentials. Places are verbatim titles of sections
 * and issues; a key `source.<…>` stands for our own words.
 */

export function reference(cmdlet: string): Citation {
  return page('reference/ps')(cmdlet);
}

const updateCertificates = page('update-certificates');
export const REPAIR_ORDER = updateCertificates('When both MOC and AKS Kubernetes certificates are impacted');
export const SHUTDOWN_TABLE = updateCertificates('Certificate renewal dependencies on cluster shutdown');
export const UPDATE_TABLE = updateCertificates('Certificate renewal dependencies on cluster renewal');

export const KNOWN_KUBE_FOLDER = security('Get-AksHciCredential fails with "cannot find the path specified" error');
export const KNOWN_HANDSHAKE = security(
  'Authentication handshake failed: x509: certificate signed by unknown authority',
);

export const KNOWN_API_SERVER_DOWN = workload("The API server isn't responsive after several days");
export const KNOWN_SIXTY_DAYS = workload(
  "If a management or workload cluster isn't used for more than 60 days, the certificates will expire",
);
export const KNOWN_FOUR_DAYS = workload(
  'If a cluster is shut down for more than four days, the cluster will be unreachable',
);
export const KNOWN_INTERNAL_ERROR = workload(
  'Attempt to create new workload clusters failed because the AKS host was turned off for several days',
);
export const KNOWN_RENEWAL_POD = workload('The certificate renewal pod is in a crash loop state');

export const upgrade = page('known-issues-upgrade');
export const KNOWN_RENEWAL_POD_FIXED = upgrade('Certificate renewal pod is in a crash loop state');
export const KNOWN_OUT_OF_CAPACITY = upgrade(
  'Update of host OS HCI to HCIv2 breaks AKS on Azure Local installation: OutOfCapacity',
);
export const KNOWN_KUBE_VIP = upgrade(
  'Update of host OS HCI to HCIv2 breaks AKS on Azure Local installation: Cannot reach management cluster',
);
export const KNOWN_BILLING = upgrade(
  "When running Update-AksHci, the update process was stuck at 'Waiting for deployment 'AksHci Billing Operator' to be ready'",
);
export const KNOWN_OUT_OF_POLICY = upgrade(
  "AKS Arc goes out-of-policy if a workload cluster hasn't been created in 60 days",
);
export const KNOWN_STUCK_NODE = upgrade(
  'Upgrade of target cluster gets stuck with one or more nodes in an old Kubernetes version',
);

export const KNOWN_API_SERVER_TIMEOUT = page('known-issues-installation')("Install-AksHci timed out with the error ''");
export const KNOWN_AZURE_LOGIN = page('known-issues-arc')(
  "Connection to Azure failed. Please run 'Set-AksHciRegistration' and try again",
);

/** The known issues as a whole, if the page is unknown. */
export const KNOWN_ISSUES = documentation('source.documentation.known-issues');
export const DOC_UPDATE_CADENCE = documentation('source.documentation.update-cadence');
export const DOC_TIMELINE = documentation('source.documentation.releases');
export const DOC_RECOVERY_REASON = documentation('source.documentation.revocation-2022');

function issue(number: number, title: string): Citation {
  return cite('reported', `Azure/aksArc issue ${number}`, title);
}
export const ISSUE_43 = issue(
  43,
  'uninstall-akshci exception caught - unable to locate a valid cloudconfig access file',
);
export const ISSUE_47 = issue(
  47,
  '[BUG] Get-AksHciConfig and Install-AksHci cannot find cloudconfig in the remote host',
);
export const ISSUE_57 = issue(57, 'Failed to retrieve azure-arc-onboarding pods');
export const ISSUE_160 = issue(
  160,
  '[BUG] Listing or creating AKS clusters fails with certificate error for some users',
);
export const ISSUE_204 = issue(204, 'source.issue-204');
export const ISSUE_232 = issue(232, 'source.issue-232');
export const ISSUE_233 = issue(
  233,
  '[BUG] Cluster controlplane - certificate expired - Unable to connect to the server: x509:',
);
export const ISSUE_269 = issue(269, '[BUG] Get-AksHciCredential fails with "cannot find the path specified" error');
export const ISSUE_371 = issue(371, 'source.issue-371');
export const ISSUE_402 = issue(402, 'source.issue-402');
export const ISSUE_152 = issue(152, 'source.issue-152');
/** A remark about the module in an issue about another subject. */
export const ISSUE_145_TAGS = issue(145, 'source.issue-145.tags');

export const MOC_ERRORS = cite('from-code', 'microsoft/moc', 'source.moc.errors');

export const KUBERNETES_114588 = cite('reported', 'kubernetes/kubernetes issue 114588');

/** A write-up of an incident with the successor product, not on a Microsoft site. */
export const THIRD_PARTY = cite('reported', 'source.third-party');

/** Lists of the modules' exports, and published scripts that call undocumented cmdlets. */
export const MODULE_FUNCTIONS = cite('reported', 'source.module-functions');
export const CREDENTIAL_TRANSCRIPT = cite('reported', 'source.credential-transcript');
export const CONFIG_PRINT = cite('reported', 'source.config-print');
export const BILLING_TRANSCRIPT = cite('reported', 'source.billing-transcript');
export const CLUSTER_PRINT = cite('reported', 'source.cluster-print');
export const NEWEST_SCRIPT = cite('reported', 'source.newest-script');
export const CLEANUP_SCRIPT = cite('reported', 'source.cleanup-script');
/** Messages that the modules print, in every language; the first message of each file is public. */
export const MODULE_MESSAGES = cite('from-code', 'PowerShell Gallery, Moc and Kva', 'source.module-messages');
export const STATE_VALIDATOR = cite('from-code', 'Microsoft, AzStackHci EnvironmentChecker', 'Test-AksHciInstallState');
/** A printed configuration shows the folder; the code shows that the programs' folders are below it. */
export const ACCESS_FILE_FOLDER = cite('inferred', 'microsoft/moc', 'source.known-files.access-file-folder');
export const CONTAINERS_EXTENSION = cite('from-code', 'Windows Admin Center, Containers extension');
export const WAC_EXTENSION = cite('from-code', 'Windows Admin Center, Azure Kubernetes Service extension');
export const PREPARE_AKS = cite(
  'documented',
  'MicrosoftDocs/azure-management-docs, azure-arc/agents-tools-foundry-local/prepare-aks-cluster',
);
export const AZURE_CLI = cite('documented', 'Microsoft Learn, Azure CLI reference');

export const POWERSHELL_QUOTING = cite('documented', 'Microsoft Learn, about_Quoting_Rules');
export const POWERSHELL_CALL = cite('documented', 'Microsoft Learn, about_Operators', 'Call operator &');
export const POWERSHELL_PARAMETERS = cite('documented', 'Microsoft Learn, about_Parameters');
export const POWERSHELL_ENCODING = cite('documented', 'Microsoft Learn, about_Character_Encoding');
export const POWERSHELL_GRAMMAR = cite(
  'documented',
  'Microsoft, Windows PowerShell Language Specification 3.0',
  '2.3 Tokens',
);
export const WINDOWS_CMDLETS = cite('documented', 'Microsoft Learn, Windows PowerShell 5.1 reference');
export const POWERSHELLGET = cite('documented', 'Microsoft Learn, PowerShellGet 2.x, Update-Module');
export const KUBECTL = cite('documented', 'Kubernetes documentation, kubectl reference');
export const OPENSSH = cite('documented', 'OpenSSH manual pages');
export const CRICTL = cite('documented', 'Kubernetes documentation, Debugging Kubernetes nodes with crictl');

export const READ_ONLY_CHECK = inference('read-only-check');
export const LAYERS_IN_ORDER = inference('layer-order');
export const TRIAGE_ORDER = inference('triage-order');
export const EVERY_CONTROL_PLANE = inference('every-control-plane');
export const CLUSTER_PARTS = inference('cluster-parts');
export const UTF16_REDIRECTION = inference('utf-16');
/** Published scripts pass a file or a folder, and find a file with one of two names there. */
export const CONFIG_PATH = inference('config-path');
export const RECOMMENDED_UPDATES = inference('recommended-updates');
export const SAME_IN_EVERY_LANGUAGE = inference('same-in-every-language');
export const TIDY_UP = inference('tidy-up');
export const LOGIN_AGAIN = inference('login-again');
export const SAME_SENTENCE = inference('same-sentence');
export const AZURE_LOCAL_BILLING = inference('azure-local-billing');
export const SAME_TEXT = inference('same-text');
export const NOT_EXPIRED_ONLY = inference('not-expired-only');
