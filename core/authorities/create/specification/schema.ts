import { z } from 'zod';
import { ipBytes } from '../../../shared/ip-address.ts';
import { KEY_ALGORITHMS } from '../../../shared/certificates/key-algorithm.ts';
import { PROFILE_IDS, type ProfileId } from '../../../pki/model/profile.ts';
import { PROFILES } from '../../../pki/model/profiles.ts';
import { HOST, HOST_NAME, isEndpoint, isServerUrl, NODE_NAME } from '../../operations/names.ts';
import { isValidityInRange, VALIDITY } from '../validity.ts';

/*
 * A format of Arcwarden's own. The build writes it as a JSON schema, from which editors show the descriptions. The error
 * text of a check states what is expected.
 */

const SPEC_API_VERSION = 'arcwarden/v1';
const SPEC_KIND = 'CertificateSpec';

/** Without kubelet profiles, since those certificates come from TLS bootstrapping. */
export const SPEC_PROFILES = {
  authorities: profilesIn('authority'),
  certificates: profilesIn('pair'),
  kubeconfigs: profilesIn('kubeconfig'),
};

function profilesIn(form: 'authority' | 'pair' | 'kubeconfig'): ProfileId[] {
  return PROFILE_IDS.filter((id) => {
    const { issuer, file } = PROFILES[id];
    if (id === 'kubelet-client' || id === 'kubelet-server') return false;
    const isKubeconfig = file !== undefined && 'kubeconfig' in file.value;
    return form === (issuer.value === 'self' ? 'authority' : isKubeconfig ? 'kubeconfig' : 'pair');
  });
}

export type Expectation =
  | 'commonName'
  | 'dnsName'
  | 'endpoint'
  | 'fileName'
  | 'hostName'
  | 'ipAddress'
  | 'kubeconfigName'
  | 'nodeName'
  | 'organization'
  | 'relativePath'
  | 'serverUrl'
  | 'validity';

const ADDRESS = '[0-9A-Fa-f.:]{2,45}';
const SEGMENT = '[A-Za-z0-9_][A-Za-z0-9._-]{0,63}';
/** Device names that Windows reserves, and endings that it drops. */
const NOT_ON_WINDOWS = /(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|$)|\.(?:\/|$)/iu;
const MAX_ENTRIES = 200;
const MAX_NAMES = 100;

function text(expected: Expectation, pattern: RegExp, isFit: (text: string) => boolean = () => true): z.ZodString {
  return z.string().regex(pattern, { error: expected }).refine(isFit, { error: expected });
}

const dnsName = text('dnsName', new RegExp(`^(?:\\*\\.)?${HOST}$`, 'u'));
const hostName = text('hostName', HOST_NAME);
const ipAddress = text('ipAddress', new RegExp(`^${ADDRESS}$`, 'u'), (address) => ipBytes(address) !== undefined);
const nodeName = text('nodeName', NODE_NAME);
const endpoint = text('endpoint', new RegExp(`^(?:${HOST}|${ADDRESS})$`, 'u'), isEndpoint);
const serverUrl = text(
  'serverUrl',
  /^https:\/\/(?:\[[0-9A-Fa-f.:]{2,45}\]|[A-Za-z0-9.-]{1,253})(?::[1-9]\d{0,4})?$/u,
  isServerUrl,
);
/** Source: RFC 5280 appendix A.1, ub-common-name and ub-organization-name. */
const ATTRIBUTE = /^[^\u0000-\u001f\u007f]{1,64}$/u;
const commonName = text('commonName', ATTRIBUTE);
const organization = text('organization', ATTRIBUTE);
const validity = text('validity', VALIDITY, isValidityInRange);
const isFitForWindows = (name: string): boolean => !NOT_ON_WINDOWS.test(name);
const fileName = text('fileName', new RegExp(`^${SEGMENT}(?:\\/${SEGMENT}){0,3}$`, 'u'), isFitForWindows);
const kubeconfigName = text(
  'kubeconfigName',
  new RegExp(`^${SEGMENT}(?:\\/${SEGMENT}){0,3}(?<=\\.conf)$`, 'u'),
  isFitForWindows,
);
const relativePath = text('relativePath', /^(?![/\\]|[A-Za-z]:)[^\u0000-\u001f]{1,255}$/u);

const keyAlgorithm = z
  .enum(KEY_ALGORITHMS)
  .describe('Kind of key. Each profile allows some; docs/profiles.md lists them.');

const issued = {
  name: commonName
    .describe('Common name. Needed for identities of the cloud agent; others have one of their own.')
    .optional(),
  organizations: z
    .array(organization)
    .max(MAX_NAMES)
    .describe('In place of those of the profile. Kubernetes reads them as groups.')
    .optional(),
  validity: validity.describe('In place of that of the profile: hours, days or years of 365 days, as 4d.').optional(),
  keyAlgorithm: keyAlgorithm.optional(),
};

const cluster = z
  .strictObject({
    name: nodeName.describe('Name of the cluster in kubeconfigs.'),
    server: serverUrl.describe('URL of the API server for kubeconfigs. Its host is one of the endpoints.').optional(),
    endpoints: z
      .array(endpoint)
      .max(MAX_NAMES)
      .describe('Further names and addresses under which clients reach the API server.')
      .optional(),
    serviceIp: ipAddress.describe('Address of the service "kubernetes", the first of the service network.').optional(),
    serviceDomain: hostName.describe('Domain of services. Default: cluster.local.').optional(),
  })
  .describe('The cluster, for everything of the Kubernetes layer.');

const node = z
  .strictObject({ name: nodeName, ips: z.array(ipAddress).min(1).max(MAX_NAMES) })
  .describe('The node of the cluster that the files are for.');

const host = z
  .strictObject({
    name: hostName,
    ips: z.array(ipAddress).min(1).max(MAX_NAMES),
    cloudAgentFqdn: hostName.describe('Name under which clients reach the cloud agent.').optional(),
  })
  .describe('The host that the files are for, for everything of the MOC layer.');

const authorityProfile = z.enum(SPEC_PROFILES.authorities);
const authority = z.strictObject({
  profile: authorityProfile,
  use: z
    .enum(['make', 'existing'])
    .describe('make (default): made when there is none. existing: never made, never replaced.')
    .optional(),
  name: commonName.optional(),
  validity: validity.describe('Of one that is made.').optional(),
  keyAlgorithm: keyAlgorithm.optional(),
});

const certificateProfile = z.enum(SPEC_PROFILES.certificates);
const certificate = z.strictObject({
  profile: certificateProfile,
  issuer: authorityProfile
    .describe('CA that signs it. apiserver-etcd-client takes etcd-ca (default, as kubeadm) or cluster-ca.')
    .optional(),
  ...issued,
  dnsNames: z.array(dnsName).max(MAX_NAMES).describe('Further names beside those of the profile.').optional(),
  ipAddresses: z.array(ipAddress).max(MAX_NAMES).describe('Further addresses beside those of the profile.').optional(),
  file: fileName.describe('Name below pki or moc, without extension, in place of that of the profile.').optional(),
});

const kubeconfigProfile = z.enum(SPEC_PROFILES.kubeconfigs);
const kubeconfig = z.strictObject({
  profile: kubeconfigProfile,
  ...issued,
  server: serverUrl.describe('In place of cluster.server.').optional(),
  file: kubeconfigName.describe('Name of the file, in place of that of the profile.').optional(),
});

export const specDocument = z
  .strictObject({
    apiVersion: z.literal(SPEC_API_VERSION),
    kind: z.literal(SPEC_KIND),
    keyAlgorithm: keyAlgorithm.describe('For everything that allows it and names none of its own.').optional(),
    cluster: cluster.optional(),
    node: node.optional(),
    host: host.optional(),
    authorities: z
      .array(z.union([authorityProfile, authority]))
      .max(SPEC_PROFILES.authorities.length)
      .describe('CAs. Those that sign what is listed below need not be named.')
      .optional(),
    certificates: z
      .array(z.union([certificateProfile, certificate]))
      .max(MAX_ENTRIES)
      .describe('Certificates with their keys.')
      .optional(),
    kubeconfigs: z
      .array(z.union([kubeconfigProfile, kubeconfig]))
      .max(MAX_ENTRIES)
      .describe('Kubeconfigs with a client certificate and its key.')
      .optional(),
    bootstrapKubeconfig: z
      .strictObject({
        tokenFile: relativePath.describe('File that holds the bootstrap token, from the folder of this specification.'),
        server: serverUrl.describe('In place of cluster.server.').optional(),
      })
      .describe('bootstrap-kubelet.conf, with which a kubelet asks for its first certificate.')
      .optional(),
    serviceAccountKey: z
      .union([z.boolean(), z.strictObject({ keyAlgorithm })])
      .describe('The pair of keys that signs and checks the tokens of service accounts.')
      .optional(),
  })
  .describe('Keys, certificates and kubeconfigs of one node or host, for arcwarden authority create.');

export type SpecDocument = z.infer<typeof specDocument>;
export type SpecifiedAuthority = z.infer<typeof authority>;
export type SpecifiedCertificate = z.infer<typeof certificate>;
export type SpecifiedKubeconfig = z.infer<typeof kubeconfig>;

/** Field names by the first part of their path; '' for the outermost mapping. */
export const SPEC_FIELDS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(specDocument.shape),
  cluster: Object.keys(cluster.shape),
  node: Object.keys(node.shape),
  host: Object.keys(host.shape),
  authorities: Object.keys(authority.shape),
  certificates: Object.keys(certificate.shape),
  kubeconfigs: Object.keys(kubeconfig.shape),
  bootstrapKubeconfig: ['tokenFile', 'server'],
  serviceAccountKey: ['keyAlgorithm'],
};
