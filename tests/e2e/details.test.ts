import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSTATION_CREDENTIALS } from '../support/workstation.ts';
import { board, details, expect, rowCount, test } from './console.ts';

test.use({ content: 'workstation' });

test('by keyboard, the tabs of a CA lead to the certificate that ends with it', async ({ shared, workstation }) => {
  const { page } = shared;
  await expect.poll(() => rowCount(page)).toBe(WORKSTATION_CREDENTIALS);
  await board(page)
    .getByRole('row', { name: /retail-east.*Cluster CA/ })
    .first()
    .click();
  const pane = details(page);
  await expect(pane.getByRole('tab', { name: /^Issued \d+$/ })).toBeVisible();
  await pane.getByRole('tab', { name: 'Overview' }).focus();
  for (const tab of ['Certificate', 'Chain']) {
    await page.keyboard.press('ArrowRight');
    await expect(pane.getByRole('tab', { name: tab, selected: true })).toBeFocused();
  }
  await page.keyboard.press('ArrowRight');
  const [apiServer, ca] = ['apiserver.crt', 'ca.crt'].map(
    (file) => new X509Certificate(readFileSync(join(workstation.pki, file))),
  );
  expect(apiServer?.checkIssued(ca!)).toBe(true);
  await pane
    .getByRole('tabpanel')
    .getByRole('button', { name: /kube-apiserver API server [−\d]/ })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  await expect(pane.getByRole('heading', { name: 'kube-apiserver', exact: true })).toBeVisible();
});

test('in Japanese, a click on “失効…” begins the revocation of the certificate that is open', async ({
  start,
  workstation,
}) => {
  const { page } = await start();
  await expect.poll(() => rowCount(page)).toBe(WORKSTATION_CREDENTIALS);
  await page.keyboard.press('Control+Shift+L');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await board(page)
    .getByRole('row', { name: /kube-apiserver-etcd-client/ })
    .first()
    .click();
  await details(page).getByRole('button', { name: 'kube-apiserver-etcd-client を失効…' }).click();
  const { serialNumber } = new X509Certificate(readFileSync(join(workstation.pki, 'apiserver-etcd-client.crt')));
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('API サーバーがすべて使えなくなります');
  await page.keyboard.press('Control+PageUp');
  await expect(page.getByRole('textbox', { name: 'シリアル番号' })).toHaveValue(new RegExp(serialNumber, 'iu'));
});
