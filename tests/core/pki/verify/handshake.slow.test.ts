import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instantFromMs, epochMs, SECOND_MS, type Instant } from '../../../../core/shared/instant.ts';
import type { ProfileId } from '../../../../core/pki/model/profile.ts';
import {
  curl,
  endPeers,
  nodeClient,
  nodeServer,
  opensslClient,
  opensslServer,
  type Outcome,
} from './handshake-peers.ts';
import { aHierarchy, type Hierarchy, type State } from './handshake-pki.ts';

/*
 * Certificates of the engine's profiles in real handshakes. Node and curl use only the clock of the machine, so these
 * certificates are valid now.
 */

let folder: string;
let cluster: Hierarchy;
let etcd: Hierarchy;
let cloudAgent: Hierarchy;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-handshake-'));
  const now = instantFromMs(Date.now());
  [cluster, etcd, cloudAgent] = await Promise.all([
    aHierarchy({ folder, now, root: 'cluster-ca', leaves: ['apiserver', 'admin', 'kubelet-client'] }),
    aHierarchy({ folder, now, root: 'etcd-ca', leaves: ['etcd-peer'] }),
    aHierarchy({ folder, now, root: 'cloud-agent-ca', leaves: ['cloud-agent-server', 'mocctl'] }),
  ]);
});

afterAll(() => {
  endPeers();
  rmSync(folder, { recursive: true, force: true });
});

type Layer = 'cluster' | 'etcd' | 'cloudAgent';

function layerHierarchy(layer: Layer): Hierarchy {
  return { cluster, etcd, cloudAgent }[layer];
}

/** The CA of both certificates, a server, and a client that the server accepts. */
const ACCEPTED: readonly [Layer, ProfileId, ProfileId][] = [
  ['cluster', 'apiserver', 'admin'],
  ['cluster', 'apiserver', 'kubelet-client'],
  ['etcd', 'etcd-peer', 'etcd-peer'],
  ['cloudAgent', 'cloud-agent-server', 'mocctl'],
];

test.for(ACCEPTED)('in %s, the server %s and the client %s accept each other', async (row, context) => {
  const [layer, server, client] = row;
  const pki = layerHierarchy(layer);
  const names = { server: pki.of(server), client: pki.of(client) };
  const [node, openssl] = await Promise.all([
    nodeServer({ credentials: names.server, clients: pki, strict: true }),
    opensslServer({ credentials: names.server, clients: pki }),
  ]);
  const from = { server: pki, credentials: names.client };
  const [byOpenssl, byNode] = await Promise.all([
    opensslClient({ ...from, port: node }),
    nodeClient({ ...from, port: openssl }),
  ]);
  expect(byOpenssl).toMatchObject({ ok: true, said: names.client.commonName });
  expect(byNode).toEqual({ ok: true, said: 'olleh', reason: '' });
  const byCurl = await curl(context, { ...from, port: node });
  expect(byCurl).toEqual({ ok: true, said: names.client.commonName, reason: '' });
});

/**
 * Each program's message for a reason to refuse. Alerts: RFC 8446 section 6.2. In the state `valid`, the certificate
 * has the wrong usage.
 */
const REASONS: Record<State, { node: RegExp; alert: RegExp; openssl: string }> = {
  expired: { node: /^CERT_HAS_EXPIRED$/u, alert: /ALERT_CERTIFICATE_EXPIRED$/u, openssl: 'certificate has expired' },
  'not-yet-valid': {
    node: /^CERT_NOT_YET_VALID$/u,
    alert: /ALERT_BAD_CERTIFICATE$/u,
    openssl: 'certificate is not yet valid',
  },
  revoked: { node: /^CERT_REVOKED$/u, alert: /ALERT_CERTIFICATE_REVOKED$/u, openssl: 'certificate revoked' },
  foreign: {
    node: /^UNABLE_TO_(?:GET_ISSUER_CERT_LOCALLY|VERIFY_LEAF_SIGNATURE)$/u,
    alert: /ALERT_UNKNOWN_CA$/u,
    openssl: 'unable to get local issuer certificate',
  },
  valid: {
    node: /^INVALID_PURPOSE$/u,
    alert: /ALERT_UNSUPPORTED_CERTIFICATE$/u,
    openssl: 'unsuitable certificate purpose',
  },
};

const REFUSED_CLIENTS: readonly [Layer, ProfileId, State][] = [
  ['cluster', 'admin', 'expired'],
  ['cluster', 'admin', 'not-yet-valid'],
  ['cluster', 'admin', 'revoked'],
  ['cluster', 'admin', 'foreign'],
  // A server certificate presented by a client.
  ['cluster', 'apiserver', 'valid'],
  ['cloudAgent', 'mocctl', 'expired'],
  ['cloudAgent', 'mocctl', 'revoked'],
];

describe('the handshake refuses a client', () => {
  /** Servers by the CA of their clients; the servers are started once. */
  const servers = new Map<Layer, ReturnType<typeof startServers>>();

  async function startServers(layer: Layer) {
    const clients = layerHierarchy(layer);
    const credentials = clients.of(layer === 'cluster' ? 'apiserver' : 'cloud-agent-server');
    const [telling, strict, openssl] = await Promise.all([
      nodeServer({ credentials, clients }),
      nodeServer({ credentials, clients, strict: true }),
      opensslServer({ credentials, clients }),
    ]);
    return { telling, strict, openssl };
  }

  test.for(REFUSED_CLIENTS)('of %s if its certificate has the profile %s and the state %s', async (row, context) => {
    const [layer, profile, state] = row;
    if (!servers.has(layer)) servers.set(layer, startServers(layer));
    const ports = (await servers.get(layer))!;
    const server = layerHierarchy(layer);
    const from = { server, credentials: server.of(profile, state) };
    const { node, alert } = REASONS[state];
    const expectRefusal = ({ said }: Outcome): void => {
      expect(said).toMatch(/^refused /u);
      expect(said.slice('refused '.length)).toMatch(node);
    };
    const [byOpenssl, byNode] = await Promise.all([
      opensslClient({ ...from, port: ports.telling }),
      nodeClient({ ...from, port: ports.openssl }),
    ]);
    expectRefusal(byOpenssl);
    expect(byNode).toMatchObject({ ok: false, said: '' });
    expect(byNode.reason).toMatch(alert);
    const [byCurl, cutOff] = await Promise.all([
      curl(context, { ...from, port: ports.telling }),
      curl(context, { ...from, port: ports.strict }),
    ]);
    expectRefusal(byCurl);
    expect(cutOff).toMatchObject({ ok: false, said: '' });
  });
});

const REFUSED_SERVERS: readonly [Layer, ProfileId, State][] = [
  ['cluster', 'apiserver', 'expired'],
  ['cluster', 'apiserver', 'not-yet-valid'],
  ['cluster', 'apiserver', 'revoked'],
  ['cluster', 'apiserver', 'foreign'],
  // A client certificate presented by a server.
  ['cluster', 'admin', 'valid'],
  ['cloudAgent', 'cloud-agent-server', 'expired'],
];

describe('the handshake refuses a server', () => {
  test.for(REFUSED_SERVERS)('of %s if its certificate has the profile %s and the state %s', async (row, context) => {
    const [layer, profile, state] = row;
    const server = layerHierarchy(layer);
    const credentials = server.of(profile, state);
    const [node, openssl] = await Promise.all([nodeServer({ credentials }), opensslServer({ credentials })]);
    const [byOpenssl, byNode] = await Promise.all([
      opensslClient({ server, port: node }),
      nodeClient({ server, port: openssl }),
    ]);
    const reasons = REASONS[state];
    expect(byOpenssl).toMatchObject({ ok: false, said: '' });
    expect(byOpenssl.reason).toContain(reasons.openssl);
    expect(byNode).toMatchObject({ ok: false, said: '' });
    expect(byNode.reason).toMatch(reasons.node);
    const byCurl = await curl(context, { server, port: node });
    expect(byCurl).toMatchObject({ ok: false, said: '' });
    expect(byCurl.reason).toContain(reasons.openssl);
  });

  test('if its certificate lacks the requested name', async (context) => {
    const credentials = cluster.of('apiserver');
    const [node, openssl] = await Promise.all([nodeServer({ credentials }), opensslServer({ credentials })]);
    const wanted = { server: cluster, name: 'node1.retail-west.contoso.example' };
    const [byOpenssl, byNode] = await Promise.all([
      opensslClient({ ...wanted, port: node }),
      nodeClient({ ...wanted, port: openssl }),
    ]);
    expect(byOpenssl).toMatchObject({ ok: false, said: '' });
    expect(byOpenssl.reason).toContain('hostname mismatch');
    expect(byNode).toEqual({ ok: false, said: '', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    const byCurl = await curl(context, { ...wanted, port: node });
    expect(byCurl).toMatchObject({ ok: false, said: '' });
    expect(byCurl.reason).toContain('no alternative certificate subject name matches');
  });

  test('before the first second and after the last second of its certificate, but not in between', async () => {
    const credentials = cluster.of('apiserver');
    const port = await nodeServer({ credentials });
    const connectAt = (moment: Instant, offset: number) =>
      opensslClient({ server: cluster, port, at: epochMs(moment) / SECOND_MS + offset });
    const { notBefore, notAfter } = credentials;
    const [early, first, last, late] = await Promise.all([
      connectAt(notBefore, -1),
      connectAt(notBefore, 1),
      connectAt(notAfter, -1),
      connectAt(notAfter, 1),
    ]);
    expect(early.reason).toContain(REASONS['not-yet-valid'].openssl);
    expect([first.said, last.said]).toEqual(['served', 'served']);
    expect(late.reason).toContain(REASONS.expired.openssl);
    expect([early.ok, late.ok]).toEqual([false, false]);
  });
});
