import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { findingsInBothThemes } from './axe.ts';
import { answerOpenDialog, COMMAND_LINE, details, expect, rowCount, test } from './console.ts';

const ARTICLE = join(import.meta.dirname, '../fixtures/revocation/article.yaml');
/** Generating RSA keys and simulating take time on a busy machine. */
const PATIENCE = { timeout: 120_000 };
const MINUTE_MS = 60_000;

test.use({ clusters: 3, content: 'fleet' });

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-impact-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Returns a command's output, even if the command exits with 1 because its verdict is negative. */
function arcwarden(...words: string[]): string {
  const options = {
    encoding: 'utf8' as const,
    stdio: ['ignore' as const, 'pipe' as const, 'ignore' as const],
    env: { ...process.env, TZ: 'Asia/Tokyo' },
  };
  try {
    return execFileSync(process.execPath, [COMMAND_LINE, ...words], options);
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 1 && 'stdout' in error)
      return String(error.stdout);
    throw error;
  }
}

interface Share {
  matched: number;
  known: number;
}
interface Preview {
  guard: { consequences: { id: string; clusters: string[] }[] };
  entries: { counts: Record<'matches' | 'possible' | 'exempt', number> }[];
  objects: { clusters: ({ cluster: string } & Record<'total' | 'controlPlane' | 'workers' | 'admins', Share>)[] }[];
}

/** Writes a manifest that affects whole clusters. With a cutoff, a repair can succeed. */
function manifest(name: string, notBeforeMs?: number): string {
  const path = join(folder, `${name}.yaml`);
  const cutoff =
    notBeforeMs === undefined ? '' : `    notBefore: "${new Date(notBeforeMs).toISOString().slice(0, 19)}Z"\n`;
  writeFileSync(
    path,
    [
      'apiVersion: certificates.microsoft.com/v1\nkind: RenewRevocation\n',
      `metadata:\n  name: ${name}\n  namespace: kube-system\nspec:\n  revocations:\n`,
      `  - kind: Group\n    group: system:nodes\n${cutoff}`,
      `  - kind: DNS\n    dns: .cluster.local\n${cutoff}`,
    ].join(''),
  );
  return path;
}

async function openFile(application: ElectronApplication, page: Page, path: string, name: string): Promise<void> {
  await answerOpenDialog(application, [path]);
  await page.keyboard.press('Control+Shift+R');
  await page.getByRole('button', { name: /^(Open a file…|ファイルを開く…)$/u }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

function step(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: /^(Steps|ステップ)$/u }).getByRole('button', { name });
}

function middle(page: Page): Locator {
  return page.getByRole('region', { name: /^(Impact|影響|Recovery|復旧)$/u, exact: true });
}

/** Reads the numbers of a row in the picture, such as `2 of 10`. */
async function sharesIn(row: Locator): Promise<string[]> {
  const texts = await row.getByRole('cell').allInnerTexts();
  return texts.map((text) => /[\d,]+ of [\d,]+|–/u.exec(text)?.[0] ?? '');
}

/** Performs a dry run and waits for a matching verdict, since an older verdict may still be visible. */
async function performDryRun(page: Page, cluster: string, verdict: RegExp): Promise<void> {
  await page
    .getByRole('combobox', { name: /^(Cluster|クラスター)$/u })
    .last()
    .selectOption({ label: cluster });
  await page.getByRole('button', { name: /^(Start the dry run|ドライ ランを開始)$/u }).click();
  await expect(page.getByRole('heading', { level: 4 })).toContainText(verdict, PATIENCE);
}

test('the picture and the entries show the same numbers as the command line for the same files', async ({
  shared,
  fleet,
}) => {
  const { page, application } = shared;
  const path = manifest('whole-clusters', Date.now() - 10 * MINUTE_MS);
  await openFile(application, page, path, 'whole-clusters');
  await step(page, 'Impact').click();
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(
    /The management cluster “[^”]+” would lose all its API servers, and so would \d+ other clusters\./u,
  );
  await expect(middle(page)).toContainText(
    /All [\d,]+ known API server certificates would be refused at their next renewal/u,
  );
  const preview = JSON.parse(arcwarden('revocation', 'preview', path, '--inventory', fleet, '--json')) as Preview;
  const share = ({ matched, known }: Share): string => (known === 0 ? '–' : `${matched} of ${known}`);

  const picture = page.getByRole('table', { name: /^Revoked certificates/u });
  const [object] = preview.objects;
  expect(object?.clusters).toHaveLength(4);
  const { consequences } = preview.guard;
  expect(consequences.map(({ id }) => id)).toContain('all-api-servers');
  for (const { cluster, controlPlane, workers, admins, total } of object?.clusters ?? []) {
    const row = picture.getByRole('row').filter({ has: page.getByRole('rowheader', { name: cluster }) });
    expect(await sharesIn(row)).toEqual([total, controlPlane, workers, admins].map(share));
    const isAll = consequences.some(({ id, clusters }) => id === 'all-api-servers' && clusters.includes(cluster));
    await expect(row.getByText('all API servers')).toHaveCount(isAll ? 1 : 0);
  }
  const total = (object?.clusters ?? []).reduce((sum, cluster) => sum + cluster.total.matched, 0);
  expect(total).toBeGreaterThan(10);
  await expect(picture.getByRole('row').nth(1).getByRole('cell').first()).toContainText(`${total} of`);

  const entries = page.getByRole('region', { name: 'By entry' }).getByRole('row');
  for (const [place, { counts }] of preview.entries.entries()) {
    const cells = await entries
      .nth(place + 1)
      .getByRole('cell')
      .allInnerTexts();
    expect(cells.slice(0, 3)).toEqual([counts.matches, counts.possible, counts.exempt].map(String));
  }
  // Certificates issued from now on are never older than the cutoff.
  const future = page.getByRole('region', { name: /^Renewals of the next four days/u });
  await expect(future).toContainText('No renewal of the next four days would be refused.', PATIENCE);
});

/** Counts how often dates are formatted while the page is idle; more than 0 means an endless cycle of updates. */
function countIdleWrites(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { prototype } = Intl.DateTimeFormat;
    const write = Object.getOwnPropertyDescriptor(prototype, 'formatToParts')?.value as (
      at?: number | Date,
    ) => Intl.DateTimeFormatPart[];
    let count = 0;
    prototype.formatToParts = function (at) {
      count += 1;
      return write.call(this, at);
    };
    await new Promise((done) => setTimeout(done, 100));
    prototype.formatToParts = write;
    return count;
  });
}

test('lists are opened, navigated and closed by keyboard, and a certificate in a list is opened', async ({
  shared,
}) => {
  const { page, application } = shared;
  const path = manifest('by-keyboard', Date.now() - 10 * MINUTE_MS);
  await openFile(application, page, path, 'by-keyboard');
  await step(page, 'Impact').click();
  const opener = page.getByRole('button', { name: /, Revoked: list them for entry 1$/u });
  const count = Number(await opener.innerText());
  await opener.focus();
  await page.keyboard.press('Enter');
  const list = middle(page).getByRole('grid', { name: /^Revoked: 1\. Group system:nodes/u });
  await expect(list).toBeFocused();
  await expect(list).toHaveAttribute('aria-rowcount', String(count + 1));
  await expect.poll(() => countIdleWrites(page)).toBe(0);
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(opener).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(list).toBeFocused();
  await page.getByRole('textbox', { name: 'Filter' }).fill('osaka');
  await expect(list.getByRole('row').nth(1)).toContainText('osaka-plant');
  const rows = Number(await list.getAttribute('aria-rowcount')) - 1;
  expect(rows).toBeLessThan(count);
  await list.focus();
  await page.keyboard.press('End');
  await expect(list.getByRole('row', { selected: true })).toHaveAttribute('aria-rowindex', String(rows + 1));
  await page.keyboard.press('Home');
  const selected = list.getByRole('row', { selected: true });
  await expect(selected).toHaveAttribute('aria-rowindex', '2');
  const name = await selected.getByRole('gridcell').nth(1).innerText();
  await page.keyboard.press('Enter');
  await expect(details(page)).toContainText(name);
  expect(await rowCount(page)).toBeGreaterThan(0);
  // The wizard is at the step where the user left it.
  await page.keyboard.press('Control+Shift+R');
  await expect(step(page, 'Impact')).toHaveAttribute('aria-current', 'step');
});

test('the scroll position does not change while results are computed or text is typed', async ({ shared }) => {
  const { page, application } = shared;
  await openFile(application, page, manifest('read-on'), 'read-on');
  await page.keyboard.press('Control+Shift+Y');
  const editor = page.getByRole('textbox', { name: 'YAML of the manifest' });
  await expect(editor).toBeVisible();
  await step(page, 'Impact').click();
  const future = middle(page).getByRole('region', { name: /^Renewals of the next four days/u });
  await future.getByRole('heading').scrollIntoViewIfNeeded();
  await expect(future).toContainText('would be refused', PATIENCE);
  await expect(future.getByRole('heading')).toBeInViewport();

  await editor.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('  - kind: Group\n    group: system:masters\n');
  await expect(middle(page).getByRole('region', { name: 'By entry' })).toContainText('system:masters');
  await expect(future.getByRole('heading')).toBeInViewport();
});

test('a dry run succeeds with notBefore and fails without it, as in the article', async ({ shared, fleet }) => {
  const { page, application } = shared;
  const cut = manifest('with-cutoff', Date.now() - 10 * MINUTE_MS);
  await openFile(application, page, cut, 'with-cutoff');
  await step(page, 'Impact').click();
  await performDryRun(page, 'retail-east', /The repair lasts: Update-AksHciCluster/u);
  await expect(page.getByRole('img', { name: /^Hour by hour: [1-9]/u })).toBeVisible();
  const table = page.getByRole('table', { name: 'Events by hour' });
  await expect(table.getByRole('row').nth(1)).toContainText('Applied');
  await expect(table.getByRole('row').nth(2)).toContainText('Repaired');
  await page.getByRole('radio', { name: 'No repair' }).check();
  await performDryRun(page, 'retail-east', /Without a repair, /u);

  await page.getByRole('button', { name: 'Close' }).click();
  const uncut = manifest('without-cutoff');
  await openFile(application, page, uncut, 'without-cutoff');
  await step(page, 'Impact').click();
  await expect(middle(page)).toContainText('The certificates that a repair creates would be revoked, too');
  await page.getByRole('radio', { name: 'As documented' }).check();
  await performDryRun(page, 'retail-east', /The repair does not last: /u);
  await expect(page.getByRole('table', { name: 'Events by hour' })).toContainText('it has been revoked');
  const written = JSON.parse(
    arcwarden(...['revocation', 'dry-run', uncut, '--inventory', fleet], ...['--cluster', 'retail-east', '--json']),
  ) as { repair: { holds: boolean } };
  expect(written.repair.holds).toBe(false);
});

test('the buttons beside the warning correct the manifest, and the whole plan can be copied', async ({ shared }) => {
  const { page, application } = shared;
  const path = manifest('to-mend');
  await openFile(application, page, path, 'to-mend');
  await step(page, 'Recovery').click();
  const answer = page.getByRole('heading', { level: 2 }).first();
  await expect(answer).toHaveText('Correct the manifest first: with these entries, no repair lasts.');
  const mend = page.getByRole('region', { name: 'Why no repair lasts' });
  for (let left = 2; left > 0; left -= 1) {
    await expect(mend.getByRole('listitem')).toHaveCount(left);
    await mend
      .getByRole('button', { name: /^Set notBefore to / })
      .first()
      .click();
  }
  await expect(answer).toContainText(/Apply, check, repair, check again: \d steps/u);
  await page.getByRole('button', { name: 'Copy all commands' }).click();
  const copied = await application.evaluate(({ clipboard }) => clipboard.readText());
  const commands = await page.locator('li pre code').allInnerTexts();
  for (const command of commands.filter((text) => !text.includes('\n'))) expect(copied).toContain(command.trim());
  expect(copied.split('\n').filter((line) => line.startsWith('# ')).length).toBeGreaterThan(7);
  await page.getByText('Undo manifest').click();
  await expect(page.getByText('kind: RenewRevocation')).toBeVisible();
});

const WORDS = {
  English: {
    radio: 'EN',
    impact: 'Impact',
    recovery: 'Recovery',
    coming: 'Future',
    list: /, Revoked: list them for entry 2$/u,
    verdict: /The repair does not last: /u,
  },
  Japanese: {
    radio: '日本語',
    impact: '影響',
    recovery: '復旧',
    coming: '今後発行',
    list: /^失効 \d+ 件: エントリ 2 /u,
    verdict: /続きません/u,
  },
};

for (const [language, words] of Object.entries(WORDS))
  test(`the sample of the article is explained in ${language}, and axe finds no problems in either theme`, async ({
    shared,
  }) => {
    const { page, application } = shared;
    const path = join(folder, 'article.yaml');
    copyFileSync(ARTICLE, path);
    await page.getByRole('radio', { name: words.radio }).check();
    await openFile(application, page, path, 'my-renew-revocation');
    await step(page, words.impact).click();
    await page.getByRole('button', { name: words.list }).click();
    await expect(middle(page).getByRole('grid')).toBeFocused();
    await performDryRun(page, 'retail-east', words.verdict);
    await expect(middle(page)).toContainText(words.coming);
    expect(await findingsInBothThemes(page)).toEqual([]);
    await step(page, words.recovery).click();
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
    expect(await findingsInBothThemes(page)).toEqual([]);
  });
