import { constants, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { issueCrl, type CrlRequest } from '../../../../core/pki/issue/crl.ts';
import type { IssuedCertificate, SigningAuthority } from '../../../../core/pki/issue/issue.ts';
import { coversName } from '../../../../core/pki/verify/name.ts';
import { verifyChain, type VerifyRequest } from '../../../../core/pki/verify/verify.ts';
import { instant, type Instant } from '../../../../core/shared/instant.ts';
import type { RevocationEntry } from '../../../../core/shared/renew-revocation/entry.ts';
import type { PathVerdict } from '../../../../core/pki/model/verdict.ts';
import { noAltNames } from '../../../../core/formats/x509/names.ts';
import {
  bits,
  commonName,
  element,
  extension,
  integer,
  octets,
  oid,
  sequence,
  text,
} from '../../../support/certificates.ts';
import {
  aLeaf,
  anAuthority,
  anOddAuthority,
  anOddCertificate,
  aRoot,
  aSha1Certificate,
  NOW,
  ports,
  rsaKey,
} from './verification-pki.ts';

const SECOND_BEFORE = instant('2026-11-24T11:59:59Z');
const SECOND_AFTER = instant('2026-11-24T12:00:01Z');

let root: SigningAuthority;
let middle: SigningAuthority;
let leaf: IssuedCertificate;

beforeAll(async () => {
  root = await aRoot({ name: 'root' });
  middle = await anAuthority(root, { name: 'middle' });
  leaf = await aLeaf(middle, { sans: { dns: ['api.example.test'], ip: ['10.0.0.1'] } });
});

function judgeChain(subject: Uint8Array, changes: Partial<VerifyRequest> = {}): PathVerdict {
  return verifyChain(ports, {
    chain: [subject, middle.der],
    roots: [root.der],
    crls: [],
    revocations: [],
    at: NOW,
    purpose: 'any',
    revocationCheck: false,
    ...changes,
  });
}

/** Returns each reason with the certificate that it concerns, such as `expired CN=leaf`. */
function listReasons({ reasons }: PathVerdict): string[] {
  return reasons.map(({ rule, certificate }) => {
    const whom = certificate.subject ?? `${certificate.list} ${certificate.index}`;
    return `${rule} ${whom}`;
  });
}

test('a good chain is accepted without a reason, and the path leads to its root', () => {
  expect(judgeChain(leaf.der)).toEqual({
    accepted: true,
    reasons: [],
    path: [
      { list: 'chain', index: 0, subject: 'CN=leaf', serialHex: leaf.facts.serialHex },
      { list: 'chain', index: 1, subject: 'CN=middle', serialHex: middle.facts.serialHex },
      { list: 'roots', index: 0, subject: 'CN=root', serialHex: root.facts.serialHex },
    ],
  });
});

test('every reason is reported with its certificate, values and source', async () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const client = await anAuthority(root, {
    name: 'clients',
    notAfter: SECOND_BEFORE,
    extendedKeyUsage: ['clientAuth'],
    keyUsage: ['cRLSign'],
    pathLength: 0,
  });
  const below = await anAuthority(client, { name: 'below' });
  const everything = await aLeaf(
    below,
    { notBefore: SECOND_AFTER, notAfter: instant('2031-01-01T00:00:00Z'), keyUsage: ['cRLSign'] },
    spki,
  );
  const verdict = judgeChain(everything.der, {
    chain: [everything.der, client.der, below.der],
    purpose: 'server',
    name: 'api.example.test',
    revocationCheck: true,
  });
  expect(verdict.accepted).toBe(false);
  expect(listReasons(verdict)).toEqual([
    'not-yet-valid CN=leaf',
    'weak-key CN=leaf',
    'outlives-issuer CN=leaf',
    'crl-missing CN=leaf',
    'key-usage CN=leaf',
    'name-not-covered CN=leaf',
    'outlives-issuer CN=below',
    'crl-missing CN=below',
    'expired CN=clients',
    'cert-sign-missing CN=clients',
    'path-length CN=clients',
    'crl-missing CN=clients',
    'purpose CN=clients',
  ]);
  expect(verdict.reasons[1]).toMatchObject({
    severity: 'error',
    params: { algorithm: 'RSA', bits: 1024, minimum: 2048 },
    citation: { work: 'NIST SP 800-57 Part 1, Revision 5' },
  });
  expect(verdict.reasons[2]).toMatchObject({
    severity: 'warning',
    params: { issuer: 'CN=below', issuerNotAfter: '2030-01-01T00:00:00Z' },
  });
  expect(verdict.reasons[10]).toMatchObject({
    params: { allowed: 0, found: 1 },
    citation: { certainty: 'documented', work: 'RFC 5280', place: 'section 6.1.4 (l), (m)' },
  });
});

test.each<[string, Instant, string[]]>([
  ['a second before it begins', SECOND_BEFORE, ['not-yet-valid CN=leaf']],
  ['when it begins', NOW, []],
  ['in its last second', instant('2026-12-24T12:00:00Z'), []],
  ['a second later', instant('2026-12-24T12:00:01Z'), ['expired CN=leaf']],
])('the validity period of a certificate includes both ends: %s', async (_, at, expected) => {
  const short = await aLeaf(middle, { notBefore: NOW, notAfter: instant('2026-12-24T12:00:00Z') });
  expect(listReasons(judgeChain(short.der, { at }))).toEqual(expected);
});

describe('the input', () => {
  const JUNK = Buffer.from('no certificate');

  test('is refused if the certificate to verify cannot be read', () => {
    for (const chain of [[], [JUNK], [JUNK, middle.der]]) {
      const verdict = judgeChain(JUNK, { chain });
      expect(verdict).toMatchObject({ accepted: false, path: [] });
      expect(listReasons(verdict)).toEqual(['unreadable chain 0']);
    }
  });

  test('may contain unreadable certificates and CRLs, which are ignored; the certificates are also reported', () => {
    const verdict = judgeChain(leaf.der, {
      chain: [leaf.der, JUNK, middle.der],
      roots: [JUNK, root.der],
      crls: [JUNK],
    });
    expect(verdict.accepted).toBe(true);
    expect(listReasons(verdict)).toEqual(['left-out chain 1', 'left-out roots 0']);
    expect(verdict.reasons.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
  });

  test('may be in any order and contain the root and unnecessary certificates', async () => {
    const other = await anAuthority(root, { name: 'other' });
    const chain = [leaf.der, other.der, root.der, middle.der, leaf.der];
    const verdict = judgeChain(leaf.der, { chain });
    expect(verdict).toMatchObject({ accepted: true, reasons: [] });
    expect(verdict.path.map(({ subject }) => subject)).toEqual(['CN=leaf', 'CN=middle', 'CN=root']);
  });

  test('may be a trusted certificate itself, self-signed or not', async () => {
    expect(judgeChain(leaf.der, { roots: [leaf.der] })).toMatchObject({ accepted: true, reasons: [] });
    expect(judgeChain(leaf.der, { roots: [middle.der] })).toMatchObject({ accepted: true });
    expect(judgeChain(root.der)).toMatchObject({ accepted: true, path: [{ list: 'chain', index: 0 }] });
  });

  test('may have extra data after each certificate', () => {
    const more = (der: Uint8Array) => Buffer.concat([der, Buffer.from('more')]);
    const chain = [more(leaf.der), more(middle.der)];
    expect(judgeChain(leaf.der, { chain, roots: [more(root.der)] })).toMatchObject({ accepted: true });
  });
});

describe('the path to a root', () => {
  test.each<[string, () => Partial<VerifyRequest>, string[]]>([
    ['is missing', () => ({ chain: [leaf.der] }), ['unknown-issuer CN=leaf']],
    ['ends before the root', () => ({ roots: [] }), ['unknown-issuer CN=middle']],
    [
      'ends at a root that is not trusted',
      () => ({ chain: [leaf.der, middle.der, root.der], roots: [] }),
      ['untrusted-root CN=root'],
    ],
  ])('causes a refusal if it %s', (_, request, expected) => {
    const verdict = judgeChain(leaf.der, request());
    expect(verdict.accepted).toBe(false);
    expect(listReasons(verdict)).toEqual(expected);
  });

  test('is found through the signing key if several CAs have the same name', async () => {
    const twins = await Promise.all(Array.from({ length: 5 }, () => aRoot({ name: 'kubernetes' })));
    for (const twin of twins) {
      const signed = await aLeaf(twin);
      const request = { chain: [signed.der], roots: twins.map(({ der }) => der) };
      const verdict = judgeChain(signed.der, request);
      expect(verdict).toMatchObject({ accepted: true, reasons: [] });
      expect(verdict.path[1]?.index).toBe(twins.indexOf(twin));
      // The others have the same name, but their key identifiers show that they did not issue the leaf.
      const others = request.roots.filter((der) => der !== twin.der);
      const lost = judgeChain(signed.der, { ...request, roots: others });
      expect(listReasons(lost)).toEqual(['unknown-issuer CN=leaf']);
    }
  });

  test('leads through another certificate of the same CA if the first one reaches no root', async () => {
    const unknown = await aRoot({ name: 'unknown' });
    // This certificate is newer, so it is tried first.
    const cross = await anAuthority(
      unknown,
      { name: 'middle', notBefore: instant('2026-06-01T00:00:00Z') },
      middle.key,
    );
    const expired = await anAuthority(root, { name: 'middle', notAfter: SECOND_BEFORE }, middle.key);
    const chain = [leaf.der, cross.der, expired.der, middle.der];
    const verdict = judgeChain(leaf.der, { chain });
    expect(verdict).toMatchObject({ accepted: true, reasons: [] });
    expect(verdict.path[1]?.index).toBe(3);
    // The reasons on a path to a root are more informative than a missing issuer.
    expect(listReasons(judgeChain(leaf.der, { chain: chain.slice(0, 3) }))).toEqual([
      'outlives-issuer CN=leaf',
      'expired CN=middle',
    ]);
  });

  test('is neither circular nor endless', async () => {
    const key = await ports.keys.generate('p-256');
    const one = await anAuthority(root, { name: 'one' }, key);
    const two = await anAuthority(one, { name: 'two' }, key);
    const back = await anAuthority(two, { name: 'one' }, key);
    const lost = await aLeaf(two);
    const circle = judgeChain(lost.der, { chain: [lost.der, back.der, two.der], roots: [] });
    expect(listReasons(circle)).toEqual(['unknown-issuer CN=one']);
    const deep = [one];
    for (let depth = 0; depth < 40; depth += 1)
      deep.unshift(await anAuthority(deep[0] ?? one, { name: `level ${depth}` }, key));
    const deepest = await aLeaf(deep[0] ?? one);
    const chain = [deepest.der, ...deep.map(({ der }) => der)];
    expect(listReasons(judgeChain(deepest.der, { chain }))).toEqual(['chain-too-long CN=level 9']);
  });

  test('is abandoned early if very many certificates could have issued each other', async () => {
    const key = await ports.keys.generate('p-256');
    const mesh = [await aRoot({ name: 'mesh' }, key)];
    for (let count = 0; count < 60; count += 1) mesh.push(await anAuthority(mesh[0] ?? root, { name: 'mesh' }, key));
    const caught = await aLeaf(mesh[1] ?? root);
    let checks = 0;
    const counting = {
      ...ports,
      keys: {
        ...ports.keys,
        verify: () => {
          checks += 1;
          return true;
        },
      },
    };
    const verdict = verifyChain(counting, {
      chain: [caught.der, ...mesh.map(({ der }) => der)],
      roots: [root.der],
      crls: [],
      revocations: [],
      at: NOW,
      purpose: 'any',
      revocationCheck: false,
    });
    expect(verdict.accepted).toBe(false);
    expect(checks).toBeLessThanOrEqual(2_000);
  });

  test('may end at a root of version 1, but cannot contain another CA of that version', async () => {
    const key = await ports.keys.generate('p-256');
    const oldStyle = { subject: commonName('old'), version: Buffer.alloc(0) };
    const oldRoot = anOddAuthority({ ...root, key }, key, { ...oldStyle, issuer: commonName('old') });
    const belowRoot = await aLeaf(oldRoot);
    const asRoot = { chain: [belowRoot.der], roots: [oldRoot.der] };
    expect(judgeChain(belowRoot.der, asRoot)).toMatchObject({ accepted: true, reasons: [] });
    const oldMiddle = anOddAuthority(root, key, oldStyle);
    const belowMiddle = await aLeaf(oldMiddle);
    const through = { chain: [belowMiddle.der, oldMiddle.der] };
    expect(listReasons(judgeChain(belowMiddle.der, through))).toEqual(['not-a-ca CN=old']);
  });

  test('is found if issuer names differ only in case and spaces', async () => {
    const key = await ports.keys.generate('p-256');
    const spaced = await anAuthority(root, { name: 'Some  CA' }, key);
    const odd = anOddCertificate(spaced, { issuer: commonName(' some ca') });
    expect(judgeChain(odd, { chain: [odd, spaced.der] })).toMatchObject({ accepted: true });
  });
});

describe('a signature', () => {
  const flipBit = (der: Uint8Array, at: number): Uint8Array => {
    const changed = Uint8Array.from(der);
    changed[at] = (changed[at] ?? 0) ^ 1;
    return changed;
  };

  test('is wrong after a change to the signed data or to the signature', () => {
    // The changes affect the name, the signature and the beginning of the signed data.
    const { tbs, signature } = leaf.facts;
    const subjectAt = Buffer.from(leaf.der).lastIndexOf('leaf');
    const places = [subjectAt, (signature?.offset ?? 0) + 20, tbs.offset + 8];
    for (const at of places) {
      const verdict = judgeChain(flipBit(leaf.der, at));
      expect(verdict.accepted, String(at)).toBe(false);
      expect(verdict.reasons.map(({ rule }) => rule)).toContain('signature-wrong');
    }
  });

  test('is wrong if another CA with the same name made it', async () => {
    const impostor = { ...middle, key: await ports.keys.generate('p-256') };
    const forged = await aLeaf(impostor);
    expect(listReasons(judgeChain(forged.der))).toEqual(['signature-wrong CN=leaf']);
  });

  test('is wrong if the outer algorithm differs from the inner one', () => {
    const odd = anOddCertificate(middle, { outerAlgorithm: sequence(oid('1.2.840.10045.4.3.3')) });
    expect(listReasons(judgeChain(odd))).toEqual(['signature-wrong CN=subject']);
  });

  test('with an unknown algorithm is reported as unconfirmed', () => {
    const odd = anOddCertificate(middle, { algorithm: sequence(oid('1.2.3.4')) });
    const verdict = judgeChain(odd);
    expect(listReasons(verdict)).toEqual(['signature-unknown CN=subject']);
    expect(verdict.reasons[0]?.params).toEqual({ algorithm: '1.2.3.4' });
  });

  test('with SHA-1 is accepted as correct, but reported as weak', () => {
    const odd = aSha1Certificate(middle);
    expect(listReasons(judgeChain(odd))).toEqual(['weak-signature CN=subject']);
  });

  test('from an RSA key is confirmed with PKCS #1 v1.5 and PSS padding', async () => {
    const issuer = await aRoot({ name: 'rsa' }, await rsaKey());
    const signed = await aLeaf(issuer);
    const request = { chain: [signed.der], roots: [issuer.der] };
    expect(judgeChain(signed.der, request)).toMatchObject({ accepted: true, reasons: [] });
    const padded = signWithPss(issuer);
    const other = { chain: [padded], roots: [issuer.der] };
    expect(judgeChain(padded, other)).toMatchObject({ accepted: true, reasons: [] });
    const changed = flipBit(padded, padded.length - 1);
    expect(listReasons(judgeChain(changed, { ...other, chain: [changed] }))).toEqual(['signature-unknown CN=subject']);
  });

  test('is wrong if it has unused bits', () => {
    const countAt = (leaf.facts.signature?.offset ?? 0) - 1;
    expect(leaf.der[countAt]).toBe(0);
    expect(listReasons(judgeChain(flipBit(leaf.der, countAt)))).toEqual(['signature-wrong CN=leaf']);
  });
});

/** Makes a leaf whose signature is RSASSA-PSS with SHA-256 and a salt of 32 bytes. Source: RFC 4055 section 3. */
function signWithPss(issuer: SigningAuthority): Uint8Array {
  const hash = sequence(oid('2.16.840.1.101.3.4.2.1'));
  const algorithm = sequence(
    oid('1.2.840.113549.1.1.10'),
    sequence(
      element(0xa0, hash),
      element(0xa1, sequence(oid('1.2.840.113549.1.1.8'), hash)),
      element(0xa2, integer('20')),
    ),
  );
  const key = createPrivateKey({
    key: Buffer.from(ports.keys.exportPrivateKey(issuer.key, 'pkcs8')),
    format: 'der',
    type: 'pkcs8',
  });
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  return anOddCertificate(issuer, { algorithm }, (data) => sign('sha256', data, { key, ...padding }));
}

describe('extensions', () => {
  const EMPTY_BITS = extension('2.5.29.15', sequence());
  const KEY_USAGE = extension('2.5.29.15', bits(Buffer.from([0x80]), 7), true);
  const ANSWERS = '1.3.6.1.5.5.7.1.1';

  test.each<[string, Buffer[], string[]]>([
    ['an unknown critical extension', [extension('1.2.3', octets(), true)], ['critical-extension']],
    ['an unknown extension', [extension('1.2.3', octets())], []],
    ['a critical key identifier', [extension('2.5.29.14', octets(Buffer.from('a')), true)], ['critical-extension']],
    ['critical policies', [extension('2.5.29.32', sequence(sequence(oid('1.2.3'))), true)], []],
    [
      'required policies',
      [extension('2.5.29.36', sequence(element(0x80, Buffer.from([0]))), true)],
      ['policy-missing'],
    ],
    ['a key usage that cannot be read', [EMPTY_BITS], ['malformed']],
    ['two key usages', [KEY_USAGE, KEY_USAGE], ['malformed']],
    ['issuer addresses that cannot be read', [extension(ANSWERS, integer('01'))], []],
    [
      'critical issuer addresses that cannot be read',
      [extension(ANSWERS, integer('01'), true)],
      ['malformed', 'critical-extension'],
    ],
  ])('are accepted or reported: %s', (_, extensions, rules) => {
    const verdict = judgeChain(anOddCertificate(middle, { extensions }));
    expect(verdict.reasons.map(({ rule }) => rule)).toEqual(rules);
    expect(verdict.accepted).toBe(rules.length === 0);
  });

  test('are malformed in a certificate of version 1', () => {
    const odd = anOddCertificate(middle, { version: Buffer.alloc(0), extensions: [KEY_USAGE] });
    expect(listReasons(judgeChain(odd))).toEqual(['malformed CN=subject']);
  });

  test('that restrict a CA have no effect if the CA itself is the certificate to verify', async () => {
    const ca = await aLeaf(middle, { isCa: true, pathLength: 0, keyUsage: ['digitalSignature'] });
    expect(judgeChain(ca.der, { purpose: 'server' })).toMatchObject({ accepted: true, reasons: [] });
  });
});

describe('the purpose', () => {
  test.each<[VerifyRequest['purpose'], string[], string[], string[]]>([
    ['server', ['serverAuth'], ['digitalSignature'], []],
    ['server', ['clientAuth'], ['digitalSignature'], ['purpose']],
    ['server', [], ['digitalSignature'], []],
    ['server', ['anyExtendedKeyUsage'], [], []],
    ['server', ['codeSigning', 'serverAuth'], ['keyEncipherment'], []],
    ['server', ['serverAuth'], ['nonRepudiation'], ['key-usage']],
    ['client', ['clientAuth'], ['keyAgreement'], []],
    ['client', ['clientAuth'], ['keyEncipherment'], ['key-usage']],
    ['client', ['serverAuth'], ['keyEncipherment'], ['purpose', 'key-usage']],
    ['any', ['codeSigning'], ['nonRepudiation'], []],
  ])(
    '%s is checked against the extended key usages %j and the key usages %j',
    async (purpose, extendedKeyUsage, keyUsage, rules) => {
      const subject = await aLeaf(middle, { extendedKeyUsage, keyUsage });
      expect(judgeChain(subject.der, { purpose }).reasons.map(({ rule }) => rule)).toEqual(rules);
    },
  );
});

test.each<[string, boolean]>([
  ['api.example.test', true],
  ['API.Example.TEST', true],
  ['api.example.test.', true],
  ['example.test', false],
  ['xapi.example.test', false],
  ['dotted.example.test', true],
  ['a.wild.example.test', true],
  ['A.wild.example.test.', true],
  ['a.b.wild.example.test', false],
  ['wild.example.test', false],
  ['.wild.example.test', false],
  ['a.test', false],
  ['fa.example.net', false],
  ['', false],
  ['.', false],
  ['10.0.0.1', true],
  ['10.0.0.2', false],
  ['010.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['fd00::1', true],
  ['FD00:0:0:0:0:0:0:1', true],
  ['fd00::2', false],
  ['10.0.0.3', false],
])('the name "%s" is covered: %s', (name, expected) => {
  const sans = {
    ...noAltNames(),
    dns: [
      'api.example.test',
      'dotted.example.test.',
      '*.wild.example.test',
      '*.test',
      'f*.example.net',
      '10.0.0.3',
      '',
    ],
    ip: ['10.0.0.1', 'fd00::1'],
  };
  expect(coversName(sans, name)).toBe(expected);
});

describe('RenewRevocation objects', () => {
  const revocationObjects = (...entries: RevocationEntry[]) => [
    { name: 'my-renew-revocation', namespace: 'kube-system', entries },
  ];

  test('revoke certificates with entries of every kind, each with a separate reason and without any CRL', async () => {
    const subject = await aLeaf(middle, {
      serialHex: '77fdf4b1033b387aaace6ce1c18710c2',
      subject: { commonName: 'n', organizations: ['system:nodes'] },
      sans: { dns: ['a.cluster.local'], ip: ['170.63.128.124'] },
    });
    const revocations = revocationObjects(
      { kind: 'serialnumber', value: '0x77FDF4B1033B387AAACE6CE1C18710C2' },
      { kind: 'Group', value: 'system:masters' },
      { kind: 'Group', value: 'system:nodes' },
      { kind: 'DNS', value: '.cluster.local' },
      { kind: 'IP', value: '170.63.128.124', notBefore: subject.facts.notBefore },
      { kind: 'IP', value: '170.63.128.124', notBefore: NOW },
    );
    const verdict = judgeChain(subject.der, { revocations });
    expect(verdict.accepted).toBe(false);
    expect(verdict.reasons.map(({ params }) => [params['entry'], params['kind']])).toEqual([
      [1, 'serialnumber'],
      [3, 'Group'],
      [4, 'DNS'],
      [6, 'IP'],
    ]);
    expect(verdict.reasons[0]).toMatchObject({
      rule: 'revoked-by-object',
      certificate: { list: 'chain', index: 0 },
      params: { object: 'my-renew-revocation', value: '0x77FDF4B1033B387AAACE6CE1C18710C2' },
      citation: { place: 'Certificate revocation' },
    });
  });

  test('apply to every certificate below the root, but not to the root', () => {
    const all = [root, middle, leaf].map(({ facts }): RevocationEntry => ({
      kind: 'serialnumber',
      value: facts.serialHex,
    }));
    expect(listReasons(judgeChain(leaf.der, { revocations: revocationObjects(...all) }))).toEqual([
      'revoked-by-object CN=leaf',
      'revoked-by-object CN=middle',
    ]);
  });

  test('do not apply to the server certificate of a kubelet', async () => {
    const node = {
      subject: { commonName: 'system:node:n1', organizations: ['system:nodes'] },
      sans: { dns: ['n1'], ip: [] },
    };
    const revocations = revocationObjects({ kind: 'Group', value: 'system:nodes' });
    const server = await aLeaf(middle, { ...node, extendedKeyUsage: ['serverAuth'] });
    expect(judgeChain(server.der, { revocations })).toMatchObject({ accepted: true, reasons: [] });
    const client = await aLeaf(middle, { ...node, extendedKeyUsage: ['clientAuth'] });
    expect(judgeChain(client.der, { revocations }).accepted).toBe(false);
  });
});

describe('CRLs', () => {
  const REVOKED_AT = instant('2026-11-20T00:00:00Z');
  const crlEntries = () => [{ serialHex: leaf.facts.serialHex, revokedAt: REVOKED_AT }];

  function makeCrl(issuer: SigningAuthority, changes: Partial<CrlRequest> = {}): Uint8Array {
    return issueCrl(ports, {
      issuer,
      entries: [],
      number: 1,
      thisUpdate: instant('2026-11-01T00:00:00Z'),
      nextUpdate: instant('2026-12-01T00:00:00Z'),
      ...changes,
    }).der;
  }

  function judgeWithCrls(...crls: Uint8Array[]): PathVerdict {
    return judgeChain(leaf.der, { crls: [makeCrl(root), ...crls], revocationCheck: true });
  }

  test('are sufficient if they cover every certificate below the root', () => {
    expect(judgeWithCrls(makeCrl(middle))).toMatchObject({ accepted: true, reasons: [] });
  });

  test('are checked only on request', () => {
    const crls = [makeCrl(middle, { entries: crlEntries() })];
    expect(judgeChain(leaf.der, { crls })).toMatchObject({ accepted: true, reasons: [] });
  });

  test('are reported with issuer and number, and a revocation with its date and reason', () => {
    const entries = [
      { ...crlEntries()[0], serialHex: leaf.facts.serialHex, revokedAt: REVOKED_AT, reason: 'keyCompromise' as const },
    ];
    const verdict = judgeWithCrls(makeCrl(middle, { entries, number: 27 }));
    expect(verdict.accepted).toBe(false);
    expect(verdict.reasons).toMatchObject([
      {
        rule: 'revoked-by-crl',
        certificate: { index: 0 },
        params: { issuer: 'CN=middle', crl: '27', revokedAt: REVOKED_AT, reason: 'keyCompromise' },
      },
    ]);
  });

  test('of a root can revoke a CA', () => {
    const entries = [{ serialHex: middle.facts.serialHex, revokedAt: REVOKED_AT }];
    const crls = [makeCrl(root, { entries }), makeCrl(middle)];
    const verdict = judgeChain(leaf.der, { crls, revocationCheck: true });
    expect(listReasons(verdict)).toEqual(['revoked-by-crl CN=middle']);
  });

  test('are replaced by the newest valid CRL of the same CA, whatever their order', () => {
    const old = makeCrl(middle, { entries: crlEntries() });
    const fresh = makeCrl(middle, { number: 2, thisUpdate: instant('2026-11-02T00:00:00Z') });
    const sameDay = makeCrl(middle, { number: 300 });
    const early = makeCrl(middle, { number: 400, entries: crlEntries(), thisUpdate: SECOND_AFTER });
    for (const crls of [
      [old, fresh],
      [fresh, old],
      [old, sameDay],
      [sameDay, old],
      [early, fresh],
    ])
      expect(judgeWithCrls(...crls)).toMatchObject({ accepted: true, reasons: [] });
    expect(listReasons(judgeWithCrls(old))).toEqual(['revoked-by-crl CN=leaf']);
  });

  test('are valid in their last second', () => {
    expect(judgeWithCrls(makeCrl(middle, { nextUpdate: NOW })).accepted).toBe(true);
    const verdict = judgeWithCrls(makeCrl(middle, { nextUpdate: SECOND_BEFORE }));
    expect(listReasons(verdict)).toEqual(['crl-expired CN=leaf']);
    expect(verdict.reasons[0]?.params).toEqual({ issuer: 'CN=middle', nextUpdate: SECOND_BEFORE });
  });

  test.each<[string, Partial<CrlRequest>, string[]]>([
    ['out of date', { nextUpdate: SECOND_BEFORE }, ['revoked-by-crl CN=leaf', 'crl-expired CN=leaf']],
    ['from tomorrow', { thisUpdate: SECOND_AFTER }, ['revoked-by-crl CN=leaf', 'crl-not-yet-valid CN=leaf']],
  ])('revoke the certificates that they list, even if they are %s', (_, changes, expected) => {
    expect(listReasons(judgeWithCrls(makeCrl(middle, { entries: crlEntries(), ...changes })))).toEqual(expected);
  });

  test('are rejected if another key signed them', async () => {
    const impostor = { ...middle, key: await ports.keys.generate('p-256') };
    const verdict = judgeWithCrls(makeCrl(impostor, { entries: crlEntries() }));
    expect(listReasons(verdict)).toEqual(['crl-signature-wrong CN=leaf']);
    // A CA with the same name but another key identifier is a different CA.
    const namesake = await aRoot({ name: 'middle' });
    expect(listReasons(judgeWithCrls(makeCrl(namesake)))).toEqual(['crl-missing CN=leaf']);
  });

  test('are refused if their CA may not sign them', async () => {
    const mute = await anAuthority(root, { name: 'mute', keyUsage: ['keyCertSign'] });
    const subject = await aLeaf(mute);
    const verdict = judgeChain(subject.der, {
      chain: [subject.der, mute.der],
      crls: [makeCrl(root), makeCrl(mute)],
      revocationCheck: true,
    });
    expect(listReasons(verdict)).toEqual(['crl-sign-missing CN=mute']);
  });

  test('are reported if they cannot be read', () => {
    const verdict = judgeWithCrls(Buffer.from('junk'), makeCrl(middle));
    expect(verdict.accepted).toBe(true);
    expect(verdict.reasons).toMatchObject([{ rule: 'crl-unreadable', params: { position: 2 } }]);
  });

  /** Makes a CRL of `middle` from parts in a form that the engine would not write. */
  function oddCrl(parts: { extensions?: Buffer[]; entries?: Buffer[]; hash?: 'SHA-1' }): Uint8Array {
    const { extensions = [], entries = [], hash = 'SHA-256' } = parts;
    const algorithm = sequence(oid(hash === 'SHA-1' ? '1.2.840.10045.4.1' : '1.2.840.10045.4.3.2'));
    const moment = (value: string) => text(0x17, value);
    const signed = sequence(
      ...[integer('01'), algorithm, commonName('middle')],
      ...[moment('261101000000Z'), moment('261201000000Z')],
      ...(entries.length === 0 ? [] : [sequence(...entries)]),
      ...(extensions.length === 0 ? [] : [element(0xa0, sequence(...extensions))]),
    );
    return sequence(signed, algorithm, bits(ports.keys.sign(middle.key, signed, hash)));
  }

  test('are insufficient if they cover only some of the certificates', () => {
    const scope = extension('2.5.29.28', sequence(), true);
    const verdict = judgeWithCrls(oddCrl({ extensions: [scope] }));
    expect(listReasons(verdict)).toEqual(['crl-not-understood CN=leaf']);
    expect(verdict.reasons[0]?.params).toEqual({ issuer: 'CN=middle', oid: '2.5.29.28' });
  });

  test('are used despite a weak signature, which is reported', () => {
    const verdict = judgeWithCrls(oddCrl({ hash: 'SHA-1' }));
    expect(verdict.accepted).toBe(true);
    expect(listReasons(verdict)).toEqual(['crl-signature-weak CN=leaf']);
  });

  test('do not revoke a certificate with the reason removeFromCRL', () => {
    const takenBack = sequence(
      integer(leaf.facts.serialHex),
      text(0x17, '261101000000Z'),
      sequence(extension('2.5.29.21', element(0x0a, Buffer.from([8])))),
    );
    expect(judgeWithCrls(oddCrl({ entries: [takenBack] }))).toMatchObject({ accepted: true });
  });
});

test('a certificate with any changed bytes is never accepted', () => {
  const place = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }));
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 3 }), (changes) => {
      const changed = Uint8Array.from(leaf.der);
      for (const [at, mask] of changes) {
        const index = at % changed.length;
        changed[index] = (changed[index] ?? 0) ^ mask;
      }
      const isSame = Buffer.from(changed).equals(Buffer.from(leaf.der));
      expect(judgeChain(changed).accepted).toBe(isSame);
    }),
    { numRuns: 100 },
  );
});
