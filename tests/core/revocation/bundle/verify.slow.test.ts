import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { BUNDLE_FILES, type BundleVerdict } from '../../../../core/revocation/model/bundle.ts';
import { revocationBundle } from '../../../../core/revocation/bundle/write.ts';
import { readSums, writeSums } from '../../../../core/formats/archive/sha256-sums.ts';
import { ZIP_RULES, readZip } from '../../../../core/formats/archive/zip.ts';
import { writeZip, type ZipEntry } from '../../../../core/formats/archive/zip-writer.ts';
import { nodeCrypto } from '../../../../core/node/crypto.ts';
import { BUNDLE_RULES, verifyBundle } from '../../../../core/revocation/bundle/verify.ts';
import { ARTICLE, makeBundleContent } from '../../../support/revocation-bundles.ts';

const crypto = nodeCrypto();
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const decodeText = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const verify = (bytes: Uint8Array): BundleVerdict => verifyBundle(bytes, crypto);
const listRules = ({ findings }: BundleVerdict): string[] => findings.map(({ rule }) => rule);

let bundle: Uint8Array;
let entries: ZipEntry[];

beforeAll(async () => {
  bundle = revocationBundle(await makeBundleContent(), crypto);
  const reading = readZip(bundle);
  if (!reading.ok) throw new Error(reading.finding.rule);
  ({ entries } = reading);
});

/** Returns the files of the bundle with these changes; `undefined` removes a file. */
function changeFiles(files: Record<string, string | undefined>): ZipEntry[] {
  const others = entries.filter(({ name }) => !Object.hasOwn(files, name));
  return [
    ...others,
    ...Object.entries(files).flatMap(([name, text]) => (text === undefined ? [] : { name, bytes: utf8(text) })),
  ];
}

/** Packs the files with matching checksums, as an expert forger would. */
function writeSummed(files: readonly ZipEntry[]): Uint8Array {
  const listed = files.filter(({ name }) => name !== BUNDLE_FILES.sums);
  const sums = writeSums(listed.map(({ name, bytes }) => ({ name, sha256: sha256(bytes) })));
  return writeZip([...listed, { name: BUNDLE_FILES.sums, bytes: utf8(sums) }]);
}

const readEntry = (name: string): string =>
  decodeText(entries.find((entry) => entry.name === name)?.bytes ?? new Uint8Array());

describe('an unmodified bundle', () => {
  test('is accepted, and its checksum, files and subject are reported', () => {
    expect(verify(bundle)).toEqual({
      ok: true,
      sha256: sha256(bundle),
      files: [...Object.values(BUNDLE_FILES)]
        .sort()
        .map((name) => ({ name, state: 'same', sha256: sha256(utf8(readEntry(name))) })),
      findings: [],
      facts: {
        madeAt: '2026-11-20T23:00:00Z',
        manifestSha256: sha256(utf8(ARTICLE)),
        objects: [{ name: 'my-renew-revocation', namespace: 'kube-system', entries: 5 }],
        matched: 6,
        phrase: 'revoke future certificates, all API servers, all kubelets',
      },
    });
  });

  test('may contain several objects, including objects of other kinds', async () => {
    const text = `${ARTICLE}---\n${ARTICLE.replace('my-renew', 'other')}---\nkind: ConfigMap\n`;
    const verdict = verify(revocationBundle(await makeBundleContent({ text }), crypto));
    expect(verdict.ok).toBe(true);
    expect(verdict.facts?.objects.map(({ name }) => name)).toEqual(['my-renew-revocation', 'other-revocation']);
  });
});

describe('a changed bundle', () => {
  test('is detected if any byte has changed', () => {
    fc.assert(
      fc.property(fc.nat(bundle.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const copy = bundle.slice();
        copy[at] = (copy[at] ?? 0) ^ change;
        const { ok, findings } = verify(copy);
        expect(ok).toBe(false);
        expect(findings.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });

  test('is detected if a byte outside the files has changed', async () => {
    // A small bundle suffices: it also has headers, names, a directory, an end record and a list of checksums.
    const small = revocationBundle(await makeBundleContent({ clusters: [] }), crypto);
    const reading = readZip(small);
    if (!reading.ok) throw new Error(reading.finding.rule);
    expect(verify(small).ok).toBe(true);
    const isOfFile = new Uint8Array(small.length);
    for (const { name, bytes } of reading.entries) {
      const at = Buffer.from(small).indexOf(Buffer.from(bytes));
      expect(at).toBeGreaterThan(0);
      if (name !== BUNDLE_FILES.sums) isOfFile.fill(1, at, at + bytes.length);
    }
    const others = [...small.keys()].filter((at) => isOfFile[at] === 0);
    expect(others.length).toBeGreaterThan(1_500);
    const missed: number[] = [];
    for (const at of others) {
      const copy = small.slice();
      copy[at] = (copy[at] ?? 0) ^ 1;
      if (verify(copy).ok) missed.push(at);
    }
    expect(missed).toEqual([]);
  });

  test.each([
    ['one byte too many', () => Buffer.concat([bundle, Buffer.from('x')])],
    ['one byte missing', () => bundle.subarray(0, bundle.length - 1)],
    [
      'a comment',
      () => {
        const copy = Buffer.concat([bundle, Buffer.from('x')]);
        copy.writeUInt16LE(1, copy.length - 3);
        return copy;
      },
    ],
    ['an empty archive', () => new Uint8Array()],
  ])('is detected: %s', (_title, made) => {
    expect(verify(made()).ok).toBe(false);
  });
});

describe('the files of a bundle', () => {
  const findChanges = (files: Record<string, string | undefined>): [string[], string[]] => {
    const verdict = verify(writeZip(changeFiles(files)));
    expect(verdict.ok).toBe(false);
    return [
      verdict.findings.map(({ rule, place }) => `${rule} ${place.entry ?? ''}`.trim()),
      verdict.files.filter(({ state }) => state !== 'same').map(({ name, state }) => `${name} ${state}`),
    ];
  };

  test('are reported by name if they are changed, missing or added, and no others are reported', () => {
    expect(findChanges({ 'recovery.en.md': 'x' })).toEqual([
      ['bundle.changed recovery.en.md'],
      ['recovery.en.md changed'],
    ]);
    expect(findChanges({ 'undo.yaml': undefined })).toEqual([['bundle.missing undo.yaml'], ['undo.yaml missing']]);
    expect(findChanges({ 'autorun.inf': 'x' })).toEqual([['bundle.unlisted autorun.inf'], ['autorun.inf unlisted']]);
    expect(findChanges({ 'docs/more.txt': 'x' })[0]).toEqual(['bundle.unlisted docs/more.txt']);
  });

  test('are reported as unlisted or missing if they were removed from the list', () => {
    const sums = readEntry(BUNDLE_FILES.sums);
    const without = sums.replace(/^.* {2}verify\.ps1\n/mu, '');
    expect(findChanges({ SHA256SUMS: without })[0]).toEqual(['bundle.unlisted verify.ps1']);
    expect(findChanges({ SHA256SUMS: without, 'verify.ps1': undefined })[0]).toEqual(['bundle.missing verify.ps1']);
    expect(findChanges({ SHA256SUMS: undefined })[0]).toContain('bundle.missing SHA256SUMS');
  });

  test.each(['x', `${'A'.repeat(64)}  manifest.yaml`, `${'a'.repeat(64)}  ../up`, `${'a'.repeat(64)} *x`])(
    'count as unlisted if the list cannot be read because of the line %j',
    (line) => {
      const sums = `${readEntry(BUNDLE_FILES.sums)}${line}\n`;
      const [findings, files] = findChanges({ SHA256SUMS: sums });
      expect(findings[0]).toBe('bundle.sums-unreadable SHA256SUMS');
      expect(files).toContain('SHA256SUMS changed');
      expect(files).toContain('manifest.yaml unlisted');
    },
  );

  test('are accepted if they were repacked, but the archive is reported', () => {
    const packed = writeSummed([...entries]);
    expect(sha256(packed)).toBe(sha256(bundle));
    const dated = bundle.slice();
    // Changes a time both in the header and in the directory.
    for (const at of [10, Buffer.from(bundle).indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 12]) dated[at] = 0x21;
    const verdict = verify(dated);
    expect(listRules(verdict)).toEqual(['bundle.repacked']);
    expect(verdict.findings[0]?.params).toEqual({ offset: 10 });
    expect(verdict.files.every(({ state }) => state === 'same')).toBe(true);
  });
});

describe('a manifest', () => {
  const manifest = (text: string, impact = readEntry(BUNDLE_FILES.impact)): string[] =>
    listRules(verify(writeSummed(changeFiles({ 'manifest.yaml': text, 'impact.json': impact }))));

  test('does not match the report if both the manifest and its checksum were changed', () => {
    expect(manifest(ARTICLE)).toEqual([]);
    expect(manifest(ARTICLE.replace('170.63.128.124', '170.63.128.125'))).toEqual(['bundle.other-manifest']);
    expect(manifest(ARTICLE.replace('name: my', 'name: our'))).toEqual(['bundle.other-manifest']);
    expect(manifest(`${ARTICLE}# x\n`)).toEqual(['bundle.other-manifest']);
  });

  test('is compared with the entries in the report, even if the report contains the new checksum', () => {
    const forge = (text: string): string[] =>
      manifest(text, readEntry(BUNDLE_FILES.impact).replaceAll(sha256(utf8(ARTICLE)), sha256(utf8(text))));
    expect(forge(`${ARTICLE}# x\n`)).toEqual([]);
    expect(forge(ARTICLE.replace('170.63.128.124', '170.63.128.125'))).toEqual(['bundle.other-manifest']);
    expect(forge(ARTICLE.replace('2020-04-17T17:22:05Z', '2020-04-17T17:22:06Z'))).toEqual(['bundle.other-manifest']);
    expect(forge(`${ARTICLE}---\n${ARTICLE.replace('my-renew', 'other')}`)).toEqual(['bundle.other-manifest']);
  });

  test('must be valid, and no more dangerous than the confirmation in the bundle states', async () => {
    const quiet = ARTICLE.slice(0, ARTICLE.indexOf('  - description: Revoked certificates by group'));
    const made = readZip(revocationBundle(await makeBundleContent({ text: quiet }), crypto));
    if (!made.ok) throw new Error(made.finding.rule);
    const impact = JSON.parse(
      decodeText(made.entries.find(({ name }) => name === 'impact.json')?.bytes ?? new Uint8Array()),
    ) as { entries: object[]; manifest: { sha256: string; objects: { entries: number }[] } };
    const forge = (entry: string, told: object): string[] => {
      const text = quiet + entry;
      const report = {
        ...impact,
        entries: [...impact.entries, { object: 'my-renew-revocation', index: 1, notBefore: null, ...told }],
        manifest: {
          sha256: sha256(utf8(text)),
          objects: impact.manifest.objects.map((object) => ({ ...object, entries: 2 })),
        },
      };
      return manifest(text, JSON.stringify(report));
    };
    expect(forge('  - kind: Group\n    group: system:nodes\n', { kind: 'Group', value: 'system:nodes' })).toEqual([
      'bundle.not-confirmed',
    ]);
    expect(forge('  - kind: DNS\n    dns: "*.a.b"\n', { kind: 'DNS', value: '*.a.b' })).toContain('bundle.not-sound');
    expect(manifest('kind: ConfigMap\n')).toContain('bundle.not-sound');
  });

  test.each([
    ['nothing', ''],
    ['invalid JSON', 'x'],
    ['a list', '[]'],
    ['an object', '{}'],
    ['null', 'null'],
    ['another schema', '{"schema":2}'],
    ['the bare schema', '{"schema":1}'],
    ['unclosed brackets', '['.repeat(1e5)],
  ])('is rejected if its report is %s', (_title, impact) => {
    expect(manifest(ARTICLE, impact)).toEqual(['bundle.impact-unreadable']);
  });
});

test('for any bytes, the verdict contains only known rules', () => {
  const name = fc.oneof(fc.constantFrom(...Object.values(BUNDLE_FILES)), fc.stringMatching(/^[a-z]{1,5}$/u));
  const file = fc.record({ name, bytes: fc.uint8Array({ maxLength: 40 }) });
  const archive = fc
    .uniqueArray(file, { selector: (one) => one.name.toLowerCase(), maxLength: 12 })
    .chain((files) => fc.constantFrom(writeZip(files), writeSummed(files)));
  const known = new Set<string>([...ZIP_RULES, ...BUNDLE_RULES]);
  fc.assert(
    fc.property(fc.oneof(archive, fc.uint8Array({ maxLength: 60 })), (bytes) => {
      const verdict = verify(bytes);
      expect(verdict.ok).toBe(false);
      for (const rule of listRules(verdict)) expect(known).toContain(rule);
    }),
  );
});

test('a written list of checksums is read unchanged', () => {
  const sum = fc.record({
    name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,8}$/u),
    sha256: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  });
  fc.assert(
    fc.property(fc.uniqueArray(sum, { selector: ({ name }) => name, maxLength: 8 }), (sums) => {
      const reading = readSums(writeSums(sums));
      if (!reading.ok) throw new Error(`line ${reading.line}`);
      expect([...reading.sums].sort()).toEqual(sums.map((each) => [each.name, each.sha256] as [string, string]).sort());
    }),
  );
});
