import { PROFILES } from '../pki/model/profiles.ts';
import { NODE_PROFILE_IDS, type ProfileId } from '../pki/model/profile.ts';
import type { ProfileValues } from '../pki/issue/profile-template.ts';
import { schedule } from './due.ts';
import { issue, matchNext, note, refuse } from './issue.ts';
import { nodeSuffix } from './random.ts';
import { getIssuer, newSlot, removeSlot } from './slots.ts';
import type { NodeState } from './state.ts';
import { apiServerProblem, clientRunsSince, connectionProblem, isApproverWorking } from './validity.ts';
import type { MutableCluster, Node, CertificateSlot, MutableState } from './mutable-state.ts';

export const KUBELET: readonly ProfileId[] = ['kubelet-client', 'kubelet-server'];
/** Issued on every control-plane node, in addition to the kubelet's two certificates. Source: kubeadm. */
const CONTROL_PLANE: readonly ProfileId[] = [
  ...NODE_PROFILE_IDS.filter((id) => id !== 'super-admin' && !KUBELET.includes(id)),
  ...KUBELET,
];
/** kubeadm writes `super-admin.conf` only on the first node, during `init`. */
const FIRST_NODE: readonly ProfileId[] = [...CONTROL_PLANE, 'super-admin'];

/** The defaults of kubeadm, also seen in Azure/aksArc issue 178. */
const SERVICES = { 'service-ip': '10.96.0.1', 'service-domain': 'cluster.local' };

export function addNode(world: MutableState, cluster: MutableCluster, machine: Omit<NodeState, 'name'>): Node {
  const { role, ip } = machine;
  const name = newName(world, cluster, role);
  const node: Node = { state: { name, role, ip }, slots: [], serving: [], lost: false };
  cluster.nodes.push(node);
  const profiles = role === 'worker' ? KUBELET : cluster.nodesMade === 1 ? FIRST_NODE : CONTROL_PLANE;
  for (const profile of profiles) issueOnNode(world, cluster, node, profile);
  return node;
}

function newName(world: MutableState, cluster: MutableCluster, role: NodeState['role']): string {
  const kind = role === 'worker' ? 'md' : 'control-plane';
  cluster.nodesMade += 1;
  const suffix = nodeSuffix(world.key, cluster.index, cluster.nodesMade);
  const name = `${cluster.state.name}-${kind}-${suffix}`;
  const isTaken = cluster.nodes.some(({ state }) => state.name === name);
  return isTaken ? newName(world, cluster, role) : name;
}

/** Issues a certificate on a node. Serving certificates need an approver. Source: Azure/aksArc issue 237. */
export function issueOnNode(world: MutableState, cluster: MutableCluster, node: Node, profile: ProfileId): void {
  if (profile === 'kubelet-server' && !isApproverWorking(world, cluster)) return;
  const holder = { kind: 'node', cluster: cluster.state.name, node: node.state.name } as const;
  const placing = { profile: PROFILES[profile], holder, cluster, node };
  issueFresh(world, newSlot(world, placing, nodeValues(cluster, node.state)));
}

export function issueFresh(world: MutableState, slot: CertificateSlot): void {
  issue(world, slot, 'fresh', getIssuer(world, slot));
  if (slot.revokedBy !== undefined) refuse(world, slot, 'revoked', { by: slot.revokedBy, kind: 'login-refused' });
  schedule(world, slot);
}

export function nodeValues({ state }: MutableCluster, node?: NodeState): ProfileValues {
  return { cluster: state.name, endpoint: state.endpoints, ...SERVICES, node: node?.name, 'node-ip': node?.ip };
}

export function replaceNode(world: MutableState, cluster: MutableCluster, node: Node): void {
  const { name, role, ip } = node.state;
  for (const slot of node.slots) removeSlot(slot);
  const at = cluster.nodes.indexOf(node);
  const added = addNode(world, cluster, { role, ip });
  cluster.nodes.pop();
  cluster.nodes[at] = added;
  note(world, 'node-replaced', () => ({
    cluster: cluster.state.name,
    node: added.state.name,
    params: { replaced: name },
  }));
}

/**
 * Applies the effect of an expired kubelet client certificate: a worker is replaced; a control-plane node cannot be
 * reached until it is repaired. Source: Microsoft Learn, secure communication with certificates.
 */
export function loseNode(world: MutableState, cluster: MutableCluster, node: Node): void {
  node.lost = true;
  note(world, 'node-lost', () => ({
    cluster: cluster.state.name,
    node: node.state.name,
    params: { role: node.state.role },
  }));
  replaceLost(world, cluster, node);
}

export function replaceAllLost(world: MutableState): void {
  for (const cluster of world.clusters)
    for (const node of [...cluster.nodes]) if (node.lost) replaceLost(world, cluster, node);
}

function replaceLost(world: MutableState, cluster: MutableCluster, node: Node): void {
  if (node.state.role !== 'worker' || apiServerProblem(world, cluster) !== undefined) return;
  const [management] = world.clusters;
  const provider = management?.identities.get('caph');
  if (management === undefined || provider === undefined) return;
  if (apiServerProblem(world, management) !== undefined) return;
  if (clientRunsSince(world, provider) === undefined) return;
  if (connectionProblem(world, provider) !== undefined) return;
  const kubelet = node.slots.find(({ profile }) => profile.id === 'kubelet-client');
  const by = kubelet && matchNext(world, kubelet);
  // The new machine's certificate would match the same entry.
  if (kubelet !== undefined && by !== undefined) return refuse(world, kubelet, 'revoked', { by });
  replaceNode(world, cluster, node);
}
