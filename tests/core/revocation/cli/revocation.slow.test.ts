import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { beforeAll, describe, expect, test } from 'vitest';
import { instantFromMs, MINUTE_MS, epochMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import { DEFAULT_SETTINGS } from '../../../../core/settings/model/settings.ts';

import { FOLDER, FolderFiles, NOW } from '../../sample/fleet.ts';
import { fleetWorld, writeFleet } from '../../sample/fleet-world.ts';

import type { TestWorld } from '../../cli/test-world.ts';

const ARTICLE = readFileSync(join(import.meta.dirname, '../../../fixtures/revocation/article.yaml'), 'utf8');
const PHRASE = 'revoke future certificates, all API servers, all kubelets';

const files = new FolderFiles();

const world = (): TestWorld => fleetWorld(files).put('article.yaml', ARTICLE);

beforeAll(async () => {
  await writeFleet(files);
  ({ records } = await world().json<{ records: InspectRecord[] }>(1, 'inspect', FOLDER));
});

interface FindingRecord {
  rule: string;
  severity: string;
  line: number | null;
  column: number | null;
  message: string;
  citation: { certainty: string; work: string; place: string | null };
}
interface MatchRecord {
  id: string;
  why: string;
  role: string;
  cluster: string;
}
interface EntryRecord {
  object: string;
  index: number;
  kind: string;
  matches: MatchRecord[];
  possible: MatchRecord[];
  exempt: MatchRecord[];
  future: { id: string; at: string }[];
}
interface PreviewRecord {
  entries: EntryRecord[];
  matched: number;
  objects: { name: string; clusters: { cluster: string; inUse: object; roles: object }[] }[];
  exposureUntil: string | null;
  guard: { needed: boolean; phrase: string | null; consequences: { id: string; clusters: string[] }[] };
  plan: { step: string; command: string | null }[];
  findings: FindingRecord[];
}
interface InspectRecord {
  id: string;
  role: string;
  cluster: string;
  source: { path: string };
  serialHex: string | null;
  notBefore: string;
  notAfter: string;
  state: string;
}

let records: InspectRecord[];

/** The folder of one cluster, which is faster to read than the whole fleet. */
const ONE = `${FOLDER}/finance`;
const isInOne = ({ source }: InspectRecord): boolean => source.path.startsWith(ONE);

describe('arcwarden revocation lint', () => {
  test('finds the four dangers in the sample of the article, each at its line', async () => {
    const findings = await world().json<FindingRecord[]>(1, 'revocation', 'lint', 'article.yaml');
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule, line, column }) => [rule, line, column])).toEqual(
      [13, 16, 19, 22].map((line) => ['revocation.no-not-before', line, 5]),
    );
    for (const finding of findings) {
      expect(Object.keys(finding)).toEqual(['rule', 'severity', 'line', 'column', 'message', 'citation']);
      expect(finding.message).toMatch(/^[A-Z“]/u);
      expect(['documented', 'from-code', 'inferred']).toContain(finding.citation.certainty);
      expect(finding.citation.work).not.toContain('source.');
      expect(finding.citation.place ?? '').not.toContain('source.');
    }
    expect(errors[0]?.citation.place).toBe('Certificate revocation');
  });

  test('prints the same JSON in every language, but text in the chosen language', async () => {
    const [english, japanese] = await Promise.all(
      ['en', 'ja'].map((lang) => world().run('revocation', 'lint', 'article.yaml', '--json', '--lang', lang)),
    );
    expect(english?.out).toBe(japanese?.out);
    const text = await world().run('revocation', 'lint', 'article.yaml', '--lang', 'ja');
    expect(text.out).toContain('notBefore がないため');
    // All commands print sources in this form.
    expect(text.out).toMatch(/^ {4}公式文書: [^\n]+, Certificate revocation$/mu);
    expect(text.out).toMatch(/エラー 4 件、警告 2 件、注意 1 件。\n$/u);
    expect(text.notices).toBe('');
  });

  test('accepts only the required confirmation', async () => {
    const lint = async (...words: string[]) => (await world().run('revocation', 'lint', 'article.yaml', ...words)).code;
    expect(await lint()).toBe(1);
    expect(await lint('--i-understand', 'revoke everything')).toBe(1);
    expect(await lint('--i-understand', 'revoke all kubelets')).toBe(1);
    expect(await lint('--i-understand', 'revoke future certificates')).toBe(0);
    // The phrase of the preview is also accepted. It names further consequences, which are known from the inventory.
    expect(await lint('--i-understand', PHRASE)).toBe(0);
  });

  test.each<[string, string, number, [string, number | null][]]>([
    [
      'a correct manifest',
      ARTICLE.slice(0, ARTICLE.indexOf('  - description: Revoked certificates by group')).replace(
        /notBefore.*\n {4}serialNumber: (\S+)/u,
        'serialNumber: "$1"',
      ),
      0,
      [],
    ],
    ['an object of another kind', 'kind: ConfigMap\n', 1, [['revocation.no-object', 1]]],
    ['an empty file', '', 1, [['revocation.no-object', 1]]],
    ['invalid YAML', 'kind: [\n', 1, [['yaml.invalid', 2]]],
    [
      'an object without a name',
      'apiVersion: certificates.microsoft.com/v1\nkind: RenewRevocation\nmetadata: {namespace: kube-system}\nspec: {revocations: [{kind: serialnumber, serialNumber: "77fdf4b1033b387aaace6ce1c18710c2"}]}\n',
      1,
      [['revocation.no-name', 3]],
    ],
  ])('reports the expected findings for %s', async (_title, text, code, expected) => {
    const findings = await world().put('x.yaml', text).json<FindingRecord[]>(code, 'revocation', 'lint', 'x.yaml');
    expect(findings.map(({ rule, line }) => [rule, line])).toEqual(expected);
  });

  test('uses the certificates in the named inventory', async () => {
    const serving = records.filter(isInOne).find(({ role }) => role === 'kubelet-server');
    const text = ARTICLE.replace('77fdf4b1033b387aaace6ce1c18710c2', `"${serving?.serialHex}"`);
    const rules = async (...words: string[]) =>
      (
        await world()
          .put('x.yaml', text)
          .json<FindingRecord[]>(1, 'revocation', 'lint', 'x.yaml', ...words)
      ).map(({ rule }) => rule);
    expect(await rules('--inventory', ONE)).toContain('revocation.kubelet-server');
    expect(await rules()).not.toContain('revocation.kubelet-server');
  });
});

describe('arcwarden revocation preview', () => {
  const preview = (code: number, ...words: string[]): Promise<PreviewRecord> =>
    world().json<PreviewRecord>(code, 'revocation', 'preview', 'article.yaml', ...words);
  let whole: PreviewRecord;

  beforeAll(async () => {
    whole = await preview(1, '--inventory', FOLDER);
  });

  test('lists the matches of each entry with the reasons, and the certificates that the entry cannot affect', () => {
    const { entries, matched } = whole;
    expect(entries.map(({ kind, index }) => [kind, index])).toEqual([
      ['serialnumber', 0],
      ['Group', 1],
      ['DNS', 2],
      ['DNS', 3],
      ['IP', 4],
    ]);
    const listIds = (role: string) => new Set(records.filter((record) => record.role === role).map(({ id }) => id));
    const [serial, nodes, name, suffix, ip] = entries;
    const listMatches = (entry?: EntryRecord) => new Set(entry?.matches.map(({ id }) => id));
    expect(listMatches(serial)).toEqual(new Set());
    expect(listMatches(nodes)).toEqual(listIds('kubelet-client'));
    expect(new Set(nodes?.exempt.map(({ id }) => id))).toEqual(listIds('kubelet-server'));
    expect(listMatches(name)).toEqual(listIds('apiserver'));
    expect(listMatches(suffix)).toEqual(listIds('apiserver'));
    expect(listMatches(ip)).toEqual(new Set());
    expect(nodes?.matches[0]?.why).toBe('group system:nodes');
    expect(nodes?.exempt[0]?.why).toBe('kubelet-server, group system:nodes');
    expect(suffix?.matches[0]?.why).toBe('DNS suffix .cluster.local');
    expect(matched).toBe(listIds('apiserver').size + listIds('kubelet-client').size);
    expect(nodes?.future.length).toBeGreaterThan(5);
    for (const { id, at } of nodes?.future ?? []) {
      expect(listMatches(nodes)).toContain(id);
      expect(at > NOW).toBe(true);
    }
  });

  test('states how long a matched certificate may still be accepted', () => {
    const { exposureUntil } = whole;
    const reached = records.filter(
      ({ role, state }) => ['kubelet-client', 'apiserver'].includes(role) && state !== 'expired',
    );
    expect(exposureUntil).toBe(
      reached
        .map(({ notAfter }) => notAfter)
        .sort()
        .at(-1),
    );
  });

  test('requires the exact phrase for exit code 0', async () => {
    const { guard } = whole;
    expect(guard).toMatchObject({ needed: true, phrase: PHRASE });
    expect(guard.consequences.map(({ id }) => id)).toEqual(['future-certificates', 'all-api-servers', 'all-kubelets']);
    expect(guard.consequences[1]?.clusters).toContain('retail-east');
    await preview(1, '--inventory', ONE, '--i-understand', `${PHRASE}!`);
    await preview(0, '--inventory', ONE, '--i-understand', PHRASE);
  });

  test('is limited to the named cluster, and so are its commands', async () => {
    const { objects, plan } = await preview(
      1,
      '--inventory',
      FOLDER,
      '--cluster',
      'retail-east',
      '--kubeconfig',
      '/k/c f',
    );
    expect(objects[0]?.clusters.map(({ cluster }) => cluster)).toEqual(['retail-east']);
    const commands = plan.map(({ command }) => command);
    expect(commands).toContain('Update-AksHciClusterCertificates -name retail-east -fixKubeletCredentials');
    expect(commands).toContain("kubectl get nodes --kubeconfig '/k/c f'");
    expect(plan.map(({ step }) => step).at(-1)).toBe('undo');
  });

  test('accepts further paths after the file if an inventory is given', async () => {
    const words = ['revocation', 'preview', 'article.yaml', `${FOLDER}/finance`];
    const two = await world().json<PreviewRecord>(1, ...words, '--inventory', `${FOLDER}/retail-east`);
    expect(two.entries[2]?.matches).toHaveLength(2);
    const stray = await world().run(...words);
    expect(stray.code).toBe(2);
    expect(stray.notices).toContain('--inventory');
  });

  test('requires confirmation of the joint effect of several objects, each of which causes only a part of the effect', async () => {
    const kubelets = records.filter((one) => isInOne(one) && one.role === 'kubelet-client');
    const objects = kubelets.map(
      ({ serialHex }, at) => `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata: {name: part-${at}, namespace: kube-system}
spec: {revocations: [{kind: serialnumber, serialNumber: "${serialHex}"}]}
`,
    );
    const phraseFor = async (text: string): Promise<string | null> => {
      const words = ['revocation', 'preview', 'parts.yaml', '--inventory', ONE];
      const made = world().put('parts.yaml', text);
      const { out } = await made.run(...words, '--json');
      return (JSON.parse(out) as PreviewRecord).guard.phrase;
    };
    expect(objects.length).toBeGreaterThan(1);
    expect(await phraseFor(objects[0] ?? '')).toBeNull();
    expect(await phraseFor(objects.join('---\n'))).toBe('revoke all kubelets');
  });

  test('prints counts, exposure, the required confirmation and the next steps as text', async () => {
    const { out } = await world().run('revocation', 'preview', 'article.yaml', '--inventory', ONE);
    expect(out).toMatch(
      /^\S+ would lose all its API servers\.\n {2}The certificates that a repair creates would be revoked, too, so no repair would last\.\n/u,
    );
    expect(out).toContain('  2. Group system:nodes, without notBefore\n');
    expect(out).toContain('A matched certificate may be accepted until ');
    expect(out).toContain(`--i-understand "${PHRASE}"`);
    expect(out).toContain('kubectl api-resources --api-group=certificates.microsoft.com');
    const japanese = await world().run(
      ...['revocation', 'preview', 'article.yaml', '--inventory', ONE, '--lang', 'ja'],
    );
    expect(japanese.out).toContain('手順:');
    expect(japanese.out).toMatch(/^\S+ の API サーバーがすべて使えなくなります。\n/u);
  });

  test('exits with 2 if the file is missing', async () => {
    expect((await world().run('revocation', 'preview', 'no.yaml')).code).toBe(2);
    const inventory = ['--inventory', '/nowhere'];
    expect((await world().run('revocation', 'preview', 'article.yaml', ...inventory)).code).toBe(2);
  });
});

describe('arcwarden revocation build', () => {
  const build = (...words: string[]) => world().run('revocation', 'build', ...words);

  test('writes a serial number in the published form, with an undo file and a line in the audit trail', async () => {
    const [scheduler] = records.filter(isInOne).filter(({ role }) => role === 'scheduler');
    const printed = (scheduler?.serialHex?.match(/../gu) ?? []).join(':').toUpperCase();
    const here = world();
    const outcome = await here.run(
      ...['revocation', 'build', '--name', 'lost', '--serial', printed, '--inventory', ONE],
      ...['--out', 'lost.yaml', '--description', 'Ticket 7'],
    );
    expect(outcome.code).toBe(0);
    const text = await here.text('lost.yaml');
    expect(text).toContain(`    serialNumber: "${scheduler?.serialHex}"\n`);
    expect(parse(text)).toEqual({
      apiVersion: 'certificates.microsoft.com/v1',
      kind: 'RenewRevocation',
      metadata: { name: 'lost', namespace: 'kube-system' },
      spec: { description: 'Ticket 7', revocations: [{ kind: 'serialnumber', serialNumber: scheduler?.serialHex }] },
    });
    expect(parse(await here.text('lost.undo.yaml'))).not.toHaveProperty('spec');
    const trail = await here.json<{ entries: Record<string, unknown>[] }>(0, 'audit', 'list');
    expect(trail.entries.at(-1)).toMatchObject({
      by: 'CORP\\admin',
      action: 'revocation.written',
      subject: 'lost',
      params: {
        path: '/folder/lost.yaml',
        sha256: createHash('sha256').update(text).digest('hex'),
        entries: 1,
        matched: 1,
        exposureUntil: scheduler?.notAfter,
      },
    });
    await here.json(0, 'audit', 'verify');
  });

  test('writes while the console is open, but not while another process holds the audit trail', async () => {
    const here = world();
    here.isLocked = true;
    const words = ['revocation', 'build', '--name', 'r', '--serial', 'ab'.repeat(16), '--out'];
    expect((await here.run(...words, 'open.yaml')).code).toBe(0);
    here.claimed.add('/data/audit-lock');
    expect((await here.run(...words, 'locked.yaml')).code).toBe(2);
    expect(here.files.paths()).toContain('/folder/open.yaml');
    expect(here.files.paths()).not.toContain('/folder/locked.yaml');
  });

  test('lists the readings of an ambiguous serial number, and accepts the chosen one', async () => {
    const asked = await build('--name', 'r', '--serial', '1234');
    expect(asked.code).toBe(2);
    expect(asked.out).toBe('');
    expect(asked.notices).toContain('hex:1234 is 1234 in hex');
    expect(asked.notices).toContain('decimal:1234 is 4d2 in hex');
    const answered = await build('--name', 'r', '--serial', 'decimal:1234');
    expect(answered.out).toContain('serialNumber: "4d2"');
    expect((await build('--name', 'r', '--serial', 'hex:1234')).out).toContain('"1234"');
  });

  test('accepts certificates in the inventory by their ids', async () => {
    const [one] = records.filter(isInOne).filter(({ role }) => role === 'front-proxy-client');
    const buildById = (id = '') => build('--name', 'r', '--credential', id, '--inventory', ONE);
    expect((await buildById(one?.id.slice(0, 12).toUpperCase())).out).toContain(`"${one?.serialHex}"`);
    for (const id of ['', one?.id.slice(0, 7), 'f'.repeat(12)]) expect((await buildById(id)).code).toBe(2);
  });

  test('requires the phrase for a manifest that would bring something down', async () => {
    const words = ['--name', 'r', '--group', 'system:nodes', '--inventory', ONE];
    const refused = await build(...words);
    expect(refused.code).toBe(2);
    expect(refused.out).toBe('');
    expect(refused.notices).toContain('--i-understand "revoke future certificates, all kubelets"');
    const cut = await build(...words, '--not-before', 'now', '--i-understand', 'revoke all kubelets');
    expect(cut.code).toBe(0);
    expect(cut.out).toContain(`    notBefore: "${NOW}"\n`);
  });

  test("writes the article's first entry, a serial number with an instant, and warns that the instant can only make it ineffective", async () => {
    const first = ['--serial', '77fdf4b1033b387aaace6ce1c18710c2', '--not-before', '2020-04-17T17:22:05Z'];
    const { out, notices, code } = await build('--name', 'my-renew-revocation', ...first);
    expect(code).toBe(0);
    expect(out).toContain('    serialNumber: "77fdf4b1033b387aaace6ce1c18710c2"\n');
    expect(out).toContain('    notBefore: "2020-04-17T17:22:05Z"\n');
    expect(notices).toContain('With a serial number, notBefore can only make the entry ineffective.');
  });

  test.each([['revocations: []'], ['revocations:'], ['revocations: null'], ['description: none']])(
    'refuses an object with “%s”, for which lint also reports an error',
    async (list) => {
      const head = 'apiVersion: certificates.microsoft.com/v1\nkind: RenewRevocation\n';
      const text = `${head}metadata: {name: r, namespace: kube-system}\nspec:\n  ${list}\n`;
      const here = world().put('x.yaml', text);
      const findings = await here.json<FindingRecord[]>(1, 'revocation', 'lint', 'x.yaml');
      expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['revocation.no-entries', 'error']]);
      const { out, notices, code } = await here.run('revocation', 'build', 'x.yaml');
      expect([code, out]).toEqual([1, '']);
      expect(notices).toContain('has no entries');
    },
  );

  test('never writes a manifest with an error that cannot be confirmed', async () => {
    const wild = await build('--name', 'r', '--dns', '*.a.b', '--not-before', 'now', '--i-understand', 'x');
    expect(wild.code).toBe(1);
    expect(wild.out).toBe('');
    expect(wild.notices).toContain('Wildcards');
  });

  test('rewrites an object in a file in the published form', async () => {
    const good = ARTICLE.slice(0, ARTICLE.indexOf('  - description: Revoked certificates by group'))
      .replace('serialnumber', 'SerialNumber')
      .replace('77fdf4b1033b387aaace6ce1c18710c2', '"0x77FD F4B1 033B 387A AACE 6CE1 C187 10C2"');
    const here = world().put('x.yaml', good);
    const { out, code } = await here.run('revocation', 'build', 'x.yaml');
    expect(code).toBe(0);
    expect(out).toContain('    kind: serialnumber\n');
    expect(out).toContain('    serialNumber: "77fdf4b1033b387aaace6ce1c18710c2"\n');
    const spelled = await here.run('revocation', 'build', 'x.yaml', '--serial-spelling', 'SerialNumber');
    expect(spelled.out).toContain('    kind: SerialNumber\n');
    here.store = here.store && {
      ...here.store,
      settings: () => ({ ...DEFAULT_SETTINGS, serialSpelling: 'SerialNumber' }),
    };
    const set = await here.run('revocation', 'build', 'x.yaml');
    expect(set.out).toContain('    kind: SerialNumber\n');
    const asPublished = ['--serial-spelling', 'serialnumber'];
    const published = await here.run('revocation', 'build', 'x.yaml', ...asPublished);
    expect(published.out).toContain('    kind: serialnumber\n');
    const two = await here.put('two.yaml', `${good}---\n${good}`).run('revocation', 'build', 'two.yaml');
    expect(two.code).toBe(2);
  });

  test.each<[string[], string]>([
    [[], '--serial'],
    [['--serial', 'ab'.repeat(16)], '--name'],
    [['article.yaml', '--group', 'x'], '--group'],
    [['--name', 'r', '--group', 'x', '--not-before', 'today'], '--not-before'],
    [['--name', 'r', '--serial', 'ab'.repeat(16), '--serial-spelling', 'x'], '--serial-spelling'],
  ])('refuses %j with a message about the correct option', async (words, option) => {
    const { code, notices } = await build(...words);
    expect(code).toBe(2);
    expect(notices).toContain(option);
  });

  test('prints the manifest, its undo manifest, its effects and the next steps as JSON', async () => {
    const document = await world().json<Record<string, unknown> & { plan: { step: string }[] }>(
      0,
      ...['revocation', 'build', '--name', 'r', '--ip', '192.0.2.7', '--not-before', NOW],
    );
    expect(document).toMatchObject({ path: null, undoPath: null, exposureUntil: null, guard: { needed: false } });
    expect(document['manifest']).toContain('ip: "192.0.2.7"');
    expect(document.plan.map(({ step }) => step)).toContain('wait');
  });
});

describe('arcwarden revocation dry-run', () => {
  interface DryRun {
    cluster: string;
    revoked: string[];
    repair: { at: string; holds: boolean; stillRevoked: object[]; command: string } | null;
    hours: { step: string; apiServer: boolean }[];
    apiServer: boolean;
    assumed: string[];
  }
  const performDryRun = (code: number, ...words: string[]): Promise<DryRun> =>
    world().json<DryRun>(
      ...([code, 'revocation', 'dry-run', 'article.yaml', '--inventory', ONE, ...words] as [number, ...string[]]),
    );

  test('predicts for the sample of the article that the repair does not last and no API server works', async () => {
    const { cluster, repair, apiServer, revoked } = await performDryRun(1);
    expect(cluster).toBe('finance');
    expect(revoked.length).toBeGreaterThan(2);
    expect(repair).toMatchObject({ command: 'Update-AksHciClusterCertificates', holds: false });
    expect(repair?.stillRevoked.length).toBeGreaterThan(0);
    expect(apiServer).toBe(false);
  });

  test('predicts that the cluster works again if each entry has a cutoff', async () => {
    const cut = instantFromMs(epochMs(NOW) - 6 * MINUTE_MS - SECOND_MS);
    const mended = ARTICLE.replace(/^ {4}(group|dns|ip): .*$/gmu, `$&\n    notBefore: "${cut}"`);
    const here = world().put('mended.yaml', mended);
    const { repair, apiServer } = await here.json<DryRun>(
      ...([0, 'revocation', 'dry-run', 'mended.yaml', '--inventory', ONE, '--cluster', 'finance'] as [
        number,
        ...string[],
      ]),
    );
    expect(repair?.holds).toBe(true);
    expect(apiServer).toBe(true);
    const text = await here.run(...['revocation', 'dry-run', 'mended.yaml', '--inventory', ONE]);
    expect(text.out).toContain('The repair lasts: Update-AksHciClusterCertificates brings the cluster back');
    expect(text.out).toContain('Assumptions:');
  });

  test('covers as many hours as requested', async () => {
    const { hours } = await performDryRun(0, '--hours', '1', '--without-repair');
    expect(hours.map(({ step }) => step)).toEqual(['apply']);
    for (const bad of ['0', '2401', 'x']) {
      const { code, notices } = await world().run(
        ...['revocation', 'dry-run', 'article.yaml', '--inventory', ONE, '--hours', bad],
      );
      expect(code).toBe(2);
      expect(notices).toContain('--hours');
    }
  });

  test('requires the name of the cluster if there are several', async () => {
    const { code, notices } = await world().run(
      ...['revocation', 'dry-run', 'article.yaml', '--inventory', ONE, '--inventory', `${FOLDER}/retail-east`],
    );
    expect(code).toBe(2);
    expect(notices).toContain('retail-east');
    const unknown = ['--cluster', 'nowhere'];
    expect((await world().run('revocation', 'dry-run', 'article.yaml', '--inventory', ONE, ...unknown)).code).toBe(2);
  });
});

test('every verb has help in every language', async () => {
  for (const lang of ['en', 'ja'])
    for (const verb of ['lint', 'preview', 'build', 'dry-run']) {
      const { out, code } = await world().run('help', 'revocation', verb, '--lang', lang);
      expect(code).toBe(0);
      expect(out).toContain(`arcwarden revocation ${verb}`);
      expect(out.split('\n').length).toBeGreaterThan(8);
    }
});
