import { runAxe } from './axe.ts';
import { expect, test } from './console.ts';

const PATIENCE = { timeout: 120_000 };

test('the status bar shows work with its progress, covers nothing, and its list keeps the result', async ({
  start,
}) => {
  const { page } = await start();
  const bar = page.getByRole('region', { name: 'Status bar' });
  await page.getByRole('button', { name: 'Open a demo fleet' }).click();
  await expect(bar.getByRole('progressbar', { name: 'Creating the demo fleet' })).toBeVisible(PATIENCE);
  await expect(bar.getByRole('status')).toContainText(
    /191 credentials added.*3 requests wait for your decision/u,
    PATIENCE,
  );
  await expect(bar.getByRole('progressbar')).toHaveCount(0);
  const [top, bottom] = [await bar.boundingBox(), await page.getByRole('main').boundingBox()];
  expect((bottom?.y ?? 0) + (bottom?.height ?? 0)).toBeLessThanOrEqual(top?.y ?? 0);

  await bar.getByRole('button', { name: 'Dismiss' }).click();
  await expect(bar.getByRole('status')).toBeEmpty();
  const opener = bar.getByRole('button', { name: 'Tasks and messages: 1' });
  await opener.press('Enter');
  const list = page.getByRole('dialog', { name: 'Tasks and messages: 1' });
  await expect(list.getByRole('listitem')).toContainText('191 credentials added');
  expect(await runAxe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(opener).toBeFocused();

  await opener.press('Enter');
  await list.getByRole('button', { name: 'Open the import report' }).click();
  await expect(list).toBeHidden();
  await expect(page.getByRole('main')).toContainText('kubernetes.io/kubelet-serving');
});
