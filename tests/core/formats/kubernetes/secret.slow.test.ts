import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Found } from '../../../../core/formats/parsed-file.ts';
import { writeKubeconfig } from '../../../../core/formats/kubernetes/kubeconfig-writer.ts';
import { recognise } from '../../../../core/formats/recognise.ts';
import { writeYaml, type YamlValue } from '../../../../core/formats/yaml/yaml-writer.ts';
import { integer, leafCorpus, oid, sequence, encodeCertificatePem } from '../../../support/certificates.ts';
import { measureCost } from '../../../support/cost.ts';

const [LEAF = Buffer.alloc(0), ISSUER = Buffer.alloc(0), THIRD = Buffer.alloc(0)] = leafCorpus(3);
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEY = String(privateKey.export({ type: 'sec1', format: 'pem' }));
const b64 = (content: string | Uint8Array): string => Buffer.from(content).toString('base64');
const jwt = (claims: object): string =>
  [JSON.stringify({ alg: 'RS256' }), JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

interface SecretFields {
  type?: string;
  name?: string;
  namespace?: string;
  annotations?: Record<string, string>;
  data?: Record<string, string>;
  stringData?: Record<string, string>;
}

function aSecret({ type = 'Opaque', name = 'web', annotations, ...rest }: SecretFields): YamlValue {
  const { namespace = 'default', data, stringData } = rest;
  return {
    apiVersion: 'v1',
    data,
    kind: 'Secret',
    metadata: { annotations, creationTimestamp: '2026-11-20T08:00:00Z', name, namespace },
    stringData,
    type,
  };
}

const read = (text: string): Found => recognise(new TextEncoder().encode(text));
const readSecret = (fields: SecretFields): Found => read(writeYaml(aSecret(fields)));
const entries = (found: Found): string[] => found.certificates.map(({ entry }) => entry);

describe('a TLS Secret', () => {
  const fields = {
    type: 'kubernetes.io/tls',
    data: {
      'tls.crt': b64(encodeCertificatePem(LEAF) + encodeCertificatePem(ISSUER)),
      'tls.key': b64(KEY),
      'ca.crt': b64(encodeCertificatePem(THIRD)),
    },
  };

  test('is read as its chain, key and CA, each under the name of its field', () => {
    const found = readSecret(fields);
    expect([found.format, found.findings]).toEqual(['kubernetes', []]);
    expect(entries(found).sort()).toEqual(['data.ca.crt', 'data.tls.crt#1', 'data.tls.crt#2']);
    expect(found.keys).toMatchObject([{ entry: 'data.tls.key', keyPem: KEY }]);
    expect(found.certificates[0]).toMatchObject({
      line: 3,
      origin: { format: 'secret', part: 'certificate', secretType: 'kubernetes.io/tls', name: 'web' },
    });
  });

  test('has a key that is paired with the certificates of the chain, but not with the CA', () => {
    const found = readSecret(fields);
    const bound = found.certificates.filter(({ pair }) => pair === found.keys[0]?.pair);
    expect(bound.map(({ entry }) => entry)).toEqual(['data.tls.crt#1', 'data.tls.crt#2']);
  });

  test('is read from JSON with the same result', () => {
    const json = read(JSON.stringify(aSecret(fields)));
    expect(entries(json)).toEqual(entries(readSecret(fields)));
  });

  test('with plain text instead of Base64 is read as by the API server', () => {
    const found = readSecret({
      data: { 'tls.crt': b64('replaced'), 'ca.crt': b64(encodeCertificatePem(THIRD)) },
      stringData: { 'tls.crt': encodeCertificatePem(LEAF) },
    });
    expect(found.certificates.map(({ entry, der }) => [entry, Buffer.from(der)])).toEqual([
      ['stringData.tls.crt', LEAF],
      ['data.ca.crt', THIRD],
    ]);
  });
});

describe('an Opaque Secret', () => {
  test('is read value by value', () => {
    const kubeconfig = writeKubeconfig({
      clusterName: 'kubernetes',
      server: 'https://10.0.0.1:6443',
      certificateAuthorityPem: encodeCertificatePem(ISSUER),
      userName: 'admin',
      credentials: { certificatePem: encodeCertificatePem(LEAF), keyPem: KEY },
    });
    const login = `name: kvactl-a\ntoken: ${jwt({ exp: 1_800_000_000 })}\ncertificate: ${b64(encodeCertificatePem(THIRD))}\ncloudfqdn: ca.example.test\n`;
    const found = readSecret({
      data: { value: b64(kubeconfig), login: b64(login), der: b64(LEAF), password: b64('geheim-1234'), empty: '' },
    });
    expect(found.findings).toEqual([]);
    expect(entries(found)).toEqual([
      'data.value.clusters[kubernetes].certificate-authority-data',
      'data.value.users[admin].client-certificate-data',
      'data.login.certificate',
      'data.der',
    ]);
    expect(found.certificates.map(({ origin }) => origin.format)).toEqual([
      'kubeconfig',
      'kubeconfig',
      'login-file',
      'secret',
    ]);
    expect(found.certificates[0]?.origin).toMatchObject({ within: 'data.value' });
    expect(found.tokens).toMatchObject([{ entry: 'data.login.token' }]);
    expect(found.keys[0]?.pair).toBe(found.certificates[1]?.pair);
    expect(JSON.stringify(found)).not.toContain('geheim');
  });

  test('with only a password contains no credential and causes no finding', () => {
    const found = readSecret({ data: { password: b64('geheim-1234') } });
    expect(found).toMatchObject({ format: 'nothing', findings: [] });
  });

  test('with only a JWT contains a token that belongs to the subject of the JWT', () => {
    const subject = 'system:serviceaccount:monitoring:prometheus';
    const token = jwt({ sub: subject, exp: 1_800_000_000 });
    const found = readSecret({ data: { bearer: b64(token) } });
    expect(found.tokens).toMatchObject([
      { entry: 'data.bearer', origin: { format: 'secret', part: 'token', userName: subject } },
    ]);
    expect(JSON.stringify(found)).not.toContain(token);
  });

  test('with a PFX is read as an unopened PFX under the name of its field', () => {
    const pfx = sequence(integer('03'), sequence(oid('1.2.840.113549.1.7.1')));
    const found = readSecret({ data: { 'keystore.p12': b64(pfx) } });
    expect(found.containers).toMatchObject([
      { entry: 'data.keystore.p12', line: 3, origin: { format: 'secret', name: 'web' } },
    ]);
    expect(Buffer.from(found.containers[0]?.der ?? [])).toEqual(pfx);
  });

  test('assigns each of several keys to the certificate of the same name', () => {
    const found = readSecret({
      data: {
        'etcd.crt': b64(encodeCertificatePem(LEAF)),
        'etcd.key': b64(KEY),
        'front-cert.pem': b64(encodeCertificatePem(ISSUER)),
        'front-key.pem': b64(KEY),
      },
    });
    const pairs = (list: { entry: string; pair?: string }[]): Record<string, string | undefined> =>
      Object.fromEntries(list.map(({ entry, pair }) => [entry, pair]));
    const keys = pairs(found.keys);
    const certificates = pairs(found.certificates);
    expect(keys['data.etcd.key']).toBe(certificates['data.etcd.crt']);
    expect(keys['data.front-key.pem']).toBe(certificates['data.front-cert.pem']);
    expect(keys['data.etcd.key']).not.toBe(keys['data.front-key.pem']);
  });

  test('in the value of another Secret is not read', () => {
    const inner = writeYaml(aSecret({ data: { 'tls.crt': b64(encodeCertificatePem(LEAF)) } }));
    expect(readSecret({ data: { inner: b64(inner) } }).certificates).toEqual([]);
  });
});

describe('a service account token', () => {
  const fields = {
    type: 'kubernetes.io/service-account-token',
    namespace: 'kube-system',
    annotations: { 'kubernetes.io/service-account.name': 'cloud-operator' },
    data: { 'ca.crt': b64(encodeCertificatePem(ISSUER)), namespace: b64('kube-system') },
  };

  test('has the name of its account, and the CA that it trusts', () => {
    const token = jwt({ iss: 'kubernetes/serviceaccount', sub: 'other' });
    const found = readSecret({ ...fields, data: { ...fields.data, token: b64(token) } });
    expect(found.tokens).toMatchObject([
      {
        entry: 'data.token',
        origin: { userName: 'system:serviceaccount:kube-system:cloud-operator', part: 'token' },
        token: { form: 'jwt', issuer: 'kubernetes/serviceaccount' },
      },
    ]);
    expect(found.certificates).toMatchObject([{ origin: { part: 'certificate-authority' } }]);
    expect(JSON.stringify(found)).not.toContain(token);
  });

  test('with an invalid time is reported', () => {
    const found = readSecret({ ...fields, data: { token: b64(jwt({ exp: 'never' })) } });
    expect(found.findings).toMatchObject([{ rule: 'token.bad-time', place: { entry: 'data.token', line: 3 } }]);
  });
});

describe('a bootstrap token', () => {
  const SECRET = '0123456789abcdef';
  const fields = {
    type: 'bootstrap.kubernetes.io/token',
    name: 'bootstrap-token-07401b',
    namespace: 'kube-system',
    stringData: {
      'token-id': '07401b',
      'token-secret': SECRET,
      expiration: '2026-11-25T12:00:00Z',
      'usage-bootstrap-authentication': 'true',
      'auth-extra-groups': 'system:bootstrappers:worker,system:bootstrappers:ingress',
    },
  };
  const readChanged = (changes: Record<string, string>): Found =>
    readSecret({ ...fields, stringData: { ...fields.stringData, ...changes } });

  test('has its ID and is valid from its Secret’s creation to its expiration, and its text is not in the result', () => {
    const found = readSecret(fields);
    expect(found.findings).toEqual([]);
    expect(found.tokens).toMatchObject([
      {
        entry: 'stringData.token-secret',
        origin: { userName: 'system:bootstrap:07401b' },
        token: {
          form: 'opaque',
          subject: 'system:bootstrap:07401b',
          notBefore: '2026-11-20T08:00:00Z',
          notAfter: '2026-11-25T12:00:00Z',
        },
      },
    ]);
    const { identity, ...rest } = found.tokens[0]?.token ?? {};
    expect(identity).toBeDefined();
    expect(JSON.stringify({ ...found, tokens: [rest] })).not.toContain(SECRET);
  });

  test('is identified as the same token in a bootstrap kubeconfig', () => {
    const kubeconfig = read(
      writeKubeconfig({
        clusterName: 'a',
        server: 'https://a:6443',
        certificateAuthorityPem: encodeCertificatePem(ISSUER),
        userName: 'u',
        credentials: { token: `07401b.${SECRET}` },
      }),
    );
    const [inFile] = kubeconfig.tokens;
    expect(inFile?.token.identity).toEqual(readSecret(fields).tokens[0]?.token.identity);
  });

  test.each<[string, Record<string, string>, string]>([
    ['an ID of five characters', { 'token-id': '07401' }, 'bootstrap-token.malformed'],
    ['capital letters', { 'token-secret': SECRET.toUpperCase() }, 'bootstrap-token.malformed'],
    ['a secret of 17 characters', { 'token-secret': `${SECRET}0` }, 'bootstrap-token.malformed'],
    ['an invalid expiration', { expiration: 'tomorrow' }, 'bootstrap-token.bad-expiration'],
    ['another group', { 'auth-extra-groups': 'system:masters' }, 'bootstrap-token.bad-group'],
    [
      'one wrong group among good ones',
      { 'auth-extra-groups': 'system:bootstrappers:a,system:bootstrappers:' },
      'bootstrap-token.bad-group',
    ],
  ])('with %s is rejected, as by the API server', (_, changes, rule) => {
    const found = readChanged(changes);
    expect(found.tokens).toEqual([]);
    expect(found.findings).toMatchObject([{ rule, severity: 'error' }]);
    expect(JSON.stringify(found.findings)).not.toContain(SECRET);
  });

  test.each([
    ['name', { name: 'my-token' }],
    ['namespace', { namespace: 'default' }],
  ])('in a Secret with the wrong %s is read and reported', (_, place) => {
    const found = readSecret({ ...fields, ...place });
    expect(found.tokens).toHaveLength(1);
    expect(found.findings.map(({ rule }) => rule)).toEqual(['bootstrap-token.misplaced']);
  });

  test('with an unquoted ID of digits is read, with a warning', () => {
    const text = writeYaml(aSecret(fields))
      .replaceAll('"07401b"', '123456')
      .replace('bootstrap-token-07401b', 'bootstrap-token-123456');
    const found = read(text);
    expect(found.tokens).toMatchObject([{ origin: { userName: 'system:bootstrap:123456' } }]);
    expect(found.findings.map(({ rule }) => rule)).toContain('yaml.number-as-text');
  });
});

describe('several objects in one file', () => {
  const tls = (name: string, namespace: string, der: Buffer): YamlValue =>
    aSecret({ type: 'kubernetes.io/tls', name, namespace, data: { 'tls.crt': b64(encodeCertificatePem(der)) } });
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' } };
  const named = ['items[a/web].data.tls.crt', 'items[b/web].data.tls.crt', 'items[b/web][3].data.tls.crt'];
  const objects = [tls('web', 'a', LEAF), pod, tls('web', 'b', ISSUER), tls('web', 'b', THIRD)];

  test('are distinguished by namespace and name, in separate documents or in a list', () => {
    expect(entries(read(objects.map(writeYaml).join('---\n')))).toEqual(named);
    const list = { apiVersion: 'v1', items: objects, kind: 'List' };
    expect(entries(read(writeYaml(list)))).toEqual(named);
    expect(entries(read(JSON.stringify(list)))).toEqual(named);
  });

  test('are read as Secrets if only their SecretList states the kind', () => {
    const items = [
      { metadata: { name: 'a' }, data: { 'tls.crt': b64(encodeCertificatePem(LEAF)) } },
      { metadata: { name: 'b' }, data: { 'tls.crt': b64(encodeCertificatePem(ISSUER)) } },
    ];
    const found = read(JSON.stringify({ kind: 'SecretList', apiVersion: 'v1', items }));
    expect(entries(found)).toEqual(['items[a].data.tls.crt', 'items[b].data.tls.crt']);
  });

  test('are still found beside an invalid document, which is reported', () => {
    const text = `kind: Secret\ndata: [\n---\n${writeYaml(objects[0] ?? {})}`;
    const found = read(text);
    expect(found.certificates).toHaveLength(1);
    expect(found.findings.map(({ rule }) => rule)).toContain('yaml.invalid');
  });

  test('contain no credentials if they only mention Secrets', () => {
    const external = {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      spec: { target: { template: { kind: 'Secret', data: { a: 'b' } } } },
    };
    const text = [external, pod].map(writeYaml).join('---\n');
    expect(read(text)).toMatchObject({ format: 'nothing', findings: [] });
  });
});

describe('damaged and hostile Secrets', () => {
  test('cause a finding with the line of each value that is not Base64, and their other values are read', () => {
    const found = readSecret({ data: { 'a.crt': '*', 'b.crt': b64(encodeCertificatePem(LEAF)) } });
    expect(entries(found)).toEqual(['data.b.crt']);
    expect(found.findings).toMatchObject([{ rule: 'base64.damaged', place: { entry: 'data.a.crt', line: 3 } }]);
  });

  test('cause a finding at the field of a value that contains a fault', () => {
    const found = readSecret({ data: { 'tls.crt': b64('-----BEGIN CERTIFICATE-----\n*\n') } });
    expect(found.findings).toMatchObject([{ rule: 'pem.not-closed', place: { entry: 'data.tls.crt', line: 3 } }]);
  });

  test('cause a finding for each field of the wrong type', () => {
    const found = read('kind: Secret\napiVersion: v1\ndata: [a]\nstringData:\n  b: {c: d}\n');
    expect(found.findings.map(({ rule }) => rule).sort()).toEqual(['kubernetes.malformed', 'yaml.not-text']);
  });

  test('never make the reader throw', () => {
    const text = writeYaml(aSecret({ data: { 'tls.crt': b64(encodeCertificatePem(LEAF)), 'tls.key': b64(KEY) } }));
    fc.assert(
      fc.property(fc.nat(), fc.string({ maxLength: 6 }), fc.nat(30), (at, inserted, dropped) => {
        const place = at % text.length;
        read(text.slice(0, place) + inserted + text.slice(place + dropped));
      }),
      { numRuns: 30 },
    );
  });

  test('with two thousand invalid values are read quickly, and most findings are only counted', () => {
    const data = Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`k${at}`, '*']));
    const cost = measureCost(() => {
      const { findings } = readSecret({ data });
      expect(findings.length).toBeLessThan(300);
      expect(findings.at(-1)).toMatchObject({ rule: 'file.more-findings' });
    });
    expect(cost).toBeLessThan(2_500);
  });
});
