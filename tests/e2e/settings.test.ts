import { findingsInBothThemes } from './axe.ts';
import { expect, test } from './console.ts';

test('the index of the settings leads to a section, and the search keeps only what matches', async ({ start }) => {
  const { page } = await start();
  await page.keyboard.press('Control+,');
  const index = page.getByRole('navigation', { name: 'Sections' });
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(index.getByRole('button', { name: 'Appearance' })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(index.getByRole('button', { name: 'Clusters' })).toBeVisible();
  await index.getByRole('button', { name: 'RenewRevocation' }).focus();
  await page.keyboard.press('Enter');
  const heading = page.getByRole('heading', { name: 'RenewRevocation' });
  await expect(heading).toBeFocused();
  await expect(heading).toBeInViewport();
  await expect(index.getByRole('button', { name: 'RenewRevocation' })).toHaveAttribute('aria-current', 'location');

  const search = page.getByRole('textbox', { name: 'Find a setting' });
  await search.fill('quiet');
  await expect(index.getByRole('button')).toHaveText(['Notifications']);
  await expect(page.getByRole('group', { name: 'Quiet hours' })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Theme' })).toHaveCount(0);
  expect(await findingsInBothThemes(page)).toEqual([]);
  await search.fill('no such setting');
  await expect(page.getByText('No setting matches.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(page.getByRole('group', { name: 'Theme' })).toBeVisible();
});
