import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { answerOpenDialog, board, details, expect, rowCount, runByPalette, test } from './console.ts';

test('an import asks only once about names taken from folders, and commands contain the answers', async ({
  start,
  workstation,
  folder,
}) => {
  const { application, page } = await start();
  // Without the kubeconfig, only a folder contains the name of the cluster.
  cpSync(workstation.pki, join(folder, 'plant/pki'), { recursive: true });
  await answerOpenDialog(application, [folder]);
  await runByPalette(page, 'import a folder');
  await page.getByRole('button', { name: 'Open the import report' }).click();
  const questions = page.getByRole('region').or(page.locator('section')).filter({ hasText: 'not certain' }).first();
  await expect(questions).toContainText('only from the name of its folder');
  await questions.getByRole('textbox', { name: 'What is “plant” called in commands?' }).fill('retail7');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Commands now use the name “retail7”.')).toBeVisible();
  await expect(page.getByText('not certain')).toHaveCount(0);
  await page.keyboard.press('Control+2');
  await board(page)
    .getByRole('row', { name: /kube-apiserver/ })
    .first()
    .click();
  await expect(details(page)).toContainText('Update-AksHciClusterCertificates -name retail7 -fixKubeletCredentials');
});

test('one click on “Not part of this cluster” separates a certificate from the cluster and can be undone', async ({
  start,
  workstation,
  folder,
}) => {
  const { application, page } = await start();
  cpSync(workstation.pki, join(folder, 'plant/pki'), { recursive: true });
  mkdirSync(join(folder, 'web'));
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '90'],
      ...['-subj', '/CN=shop.contoso.example', '-addext', 'basicConstraints=critical,CA:false'],
      ...['-keyout', join(folder, 'web/tls.key'), '-out', join(folder, 'web/tls.crt')],
    ],
    { stdio: 'ignore' },
  );
  await answerOpenDialog(application, [folder]);
  await runByPalette(page, 'import a folder');
  await expect.poll(() => rowCount(page)).toBeGreaterThan(1);
  const apart = page.getByRole('button', { name: /Not part of the platform/ });
  await apart.click();
  await expect.poll(() => rowCount(page)).toBe(1);
  await expect(board(page)).toContainText('shop.contoso.example');
  await board(page).getByRole('row').nth(1).click();
  await expect(details(page)).toContainText('Nothing connects it to a cluster');
  await expect(details(page)).not.toContainText('Update-AksHci');
  await apart.click();

  await board(page)
    .getByRole('row', { name: /kube-apiserver-kubelet-client|API server to kubelets/ })
    .first()
    .click();
  await details(page).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Not part of this cluster' }).click();
  await apart.click();
  await expect.poll(() => rowCount(page)).toBe(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => rowCount(page)).toBe(1);
});
