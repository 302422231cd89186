import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { NAME_OPTIONS, openssl } from '../support/openssl.ts';
import { answerOpenDialog, answerSaveDialog, readFolder, details, expect, runByPalette, test } from './console.ts';

const PASSPHRASE = 'correct horse battery staple';
const FQDN = 'ca-1f0c2b7e.corp.example';

async function openAuthorities(page: Page): Promise<void> {
  await page.keyboard.press('Control+Shift+A');
  await expect(page.getByRole('navigation').locator('[aria-current=page]')).toHaveText(
    /^\s*(Certificate authorities|認証局)\s*$/,
  );
}

/** Creates an authority in the dialog: with P-384, or with RSA 2048 for a cloud agent. */
async function createAuthority(page: Page, name: string, fqdn?: string): Promise<void> {
  await page.getByRole('button', { name: 'New authority…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New authority' });
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  if (fqdn !== undefined) {
    await dialog.getByRole('radio', { name: 'Cloud agent' }).check();
    await dialog.getByLabel('FQDN of the cloud agent').fill(fqdn);
  }
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('Repeat the passphrase').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Create the authority' }).click();
  await expect(dialog).toBeHidden();
  await expect(item(page, name)).toHaveAttribute('aria-selected', 'true');
}

/** Finds an item of the tree by the beginning of its text. */
function item(page: Page, text: string | RegExp): Locator {
  return page.getByRole('treeitem').filter({ hasText: text }).first();
}

async function issue(page: Page, profile: string, values: Record<string, string> = {}): Promise<void> {
  await details(page).getByRole('button', { name: 'Issue a certificate…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Issue a certificate/ });
  await dialog.getByLabel('Purpose').selectOption({ label: profile });
  for (const [label, value] of Object.entries(values)) await dialog.getByLabel(label).fill(value);
  await dialog.getByRole('button', { name: `Issue ${profile} certificate` }).click();
  await expect(dialog).toBeHidden();
}

/** Chooses an item of the export menu, and the file in the dialog of the system. */
async function exportAs(
  { application, page }: { application: ElectronApplication; page: Page },
  menuItem: string,
  file: string,
): Promise<void> {
  await answerSaveDialog(application, file);
  await details(page).getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: menuItem }).click();
}

async function expectSaved(page: Page, file: string): Promise<void> {
  const name = file.slice(file.lastIndexOf('/') + 1);
  await expect(page.getByText(`Saved ${name}.`).last()).toBeVisible();
}

function opensslError(...args: string[]): string {
  try {
    openssl(...args);
    return '';
  } catch (error) {
    return String((error as { stderr?: Uint8Array }).stderr ?? error);
  }
}

test('an authority is created by keyboard alone, and openssl confirms the dates of its certificates', async ({
  start,
  dataFolder,
}) => {
  const running = await start();
  const { page } = running;
  const file = (name: string): string => join(dataFolder, name);
  await openAuthorities(page);
  await expect(page.getByRole('heading', { name: 'No authorities yet' })).toBeVisible();

  await runByPalette(page, 'new authority');
  const dialog = page.getByRole('dialog', { name: 'New authority' });
  await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type('practice');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Too short: at least 12 characters.')).toBeVisible();
  await expect(dialog.getByLabel('Passphrase', { exact: true })).toBeFocused();
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const tree = page.getByRole('tree');
  await expect(tree.getByRole('treeitem')).toHaveCount(4);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('1 authority; all certificates');
  await expect(tree).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(details(page)).toContainText('Cluster CA · practice');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(details(page).getByRole('button', { name: 'Issue a certificate…' })).toBeFocused();
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: /^Issue a certificate/ });
  await expect(form.getByLabel('Purpose')).toBeFocused();
  await form.getByLabel(/^Node name/).fill('cp-1');
  await form.getByLabel(/^Addresses of the API server/).fill('172.16.255.14, api.corp.example');
  await expect(form.getByRole('region', { name: 'Content of the certificate' })).toContainText('api.corp.example');
  await page.keyboard.press('Enter');
  await expect(form).toBeHidden();
  await expect(details(page).getByRole('heading', { name: 'kube-apiserver' })).toBeVisible();

  const pem = file('apiserver.pem');
  await exportAs(running, 'Certificate and chain (PEM)…', pem);
  await expectSaved(page, pem);
  const text = openssl('x509', '-in', pem, '-noout', '-text', ...NAME_OPTIONS).toString();
  expect(text).toContain('Subject: CN=kube-apiserver\n');
  expect(text).toContain('DNS:api.corp.example');
  expect(text).toContain('IP Address:172.16.255.14');
  expect(readFileSync(pem, 'utf8')).not.toContain('PRIVATE');

  const pfx = file('apiserver.pfx');
  await exportAs(running, 'With private key (PFX)…', pfx);
  const export_ = page.getByRole('dialog', { name: 'Export kube-apiserver as PFX' });
  await export_.getByLabel('Passphrase of the file').fill('of the file');
  await export_.getByLabel('Repeat the passphrase').fill('of the files');
  await export_.getByRole('button', { name: 'Save as…' }).click();
  await expect(export_.getByText('The two passphrases are different.')).toBeVisible();
  await export_.getByLabel('Repeat the passphrase').fill('of the file');
  await export_.getByRole('button', { name: 'Save as…' }).click();
  await expectSaved(page, pfx);
  const bag = openssl('pkcs12', '-in', pfx, '-passin', 'pass:of the file', '-nodes').toString();
  expect(bag).toContain('PRIVATE KEY');
  expect(new X509Certificate(bag).subject).toBe('CN=kube-apiserver');

  await details(page).getByRole('button', { name: 'Renew kube-apiserver' }).click();
  await expect(details(page)).toContainText('Replaces');
  await expect(item(page, '1 no longer in use')).toBeVisible();
  const next = file('next.pem');
  await exportAs(running, 'Certificate and chain (PEM)…', next);
  await expectSaved(page, next);
  expect(openssl('x509', '-in', next, '-noout', '-pubkey').toString()).not.toBe(
    openssl('x509', '-in', pem, '-noout', '-pubkey').toString(),
  );

  await details(page).getByRole('button', { name: 'Revoke…' }).click();
  const revoke = page.getByRole('dialog', { name: 'Revoke kube-apiserver' });
  await expect(revoke).toContainText('A Kubernetes API server reads no revocation list');
  await revoke.getByLabel('Reason').selectOption('keyCompromise');
  await revoke.getByRole('button', { name: 'Revoke kube-apiserver' }).click();
  await expect(details(page)).toContainText('The private key may be known to others.');

  await item(page, 'Cluster CA').click();
  const [ca, crl] = [file('ca.pem'), file('kubernetes.crl')];
  await exportAs(running, 'Certificate and chain (PEM)…', ca);
  await expectSaved(page, ca);
  await exportAs(running, 'Revocation list (PEM)…', crl);
  await expectSaved(page, crl);
  expect(openssl('crl', '-in', crl, '-noout', '-text').toString()).toContain('Key Compromise');
  const check = ['-CAfile', ca, '-CRLfile', crl, '-crl_check'];
  expect(openssl('verify', ...check, pem).toString()).toContain('OK');
  expect(opensslError('verify', ...check, next)).toContain('certificate revoked');
});

test('an authority is locked after a restart, and actions require its passphrase', async ({ start, dataFolder }) => {
  const first = await start();
  await openAuthorities(first.page);
  await createAuthority(first.page, 'practice');
  await issue(first.page, 'admin.conf');
  await first.application.close();

  const { application, page } = await start();
  await openAuthorities(page);
  await expect(item(page, 'practice')).toContainText('Locked');
  await item(page, 'kubernetes-admin').click();
  await details(page).getByRole('button', { name: 'Renew kubernetes-admin' }).click();
  const unlock = page.getByRole('dialog', { name: 'Unlock practice' });
  await expect(unlock).toContainText('Renewing kubernetes-admin');
  await expect(unlock.getByLabel('Passphrase')).toBeFocused();
  await page.keyboard.type('not the passphrase');
  await page.keyboard.press('Enter');
  await expect(unlock.getByRole('alert')).toContainText('This passphrase does not open the keys of “practice”.');
  await expect(unlock.getByLabel('Passphrase')).toHaveValue('');
  await unlock.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await expect(unlock).toBeHidden();
  await expect(details(page)).toContainText('Replaces');
  await expect(item(page, 'practice')).toContainText('Unlocked');

  const config = join(dataFolder, 'admin.conf');
  await exportAs({ application, page }, 'kubeconfig…', config);
  const dialog = page.getByRole('dialog', { name: 'Export kubernetes-admin as kubeconfig' });
  await dialog.getByLabel('Address of the API server').fill('172.16.255.14');
  await dialog.getByRole('button', { name: 'Save as…' }).click();
  await expect(dialog.getByRole('alert')).toContainText('is not the address of an API server');
  await dialog.getByLabel('Address of the API server').fill('https://172.16.255.14:6443');
  await dialog.getByRole('button', { name: 'Save as…' }).click();
  await expectSaved(page, config);
  expect(readFileSync(config, 'utf8')).toContain('server: https://172.16.255.14:6443');

  await item(page, 'practice').click();
  await details(page).getByRole('button', { name: 'Keys' }).click();
  await page.getByRole('menuitem', { name: 'Lock' }).click();
  await expect(details(page)).toContainText('Locked: you can view everything');
  await expect(details(page).getByRole('button', { name: 'Unlock…' })).toBeVisible();
  expect(await page.content()).not.toContain('horse');
});

test('a cloud agent is created with the mouse, and the token of an identity is found only in its login file', async ({
  start,
  dataFolder,
}) => {
  const { application, page } = await start();
  await openAuthorities(page);
  await createAuthority(page, 'Tokyo', FQDN);
  await expect(item(page, FQDN)).toBeVisible();
  await item(page, 'Identities').click();
  const login = test.info().outputPath('login.yaml');
  await answerSaveDialog(application, login);
  await details(page).getByRole('button', { name: 'New identity…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New identity of Tokyo' });
  await dialog.getByLabel('Name', { exact: true }).fill('admin2');
  await dialog.getByRole('button', { name: 'Create and save login file…' }).click();
  await expect(details(page).getByRole('heading', { name: 'admin2' })).toBeVisible();
  const tokenIn = (text: string): string => /ey[\w-]+\.[\w-]+\.[\w-]+/u.exec(text)?.[0] ?? 'no token';
  const token = tokenIn(readFileSync(login, 'utf8'));
  expect(token).toMatch(/^ey/);

  await details(page).getByRole('button', { name: 'Rotate the token…' }).click();
  await expect(details(page)).toContainText('Number 2');
  const second = tokenIn(readFileSync(login, 'utf8'));
  expect(second).not.toBe(token);
  const everything = (await page.content()) + readFolder(dataFolder);
  for (const secret of [token, second, PASSPHRASE, 'PRIVATE KEY'])
    expect(everything.includes(secret), secret.slice(0, 12)).toBe(false);

  await details(page).getByRole('button', { name: 'Revoke…' }).click();
  await page.getByRole('dialog', { name: 'Revoke admin2' }).getByRole('button', { name: 'Revoke admin2' }).click();
  await expect(details(page)).toContainText('Revoked: token and certificates are refused.');
  await details(page).getByRole('button', { name: 'Reinstate with a new token…' }).click();
  await expect(details(page)).toContainText('Number 3');

  await item(page, 'Tokyo').click();
  for (const [open, step] of [
    ['Rotate the CA…', 'Create a new CA'],
    ['Continue the rotation…', 'Reissue 1 certificate'],
    ['Finish the rotation…', 'Withdraw the old CA'],
  ] as const) {
    await details(page).getByRole('button', { name: open }).click();
    const rotate = page.getByRole('dialog', { name: 'Rotate the CA of Tokyo' });
    await rotate.getByRole('button', { name: step }).click();
    await expect(rotate).toBeHidden();
  }
  await expect(details(page).getByRole('button', { name: 'Rotate the CA…' })).toBeVisible();

  await details(page).getByRole('button', { name: 'Remove…' }).click();
  const remove = page.getByRole('dialog', { name: 'Remove Tokyo' });
  const confirm = remove.getByRole('button', { name: 'Remove Tokyo permanently' });
  await expect(confirm).toBeDisabled();
  await remove.getByLabel(/^To confirm/).fill('Tokyo');
  await confirm.click();
  await expect(page.getByRole('heading', { name: 'No authorities yet' })).toBeVisible();
});

test('an identity is asked what it may do, gets the role that helps, and loses it again', async ({ start }) => {
  const { application, page } = await start();
  await openAuthorities(page);
  await createAuthority(page, 'Tokyo', FQDN);
  await item(page, 'Identities').click();
  await answerSaveDialog(application, test.info().outputPath('login.yaml'));
  await details(page).getByRole('button', { name: 'New identity…' }).click();
  const created = page.getByRole('dialog', { name: 'New identity of Tokyo' });
  await created.getByLabel('Name', { exact: true }).fill('caph');
  await created.getByRole('button', { name: 'Create and save login file…' }).click();
  await expect(details(page).getByRole('heading', { name: 'caph' })).toBeVisible();
  await expect(details(page)).toContainText('It has no role yet, so it has no permissions.');

  const pane = details(page);
  await pane.getByLabel('Type of resource').selectOption('Certificate');
  await pane.getByLabel('Action').selectOption('sign');
  await pane.getByLabel('Group').fill('east');
  await pane.getByRole('button', { name: 'Check' }).click();
  await expect(pane).toContainText('No: “caph” has no role.');
  await expect(pane).toContainText('The role CertificateSigner, for group east, type Certificate, would allow it:');
  await pane.getByRole('button', { name: 'Assign CertificateSigner…' }).click();
  const assign = page.getByRole('dialog', { name: 'Assign a role to caph' });
  await expect(assign.getByLabel('Group')).toHaveValue('east');
  await expect(assign).toContainText('sign, renew: Certificate');
  await assign.getByRole('button', { name: 'Assign CertificateSigner' }).click();
  await expect(assign).toBeHidden();
  await pane.getByRole('button', { name: 'Check' }).click();
  await expect(pane).toContainText('Yes: the role CertificateSigner allows it, for group east, type Certificate.');

  await item(page, 'Tokyo').click();
  const row = pane.getByRole('row', { name: /^caph/ });
  await expect(row).toContainText('not everywhere: sign, renew');
  await pane.getByText('All 72 roles').click();
  await expect(pane.getByRole('row', { name: /^CertificateSigner/ })).toContainText('sign, renew: Certificate');

  await item(page, 'caph').click();
  await pane.getByRole('button', { name: 'Remove the role CertificateSigner from caph' }).click();
  const take = page.getByRole('dialog', { name: 'Remove the role CertificateSigner from caph' });
  await take.getByRole('button', { name: 'Remove role' }).click();
  await expect(pane).toContainText('It has no role yet');
});

test('a request from openssl is signed, and a tampered one is refused', async ({ start, dataFolder }) => {
  const { application, page } = await start();
  const file = (name: string): string => join(dataFolder, name);
  openssl(
    ...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-nodes'],
    ...['-keyout', file('worker.key'), '-out', file('worker.csr')],
    ...['-subj', '/O=system:nodes/CN=system:node:worker-1'],
  );
  await openAuthorities(page);
  await createAuthority(page, 'practice');
  openssl('req', '-in', file('worker.csr'), '-outform', 'DER', '-out', file('bad.csr'));
  const altered = readFileSync(file('bad.csr'));
  altered.writeUInt8(altered.readUInt8(altered.length - 1) ^ 1, altered.length - 1);
  writeFileSync(file('bad.csr'), altered);
  await answerOpenDialog(application, [file('bad.csr')]);
  await details(page).getByRole('button', { name: 'Sign a request…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign a request with practice' });
  await expect(dialog).toContainText('is not signed by its own key');
  await expect(dialog.getByRole('button', { name: 'Sign', exact: true })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await answerOpenDialog(application, [file('worker.csr')]);
  await details(page).getByRole('button', { name: 'Sign a request…' }).click();
  await dialog.getByLabel('Purpose').selectOption('apiserver');
  await expect(dialog).toContainText('This request will not be signed.');
  await dialog.getByLabel('Purpose').selectOption({ label: 'kubelet client' });
  await expect(dialog).toContainText('This request can be signed.');
  await expect(dialog).toContainText('CN=system:node:worker-1,O=system:nodes');
  await dialog.getByRole('button', { name: 'Sign the request' }).click();
  await expect(dialog).toBeHidden();
  await expect(details(page).getByRole('heading', { name: 'system:node:worker-1' })).toBeVisible();
  await expect(details(page)).toContainText('Not here: created elsewhere, for a request');
  const pem = file('worker.pem');
  await exportAs({ application, page }, 'Certificate and chain (PEM)…', pem);
  await expectSaved(page, pem);
  expect(openssl('x509', '-in', pem, '-noout', '-pubkey').toString()).toBe(
    openssl('pkey', '-in', file('worker.key'), '-pubout').toString(),
  );
  await details(page).getByRole('button', { name: 'Verify…' }).click();
  const verify = page.getByRole('dialog', { name: 'Verify system:node:worker-1' });
  await verify.getByRole('button', { name: 'Verify' }).click();
  await expect(verify).toContainText('Would be accepted');
  await verify.getByRole('radio', { name: 'Server' }).check();
  await verify.getByRole('button', { name: 'Verify' }).click();
  await expect(verify).toContainText('Its extended key usage does not allow serverAuth.');
});

test('two clicks turn the revoked certificates of an authority into a draft of a manifest', async ({ start }) => {
  const { page } = await start();
  await openAuthorities(page);
  await createAuthority(page, 'practice');
  for (const profile of ['kubelet client', 'kubelet server']) {
    await item(page, 'practice').click();
    await issue(page, profile, { 'Node name': 'n1' });
    await details(page).getByRole('button', { name: 'Revoke…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke system:node:n1' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await item(page, 'practice').click();
  let clicks = 0;
  const click = async (name: string): Promise<void> => {
    clicks += 1;
    await page.getByRole('button', { name, exact: true }).click();
  };
  await click('Manifest of the revoked certificates…');
  const main = page.getByRole('main');
  await expect(main).toContainText('system:node:n1, which the authority practice has revoked.');
  await expect(main).toContainText('the server certificate of the kubelet system:node:n1 in practice');
  await expect(main).toContainText('An entry names no issuer');
  await click('See the impact (1)');
  await expect(main).toContainText('1. serialnumber');
  await expect(main).not.toContainText('2. serialnumber');
  expect(clicks).toBe(2);
});

test('the authority screens are available in Japanese', async ({ start, dataFolder }) => {
  const { application, page } = await start();
  await page.keyboard.press('Control+Shift+L');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await openAuthorities(page);
  await page.getByRole('button', { name: '認証局の作成…' }).click();
  const dialog = page.getByRole('dialog', { name: '認証局の作成' });
  await dialog.getByLabel('名前', { exact: true }).fill('練習用');
  await dialog.getByLabel('パスフレーズ', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('パスフレーズの確認').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: '認証局を作成' }).click();
  await expect(item(page, '練習用')).toContainText('ロック解除済み');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('認証局は 1 個です。発行した証明書は、すべて ');
  const csr = join(dataFolder, 'alice.csr');
  openssl(
    ...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-nodes'],
    ...['-keyout', join(dataFolder, 'alice.key'), '-out', csr, '-subj', '/O=system:masters/CN=alice'],
  );
  await answerOpenDialog(application, [csr]);
  await details(page).getByRole('button', { name: '要求への署名…' }).click();
  const signing = page.getByRole('dialog', { name: '練習用 による要求への署名' });
  await expect(signing).toContainText('この要求には署名しません。');
  await expect(signing).toContainText('system:masters');
  await signing.getByRole('button', { name: 'キャンセル' }).click();
  await details(page).getByRole('button', { name: '証明書の発行…' }).click();
  const issuing = page.getByRole('dialog', { name: '練習用 からの証明書の発行' });
  await issuing.getByLabel('用途').selectOption('scheduler');
  await issuing.getByRole('button', { name: /を発行$/ }).click();
  await expect(issuing).toBeHidden();
  await details(page).getByRole('button', { name: '失効…' }).click();
  const revoke = page.getByRole('dialog', { name: 'system:kube-scheduler の失効' });
  await revoke.getByRole('button', { name: 'system:kube-scheduler を失効' }).click();
  await expect(details(page)).toContainText('失効');
  await expect(page.getByRole('main')).not.toContainText(/authorities\./);
});
