import type { Page } from '@playwright/test';
import { change, findingsInBothThemes } from './axe.ts';
import { expect, runByPalette, test } from './console.ts';
import { close } from './launch.ts';

test.use({ content: 'fleet' });

const card = (page: Page) => page.getByRole('article', { name: 'logistics' });

test('logistics is acknowledged on its page and handed over; the fleet says so, also after a restart, until it is withdrawn', async ({
  start,
}) => {
  const first = await start();
  await runByPalette(first.page, 'logistics');
  await first.page.getByRole('button', { name: 'Acknowledge…' }).click();
  const dialog = first.page.getByRole('dialog', { name: 'Acknowledge logistics' });
  const by = dialog.getByRole('textbox', { name: 'Person' });
  await expect(by).toBeFocused();
  await expect(by).not.toHaveValue('');
  await by.fill('Sato');
  await dialog.getByRole('textbox', { name: 'Note' }).fill('password=Tr0ub4dor&3');
  await dialog.getByRole('button', { name: 'Acknowledge logistics' }).click();
  await expect(dialog.getByRole('alert')).toContainText('looks like a token, a password or a private key');
  expect(await findingsInBothThemes(first.page)).toEqual([]);
  await dialog.getByRole('textbox', { name: 'Note' }).fill('waiting for the storage team.');
  await dialog.getByRole('textbox', { name: 'Note' }).press('Enter');
  const page = first.page.locator('main');
  await expect(page).toContainText(/Acknowledged by Sato, .*: waiting for the storage team\./u);
  await expect(first.page.getByRole('button', { name: 'Acknowledge…' })).toBeHidden();
  expect(await findingsInBothThemes(first.page)).toEqual([]);

  await first.page.getByRole('button', { name: 'Hand over…' }).click();
  const handover = first.page.getByRole('dialog', { name: 'Hand over logistics' });
  await handover.getByRole('textbox', { name: 'Person' }).fill('Suzuki');
  await handover.getByRole('button', { name: 'Hand over logistics' }).click();
  await expect(page).toContainText(/Acknowledged by Suzuki, /u);
  await first.page.keyboard.press('Control+1');
  await expect(card(first.page)).toContainText('Suzuki is on it');
  await close(first.application);

  const { page: again } = await start();
  await again.keyboard.press('Control+1');
  await expect(card(again)).toContainText('Suzuki is on it');
  await expect(again.getByText('is on it')).toHaveCount(1);
  expect(await findingsInBothThemes(again)).toEqual([]);
  await change(again, { language: 'ja' });
  await expect(card(again)).toContainText('Suzuki が対応中');
  await change(again, { language: 'en' });
  await runByPalette(again, 'logistics');
  await again.getByRole('button', { name: 'Withdraw' }).click();
  await expect(again.getByRole('button', { name: 'Acknowledge…' })).toBeVisible();
  await again.keyboard.press('Control+1');
  await expect(again.getByText('is on it')).toHaveCount(0);
});
