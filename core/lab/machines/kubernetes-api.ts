import type { TlsRequest, TlsResponse } from '../../shared/ports.ts';
import type { LabCluster } from '../model/lab.ts';

/*
 * The part of the Kubernetes API that `kubectl get nodes` and a health check need. Source: Kubernetes API reference, v1.
 */

const JSON_TYPE = { 'content-type': 'application/json' };

export function statusResponse(code: number, message: string): TlsResponse {
  const reason = code === 401 ? 'Unauthorized' : code === 404 ? 'NotFound' : 'InternalError';
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
  return { status: code, headers: JSON_TYPE, body: JSON.stringify(status) };
}

export function answerKubernetes(
  cluster: LabCluster,
  { method, path }: Pick<TlsRequest, 'method' | 'path'>,
): TlsResponse {
  const found = method === 'GET' ? documentAt(cluster, path) : undefined;
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
      nodeInfo: { kubeletVersion: 'v1.29.0' },
    },
  };
}
