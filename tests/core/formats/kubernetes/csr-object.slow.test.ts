import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readCsrState, type CsrObject } from '../../../../core/shared/certificates/csr-object.ts';
import { instant } from '../../../../core/shared/instant.ts';
import { writeCsrObject, writeCsrObjects } from '../../../../core/formats/kubernetes/csr-object-writer.ts';
import { readCsrObjects, findRequest } from '../../../../core/formats/kubernetes/csr-object.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { leafCorpus, encodeCertificatePem } from '../../../support/certificates.ts';
import { testPorts } from '../../../support/ports.ts';
import {
  aClientObject,
  aRequest,
  APPROVED,
  aServingObject,
  NODE_USER,
  SERVING_TEMPLATE,
} from '../../../support/requests.ts';
import { measureCost } from '../../../support/cost.ts';

const ports = testPorts();
const [CERTIFICATE] = leafCorpus(1).map((der) => new TextEncoder().encode(encodeCertificatePem(der)));

let der: Uint8Array;
let base64: string;
beforeAll(async () => {
  der = aRequest(ports, await ports.keys.generate('p-256'), SERVING_TEMPLATE);
  base64 = Buffer.from(encodePem('CERTIFICATE REQUEST', der)).toString('base64');
});

const read = (text: string): CsrObject[] => readCsrObjects(text).objects.map(({ object }) => object);
const rules = (text: string): string[] => readCsrObjects(text).findings.map(({ rule }) => rule);

/** Returns the output of `kubectl get csr -o yaml`, with the fields that the server adds. */
const kubectlYaml = (): string => `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata:
  creationTimestamp: "2026-11-24T11:58:00Z"
  generateName: csr-
  name: csr-7hk2p
  resourceVersion: "812"
  uid: 5d8f6a0e-2b41-4c55-9d5c-0a4d7a3f6f10
spec:
  expirationSeconds: 345600
  extra:
    authentication.kubernetes.io/credential-id:
    - X509SHA256=ab
  groups:
  - system:nodes
  - system:authenticated
  request: ${base64}
  signerName: kubernetes.io/kubelet-serving
  uid: "17"
  usages:
  - digital signature
  - server auth
  username: ${NODE_USER}
status:
  conditions:
  - lastTransitionTime: "2026-11-24T11:58:30Z"
    lastUpdateTime: "2026-11-24T11:58:31Z"
    message: This CSR was approved by kubectl certificate approve.
    reason: KubectlApprove
    status: "True"
    type: Approved
`;

const makeKubectlObject = (): CsrObject => ({
  name: 'csr-7hk2p',
  createdAt: instant('2026-11-24T11:58:00Z'),
  request: new Uint8Array(Buffer.from(base64, 'base64')),
  signerName: 'kubernetes.io/kubelet-serving',
  usages: ['digital signature', 'server auth'],
  username: NODE_USER,
  uid: '17',
  groups: ['system:nodes', 'system:authenticated'],
  extra: { 'authentication.kubernetes.io/credential-id': ['X509SHA256=ab'] },
  expirationSeconds: 345_600,
  conditions: [
    {
      type: 'Approved',
      status: 'True',
      reason: 'KubectlApprove',
      message: 'This CSR was approved by kubectl certificate approve.',
      lastUpdateTime: instant('2026-11-24T11:58:31Z'),
      lastTransitionTime: instant('2026-11-24T11:58:30Z'),
    },
  ],
});

describe('reading', () => {
  test('an object as printed by kubectl is read completely', () => {
    const { objects, findings } = readCsrObjects(kubectlYaml());
    expect(findings).toEqual([]);
    expect(objects).toEqual([{ object: makeKubectlObject(), place: { line: 1, column: 1 } }]);
    expect(findRequest(makeKubectlObject())?.der).toEqual(der);
  });

  test('an object in JSON has the same result as in YAML', () => {
    expect(read(JSON.stringify(parse(kubectlYaml())))).toEqual([makeKubectlObject()]);
  });

  test('every object is read from a list, from an API list whose items have no kind, and from several documents', () => {
    const one: unknown = parse(kubectlYaml());
    const { kind: _, apiVersion: __, ...bare } = one as Record<string, unknown>;
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
    const list = { apiVersion: 'v1', kind: 'List', items: [one, pod, one] };
    const api = { apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequestList', items: [bare, bare] };
    expect(read(JSON.stringify(list))).toHaveLength(2);
    expect(read(JSON.stringify(api))).toEqual([makeKubectlObject(), makeKubectlObject()]);
    expect(read(`${kubectlYaml()}---\n${JSON.stringify(pod)}\n---\n${kubectlYaml()}`)).toHaveLength(2);
  });

  test('an invalid document does not hide the others', () => {
    const text = `a: [\n---\n${kubectlYaml()}`;
    expect(read(text)).toHaveLength(1);
    expect(rules(text)).toContain('yaml.invalid');
  });

  test.each([
    ['name', /^ {2}name: .*\n/mu, 'name'],
    ['signer', /^ {2}signerName: .*\n/mu, 'signerName'],
    ['request', /^ {2}request: .*\n/mu, 'request'],
  ])('an object without %s is omitted and reported, with its line', (_, line, field) => {
    const { objects, findings } = readCsrObjects(kubectlYaml().replace(line, ''));
    expect(objects).toEqual([]);
    expect(findings).toMatchObject([{ rule: 'csr-object.incomplete', params: { field } }]);
    expect(findings[0]?.place.line).toBeGreaterThan(0);
  });

  test.each<[string, (text: string) => string, string, number | undefined]>([
    ['a lifetime in quotes', (text) => text.replace('345600', '"345600"'), 'kubernetes.bad-number', 10],
    ['a lifetime of nine minutes', (text) => text.replace('345600', '599'), 'csr-object.expiration-too-short', 10],
    ['usages as text', (text) => text.replace(/usages:\n(?: {2}- .*\n)+/u, 'usages: a\n'), 'kubernetes.malformed', 20],
    ['an invalid time', (text) => text.replace('"2026-11-24T11:58:31Z"', '"24.11.2026"'), 'kubernetes.bad-time', 27],
    ['invalid Base64', (text) => text.replace(base64, `${base64.slice(0, 40)}*`), 'base64.damaged', 17],
    ['a repeated key', (text) => text.replace('  uid: "17"\n', '  uid: "17"\n  uid: "18"\n'), 'yaml.duplicate-key', 20],
  ])('%s is reported with its line', (_, change, rule, line) => {
    const { findings } = readCsrObjects(change(kubectlYaml()));
    const found = findings.find((finding) => finding.rule === rule);
    expect(found?.place.line).toBe(line);
  });

  test.each([
    ['ten minutes', '600'],
    ['a year', '31536000'],
  ])('a lifetime of %s is not reported', (_, seconds) => {
    expect(rules(kubectlYaml().replace('345600', seconds))).toEqual([]);
  });

  test('a request field that does not contain a request is reported', () => {
    const rulesForContent = (content: string): string[] =>
      rules(kubectlYaml().replace(base64, Buffer.from(content).toString('base64')));
    const pem = encodePem('CERTIFICATE REQUEST', der);
    expect(rulesForContent('nothing')).toEqual(['csr-object.not-pem']);
    expect(rulesForContent(encodePem('NEW CERTIFICATE REQUEST', der))).toEqual(['csr-object.pem-label']);
    expect(rulesForContent(pem + pem)).toEqual(['csr-object.several-requests']);
    expect(rulesForContent(encodePem('CERTIFICATE REQUEST', der.subarray(0, 90)))).toEqual([
      'request.unreadable',
      'der.truncated',
    ]);
  });
});

describe('writing', () => {
  const objects = (): CsrObject[] => [
    makeKubectlObject(),
    aClientObject(der),
    aServingObject(der, { conditions: [APPROVED], ...(CERTIFICATE && { certificate: CERTIFICATE }) }),
    aClientObject(der, { name: '123', username: 'true', extra: { __proto: [], 'a: b': ['', '~'] } }),
  ];

  test('a written object is read back without loss and written again without change', () => {
    for (const object of objects()) {
      const text = writeCsrObject(object);
      expect(readCsrObjects(text).findings).toEqual([]);
      expect(read(text)).toEqual([object]);
      expect(writeCsrObject(read(text)[0] ?? object)).toBe(text);
    }
    expect(read(writeCsrObjects(objects()))).toEqual(objects());
  });

  test('a written object equals kubectl’s output without the fields that only the API server sets', () => {
    const ours = writeCsrObject(makeKubectlObject());
    const dropped = /^ {2}(?:generateName|resourceVersion|uid): (?:csr-|"812"|5d8f.*)\n/gmu;
    expect(ours).toBe(kubectlYaml().replace(dropped, ''));
  });
});

test.each([
  ['nothing', 'pending', [], undefined],
  ['an approval', 'approved', ['Approved'], undefined],
  ['an approval and a certificate', 'issued', ['Approved'], CERTIFICATE],
  ['a denial', 'denied', ['Denied'], undefined],
  ['both answers', 'denied', ['Approved', 'Denied'], CERTIFICATE],
  ['a failure after approval', 'failed', ['Approved', 'Failed'], undefined],
] as const)('an object with %s has the state %s', (_, state, types, certificate) => {
  const conditions = types.map((type) => ({ type, status: 'True' }));
  const object = aClientObject(der, { conditions, ...(certificate && { certificate }) });
  expect(readCsrState(object)).toBe(state);
});

test('a condition whose status is not True has no effect', () => {
  const conditions = [{ type: 'Denied', status: 'False' }];
  expect(readCsrState(aClientObject(der, { conditions }))).toBe('pending');
});

describe('hostile manifests', () => {
  test('a damaged object never makes the reader throw', () => {
    const text = kubectlYaml();
    fc.assert(
      fc.property(fc.nat(), fc.string({ maxLength: 6 }), fc.nat(30), (at, inserted, dropped) => {
        const place = at % text.length;
        readCsrObjects(text.slice(0, place) + inserted + text.slice(place + dropped));
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ['ten megabytes', () => `${kubectlYaml()}# ${'a'.repeat(10_000_000)}`, 'yaml.too-large'],
    [
      'endless aliases',
      () =>
        `kind: List\na0: &a0 [x]\n${Array.from(
          { length: 9 },
          (_, at) => `a${at + 1}: &a${at + 1} [${Array<string>(9).fill(`*a${at}`).join(',')}]`,
        ).join('\n')}\nitems: []\n`,
      'yaml.alias-bomb',
    ],
    ['deep nesting', () => `kind: List\nitems: ${'['.repeat(100_000)}`, 'yaml.too-deep'],
    ['an alias for a request', () => 'kind: List\nitems:\n- &a {kind: List, items: [*a]}\n', 'yaml.alias-bomb'],
  ])('with %s are refused immediately', (_, build, rule) => {
    const text = build();
    const cost = measureCost(() => {
      const { objects, findings } = readCsrObjects(text);
      expect(objects).toEqual([]);
      expect(findings.map((finding) => finding.rule)).toContain(rule);
    });
    expect(cost).toBeLessThan(2_000);
  });
});
