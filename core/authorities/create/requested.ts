import { PROFILES } from '../../pki/model/profiles.ts';
import { ipBytes } from '../../shared/ip-address.ts';
import { PROFILE_IDS, type Profile, type ProfileId } from '../../pki/model/profile.ts';
import type { SansTemplate, SubjectTemplate } from '../../shared/certificates/certificate-template.ts';
import { fillNames } from '../../pki/issue/profile-template.ts';
import type {
  AuthorityWish,
  BootstrapWish,
  CertificateWish,
  ClusterWish,
  CreationSpec,
  KubeconfigWish,
  LeafWish,
  Wished,
} from './creation-spec.ts';
import { BOOTSTRAP_FILE, getKubeconfig, getPair, SERVICE_ACCOUNT_PAIR } from './layout.ts';
import type { SpecContext } from './specification/context.ts';
import {
  SPEC_PROFILES,
  type SpecifiedAuthority,
  type SpecifiedCertificate,
  type SpecifiedKubeconfig,
} from './specification/schema.ts';
import type { SpecPath } from './specification/source.ts';
import { parseValidity } from './validity.ts';

/** Source: RFC 5280 appendix A.1, ub-common-name. */
const LONGEST_NAME = 64;

export interface Asked<T> {
  wish: T;
  path: SpecPath;
}

/** Only items without faults; the context's findings explain the others. */
export interface Requested {
  authorities: Asked<AuthorityWish>[];
  certificates: Asked<CertificateWish>[];
  kubeconfigs: Asked<KubeconfigWish>[];
  bootstrap: Asked<BootstrapWish>[];
  serviceAccountKey: Asked<NonNullable<CreationSpec['serviceAccountKey']>>[];
}

export function readRequested(context: SpecContext): Requested {
  const { certificates, kubeconfigs, bootstrapKubeconfig } = context.document;
  const pairs = listAsked('certificates', certificates, (entry: SpecifiedCertificate, path) => {
    const leaf = leafWish(context, entry, path);
    return leaf && { ...leaf, pair: getPair(PROFILES[leaf.profile], entry.file) };
  });
  const configs = listAsked('kubeconfigs', kubeconfigs, (entry: SpecifiedKubeconfig, path) => {
    const leaf = leafWish(context, entry, path);
    const cluster = clusterWish(context, { asker: entry.profile, server: entry.server, path });
    const file = getKubeconfig(PROFILES[entry.profile], entry.file);
    return leaf && cluster && { ...leaf, ...cluster, file };
  });
  const bootstrap = bootstrapWish(context, bootstrapKubeconfig);
  const signing = new Set([...pairs, ...configs].map(({ wish }) => wish.issuer));
  return {
    authorities: authoritiesIn(context, { signing, isJoining: bootstrap.length > 0 }),
    certificates: pairs,
    kubeconfigs: configs,
    bootstrap,
    serviceAccountKey: serviceAccountWish(context),
  };
}

/** Treats a profile name alone as an entry without other fields. */
function listAsked<P extends ProfileId, E extends { profile: P }, T>(
  field: string,
  entries: readonly (P | E | undefined)[] | undefined,
  wishOf: (entry: E, path: SpecPath) => T | undefined,
): Asked<T>[] {
  return (entries ?? []).flatMap((entry, index) => {
    if (entry === undefined) return [];
    const path = [field, index];
    const long = typeof entry === 'string' ? ({ profile: entry } as E) : entry;
    const wish = wishOf(long, path);
    return wish === undefined ? [] : [{ wish, path }];
  });
}

type LeafEntry = Partial<Omit<SpecifiedCertificate, 'profile'>> & { profile: ProfileId };

function leafWish(context: SpecContext, entry: LeafEntry, path: SpecPath): LeafWish | undefined {
  const profile = clearOverriddenNames(PROFILES[entry.profile], entry);
  const issuer = context.issuer(profile, entry.issuer, path);
  const keyAlgorithm = context.keyAlgorithm(profile, entry.keyAlgorithm, path);
  if (!context.hasValuesFor(profile, path) || issuer === undefined || keyAlgorithm === undefined) return undefined;
  const filled = fillNames(profile, context.values);
  const subject: SubjectTemplate = {
    commonName: entry.name ?? filled.subject.commonName,
    organizations: entry.organizations ?? filled.subject.organizations,
  };
  if (subject.commonName.length > LONGEST_NAME) {
    context.add('spec.name-too-long', path, { profile: profile.id, limit: LONGEST_NAME });
    return undefined;
  }
  return {
    profile: profile.id,
    issuer,
    subject,
    sans: sansWith(filled.sans, entry),
    keyAlgorithm,
    validityMs: getValidity(profile, entry.validity),
    identity: profile.revokedBy.value === 'identity' ? subject.commonName : undefined,
  };
}

/** Prevents names in the specification from being read as placeholders. */
function clearOverriddenNames(profile: Profile, { name, organizations }: LeafEntry): Profile {
  const { value } = profile.subject;
  const commonName = name === undefined ? value.commonName : '';
  const subject = { commonName, organizations: organizations === undefined ? value.organizations : [] };
  return { ...profile, subject: { ...profile.subject, value: subject } };
}

function sansWith({ dns, ip }: SansTemplate, { dnsNames = [], ipAddresses = [] }: LeafEntry): SansTemplate {
  return {
    dns: unique([...dns, ...dnsNames], (name) => name.toLowerCase()),
    ip: unique([...ip, ...ipAddresses], (address) => String(ipBytes(address))),
  };
}

function clusterWish(
  context: SpecContext,
  { asker, server, path }: { asker: string; server: string | undefined; path: SpecPath },
): ClusterWish | undefined {
  const { name, server: general } = context.document.cluster ?? {};
  const chosen = server ?? general;
  if (name === undefined) context.needs(asker, 'cluster.name', path);
  if (chosen === undefined) context.needs(asker, 'cluster.server', path);
  if (name === undefined || chosen === undefined) return undefined;
  return { clusterName: name, server: chosen };
}

function bootstrapWish(
  context: SpecContext,
  entry: SpecContext['document']['bootstrapKubeconfig'],
): Asked<BootstrapWish>[] {
  if (entry === undefined) return [];
  const path = ['bootstrapKubeconfig'];
  const asker = 'bootstrapKubeconfig';
  const cluster = clusterWish(context, { asker, server: entry.server, path });
  if (cluster === undefined) return [];
  return [{ wish: { ...cluster, tokenFile: entry.tokenFile, file: BOOTSTRAP_FILE }, path }];
}

function authoritiesIn(
  context: SpecContext,
  { signing, isJoining }: { signing: ReadonlySet<ProfileId>; isJoining: boolean },
): Asked<AuthorityWish>[] {
  const listed = listAsked('authorities', context.document.authorities, (entry: SpecifiedAuthority, path) =>
    authorityWish(context, entry, path),
  );
  const named = new Set<ProfileId>(listed.map(({ wish }) => wish.profile));
  const implied = SPEC_PROFILES.authorities
    .filter((profile) => !named.has(profile))
    .flatMap((profile): Asked<AuthorityWish>[] => {
      // A joining node must trust the existing CA of the cluster.
      const isTrusted = isJoining && profile === 'cluster-ca';
      if (!signing.has(profile) && !isTrusted) return [];
      const entry: SpecifiedAuthority = { profile, use: signing.has(profile) ? 'make' : 'existing' };
      const wish = authorityWish(context, entry, []);
      return wish === undefined ? [] : [{ wish, path: [] }];
    });
  const order = (asked: Asked<AuthorityWish>): number => PROFILE_IDS.indexOf(asked.wish.profile);
  return [...listed, ...implied].sort((left, right) => order(left) - order(right));
}

function authorityWish(context: SpecContext, entry: SpecifiedAuthority, path: SpecPath): AuthorityWish | undefined {
  const profile = PROFILES[entry.profile];
  const keyAlgorithm = context.keyAlgorithm(profile, entry.keyAlgorithm, path);
  if (keyAlgorithm === undefined) return undefined;
  const { subject, sans } = fillNames(profile, {});
  return {
    profile: entry.profile,
    subject: { ...subject, commonName: entry.name ?? subject.commonName },
    isNamed: entry.name !== undefined,
    sans,
    mayBeMade: entry.use !== 'existing',
    keyAlgorithm: { ...keyAlgorithm, isStated: entry.keyAlgorithm !== undefined },
    validityMs: getValidity(profile, entry.validity),
    pair: getPair(profile),
  };
}

function serviceAccountWish({ document }: SpecContext): Requested['serviceAccountKey'] {
  const { serviceAccountKey: entry = false, keyAlgorithm } = document;
  if (entry === false) return [];
  const own = entry === true ? keyAlgorithm : entry.keyAlgorithm;
  // The article names an RSA key, which kubeadm uses here.
  const wish = { keyAlgorithm: own ?? ('rsa-4096' as const), pair: SERVICE_ACCOUNT_PAIR };
  return [{ wish, path: ['serviceAccountKey'] }];
}

function getValidity(profile: Profile, own: string | undefined): Wished<number> {
  return own === undefined
    ? { value: profile.validityMs.value, isStated: false }
    : { value: parseValidity(own), isStated: true };
}

function unique(texts: readonly string[], keyOf: (text: string) => string): string[] {
  const first = new Map<string, string>();
  for (const text of texts) if (!first.has(keyOf(text))) first.set(keyOf(text), text);
  return [...first.values()];
}
