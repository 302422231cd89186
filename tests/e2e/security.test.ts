import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { board, EXECUTABLE, expect, launch, ready, rowCount, test } from './console.ts';

test('the page has no Node, no eval, no inline script and no way out', async ({ start }) => {
  const { application, page } = await start();
  // A task of the page itself: what a driver evaluates does not pass the content security policy.
  const seen = await page.evaluate(
    () =>
      new Promise<Record<string, unknown>>((done) => {
        setTimeout(() => {
          const result: Record<string, unknown> = {
            require: typeof (globalThis as Record<string, unknown>)['require'],
            process: typeof (globalThis as Record<string, unknown>)['process'],
          };
          try {
            // Reached by name: what is tried here is what the rule against it forbids.
            (globalThis as unknown as Record<string, (code: string) => unknown>)['eval']?.('1');
            result['eval'] = 'ran';
          } catch (error) {
            result['eval'] = (error as Error).name;
          }
          const script = document.createElement('script');
          script.textContent = 'document.documentElement.dataset.inline = "ran"';
          document.body.append(script);
          result['inline'] = document.documentElement.dataset['inline'] ?? 'blocked';
          result['opened'] = window.open('https://example.com') === null ? 'refused' : 'opened';
          fetch('https://example.com').then(
            () => done({ ...result, fetch: 'sent' }),
            () => done({ ...result, fetch: 'refused' }),
          );
        }, 0);
      }),
  );
  expect(seen).toEqual({
    require: 'undefined',
    process: 'undefined',
    eval: 'EvalError',
    inline: 'blocked',
    opened: 'refused',
    fetch: 'refused',
  });
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await expect.poll(() => page.url()).toBe('app://console/index.html');
  expect(await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  const preferences = await application.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    const { sandbox, contextIsolation, nodeIntegration } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration };
  });
  expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false });
});

test('the scheme serves the page’s own files and nothing beside them', async ({ start }) => {
  const { page } = await start();
  const statusOf = (path: string): Promise<number | string> =>
    page.evaluate(
      (address) =>
        new Promise<number | string>((done) => {
          const request = new XMLHttpRequest();
          request.open('GET', address);
          request.onload = () => done(request.status);
          request.onerror = () => done('refused');
          request.send();
        }),
      path,
    );
  for (const path of ['/%2e%2e/main.cjs', '/..%2fmain.cjs', '/../package.json', '/%2e%2e%2f%2e%2e%2fetc/passwd']) {
    expect(['refused', 403, 404]).toContain(await statusOf(path));
  }
});

test('permissions are refused', async ({ start }) => {
  const { page } = await start();
  const answer = await page.evaluate(() => Notification.requestPermission());
  expect(answer).toBe('denied');
  expect(await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)).toBe(
    'denied',
  );
});

test('a method refuses an argument of another shape, an unknown ticket and a path', async ({ start }) => {
  const { page } = await start();
  const problems = await page.evaluate(async () => {
    type Call = (argument?: unknown) => Promise<{ ok: boolean; problem?: { code: string } }>;
    const api = (globalThis as unknown as { arcwarden: Record<string, Record<string, Call>> }).arcwarden;
    const calls: [string, string, unknown][] = [
      ['inventory', 'importFiles', { tickets: ['/etc/passwd'] }],
      ['inventory', 'importFiles', { tickets: ['0'.repeat(32)] }],
      ['inventory', 'details', { clusterId: '../../etc', credentialId: 'x' }],
      ['inventory', 'overview', { more: true }],
      ['settings', 'change', { theme: 'pink' }],
      ['export', 'board', { format: 'exe', filter: {}, sort: {}, target: 'board.exe' }],
      ['application', 'chooseTarget', { suggestedName: '../x', format: 'csv' }],
    ];
    const codes: string[] = [];
    for (const [feature, method, argument] of calls) {
      const result = await api[feature]?.[method]?.(argument);
      codes.push(result?.ok === false ? (result.problem?.code ?? '') : 'accepted');
    }
    return codes;
  });
  expect(problems).toEqual([
    'argument.invalid',
    'ticket.unknown',
    'argument.invalid',
    'argument.invalid',
    'argument.invalid',
    'argument.invalid',
    'argument.invalid',
  ]);
});

test('a second start hands its files to the first console and ends', async ({ start, dataFolder, workstation }) => {
  const { page } = await start();
  const second = spawn(EXECUTABLE, ['--no-sandbox', '--data', dataFolder, '--import', workstation.kubeconfig], {
    stdio: 'ignore',
  });
  const code = await new Promise((done) => second.once('exit', done));
  expect(code).toBe(0);
  await expect.poll(() => rowCount(page)).toBe(2);
});

test('a damaged file in the data folder is set aside and told, and everything else loads', async ({
  start,
  dataFolder,
  workstation,
}) => {
  const first = await start('--import', workstation.folder);
  await expect.poll(() => rowCount(first.page)).toBeGreaterThan(10);
  await first.application.close();
  const { readdirSync, rmSync } = await import('node:fs');
  const clusters = join(dataFolder, 'clusters');
  const victim = readdirSync(clusters).find((name) => name.startsWith('mgmt') && name.endsWith('.json'));
  writeFileSync(join(clusters, victim ?? 'missing'), '{ torn');
  rmSync(join(clusters, `${victim}.previous`), { force: true });
  const again = await start();
  await expect(board(again.page)).toContainText('kube-apiserver');
  await expect(again.page.getByRole('region', { name: 'What the store reported when it was opened' })).toContainText(
    victim ?? '',
  );
  expect(readdirSync(clusters).some((name) => name.includes('.damaged-'))).toBe(true);
});

test('a console that was killed starts again with all that was imported', async ({ dataFolder, workstation }) => {
  const first = await launch(dataFolder, '--import', workstation.folder);
  const page = await first.firstWindow();
  await ready(page);
  await expect.poll(() => rowCount(page)).toBeGreaterThan(10);
  const rows = await rowCount(page);
  const pid = first.process().pid ?? 0;
  process.kill(pid, 'SIGKILL');
  await new Promise((done) => first.process().once('exit', done));
  const again = await launch(dataFolder);
  const after = await again.firstWindow();
  await ready(after);
  await expect.poll(() => rowCount(after)).toBe(rows);
  await again.close();
});
