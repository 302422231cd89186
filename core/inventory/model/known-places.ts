import type { Citation } from '../../shared/citation.ts';
import type { KnownFileKind, KnownPlace } from './known-place.ts';
import {
  ACCESS_FILE_FOLDER,
  CLEANUP_SCRIPT,
  KUBECTL,
  reference,
} from '../../knowledge/model/sources/sources-repair.ts';
import {
  DOC_KVACTL_FILE,
  KNOWN_KMS_ROTATION,
  KNOWN_MANAGEMENT_KUBECONFIG,
  MOC_ACCESS_FILE,
  cite,
} from '../../knowledge/model/sources/sources.ts';

/*
 * Each place is confirmed by a page, the tool's code, or an observation on a real host. The product's folders are its
 * defaults; `Set-AksHciConfig` may have moved them, and the new folder is recorded only in files inside it.
 */

const GET_CREDENTIAL = cite('documented', 'Microsoft Learn, Get-AksHciCredential', 'source.known-files.kubeconfig');
const KUBECTL_CONFIG = { ...KUBECTL, place: 'kubectl config' };
const HOST_FOLDERS = reference('Set-AksHciConfig');
const ACCESS_FILE_VARIABLES = cite('from-code', 'microsoft/moc', 'source.known-files.access-file-variables');
const LOGIN_TOKEN = cite('from-code', 'microsoft/moc-sdk-for-go', 'source.known-files.login');
const PKI = cite('documented', 'Kubernetes, PKI certificates and requirements', 'Certificate paths');
const PKI_ACCOUNTS = { ...PKI, place: 'Configure certificates for user accounts' };

const placesOn =
  (system: KnownPlace['system']) =>
  (kind: KnownFileKind, pattern: string, ...citations: Citation[]): KnownPlace => ({
    kind,
    system,
    pattern,
    citations,
  });
const onWindows = placesOn('windows');
const onPosix = placesOn('posix');
const ifSet = (place: KnownPlace): KnownPlace => ({ ...place, onlyIfSet: true });

/** In the order of checking and display. */
export const KNOWN_PLACES: readonly KnownPlace[] = [
  ifSet(onWindows('kubeconfig', '%KUBECONFIG%', KUBECTL_CONFIG)),
  onWindows('kubeconfig', '%USERPROFILE%\\.kube\\config', GET_CREDENTIAL, KUBECTL_CONFIG),
  onWindows(
    'kubeconfig',
    '%SystemDrive%\\AksHci\\<version>\\kubeconfig-mgmt',
    KNOWN_MANAGEMENT_KUBECONFIG,
    HOST_FOLDERS,
  ),
  ifSet(onWindows('cloudconfig', '%WSSD_CONFIG_PATH%', ACCESS_FILE_VARIABLES)),
  ifSet(onWindows('cloudconfig', '%ACCESSFILE_DIR_PATH%\\kvactl\\cloudconfig', ACCESS_FILE_VARIABLES)),
  ifSet(onWindows('cloudconfig', '%ACCESSFILE_DIR_PATH%\\mocctl\\cloudconfig', ACCESS_FILE_VARIABLES)),
  onWindows('cloudconfig', '%USERPROFILE%\\.wssd\\kvactl\\cloudconfig', DOC_KVACTL_FILE, MOC_ACCESS_FILE),
  onWindows('cloudconfig', '%USERPROFILE%\\.wssd\\mocctl\\cloudconfig', MOC_ACCESS_FILE),
  onWindows('cloudconfig', '%SystemDrive%\\AksHci\\CloudCfg\\kvactl\\cloudconfig', ACCESS_FILE_FOLDER),
  onWindows('cloudconfig', '%SystemDrive%\\AksHci\\CloudCfg\\mocctl\\cloudconfig', ACCESS_FILE_FOLDER),
  ifSet(onWindows('login', '%WSSD_CLIENT_TOKEN%', LOGIN_TOKEN)),
  onWindows('login', '%USERPROFILE%\\.wssd\\.token', LOGIN_TOKEN),
  // The modules' settings contain a login file.
  onWindows('login', '%SystemDrive%\\AksHci\\.AksHci\\psconfig.json', CLEANUP_SCRIPT, HOST_FOLDERS),
  onWindows('agents', '%SystemDrive%\\ProgramData\\wssdagent', HOST_FOLDERS),
  onWindows('agents', '%SystemDrive%\\wssdcloudagent', HOST_FOLDERS),
  ifSet(onPosix('kubeconfig', '$KUBECONFIG', KUBECTL_CONFIG)),
  onPosix('kubeconfig', '$HOME/.kube/config', KUBECTL_CONFIG),
  onPosix('kubeconfig', '/etc/kubernetes/admin.conf', PKI_ACCOUNTS),
  onPosix('pki', '/etc/kubernetes/pki', PKI),
  onPosix('login', '/opt/wssd/k8s/cloudlogin.yaml', KNOWN_KMS_ROTATION),
];
