import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ReasonRule } from '../../../../core/pki/model/verdict.ts';
import { element, extension, integer, oid, sequence } from '../../../support/certificates.ts';
import { makeChain, askOpenssl, judge, seedRandom, type Link } from './chains-of-extensions.ts';

const folder = mkdtempSync(join(tmpdir(), 'arcwarden-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ANY = '2.5.29.32.0';
const [A, B, C, D] = ['1.3.6.1.4.1.99999.1', '1.3.6.1.4.1.99999.2', '1.3.6.1.4.1.99999.3', '1.3.6.1.4.1.99999.4'];
const POLICIES = [A, B, C, D];

const certificatePolicies = (...policies: string[]): Buffer =>
  extension('2.5.29.32', sequence(...policies.map((policy) => sequence(oid(policy)))));
const policyMappings = (...pairs: [string, string][]): Buffer =>
  extension('2.5.29.33', sequence(...pairs.map(([from, to]) => sequence(oid(from), oid(to)))), true);
const inhibitAny = (skip: number): Buffer => extension('2.5.29.54', integer(hex(skip)), true);
function policyConstraints({ explicit, mapping }: { explicit?: number; mapping?: number }): Buffer {
  const field = (tag: number, value: number | undefined): Buffer[] =>
    value === undefined ? [] : [element(tag, Buffer.from(hex(value), 'hex'))];
  return extension('2.5.29.36', sequence(...field(0x80, explicit), ...field(0x81, mapping)), true);
}
const hex = (value: number): string => value.toString(16).padStart(2, '0');

/** In the first certificate below the root, requires policies of it and of all below. */
const REQUIRED = policyConstraints({ explicit: 0 });
/** openssl interprets an empty list of accepted policies as none, so anyPolicy is passed instead. */
const OPTIONS = ['-policy_check', '-policy', ANY];

/** The engine's rules by openssl's error numbers. Source: openssl, include/openssl/x509_vfy.h. */
const RULES: Record<number, ReasonRule> = { 42: 'policies-malformed', 43: 'policy-missing' };

const CHAINS = 150;

interface Question {
  links: Link[];
  /**
   * A CA maps a policy that it has only through anyPolicy, and another CA inhibits anyPolicy. openssl then accepts the
   * mapping.
   */
  mayBeMappedByAny: boolean;
}

function randomQuestion(seed: number): Question {
  const { chance, pick } = seedRandom(seed);
  const some = (): string[] => POLICIES.filter(() => chance(0.45));
  const policies = (anyShare: number): Buffer[] => {
    const list = [...some(), ...(chance(anyShare) ? [ANY] : [])];
    return list.length === 0 || chance(0.08) ? [] : [certificatePolicies(...list)];
  };
  const links: Link[] = [{ name: `root ${seed}`, extensions: policies(0.5) }];
  let inhibitsAny = false;
  let mapsAny = false;
  for (let level = 1; level <= pick([1, 2, 2, 3, 4]); level += 1) {
    const above = links.at(-1)?.name ?? '';
    const mappings = Array.from({ length: pick([1, 1, 2, 3]) }, (): [string, string] => [
      pick(POLICIES),
      pick(POLICIES),
    ]);
    const own = policies(0.55);
    const maps = chance(0.4);
    const inhibits = chance(0.15);
    mapsAny ||= maps && own.some((each) => each.includes(oid(ANY)));
    inhibitsAny ||= inhibits;
    links.push({
      name: chance(0.15) ? above : `ca ${level}`,
      extensions: [
        ...own,
        ...(maps ? [policyMappings(...mappings)] : []),
        ...(level === 1 && chance(0.55)
          ? [policyConstraints({ explicit: 0, ...(chance(0.15) && { mapping: 0 }) })]
          : chance(0.3)
            ? [
                policyConstraints(
                  pick([{ explicit: pick([0, 1, 2]) }, { mapping: pick([0, 1]) }, { explicit: 1, mapping: 1 }]),
                ),
              ]
            : []),
        ...(inhibits ? [inhibitAny(pick([0, 1, 2]))] : []),
      ],
    });
  }
  links.push({
    name: 'leaf',
    extensions: [...policies(0.2), ...(chance(0.1) ? [policyConstraints({ explicit: pick([0, 1]) })] : [])],
  });
  return { links, mayBeMappedByAny: mapsAny && inhibitsAny };
}

test(
  `openssl and the engine give the same verdict on the policies of ${CHAINS} random chains`,
  { timeout: 240_000 },
  async () => {
    const tally = { accepted: 0, refused: 0 };
    const disagreements: unknown[] = [];
    for (let seed = 1; seed <= CHAINS; seed += 1) {
      const { links, mayBeMappedByAny } = randomQuestion(seed);
      const chain = await makeChain(links);
      const ours = judge(chain);
      const theirs = askOpenssl(chain, folder, OPTIONS);
      tally[ours.accepted ? 'accepted' : 'refused'] += 1;
      const rules = ours.reasons.map(({ rule }) => rule);
      const { error } = theirs;
      const isNamed = error === undefined || rules.some((rule) => rule === RULES[error.code]);
      if (mayBeMappedByAny && theirs.accepted) continue;
      if (ours.accepted !== theirs.accepted || !isNamed) disagreements.push({ seed, theirs, rules });
    }
    expect(disagreements).toEqual([]);
    expect(tally.accepted).toBeGreaterThan(30);
    expect(tally.refused).toBeGreaterThan(30);
  },
);

interface Case {
  title: string;
  /** Extensions of each certificate below the root, the leaf last. */
  below: Buffer[][];
  names?: string[];
  rules: ReasonRule[];
  openssl?: 'accepts' | 'refuses';
}

const CASES: Case[] = [
  { title: 'may lack policies if none is required', below: [[], []], rules: [] },
  {
    title: 'is accepted with the same policy in every certificate',
    below: [[certificatePolicies(A), REQUIRED], [certificatePolicies(A)]],
    rules: [],
  },
  {
    title: 'is refused with a different policy in each certificate',
    below: [[certificatePolicies(A), REQUIRED], [certificatePolicies(B)]],
    rules: ['policy-missing'],
  },
  {
    title: 'is accepted if anyPolicy of a CA stands for the policy of its leaf',
    below: [[certificatePolicies(ANY), REQUIRED], [certificatePolicies(B)]],
    rules: [],
  },
  {
    title: 'is refused with anyPolicy if a CA above inhibits it',
    below: [[certificatePolicies(A), inhibitAny(0), REQUIRED], [certificatePolicies(ANY)], [certificatePolicies(A)]],
    rules: ['policy-missing'],
  },
  {
    title: 'is accepted with anyPolicy if it is inhibited only for later certificates',
    below: [[certificatePolicies(A), inhibitAny(1), REQUIRED], [certificatePolicies(ANY)], [certificatePolicies(A)]],
    rules: [],
  },
  {
    title: 'is refused if a CA requires a policy at once',
    below: [[policyConstraints({ explicit: 0 })], []],
    rules: ['policy-missing'],
  },
  {
    title: 'is accepted if a CA requires a policy only after the end of the path',
    below: [[policyConstraints({ explicit: 2 })], []],
    rules: [],
  },
  {
    title: 'is refused if a CA requires a policy from the next certificate on',
    below: [[policyConstraints({ explicit: 1 })], [], []],
    rules: ['policy-missing'],
  },
  {
    title: 'is accepted if its policy is mapped to that of the leaf',
    below: [[certificatePolicies(A), policyMappings([A, B]), REQUIRED], [certificatePolicies(B)]],
    rules: [],
  },
  {
    title: 'is refused if a CA above has inhibited the mapping',
    below: [
      [certificatePolicies(A), policyConstraints({ explicit: 0, mapping: 0 })],
      [certificatePolicies(A), policyMappings([A, B])],
      [certificatePolicies(B)],
    ],
    rules: ['policy-missing'],
  },
  {
    title: 'is malformed if it maps anyPolicy',
    below: [[certificatePolicies(ANY), policyMappings([ANY, B])], [certificatePolicies(B)]],
    rules: ['policies-malformed'],
  },
  {
    title: 'is malformed if it states a policy twice',
    below: [[certificatePolicies(A, A)], [certificatePolicies(A)]],
    rules: ['policies-malformed'],
  },
  {
    title: 'is malformed if its constraints constrain nothing',
    below: [[certificatePolicies(A), policyConstraints({})], [certificatePolicies(A)]],
    rules: ['policies-malformed'],
  },
  {
    title: 'is refused if only anyPolicy, which is inhibited, states a mapped policy',
    below: [
      [certificatePolicies(ANY), inhibitAny(0), REQUIRED],
      [certificatePolicies(A, ANY), policyMappings([B, C])],
      [certificatePolicies(C)],
    ],
    rules: ['policy-missing'],
    openssl: 'accepts',
  },
  {
    title: 'is refused if a CA requires a policy after one certificate, not counting a self-issued CA',
    below: [[policyConstraints({ explicit: 1 })], [], []],
    names: ['ca', 'ca'],
    rules: ['policy-missing'],
  },
  {
    title: 'is accepted if a CA requires a policy after two certificates, not counting a self-issued CA',
    below: [[policyConstraints({ explicit: 2 })], [], []],
    names: ['ca', 'ca'],
    rules: [],
  },
];

describe('a path', () => {
  test.each(CASES)('$title', async ({ below, names = [], rules, openssl }) => {
    const links = below.map((extensions, index): Link => {
      const isLeaf = index === below.length - 1;
      return { name: isLeaf ? 'leaf' : (names[index] ?? `ca ${index}`), extensions };
    });
    const chain = await makeChain([{ name: 'root', extensions: [] }, ...links]);
    expect(judge(chain).reasons.map(({ rule }) => rule)).toEqual(rules);
    const isAccepted = openssl === undefined ? rules.length === 0 : openssl === 'accepts';
    expect(askOpenssl(chain, folder, OPTIONS).accepted).toBe(isAccepted);
  });
});

test('policies of a root are ignored, because the root is trusted as given', async () => {
  const root = {
    name: 'root',
    extensions: [certificatePolicies(A), policyConstraints({ explicit: 0 }), inhibitAny(0)],
  };
  const chain = await makeChain([root, { name: 'ca', extensions: [] }, { name: 'leaf', extensions: [] }]);
  expect(judge(chain).reasons).toEqual([]);
  expect(askOpenssl(chain, folder, OPTIONS).accepted).toBe(true);
});

test('policies that every certificate maps to each other are judged without exponential cost', async () => {
  // A tree of policies would have 4 to the power of 20 nodes. Source: RFC 9618 section 2.
  const pairs = POLICIES.flatMap((from) => POLICIES.map((to): [string, string] => [from, to]));
  const cas = Array.from({ length: 20 }, (_, index) => ({
    name: `ca ${index}`,
    extensions: [certificatePolicies(...POLICIES), policyMappings(...pairs), ...(index === 0 ? [REQUIRED] : [])],
  }));
  const chain = await makeChain([
    { name: 'root', extensions: [] },
    ...cas,
    { name: 'leaf', extensions: [certificatePolicies(D)] },
  ]);
  expect(judge(chain).reasons).toEqual([]);
});
