import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { instantFromMs, epochMs } from '../../../../core/shared/instant.ts';
import type { DraftEntry } from '../../../../core/shared/renew-revocation/draft.ts';
import type { RenewRevocation } from '../../../../core/shared/renew-revocation/entry.ts';
import { changeDraft } from '../../../../core/revocation/model/fix.ts';
import { lintDraft } from '../../../../core/revocation/model/lint.ts';
import { readRevocationDrafts } from '../../../../core/formats/renew-revocation/draft-reader.ts';
import { readRevocationManifest } from '../../../../core/formats/renew-revocation/manifest.ts';
import { writeRevocation, writeUndo } from '../../../../core/revocation/manifest/writer.ts';
import { NOW } from '../../../support/known-certificates.ts';
import { needPython, needTool } from '../../../support/tools.ts';

const ARTICLE = readFileSync(join(import.meta.dirname, '../../../fixtures/revocation/article.yaml'), 'utf8');

function lintEntries(entries: readonly DraftEntry[], changes: object = {}): RenewRevocation {
  const draft = {
    apiVersion: 'certificates.microsoft.com/v1',
    kind: 'RenewRevocation',
    name: 'lost-laptop',
    namespace: 'kube-system',
    entries,
    ...changes,
  };
  const { object: made, findings } = lintDraft(draft, { now: NOW, certificates: [] });
  if (made === undefined) throw new Error(findings.map(({ rule }) => rule).join());
  return made;
}

function article(): RenewRevocation {
  const [written] = readRevocationDrafts(ARTICLE).objects;
  if (written === undefined) throw new Error('no object');
  return lintEntries(written.draft.entries, written.draft);
}

describe('a written manifest', () => {
  test('equals the published sample except for quotes', () => {
    const quoted = ARTICLE.replace('77fdf4b1033b387aaace6ce1c18710c2', '"$&"')
      .replace('.cluster.local', '"$&"')
      .replace('170.63.128.124', '"$&"');
    expect(writeRevocation(article())).toBe(quoted);
  });

  test('contains serial numbers in lower-case hex, without separators, always quoted', () => {
    const text = writeRevocation(
      lintEntries([
        { kind: 'SerialNumber', serialNumber: '00:AB:0C' },
        { kind: 'Serial', serialNumber: '0x12e34' },
      ]),
    );
    expect(text).toContain('    serialNumber: "ab0c"\n');
    expect(text).toContain('    serialNumber: "12e34"\n');
    expect(text.match(/kind: serialnumber\n/gu)).toHaveLength(2);
  });

  test('has the requested spelling of the kind', () => {
    const draft = lintEntries([{ kind: 'serialnumber', serialNumber: '0a' }]);
    expect(writeRevocation(draft, { serialSpelling: 'SerialNumber' })).toContain('  - kind: SerialNumber\n');
  });

  test('contains quoted instants in UTC, whatever their offset', () => {
    const entry = { kind: 'Group', group: 'ops', notBefore: '2026-11-25T20:30:00+09:00' };
    expect(writeRevocation(lintEntries([entry]))).toContain('    notBefore: "2026-11-25T11:30:00Z"\n');
  });

  test('contains no control characters except line feeds', () => {
    const text = writeRevocation(article());
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/u);
    expect(text.endsWith('\n')).toBe(true);
  });

  test('has an undo manifest that contains only kind, name and namespace of the object', () => {
    expect(parse(writeUndo([article()]))).toEqual({
      apiVersion: 'certificates.microsoft.com/v1',
      kind: 'RenewRevocation',
      metadata: { name: 'my-renew-revocation', namespace: 'kube-system' },
    });
  });
});

/** Returns the object that a manifest must contain, built independently of the writer. */
function plainObject({ name, namespace, description, entries }: RenewRevocation): object {
  return {
    apiVersion: 'certificates.microsoft.com/v1',
    kind: 'RenewRevocation',
    metadata: { name, namespace },
    spec: {
      description,
      revocations: entries.map((entry) => ({
        description: entry.description,
        kind: entry.kind,
        notBefore: entry.notBefore,
        ...(entry.kind === 'serialnumber' && { serialNumber: entry.value }),
        ...(entry.kind === 'Group' && { group: entry.value }),
        ...(entry.kind === 'DNS' && { dns: entry.value }),
        ...(entry.kind === 'IP' && { ip: entry.value }),
      })),
    },
  };
}

const treacherous = fc.constantFrom(
  ...['yes', 'no', 'null', '~', '1e3', '012', '0x1f', '1_000', '.5', '- a', 'a: b', '# x', "it's"],
  ...['"', '\\', '*a', '&a', '!a', '%a', '@a', '`a', '失効', 'a\nb', ' a ', '2026-11-25', '<<', '='],
);
const text = fc.oneof(treacherous, fc.string({ maxLength: 12 })).filter((each) => each !== '');
/** The lint rejects a value with a blank at either end. */
const trimmed = text.map((each) => each.trim()).filter((each) => each !== '');
const hex = fc
  .uint8Array({ minLength: 1, maxLength: 20 })
  .map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''))
  .map((digits) => digits.replace(/^(?:00)+(?=..)/u, ''));
const moment = fc.integer({ min: 0, max: epochMs(NOW) / 1_000 }).map((second) => instantFromMs(second * 1_000));
const anEntry = fc
  .tuple(
    fc.oneof(
      hex.map((serialNumber) => ({ kind: 'serialnumber', serialNumber })),
      trimmed.map((group) => ({ kind: 'Group', group })),
      fc.constantFrom('.a.b', 'a.b', 'x.').map((dns) => ({ kind: 'DNS', dns })),
      fc.ipV4().map((ip) => ({ kind: 'IP', ip })),
      fc.ipV6().map((ip) => ({ kind: 'IP', ip })),
    ),
    fc.option(moment, { nil: undefined }),
    fc.option(text, { nil: undefined }),
  )
  .map(([entry, notBefore, description]) => ({
    ...entry,
    ...(notBefore !== undefined && { notBefore }),
    ...(description !== undefined && { description }),
  }));
const aDraft = fc
  .tuple(fc.array(anEntry, { minLength: 1, maxLength: 6 }), fc.option(text, { nil: undefined }))
  .map(([entries, description]) => lintEntries(entries, description === undefined ? {} : { description }));

/** Includes groups with a blank at either end: the lint rejects them, but the writer must not change them. */
const anObject = fc
  .tuple(aDraft, fc.array(text, { minLength: 6, maxLength: 6 }))
  .map(([draft, groups]) => ({
    ...draft,
    entries: draft.entries.map((entry, at) => (entry.kind === 'Group' ? { ...entry, value: groups[at]! } : entry)),
  }));

describe('the object in a written manifest', () => {
  test('can be read by the product, without findings', () => {
    fc.assert(
      fc.property(aDraft, (draft) => {
        const { objects, findings } = readRevocationManifest(writeRevocation(draft));
        expect(objects).toEqual([draft]);
        expect(findings).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('can be read by a typed YAML parser', () => {
    fc.assert(
      fc.property(anObject, (draft) => {
        const written = writeRevocation(draft);
        expect(parse(written)).toEqual(plainObject(draft));
        expect(parse(written, { version: '1.1' })).toEqual(plainObject(draft));
      }),
      { numRuns: 200 },
    );
  });

  test('can be read by PyYAML, a parser for YAML 1.1', (context) => {
    const python = needPython(context, 'yaml');
    const drafts = [article(), ...fc.sample(anObject, { numRuns: 100, seed: 5 })];
    const all = drafts.map((draft) => writeRevocation(draft)).join('---\n');
    const script = 'import sys, json, yaml; json.dump(list(yaml.safe_load_all(sys.stdin.buffer.read())), sys.stdout)';
    const { stdout, stderr } = spawnSync(python, ['-c', script], { input: all });
    expect(stderr.toString()).toBe('');
    expect(JSON.parse(stdout.toString())).toEqual(drafts.map(plainObject));
  });

  test('can be read by kubectl', (context) => {
    const kubectl = needTool(context, 'kubectl');
    const drafts = [article(), ...fc.sample(anObject, { numRuns: 40, seed: 7 })];
    // --local prevents any connection, and an empty patch leaves each object unchanged.
    const patch = ['patch', '--local', '--type=merge', '-p', '{}', '-o', 'json', '-f', '-'];
    const { stdout, stderr } = spawnSync(kubectl, patch, {
      input: drafts.map((draft) => writeRevocation(draft)).join('---\n'),
      env: { ...process.env, KUBECONFIG: '/dev/null' },
    });
    expect(stderr.toString()).toBe('');
    const objects = stdout
      .toString()
      .split(/(?<=^\})\s*(?=\{)/mu)
      .map((one) => JSON.parse(one) as object);
    expect(objects).toEqual(drafts.map(plainObject));
  });

  test('is written again with the same bytes', () => {
    fc.assert(
      fc.property(aDraft, (draft) => {
        const again = readRevocationDrafts(writeRevocation(draft)).objects[0]?.draft;
        expect(writeRevocation(lintEntries(again?.entries ?? [], again))).toBe(writeRevocation(draft));
      }),
    );
  });
});

test('the sample of the article is read with its four dangers, corrected by one click per entry, written, and read again', () => {
  const [written] = readRevocationDrafts(ARTICLE).objects;
  if (written === undefined) throw new Error('no object');
  const lint = (draft: typeof written.draft) =>
    lintDraft(draft, { now: NOW, certificates: [] }).findings.filter(({ severity }) => severity === 'error');
  const dangers = lint(written.draft);
  expect(dangers.map(({ rule, entryIndex }) => [rule, entryIndex])).toEqual(
    [1, 2, 3, 4].map((entry) => ['revocation.no-not-before', entry]),
  );
  const mended = dangers.reduce(
    (draft, { fixes: [fix] }) => (fix === undefined ? draft : changeDraft(draft, fix)),
    written.draft,
  );
  expect(lint(mended)).toEqual([]);
  const made = lintEntries(mended.entries, mended);
  expect(readRevocationManifest(writeRevocation(made)).objects).toEqual([made]);
});
