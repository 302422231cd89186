import { setTimeout as pause } from 'node:timers/promises';
import { board, expect, rowCount, test } from './console.ts';
import { ready } from './launch.ts';
import { mainApi } from './main-api.ts';
import { killServices } from './services-thread.ts';

test.describe.configure({ timeout: 240_000 });
test.use({ content: 'workstation' });

test('services that end unexpectedly are restarted, the admin is notified, and no saved data is lost', async ({
  start,
}) => {
  const { application, page } = await start();
  await expect.poll(() => rowCount(page)).toBeGreaterThan(10);
  const rows = await rowCount(page);
  expect(await mainApi(page).settings.change({ theme: 'dark' })).toMatchObject({ ok: true });
  await application.evaluate(({ dialog }) => {
    dialog.showMessageBox = (...given: unknown[]) => {
      Object.assign(globalThis, { told: given.at(-1) });
      return Promise.resolve({ response: 0, checkboxChecked: false });
    };
  });
  const reloaded = page.waitForEvent('load');
  await killServices(application, page);
  await reloaded;
  await ready(page);

  type Told = { message: string; detail: string };
  const readMessage = () => application.evaluate(() => (globalThis as { told?: Told }).told);
  while ((await readMessage()) === undefined) await pause(100);
  expect((await readMessage())?.message).toBe('A part of Arcwarden stopped unexpectedly and was restarted');
  expect((await readMessage())?.detail).toMatch(/The log has the details under [0-9a-f]{16}\./u);
  await expect.poll(() => rowCount(page)).toBe(rows);
  expect(await mainApi(page).settings.read()).toMatchObject({ ok: true, value: { theme: 'dark' } });
  await board(page).getByRole('row').nth(1).click();
  await expect(page.getByRole('complementary', { name: 'Details' })).toBeVisible();
});

test('a call that is interrupted by the end of the services is answered, and later calls succeed', async ({
  start,
}) => {
  const { application, page } = await start();
  await application.evaluate(({ dialog, BrowserWindow }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
    // The page must not be reloaded, so that the answer to its call stays visible.
    for (const window of BrowserWindow.getAllWindows()) window.webContents.reload = () => undefined;
  });
  const asked = page.evaluate(async () => {
    const begun = await window.arcwarden.call('forecast.begin', { horizonDays: 365, scenario: {} });
    const { ok, value } = begun as { ok: boolean; value?: { number: number } };
    return ok ? window.arcwarden.call('forecast.part', { number: value?.number }) : begun;
  });
  await killServices(application, page);
  const answer = (await asked) as { ok: boolean; problem?: { code: string } };
  if (!answer.ok) expect(answer.problem?.code).toBe('internal');
  expect(await mainApi(page).inventory.overview()).toMatchObject({ ok: true });
});
