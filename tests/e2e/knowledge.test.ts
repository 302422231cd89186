import type { Locator, Page } from '@playwright/test';
import { change, runAxe } from './axe.ts';
import { expect, runByPalette, test } from './console.ts';
import { tabTo } from './keyboard.ts';
import { mainApi } from './main-api.ts';

const ERROR = `2021-08-02T21:27:53Z starting login to cloud agent
2021-08-02T21:27:53Z rpc error: code = Unauthenticated desc = Valid Token Required.`;
const TYPO = 'Upate-AksHciClusterCertificates –name my-cluster -fixCloudCredentials';
const RIGHT = 'Update-AksHciClusterCertificates -name my-cluster -fixCloudCredentials';

const search = (page: Page): Locator => page.getByRole('combobox');
const article = (page: Page): Locator => page.getByRole('region', { name: /^(Article|記事)$/u });
const options = (page: Page): Locator => page.getByRole('option');

/** Pastes text through the clipboard. */
async function paste(page: Page, text: string): Promise<void> {
  await mainApi(page).application.copy({ text });
  await page.keyboard.press('Control+v');
}

test('an error is looked up, its links are followed and a command is corrected by mouse', async ({ shared }) => {
  const { page } = shared;
  await page.getByRole('button', { name: 'Knowledge base', exact: true }).click();
  await expect(search(page)).toBeFocused();
  await expect(article(page)).toContainText('Where to look first');

  await paste(page, ERROR);
  await expect(options(page).first()).toContainText('F07');
  await expect(options(page).first()).toContainText('recognised, almost sure');
  await expect(article(page)).toContainText('Do not reboot first');
  await expect(article(page)).toContainText('Update-AksHciClusterCertificates -name <cluster>');

  await article(page)
    .getByRole('link', { name: /Which cmdlet repairs/u })
    .click();
  await expect(article(page).getByRole('heading', { level: 2 })).toContainText('KMS token');
  await article(page).getByRole('button', { name: 'Repair-AksHciCerts' }).click();
  await expect(article(page)).toContainText('Deprecated since 2022-05');
  await article(page).getByRole('link', { name: 'Update-AksHciCertificates' }).click();
  await expect(article(page).getByRole('heading', { level: 2 })).toHaveText('Update-AksHciCertificates');
  const back = article(page).getByRole('button', { name: 'Back to the previous article' });
  for (let step = 0; step < 3; step++) await back.click();
  await expect(article(page).getByRole('heading', { level: 2 })).toContainText('F07');

  await article(page).getByRole('button', { name: 'Copy command of step 2' }).click();
  await search(page).click();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await page.keyboard.press('Control+v');
  await expect(search(page)).toHaveValue(/^Update-AksHciClusterCertificates -name <cluster>/u);
  await page.getByRole('button', { name: 'Check this command' }).click();

  const line = page.getByRole('textbox', { name: 'Command', exact: true });
  await expect(line).toHaveValue(/<cluster>/u);
  await expect(page.getByRole('main')).toContainText('<cluster> is a placeholder: fill it in.');
  await line.fill(TYPO);
  const main = page.getByRole('main');
  await expect(main.getByRole('status')).toHaveText('Do not run the command like this.');
  await main.getByRole('button', { name: /Use the suggestion: Update/u }).click();
  await expect(main.getByRole('status')).toHaveText('The command would run, but do not run it like this.');
  await main.getByRole('button', { name: 'Use the suggestion: -name' }).click();
  await expect(line).toHaveValue(RIGHT);
  await expect(main.getByRole('status')).toHaveText('Every part was checked, and there are no errors or warnings.');
  await main.getByRole('combobox', { name: 'Build of the deployment' }).fill('1.0.4.10928');
  await expect(main.getByRole('status')).toHaveText('Do not run the command like this.');
});

test('an error is looked up, its links are followed and a command is corrected by keyboard, in Japanese', async ({
  shared,
}) => {
  const { page } = shared;
  await change(page, { language: 'ja' });
  await page.keyboard.press('Control+Shift+K');
  await expect(search(page)).toBeFocused();
  await page.keyboard.insertText('ＫＭＳプラグインのトークン期限切れ');
  await expect(options(page).first()).toContainText('F07');
  await page.keyboard.press('ArrowDown');
  await expect(options(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');

  await page.keyboard.press('Enter');
  const content = article(page).getByRole('region');
  await expect(content).toBeFocused();
  const link = article(page).getByRole('link').first();
  await tabTo(link);
  await page.keyboard.press('Enter');
  const heading = article(page).getByRole('heading', { level: 2 });
  await expect(heading).not.toContainText('F07');
  await expect(content).toBeFocused();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(heading).toContainText('F07');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(heading).not.toContainText('F07');
  await page.keyboard.press('Escape');
  await expect(search(page)).toBeFocused();
  await page.keyboard.press('F6');
  await expect(content).toBeFocused();
  await page.keyboard.press('F6');
  await expect(search(page)).toBeFocused();

  await runByPalette(page, 'コマンドを確認');
  const line = page.getByRole('textbox', { name: 'コマンド', exact: true });
  await expect(line).toBeFocused();
  await page.keyboard.insertText(TYPO);
  const main = page.getByRole('main');
  for (const name of [/候補を採用: Update/u, '候補を採用: -name']) {
    await tabTo(main.getByRole('button', { name }));
    await page.keyboard.press('Enter');
    await expect(line).toBeFocused();
  }
  await expect(line).toHaveValue(RIGHT);
  await expect(main.getByRole('status')).toHaveText('すべての部分を判定しました。エラーも警告もありません。');

  await runByPalette(page, 'F10');
  await expect(heading).toContainText('F10');
});

for (const [theme, language] of [
  ['light', 'en'],
  ['dark', 'ja'],
] as const)
  test(`axe finds no problems in the articles, the checker and a token, ${theme}, ${language}`, async ({ shared }) => {
    const { page } = shared;
    await change(page, { theme, language });
    await page.keyboard.press('Control+Shift+K');
    await expect(search(page)).toBeFocused();
    // Articles are listed by kind; checking one kind is enough.
    await page.locator('.kinds').getByRole('button').last().click();
    expect(await runAxe(page), 'where to begin').toEqual([]);
    await page.locator('.kinds').getByRole('button').last().click();
    for (const [query, what] of [
      ['F07', 'failure'],
      ['Repair-AksHciCerts', 'command'],
      ['Which cmdlet repairs an expired KMS token', 'contradiction'],
      ['dial tcp: lookup ca.corp.example: no such host', 'nothing found'],
    ] as const) {
      await search(page).fill(query);
      expect(await runAxe(page), what).toEqual([]);
    }
    await search(page).fill('kms-plugin-token');
    expect(await runAxe(page), 'token').toEqual([]);
    await search(page).fill(`${RIGHT} -force`);
    await page.locator('.found').getByRole('button').first().click();
    expect(await runAxe(page), 'command that is right').toEqual([]);
    await page.getByRole('main').getByRole('textbox').first().fill(TYPO);
    expect(await runAxe(page), 'command that is wrong').toEqual([]);
  });
