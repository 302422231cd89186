import { DAY_MS } from '../../shared/instant.ts';
import type { ProfileRow } from './profile-row.ts';
import {
  CAPH_LOGIN,
  DOC_EXTRA_ADMIN_VALIDITY,
  DOC_EXTRA_ADMINS,
  DOC_KVACTL_FILE,
  DOC_UPDATE_CERTIFICATES,
  inferred,
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
  sourced,
} from '../../knowledge/model/sources/sources.ts';

/*
 * The MOC layer: the CA of the cloud agent and the certificates that it signs. The signer copies name and SANs from a
 * client's login request, so clients' certificates differ only in their names.
 */

const NINETY_DAYS_MS = 90 * DAY_MS;
/** The SDK's loop; microsoft/moc, pkg/auth uses the same 30 %. */
const AT_LOOP = { atShareLeft: 0.3, retryShare: 0.02 } as const;

const COMMON = {
  layer: 'moc',
  keyAlgorithms: sourced(['rsa-2048'], MOC_KEY),
  backdatingMs: sourced(0, MOC_SIGNER_START),
  serialBits: sourced(63, MOC_SIGNER_SERIAL),
} as const;

const NO_IDENTITY = sourced('nothing', inferred('source.inferred.no-identity'));

export const CLOUD_AGENT_CA = {
  ...COMMON,
  issuer: sourced('self', inferred('source.inferred.ca-root'), OVERVIEW_TYPES),
  // Differs from the FQDN of the cloud agent, which is in its server certificate: issuer and subject must differ.
  subject: sourced({ commonName: 'cloud-agent-ca', organizations: [] }, inferred('source.inferred.ca-name')),
  sans: sourced({ dns: [], ip: [] }, inferred('source.inferred.ca-name')),
  keyUsage: sourced(
    ['digitalSignature', 'keyCertSign', 'cRLSign'],
    MOC_SIGNER_CA,
    inferred('source.inferred.crl-sign'),
  ),
  extendedKeyUsage: sourced([], inferred('source.inferred.root-usage')),
  keyAlgorithms: sourced(['rsa-2048'], inferred('source.inferred.ca-key'), MOC_KEY),
  validityMs: sourced(365 * DAY_MS, OVERVIEW_MOC_ROOT_VALIDITY),
  backdatingMs: sourced(0, inferred('source.inferred.own-signature'), MOC_SIGNER_START),
  serialBits: sourced(63, inferred('source.inferred.own-signature'), MOC_SIGNER_SERIAL),
  renewal: sourced(
    { by: 'cloud-agent', atShareLeft: 90 / 365, retryShare: 0.02 },
    inferred('source.inferred.ca-outlived'),
    MOC_CREDENTIAL_MONITOR,
    OVERVIEW_MOC_VALIDITY,
  ),
  revokedBy: sourced('nothing', inferred('source.inferred.root-replaced')),
} as const satisfies ProfileRow;

/** Signing with the server flag keeps clientAuth and adds serverAuth and keyEncipherment. */
const SERVER_USAGES = {
  keyUsage: sourced(['digitalSignature', 'keyEncipherment'], MOC_SIGNER_USAGES),
  extendedKeyUsage: sourced(['clientAuth', 'serverAuth'], MOC_SIGNER_USAGES),
} as const;

export const CLOUD_AGENT_SERVER = {
  ...COMMON,
  ...SERVER_USAGES,
  issuer: sourced('cloud-agent-ca', inferred('source.inferred.own-signature')),
  subject: sourced({ commonName: '<cloud-agent-fqdn>', organizations: [] }, inferred('source.inferred.server-name')),
  sans: sourced({ dns: ['<cloud-agent-fqdn>'], ip: ['<host-ip>'] }, inferred('source.inferred.server-name')),
  keyAlgorithms: sourced(['rsa-2048'], inferred('source.inferred.own-signature'), MOC_KEY),
  // Without any configuration, the signer's own default is 365 days.
  validityMs: sourced(NINETY_DAYS_MS, inferred('source.inferred.server-validity'), OVERVIEW_MOC_VALIDITY, MOC_SIGNER),
  renewal: sourced({ by: 'cloud-agent', ...AT_LOOP }, inferred('source.inferred.own-signature'), MOC_SDK_RENEWAL),
  revokedBy: NO_IDENTITY,
} as const satisfies ProfileRow;

// ---- Identities -----------------------------------------------------------------------------------------------------

const SAME_LOGIN = inferred('source.inferred.same-login');
const SAME_LOOP = inferred('source.inferred.same-loop');

const BY_LOOP = { by: 'client-itself', ...AT_LOOP } as const;

const CLIENT = {
  ...COMMON,
  issuer: sourced('cloud-agent-ca', OVERVIEW_TYPES),
  subject: sourced({ commonName: '<identity>', organizations: [] }, SAME_LOGIN, MOC_LOGIN_NAME),
  sans: sourced({ dns: ['localhost', '<host>'], ip: ['127.0.0.1', '<host-ip>'] }, MOC_LOGIN_SANS),
  keyUsage: sourced(['digitalSignature'], MOC_SIGNER_USAGES),
  extendedKeyUsage: sourced(['clientAuth'], MOC_SIGNER_USAGES),
  validityMs: sourced(NINETY_DAYS_MS, OVERVIEW_MOC_VALIDITY),
  renewal: sourced(BY_LOOP, MOC_SDK_RENEWAL, OVERVIEW_CLOUD_AGENT),
  revokedBy: sourced('identity', MOC_IDENTITY),
} as const;

/** A program that is known to log in under the name in its login file. */
const LOGIN_NAME = sourced({ commonName: '<identity>', organizations: [] }, MOC_LOGIN_NAME);

export const IDENTITY_PROFILES = {
  'node-agent': {
    ...CLIENT,
    issuer: sourced('cloud-agent-ca', SAME_LOGIN, OVERVIEW_TYPES),
    keyUsage: sourced(
      ['digitalSignature', 'keyEncipherment'],
      MOC_SIGNER_USAGES,
      inferred('source.inferred.node-agent-serves'),
    ),
    extendedKeyUsage: sourced(
      ['clientAuth', 'serverAuth'],
      MOC_SIGNER_USAGES,
      inferred('source.inferred.node-agent-serves'),
    ),
    renewal: sourced(BY_LOOP, MOC_SDK_RENEWAL, DOC_UPDATE_CERTIFICATES),
  },
  'kms-plugin': {
    ...CLIENT,
    subject: sourced(
      { commonName: 'KMSPlugin-<cluster>-moc-kms-plugin', organizations: [] },
      KNOWN_KMS_ROTATION,
      MOC_LOGIN_NAME,
    ),
    renewal: sourced(BY_LOOP, SAME_LOOP, MOC_SDK_RENEWAL, ISSUE_292),
  },
  'cloud-operator': { ...CLIENT },
  'cert-manager': { ...CLIENT },
  csi: { ...CLIENT },
  'cloud-provider': { ...CLIENT },
  caph: { ...CLIENT, subject: LOGIN_NAME, accessFile: sourced('/etc/azhci/cloudconfig/value', CAPH_LOGIN) },
  'load-balancer': {
    ...CLIENT,
    renewal: sourced(BY_LOOP, inferred('source.inferred.renewer-unknown'), SAME_LOOP, MOC_SDK_RENEWAL),
  },
  kvactl: {
    ...CLIENT,
    subject: LOGIN_NAME,
    renewal: sourced(BY_LOOP, MOC_SDK_RENEWAL, ISSUE_169),
    accessFile: sourced('%USERPROFILE%\\.wssd\\kvactl\\cloudconfig', DOC_KVACTL_FILE),
  },
  mocctl: {
    ...CLIENT,
    subject: LOGIN_NAME,
    renewal: sourced(BY_LOOP, MOC_SDK_RENEWAL, KNOWN_MOCCTL),
    accessFile: sourced(
      '%USERPROFILE%\\.wssd\\mocctl\\cloudconfig',
      inferred('source.inferred.mocctl-file'),
      MOC_ACCESS_FILE,
    ),
  },
  'extra-admin': {
    ...CLIENT,
    subject: sourced({ commonName: '<identity>', organizations: [] }, DOC_EXTRA_ADMINS, MOC_LOGIN_NAME),
    validityMs: sourced(NINETY_DAYS_MS, OVERVIEW_MOC_VALIDITY, DOC_EXTRA_ADMIN_VALIDITY),
    renewal: sourced({ by: 'nobody' }, DOC_EXTRA_ADMINS),
  },
} as const satisfies Record<string, ProfileRow>;
