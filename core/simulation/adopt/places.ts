import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { roleInName } from '../../knowledge/model/credentials/roles-names.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { CertificateCredential, Credential, TokenCredential } from '../../inventory/model/credential.ts';
import { IDENTITY_PROFILE_IDS, NODE_PROFILE_IDS, type ProfileId } from '../../pki/model/profile.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import { listRoles, ROLES } from '../../knowledge/model/credentials/roles.ts';
import { KUBELET } from '../nodes.ts';

/*
 * The inventory contains files, whereas a deployment contains machines and clients of the cloud agent, each with a
 * token and a certificate.
 */

export interface RealCredential<C extends Credential = Credential> {
  clusterId: ClusterId;
  credential: C;
}

export type RealCertificate = RealCredential<CertificateCredential>;
export type RealToken = RealCredential<TokenCredential>;

const ON_MACHINE = new Map(NODE_PROFILE_IDS.map((id): [RoleId, ProfileId] => [PROFILES[id].role, id]));

/** Least specific first. */
export const KUBECONFIGS = listRoles(({ lifetimeClass }) => lifetimeClass === 'kubeconfig-client').reverse();

const CLIENTS = new Map(
  IDENTITY_PROFILE_IDS.map((id) => [id, PROFILES[id].role] as const).flatMap(([id, role]) => [
    [role, id] as const,
    [ROLES[role].token, id] as const,
  ]),
);

export const HOST_PROFILES: readonly ProfileId[] = ['node-agent', 'mocctl', 'kvactl', 'extra-admin'];
export const IN_MANAGEMENT: readonly ProfileId[] = ['caph', 'cloud-operator'];

export interface Machine {
  /** Only the certificate of a kubelet contains the name. */
  name?: string;
  isControlPlane: boolean;
  certificates: Map<ProfileId, RealCertificate>;
}

/** Matches a path on a machine or in a copy of its files. */
const MACHINE_FOLDER = /^(?<machine>.*?)[\\/](?:etc[\\/]kubernetes|var[\\/]lib[\\/]kubelet)[\\/]/u;
const NODE_PREFIX = 'system:node:';
const CONTROL_PLANE_NAME = /-control-plane-/u;

/**
 * Assigns everything below one folder to one machine. Kubelet certificates from elsewhere, for example from a request,
 * are assigned by node name. A second certificate for the same purpose starts another machine.
 */
export function listMachines(certificates: readonly RealCertificate[]): Machine[] {
  const machines = new Map<string, Machine>();
  for (const certificate of certificates) {
    const profile = ON_MACHINE.get(certificate.credential.role);
    if (profile !== undefined) placeOnMachine(machines, certificate, profile);
  }
  return [...machines.values()];
}

function placeOnMachine(machines: Map<string, Machine>, certificate: RealCertificate, profile: ProfileId): void {
  const { credential } = certificate;
  const node = findNodeName(credential);
  const folder = machineFolder(credential) ?? node ?? '';
  for (let copy = 1; ; copy += 1) {
    const key = `${folder}\n${copy}`;
    let machine = machines.get(key);
    if (machine === undefined) machines.set(key, (machine = { isControlPlane: false, certificates: new Map() }));
    if (machine.certificates.has(profile)) continue;
    machine.certificates.set(profile, certificate);
    if (node !== undefined) machine.name ??= node;
    if (!KUBELET.includes(profile) || CONTROL_PLANE_NAME.test(node ?? '')) machine.isControlPlane = true;
    return;
  }
}

function findNodeName({ facts }: CertificateCredential): string | undefined {
  const { cn = '' } = facts.subject;
  return cn.startsWith(NODE_PREFIX) ? cn.slice(NODE_PREFIX.length) : undefined;
}

function machineFolder({ sources }: CertificateCredential): string | undefined {
  for (const { path } of sources) {
    const machine = MACHINE_FOLDER.exec(path)?.groups?.machine;
    if (machine !== undefined) return machine;
  }
  return undefined;
}

export interface Client {
  name: string;
  profile: ProfileId;
  certificate?: RealCertificate;
  token?: RealToken;
}

/**
 * Lists clients of the MOC layer. A certificate and a token with the same name belong to one client. The role of the
 * token takes precedence, because it is more specific: an admin who uses mocctl with a token of their own is not
 * mocctl's own identity.
 */
export function listClients(credentials: readonly RealCredential[]): Client[] {
  const clients: Client[] = [];
  const waiting = new Map<string, Client[]>();
  const ofClients = credentials.flatMap(({ clusterId, credential }) => {
    const profile = findClientProfile(credential.role, credential.name);
    return profile === undefined ? [] : [{ clusterId, credential, profile }];
  });
  for (const { clusterId, credential, profile } of ofClients) {
    if (credential.kind !== 'certificate') continue;
    const { name } = credential;
    const client: Client = { name, profile, certificate: { clusterId, credential } };
    clients.push(client);
    waiting.set(name, [...(waiting.get(name) ?? []), client]);
  }
  for (const { clusterId, credential, profile } of ofClients) {
    if (credential.kind !== 'token') continue;
    const { name, role } = credential;
    const token = { clusterId, credential };
    const known = waiting.get(name)?.shift();
    if (known === undefined) clients.push({ name, profile, token });
    else {
      known.token = token;
      if (role !== 'moc-token') known.profile = profile;
    }
  }
  return clients;
}

/** Recognises a client by its name. A client with an unknown name counts as one of the many clients on the host. */
function findClientProfile(role: RoleId, name: string): ProfileId | undefined {
  if (role !== 'moc-client' && role !== 'moc-token') return CLIENTS.get(role);
  const known = roleInName(name, 'word');
  return (known && CLIENTS.get(known)) ?? 'cloud-operator';
}
