import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { BUNDLE_FILES, SUMMED_FILES } from '../../../../core/revocation/model/bundle.ts';
import { exportRevocationBundle, revocationBundle } from '../../../../core/revocation/bundle/write.ts';
import { impactHtml } from '../../../../core/revocation/export/html.ts';
import { recoveryMarkdown } from '../../../../core/revocation/export/markdown.ts';
import { readZip } from '../../../../core/formats/archive/zip.ts';
import { translator, type Language } from '../../../../core/shared/text/text.ts';
import { nodeCrypto } from '../../../../core/node/crypto.ts';
import type { BundleContent } from '../../../../core/revocation/bundle/content.ts';
import { evaluateXpath } from '../../../support/html-page.ts';
import { testPorts } from '../../../support/ports.ts';
import { certificatesFor } from '../../../support/random-revocations.ts';
import { ARTICLE, makeBundleContent } from '../../../support/revocation-bundles.ts';
import { needTool } from '../../../support/tools.ts';
import { HOSTILE_NAMES } from '../../maintenance/export/plans.ts';

const crypto = nodeCrypto();
const folder = mkdtempSync(join(tmpdir(), 'arcwarden-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const HASHES = { manifest: 'ab'.repeat(32) };

/** Returns the files of a bundle as text, including byte order marks. */
function unpackFiles(bytes: Uint8Array): Map<string, string> {
  const reading = readZip(bytes);
  if (!reading.ok) throw new Error(reading.finding.rule);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return new Map(reading.entries.map(({ name, bytes: own }) => [name, decoder.decode(own)]));
}

let content: BundleContent;
let files: Map<string, string>;

beforeAll(async () => {
  content = await makeBundleContent({ kubeconfig: 'C:\\Users\\admin\\.kube\\config' });
  files = unpackFiles(revocationBundle(content, crypto));
});

describe('an offline bundle', () => {
  test('contains all its files and no others: the manifest byte for byte, the undo manifest, and the rest', () => {
    expect([...files.keys()]).toEqual([...Object.values(BUNDLE_FILES)].sort());
    expect(files.get('manifest.yaml')).toBe(ARTICLE);
    expect(parse(files.get('undo.yaml') ?? '')).toEqual({
      apiVersion: 'certificates.microsoft.com/v1',
      kind: 'RenewRevocation',
      metadata: { name: 'my-renew-revocation', namespace: 'kube-system' },
    });
  });

  test('keeps several objects, comments and objects of other kinds unchanged', async () => {
    const text = `# ours\n${ARTICLE}---\n${ARTICLE.replace('my-renew', 'other')}---\nkind: ConfigMap\nmetadata: { name: x }\n`;
    const several = await makeBundleContent({ text });
    const own = unpackFiles(revocationBundle(several, crypto));
    expect(own.get('manifest.yaml')).toBe(text);
    expect(own.get('undo.yaml')?.match(/^ {2}name: (.*)$/gmu)).toEqual([
      '  name: my-renew-revocation',
      '  name: other-revocation',
    ]);
    const impact = JSON.parse(own.get('impact.json') ?? '') as Impact;
    expect(impact.manifest.objects.map(({ name, entries }) => [name, entries])).toEqual([
      ['my-renew-revocation', 5],
      ['other-revocation', 5],
    ]);
    expect(impact.entries.map(({ object, index }) => `${object} ${index}`)).toEqual(
      ['my-renew-revocation', 'other-revocation'].flatMap((name) => [0, 1, 2, 3, 4].map((index) => `${name} ${index}`)),
    );
  });

  test('refuses text that contains a secret', async () => {
    const text = `${ARTICLE}---\nkind: Secret\nmetadata: { name: x }\n`;
    await expect(makeBundleContent({ text })).rejects.toMatchObject({ code: 'revocation.secret-in-text' });
  });

  test('lists the checksums of all other files, in the format of sha256sum', () => {
    const sums = files.get('SHA256SUMS') ?? '';
    expect(sums.split('\n').slice(0, -1)).toEqual(
      SUMMED_FILES.map((name) => `${sha256(new TextEncoder().encode(files.get(name)))}  ${name}`),
    );
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
    const check = (): number | null => spawnSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: folder }).status;
    expect(check()).toBe(0);
    writeFileSync(join(folder, 'manifest.yaml'), `${ARTICLE} `);
    expect(check()).toBe(1);
  });

  test('is the same for the same input and different for any other input', async () => {
    const again = await makeBundleContent({ kubeconfig: 'C:\\Users\\admin\\.kube\\config' });
    const hash = (some: BundleContent): string => sha256(revocationBundle(some, crypto));
    expect(hash(again)).toBe(hash(content));
    expect(hash(await makeBundleContent())).not.toBe(hash(content));
    expect(hash(await makeBundleContent({ text: `${ARTICLE}\n` }))).not.toBe(hash(await makeBundleContent()));
  });

  test('is written completely, and the returned checksum is that of the file', async () => {
    const ports = testPorts();
    const saved = await exportRevocationBundle(ports, { content, path: '/out/lost.zip' });
    const bytes = await ports.files.read('/out/lost.zip', 1e7);
    expect(saved).toEqual({ name: 'lost.zip', bytes: bytes.length, sha256: sha256(bytes) });
  });

  test('has manifests that kubectl accepts', (context) => {
    const kubectl = needTool(context, 'kubectl');
    for (const name of ['manifest.yaml', 'undo.yaml']) {
      const run = spawnSync(kubectl, ['patch', '--local', '--type=merge', '-p', '{}', '-o', 'json', '-f', '-'], {
        input: files.get(name),
        encoding: 'utf8',
      });
      expect(run.stderr).toBe('');
      expect(JSON.parse(run.stdout)).toEqual(parse(files.get(name) ?? ''));
    }
  });

  test('explains in both languages what to do first, and lists the files', () => {
    const readme = files.get('README.txt') ?? '';
    expect(readme.startsWith('\uFEFF')).toBe(true);
    expect(readme.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
    const [english = '', japanese = ''] = readme.split('-'.repeat(72));
    for (const text of [english, japanese]) {
      expect(text).toContain('Get-FileHash');
      expect(text).toContain('verify.ps1');
      // Windows marks downloaded files, so no script may run before the admin has compared the archive.
      expect(text).not.toContain('Bypass');
      expect(text.indexOf('Get-FileHash')).toBeLessThan(text.indexOf('Unblock-File'));
      expect(text.indexOf('Unblock-File')).toBeLessThan(
        text.indexOf('-ExecutionPolicy RemoteSigned -File .\\verify.ps1'),
      );
    }
    for (const name of Object.values(BUNDLE_FILES)) if (name !== 'README.txt') expect(readme).toContain(name);
    expect(japanese).toMatch(/\p{sc=Hiragana}/u);
  });

  test('reveals nothing about this computer except the chosen kubeconfig', async () => {
    const [, cluster] = certificatesFor(2).clusters;
    const paths = new Set(cluster?.credentials.flatMap(({ sources }) => sources.map(({ path }) => path)));
    expect(paths.size).toBeGreaterThan(0);
    const told = await makeBundleContent();
    const finding = {
      rule: 'pem.damaged',
      severity: 'error' as const,
      place: { path: '/home/admin/pki/x.pem', entry: '#1' },
      params: { label: 'a' },
    };
    const own = unpackFiles(revocationBundle({ ...told, inventoryFindings: [finding] }, crypto));
    for (const [name, text] of own) {
      for (const path of paths) expect(text.includes(path), `${path} in ${name}`).toBe(false);
      expect(text).not.toContain('/home/admin');
    }
    expect((JSON.parse(own.get('impact.json') ?? '') as Impact).inventoryFindings).toEqual([
      { ...finding, place: { path: 'x.pem', entry: '#1' } },
    ]);
    expect(files.get('recovery.ps1')).toContain('C:\\\\Users\\\\admin');
  });
});

interface Impact {
  schema: number;
  manifest: { sha256: string; objects: { name: string; namespace: string; entries: number }[] };
  entries: {
    object: string;
    index: number;
    counts: Record<'matches' | 'possible' | 'exempt' | 'future', number>;
    matches: object[];
    possible: object[];
    exempt: object[];
    future: object[];
  }[];
  plan: { step: string; command: string | null }[];
  matched: number;
  inventoryFindings: object[];
}

describe('the plan in a bundle', () => {
  test("has the names of the bundle's files in its commands, which are the same in every language", () => {
    const commandsIn = (name: string): string[] =>
      [...(files.get(name) ?? '').matchAll(/```powershell\n\s*(.*)\n/gu)].map(([, one]) => one ?? '');
    const english = commandsIn('recovery.en.md');
    expect(commandsIn('recovery.ja.md')).toEqual(english);
    const impact = JSON.parse(files.get('impact.json') ?? '') as Impact;
    const own = impact.plan.filter(({ step }) => step !== 'undo');
    expect(own.flatMap(({ command }) => command ?? [])).toEqual(english);
    const kubeconfig = "--kubeconfig 'C:\\Users\\admin\\.kube\\config'";
    expect(english).toContain(`kubectl apply -f manifest.yaml ${kubeconfig}`);
    expect(files.get('recovery.en.md')).toContain(`\`kubectl delete -f undo.yaml ${kubeconfig}\``);
  });

  test('states the confirmation, and the certainty and basis of each statement', () => {
    const text = files.get('recovery.en.md') ?? '';
    expect(text).toContain('`revoke future certificates, all API servers, all kubelets`');
    expect(text).toContain('### 1. Correct the manifest');
    expect(text).toContain('until 23 Nov 2026 23:59 UTC, 3 d after the bundle was created.');
    expect(text).toMatch(/Sources: .*Inferred: Arcwarden conclusion, /u);
    for (const heading of (files.get('recovery.ja.md') ?? '').match(/^##? .*$/gmu) ?? [])
      expect(heading).toMatch(/[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u);
  });

  test('has the same Markdown structure for any names', async () => {
    /** Matches a code block. A name in it may span several lines. */
    const block = /^ *(`{3,})powershell\n[^]*?\n *\1$/gmu;
    const shape = (text: string): string[] =>
      text
        .replaceAll(block, '```')
        .split('\n')
        .map((line) => /^ *(#+ |-|\d+\.|`{3,}\w*|\*\*)?/u.exec(line)?.[0] ?? '');
    const english = { language: 'en' as const, translate: translator('en') };
    const writeNamed = async (name: string): Promise<string> =>
      recoveryMarkdown(await makeBundleContent({ kubeconfig: name, clusters: renameAll(name) }), HASHES, english);
    const usual = shape(await writeNamed('plain'));
    for (const name of [...HOSTILE_NAMES, '```', '# x', '- y', '<b>&amp;</b>']) {
      const text = await writeNamed(name);
      const blocks = text.replaceAll(block, '');
      expect(shape(text)).toEqual(usual);
      const outside = blocks.replaceAll(/(`+).*?\1/gu, '').replaceAll(/\\./gu, '');
      expect(outside).not.toMatch(/[<>[\]]/u);
    }
  });
});

/** Returns clusters in which every cluster and certificate has this name. */
function renameAll(name: string): Cluster[] {
  return certificatesFor(2).clusters.map((cluster) => ({
    ...cluster,
    name,
    credentials: cluster.credentials.map((credential) => ({ ...credential, name })),
  }));
}

describe('the report in a bundle', () => {
  beforeEach((context) => {
    needTool(context, 'xmllint');
  });

  const html = (some: BundleContent, language: Language = 'en'): string =>
    impactHtml(some, HASHES, translator(language));

  test.each<Language>(['en', 'ja'])('is well-formed in %s, with a text for every message', (language) => {
    const page = html(content, language);
    const { value, errors } = evaluateXpath(page, 'string(/html/@lang)');
    expect(errors).toEqual([]);
    expect(value).toBe(language);
    expect(page).not.toMatch(
      /(?:bundle|impact(?!\.json)|matches|future|finding|revocation|certainty|source|remedy|role)\.[a-z]/u,
    );
    if (language === 'ja') expect(evaluateXpath(page, 'string(//h1)').value).toMatch(/\p{sc=Han}/u);
  });

  test('contains no scripts and no external resources, and shows times in UTC', () => {
    const page = html(content);
    expect(page).not.toMatch(/(?:src|href|action)=|@import|url\(/iu);
    expect(page).toContain("default-src 'none'");
    expect(evaluateXpath(page, 'count(//script)').value).toBe('0');
    expect(evaluateXpath(page, 'string(//p[1])').value).toMatch(/ UTC\. Times are UTC\.$/u);
  });

  test('shows hostile names as plain text', async () => {
    for (const name of HOSTILE_NAMES) {
      const page = html(await makeBundleContent({ clusters: renameAll(name) }));
      expect(evaluateXpath(page, 'count(//table)').value).toBe(evaluateXpath(html(content), 'count(//table)').value);
      expect(page).not.toMatch(/<script|<img|<Evil|onerror=['"]/u);
    }
  });

  test('begins with the answer, and lists each certificate with its reason', () => {
    const page = html(content);
    expect(evaluateXpath(page, 'string(//h1)').value).toContain('would lose all its API servers');
    const why = evaluateXpath(page, '//tr/td[4]/bdi/text()').value;
    expect(why).toContain('group system:nodes');
    expect(why).toContain('DNS suffix .cluster.local');
    const impact = JSON.parse(files.get('impact.json') ?? '') as Impact;
    const heads = '//h2[text()="By entry"]/following-sibling::table[1]/tbody/tr';
    for (const [at, { counts }] of impact.entries.entries())
      expect(
        [2, 3, 4, 5].map((column) => Number(evaluateXpath(page, `string(${heads}[${at + 1}]/td[${column}])`).value)),
      ).toEqual([counts.matches, counts.possible, counts.exempt, counts.future]);
  });

  test('counts all certificates and entries, but lists only as many as people can read', async () => {
    const { clusters } = certificatesFor(2);
    const many = clusters.map((cluster) => ({
      ...cluster,
      credentials: cluster.credentials.flatMap((credential) =>
        credential.role === 'kubelet-client'
          ? Array.from({ length: 700 }, (_, at) => ({ ...credential, name: `${credential.name}-${at}` }))
          : credential,
      ),
    }));
    const entries = Array.from(
      { length: 30 },
      (_, at) => `  - kind: Group\n    group: system:nodes\n    notBefore: "2026-11-20T22:00:${10 + at}Z"\n`,
    );
    const text = `${ARTICLE.slice(0, ARTICLE.indexOf('  - description'))}${entries.join('')}`;
    const large = await makeBundleContent({ text, clusters: many });
    const impact = JSON.parse(unpackFiles(revocationBundle(large, crypto)).get('impact.json') ?? '') as Impact;
    const kubelets = many.flatMap(({ credentials }) =>
      credentials.filter(({ role }) => role === 'kubelet-client'),
    ).length;
    expect(impact.entries).toHaveLength(30);
    for (const { counts } of impact.entries) expect(counts.matches).toBe(kubelets);
    const listed = impact.entries.reduce(
      (sum, each) => sum + each.matches.length + each.possible.length + each.exempt.length + each.future.length,
      0,
    );
    expect(listed).toBe(10_000);
    expect(impact.entries[0]?.matches).toHaveLength(kubelets);
    expect(impact.entries.at(-1)?.matches).toHaveLength(0);
    const page = html(large);
    const rows = '//h3[text()="Revoked"]/following-sibling::table[1]/tbody/tr';
    expect(evaluateXpath(page, `count(${rows})`).value).toBe('2000');
    expect(evaluateXpath(page, 'string(//h3[text()="Revoked"]/following-sibling::p[1])').value).toBe(
      `and ${(30 * kubelets - 2_000).toLocaleString('en-US')} more`,
    );
  });
});
