import type { TlsRequest, TlsResponse } from '../../shared/ports.ts';
import type { LabCluster } from '../model/lab.ts';

/*
 * The part of the Kubernetes API that `kubectl get nodes` and a health check need. Source: Kubernetes API reference, v1.
 */

const KUBELET_VERSION = 'v1.29.0';
const JSON_TYPE = { 'content-type': 'application/json' };

export function statusResponse(code: number, message: string): TlsResponse {
  const reason = code === 401 ? 'Unauthorized' : code === 404 ? 'NotFound' : 'InternalError';
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
  return { status: code, headers: JSON_TYPE, body: JSON.stringify(status) };
}

export function answerKubernetes(
  cluster: LabCluster,
  { method, path, headers }: Pick<TlsRequest, 'method' | 'path' | 'headers'>,
): TlsResponse {
  const isTable = path === '/api/v1/nodes' && headers['accept']?.includes('as=Table') === true;
  const found = method === 'GET' ? (isTable ? nodeTable(cluster) : documentAt(cluster, path)) : undefined;
  if (found === undefined) return statusResponse(404, `the server could not find the requested resource`);
  return typeof found === 'string'
    ? { status: 200, headers: { 'content-type': 'text/plain' }, body: found }
    : { status: 200, headers: JSON_TYPE, body: JSON.stringify(found) };
}

function documentAt(cluster: LabCluster, path: string): object | string | undefined {
  switch (path) {
    case '/healthz':
    case '/livez':
    case '/readyz':
      return 'ok';
    case '/version':
      return { major: '1', minor: '29', gitVersion: 'v1.29.0-arcwarden-lab', platform: 'lab' };
    case '/api':
      return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
    case '/apis':
      return { kind: 'APIGroupList', apiVersion: 'v1', groups: [] };
    case '/api/v1':
      return { kind: 'APIResourceList', groupVersion: 'v1', resources: [NODES] };
    case '/api/v1/nodes':
      return { kind: 'NodeList', apiVersion: 'v1', metadata: {}, items: cluster.nodes.map(describeNode) };
    default:
      return undefined;
  }
}

const NODES = { name: 'nodes', singularName: 'node', namespaced: false, kind: 'Node', verbs: ['get', 'list'] };

function describeNode({ name, role, ip }: LabCluster['nodes'][number]): object {
  const labels = role === 'control-plane' ? { 'node-role.kubernetes.io/control-plane': '' } : {};
  return {
    kind: 'Node',
    apiVersion: 'v1',
    metadata: { name, labels },
    status: {
      conditions: [{ type: 'Ready', status: 'True' }],
      addresses: [{ type: 'InternalIP', address: ip }],
      nodeInfo: { kubeletVersion: KUBELET_VERSION },
    },
  };
}

/** Lists nodes as kubectl asks for it, with the columns that it prints. Source: Kubernetes API concepts, Table. */
function nodeTable({ nodes }: LabCluster): object {
  const columns = ['Name', 'Status', 'Roles', 'Version'];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: {},
    columnDefinitions: columns.map((name) => ({ name, type: 'string', format: '', description: name, priority: 0 })),
    rows: nodes.map((node) => ({
      cells: [node.name, 'Ready', node.role === 'control-plane' ? 'control-plane' : '<none>', KUBELET_VERSION],
      object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: node.name } },
    })),
  };
}
