import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { change, findingsInBothThemes } from './axe.ts';
import { expect, test } from './console.ts';
import { close } from './launch.ts';

/** Writes a pending request as `kubectl get csr csr-8xk2p -o yaml` prints it. */
function writeRequest(folder: string): void {
  const [key, request] = [join(folder, 'key.pem'), join(folder, 'request.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-subj', '/O=system:nodes/CN=system:node:plant-worker-1', '-keyout', key, '-out', request],
    ],
    { stdio: 'ignore' },
  );
  const yaml = `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata:
  creationTimestamp: "${new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+/u, '')}"
  generateName: csr-
  name: csr-8xk2p
  resourceVersion: "118230"
  uid: 0f6f5b0e-6e0d-4a7e-9d3f-7f8f0f2f3a11
spec:
  groups:
  - system:bootstrappers
  - system:bootstrappers:kubeadm:default-node-token
  - system:authenticated
  request: ${readFileSync(request).toString('base64')}
  signerName: kubernetes.io/kube-apiserver-client-kubelet
  usages:
  - digital signature
  - client auth
  username: system:bootstrap:07401b
status: {}
`;
  writeFileSync(join(folder, 'csr.yaml'), yaml);
}

const line = (page: Page) => page.getByRole('navigation', { name: 'Waiting for your decision' });

test('a pending request is on the fleet until it is decided, also after a restart, and its page has the command', async ({
  start,
  workstation,
  folder,
}) => {
  cpSync(workstation.pki, join(folder, 'plant/pki'), { recursive: true });
  writeRequest(join(folder, 'plant'));
  const first = await start('--import', folder);
  await first.page.keyboard.press('Control+1');
  await expect(line(first.page)).toContainText('1 request waits for your decision');
  await close(first.application);

  const { application, page } = await start();
  await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800));
  await page.keyboard.press('Control+1');
  await expect(line(page).getByRole('button')).toHaveText([
    '1 request waits for your decision',
    '1 cluster needs a name',
  ]);
  expect((await line(page).boundingBox())?.height).toBeLessThanOrEqual(36);
  expect(await findingsInBothThemes(page)).toEqual([]);

  await line(page).getByRole('button', { name: '1 cluster needs a name' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'What is “plant” called in commands?' })).toBeVisible();
  await page.keyboard.press('Escape');

  await line(page).getByRole('button', { name: '1 request waits' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'plant' })).toBeFocused();
  const requests = page.getByRole('region', { name: 'Requests 1' });
  await expect(requests).toContainText('Approve: every rule is met.');
  await expect(requests).toContainText('system:bootstrap:07401b');
  await requests.getByRole('button', { name: 'Copy command' }).click();
  await expect
    .poll(() => application.evaluate(({ clipboard }) => clipboard.readText()))
    .toBe('kubectl certificate approve csr-8xk2p');
  expect(await findingsInBothThemes(page)).toEqual([]);
  await change(page, { language: 'ja' });
  await expect(page.getByRole('region', { name: '証明書要求 1' })).toContainText(
    '承認: すべての規則を満たしています。',
  );
  await change(page, { language: 'en' });

  await requests.getByRole('button', { name: 'Mark “csr-8xk2p” as decided' }).click();
  await expect(page.getByText('Nothing waits for your decision.')).toBeVisible();
  await page.keyboard.press('Control+1');
  await expect(line(page).getByRole('button')).toHaveText(['1 cluster needs a name']);
});
