import { DAY_MS } from '../../shared/instant.ts';
import { citeName, type ProfileRow } from './profile-row.ts';
import {
  CAPH_LOGIN,
  DOC_EXTRA_ADMIN_VALIDITY,
  DOC_EXTRA_ADMINS,
  DOC_KVACTL_FILE,
  DOC_UPDATE_CERTIFICATES,
  inference,
  ISSUE_169,
  ISSUE_292,
  KNOWN_KMS_ROTATION,
  KNOWN_MOCCTL,
  MOC_ACCESS_FILE,
  MOC_CREDENTIAL_MONITOR,
  MOC_IDENTITY,
  MOC_KEY,
  MOC_LOGIN_NAME,
  MOC_LOGIN_SANS,
  MOC_SDK_RENEWAL,
  MOC_SIGNER,
  MOC_SIGNER_CA,
  MOC_SIGNER_SERIAL,
  MOC_SIGNER_START,
  MOC_SIGNER_USAGES,
  OVERVIEW_CLOUD_AGENT,
  OVERVIEW_MOC_ROOT_VALIDITY,
  OVERVIEW_MOC_VALIDITY,
  OVERVIEW_TYPES,
  citeValue,
} from '../../knowledge/model/sources/sources.ts';

/*
 * The MOC layer: the CA of the cloud agent and the certificates that it signs. The signer copies name and SANs from the
 * login request, so certificates of clients differ only in their names.
 */

const NINETY_DAYS_MS = 90 * DAY_MS;
/** The schedule of the SDK's renewal loop; microsoft/moc, pkg/auth uses the same 30 %. */
const AT_LOOP = { atShareLeft: 0.3, retryShare: 0.02 } as const;

const COMMON = {
  layer: 'moc',
  keyAlgorithms: citeValue(['rsa-2048'], MOC_KEY),
  backdatingMs: citeValue(0, MOC_SIGNER_START),
  serialBits: citeValue(63, MOC_SIGNER_SERIAL),
} as const;

const OWN_SIGNATURE = inference('own-signature');
const NO_IDENTITY = citeValue('nothing', inference('no-identity'));

export const CLOUD_AGENT_CA = {
  ...COMMON,
  issuer: citeValue('self', inference('ca-root'), OVERVIEW_TYPES),
  // The server certificate already has the FQDN of the cloud agent, and issuer and subject must differ.
  subject: citeName('cloud-agent-ca', inference('ca-name')),
  sans: citeValue({ dns: [], ip: [] }, inference('ca-name')),
  keyUsage: citeValue(['digitalSignature', 'keyCertSign', 'cRLSign'], MOC_SIGNER_CA, inference('crl-sign')),
  extendedKeyUsage: citeValue([], inference('root-usage')),
  keyAlgorithms: citeValue(['rsa-2048'], inference('ca-key'), MOC_KEY),
  validityMs: citeValue(365 * DAY_MS, OVERVIEW_MOC_ROOT_VALIDITY),
  backdatingMs: citeValue(0, OWN_SIGNATURE, MOC_SIGNER_START),
  serialBits: citeValue(63, OWN_SIGNATURE, MOC_SIGNER_SERIAL),
  renewal: citeValue(
    { by: 'cloud-agent', atShareLeft: 90 / 365, retryShare: 0.02 },
    inference('ca-outlived'),
    MOC_CREDENTIAL_MONITOR,
    OVERVIEW_MOC_VALIDITY,
  ),
  revokedBy: citeValue('nothing', inference('root-replaced')),
} as const satisfies ProfileRow;

/** Signing with the server flag keeps clientAuth and adds serverAuth and keyEncipherment. */
const SERVER_USAGES = {
  keyUsage: citeValue(['digitalSignature', 'keyEncipherment'], MOC_SIGNER_USAGES),
  extendedKeyUsage: citeValue(['clientAuth', 'serverAuth'], MOC_SIGNER_USAGES),
} as const;

export const CLOUD_AGENT_SERVER = {
  ...COMMON,
  ...SERVER_USAGES,
  issuer: citeValue('cloud-agent-ca', OWN_SIGNATURE),
  subject: citeName('<cloud-agent-fqdn>', inference('server-name')),
  sans: citeValue({ dns: ['<cloud-agent-fqdn>'], ip: ['<host-ip>'] }, inference('server-name')),
  keyAlgorithms: citeValue(['rsa-2048'], OWN_SIGNATURE, MOC_KEY),
  // The default of the unconfigured signer is 365 days.
  validityMs: citeValue(NINETY_DAYS_MS, inference('server-validity'), OVERVIEW_MOC_VALIDITY, MOC_SIGNER),
  renewal: citeValue({ by: 'cloud-agent', ...AT_LOOP }, OWN_SIGNATURE, MOC_SDK_RENEWAL),
  revokedBy: NO_IDENTITY,
} as const satisfies ProfileRow;

const SAME_LOGIN = inference('same-login');
const SAME_LOOP = inference('same-loop');

const BY_LOOP = { by: 'client-itself', ...AT_LOOP } as const;

const CLIENT = {
  ...COMMON,
  issuer: citeValue('cloud-agent-ca', OVERVIEW_TYPES),
  subject: citeName('<identity>', SAME_LOGIN, MOC_LOGIN_NAME),
  sans: citeValue({ dns: ['localhost', '<host>'], ip: ['127.0.0.1', '<host-ip>'] }, MOC_LOGIN_SANS),
  keyUsage: citeValue(['digitalSignature'], MOC_SIGNER_USAGES),
  extendedKeyUsage: citeValue(['clientAuth'], MOC_SIGNER_USAGES),
  validityMs: citeValue(NINETY_DAYS_MS, OVERVIEW_MOC_VALIDITY),
  renewal: citeValue(BY_LOOP, MOC_SDK_RENEWAL, OVERVIEW_CLOUD_AGENT),
  revokedBy: citeValue('identity', MOC_IDENTITY),
} as const;

/** For programs that log in under the name in their login file. */
const LOGIN_NAME = citeName('<identity>', MOC_LOGIN_NAME);

export const IDENTITY_PROFILES = {
  'node-agent': {
    ...CLIENT,
    issuer: citeValue('cloud-agent-ca', SAME_LOGIN, OVERVIEW_TYPES),
    keyUsage: citeValue(['digitalSignature', 'keyEncipherment'], MOC_SIGNER_USAGES, inference('node-agent-serves')),
    extendedKeyUsage: citeValue(['clientAuth', 'serverAuth'], MOC_SIGNER_USAGES, inference('node-agent-serves')),
    renewal: citeValue(BY_LOOP, MOC_SDK_RENEWAL, DOC_UPDATE_CERTIFICATES),
  },
  'kms-plugin': {
    ...CLIENT,
    subject: citeName('KMSPlugin-<cluster>-moc-kms-plugin', KNOWN_KMS_ROTATION, MOC_LOGIN_NAME),
    renewal: citeValue(BY_LOOP, SAME_LOOP, MOC_SDK_RENEWAL, ISSUE_292),
  },
  'cloud-operator': { ...CLIENT },
  'cert-manager': { ...CLIENT },
  csi: { ...CLIENT },
  'cloud-provider': { ...CLIENT },
  caph: { ...CLIENT, subject: LOGIN_NAME, accessFile: citeValue('/etc/azhci/cloudconfig/value', CAPH_LOGIN) },
  'load-balancer': { ...CLIENT, renewal: citeValue(BY_LOOP, inference('renewer-unknown'), SAME_LOOP, MOC_SDK_RENEWAL) },
  kvactl: {
    ...CLIENT,
    subject: LOGIN_NAME,
    renewal: citeValue(BY_LOOP, MOC_SDK_RENEWAL, ISSUE_169),
    accessFile: citeValue('%USERPROFILE%\\.wssd\\kvactl\\cloudconfig', DOC_KVACTL_FILE),
  },
  mocctl: {
    ...CLIENT,
    subject: LOGIN_NAME,
    renewal: citeValue(BY_LOOP, MOC_SDK_RENEWAL, KNOWN_MOCCTL),
    accessFile: citeValue('%USERPROFILE%\\.wssd\\mocctl\\cloudconfig', inference('mocctl-file'), MOC_ACCESS_FILE),
  },
  'extra-admin': {
    ...CLIENT,
    subject: citeName('<identity>', DOC_EXTRA_ADMINS, MOC_LOGIN_NAME),
    validityMs: citeValue(NINETY_DAYS_MS, OVERVIEW_MOC_VALIDITY, DOC_EXTRA_ADMIN_VALIDITY),
    renewal: citeValue({ by: 'nobody' }, DOC_EXTRA_ADMINS),
  },
} as const satisfies Record<string, ProfileRow>;
