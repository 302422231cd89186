import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { change, findingsInBothThemes } from './axe.ts';
import { needTool } from '../support/tools.ts';
import { answerOpenDialog, board, expect, rowCount, test as base } from './console.ts';
import { tabTo } from './keyboard.ts';

const KUBECONFIG_CREDENTIALS = 2;
/** Generating the RSA keys of a demo fleet takes time on a busy machine. */
const PATIENCE = { timeout: 120_000 };

const WORDS = {
  en: {
    nothing: 'No clusters yet',
    steps: ['Open a demo fleet', 'Look again', 'Import files or folders'],
    files: /^Import files…/u,
    found: '1 kubeconfig found.',
    none: 'No AKS or kubectl files found on this computer.',
    places: 'Where Arcwarden looked',
    import: 'Import this place',
  },
  ja: {
    nothing: 'クラスターはまだありません。',
    steps: ['デモ環境を開く', 'もう一度調べる', 'インポート元を選択'],
    files: /^ファイルをインポート…/u,
    found: '見つかったもの: kubeconfig 1 個。',
    none: 'このコンピューターに、AKS や kubectl のファイルは見つかりませんでした。',
    places: '調べた場所',
    import: '見つかったものをインポートする',
  },
} as const;

/** Gives each test a separate, empty home folder. */
const test = base.extend<{ home: string }>({
  home: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'arcwarden-home-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  environment: async ({ home }, use) => use({ HOME: home, KUBECONFIG: '' }),
});

/** Runs kubectl to create a kubeconfig with certificates of a control plane. */
function writeKubeconfig(home: string, fleet: string): string {
  const kubectl = needTool(test, 'kubectl');
  const path = join(home, '.kube/config');
  mkdirSync(join(home, '.kube'), { recursive: true });
  const text = execFileSync('grep', ['-r', '-l', 'finance-admin', join(fleet, 'workstation')], { encoding: 'utf8' });
  const source = text.split('\n')[0] ?? '';
  const read = (kind: string): string =>
    execFileSync(kubectl, ['config', 'view', '--raw', '--kubeconfig', source, '-o', `jsonpath={${kind}}`], {
      encoding: 'utf8',
    });
  const parts = {
    ca: '.clusters[0].cluster.certificate-authority-data',
    crt: '.users[0].user.client-certificate-data',
    key: '.users[0].user.client-key-data',
  };
  for (const [name, place] of Object.entries(parts))
    writeFileSync(join(home, name), Buffer.from(read(place), 'base64'));
  const config = (...words: string[]): unknown => execFileSync(kubectl, ['config', '--kubeconfig', path, ...words]);
  const embed = '--embed-certs=true';
  const server = '--server=https://172.16.255.14:6443';
  config('set-cluster', 'own', server, `--certificate-authority=${join(home, 'ca')}`, embed);
  config(
    ...['set-credentials', 'own-admin', `--client-certificate=${join(home, 'crt')}`],
    ...[`--client-key=${join(home, 'key')}`, embed],
  );
  config('set-context', 'own', '--cluster=own', '--user=own-admin');
  config('use-context', 'own');
  return path;
}

function button(page: Page, name: string): Locator {
  return page.getByRole('main').getByRole('button', { name, exact: true });
}

/** Presses Tab until the button has visible focus. */
async function reach(target: Locator): Promise<void> {
  await tabTo(target);
  const outline = await target.evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(outline).not.toBe('none');
}

/** Known places that exist on this computer outside the home folder, where a test cannot replace them. */
const OWN_PLACES = ['/etc/kubernetes/admin.conf', '/etc/kubernetes/pki', '/opt/wssd/k8s'].filter((path) =>
  existsSync(path),
);
const OWN_PLACES_REASON = `this computer has ${OWN_PLACES.join(' and ')} of its own`;

test('an empty console fills only the button for the files on this computer, and axe finds no problems', async ({
  start,
}) => {
  test.skip(OWN_PLACES.length > 0, OWN_PLACES_REASON);
  const { page } = await start();
  const { steps } = WORDS.en;
  const list = page.getByRole('list', { name: 'Three ways to start' });
  await expect(list.getByRole('heading')).toHaveCount(3);
  await expect(list.getByRole('button')).toHaveText([...steps]);
  const fills = await list
    .getByRole('button')
    .evaluateAll((buttons) => buttons.map((each) => getComputedStyle(each).backgroundColor));
  expect(fills[0]).toBe(fills[2]);
  expect(fills[1]).not.toBe(fills[0]);
  expect(await findingsInBothThemes(page)).toEqual([]);
  await change(page, { language: 'ja' });
  await expect(page.getByRole('list', { name: '始め方は 3 つ' })).toBeVisible();
  expect(await findingsInBothThemes(page)).toEqual([]);
});

test('by mouse: the known places are listed with their contents and imported', async ({ start, home, fleet }) => {
  test.skip(OWN_PLACES.length > 0, OWN_PLACES_REASON);
  const path = writeKubeconfig(home, fleet);
  const readAt = statSync(path).atimeMs;
  const { page } = await start();
  await expect(page.getByText(WORDS.en.found)).toBeVisible();
  const places = page.getByRole('main').locator('details');
  const rows = places.getByRole('listitem');
  await expect(rows.first()).toBeHidden();
  await places.getByText(WORDS.en.places).click();
  await expect(rows.first()).toContainText('Found');
  await expect(rows.first()).toContainText(path);
  await expect(rows.filter({ hasText: '/etc/kubernetes/pki' })).toContainText('Not found');
  await rows.first().getByRole('button').click();
  await expect(page.getByRole('dialog')).toContainText('Kubernetes documentation, kubectl reference');
  await page.keyboard.press('Escape');
  expect(await findingsInBothThemes(page)).toEqual([]);
  expect(statSync(path).atimeMs).toBe(readAt);

  await button(page, WORDS.en.import).click();
  await expect.poll(() => rowCount(page)).toBe(KUBECONFIG_CREDENTIALS);
  await expect(board(page)).toContainText('own');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
});

test('by mouse: the demo fleet is opened', async ({ start }) => {
  const { page } = await start();
  await button(page, WORDS.en.steps[0]).click();
  await expect(page.getByText('This is a demo fleet', { exact: false })).toBeVisible(PATIENCE);
});

test('by mouse: files that the user chooses are imported', async ({ start, home, fleet }) => {
  const path = writeKubeconfig(home, fleet);
  const { application, page } = await start();
  await answerOpenDialog(application, [path]);
  await button(page, WORDS.en.steps[2]).click();
  await page.getByRole('menuitem', { name: WORDS.en.files }).click();
  await expect.poll(() => rowCount(page)).toBe(KUBECONFIG_CREDENTIALS);
});

for (const language of ['en', 'ja'] as const) {
  const words = WORDS[language];

  test(`by keyboard: the known places are searched and imported, ${language}`, async ({ start, home, fleet }) => {
    test.skip(OWN_PLACES.length > 0, OWN_PLACES_REASON);
    writeKubeconfig(home, fleet);
    const { page } = await start();
    await change(page, { language });
    await expect(page.getByText(words.found)).toBeVisible();
    await reach(button(page, words.import));
    await page.keyboard.press('Enter');
    await expect.poll(() => rowCount(page)).toBe(KUBECONFIG_CREDENTIALS);
  });

  test(`by keyboard: the sample is opened and files are imported, ${language}`, async ({ start, home, fleet }) => {
    const path = writeKubeconfig(home, fleet);
    const { application, page } = await start();
    await change(page, { language });
    await answerOpenDialog(application, [path]);
    await reach(button(page, words.steps[2]));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: words.files })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect.poll(() => rowCount(page)).toBe(KUBECONFIG_CREDENTIALS);
    await page.keyboard.press('Control+,');
    await page
      .getByRole('main')
      .getByRole('listitem')
      .getByRole('button', { name: /^Forget | を一覧から削除$/u })
      .press('Enter');
    await page.keyboard.press('Control+2');
    await expect(page.getByRole('heading', { name: words.nothing })).toBeVisible();
    await reach(button(page, words.steps[0]));
    await page.keyboard.press('Enter');
    await expect.poll(() => rowCount(page), PATIENCE).toBeGreaterThan(100);
  });
}

test('if nothing is found, the console lists the places that have been searched', async ({ start, home }) => {
  test.skip(OWN_PLACES.length > 0, OWN_PLACES_REASON);
  const { page } = await start();
  await change(page, { language: 'ja' });
  await expect(page.getByText(WORDS.ja.none)).toBeVisible();
  const places = page.getByRole('main').locator('details');
  await places.getByText(WORDS.ja.places).press('Enter');
  await expect(places.getByRole('listitem').first()).toContainText(join(home, '.kube/config'));
  await expect(places.getByText('なし', { exact: true })).toHaveCount(4);
  await expect(button(page, WORDS.ja.import)).toHaveCount(0);
  expect(await findingsInBothThemes(page)).toEqual([]);
});

test('a known place with no usable content is reported like any import and can be imported again', async ({
  start,
  home,
}) => {
  test.skip(OWN_PLACES.length > 0, OWN_PLACES_REASON);
  mkdirSync(join(home, '.kube'));
  writeFileSync(join(home, '.kube/config'), 'no kubeconfig');
  chmodSync(join(home, '.kube/config'), 0o600);
  const { page } = await start();
  const importAgain = async (): Promise<void> => {
    await button(page, WORDS.en.import).click();
    await expect(page.getByText('No new credentials').first()).toBeVisible();
    await expect(page.getByRole('heading', { name: WORDS.en.nothing })).toBeVisible();
  };
  await importAgain();
  await importAgain();
});
