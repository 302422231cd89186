import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shareControlPlane, specification, type ControlPlane } from './control-plane.ts';
import { NOBODY, pair, readUser, type Identity } from './identity.ts';

/* Runs etcd and kube-apiserver with a client certificate for etcd that the Cluster CA signs, as the article says. */

const controlPlane = shareControlPlane(() => ({ etcdClientIssuer: 'cluster-ca' }));

/** Clients that show a certificate to etcd, by name. */
function listClients(plane: ControlPlane): Record<string, Identity> {
  const kubeadm = join(plane.folder, 'by-etcd-ca');
  plane.copyAuthorities(kubeadm);
  plane.create(specification(1), { into: kubeadm });
  return {
    'apiserver-etcd-client': pair(plane.pki('apiserver-etcd-client')),
    'the same by the etcd CA': pair(join(kubeadm, 'pki/apiserver-etcd-client')),
    'the probe of etcd': pair(plane.pki('etcd/healthcheck-client')),
    'apiserver-kubelet-client': pair(plane.pki('apiserver-kubelet-client')),
    scheduler: readUser(plane.kubeconfig('scheduler')),
    'the API server, as a server': pair(plane.pki('apiserver')),
    'front-proxy-client': pair(plane.pki('front-proxy-client')),
    nobody: NOBODY,
  };
}

async function listAccepted(plane: ControlPlane, member: string): Promise<string[]> {
  const accepted: string[] = [];
  for (const [name, identity] of Object.entries(listClients(plane)))
    if ((await plane.askEtcd(identity, '/health', member)).status === 200) accepted.push(name);
  return accepted;
}

test('the API server reaches etcd with a certificate of the Cluster CA, and keeps what it is given', async (context) => {
  const plane = await controlPlane(context);
  const ready = await plane.request(plane.superAdmin, '/readyz?verbose');
  expect(ready.body).toContain('[+]etcd ok');
  const path = '/api/v1/namespaces/default/configmaps';
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kept' }, data: { by: 'etcd' } };
  await plane.must(path, { method: 'POST', body: object });
  expect(await plane.must(`${path}/kept`)).toMatchObject({ data: { by: 'etcd' } });
});

test('etcd that trusts the Cluster CA accepts all of its clients, and none of the etcd CA', async (context) => {
  const plane = await controlPlane(context);
  const accepted = ['apiserver-etcd-client', 'apiserver-kubelet-client', 'scheduler'];
  expect(await listAccepted(plane, plane.etcd)).toEqual(accepted);
});

test('etcd that trusts both CAs also accepts the probe', async (context) => {
  const plane = await controlPlane(context);
  const accepted = await listAccepted(plane, plane.secondEtcd);
  expect(accepted).toEqual([
    ...['apiserver-etcd-client', 'the same by the etcd CA', 'the probe of etcd'],
    ...['apiserver-kubelet-client', 'scheduler'],
  ]);
});
