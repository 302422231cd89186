import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { isStrongKey } from '../../../../core/pki/approve/request-rules.ts';
import { judgeRequest, signerObjections, addVerdict } from '../../../../core/pki/approve/approver.ts';
import {
  APPROVAL_RULES,
  type ApprovalCheck,
  type ApprovalContext,
  type ApprovalRule,
  type Judgement,
} from '../../../../core/pki/model/approval.ts';
import { readCsrState, type CsrObject } from '../../../../core/shared/certificates/csr-object.ts';
import type { RequestTemplate } from '../../../../core/formats/x509/csr-writer.ts';
import { decodeRequest } from '../../../../core/formats/x509/csr.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { translator, type MessageKey } from '../../../../core/shared/text/text.ts';
import type { PrivateKey } from '../../../../core/shared/ports.ts';
import { extension, integer, relativeName, sequence, text } from '../../../support/certificates.ts';
import { TEST_NOW, testPorts } from '../../../support/ports.ts';
import {
  aClientObject,
  aRequest,
  buildRequest,
  aServingObject,
  extensionRequest,
  KUBELET_TEMPLATE,
  NODE,
  NODE_USER,
  SERVING_TEMPLATE,
  addSignature,
} from '../../../support/requests.ts';
import { measureCost } from '../../../support/cost.ts';

const ports = testPorts();
const DAY = 86_400;
const CONTEXT: ApprovalContext = {
  nodes: [
    { name: NODE, dnsNames: [`${NODE}.contoso.example`], addresses: ['10.0.0.21', 'FD00::21'] },
    { name: 'retail-east-worker-2', dnsNames: [], addresses: ['10.0.0.22'] },
  ],
  longestSeconds: 4 * DAY,
};

let key: PrivateKey;
let weak: PrivateKey | undefined;
beforeAll(async () => {
  key = await ports.keys.generate('p-256');
  // The engine generates no key this short.
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  weak = ports.keys.read(String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
});

type Changes = Partial<CsrObject> & { template?: Partial<RequestTemplate>; der?: Uint8Array };

function client({ template, der, ...changes }: Changes = {}): CsrObject {
  const made = der ?? aRequest(ports, key, { ...KUBELET_TEMPLATE, ...template });
  return aClientObject(made, changes);
}

function makeServingObject({ template, der, ...changes }: Changes = {}): CsrObject {
  const made = der ?? aRequest(ports, key, { ...SERVING_TEMPLATE, ...template });
  return aServingObject(made, changes);
}

const judge = (object: CsrObject, context = CONTEXT): Judgement => judgeRequest(ports, { object, context });
const listFailed = (judgement: Judgement): ApprovalRule[] =>
  judgement.checks.filter(({ outcome }) => outcome === 'failed').map(({ rule }) => rule);
const san = (...names: [tag: number, value: string][]): Buffer =>
  buildRequest({
    attributes: [extensionRequest(extension('2.5.29.17', sequence(...names.map(([tag, value]) => text(tag, value)))))],
  });

describe('a correct request is approved', () => {
  test.each<[string, () => CsrObject]>([
    ['a first client certificate', () => client()],
    ['a renewal by the node itself', () => client({ username: NODE_USER, groups: ['system:nodes'] })],
    ['a serving certificate', () => makeServingObject()],
    [
      'an RSA kubelet, which also enciphers keys',
      () => client({ usages: ['client auth', 'key encipherment', 'digital signature'] }),
    ],
    ['serving by a name alone', () => makeServingObject({ template: { sans: { dns: [NODE], ip: [] } } })],
    ['serving by an address alone', () => makeServingObject({ template: { sans: { dns: [], ip: ['10.0.0.21'] } } })],
  ])('%s', (_, object) => {
    const judgement = judge(object());
    expect(listFailed(judgement)).toEqual([]);
    expect(judgement.verdict).toBe('approve');
  });
});

interface Row {
  good: [string, () => CsrObject][];
  /** Objects that fail the rule. Their verdict is `deny`, or `verdict` if given. */
  bad: [string, () => CsrObject][];
  verdict?: 'ignore';
  /** Other rules that these objects may fail. */
  also?: ApprovalRule[];
}

const changeSubject = (commonName: string, organizations: readonly string[]): Changes => ({
  template: { subject: { commonName, organizations } },
});

/** Every rule, with objects that only just pass and only just fail. */
const TABLE: Record<ApprovalRule, Row> = {
  undecided: {
    good: [['a condition that does not hold', () => client({ conditions: [{ type: 'Denied', status: 'False' }] })]],
    bad: [
      ['an approval', () => client({ conditions: [{ type: 'Approved', status: 'True' }] })],
      ['a denial', () => makeServingObject({ conditions: [{ type: 'Denied', status: 'True' }] })],
      ['a failure', () => makeServingObject({ conditions: [{ type: 'Failed', status: 'True' }] })],
      ['a certificate', () => client({ certificate: new Uint8Array(1) })],
    ],
    verdict: 'ignore',
  },
  signer: {
    good: [['the serving signer', () => makeServingObject()]],
    bad: [
      ['the signer of other clients', () => client({ signerName: 'kubernetes.io/kube-apiserver-client' })],
      ['a longer name', () => client({ signerName: 'kubernetes.io/kubelet-serving2' })],
      ['another case', () => client({ signerName: 'Kubernetes.io/kubelet-serving' })],
      ['none', () => client({ signerName: '' })],
    ],
    verdict: 'ignore',
  },
  usages: {
    good: [
      [
        'the three usages of an RSA key',
        () => makeServingObject({ usages: ['server auth', 'key encipherment', 'digital signature'] }),
      ],
      ['one usage twice', () => client({ usages: ['client auth', 'client auth', 'digital signature'] })],
    ],
    bad: [
      ['client auth alone', () => client({ usages: ['client auth'] })],
      ['both purposes', () => client({ usages: ['digital signature', 'client auth', 'server auth'] })],
      ['the purpose of a server', () => client({ usages: ['digital signature', 'server auth'] })],
      [
        'cert sign in addition to the right usages',
        () => makeServingObject({ usages: ['digital signature', 'server auth', 'cert sign'] }),
      ],
      ['none', () => makeServingObject({ usages: [] })],
    ],
  },
  lifetime: {
    good: [
      ['exactly the shortest', () => client({ expirationSeconds: 600 })],
      ['exactly the longest', () => makeServingObject({ expirationSeconds: 4 * DAY })],
      ['none asked for', () => makeServingObject()],
    ],
    bad: [
      ['one second too short', () => client({ expirationSeconds: 599 })],
      ['one second too long', () => makeServingObject({ expirationSeconds: 4 * DAY + 1 })],
      ['a negative one', () => client({ expirationSeconds: -1 })],
    ],
  },
  'requester-node': {
    good: [['further groups', () => makeServingObject({ groups: ['a', 'system:nodes'] })]],
    bad: [
      ['another node', () => makeServingObject({ username: 'system:node:retail-east-worker-2' })],
      [
        'a bootstrap token',
        () => makeServingObject({ username: 'system:bootstrap:07401b', groups: ['system:bootstrappers'] }),
      ],
      ['the right name without the group', () => makeServingObject({ groups: ['system:authenticated'] })],
      ['nobody', () => ({ ...makeServingObject(), username: '' })],
    ],
  },
  'requester-client': {
    good: [
      ['a token file’s user in the group', () => client({ username: 'kubelet-bootstrap' })],
      ['the node itself', () => client({ username: NODE_USER, groups: ['system:nodes'] })],
    ],
    bad: [
      ['another node', () => client({ username: 'system:node:b', groups: ['system:nodes'] })],
      ['the right name without the group', () => client({ username: NODE_USER, groups: [] })],
      ['a group that only begins with the right name', () => client({ groups: ['system:bootstrappers:worker'] })],
      ['an admin', () => client({ username: 'kubernetes-admin', groups: ['system:masters'] })],
    ],
  },
  'request-readable': {
    good: [
      [
        'another label',
        () => ({
          ...client(),
          request: new TextEncoder().encode(encodePem('NEW CERTIFICATE REQUEST', aRequest(ports, key))),
        }),
      ],
    ],
    bad: [
      ['no PEM', () => ({ ...client(), request: new Uint8Array(9) })],
      ['a truncated request', () => client({ der: aRequest(ports, key).subarray(0, 80) })],
      ['two lists of names', () => makeServingObject({ der: twoLists() })],
      ['a signature with an incomplete byte', () => client({ der: unevenSignature() })],
      ['a negative version', () => client({ der: buildRequest({ version: integer('ff') }) })],
    ],
    also: ['signature', 'common-name', 'organization', 'requester-node', 'sans-present'],
  },
  signature: {
    good: [['its own key', () => client()]],
    bad: [
      ['one changed bit', () => client({ der: flipLastBit(aRequest(ports, key)) })],
      ['a made-up one', () => client({ der: buildRequest() })],
    ],
    also: ['common-name', 'organization'],
  },
  'common-name': {
    good: [
      ['a name with dots', () => client(changeSubject('system:node:a.contoso.example', ['system:nodes']))],
      ['the shortest name', () => client(changeSubject('system:node:a', ['system:nodes']))],
    ],
    bad: [
      ['no node', () => client(changeSubject('system:node:', ['system:nodes']))],
      ['capital letters', () => client(changeSubject('system:node:A', ['system:nodes']))],
      ['another user', () => client(changeSubject('system:kube-scheduler', ['system:nodes']))],
      ['the prefix in the middle', () => client(changeSubject('x-system:node:a', ['system:nodes']))],
      ['a line end', () => client(changeSubject('system:node:a\n', ['system:nodes']))],
      ['none', () => client(changeSubject('', ['system:nodes']))],
      ['two names, of which other parsers may read the second', () => client({ der: twoNames() })],
    ],
  },
  organization: {
    good: [['system:nodes', () => client()]],
    bad: [
      ['none', () => client(changeSubject(NODE_USER, []))],
      ['masters beside it', () => client(changeSubject(NODE_USER, ['system:nodes', 'system:masters']))],
      ['masters alone', () => client(changeSubject(NODE_USER, ['system:masters']))],
      ['another case', () => client(changeSubject(NODE_USER, ['System:nodes']))],
      ['it twice', () => client(changeSubject(NODE_USER, ['system:nodes', 'system:nodes']))],
    ],
  },
  'no-authority': {
    good: [
      [
        'basic constraints that say no',
        () => client({ template: { otherExtensions: [{ oid: '2.5.29.19', critical: true, value: sequence() }] } }),
      ],
    ],
    bad: [
      [
        'basic constraints that say yes',
        () =>
          client({
            template: {
              otherExtensions: [{ oid: '2.5.29.19', critical: true, value: sequence(Buffer.from('0101ff', 'hex')) }],
            },
          }),
      ],
      ['the usage of a CA', () => client({ template: { keyUsage: ['keyCertSign'] } })],
    ],
  },
  'key-strength': {
    good: [['P-256', () => client()]],
    bad: [['RSA 1024', () => client({ der: aRequest(ports, weakKey()) })]],
  },
  'sans-absent': {
    good: [['no names', () => client()]],
    bad: [
      ['a DNS name', () => client({ template: { sans: { dns: [NODE], ip: [] } } })],
      ['an address', () => client({ template: { sans: { dns: [], ip: ['10.0.0.21'] } } })],
      [
        'an empty list',
        () => client({ template: { otherExtensions: [{ oid: '2.5.29.17', critical: false, value: sequence() }] } }),
      ],
    ],
  },
  'sans-present': {
    good: [['one address', () => makeServingObject({ template: { sans: { dns: [], ip: ['10.0.0.21'] } } })]],
    bad: [['none', () => makeServingObject({ template: { sans: { dns: [], ip: [] } } })]],
  },
  'sans-kinds': {
    good: [['a name and an address', () => makeServingObject()]],
    bad: [
      ['an e-mail address', () => makeServingObject({ der: san([0x82, NODE], [0x81, 'a@example.test']) })],
      ['a URI', () => makeServingObject({ der: san([0x82, NODE], [0x86, 'spiffe://cluster.local/a']) })],
    ],
    also: ['signature', 'common-name', 'organization', 'requester-node'],
  },
  'node-known': {
    good: [['a known one', () => makeServingObject()]],
    bad: [
      [
        'another one',
        () =>
          makeServingObject({
            username: 'system:node:new',
            template: {
              subject: { commonName: 'system:node:new', organizations: ['system:nodes'] },
              sans: { dns: ['new'], ip: [] },
            },
          }),
      ],
    ],
    verdict: 'ignore',
  },
  'san-names': {
    good: [
      [
        'its other name in another case',
        () => makeServingObject({ template: { sans: { dns: [`${NODE}.Contoso.Example`], ip: [] } } }),
      ],
    ],
    bad: [
      [
        'the API server',
        () => makeServingObject({ template: { sans: { dns: [NODE, 'kubernetes.default.svc'], ip: [] } } }),
      ],
      [
        'a name that only begins with the right name',
        () => makeServingObject({ template: { sans: { dns: [`${NODE}.evil.example`], ip: [] } } }),
      ],
      ['a wildcard', () => makeServingObject({ template: { sans: { dns: ['*'], ip: [] } } })],
      ['another node', () => makeServingObject({ template: { sans: { dns: ['retail-east-worker-2'], ip: [] } } })],
    ],
  },
  'san-addresses': {
    good: [
      [
        'its IPv6 address in another notation',
        () => makeServingObject({ template: { sans: { dns: [], ip: ['fd00:0:0::21'] } } }),
      ],
    ],
    bad: [
      [
        'the address of another node',
        () => makeServingObject({ template: { sans: { dns: [NODE], ip: ['10.0.0.22'] } } }),
      ],
      [
        'an address that differs in one bit',
        () => makeServingObject({ template: { sans: { dns: [], ip: ['10.0.0.21', '10.0.0.20'] } } }),
      ],
      [
        'its IPv4 address mapped to IPv6',
        () => makeServingObject({ template: { sans: { dns: [], ip: ['::ffff:10.0.0.21'] } } }),
      ],
    ],
  },
};

function twoNames(): Uint8Array {
  const subject = sequence(
    relativeName('2.5.4.10', text(0x0c, 'system:nodes')),
    relativeName('2.5.4.3', text(0x0c, NODE_USER)),
    relativeName('2.5.4.3', text(0x0c, 'kubernetes-admin')),
  );
  return addSignature(ports, key, buildRequest({ subject, key: Buffer.from(key.spki) }));
}

/** Makes a request whose signature has an invalid count of unused bits: 9. */
function unevenSignature(): Uint8Array {
  const der = new Uint8Array(aRequest(ports, key));
  const decoded = decodeRequest(der);
  if (decoded.ok) der[decoded.request.signature.offset - 1] = 9;
  return der;
}

function twoLists(): Buffer {
  const names = (name: string): Buffer => extension('2.5.29.17', sequence(text(0x82, name)));
  return buildRequest({ attributes: [extensionRequest(names(NODE), names('kubernetes'))] });
}

function flipLastBit(der: Uint8Array): Uint8Array {
  const changed = new Uint8Array(der);
  changed[der.length - 1] = (changed[der.length - 1] ?? 0) ^ 1;
  return changed;
}

function weakKey(): PrivateKey {
  if (weak === undefined) throw new Error('no key of 1024 bits was made');
  return weak;
}

const cases = (outcome: 'good' | 'bad'): [ApprovalRule, string, () => CsrObject][] =>
  APPROVAL_RULES.flatMap((rule) =>
    TABLE[rule][outcome].map(([what, object]): [ApprovalRule, string, () => CsrObject] => [rule, what, object]),
  );

test.each(cases('good'))('%s passes with %s', (rule, _, object) => {
  const check = judge(object()).checks.find((one) => one.rule === rule);
  expect(check?.outcome).toBe('passed');
});

test.each(cases('bad'))('%s fails with %s', (rule, _, object) => {
  const judgement = judge(object());
  const { verdict = 'deny', also = [] } = TABLE[rule];
  expect(listFailed(judgement)).toContain(rule);
  expect(listFailed(judgement).filter((other) => other !== rule && !also.includes(other))).toEqual([]);
  expect(judgement.verdict).toBe(verdict);
});

test.each([
  ['RSA', { bits: 2047 }, false],
  ['RSA', { bits: 2048 }, true],
  ['RSA', {}, false],
  ['RSA-PSS', { bits: 4096 }, false],
  ['EC', { bits: 224, curve: 'P-224' }, false],
  ['EC', { bits: 256, curve: 'P-256' }, true],
  ['EC', { bits: 256, curve: 'secp256k1' }, false],
  ['EC', { bits: 256 }, false],
  ['Ed25519', { bits: 255 }, true],
  ['Ed448', { bits: 448 }, false],
  ['DSA', { bits: 4096 }, false],
])('a key of %s with %j is strong enough: %s', (algorithm, size, strong) => {
  expect(isStrongKey({ algorithm, oid: '1.2.3', ...size })).toBe(strong);
});

test('a request for an unknown node is denied if it fails another rule as well', () => {
  const object = makeServingObject({
    ...changeSubject('system:node:new', ['system:nodes', 'system:masters']),
    username: 'system:node:new',
  });
  expect(listFailed(judge(object))).toEqual(['organization', 'node-known']);
  expect(judge(object).verdict).toBe('deny');
});

test('every request is checked by every rule in a fixed order, and each check cites a source', () => {
  for (const object of [client(), makeServingObject(), client({ signerName: 'a/b' })]) {
    const { checks } = judge(object);
    expect(checks.map(({ rule }) => rule)).toEqual(APPROVAL_RULES);
    for (const { citation } of checks) expect(citation.work).not.toBe('');
  }
});

test('only the rules about state and signer apply to a request for another signer', () => {
  const { checks } = judge(client({ signerName: 'example.com/own' }));
  const looked = checks.filter(({ outcome }) => outcome !== 'not-applicable');
  expect(looked.map(({ rule }) => rule)).toEqual(['undecided', 'signer']);
});

test('every check has a message in every language, with all values filled in', () => {
  const judged = [...cases('good'), ...cases('bad')].map(([, , object]) => judge(object()));
  const texts = judged.flatMap(({ checks }) => checks.map((check) => JSON.stringify(check)));
  const checks = [...new Set(texts)].map((text) => JSON.parse(text) as ApprovalCheck);
  for (const language of ['en', 'ja'] as const) {
    const translate = translator(language);
    for (const { rule, outcome, params } of checks) {
      const said = translate(`approver.${rule}` as MessageKey, { ...params, outcome });
      // The translator leaves a placeholder in the message if its value is missing.
      expect(said, `${language} ${rule} ${outcome}`).not.toMatch(/[{}]/u);
    }
  }
});

test('a request with 5,000 names is judged within a second, and its check lists only a few of them', () => {
  const dns = Array.from({ length: 5_000 }, (_, at) => `n${at}.example.test`);
  const cost = measureCost(() => {
    const { checks } = judge(makeServingObject({ template: { sans: { dns, ip: [] } } }));
    const names = checks.find(({ rule }) => rule === 'san-names')?.params['names'];
    expect(String(names).length).toBeLessThan(200);
  });
  expect(cost).toBeLessThan(1_000);
});

describe('the condition added to an object', () => {
  test('has a time and a reason, and the object then counts as decided', () => {
    const approved = addVerdict(makeServingObject(), judge(makeServingObject()), TEST_NOW);
    expect(readCsrState(approved)).toBe('approved');
    expect(approved.conditions).toEqual([
      {
        type: 'Approved',
        status: 'True',
        reason: 'ArcwardenApproved',
        message: 'Every rule is met.',
        lastUpdateTime: TEST_NOW,
        lastTransitionTime: TEST_NOW,
      },
    ]);
    expect(judge(approved).verdict).toBe('ignore');
  });

  test('lists the failed rules of a denial', () => {
    const object = client({ usages: [], expirationSeconds: 1 });
    const denied = addVerdict(object, judge(object), TEST_NOW);
    expect(readCsrState(denied)).toBe('denied');
    expect(denied.conditions[0]?.message).toBe('Not met: usages, lifetime.');
  });

  test('is absent if the request is ignored', () => {
    const object = client({ signerName: 'example.com/own' });
    expect(addVerdict(object, judge(object), TEST_NOW)).toBe(object);
  });
});

test('a signer objects to a wrong organization, but not to the names of another host', () => {
  const foreign = makeServingObject({ template: { sans: { dns: ['kubernetes'], ip: [] } } });
  expect(signerObjections(ports, foreign)).toEqual([]);
  const masters = client(changeSubject(NODE_USER, ['system:masters']));
  expect(signerObjections(ports, masters)).toEqual(['organization']);
});
