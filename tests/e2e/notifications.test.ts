import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { serverIdentity, webServer, type ServerIdentity } from '../support/servers.ts';
import { findingsInBothThemes } from './axe.ts';
import {
  answerMessageBox,
  answerOpenDialog,
  answerSaveDialog,
  board,
  readFolder,
  details,
  expect,
  runByPalette,
  test,
} from './console.ts';
import { tabTo } from './keyboard.ts';
import { mainApi } from './main-api.ts';

const SECRET = 'of the receiver, and nobody else';
process.env['ARCWARDEN_CHANNEL_E2E'] = SECRET;

function channel(page: Page, name: string): Locator {
  return page.getByRole('listitem').filter({ hasText: name, has: page.getByRole('button') });
}

test('a webhook is set up and tested by keyboard, is reported when its server stops, and later sends the missed messages', async ({
  start,
  dataFolder,
  workstation,
}) => {
  const identity: ServerIdentity = await serverIdentity();
  let server = await webServer(identity);
  const port = Number(new URL(server.url).port);
  const ca = join(dataFolder, 'ca.pem');
  writeFileSync(ca, identity.ca);
  const { application, page } = await start('--import', workstation.folder);
  await expect(board(page)).toBeVisible();

  await runByPalette(page, 'notifications');
  await expect(page.getByRole('heading', { name: 'Notifications', exact: true })).toBeFocused();
  const add = page.getByRole('button', { name: 'Add a channel' });
  await tabTo(add);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.type('Web');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New channel: Webhook' });
  await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Monitoring');
  await page.keyboard.press('Tab');
  await page.keyboard.type(server.url.replace('https', 'http'));
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('is not an address that begins with https://');
  await tabTo(dialog.getByLabel('Address (https)'));
  await page.keyboard.press('Control+a');
  await page.keyboard.type(server.url);
  // The virtual display has no key store, so the console offers only options without one.
  await expect(dialog).toContainText('This system cannot store secrets');
  await tabTo(dialog.getByLabel('Name of the variable'));
  await page.keyboard.press('Control+a');
  await page.keyboard.type('ARCWARDEN_CHANNEL_E2E');
  await answerOpenDialog(application, [ca]);
  await tabTo(dialog.getByRole('button', { name: 'Choose the file…' }));
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('Chosen: ca.pem');
  await tabTo(dialog.getByRole('button', { name: 'Save the channel' }));
  const refused = await answerMessageBox(application, 1);
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText(`was not confirmed`);
  expect(await refused()).toEqual([expect.stringContaining(`Send messages to https://127.0.0.1:${port}?`)]);
  expect(server.received).toEqual([]);
  const agreed = await answerMessageBox(application, 0);
  await tabTo(dialog.getByRole('button', { name: 'Send a test' }));
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('status')).toContainText('The test reached Monitoring.');
  expect(server.received.map(({ body }) => body)).toEqual([expect.stringContaining('"purpose":"test"')]);
  await tabTo(dialog.getByRole('button', { name: 'Save the channel' }));
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  expect(await agreed()).toHaveLength(1);

  const item = channel(page, 'Monitoring');
  const send = item.getByRole('button', { name: 'Send a test: Monitoring' });
  await tabTo(send);
  await page.keyboard.press('Enter');
  await expect(page.getByText('The test reached Monitoring.')).toBeVisible();
  await expect(item).toContainText('Worked just now');
  const tested = server.received.find(({ body }) => body.includes('"purpose":"test"'));
  const timestamp = String(tested?.headers['arcwarden-timestamp']);
  expect(tested?.headers['arcwarden-signature']).toBe(
    `v1=${createHmac('sha256', SECRET)
      .update(`${timestamp}.${tested?.body ?? ''}`)
      .digest('hex')}`,
  );

  await server.close();
  await send.focus();
  await page.keyboard.press('Enter');
  // A message that becomes due meanwhile is another try.
  await expect(item).toContainText(/Failing, (?:1 attempt|\d+ attempts) in a row/u);
  await expect(item).toContainText('cannot be reached (ECONNREFUSED)');
  await page.keyboard.press('Control+2');
  await expect(page.getByText(/The channel “Monitoring” failed (?:once|\d+ times)/u)).toBeVisible();

  server = await webServer(identity, port);
  await runByPalette(page, 'notifications');
  await send.focus();
  await page.keyboard.press('Enter');
  await expect(item).toContainText('Worked just now');
  await expect(page.getByText('The channel “Monitoring” failed')).toHaveCount(0);
  const sent = page.getByRole('list', { name: 'Sent notifications' }).getByRole('listitem');
  await expect(sent.first()).toContainText('The channel accepted the message.');
  await expect(sent.filter({ hasText: 'cannot be reached (ECONNREFUSED)' }).first()).toContainText('Monitoring');
  await server.close();
  expect(readFolder(dataFolder)).not.toContain(SECRET);
  expect(await page.content()).not.toContain(SECRET);
});

test('the reason for a snooze is in the trail, and a check writes metrics', async ({
  start,
  dataFolder,
  workstation,
}) => {
  const { application, page } = await start('--import', workstation.folder);
  await expect(board(page)).toBeVisible();
  await board(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(details(page)).toBeVisible();
  await runByPalette(page, 'snooze');
  const dialog = page.getByRole('dialog', { name: /^Snooze or acknowledge/ });
  await expect(dialog.getByLabel('Reason')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('Enter a reason.');
  await page.keyboard.type('planned maintenance');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(details(page)).toContainText('Snoozed until');
  await expect(details(page)).toContainText('Reason: planned maintenance');
  const trail = readFileSync(join(dataFolder, 'audit.jsonl'), 'utf8');
  expect(JSON.parse(trail.trim().split('\n').at(-1) ?? '')).toMatchObject({
    action: 'credential.snoozed',
    params: { reason: 'planned maintenance', phase: 'done' },
  });

  await runByPalette(page, 'notifications');
  await expect(page.getByText('Reason: planned maintenance')).toBeVisible();
  const metrics = join(dataFolder, 'arcwarden.prom');
  await page.getByRole('button', { name: 'Add a channel' }).click();
  await page.getByRole('menuitem', { name: 'Metrics file for Prometheus' }).click();
  const form = page.getByRole('dialog', { name: /^New channel/ });
  await answerSaveDialog(application, metrics);
  await form.getByRole('button', { name: 'Choose the file…' }).click();
  await form.getByRole('button', { name: 'Save the channel' }).click();
  await expect(form).toBeHidden();
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(channel(page, 'Metrics file')).toContainText('Worked just now');
  expect(readFileSync(metrics, 'utf8')).toContain('# TYPE arcwarden_credential_state gauge');
  await page.getByRole('button', { name: /^Turn on notifications about .* again$/ }).click();
  await expect(page.getByText('No credential is snoozed or acknowledged.')).toBeVisible();
});

test('the notification settings, the form and the failure are shown in Japanese', async ({ start, workstation }) => {
  const { application, page } = await start('--import', workstation.folder);
  await expect(board(page)).toBeVisible();
  await page.keyboard.press('Control+Shift+l');
  await runByPalette(page, '通知の設定');
  await expect(page.getByRole('heading', { name: '通知', exact: true })).toBeFocused();
  await page.getByRole('button', { name: 'チャネルを追加' }).click();
  await page.getByRole('menuitem', { name: 'メール' }).click();
  const form = page.getByRole('dialog', { name: '新しいチャネル: メール' });
  await form.getByLabel('メール サーバー').fill('127.0.0.1');
  await form.getByLabel('ポート').fill('1');
  await form.getByLabel('差出人').fill('arcwarden@contoso.example');
  await form.getByLabel('宛先').fill('運用');
  await form.getByRole('button', { name: 'チャネルを保存' }).click();
  await expect(form.getByRole('alert')).toContainText('「運用」はメール アドレスではありません。');
  await form.getByLabel('宛先').fill('ops@contoso.example');
  const asked = await answerMessageBox(application, 0);
  await form.getByRole('button', { name: 'テストを送信' }).click();
  await expect(form.getByRole('alert')).toContainText('127.0.0.1:1 に接続できません');
  await form.getByRole('button', { name: 'チャネルを保存' }).click();
  await expect(form).toBeHidden();
  expect(await asked()).toEqual([expect.stringContaining('smtp://127.0.0.1:1 に通知を送信しますか?')]);
  await page.getByRole('button', { name: 'テストを送信: メール' }).click();
  await expect(channel(page, 'ops@contoso.example')).toContainText('に接続できません');
});

test('closing the window ends the console unless the setting to continue in the background is on', async ({
  start,
}) => {
  const { application, page } = await start();
  await runByPalette(page, 'notifications');
  await page.getByRole('checkbox', { name: 'Keep running in the background' }).check();
  const state = (): Promise<{ visible: boolean; count: number }> =>
    application.evaluate(({ BrowserWindow }) => {
      const windows = BrowserWindow.getAllWindows();
      return { visible: windows[0]?.isVisible() ?? false, count: windows.length };
    });
  // The console saves the setting a moment after the change.
  const isBackgroundOn = async (): Promise<boolean> => {
    const result = await mainApi(page).settings.read();
    return result.ok && result.value.watch.background;
  };
  await expect.poll(isBackgroundOn).toBe(true);
  await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(state).toEqual({ visible: false, count: 1 });
  await application.evaluate(({ app }) => app.emit('second-instance', {}, [], '', { importPaths: [] }));
  await expect.poll(state).toEqual({ visible: true, count: 1 });
  await page.getByRole('checkbox', { name: 'Keep running in the background' }).uncheck();
  await expect.poll(isBackgroundOn).toBe(false);
  const ended = application.waitForEvent('close');
  await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await ended;
});

/** Creates a channel to an unresponsive address without using the form, and tests the channel, which fails. */
async function makeFailingChannel(application: ElectronApplication, page: Page): Promise<void> {
  await answerMessageBox(application, 0);
  const { notifications } = mainApi(page);
  const settings = { kind: 'webhook', url: 'https://127.0.0.1:1/' } as const;
  const saved = await notifications.saveChannel({
    name: 'Monitoring',
    enabled: true,
    settings: { ...settings, secret: { kind: 'environment', name: 'ARCWARDEN_CHANNEL_E2E' }, caFile: { kind: 'none' } },
  });
  const channel = saved.ok ? saved.value.channels[0] : undefined;
  if (channel !== undefined) await notifications.testChannel({ channelId: channel.id });
}

test('axe finds no problems in the message about a failed channel or in the snooze form, in either theme', async ({
  start,
  workstation,
}) => {
  const { application, page } = await start('--import', workstation.folder);
  await makeFailingChannel(application, page);
  // The test message counts as one failure, and so does the check of the imported files if it had anything to report.
  await expect(page.getByText(/The channel “Monitoring” failed (?:once|\d+ times)/u)).toBeVisible();
  expect(await findingsInBothThemes(page), 'banner').toEqual([]);
  await board(page).getByRole('row').nth(1).click();
  await runByPalette(page, 'snooze');
  await expect(page.getByRole('dialog', { name: /^Snooze or acknowledge/ })).toBeVisible();
  expect(await findingsInBothThemes(page), 'mark').toEqual([]);
});

test('axe finds no problems on the channels and their forms in either theme', async ({ start }) => {
  const { application, page } = await start();
  await makeFailingChannel(application, page);
  await runByPalette(page, 'notifications');
  await expect(channel(page, 'Monitoring')).toContainText('Failing');
  expect(await findingsInBothThemes(page), 'section').toEqual([]);
  await page.getByRole('button', { name: 'Edit Monitoring' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await findingsInBothThemes(page), 'webhook').toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add a channel' }).click();
  await page.getByRole('menuitem', { name: 'E-mail' }).click();
  const form = page.getByRole('dialog', { name: 'New channel: E-mail' });
  await form.getByLabel('User name').fill('ops');
  await form.getByRole('button', { name: 'Save the channel' }).click();
  await expect(form.getByRole('alert')).toContainText('is not a server name');
  expect(await findingsInBothThemes(page), 'mail').toEqual([]);
});
