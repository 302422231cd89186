import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { BUNDLE_FILES } from '../../../../core/revocation/model/bundle.ts';
import { readZip } from '../../../../core/formats/archive/zip.ts';
import { ARTICLE } from '../../../support/revocation-bundles.ts';
import { FOLDER, FolderFiles } from '../../sample/fleet.ts';
import { fleetWorld, writeFleet } from '../../sample/fleet-world.ts';
import type { TestWorld } from '../../cli/test-world.ts';
import type { AuditEntry } from '../../../../core/audit/store/audit-lines.ts';
import { listDone } from '../../../support/trail.ts';

const PHRASE = 'revoke future certificates, all API servers, all kubelets';
/** The folder of one cluster, which is faster to read than the whole fleet. */
const ONE = `${FOLDER}/finance`;
const COMMON = ['--inventory', ONE, '--kubeconfig', 'C:\\k\\c f'];

const files = new FolderFiles();

const world = (): TestWorld => fleetWorld(files).put('article.yaml', ARTICLE);

beforeAll(() => writeFleet(files));

const bundle = (here: TestWorld, ...words: string[]) =>
  here.run('revocation', 'bundle', 'article.yaml', ...COMMON, ...words);

async function readContents(here: TestWorld, name: string): Promise<Map<string, string>> {
  const reading = readZip(await here.files.read(`/folder/${name}`, 1e8));
  if (!reading.ok) throw new Error(reading.finding.rule);
  return new Map(reading.entries.map((entry) => [entry.name, new TextDecoder().decode(entry.bytes)]));
}

describe('arcwarden revocation bundle', () => {
  test('writes the bundle, prints its checksum, and adds a line to the audit trail', async () => {
    const here = world();
    const outcome = await bundle(here, '--out', 'a.zip', '--i-understand', PHRASE);
    expect(outcome.code).toBe(0);
    const bytes = await here.files.read('/folder/a.zip', 1e8);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(outcome.out).toContain(`SHA-256 ${sha256}\n`);
    expect(outcome.notices).toContain('/folder/a.zip');
    const contents = await readContents(here, 'a.zip');
    expect([...contents.keys()]).toEqual([...Object.values(BUNDLE_FILES)].sort());
    const trail = await here.json<{ entries: Record<string, unknown>[] }>(0, 'audit', 'list');
    expect(trail.entries.at(-1)).toMatchObject({
      by: 'CORP\\admin',
      action: 'revocation.bundled',
      subject: 'my-renew-revocation',
      params: {
        path: '/folder/a.zip',
        bundleSha256: sha256,
        entries: 5,
        understood: PHRASE,
        sha256: createHash('sha256').update(ARTICLE).digest('hex'),
      },
    });
    await here.json(0, 'audit', 'verify');
  });

  test('writes the same report as the preview', async () => {
    const here = world();
    await bundle(here, '--out', 'b.zip', '--i-understand', PHRASE);
    const impact = JSON.parse((await readContents(here, 'b.zip')).get('impact.json') ?? '') as Record<string, unknown>;
    const preview = await here.json<Record<string, unknown>>(
      1,
      ...['revocation', 'preview', 'article.yaml', ...COMMON],
    );
    // The preview contains the path of its input file, and the bundle contains the names of its own files.
    for (const field of Object.keys(preview))
      if (field !== 'file' && field !== 'plan') expect(impact[field], field).toEqual(preview[field]);
    const commands = (record: Record<string, unknown>): (string | null)[] =>
      (record['plan'] as { command: string | null }[]).map(({ command }) => command);
    expect(commands(impact)).toEqual(
      commands(preview).map(
        (command) =>
          command
            ?.replace("'/folder/article.yaml'", 'manifest.yaml')
            .replace("'/folder/article.undo.yaml'", 'undo.yaml') ?? null,
      ),
    );
    expect(commands(impact)).toContain("kubectl apply -f manifest.yaml --kubeconfig 'C:\\k\\c f'");
    expect(commands(impact)).toContain('Update-AksHciClusterCertificates -name finance -fixKubeletCredentials');
  });

  test('prints its result with --json, with the same fields as the preview', async () => {
    const here = world();
    const words = ['revocation', 'bundle', 'article.yaml', ...COMMON, '--out', 'c.zip'];
    const record = await here.json<Record<string, unknown>>(0, ...words, '--i-understand', PHRASE);
    const bytes = await here.files.read('/folder/c.zip', 1e8);
    expect(record).toMatchObject({
      path: '/folder/c.zip',
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      guard: { needed: true, phrase: PHRASE },
    });
  });

  test('writes nothing if there is an error, or if the phrase or the path is missing', async () => {
    const here = world();
    const asked = await bundle(here, '--out', 'd.zip');
    expect(asked.code).toBe(2);
    expect(asked.notices).toContain(PHRASE);
    expect((await bundle(here, '--i-understand', PHRASE)).code).toBe(2);
    here.put('bad.yaml', ARTICLE.replace('.cluster.local', '"*.cluster.local"'));
    const bad = await here.run(...['revocation', 'bundle', 'bad.yaml', '--out', 'd.zip', '--i-understand', PHRASE]);
    expect(bad.code).toBe(1);
    expect(bad.notices).toContain('Wildcards');
    const trail = await here.json<{ entries: AuditEntry[] }>(0, 'audit', 'list');
    expect(listDone(trail.entries).filter(({ params }) => params['path'] === '/folder/d.zip')).toEqual([]);
    here.claimed.add('/data/audit-lock');
    expect((await bundle(here, '--out', 'd.zip', '--i-understand', PHRASE)).code).toBe(2);
    expect(here.files.paths()).not.toContain('/folder/d.zip');
  });

  test('refuses text that contains a secret beside the revocations', async () => {
    const here = world().put('s.yaml', `${ARTICLE}---\nkind: Secret\nmetadata: { name: x }\n`);
    const outcome = await here.run(
      ...['revocation', 'bundle', 's.yaml', ...COMMON, '--out', 'e.zip', '--i-understand', PHRASE],
    );
    expect(outcome.code).toBe(2);
    expect(here.files.paths()).not.toContain('/folder/e.zip');
  });
});

describe('arcwarden revocation verify-bundle', () => {
  interface Verdict {
    ok: boolean;
    sha256: string;
    files: { name: string; state: string; sha256: string | null }[];
    findings: { rule: string }[];
    manifest: { sha256: string; objects: { name: string }[] } | null;
    phrase: string | null;
  }
  let here: TestWorld;

  beforeAll(async () => {
    here = world();
    await bundle(here, '--out', 'v.zip', '--i-understand', PHRASE);
  });

  test('accepts an unmodified bundle', async () => {
    const verdict = await here.json<Verdict>(0, 'revocation', 'verify-bundle', 'v.zip');
    expect(verdict).toMatchObject({ ok: true, findings: [], phrase: PHRASE });
    expect(verdict.files.map(({ state }) => state)).toEqual(Array<string>(11).fill('same'));
    const text = await here.run('revocation', 'verify-bundle', 'v.zip');
    expect(text.out).toContain('byte for byte as Arcwarden wrote it');
    expect(text.out).toContain(`SHA-256 ${verdict.sha256}`);
    const japanese = await here.run('revocation', 'verify-bundle', 'v.zip', '--lang', 'ja');
    expect(japanese.out).toContain('作成時のまま');
  });

  test('rejects a bundle with one changed byte and reports the damage', async () => {
    const bytes = (await here.files.read('/folder/v.zip', 1e8)).slice();
    const at = Buffer.from(bytes).indexOf('170.63.128.124');
    bytes[at] = 0x32;
    here.put('w.zip', bytes);
    const broken = await here.json<Verdict>(1, 'revocation', 'verify-bundle', 'w.zip');
    expect(broken.findings.map(({ rule }) => rule)).toEqual(['bundle.changed']);
    const text = await here.run('revocation', 'verify-bundle', 'w.zip');
    expect(text.code).toBe(1);
    expect(text.out).toContain('The file differs from the one in SHA256SUMS.');
    expect(text.out).toContain('Do not use the bundle; get it again.');
  });

  test('reports a file that is not an archive, and exits with 2 if a file is missing', async () => {
    const other = await here.json<Verdict>(1, 'revocation', 'verify-bundle', 'article.yaml');
    expect(other).toMatchObject({ ok: false, files: [], manifest: null });
    expect(other.findings.map(({ rule }) => rule)).toEqual(['zip.not-a-zip']);
    expect((await here.run('revocation', 'verify-bundle', 'no.zip')).code).toBe(2);
    expect((await here.run('revocation', 'verify-bundle')).code).toBe(2);
  });
});

test('docs/revocation.md names every file of a bundle', () => {
  const guide = readFileSync('docs/revocation.md', 'utf8');
  for (const name of Object.values(BUNDLE_FILES)) expect(guide).toContain(name);
});
