import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { NODE, shareControlPlane, specification, type ControlPlane } from './control-plane.ts';
import { ask, NOBODY, pair, readUser, type Identity } from './identity.ts';
import { obtainIdentity, waitUntil } from './requests.ts';
import { standIn } from './stand-ins.ts';
import { measureMs } from './timed.ts';

/* Checks that each certificate and kubeconfig from `authority create` serves its purpose and no other. */

const controlPlane = shareControlPlane();

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const BINDINGS = `${RBAC}/clusterrolebindings`;
const SECRETS = '/api/v1/namespaces/kube-system/secrets';

/** Binds the group in `admin.conf` to its permissions, as `kubeadm init` has done since 1.29. */
const ADMINS = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'kubeadm:cluster-admins' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'kubeadm:cluster-admins' }],
};

async function bindAdmins(plane: ControlPlane): Promise<void> {
  const { status } = await plane.request(plane.superAdmin, BINDINGS, { method: 'POST', body: ADMINS });
  expect([201, 409]).toContain(status);
  const admin = readUser(plane.kubeconfig('admin'));
  await waitUntil(
    () => plane.request(admin, SECRETS),
    (answer) => answer.status === 200,
  );
}

test('a control plane starts with the files, and its two etcd members trust each other', async (context) => {
  const plane = await controlPlane(context);
  const ready = await plane.request(plane.superAdmin, '/readyz?verbose');
  expect(ready.body).toContain('[+]etcd ok');
  const version = plane.kubectl('super-admin', 'version', '-o', 'json');
  expect(JSON.parse(version.out)).toMatchObject({ serverVersion: { gitVersion: 'v1.20.2' } });
});

describe('at the API server', () => {
  test('as with kubeadm, admin.conf has no permissions until its group is bound', async (context) => {
    const plane = await controlPlane(context);
    const admin = readUser(plane.kubeconfig('admin'));
    const refused = await plane.request(admin, SECRETS);
    expect(refused.status).toBe(403);
    expect(refused.body).toContain('User \\"kubernetes-admin\\" cannot list resource \\"secrets\\"');
    await bindAdmins(plane);
    expect((await plane.request(admin, SECRETS)).status).toBe(200);
  });

  test('each kubeconfig allows only what its holder needs', async (context) => {
    const plane = await controlPlane(context);
    await bindAdmins(plane);
    const requests = [SECRETS, '/api/v1/nodes', '/api/v1/pods', '/api/v1/serviceaccounts', BINDINGS, '/healthz'];
    const who: Record<string, Identity> = {
      'super-admin': plane.superAdmin,
      admin: readUser(plane.kubeconfig('admin')),
      'controller-manager': readUser(plane.kubeconfig('controller-manager')),
      scheduler: readUser(plane.kubeconfig('scheduler')),
      node: await obtainIdentity(plane, 'worker-1'),
      nobody: NOBODY,
    };
    const answers: Record<string, number[]> = {};
    for (const [name, identity] of Object.entries(who)) {
      answers[name] = [];
      for (const path of requests) answers[name].push((await plane.request(identity, path)).status);
    }
    // Source: the default roles of Kubernetes, plugin/pkg/auth/authorizer/rbac/bootstrappolicy, and its node authorizer.
    expect(answers).toEqual({
      'super-admin': [200, 200, 200, 200, 200, 200],
      admin: [200, 200, 200, 200, 200, 200],
      'controller-manager': [200, 200, 200, 200, 200, 200],
      scheduler: [403, 200, 200, 403, 403, 200],
      node: [403, 200, 200, 403, 403, 200],
      nobody: [403, 403, 403, 403, 403, 200],
    });
  });

  test('kubectl reports the RBAC permissions of each identity', async (context) => {
    const plane = await controlPlane(context);
    await bindAdmins(plane);
    const actions = [
      ['create', 'pods', '--subresource=binding'],
      ['create', 'serviceaccounts'],
      ['delete', 'nodes'],
      ['impersonate', 'users'],
      ['*', '*'],
    ];
    const can = (kubeconfig: string): string =>
      actions.map((words) => plane.kubectl(kubeconfig, 'auth', 'can-i', ...words).out.trim()).join(' ');
    expect(
      Object.fromEntries(['admin', 'super-admin', 'scheduler', 'controller-manager'].map((name) => [name, can(name)])),
    ).toEqual({
      admin: 'yes yes yes yes yes',
      'super-admin': 'yes yes yes yes yes',
      scheduler: 'yes no no no no',
      // The controllers use separate accounts, which the controller manager creates.
      'controller-manager': 'no yes no no no',
    });
  });

  test('a node may create its own Node object and no other', async (context) => {
    const plane = await controlPlane(context);
    const node = await obtainIdentity(plane, 'worker-2');
    const object = (name: string): object => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } });
    const createNode = async (name: string): Promise<number> =>
      (await plane.request(node, '/api/v1/nodes', { method: 'POST', body: object(name) })).status;
    expect([await createNode('worker-2'), await createNode('worker-3')]).toEqual([201, 403]);
  });

  test('the API server accepts service account tokens signed with sa.key', async (context) => {
    const plane = await controlPlane(context);
    const account = '/api/v1/namespaces/default/serviceaccounts/default';
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 600 } };
    const { status } = await plane.must<{ status: { token: string } }>(`${account}/token`, { method: 'POST', body });
    const answer = await plane.request({ token: status.token }, SECRETS);
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('system:serviceaccount:default:default');
    const forged = { token: `${status.token.slice(0, -8)}AAAAAAAA` };
    expect((await plane.request(forged, SECRETS)).status).toBe(401);
  });

  test('a certificate for another purpose or of another cluster, an expired one and an invented token are rejected', async (context) => {
    const plane = await controlPlane(context);
    const stranger = join(plane.folder, 'stranger');
    plane.create(specification(1), { into: stranger });
    const others: Record<string, Identity> = {
      'a client of etcd': pair(plane.pki('apiserver-etcd-client')),
      'the probe of etcd': pair(plane.pki('etcd/healthcheck-client')),
      'a server of etcd': pair(plane.pki('etcd/server')),
      'the front proxy, speaking for nobody': pair(plane.pki('front-proxy-client')),
      'the API server': pair(plane.pki('apiserver')),
      'a super-admin who has expired': readUser(`${plane.kubeconfig('super-admin')}.previous`),
      'a super-admin of another cluster': readUser(join(stranger, 'super-admin.conf')),
      'a token that nobody made': { token: 'abcdef.0123456789abcdef' },
    };
    const answers: Record<string, number> = {};
    for (const [name, identity] of Object.entries(others))
      answers[name] = (await plane.request(identity, '/api/v1/nodes')).status;
    expect(answers).toEqual(Object.fromEntries(Object.keys(others).map((name) => [name, 401])));
  });

  test('only the front proxy may act for other users', async (context) => {
    const plane = await controlPlane(context);
    const headers = { 'X-Remote-User': 'somebody', 'X-Remote-Group': 'system:masters' };
    const spoken = async (identity: Identity): Promise<number> =>
      (await plane.request(identity, SECRETS, { headers })).status;
    expect(await spoken(pair(plane.pki('front-proxy-client')))).toBe(200);
    expect(await spoken(readUser(plane.kubeconfig('scheduler')))).toBe(403);
    expect(await spoken(pair(plane.pki('etcd/healthcheck-client')))).toBe(401);
  });

  test('a client is accepted in the last second of validity that the product reports, and rejected after it', async (context) => {
    const plane = await controlPlane(context);
    const folder = join(plane.folder, 'ending');
    mkdirSync(join(folder, 'pki'), { recursive: true });
    for (const file of ['ca.crt', 'ca.key']) cpSync(plane.pki(file), join(folder, 'pki', file));
    // The certificate expires far enough in the future for the commands below, however busy this computer is.
    const aCommandMs = measureMs(() => plane.run('--version'));
    const madeAt = Date.now() - 4 * 86_400_000 + 10_000 + 6 * aCommandMs;
    const text = `apiVersion: arcwarden/v1
kind: CertificateSpec
cluster: { name: retail-east, server: '${plane.server}' }
authorities: [{ profile: cluster-ca, use: existing }]
kubeconfigs: [super-admin]
`;
    plane.create(text, { into: folder, now: new Date(madeAt).toISOString() });
    const file = join(folder, 'super-admin.conf');
    const inspected = plane.arcwarden.run(['inspect', file, '--json']);
    const { records } = JSON.parse(inspected.out) as { records: { role: string; isCa: boolean; notAfter: string }[] };
    const end = Date.parse(records.find(({ isCa }) => !isCa)?.notAfter ?? '');
    const client = readUser(file);
    // Each answer was decided at some instant between the start and the end of its request.
    const looks: { from: number; to: number; status: number }[] = [];
    await waitUntil(
      async () => {
        const from = Date.now();
        const { status } = await plane.request(client, '/api/v1/nodes');
        looks.push({ from, to: Date.now(), status });
        return from;
      },
      (from) => from > end + 2_000,
      300_000,
    );
    expect(new Set(looks.filter(({ to }) => to < end).map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(looks.filter(({ from }) => from >= end + 1_000).map(({ status }) => status))).toEqual(
      new Set([401]),
    );
  });
});

describe('at etcd', () => {
  test('only clients of etcd are accepted', async (context) => {
    const plane = await controlPlane(context);
    const let_in: string[] = [];
    const certificates = [
      ...['apiserver', 'apiserver-kubelet-client', 'apiserver-etcd-client', 'front-proxy-client'],
      ...['etcd/server', 'etcd/peer', 'etcd/healthcheck-client'],
    ];
    for (const name of certificates) if ((await plane.askEtcd(pair(plane.pki(name)))).status === 200) let_in.push(name);
    for (const name of ['admin', 'super-admin', 'controller-manager', 'scheduler'])
      if ((await plane.askEtcd(readUser(plane.kubeconfig(name)))).status === 200) let_in.push(name);
    if ((await plane.askEtcd(NOBODY)).status === 200) let_in.push('nobody');
    const other = join(plane.folder, 'by-cluster-ca');
    plane.copyAuthorities(other);
    plane.create(specification(1, 'cluster-ca'), { into: other });
    if ((await plane.askEtcd(pair(join(other, 'pki/apiserver-etcd-client')))).status === 200)
      let_in.push('a client of etcd under the Cluster CA');
    // Members are also clients of each other, so both of their certificates have clientAuth.
    expect(let_in).toEqual(['apiserver-etcd-client', 'etcd/server', 'etcd/peer', 'etcd/healthcheck-client']);
  });
});

describe('as a client of other servers', () => {
  test('the API server connects to a kubelet with apiserver-kubelet-client, and both verify each other', async (context) => {
    const plane = await controlPlane(context);
    const node = 'worker-4';
    const server = await obtainIdentity(plane, node, { dns: [node], ip: ['127.0.0.1'] });
    const kubelet = await standIn(
      { cert: server.cert ?? '', key: server.key ?? '', clientCa: plane.ca },
      { type: 'text/plain', body: 'a line of the log\n' },
    );
    onTestFinished(() => kubelet.close());
    const path = '/api/v1/nodes';
    await plane.must(path, { method: 'POST', body: { apiVersion: 'v1', kind: 'Node', metadata: { name: node } } });
    const status = {
      addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
      daemonEndpoints: { kubeletEndpoint: { Port: kubelet.port } },
    };
    await plane.must(`${path}/${node}/status`, {
      method: 'PATCH',
      body: { status },
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    const spec = { nodeName: node, containers: [{ name: 'main', image: 'none' }] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'talker' }, spec };
    await plane.must('/api/v1/namespaces/default/pods', { method: 'POST', body: pod });
    const log = await plane.request(plane.superAdmin, '/api/v1/namespaces/default/pods/talker/log');
    expect(log).toEqual({ status: 200, body: 'a line of the log\n' });
    expect(kubelet.seen.map(({ client }) => client)).toEqual(['kube-apiserver-kubelet-client']);
  });

  test('the API server forwards requests of its users to an extension with front-proxy-client', async (context) => {
    const plane = await controlPlane(context);
    const clientCa = readFileSync(plane.pki('front-proxy-ca.crt'), 'utf8');
    const { cert = '', key = '' } = pair(plane.pki('apiserver'));
    const list = { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: 'made.example/v1', resources: [] };
    const extension = await standIn({ cert, key, clientCa }, { type: 'application/json', body: JSON.stringify(list) });
    onTestFinished(() => extension.close());
    await plane.must('/api/v1/namespaces/default/services', {
      method: 'POST',
      body: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'made' },
        spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port: extension.port }] },
      },
    });
    await plane.must('/apis/apiregistration.k8s.io/v1/apiservices', {
      method: 'POST',
      body: {
        apiVersion: 'apiregistration.k8s.io/v1',
        kind: 'APIService',
        metadata: { name: 'v1.made.example' },
        spec: {
          ...{ group: 'made.example', version: 'v1', groupPriorityMinimum: 1_000, versionPriority: 10 },
          // The stand-in uses the certificate of the API server, which lacks the name of this service.
          insecureSkipTLSVerify: true,
          service: { namespace: 'default', name: 'made', port: extension.port },
        },
      },
    });
    const answer = await waitUntil(
      () => plane.request(plane.superAdmin, '/apis/made.example/v1/things'),
      ({ status }) => status === 200,
    );
    expect(answer.status).toBe(200);
    const seen = extension.seen.find(({ path }) => path.endsWith('/things'));
    expect(seen?.client).toBe('front-proxy-client');
    expect(seen?.headers).toMatchObject({ 'x-remote-user': 'kubernetes-super-admin' });
  });
});

describe('kubectl', () => {
  test('refuses a server that presents a client certificate', async (context) => {
    const plane = await controlPlane(context);
    const folder = join(plane.folder, 'pretender');
    mkdirSync(join(folder, 'pki'), { recursive: true });
    for (const file of ['ca.crt', 'ca.key']) cpSync(plane.pki(file), join(folder, 'pki', file));
    const text = `apiVersion: arcwarden/v1
kind: CertificateSpec
authorities: [{ profile: cluster-ca, use: existing }]
certificates:
  - { profile: apiserver-kubelet-client, ipAddresses: [127.0.0.1] }
`;
    plane.create(text, { into: folder });
    const pretender = pair(join(folder, 'pki/apiserver-kubelet-client'));
    const server = createServer({ cert: pretender.cert, key: pretender.key }, (_, response) => response.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(ask(url, plane.ca, NOBODY)).rejects.toThrow(
      /unsuitable certificate purpose|unsupported certificate purpose/u,
    );
    const seen = await plane.kubectlLater('super-admin', '--server', url, 'get', '--raw', '/healthz');
    expect(seen.notices).toContain('x509: certificate specifies an incompatible key usage');
  });

  test('refuses the API server if its certificate lacks the expected name', async (context) => {
    const plane = await controlPlane(context);
    const callServer = (name: string): string =>
      plane.kubectl('super-admin', '--tls-server-name', name, 'get', '--raw', '/healthz').notices;
    const names = [NODE, 'kubernetes.default.svc.cluster.local', 'api.retail-east.contoso.example', '10.96.0.1'];
    expect(names.map(callServer)).toEqual(names.map(() => ''));
    expect(callServer('retail-west-control-plane-1')).toContain('x509: certificate is valid for');
  });
});
