import type { Citation } from '../../shared/citation.ts';
import type { KnownPlace } from './known-place.ts';
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
} from '../../knowledge/model/sources/sources.ts';

/*
 * Usual places of a fleet's files, each confirmed by a page, the tool's code, or an observation on a real host. The
 * product's folders are its defaults; `Set-AksHciConfig` may have moved them, and only files in the new folder name it.
 */

const GET_CREDENTIAL: Citation = {
  certainty: 'documented',
  work: 'Microsoft Learn, Get-AksHciCredential',
  place: 'source.known-files.kubeconfig',
};
const KUBECTL_CONFIG: Citation = { ...KUBECTL, place: 'kubectl config' };
const HOST_FOLDERS = reference('Set-AksHciConfig');
const ACCESS_FILE_VARIABLES: Citation = {
  certainty: 'from-code',
  work: 'microsoft/moc',
  place: 'source.known-files.access-file-variables',
};
const LOGIN_TOKEN: Citation = {
  certainty: 'from-code',
  work: 'microsoft/moc-sdk-for-go',
  place: 'source.known-files.login',
};
const PKI: Citation = {
  certainty: 'documented',
  work: 'Kubernetes, PKI certificates and requirements',
  place: 'Certificate paths',
};
const PKI_ACCOUNTS: Citation = { ...PKI, place: 'Configure certificates for user accounts' };

/** In the order of checking and display. */
export const KNOWN_PLACES: readonly KnownPlace[] = [
  { kind: 'kubeconfig', system: 'windows', pattern: '%KUBECONFIG%', onlyIfSet: true, citations: [KUBECTL_CONFIG] },
  {
    kind: 'kubeconfig',
    system: 'windows',
    pattern: '%USERPROFILE%\\.kube\\config',
    citations: [GET_CREDENTIAL, KUBECTL_CONFIG],
  },
  {
    kind: 'kubeconfig',
    system: 'windows',
    pattern: '%SystemDrive%\\AksHci\\<version>\\kubeconfig-mgmt',
    citations: [KNOWN_MANAGEMENT_KUBECONFIG, HOST_FOLDERS],
  },
  {
    kind: 'cloudconfig',
    system: 'windows',
    pattern: '%WSSD_CONFIG_PATH%',
    onlyIfSet: true,
    citations: [ACCESS_FILE_VARIABLES],
  },
  {
    kind: 'cloudconfig',
    system: 'windows',
    onlyIfSet: true,
    pattern: '%ACCESSFILE_DIR_PATH%\\kvactl\\cloudconfig',
    citations: [ACCESS_FILE_VARIABLES],
  },
  {
    kind: 'cloudconfig',
    system: 'windows',
    onlyIfSet: true,
    pattern: '%ACCESSFILE_DIR_PATH%\\mocctl\\cloudconfig',
    citations: [ACCESS_FILE_VARIABLES],
  },
  {
    kind: 'cloudconfig',
    system: 'windows',
    pattern: '%USERPROFILE%\\.wssd\\kvactl\\cloudconfig',
    citations: [DOC_KVACTL_FILE, MOC_ACCESS_FILE],
  },
  {
    kind: 'cloudconfig',
    system: 'windows',
    pattern: '%USERPROFILE%\\.wssd\\mocctl\\cloudconfig',
    citations: [MOC_ACCESS_FILE],
  },
  {
    kind: 'cloudconfig',
    system: 'windows',
    pattern: '%SystemDrive%\\AksHci\\CloudCfg\\kvactl\\cloudconfig',
    citations: [ACCESS_FILE_FOLDER],
  },
  {
    kind: 'cloudconfig',
    system: 'windows',
    pattern: '%SystemDrive%\\AksHci\\CloudCfg\\mocctl\\cloudconfig',
    citations: [ACCESS_FILE_FOLDER],
  },
  { kind: 'login', system: 'windows', pattern: '%WSSD_CLIENT_TOKEN%', onlyIfSet: true, citations: [LOGIN_TOKEN] },
  { kind: 'login', system: 'windows', pattern: '%USERPROFILE%\\.wssd\\.token', citations: [LOGIN_TOKEN] },
  // The modules' settings contain a login file.
  {
    kind: 'login',
    system: 'windows',
    pattern: '%SystemDrive%\\AksHci\\.AksHci\\psconfig.json',
    citations: [CLEANUP_SCRIPT, HOST_FOLDERS],
  },
  { kind: 'agents', system: 'windows', pattern: '%SystemDrive%\\ProgramData\\wssdagent', citations: [HOST_FOLDERS] },
  { kind: 'agents', system: 'windows', pattern: '%SystemDrive%\\wssdcloudagent', citations: [HOST_FOLDERS] },
  { kind: 'kubeconfig', system: 'posix', pattern: '$KUBECONFIG', onlyIfSet: true, citations: [KUBECTL_CONFIG] },
  { kind: 'kubeconfig', system: 'posix', pattern: '$HOME/.kube/config', citations: [KUBECTL_CONFIG] },
  { kind: 'kubeconfig', system: 'posix', pattern: '/etc/kubernetes/admin.conf', citations: [PKI_ACCOUNTS] },
  { kind: 'pki', system: 'posix', pattern: '/etc/kubernetes/pki', citations: [PKI] },
  { kind: 'login', system: 'posix', pattern: '/opt/wssd/k8s/cloudlogin.yaml', citations: [KNOWN_KMS_ROTATION] },
];
