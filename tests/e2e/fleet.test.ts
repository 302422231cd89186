import { change, findingsInBothThemes } from './axe.ts';
import { expect, test } from './console.ts';

test.use({ content: 'fleet' });

test('at 1280x800, the fleet shows which clusters are down and which is going down, and one click repairs the first', async ({
  shared: { application, page },
}) => {
  await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800));
  await page.keyboard.press('Control+1');
  const down = page.getByRole('region', { name: 'Down: 2 clusters' });
  await expect(down.getByRole('article')).toHaveCount(2);
  await expect(down.getByRole('article', { name: 'logistics' })).toContainText(
    'API server and etcd: not working since',
  );
  await expect(page.getByRole('region', { name: 'Going down: 1 cluster' })).toContainText('retail-east');
  // The tabs, the counts and the only filled button take 84 px.
  const banner = page.getByRole('button', { name: 'Remove the demo fleet' });
  const [first, above] = [await down.getByRole('article').first().boundingBox(), await banner.boundingBox()];
  expect((first?.y ?? Infinity) - ((above?.y ?? 0) + (above?.height ?? 0))).toBeLessThan(160);
  await expect(page.getByRole('region', { name: 'Going down: 1 cluster' })).toBeInViewport({ ratio: 1 });
  const counts = page.getByRole('list', { name: 'Clusters by state' });
  await expect(counts.getByRole('button')).toHaveText([/^\s*2 down/u, /1 going down/u, /3 need attention/u, /2 fine/u]);

  await page.locator('h1 ~ button').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Repair sapporo-depot');
});

test('the keyboard opens the page and the repair of a cluster', async ({ shared: { page } }) => {
  await page.keyboard.press('Control+1');
  const card = page.getByRole('article', { name: 'logistics' });
  await card.getByRole('button', { name: 'logistics', exact: true }).focus();
  await page.keyboard.press('Tab');
  await expect(card.getByRole('button', { name: 'Repair logistics' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'logistics' })).toBeFocused();
});

test('a count leads to its lane from any view, and the list of fine clusters stays open', async ({
  shared: { page },
}) => {
  await page.keyboard.press('Control+2');
  const counts = page.getByRole('list', { name: 'Clusters by state' });
  await counts.getByRole('button', { name: '2 fine' }).click();
  const fine = page.getByRole('group').filter({ hasText: 'Fine: 2 clusters' });
  await expect(fine.getByRole('listitem')).toHaveCount(2);
  await expect(page.locator('summary')).toBeFocused();
  await counts.getByRole('button', { name: '1 going down' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Going down: 1 cluster' })).toBeFocused();
  await expect(fine.getByRole('listitem')).toHaveCount(2);
  await page.getByText('Fine: 2 clusters').click();
  await expect(fine.getByRole('listitem')).toHaveCount(0);
});

test('a quiet line counts what changed since yesterday and opens the list, which the keyboard can close', async ({
  shared: { page },
}) => {
  await page.keyboard.press('Control+1');
  const line = page.getByRole('button', { name: /^Since yesterday: /u });
  await line.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'What changed' });
  await expect(dialog).toContainText('The first import was on');
  await dialog.getByRole('radio', { name: 'Last 30 days' }).check();
  await expect(dialog.getByRole('status')).toContainText('Last 30 days: nothing changed');
  expect(await findingsInBothThemes(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(line).toBeVisible();
});

test('axe finds no problem in the fleet view, which can switch to Japanese', async ({ shared: { page } }) => {
  await page.keyboard.press('Control+1');
  await page.getByText('Fine: 2 clusters').click();
  expect(await findingsInBothThemes(page)).toEqual([]);
  await change(page, { language: 'ja' });
  await expect(page.getByRole('region', { name: '停止中: 2 個' })).toContainText('から停止中');
});
