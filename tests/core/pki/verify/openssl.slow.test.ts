import { generateKeyPairSync } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueCrl } from '../../../../core/pki/issue/crl.ts';
import type { IssuedCertificate, SigningAuthority } from '../../../../core/pki/issue/issue.ts';
import { verifyChain, type VerifyRequest } from '../../../../core/pki/verify/verify.ts';
import { instant, epochMs, type Instant } from '../../../../core/shared/instant.ts';
import type { CertificateTemplate } from '../../../../core/shared/certificates/certificate-template.ts';
import type { ReasonRule, PathVerdict } from '../../../../core/pki/model/verdict.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { decodeCertificate } from '../../../../core/formats/x509/certificate.ts';
import type { Keys } from '../../../../core/shared/ports.ts';
import { bits, boolean, commonName, element, extension, oid, sequence } from '../../../support/certificates.ts';
import {
  aLeaf,
  anAuthority,
  anOddAuthority,
  anOddCertificate,
  aRoot,
  aSha1Certificate,
  NOW,
  ports,
} from './verification-pki.ts';

/*
 * The engine and `openssl verify` judge every leaf of a small forest of CAs. One question is asked at a time, and one
 * process answers it for all leaves.
 */

const SANS = { dns: ['api.example.test', '*.svc.example.test'], ip: ['10.0.0.1', 'fd00::1'] };

/**
 * The base point of the curve serves as a public key, because not every crypto library can generate one. Source: FIPS
 * 186-4, D.1.2.1.
 */
const P192_KEY = sequence(
  sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.1')),
  bits(
    Buffer.from(
      '04188da80eb03090f67cbf20eb43a18800f4ff0afd82ff101207192b95ffc8da78631011ed6b24cdd573f977a11e794811',
      'hex',
    ),
  ),
);

interface Forest {
  roots: SigningAuthority[];
  /** All CAs except the trusted roots. */
  authorities: SigningAuthority[];
  leaves: Map<string, IssuedCertificate>;
}

async function plantForest(): Promise<Forest> {
  const root = await aRoot({ name: 'root' });
  const shallow = await aRoot({ name: 'shallow root', pathLength: 0 });
  const oldRoot = await aRoot({ name: 'old root', notAfter: instant('2026-06-01T00:00:00Z') });
  const unknown = await aRoot({ name: 'unknown root' });
  const issueBelow = (issuer: SigningAuthority, name: string, changes: Partial<CertificateTemplate> = {}) =>
    anAuthority(issuer, { name, ...changes });
  const first = await issueBelow(root, 'first');
  const second = await issueBelow(first, 'second');
  const last = await issueBelow(root, 'last', { pathLength: 0 });
  const tooDeep = await issueBelow(last, 'too deep');
  const rolledOver = await anAuthority(last, { name: 'last', pathLength: 0 });
  const authorities: Record<string, SigningAuthority> = {
    root,
    first,
    second,
    'below a path length of 0': last,
    'one too deep': tooDeep,
    'two too deep': await issueBelow(tooDeep, 'deeper still'),
    'self-issued below a path length': rolledOver,
    'below a shallow root': await issueBelow(shallow, 'below shallow'),
    'directly at a shallow root': shallow,
    'expired CA': await issueBelow(root, 'expired', { notAfter: instant('2026-06-01T00:00:00Z') }),
    'CA of tomorrow': await issueBelow(root, 'tomorrow', { notBefore: instant('2026-12-01T00:00:00Z') }),
    'expired root': oldRoot,
    'no CA': await issueBelow(root, 'no CA', { isCa: false, keyUsage: ['keyCertSign', 'cRLSign'] }),
    'no CA at all': await issueBelow(root, 'nothing', { isCa: false, keyUsage: ['digitalSignature'] }),
    'CA that may not sign': await issueBelow(root, 'mute', { keyUsage: ['cRLSign'] }),
    'CA for clients': await issueBelow(root, 'for clients', { extendedKeyUsage: ['clientAuth'] }),
    'CA without usages': await issueBelow(root, 'free', { keyUsage: [] }),
    'unknown root': unknown,
    'below an unknown root': await issueBelow(unknown, 'lost'),
  };
  const hidden = await issueBelow(root, 'hidden');
  const impostor = { ...first, key: await ports.keys.generate('p-256') };
  const leaves = new Map<string, IssuedCertificate>();
  const add = async (
    title: string,
    issuer: SigningAuthority,
    changes: Parameters<typeof aLeaf>[1],
    spki?: Uint8Array,
  ) => {
    leaves.set(title, await aLeaf(issuer, { sans: SANS, ...changes }, spki));
  };
  for (const [title, issuer] of Object.entries(authorities)) {
    await add(title, issuer, { extendedKeyUsage: ['serverAuth', 'clientAuth'] });
  }
  await add('missing intermediate', hidden, {});
  await add('forged', impostor, {});
  for (const issuer of [root, second]) {
    const at = issuer === root ? 'root' : 'second';
    await add(`expired, ${at}`, issuer, { notAfter: instant('2026-11-24T11:59:59Z') });
    await add(`not yet valid, ${at}`, issuer, { notBefore: instant('2026-11-24T12:00:01Z') });
    await add(`revoked, ${at}`, issuer, { name: 'revoked' });
  }
  await add('valid from now on', first, { notBefore: NOW });
  await add('outlives everything', first, { notAfter: instant('2040-01-01T00:00:00Z') });
  await add('for servers', first, { extendedKeyUsage: ['serverAuth'] });
  await add('for clients', first, { extendedKeyUsage: ['clientAuth'] });
  await add('for whatever', first, {});
  await add('key encipherment', first, { keyUsage: ['keyEncipherment'] });
  await add('key agreement', first, { keyUsage: ['keyAgreement'] });
  await add('no TLS usage', first, { keyUsage: ['nonRepudiation'] });
  await add('no usage', first, { keyUsage: [] });
  await add('other purpose', first, { extendedKeyUsage: ['codeSigning'] });
  await add('CA as a leaf', first, { isCa: true, keyUsage: ['digitalSignature', 'keyCertSign'] });
  await add('other names', first, { sans: { dns: ['other.example.test'], ip: ['10.9.9.9'] } });
  await add('RSA 1024', first, {}, exportSpki(generateKeyPairSync('rsa', { modulusLength: 1024 })));
  await add('P-192', first, {}, P192_KEY);
  const addOdd = (title: string, der: Uint8Array): void => {
    const decoded = decodeCertificate(der);
    if (decoded.ok) leaves.set(title, { der, facts: decoded.certificate });
  };
  const critical = extension('1.2.3.4', Buffer.alloc(2), true);
  addOdd('SHA-1', aSha1Certificate(first));
  addOdd('critical extension', anOddCertificate(first, { extensions: [critical] }));
  const given = Object.values(authorities).filter((each) => ![root, shallow, oldRoot, unknown].includes(each));
  return { roots: [root, shallow, oldRoot], authorities: [...given, unknown], leaves };
}

function exportSpki({ publicKey }: { publicKey: import('node:crypto').KeyObject }): Uint8Array {
  return new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
}

/** A few leaves for questions about names, which affect no other certificate of a chain. */
const FEW = ['root', 'second', 'forged', 'other names', 'expired, root', 'for clients'];

interface Question {
  title: string;
  /** Titles of the leaves to which the question applies. Absent: all leaves. */
  of?: string[];
  options?: string[];
  request?: Partial<VerifyRequest>;
  crls?: keyof typeof CRLS;
}

/** Deviations from good CRLs, by the name of the CA. `undefined` omits the CRL. */
const CRLS = {
  good: () => ({}),
  stale: () => ({ nextUpdate: instant('2026-11-20T00:00:00Z') }),
  early: () => ({ thisUpdate: instant('2026-11-25T00:00:00Z') }),
  incomplete: (name: string) => (name === 'second' ? undefined : {}),
  forged: (name: string) => ({ isForged: name === 'first' }),
} satisfies Record<
  string,
  (name: string) => { thisUpdate?: Instant; nextUpdate?: Instant; isForged?: boolean } | undefined
>;

const BEFORE = instant('2026-03-01T00:00:00Z');
const AFTER = instant('2027-06-01T00:00:00Z');

const QUESTIONS: Question[] = [
  { title: 'no further conditions' },
  { title: 'the purpose of a client', options: ['-purpose', 'sslclient'], request: { purpose: 'client' } },
  { title: 'a date half a year earlier', request: { at: BEFORE } },
  { title: 'a date half a year later', request: { at: AFTER } },
  {
    title: 'the name of a server',
    options: ['-purpose', 'sslserver', '-verify_hostname', 'API.example.test'],
    request: { purpose: 'server', name: 'API.example.test' },
  },
  {
    title: 'a name under a wildcard',
    of: FEW,
    options: ['-verify_hostname', 'a.svc.example.test'],
    request: { name: 'a.svc.example.test' },
  },
  {
    title: 'a name two labels under a wildcard',
    of: FEW,
    options: ['-verify_hostname', 'a.b.svc.example.test'],
    request: { name: 'a.b.svc.example.test' },
  },
  {
    title: 'an IPv6 address in another spelling',
    of: FEW,
    options: ['-verify_ip', 'FD00:0::0:1'],
    request: { name: 'FD00:0::0:1' },
  },
  { title: 'good CRLs', crls: 'good' },
  { title: 'outdated CRLs', crls: 'stale' },
  { title: 'CRLs from tomorrow', crls: 'early' },
  { title: 'a missing CRL', crls: 'incomplete' },
  { title: 'a forged CRL', crls: 'forged' },
];

/** The engine's rules by openssl's error numbers. Source: openssl, include/openssl/x509_vfy.h. */
const RULES: Record<number, ReasonRule[]> = {
  2: ['unknown-issuer'],
  3: ['crl-missing'],
  7: ['signature-wrong'],
  8: ['crl-signature-wrong'],
  9: ['not-yet-valid'],
  10: ['expired'],
  11: ['crl-not-yet-valid'],
  12: ['crl-expired'],
  18: ['untrusted-root'],
  19: ['untrusted-root'],
  // openssl reports an issuer that may not sign as a missing issuer.
  20: ['unknown-issuer', 'cert-sign-missing'],
  21: ['unknown-issuer', 'cert-sign-missing'],
  23: ['revoked-by-crl'],
  25: ['path-length'],
  // openssl reports this error also for an issuer that is not a CA.
  26: ['purpose', 'key-usage', 'not-a-ca', 'cert-sign-missing'],
  32: ['cert-sign-missing'],
  34: ['critical-extension'],
  35: ['crl-sign-missing'],
  62: ['name-not-covered'],
  64: ['name-not-covered'],
  66: ['weak-key'],
  68: ['weak-signature'],
  79: ['not-a-ca', 'cert-sign-missing'],
};

const OF_CRLS = new Set([3, 8, 11, 12]);

const known = new Map<string, boolean>();
/** Verifies each signature only once, since the same few dozen occur in every question. */
const quickPorts = {
  ...ports,
  keys: {
    ...ports.keys,
    verify: (signed: Parameters<Keys['verify']>[0]): boolean => {
      const { data, signature, spki } = signed;
      const key = [data, signature, spki].map((bytes) => Buffer.from(bytes).toString('base64')).join();
      const state = known.get(key) ?? ports.keys.verify(signed);
      known.set(key, state);
      return state;
    },
  },
};

let forest: Forest;
let folder: string;
const files = new Map<string, string>();

beforeAll(async () => {
  forest = await plantForest();
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-'));
  const ders = (list: readonly IssuedCertificate[]) => list.map(({ der }) => der);
  writePemFile('roots.pem', 'CERTIFICATE', ders(forest.roots));
  writePemFile('untrusted.pem', 'CERTIFICATE', ders(forest.authorities));
  for (const [title, { der }] of forest.leaves)
    files.set(title, writePemFile(`leaf-${files.size}.pem`, 'CERTIFICATE', [der]));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function crlsFor(kind: keyof typeof CRLS): Promise<Uint8Array[]> {
  const impostor = await ports.keys.generate('p-256');
  const revoked = [...forest.leaves.values()].filter(({ facts }) => facts.subject.cn === 'revoked');
  return [...forest.roots, ...forest.authorities].flatMap((issuer) => {
    const changes: ReturnType<(typeof CRLS)['forged' | 'stale' | 'early' | 'incomplete']> = CRLS[kind](
      issuer.facts.subject.cn ?? '',
    );
    if (changes === undefined) return [];
    const { isForged, ...dates } = { isForged: false, ...changes };
    const { der } = issueCrl(ports, {
      issuer: isForged ? { ...issuer, key: impostor } : issuer,
      entries: revoked
        .filter(({ facts }) => facts.issuer.text === issuer.facts.subject.text)
        .map(({ facts }) => ({ serialHex: facts.serialHex, revokedAt: BEFORE, reason: 'superseded' })),
      number: 7,
      thisUpdate: instant('2026-11-01T00:00:00Z'),
      nextUpdate: instant('2026-12-01T00:00:00Z'),
      ...dates,
    });
    return [der];
  });
}

interface PeerVerdict {
  accepted: boolean;
  errors: { code: number; depth: number }[];
}

function opensslVerdicts(options: readonly string[], leaves: Iterable<string>) {
  const limits = ['-no-CApath', '-no-CAstore', '-auth_level', '2'];
  const { stdout, stderr } = spawnSync('openssl', ['verify', ...limits, ...options, ...leaves], { encoding: 'utf8' });
  const verdicts = new Map<string, PeerVerdict>();
  for (const [, file = ''] of stdout.matchAll(/^(.+): OK$/gmu)) verdicts.set(file, { accepted: true, errors: [] });
  let errors: PeerVerdict['errors'] = [];
  for (const line of stderr.split('\n')) {
    const [, code, depth] = /^error (\d+) at (\d+) depth lookup/u.exec(line) ?? [];
    if (code !== undefined) errors.push({ code: Number(code), depth: Number(depth) });
    const [, file] = /^error (.+): verification failed$/u.exec(line) ?? [];
    if (file === undefined) continue;
    verdicts.set(file, { accepted: false, errors });
    errors = [];
  }
  return verdicts;
}

function writePemFile(name: string, label: string, ders: readonly Uint8Array[]): string {
  const file = join(folder, name);
  writeFileSync(file, ders.map((der) => encodePem(label, der)).join(''));
  return file;
}

function askOpenssl(question: Question, crls: readonly Uint8Array[]): Map<string, PeerVerdict> {
  return opensslVerdicts(
    [
      ...['-CAfile', join(folder, 'roots.pem'), '-untrusted', join(folder, 'untrusted.pem')],
      ...['-attime', seconds(question.request?.at ?? NOW), ...(question.options ?? [])],
      ...(crls.length === 0 ? [] : ['-crl_check_all', '-CRLfile', writePemFile('crls.pem', 'X509 CRL', crls)]),
    ],
    selectLeaves(question).map(([title]) => files.get(title) ?? ''),
  );
}

function selectLeaves({ of }: Question): [string, IssuedCertificate][] {
  return [...forest.leaves].filter(([title]) => of === undefined || of.includes(title));
}

function seconds(moment: Instant): string {
  return String(epochMs(moment) / 1000);
}

const compared = { accepted: 0, refused: 0 };

test.each(QUESTIONS)('openssl and the engine give the same verdict on every leaf with $title', async (question) => {
  const crls = question.crls === undefined ? [] : await crlsFor(question.crls);
  const peer = askOpenssl(question, crls);
  const roots = forest.roots.map(({ der }) => der);
  const others = forest.authorities.map(({ der }) => der);
  const disagreements: unknown[] = [];
  for (const [title, leaf] of selectLeaves(question)) {
    const ours = verifyChain(quickPorts, {
      chain: [leaf.der, ...others],
      roots,
      crls,
      revocations: [],
      at: NOW,
      purpose: 'any',
      revocationCheck: question.crls !== undefined,
      ...question.request,
    });
    const theirs = peer.get(files.get(title) ?? '');
    compared[ours.accepted ? 'accepted' : 'refused'] += 1;
    const problem = disagreement(ours, theirs);
    if (problem !== undefined)
      disagreements.push({
        title,
        problem,
        theirs,
        ours: ours.reasons.map(({ rule, certificate }) => `${rule} ${certificate.subject}`),
      });
  }
  expect(disagreements).toEqual([]);
});

/**
 * Compares both verdicts and returns the difference, if any. Each error from openssl must be among the engine's reasons
 * for the same certificate.
 */
function disagreement(ours: PathVerdict, theirs: PeerVerdict | undefined): string | undefined {
  if (theirs === undefined) return 'openssl says nothing';
  if (ours.accepted !== theirs.accepted) return 'another verdict';
  const missing = theirs.errors.filter(({ code, depth }) => {
    // openssl also requires a CRL that covers the root; the engine trusts each root that it is given.
    if (OF_CRLS.has(code) && depth === ours.path.length - 1) return false;
    // openssl reports a fault of the CA that issued the CRL at the certificate for which it needs the CRL.
    const place = code === 35 ? depth + 1 : depth;
    return !ours.reasons.some(
      ({ rule, certificate }) => RULES[code]?.includes(rule) === true && ours.path.indexOf(certificate) === place,
    );
  });
  return missing.length === 0 ? undefined : `reasons missing: ${JSON.stringify(missing)}`;
}

test('more than 300 verdicts, both positive and negative, were compared', () => {
  expect(compared.accepted + compared.refused).toBeGreaterThan(300);
  expect(compared.accepted).toBeGreaterThan(100);
  expect(compared.refused).toBeGreaterThan(200);
});

/** A case in which the verdicts differ on purpose; docs/verification.md gives the reasons. */
interface Difference {
  title: string;
  openssl: 'accepts' | 'refuses';
  /** The rule that the engine reports, if it refuses. */
  rule?: ReasonRule;
  leaf: () => Promise<Uint8Array>;
  options?: string[];
  request?: Partial<VerifyRequest>;
  /** Roots that replace those of the forest. */
  roots?: () => Uint8Array[];
}

function authority(name: string): SigningAuthority {
  const found = [...forest.authorities, ...forest.roots].find(({ facts }) => facts.subject.cn === name);
  if (found === undefined) throw new Error(`no CA called ${name}`);
  return found;
}

/** Makes a CA with an additional extension below the CA `first`, and a leaf of the new CA. */
async function issueBelowOdd(name: string, more: Buffer): Promise<{ odd: SigningAuthority; leaf: Uint8Array }> {
  const key = await ports.keys.generate('p-256');
  const odd = anOddAuthority(authority('first'), key, {
    subject: commonName(name),
    extensions: [
      extension('2.5.29.19', sequence(boolean(0xff)), true),
      extension('2.5.29.15', bits(Buffer.from([0x06]), 1), true),
      more,
    ],
  });
  return { odd, leaf: (await aLeaf(odd, { sans: SANS })).der };
}

const DIFFERENCES: Difference[] = [
  {
    title: 'the last second belongs to the validity period',
    openssl: 'refuses',
    leaf: async () => (await aLeaf(authority('first'), { notAfter: NOW })).der,
  },
  {
    title: 'anyExtendedKeyUsage allows every purpose',
    openssl: 'refuses',
    options: ['-purpose', 'sslserver'],
    request: { purpose: 'server' },
    leaf: async () => (await aLeaf(authority('first'), { extendedKeyUsage: ['anyExtendedKeyUsage'] })).der,
  },
  {
    title: 'the key identifier of another key does not matter if the signature is right',
    openssl: 'refuses',
    leaf: async () => {
      const first = authority('first');
      const misnamed = { ...first, facts: { ...first.facts, subjectKeyId: 'ab'.repeat(20) } };
      return (await aLeaf(misnamed)).der;
    },
  },
  {
    title: 'a trusted certificate need not be self-signed',
    openssl: 'refuses',
    leaf: async () => (await aLeaf(authority('first'))).der,
    roots: () => [authority('first').der],
  },
  {
    title: 'the common name is not a host name',
    openssl: 'accepts',
    rule: 'name-not-covered',
    options: ['-verify_hostname', 'api.example.test'],
    request: { name: 'api.example.test' },
    leaf: async () => (await aLeaf(authority('first'), { name: 'api.example.test' })).der,
  },
  {
    title: 'a wildcard stands for a whole label',
    openssl: 'accepts',
    rule: 'name-not-covered',
    options: ['-verify_hostname', 'api.example.test'],
    request: { name: 'api.example.test' },
    leaf: async () => (await aLeaf(authority('first'), { sans: { dns: ['a*.example.test'], ip: [] } })).der,
  },
];

/** Extensions of a CA that openssl ignores. */
const EXTENSIONS_OF_CAS = [
  {
    title: 'policies count without being asked for',
    rule: 'policy-missing',
    extension: () => extension('2.5.29.36', sequence(element(0x80, Buffer.from([0]))), true),
  },
] as const;

test.each(DIFFERENCES)('the engine differs from openssl: $title', async (difference) => {
  const leaf = await difference.leaf();
  const roots = difference.roots?.() ?? forest.roots.map(({ der }) => der);
  const untrusted = difference.roots === undefined ? forest.authorities.map(({ der }) => der) : [];
  expectDifference(difference, { leaf, roots, untrusted });
});

test.each(EXTENSIONS_OF_CAS)(
  'the engine differs from openssl on an extension of a CA: $title',
  async ({ title, rule, extension: more }) => {
    const { odd, leaf } = await issueBelowOdd(title, more());
    expectDifference(
      { title, rule, openssl: 'accepts' },
      { leaf, roots: forest.roots.map(({ der }) => der), untrusted: [authority('first').der, odd.der] },
    );
  },
);

function expectDifference(
  { openssl, rule, options = [], request }: Omit<Difference, 'leaf'>,
  { leaf, roots, untrusted }: { leaf: Uint8Array; roots: Uint8Array[]; untrusted: Uint8Array[] },
): void {
  const file = writePemFile('difference.pem', 'CERTIFICATE', [leaf]);
  const peer = opensslVerdicts(
    [
      ...['-CAfile', writePemFile('trusted.pem', 'CERTIFICATE', roots), '-attime', seconds(NOW)],
      ...(untrusted.length === 0 ? [] : ['-untrusted', writePemFile('more.pem', 'CERTIFICATE', untrusted)]),
      ...options,
    ],
    [file],
  );
  const ours = verifyChain(ports, {
    chain: [leaf, ...untrusted],
    roots,
    crls: [],
    revocations: [],
    at: NOW,
    purpose: 'any',
    revocationCheck: false,
    ...request,
  });
  expect(peer.get(file)?.accepted).toBe(openssl === 'accepts');
  expect(ours.accepted).toBe(openssl !== 'accepts');
  expect(ours.reasons.map((reason) => reason.rule)).toEqual(rule === undefined ? [] : [rule]);
}
