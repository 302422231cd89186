/**
 * Mutates manifests and checks that reading, judging and changing them neither throws nor hangs nor leaks memory, and
 * that a change leaves everything else as it was. Options: `--mutants N` (default 20000), `--seed N` (default from the
 * clock). Exits with 1 on a failure.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instant } from '../../core/shared/instant.ts';
import type { RevocationDraft } from '../../core/shared/renew-revocation/draft.ts';
import { changeDraft } from '../../core/revocation/model/fix.ts';
import type { DraftChange } from '../../core/revocation/model/view.ts';
import { readRevocationDrafts } from '../../core/formats/renew-revocation/draft-reader.ts';
import { editRevocation } from '../../core/revocation/manifest/editor.ts';
import { readRevocationManifest } from '../../core/formats/renew-revocation/manifest.ts';
import { writeRevocation } from '../../core/revocation/manifest/writer.ts';
import { secretLineIn } from '../../core/formats/text/secrets-in-text.ts';
import { judgeText } from '../../core/revocation/evaluate.ts';
import { lintText } from '../../core/revocation/lint-text.ts';
import { aKnown } from '../support/known-certificates.ts';

/** Longer than judging any text takes, and longer than a pause on a busy machine. */
const SLOW_MS = 2_000;
/** Allowed growth of memory, measured from one hundredth of the run to its end. */
const KEPT_BYTES = 64 * 1024 * 1024;
const MAX_REPORTED = 5;
const NOW = instant('2026-11-25T12:00:00Z');

function numberAfter(flag: string, fallback: number): number {
  const at = process.argv.indexOf(flag);
  const value = at < 0 ? fallback : Number(process.argv[at + 1]);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${flag} needs a whole number`);
  return value;
}

/** Returns a generator of whole numbers below a limit; the seed determines the sequence (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * below);
  };
}

type Random = (below: number) => number;

/** Text that has a meaning in YAML, or that is difficult to parse. */
const PIECES = [
  ...['- ', '  ', '\n', '\r\n', '\t', ': ', ':', '#', ' # x', '{', '}', '[', ']', ',', '&a ', '*a', '!!binary '],
  ...[
    '|\n',
    '>-\n',
    '"',
    "'",
    '\\',
    '? ',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '<<: *a\n',
    '~',
    'null',
    '\u0000',
    '\ufeff',
  ],
  ...[
    'kind: ',
    'revocations:',
    'notBefore: ',
    'dns: .',
    'ip: 10.0.0.0/8',
    'serialNumber: 12e34',
    'spec:',
    '\u2028',
    '失',
  ],
  '- '.repeat(200),
  '['.repeat(2_000),
  'a: &b [*b, *b]\n',
];

function mutant(text: string, random: Random): string {
  let mutated = text;
  for (let left = 1 + random(6); left > 0; left -= 1) {
    const at = random(mutated.length + 1);
    const length = random(random(4) === 0 ? 80 : 6);
    const piece = PIECES[random(PIECES.length)] ?? '';
    const copied = mutated.slice(at, at + random(120));
    const added = [piece, '', copied, piece + copied][random(4)] ?? '';
    mutated = mutated.slice(0, at) + added + mutated.slice(at + (random(2) === 0 ? length : 0));
  }
  return mutated;
}

const KNOWN = [aKnown({ groups: ['system:nodes'], dns: ['a.cluster.local'], ip: ['10.0.0.1'] })];

function someChange({ entries }: RevocationDraft, random: Random): Exclude<DraftChange, { kind: 'begin' }> {
  const entryIndex = random(entries.length + 1);
  switch (random(7)) {
    case 4:
      return { kind: 'append', entries: [{ kind: 'Group', group: 'ops' }] };
    case 5:
      return { kind: 'set-object', field: 'name', value: 'lost' };
    case 0:
      return { kind: 'unset', entryIndex, field: 'notBefore' };
    case 1:
      return { kind: 'remove', entryIndex };
    case 2:
      return { kind: 'insert', entryIndex, entries: [{ kind: 'Group', group: 'ops' }] };
    case 3:
      return { kind: 'set-object', field: 'description', value: 'a: b' };
    default:
      return { kind: 'set', entryIndex, field: 'notBefore', value: NOW };
  }
}

/** Checks that adding an object keeps every existing byte; returns the fault, if any. */
function beginFault(text: string, objects: number): string | undefined {
  const draft = { name: 'more', entries: [{ kind: 'Group', group: 'ops' }] };
  const edited = editRevocation(text, 0, { kind: 'begin', draft });
  if (edited === undefined) return undefined;
  if (text.trim() !== '' && !edited.startsWith(text)) return 'begin changed what was there';
  const after = readRevocationDrafts(edited).objects;
  return after.length === objects + 1 ? undefined : 'begin changed the number of objects';
}

function fault(text: string, random: Random): string | undefined {
  readRevocationManifest(text);
  secretLineIn(text);
  const { objects } = lintText(text, { now: NOW, certificates: KNOWN });
  const { judgement } = judgeText(text, {
    clusters: [],
    certificates: KNOWN,
    now: NOW,
    serialSpelling: 'serialnumber',
  });
  if (judgement.objects.length !== objects.length) return 'judged otherwise than linted';
  const begun = beginFault(text, objects.length);
  if (begun !== undefined) return begun;
  for (const [at, { written, object }] of objects.entries()) {
    if (object !== undefined) {
      const [again] = readRevocationManifest(writeRevocation(object)).objects;
      if (again?.entries.length !== object.entries.length) return 'what is written is not read back';
    }
    const change = someChange(written.draft, random);
    const edited = editRevocation(text, at, change);
    if (edited === undefined) continue;
    const after = readRevocationDrafts(edited).objects;
    if (after.length !== objects.length) return `${change.kind} changed the number of objects`;
    const expected = changeDraft(written.draft, change);
    if (after[at]?.draft.entries.length !== expected.entries.length) return `${change.kind} changed other entries`;
  }
  return undefined;
}

function run(): number {
  const mutants = numberAfter('--mutants', 20_000);
  const seed = numberAfter('--seed', Date.now() % 2 ** 31);
  const random = randomFrom(seed);
  const article = readFileSync(join('tests', 'fixtures', 'revocation', 'article.yaml'), 'utf8');
  const corpus = [
    article,
    `${article}---\n${article}`,
    JSON.stringify({
      kind: 'List',
      items: [{ kind: 'RenewRevocation', metadata: { name: 'r' }, spec: { revocations: [{ kind: 'IP', ip: '::1' }] } }],
    }),
  ];
  let failures = 0;
  let slowestMs = 0;
  let keptFrom = 0;
  for (let number = 0; number < mutants; number += 1) {
    const text = mutant(corpus[random(corpus.length)] ?? article, random);
    const begun = process.cpuUsage();
    let reason: string | undefined;
    try {
      reason = fault(text, random);
    } catch (error) {
      reason = error instanceof Error ? (error.stack ?? error.message) : 'something was thrown';
    }
    // Processor time excludes the time of other programs.
    const { user, system } = process.cpuUsage(begun);
    const ms = (user + system) / 1_000;
    slowestMs = Math.max(slowestMs, ms);
    if (ms > SLOW_MS) reason ??= `took ${ms.toFixed(0)} ms`;
    if (reason !== undefined) {
      failures += 1;
      if (failures <= MAX_REPORTED) console.error(`mutant ${number}: ${reason}\n${JSON.stringify(text)}`);
    }
    if (number === Math.floor(mutants / 100)) keptFrom = heapBytes();
  }
  const kept = heapBytes() - keptFrom;
  if (kept > KEPT_BYTES) failures += 1;
  console.log(
    `${mutants} mutants, seed ${seed}: ${failures} failures, slowest ${slowestMs.toFixed(0)} ms, ` +
      `${(kept / 1024 / 1024).toFixed(1)} MB kept`,
  );
  return failures === 0 ? 0 : 1;
}

function heapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

process.exitCode = run();
