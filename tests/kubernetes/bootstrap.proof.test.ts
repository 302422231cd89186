import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonGeneralNames } from '@peculiar/x509';
import { describe, expect, test } from 'vitest';
import { shareControlPlane, type ControlPlane } from './control-plane.ts';
import { readUser, type Identity } from './identity.ts';
import {
  approve,
  CLIENT_SIGNER,
  csrNamed,
  CSRS,
  handIn,
  makeRequest,
  SERVING_SIGNER,
  obtainIdentity,
  waitUntil,
  waitForAnswer,
  type Asked,
  type Csr,
} from './requests.ts';
import { measureMs } from './timed.ts';

/* Tests how a kubelet joins: Kubernetes and the product judge its token and its certificate requests. */

const PASSPHRASE = 'correct horse battery staple';

const controlPlane = shareControlPlane((plane) => {
  // The API server also accepts clients of this authority.
  const passphrase = join(plane.folder, 'passphrase');
  writeFileSync(passphrase, PASSPHRASE);
  plane.run('authority', 'new', 'ours', '--kind', 'kubernetes', '--passphrase-file', passphrase);
  const file = join(plane.folder, 'ours.pem');
  plane.run('authority', 'export', 'ours', 'cluster-ca', '--format', 'pem', '--out', file);
  return { clientCas: readFileSync(file, 'utf8') };
});

/** The role bindings that kubeadm creates: token holders may join, and nodes may renew their certificates. */
const JOINING = [
  ['system:node-bootstrapper', 'system:bootstrappers'],
  ['system:certificates.k8s.io:certificatesigningrequests:nodeclient', 'system:bootstrappers'],
  ['system:certificates.k8s.io:certificatesigningrequests:selfnodeclient', 'system:nodes'],
] as const;

async function letJoin(plane: ControlPlane): Promise<void> {
  for (const [role, group] of JOINING) {
    const body = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: `join:${role}` },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group }],
    };
    const path = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';
    const { status } = await plane.request(plane.superAdmin, path, { method: 'POST', body });
    expect([201, 409]).toContain(status);
  }
}

/** Creates a token, registers it with the cluster, and writes a kubeconfig that contains it. */
async function token(
  plane: ControlPlane,
  name: string,
  ...options: string[]
): Promise<{ secret: string; who: Identity }> {
  const secret = join(plane.folder, `${name}.yaml`);
  const kubeconfig = join(plane.folder, `${name}.conf`);
  const files = ['--secret', secret, '--kubeconfig', kubeconfig, '--server', plane.server, '--ca', plane.pki('ca.crt')];
  plane.run('authority', 'token', 'create', ...files, '--cluster-name', 'retail-east', ...options);
  const applied = plane.kubectl('super-admin', 'apply', '-f', secret);
  expect(applied.notices).toBe('');
  const who = readUser(kubeconfig);
  await waitUntil(
    () => plane.request(who, '/api/v1/nodes'),
    ({ status }) => status !== 401,
  );
  return { secret, who };
}

describe('a bootstrap token', () => {
  test('is accepted once its Secret is applied, and allows only certificate requests', async (context) => {
    const plane = await controlPlane(context);
    await letJoin(plane);
    const { who, secret } = await token(plane, 'plain', '--group', 'system:bootstrappers:retail');
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token: who.token } };
    const { status } = await plane.must<{ status: { user: { username: string; groups: string[] } } }>(
      '/apis/authentication.k8s.io/v1/tokenreviews',
      { method: 'POST', body: review },
    );
    const tokenFile = join(plane.folder, 'plain.token');
    writeFileSync(tokenFile, who.token ?? '');
    const ours = JSON.parse(
      plane.run('authority', 'token', 'check', secret, '--token-file', tokenFile, '--json').out,
    ) as { username: string; groups: string[] };
    expect(status.user).toMatchObject({ username: ours.username, groups: [...ours.groups, 'system:authenticated'] });
    const asked = ['/api/v1/nodes', '/api/v1/namespaces/kube-system/secrets', '/api/v1/pods'];
    for (const path of asked) expect((await plane.request(who, path)).status, path).toBe(403);
  });

  test('is refused if misspelled, and expires in the same second in Kubernetes and in the product', async (context) => {
    const plane = await controlPlane(context);
    // The API server caches an accepted token for ten seconds, so each attempt needs a separate token.
    const tokens = [await token(plane, 'ending'), await token(plane, 'ended')] as const;
    const [{ who, secret }, late] = tokens;
    const wrong = { token: `${who.token?.slice(0, -1)}${who.token?.endsWith('a') === true ? 'b' : 'a'}` };
    expect((await plane.request(wrong, '/api/v1/nodes')).status).toBe(401);
    // The command creates no token that is valid for less than an hour, so the test changes the expiry.
    const anApplyMs = measureMs(() => plane.kubectl('super-admin', 'apply', '-f', secret));
    const end = Math.ceil((Date.now() + 4 * anApplyMs) / 1_000) * 1_000 + 30_000;
    const formatSecond = (ms: number): string => new Date(ms).toISOString().replace('.000', '');
    for (const each of tokens) {
      const text = readFileSync(each.secret, 'utf8').replace(/expiration: .*/u, `expiration: "${formatSecond(end)}"`);
      writeFileSync(each.secret, text);
      expect(plane.kubectl('super-admin', 'apply', '-f', each.secret).notices).toBe('');
    }
    await sleep(end - 8_000 - Date.now());
    const before = await plane.request(who, '/api/v1/nodes');
    expect(Date.now()).toBeLessThan(end);
    await sleep(end + 50 - Date.now());
    const after = await plane.request(late.who, '/api/v1/nodes');
    expect([before.status, after.status]).toEqual([403, 401]);
    const tokenFile = join(plane.folder, 'ending.token');
    writeFileSync(tokenFile, who.token ?? '');
    const check = (ms: number): unknown => {
      const words = [
        'authority',
        'token',
        'check',
        secret,
        '--token-file',
        tokenFile,
        '--json',
        '--now',
        formatSecond(ms),
      ];
      return (JSON.parse(plane.arcwarden.run(words).out) as { accepted: boolean }).accepted;
    };
    expect([check(end - 1_000), check(end)]).toEqual([true, false]);
  });
});

type Who = 'token' | 'node' | 'other node' | 'admin';

interface Case extends Asked {
  by?: Who;
  usages?: readonly string[];
  signerName?: string;
  forged?: boolean;
}

const NODE = 'system:node:joining-1';
const GOOD = `O=system:nodes, CN=${NODE}`;
const CLIENT = ['digital signature', 'key encipherment', 'client auth'];
const SERVER = ['digital signature', 'key encipherment', 'server auth'];
const NAMES: JsonGeneralNames = [
  { type: 'dns', value: 'joining-1' },
  { type: 'ip', value: '10.0.0.31' },
];
const SERVING = { subject: GOOD, by: 'node', usages: SERVER, signerName: SERVING_SIGNER } as const;

const CASES: Readonly<Record<string, Case>> = {
  'client, with a token': { subject: GOOD },
  'client, by itself': { subject: GOOD, by: 'node' },
  'client, RSA': { subject: GOOD, algorithm: 'rsa-2048' },
  'client, by another node': { subject: GOOD, by: 'other node' },
  'client, by an admin': { subject: GOOD, by: 'admin' },
  'client, weak key': { subject: GOOD, algorithm: 'rsa-1024' },
  'client, of another group': { subject: `O=system:masters, CN=${NODE}` },
  'client, of two groups': { subject: `O=system:nodes, O=system:masters, CN=${NODE}` },
  'client, of no node': { subject: 'O=system:nodes, CN=joining-1' },
  'client, of a node that cannot be': { subject: 'O=system:nodes, CN=system:node:Joining 1' },
  'client, with names': { subject: GOOD, sans: NAMES },
  'client, as an authority': { subject: GOOD, isCa: true },
  'client, for a server': { subject: GOOD, usages: SERVER },
  'client, for both': { subject: GOOD, usages: [...CLIENT, 'server auth'] },
  'client, without encipherment': { subject: GOOD, usages: ['digital signature', 'client auth'] },
  'serving, by itself': { ...SERVING, sans: NAMES },
  'serving, by another node': { ...SERVING, sans: NAMES, by: 'other node' },
  'serving, by an admin': { ...SERVING, sans: NAMES, by: 'admin' },
  'serving, without names': SERVING,
  'serving, with the name of another': { ...SERVING, sans: [{ type: 'dns', value: 'kubernetes.default' }] },
  'serving, with an e-mail address': { ...SERVING, sans: [...NAMES, { type: 'email', value: 'a@contoso.example' }] },
  'serving, with a URI': { ...SERVING, sans: [...NAMES, { type: 'url', value: 'https://contoso.example/' }] },
  'serving, of another group': { ...SERVING, sans: NAMES, subject: `O=ops, CN=${NODE}` },
  'serving, for a client': { ...SERVING, sans: NAMES, usages: CLIENT },
};

/** `signed` tells whether the request is signed after approval; an admin approves what the approver leaves alone. */
interface Verdict {
  approved: boolean;
  signed: boolean;
}

const NODES = ['--node', 'joining-1=10.0.0.31'];
/**
 * The approver does not report requests that it leaves alone. A request counts as left alone if this much time has
 * passed since a later request was approved.
 */
const LEFT_ALONE_MS = 3_000;

/** Submits each request; returns the requests as first stored. */
async function handInAll(plane: ControlPlane, who: Readonly<Record<Who, Identity>>): Promise<Csr[]> {
  const requests: Csr[] = [];
  for (const [title, { by = 'token', usages = CLIENT, signerName = CLIENT_SIGNER, ...asked }] of Object.entries(
    CASES,
  )) {
    const name = title.replaceAll(/[^a-zA-Z]+/gu, '-').toLowerCase();
    const { pem: request } = await makeRequest(asked);
    const answer = await handIn(plane, who[by], { name, request, signerName, usages });
    expect(answer.status, `${title}: ${answer.body}`).toBe(201);
    requests.push(JSON.parse(answer.body) as Csr);
  }
  return requests;
}

function hasCondition({ status }: Csr, type: string): boolean {
  return (status.conditions ?? []).some((each) => each.type === type);
}

/** Collects the verdicts of the Kubernetes controllers; an admin approves the requests that they leave alone. */
async function collectKubernetesVerdicts(plane: ControlPlane, names: readonly string[]): Promise<Verdict[]> {
  await obtainIdentity(plane, 'last-of-all');
  await sleep(LEFT_ALONE_MS);
  const verdicts: Verdict[] = [];
  for (const name of names) {
    const approved = hasCondition(await csrNamed(plane, name), 'Approved');
    if (!approved) await approve(plane, name);
    const { status } = await waitForAnswer(plane, name);
    verdicts.push({ approved, signed: status.certificate !== undefined });
  }
  return verdicts;
}

/** Collects the verdicts of the product's commands, and whether the commands sign approved requests. */
function collectOwnVerdicts(plane: ControlPlane, requests: readonly Csr[]): Verdict[] {
  const file = join(plane.folder, 'requests.json');
  const write = (status: object): void => {
    const items = requests.map((request) => ({ ...request, status }));
    writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  };
  write({});
  const judged = plane.arcwarden.run(['authority', 'judge-csr', file, ...NODES, '--json']);
  const { requests: verdicts } = JSON.parse(judged.out) as { requests: { verdict: string }[] };
  write({ conditions: [{ type: 'Approved', status: 'True', reason: 'ByAdmin' }] });
  // Client and serving requests have different profiles and are signed separately.
  const signed = new Map<string, boolean>();
  for (const [profile, signerName] of [
    ['kubelet-client', CLIENT_SIGNER],
    ['kubelet-server', SERVING_SIGNER],
  ]) {
    const items = (JSON.parse(readFileSync(file, 'utf8')) as { items: Csr[] }).items.filter(
      ({ spec }) => spec.signerName === signerName,
    );
    const own = join(plane.folder, `${profile}.json`);
    writeFileSync(own, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    const words = ['authority', 'sign-csr', 'ours', profile ?? '', own, ...NODES, '--json'];
    const made = plane.arcwarden.run([...words, '--passphrase-file', join(plane.folder, 'passphrase')]);
    const answers = JSON.parse(made.out) as { requests: { name: string; entry: unknown }[] };
    for (const { name, entry } of answers.requests) signed.set(name, entry !== null);
  }
  return requests.map(({ metadata: { name } }, at) => ({
    approved: verdicts[at]?.verdict === 'approve',
    signed: signed.get(name) === true,
  }));
}

function describeVerdict({ approved, signed }: Verdict): string {
  return `${approved ? 'approved' : 'left'}, ${signed ? 'signed' : 'not signed'}`;
}

/** Requests with different verdicts: first the verdict of Kubernetes, then that of the product. */
const DIFFERENT: Readonly<Record<string, string>> = {
  // An admin may request a certificate for any node, so the identity of the requester proves nothing.
  'client, by an admin': 'approved, signed | left, signed',
  // Kubernetes checks the prefix of a name, but checks neither keys nor extensions other than names.
  'client, weak key': 'approved, signed | left, not signed',
  'client, of a node that cannot be': 'approved, signed | left, not signed',
  'client, as an authority': 'approved, signed | left, not signed',
  // Kubernetes has accepted requests without encipherment since 1.27: elliptic-curve keys encipher nothing.
  'client, without encipherment': 'left, not signed | approved, signed',
  // Kubernetes never judges requests for serving certificates.
  'serving, by itself': 'left, signed | approved, signed',
};

describe('a certificate request', () => {
  test('gets the same verdict from Kubernetes and from the product, except for known differences', async (context) => {
    const plane = await controlPlane(context);
    await letJoin(plane);
    const who: Record<Who, Identity> = {
      token: (await token(plane, 'joining')).who,
      node: await obtainIdentity(plane, 'joining-1'),
      'other node': await obtainIdentity(plane, 'joining-2'),
      admin: plane.superAdmin,
    };
    const requests = await handInAll(plane, who);
    const theirs = await collectKubernetesVerdicts(
      plane,
      requests.map(({ metadata }) => metadata.name),
    );
    const ours = collectOwnVerdicts(plane, requests);
    const found = Object.keys(CASES).flatMap((title, at) => {
      const [their, our] = [theirs[at], ours[at]].map((each) => (each === undefined ? '' : describeVerdict(each)));
      return their === our ? [] : [[title, `${their} | ${our}`]];
    });
    expect(Object.fromEntries(found)).toEqual(DIFFERENT);
    // With few requests of each verdict, the comparison would prove little.
    expect(theirs.filter(({ approved }) => approved).length).toBeGreaterThan(4);
    expect(theirs.filter(({ signed }) => !signed).length).toBeGreaterThan(4);
  });

  test('is rejected immediately if its signature is wrong', async (context) => {
    const plane = await controlPlane(context);
    const { pem } = await makeRequest({ subject: GOOD });
    const lines = pem.split('\n');
    const der = Buffer.from(lines.slice(1, -2).join(''), 'base64');
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
    const request = `${lines[0] ?? ''}\n${der.toString('base64')}\n${lines.at(-2) ?? ''}\n`;
    const asked = { name: 'forged', request, signerName: CLIENT_SIGNER, usages: CLIENT };
    const answer = await handIn(plane, plane.superAdmin, asked);
    expect(answer.status).toBe(422);
    const file = join(plane.folder, 'forged.json');
    const spec = { ...asked, request: Buffer.from(request).toString('base64') };
    writeFileSync(
      file,
      JSON.stringify({
        apiVersion: 'certificates.k8s.io/v1',
        kind: 'CertificateSigningRequest',
        metadata: { name: 'forged' },
        spec,
      }),
    );
    const verdict = JSON.parse(plane.arcwarden.run(['authority', 'judge-csr', file, '--json']).out) as {
      requests: { verdict: string; checks: { rule: string; outcome: string }[] }[];
    };
    expect(verdict.requests[0]?.verdict).toBe('deny');
    expect(verdict.requests[0]?.checks).toContainEqual(
      expect.objectContaining({ rule: 'signature', outcome: 'failed' }),
    );
  });
});

describe('the product’s answer to a request', () => {
  test('is accepted by the API server, whose controller signs the approved request', async (context) => {
    const plane = await controlPlane(context);
    await letJoin(plane);
    const node = await obtainIdentity(plane, 'joining-3');
    const { pem: request } = await makeRequest({
      subject: 'O=system:nodes, CN=system:node:joining-3',
      sans: [
        { type: 'dns', value: 'joining-3' },
        { type: 'ip', value: '10.0.0.33' },
      ],
    });
    const name = 'serving-for-us';
    await handIn(plane, node, { name, request, signerName: SERVING_SIGNER, usages: SERVER });
    const file = join(plane.folder, `${name}.yaml`);
    writeFileSync(file, plane.kubectl('super-admin', 'get', 'csr', name, '-o', 'yaml').out);
    const answered = join(plane.folder, `${name}-answered.json`);
    plane.run('authority', 'judge-csr', file, '--node', 'joining-3=10.0.0.33', '--out', answered);
    const raw = ['--raw', `${CSRS}/${name}/approval`, '-f', answered];
    expect(plane.kubectl('super-admin', 'replace', ...raw)).toMatchObject({ code: 0, notices: '' });
    const { status } = await waitForAnswer(plane, name);
    expect(status.conditions).toMatchObject([{ type: 'Approved', reason: 'ArcwardenApproved' }]);
    const certificate = new X509Certificate(Buffer.from(status.certificate ?? '', 'base64'));
    expect(certificate.subjectAltName).toBe('DNS:joining-3, IP Address:10.0.0.33');
  });

  test('gives a node a certificate that the API server accepts', async (context) => {
    const plane = await controlPlane(context);
    await letJoin(plane);
    const { who } = await token(plane, 'ours');
    const { pem: request, key } = await makeRequest({ subject: 'O=system:nodes, CN=system:node:joining-4' });
    const name = 'client-of-ours';
    const answer = await handIn(plane, who, { name, request, signerName: CLIENT_SIGNER, usages: CLIENT });
    const file = join(plane.folder, `${name}.json`);
    writeFileSync(file, answer.body);
    const signed = join(plane.folder, `${name}-signed.json`);
    const passphrase = join(plane.folder, 'passphrase');
    plane.run(
      'authority',
      'sign-csr',
      'ours',
      'kubelet-client',
      file,
      '--out',
      signed,
      '--passphrase-file',
      passphrase,
    );
    const { status } = JSON.parse(readFileSync(signed, 'utf8')) as Csr;
    const cert = Buffer.from(status.certificate ?? '', 'base64').toString('utf8');
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'joining-4' } };
    const made = await plane.request({ cert, key }, '/api/v1/nodes', { method: 'POST', body: node });
    expect(made.status, made.body).toBe(201);
  });

  test('adds a certificate from a custom signer to the request in the cluster', async (context) => {
    const plane = await controlPlane(context);
    const { pem: request, key } = await makeRequest({ subject: 'O=ops, CN=alice' });
    const name = 'alice';
    const asked = { name, request, signerName: 'contoso.example/people', usages: CLIENT };
    const answer = await handIn(plane, plane.superAdmin, asked);
    const file = join(plane.folder, `${name}.json`);
    writeFileSync(file, answer.body);
    const signed = join(plane.folder, `${name}-signed.json`);
    const passphrase = join(plane.folder, 'passphrase');
    // The profile lacks this group, so the command must allow the group explicitly.
    const words = ['--allow', 'ops', '--out', signed, '--passphrase-file', passphrase];
    plane.run('authority', 'sign-csr', 'ours', 'admin', file, ...words);
    for (const part of ['approval', 'status']) {
      const raw = ['--raw', `${CSRS}/${name}/${part}`, '-f', signed];
      expect(plane.kubectl('super-admin', 'replace', ...raw), part).toMatchObject({ code: 0, notices: '' });
    }
    const { status } = await csrNamed(plane, name);
    expect(status.conditions).toMatchObject([{ type: 'Approved', reason: 'ArcwardenSigned' }]);
    const cert = Buffer.from(status.certificate ?? '', 'base64').toString('utf8');
    const refused = await plane.request({ cert, key }, '/api/v1/nodes');
    expect(refused.status).toBe(403);
    expect(refused.body).toContain('User \\"alice\\"');
  });
});
