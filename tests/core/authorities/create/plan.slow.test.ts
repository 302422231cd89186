import { beforeAll, describe, expect, test } from 'vitest';
import { planCreation } from '../../../../core/authorities/create/plan.ts';
import type { CreationPlan } from '../../../../core/authorities/create/creation-plan.ts';
import { DAY_MS, HOUR_MS, instantFromMs, epochMs } from '../../../../core/shared/instant.ts';
import { translator, type MessageKey } from '../../../../core/shared/text/text.ts';
import { TEST_NOW } from '../../../support/ports.ts';
import { create, DiskFiles, diskPorts, lines, OUT, PLACE, makeSpec } from './world.ts';

const SMALL = `${PLACE}certificates: [apiserver]\nkubeconfigs: [admin]\n`;

const translate = translator('en');

let made: Map<string, string>;
beforeAll(async () => {
  const ports = diskPorts();
  await create(ports, makeSpec(SMALL));
  made = await ports.files.content();
});

/** Returns a world in which `SMALL` was applied at `TEST_NOW`, modified for the test. */
function world(changes: Record<string, string | null> = {}, laterMs = 0) {
  const disk = new DiskFiles();
  for (const [path, content] of made) disk.put(path, content);
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) disk.drop(`${OUT}/${path}`);
    else disk.put(`${OUT}/${path}`, content);
  }
  const ports = diskPorts(disk);
  ports.clock.moment = instantFromMs(epochMs(TEST_NOW) + laterMs);
  return ports;
}

function part(path: string): string {
  return made.get(`${OUT}/${path}`) ?? '';
}

/** Returns severity, rule and values of each finding, and checks that its text is complete. */
function rules({ findings }: CreationPlan): string[] {
  return findings.map(({ rule, params, severity }) => {
    const text = translate(`finding.${rule}` as MessageKey, params);
    expect(text).not.toMatch(/[{}]|undefined/u);
    const values = Object.values(params ?? {}).map((value) => ` ${value}`);
    return `${severity} ${rule}${values.join('')}`;
  });
}

async function makePlan(text: string, ports = world()): Promise<CreationPlan> {
  const before = await ports.files.content();
  const plan = await planCreation(ports, makeSpec(text), OUT);
  expect(await ports.files.content()).toEqual(before);
  expect(JSON.stringify(plan)).not.toContain('PRIVATE KEY');
  return plan;
}

const CA = 'pki/ca.crt';
const SERVER = 'pki/apiserver.crt';
const CONF = 'admin.conf';
const KEPT = `keep matches ${CA}`;

describe('a certificate', () => {
  // A certificate is due once a quarter of its validity (four days and five minutes) is left.
  const dueMs = 4 * DAY_MS - (4 * DAY_MS + 5 * 60_000) / 4;
  test.each([
    ['valid', dueMs - 1_000, 'keep matches'],
    ['due for renewal', dueMs, 'remake expiring'],
    ['in its last second', 4 * DAY_MS, 'remake expiring'],
    ['expired', 4 * DAY_MS + 1_000, 'remake expired'],
    ['in its first second', -5 * 60_000, 'keep matches'],
    ['not yet valid', -5 * 60_000 - 1_000, 'blocked not-yet-valid'],
  ])('is kept, replaced or blocked depending on its validity: %s', async (_title, laterMs, expected) => {
    const plan = await makePlan(SMALL, world({}, laterMs));
    expect(lines(plan).slice(1)).toEqual([`${expected} ${SERVER}`, `${expected} ${CONF}`]);
  });

  test('is kept until its last second if nobody renews it', async () => {
    const text = `${PLACE}kubeconfigs: [super-admin]\n`;
    const ports = diskPorts();
    await create(ports, makeSpec(text));
    ports.clock.moment = instantFromMs(epochMs(TEST_NOW) + 4 * DAY_MS);
    expect(lines(await makePlan(text, ports))[1]).toBe('keep matches super-admin.conf');
    ports.clock.moment = instantFromMs(epochMs(TEST_NOW) + 4 * DAY_MS + 1_000);
    expect(lines(await makePlan(text, ports))[1]).toBe('remake expired super-admin.conf');
  });

  const NONE = 'no certificate at all';
  test.each([
    ['nothing', { [SERVER]: null, 'pki/apiserver.key': null }, 'create missing'],
    ['its key alone', { [SERVER]: null }, 'remake certificate-missing'],
    ['no key', { 'pki/apiserver.key': null }, 'remake key-missing'],
    ['text', { [SERVER]: NONE }, 'remake unreadable'],
    ['bytes that are not a certificate', { [SERVER]: pem('CERTIFICATE', 'MAA=') }, 'remake unreadable'],
    ['text in place of a key', { 'pki/apiserver.key': NONE }, 'remake key-unreadable'],
    ['an encrypted key', { 'pki/apiserver.key': pem('ENCRYPTED PRIVATE KEY', 'MAA=') }, 'remake key-unreadable'],
  ])('is created or replaced if its files contain %s', async (_title, changes, expected) => {
    const plan = await makePlan(SMALL, world(changes));
    expect(lines(plan)).toEqual([KEPT, `${expected} ${SERVER}`, `keep matches ${CONF}`]);
  });

  test('is replaced if its key belongs to another certificate', async () => {
    const plan = await makePlan(SMALL, world({ 'pki/apiserver.key': part('pki/ca.key') }));
    expect(lines(plan)[1]).toBe(`remake key-does-not-belong ${SERVER}`);
  });

  test('is replaced if its file contains another certificate', async () => {
    const text = `${PLACE}certificates: [apiserver, apiserver-kubelet-client]\n`;
    const changes = {
      'pki/apiserver-kubelet-client.crt': part(SERVER),
      'pki/apiserver-kubelet-client.key': part('pki/apiserver.key'),
    };
    expect(lines(await makePlan(text, world(changes)))[2]).toBe(
      'remake does-not-match pki/apiserver-kubelet-client.crt subject sans usages',
    );
  });

  const SERVER_ONLY = (fields: string, place = PLACE): string =>
    `${place}certificates: [{ profile: apiserver${fields} }]\n`;
  test.each([
    ['nothing new', '', ''],
    ['its own kind of key', ', keyAlgorithm: p-384', ''],
    ['another kind of key', ', keyAlgorithm: rsa-4096', 'key-algorithm'],
    ['one more name', ', dnsNames: [a.example]', 'sans'],
    ['one more address', ', ipAddresses: ["::1"]', 'sans'],
    ['a name that it has, in capitals', ', dnsNames: [KUBERNETES]', ''],
    ['another common name', ', name: a', 'subject'],
    ['a group', ', organizations: [a]', 'subject'],
    ['its own validity', ', validity: 4d', ''],
    ['its own validity in hours', ', validity: 96h', ''],
    ['another validity', ', validity: 5d', 'validity'],
  ])('is kept unless it differs from a specification that states %s', async (_title, fields, expected) => {
    const [, server] = lines(await makePlan(SERVER_ONLY(fields)));
    expect(server).toBe(expected === '' ? `keep matches ${SERVER}` : `remake does-not-match ${SERVER} ${expected}`);
  });

  test('is replaced if the specification is for another node, with other addresses', async () => {
    const other = PLACE.replace('cp-1', 'cp-2').replace('10.0.0.11', '10.0.0.12');
    expect(lines(await makePlan(SERVER_ONLY('', other)))[1]).toBe(`remake does-not-match ${SERVER} sans`);
  });
});

describe('the client certificate of the API server for etcd', () => {
  const ETCD_CLIENT = 'pki/apiserver-etcd-client.crt';
  const textFor = (issuer: string): string =>
    `${PLACE}certificates: [{ profile: apiserver-etcd-client, issuer: ${issuer} }, apiserver-kubelet-client, etcd-peer]\n`;
  const unasked = textFor('etcd-ca').replace(', issuer: etcd-ca', '');

  test.each([
    ['nothing', unasked, 'etcd-ca'],
    ['the etcd CA', textFor('etcd-ca'), 'etcd-ca'],
    ['the Cluster CA', textFor('cluster-ca'), 'cluster-ca'],
  ])('is kept and replaced by its CA if the specification asks for %s', async (_title, text, issuer) => {
    const ports = diskPorts();
    await create(ports, makeSpec(text));
    for (const [other, same] of [
      [unasked, issuer === 'etcd-ca'],
      [textFor('etcd-ca'), issuer === 'etcd-ca'],
      [textFor('cluster-ca'), issuer === 'cluster-ca'],
    ] as const) {
      const told = lines(await makePlan(other, ports)).filter((line) => !line.startsWith('keep '));
      expect(told).toEqual(same ? [] : [`remake issuer-changed ${ETCD_CLIENT}`]);
    }
  });

  test('under the Cluster CA comes with what etcd needs and the source, and is no reason for attention', async () => {
    const { findings, steps } = await makePlan(textFor('cluster-ca'), diskPorts());
    const path = `${OUT}/pki/ca.crt`;
    expect(steps.find((step) => step.path.endsWith(ETCD_CLIENT))?.issuer).toBe(path);
    expect(findings).toMatchObject([
      {
        rule: 'create.issuer-by-article',
        severity: 'notice',
        place: { path: `${OUT}/${ETCD_CLIENT}` },
        params: { authority: path },
        citation: { certainty: 'documented' },
      },
    ]);
    expect(translate('finding.create.issuer-by-article.remedy', { authority: path })).toContain(
      `--trusted-ca-file=${path}`,
    );
    expect((await makePlan(textFor('etcd-ca'), diskPorts())).findings).toEqual([]);
  });
});

describe('a kubeconfig', () => {
  const NEW_SERVER = SMALL.replace('admin]', "{ profile: admin, server: 'https://10.0.0.11' }]");
  test.each([
    ['another server', NEW_SERVER, {}, `remake does-not-match ${CONF} server`],
    [
      'another cluster',
      SMALL.replace('retail', 'east'),
      {},
      `remake does-not-match ${CONF} cluster certificate-authority`,
    ],
    [
      'another user',
      SMALL.replace('admin]', '{ profile: admin, name: mia }]'),
      {},
      `remake certificate-missing ${CONF}`,
    ],
    ['text that is not a kubeconfig', SMALL, { [CONF]: '- a\n' }, `remake unreadable ${CONF}`],
    ['no YAML', SMALL, { [CONF]: '{' }, `remake unreadable ${CONF}`],
    ['nothing', SMALL, { [CONF]: null }, `create missing ${CONF}`],
  ])('is created or replaced if it contains %s', async (_title, text, changes, expected) => {
    expect(lines(await makePlan(text, world(changes)))[2]).toBe(expected);
  });

  test('is kept if it contains more than requested', async () => {
    const more = part(CONF)
      .replace('contexts:\n', 'contexts:\n- { name: mine, context: { cluster: retail, user: x, namespace: y } }\n')
      .replace('users:\n', 'users:\n- { name: x, user: { token: t } }\n')
      .replace(/current-context: .*/u, 'current-context: mine');
    expect(lines(await makePlan(SMALL, world({ [CONF]: more })))[2]).toBe(`keep matches ${CONF}`);
  });

  test('is replaced if it trusts another CA', async () => {
    const bundle = part(CA) + part(SERVER);
    const plan = await makePlan(SMALL, world({ [CA]: bundle }));
    expect(lines(plan)[2]).toBe(`remake does-not-match ${CONF} certificate-authority`);
  });
});

describe('a CA', () => {
  const specWithCa = (entry: string): string => `${SMALL}authorities: [{ profile: cluster-ca${entry} }]\n`;
  const REMADE = [`remake issuer-changed ${SERVER}`, `remake issuer-changed ${CONF}`];
  const KEEP = [`keep matches ${SERVER}`, `keep matches ${CONF}`];

  test('invalidates its certificates once it has expired, which the plan states', async () => {
    const plan = await makePlan(SMALL, world({}, 3650 * DAY_MS + 1_000));
    expect(lines(plan)).toEqual([`remake expired ${CA}`, ...REMADE]);
    expect(rules(plan)).toEqual(['warning create.authority-remade 2 expired']);
  });

  test('invalidates its certificates if the specification changes it', async () => {
    const plan = await makePlan(specWithCa(', name: new-ca, keyAlgorithm: rsa-4096'));
    expect(lines(plan)).toEqual([`remake does-not-match ${CA} subject key-algorithm`, ...REMADE]);
    expect(rules(plan)).toEqual(['warning create.authority-remade 2 differs']);
  });

  test('is kept even if the specification as a whole requests another key type or validity', async () => {
    const plan = await makePlan(`keyAlgorithm: rsa-4096\n${specWithCa(', validity: 5y')}`);
    expect(lines(plan)[0]).toBe(KEPT);
    expect(lines(plan)[1]).toBe(`remake does-not-match ${SERVER} key-algorithm`);
  });

  test('without its key keeps its valid certificates and signs no new ones', async () => {
    const valid = await makePlan(SMALL, world({ 'pki/ca.key': null }));
    expect(lines(valid)).toEqual([`keep certificate-only ${CA}`, ...KEEP]);
    expect(valid.findings).toEqual([]);
    const plan = await makePlan(SMALL, world({ 'pki/ca.key': null, [CONF]: null }, 4 * DAY_MS));
    expect(lines(plan)).toEqual([
      `keep certificate-only ${CA}`,
      `blocked expiring ${SERVER}`,
      `blocked missing ${CONF}`,
    ]);
    expect(rules(plan)).toEqual(['error create.authority-without-key 2']);
  });

  test('is not replaced without its key, even if it has expired', async () => {
    const plan = await makePlan(SMALL, world({ 'pki/ca.key': null }, 3650 * DAY_MS + 1_000));
    expect(lines(plan)[0]).toBe(`blocked expired ${CA}`);
    expect(rules(plan)).toEqual(['error create.authority-unusable expired']);
  });

  test.each([
    ['missing', '', { [CA]: null, 'pki/ca.key': null }, 'missing', 'missing'],
    ['without its certificate', '', { [CA]: null }, 'certificate-missing', 'missing'],
    ['with another subject', ', name: x', {}, 'does-not-match', 'differs subject'],
    ['with another key', ', keyAlgorithm: rsa-4096', {}, 'does-not-match', 'differs key'],
    ['with another subject and key', ', name: x, keyAlgorithm: rsa-4096', {}, 'does-not-match', 'differs both'],
  ])(
    'blocks every certificate that it would sign if the specification requires the CA to exist and it is %s',
    async (_t, entry, changes, reason, rule) => {
      const plan = await makePlan(specWithCa(`, use: existing${entry}`), world({ ...changes, [CONF]: null }));
      expect(lines(plan)[0]).toMatch(new RegExp(`^blocked ${reason} ${CA}`, 'u'));
      expect(lines(plan)[2]).toBe(`blocked missing ${CONF}`);
      expect(rules(plan)).toEqual([`error create.authority-${rule}`]);
    },
  );

  test.each([
    ['a certificate that cannot be read', { [CA]: 'x' }, 'unreadable', 'unusable unreadable'],
    ['a certificate that is not a CA', { [CA]: 'SERVER' }, 'not-an-authority', 'unusable notAnAuthority'],
    [
      'an encrypted key',
      { 'pki/ca.key': pem('ENCRYPTED PRIVATE KEY', 'MAA=') },
      'key-unreadable',
      'key-unusable unreadable',
    ],
    ['the key of another certificate', { 'pki/ca.key': 'KEY' }, 'key-does-not-belong', 'key-unusable foreign'],
    ['only an unreadable key', { [CA]: null, 'pki/ca.key': 'x' }, 'key-unreadable', 'key-unusable unreadable'],
  ])('is left to the admin if its files contain %s', async (_title, changes, reason, rule) => {
    const real = Object.fromEntries(
      Object.entries(changes).map(([path, content]) => [
        path,
        content === 'SERVER' ? part(SERVER) : content === 'KEY' ? part('pki/apiserver.key') : content,
      ]),
    );
    const plan = await makePlan(SMALL, world({ ...real, [CONF]: null }));
    expect(lines(plan)[0]).toBe(`blocked ${reason} ${CA}`);
    expect(lines(plan)[2]).toBe(`blocked missing ${CONF}`);
    expect(rules(plan)).toEqual([`error create.authority-${rule}`]);
  });

  test('causes all certificates to be reissued if it is new', async () => {
    const plan = await makePlan(SMALL, world({ [CA]: null, 'pki/ca.key': null }));
    expect(lines(plan)).toEqual([`create missing ${CA}`, ...REMADE]);
  });

  test('with the same name but another key is not mistaken for the issuer of existing certificates', async () => {
    const other = diskPorts();
    await create(other, makeSpec(SMALL));
    const changes = {
      [CA]: await other.files.text(`${OUT}/${CA}`),
      'pki/ca.key': await other.files.text(`${OUT}/pki/ca.key`),
    };
    const plan = await makePlan(SMALL, world(changes));
    expect(lines(plan)).toEqual([KEPT, ...REMADE]);
  });

  test('is reported as unusable instead of restored if it has expired and cannot be replaced', async () => {
    const changes = { 'pki/ca.key': part('pki/apiserver.key'), 'pki/ca.key.previous': part('pki/ca.key') };
    const existing = specWithCa(', use: existing');
    const interrupted = await makePlan(existing, world(changes));
    expect(lines(interrupted)[0]).toBe(`restore interrupted ${CA}`);
    const plan = await makePlan(existing, world(changes, 3650 * DAY_MS + 1_000));
    expect(lines(plan)[0]).toBe(`blocked expired ${CA}`);
    expect(rules(plan)).toEqual(['error create.authority-unusable expired']);
  });

  test('does not shorten a certificate whose normal validity ends together with that of the CA', async () => {
    const plan = await makePlan(SMALL, world({}, (3650 - 4) * DAY_MS));
    expect(lines(plan)[1]).toBe(`remake expired ${SERVER}`);
    expect(plan.findings).toEqual([]);
  });

  test('shortens the certificates that it signs, with a warning, if it ends soon', async () => {
    const days = 3650 - 2;
    const plan = await makePlan(SMALL, world({}, days * DAY_MS));
    expect(lines(plan)).toEqual([KEPT, `remake expired ${SERVER}`, `remake expired ${CONF}`]);
    expect(rules(plan)).toEqual([`warning create.authority-ends-first ${plan.steps[0]?.present?.notAfter ?? ''} 2`]);
  });
});

describe('a joining node', () => {
  const WORKER = `${PLACE}bootstrapKubeconfig: { tokenFile: worker.token }\n`;
  const BOOTSTRAP = 'bootstrap-kubelet.conf';
  const worldWithToken = (token: string | null, changes: Record<string, string | null> = {}) => {
    const ports = world({ 'pki/ca.key': null, ...changes });
    if (token !== null) ports.files.put('/specs/worker.token', token);
    return ports;
  };
  const TOKEN = 'abcdef.0123456789abcdef\r\n';

  test('gets a kubeconfig made from its CA and token', async () => {
    const plan = await makePlan(WORKER, worldWithToken(TOKEN));
    expect(lines(plan)).toEqual([`keep certificate-only ${CA}`, `create missing ${BOOTSTRAP}`]);
    expect(plan.findings).toEqual([]);
    expect(JSON.stringify(plan)).not.toContain('0123456789abcdef');
  });

  test.each([
    ['missing', null, 'token-file-missing'],
    ['empty', '', 'token-file-malformed'],
    ['malformed', `${TOKEN}${TOKEN}`, 'token-file-malformed'],
    ['far too large', 'x'.repeat(300_000), 'token-file-malformed'],
  ])('cannot join if the token is %s', async (_title, token, rule) => {
    const plan = await makePlan(WORKER, worldWithToken(token));
    expect(lines(plan)[1]).toBe(`blocked missing ${BOOTSTRAP}`);
    expect(rules(plan)).toEqual([`error create.${rule}`]);
    expect(plan.findings[0]?.place.path).toBe('/specs/worker.token');
  });

  test('cannot join without the CA, and never creates one', async () => {
    const plan = await makePlan(WORKER, worldWithToken(TOKEN, { [CA]: null }));
    expect(lines(plan)).toEqual([`blocked missing ${CA}`, `blocked missing ${BOOTSTRAP}`]);
    expect(rules(plan)).toEqual(['error create.authority-missing']);
  });

  test('gets a warning about a CA key that it does not need', async () => {
    const ports = worldWithToken(TOKEN, { 'pki/ca.key': part('pki/ca.key') });
    expect(rules(await makePlan(WORKER, ports))).toEqual(['warning create.authority-key-not-needed']);
  });

  test('gets a new kubeconfig for a replaced CA', async () => {
    const text = `${WORKER}authorities: [cluster-ca]\n`;
    const ports = world();
    ports.files.put('/specs/worker.token', TOKEN);
    await create(ports, makeSpec(text));
    ports.clock.moment = instantFromMs(epochMs(TEST_NOW) + 3651 * DAY_MS);
    const plan = await makePlan(text, ports);
    expect(lines(plan)).toEqual([`remake expired ${CA}`, `remake issuer-changed ${BOOTSTRAP}`]);
    expect(rules(plan)).toEqual(['warning create.authority-remade 1 expired']);
    await create(ports, makeSpec(text));
    expect(lines(await makePlan(text, ports))[1]).toBe(`keep matches ${BOOTSTRAP}`);
  });

  test('gets a new kubeconfig for a new token', async () => {
    const ports = worldWithToken(TOKEN);
    await create(ports, makeSpec(WORKER));
    expect(lines(await makePlan(WORKER, ports))[1]).toBe(`keep matches ${BOOTSTRAP}`);
    ports.files.put('/specs/worker.token', 'abcdef.0123456789abcdeg');
    expect(lines(await makePlan(WORKER, ports))[1]).toBe(`remake does-not-match ${BOOTSTRAP}`);
  });
});

describe('the service account keys', () => {
  const text = 'serviceAccountKey: { keyAlgorithm: p-384 }\n';
  const KEY = 'pki/sa.key';
  const PUBLIC = 'pki/sa.pub';
  let pair: Record<string, string>;
  beforeAll(async () => {
    const ports = diskPorts();
    await create(ports, makeSpec(text));
    pair = { [KEY]: await ports.files.text(`${OUT}/${KEY}`), [PUBLIC]: await ports.files.text(`${OUT}/${PUBLIC}`) };
  });

  test.each([
    ['both keys', {}, 'keep matches', []],
    ['no keys', { [KEY]: null, [PUBLIC]: null }, 'create missing', []],
    ['only the private key', { [PUBLIC]: null }, 'create public-key-missing', []],
    ['the private key and another public key', { [PUBLIC]: 'x' }, 'remake key-does-not-belong', []],
    ['only the public key', { [KEY]: null }, 'remake key-missing', ['warning create.service-account-key-replaced']],
    [
      'an unreadable private key',
      { [KEY]: 'x' },
      'blocked key-unreadable',
      ['error create.service-account-key-unreadable'],
    ],
  ])('are kept, created or blocked depending on what exists: %s', async (_title, changes, expected, findings) => {
    const plan = await makePlan(text, world({ ...pair, ...changes }));
    expect(lines(plan)).toEqual([`${expected} ${KEY}`]);
    expect(rules(plan)).toEqual(findings);
  });

  test('are kept whatever key type the specification requests', async () => {
    const plan = await makePlan('keyAlgorithm: rsa-4096\nserviceAccountKey: true\n', world(pair));
    expect(lines(plan)).toEqual([`keep matches ${KEY}`]);
  });
});

test('a plan consists of plain data and describes the existing files', async () => {
  const plan = await makePlan(SMALL);
  expect(structuredClone(plan)).toEqual(plan);
  expect(plan.steps[1]).toMatchObject({
    kind: 'certificate',
    profile: 'apiserver',
    files: [`${OUT}/pki/apiserver.key`, `${OUT}/${SERVER}`],
    issuer: `${OUT}/${CA}`,
    present: { subject: 'CN=kube-apiserver', notAfter: instantFromMs(epochMs(TEST_NOW) + 4 * 24 * HOUR_MS) },
  });
});

test('planning fails if a file exists but cannot be opened', async () => {
  const ports = world();
  ports.files.lock(`${OUT}/${SERVER}`);
  await expect(planCreation(ports, makeSpec(SMALL), OUT)).rejects.toMatchObject({ code: 'file.not-readable' });
});

function pem(label: string, base64: string): string {
  return `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`;
}
