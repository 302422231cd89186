import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findTool, isAtLeast } from '../../../../build/tools.mjs';
import type { ReasonRule } from '../../../../core/pki/model/verdict.ts';
import { element, extension, oid, relativeName, sequence, text } from '../../../support/certificates.ts';
import { makeChain, askOpenssl, judge, organization, seedRandom, unit, type Link } from './chains-of-extensions.ts';

const folder = mkdtempSync(join(tmpdir(), 'arcwarden-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const email = (value: string): Buffer => text(0x81, value);
const dns = (value: string): Buffer => text(0x82, value);
const uri = (value: string): Buffer => text(0x86, value);
const ip = (...octets: number[]): Buffer => element(0x87, Buffer.from(octets));
const directory = (...parts: Buffer[]): Buffer => element(0xa4, sequence(...parts));
const encodeRegisteredId = (value: string): Buffer => element(0x88, oid(value).subarray(2));
const other = (type: string): Buffer => element(0xa0, oid(type), element(0xa0, text(0x0c, 'x')));

interface Limits {
  permitted?: Buffer[];
  excluded?: Buffer[];
}

const subtree = (base: Buffer): Buffer => sequence(base);

function nameConstraints({ permitted = [], excluded = [] }: Limits, isCritical = true): Buffer {
  const part = (tag: number, names: Buffer[]): Buffer[] =>
    names.length === 0 ? [] : [element(tag, ...names.map(subtree))];
  return extension('2.5.29.30', sequence(...part(0xa0, permitted), ...part(0xa1, excluded)), isCritical);
}

const subjectAltNames = (...names: Buffer[]): Buffer[] =>
  names.length === 0 ? [] : [extension('2.5.29.17', sequence(...names))];

const V6 = (first: number, last: number): number[] => [first, ...Array.from({ length: 14 }, () => 0), last];
const V6_MASK = (bytes: number): number[] => Array.from({ length: 16 }, (_, at) => (at < bytes ? 255 : 0));

const BASES: Record<string, Buffer[]> = {
  dns: ['example.com', '.example.com', 'a.example.com', 'com', '', 'EXAMPLE.com', 'b.a.example.com'].map(dns),
  email: ['example.com', '.example.com', 'me@example.com', 'Me@example.com', 'org'].map(email),
  uri: ['example.com', '.example.com', 'other.org', '.org'].map(uri),
  ip: [
    ip(10, 0, 0, 0, 255, 0, 0, 0),
    ip(10, 1, 0, 0, 255, 255, 0, 0),
    ip(10, 1, 2, 3, 255, 255, 255, 255),
    ip(0, 0, 0, 0, 0, 0, 0, 0),
    ip(...V6(0xfd, 0), ...V6_MASK(1)),
    ip(...V6(0xfd, 1), ...V6_MASK(16)),
  ],
  directory: [directory(organization('Contoso')), directory(organization('contoso'), unit('a')), directory()],
  registered: [encodeRegisteredId('1.2.3.4')],
  other: [other('1.2.3.5')],
};

const NAMES: Record<string, Buffer[]> = {
  dns: [
    'example.com',
    'a.example.com',
    'b.a.example.com',
    'xexample.com',
    '*.example.com',
    'other.org',
    'A.Example.COM',
  ].map(dns),
  email: ['me@example.com', 'me@a.example.com', 'you@other.org', 'ME@EXAMPLE.COM', 'me@org'].map(email),
  uri: ['https://example.com/x', 'https://a.example.com:8443/', 'spiffe://other.org/a/b', 'urn:nothing'].map(uri),
  ip: [ip(10, 1, 2, 3), ip(10, 2, 0, 1), ip(192, 168, 0, 1), ip(...V6(0xfd, 1)), ip(...V6(0xfe, 1))],
  directory: [directory(organization('CONTOSO'), unit('a')), directory(organization('Fabrikam'))],
  registered: [encodeRegisteredId('1.2.3.9')],
  other: [other('1.2.3.5'), other('1.2.3.6')],
};
const KINDS = Object.keys(BASES);

/** The engine's rules by openssl's error numbers. Source: openssl, include/openssl/x509_vfy.h. */
const RULES: Record<number, ReasonRule> = {
  47: 'name-not-permitted',
  48: 'name-excluded',
  49: 'name-constraint-unsupported',
  51: 'name-constraint-unsupported',
  52: 'name-constraint-unsupported',
  53: 'name-constraint-unsupported',
};

const CHAINS = 200;

function randomLinks(seed: number): Link[] {
  const { chance, pick } = seedRandom(seed);
  // Each chain has only a few kinds of names, so that constraints often apply to the names.
  const kinds = [pick(KINDS), pick(KINDS), pick(['dns', 'ip', 'directory'])];
  const bases = (): Buffer[] => {
    const list = [pick(BASES[pick(kinds)] ?? [])];
    if (chance(0.4)) list.push(pick(BASES[pick(kinds)] ?? []));
    return list;
  };
  const limits = (): Buffer[] => {
    if (chance(0.4)) return [];
    const permitted = chance(0.6) ? bases() : [];
    const excluded = permitted.length === 0 || chance(0.3) ? bases() : [];
    return [nameConstraints({ permitted, excluded }, chance(0.7))];
  };
  const subject = (): Buffer[] => {
    if (chance(0.3)) return [];
    return [organization(pick(['Contoso', 'contoso', 'Fabrikam'])), ...(chance(0.5) ? [unit(pick(['a', 'b']))] : [])];
  };
  const links: Link[] = [{ name: `root ${seed}`, subject: subject(), extensions: limits() }];
  for (const level of [1, 2, 3]) {
    if (chance(0.4)) continue;
    const above = links.at(-1);
    const isSelfIssued = chance(0.2) && above !== undefined;
    links.push({
      ...(isSelfIssued ? { name: above.name, subject: above.subject } : { name: `ca ${level}`, subject: subject() }),
      extensions: limits(),
    });
  }
  const names = Array.from({ length: pick([0, 1, 1, 2, 3]) }, () => pick(NAMES[pick(kinds)] ?? []));
  links.push({ name: 'leaf', subject: subject(), extensions: subjectAltNames(...names) });
  return links;
}

test(
  `openssl and the engine give the same verdict on the names in ${CHAINS} random chains`,
  { timeout: 240_000 },
  async () => {
    const tally = { accepted: 0, refused: 0 };
    const rules = new Map<string, number>();
    const disagreements: unknown[] = [];
    for (let seed = 1; seed <= CHAINS; seed += 1) {
      const chain = await makeChain(randomLinks(seed));
      const ours = judge(chain);
      const theirs = askOpenssl(chain, folder);
      tally[ours.accepted ? 'accepted' : 'refused'] += 1;
      for (const { rule } of ours.reasons) rules.set(rule, (rules.get(rule) ?? 0) + 1);
      const { error } = theirs;
      const isNamed =
        error === undefined ||
        ours.reasons.some(
          ({ rule, certificate }) =>
            [RULES[error.code], 'name-constraint-unsupported'].includes(rule) &&
            ours.path.indexOf(certificate) === error.depth,
        );
      if (ours.accepted !== theirs.accepted || !isNamed) {
        const reasons = ours.reasons.map(({ rule, certificate, params }) => ({
          rule,
          at: ours.path.indexOf(certificate),
          params,
        }));
        disagreements.push({ seed, theirs, reasons });
      }
    }
    expect(disagreements).toEqual([]);
    expect(tally.accepted).toBeGreaterThan(40);
    expect(tally.refused).toBeGreaterThan(40);
    expect([...rules.keys()].sort()).toEqual(['name-constraint-unsupported', 'name-excluded', 'name-not-permitted']);
  },
);

/** Makes a chain whose leaf has these names below a CA with these constraints. */
function makeLinks(limits: Limits, names: Buffer[], subject: Buffer[] = []): Link[] {
  return [
    { name: 'root', extensions: [] },
    { name: 'ca', extensions: [nameConstraints(limits)] },
    { name: 'leaf', subject, extensions: subjectAltNames(...names) },
  ];
}

interface Case {
  title: string;
  links: Link[];
  /** The rules that the engine reports; none if it accepts the chain. */
  rules: ReasonRule[];
  /** The verdict of openssl, if it differs. */
  openssl?: 'accepts' | 'refuses';
}

const CASES: Case[] = [
  {
    title: 'a name below the permitted domain',
    links: makeLinks({ permitted: [dns('b.test')] }, [dns('a.b.test')]),
    rules: [],
  },
  {
    title: 'the permitted domain itself',
    links: makeLinks({ permitted: [dns('b.test')] }, [dns('b.test')]),
    rules: [],
  },
  {
    title: 'the domain itself, if a leading dot requires one more label',
    links: makeLinks({ permitted: [dns('.b.test')] }, [dns('b.test')]),
    rules: ['name-not-permitted'],
  },
  {
    title: 'a name that merely ends with the same letters',
    links: makeLinks({ permitted: [dns('b.test')] }, [dns('ab.test')]),
    rules: ['name-not-permitted'],
  },
  {
    title: 'a name that is both permitted and excluded',
    links: makeLinks({ permitted: [dns('b.test')], excluded: [dns('a.b.test')] }, [dns('x.a.b.test')]),
    rules: ['name-excluded'],
  },
  {
    title: 'a certificate without names of the constrained kind',
    links: makeLinks({ permitted: [dns('b.test')] }, [ip(10, 0, 0, 1)]),
    rules: [],
  },
  {
    title: 'an IPv6 address if only some IPv4 addresses are permitted',
    links: makeLinks({ permitted: [ip(10, 0, 0, 0, 255, 0, 0, 0)] }, [ip(...V6(0xfd, 1))]),
    rules: ['name-not-permitted'],
  },
  {
    title: 'the last address of a range and the first after it',
    links: makeLinks({ permitted: [ip(10, 0, 0, 0, 255, 255, 255, 0)] }, [ip(10, 0, 0, 255), ip(10, 0, 1, 0)]),
    rules: ['name-not-permitted'],
  },
  {
    title: 'a subject below the permitted name, in another case and with more spaces',
    links: makeLinks(
      { permitted: [directory(organization('Contoso  Ltd'))] },
      [],
      [organization('CONTOSO ltd '), unit('a')],
    ),
    rules: [],
  },
  {
    title: 'a subject whose first attribute differs',
    links: makeLinks({ permitted: [directory(unit('a'))] }, [], [organization('Contoso'), unit('a')]),
    rules: ['name-not-permitted'],
  },
  {
    title: 'two attributes in one part of a name, which are not two parts',
    links: makeLinks(
      { permitted: [directory(organization('Contoso'), unit('a'))] },
      [],
      [element(0x31, organization('Contoso').subarray(2), unit('a').subarray(2))],
    ),
    rules: ['name-not-permitted'],
  },
  {
    title: 'an e-mail address in the subject',
    links: makeLinks(
      { permitted: [email('b.test')] },
      [],
      [relativeName('1.2.840.113549.1.9.1', text(0x16, 'me@other.test'))],
    ),
    rules: ['name-not-permitted'],
  },
  {
    title: 'a mailbox in another case, which matters only before the host',
    links: makeLinks({ permitted: [email('me@b.test')] }, [email('me@B.TEST'), email('Me@b.test')]),
    rules: ['name-not-permitted'],
  },
  {
    title: 'a URI without a host if hosts are constrained',
    links: makeLinks({ permitted: [uri('b.test')] }, [uri('urn:isbn:1')]),
    rules: ['name-constraint-unsupported'],
  },
  {
    title: 'a constrained name of a kind that cannot be evaluated',
    links: makeLinks({ permitted: [encodeRegisteredId('1.2.3')] }, [encodeRegisteredId('1.2.3.4')]),
    rules: ['name-constraint-unsupported'],
  },
  {
    title: 'an international mailbox if mailboxes are constrained',
    links: makeLinks({ permitted: [email('b.test')] }, [
      element(0xa0, oid('1.3.6.1.5.5.7.8.9'), element(0xa0, text(0x0c, 'me@other.test'))),
    ]),
    rules: ['name-constraint-unsupported'],
  },
  {
    title: 'a certificate without names of that kind',
    links: makeLinks({ permitted: [encodeRegisteredId('1.2.3')] }, [dns('a.test')]),
    rules: [],
  },
  {
    title: 'the leaf of a self-issued intermediate, but not the intermediate itself',
    links: [
      { name: 'root', extensions: [] },
      {
        name: 'ca',
        subject: [organization('Contoso')],
        extensions: [nameConstraints({ excluded: [directory(organization('Contoso'))] })],
      },
      { name: 'ca', subject: [organization('Contoso')], extensions: [] },
      { name: 'leaf', subject: [organization('Fabrikam')], extensions: [] },
    ],
    rules: [],
  },
  {
    title: 'an intermediate with its own name, just like its leaf',
    links: [
      { name: 'root', extensions: [nameConstraints({ excluded: [directory(organization('Contoso'))] })] },
      { name: 'ca', subject: [organization('Contoso')], extensions: [] },
      { name: 'leaf', subject: [organization('Contoso')], extensions: [] },
    ],
    rules: ['name-excluded', 'name-excluded'],
  },
  {
    title: 'a leaf even if they are malformed',
    links: [
      { name: 'root', extensions: [] },
      { name: 'ca', extensions: [extension('2.5.29.30', sequence(element(0xa2, dns('b.test'))))] },
      { name: 'leaf', extensions: subjectAltNames(dns('a.b.test')) },
    ],
    rules: ['malformed'],
  },
  {
    title: 'a leaf even if they count levels, which RFC 5280 does not allow',
    links: [
      { name: 'root', extensions: [] },
      {
        name: 'ca',
        extensions: [
          extension(
            '2.5.29.30',
            sequence(element(0xa0, sequence(dns('b.test'), element(0x80, Buffer.from([1]))))),
            true,
          ),
        ],
      },
      { name: 'leaf', extensions: subjectAltNames(dns('a.b.test')) },
    ],
    rules: ['name-constraint-unsupported'],
  },
  // openssl judges the next cases differently; docs/verification.md gives the reasons.
  {
    title: 'a URI with an address if hosts are excluded',
    links: makeLinks({ excluded: [uri('b.test')] }, [uri('https://10.0.0.1/')]),
    rules: ['name-constraint-unsupported'],
    openssl: 'accepts',
  },
  {
    title: 'the host of a URI without the user before it',
    links: makeLinks({ excluded: [uri('b.test')] }, [uri('https://me@b.test/')]),
    rules: ['name-excluded'],
    // OpenSSL 3.0 treats the user as part of the name; OpenSSL 3.5 does not.
    openssl: isAtLeast(findTool('openssl')?.version ?? '0', '3.5') ? 'refuses' : 'accepts',
  },
  {
    title: 'DNS names, but not to a common name',
    links: [
      { name: 'root', extensions: [] },
      { name: 'ca', extensions: [nameConstraints({ permitted: [dns('b.test')] })] },
      { name: 'other.test', extensions: [] },
    ],
    rules: [],
    openssl: 'refuses',
  },
];

describe('name constraints are applied to', () => {
  test.each(CASES)('$title', async ({ links, rules, openssl }) => {
    const chain = await makeChain(links);
    const ours = judge(chain);
    expect(ours.reasons.map(({ rule }) => rule)).toEqual(rules);
    const isAccepted = openssl === undefined ? rules.length === 0 : openssl === 'accepts';
    expect(askOpenssl(chain, folder).accepted).toBe(isAccepted);
  });
});

test('the reason states the name and the CA, or the name form that cannot be judged', async () => {
  const found = judge(
    await makeChain(
      makeLinks({ permitted: [dns('b.test'), encodeRegisteredId('1.2.3')] }, [
        dns('a.test'),
        encodeRegisteredId('1.2.3.4'),
      ]),
    ),
  );
  expect(found.reasons.map(({ rule, params }) => [rule, params])).toEqual([
    ['name-not-permitted', { name: 'a.test', ca: 'CN=ca' }],
    ['name-constraint-unsupported', { form: 'registeredID', ca: 'CN=ca' }],
  ]);
});

test('thousands of names and constraints are refused immediately', async () => {
  const many = Array.from({ length: 2000 }, (_, index) => dns(`n${index}.b.test`));
  const found = judge(await makeChain(makeLinks({ excluded: many }, many)));
  expect(found.reasons.map(({ rule }) => rule)).toEqual(['name-constraint-unsupported']);
});
