import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { board, EXECUTABLE, expect, launch, ready, rowCount, test } from './console.ts';

test('the page has no Node, no eval, no inline script and no network access', async ({ shared }) => {
  const { application, page } = shared;
  // A task of the page itself: code evaluated by a driver is not subject to the content security policy.
  const seen = await page.evaluate(
    () =>
      new Promise<Record<string, unknown>>((done) => {
        setTimeout(() => {
          const result: Record<string, unknown> = {
            require: typeof (globalThis as Record<string, unknown>)['require'],
            process: typeof (globalThis as Record<string, unknown>)['process'],
          };
          try {
            // Accessed by name, because a lint rule forbids exactly what is tried here.
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

test('the scheme serves the page’s own files and nothing else', async ({ shared }) => {
  const { page } = shared;
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

test('permissions are refused', async ({ shared }) => {
  const { page } = shared;
  const answer = await page.evaluate(() => Notification.requestPermission());
  expect(answer).toBe('denied');
  expect(await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)).toBe(
    'denied',
  );
});

test('main refuses an argument of another shape, an unknown ticket, a path and a method outside the contract', async ({
  shared,
}) => {
  const { page } = shared;
  const codes = await page.evaluate(async () => {
    const calls: [unknown, unknown, string][] = [
      ['inventory.importFiles', { tickets: ['/etc/passwd'] }, 'argument.invalid'],
      ['inventory.importFiles', { tickets: ['0'.repeat(32)] }, 'ticket.unknown'],
      ['inventory.details', { clusterId: '../../etc', credentialId: 'x' }, 'argument.invalid'],
      ['inventory.overview', { more: true }, 'argument.invalid'],
      ['settings.change', { theme: 'pink' }, 'argument.invalid'],
      ['export.board', { format: 'exe', filter: {}, sort: {}, target: 'board.exe' }, 'argument.invalid'],
      ['application.chooseTarget', { suggestedName: '../x', format: 'csv' }, 'argument.invalid'],
      ['inventory.format', undefined, 'argument.invalid'],
      ['inventory.constructor', undefined, 'argument.invalid'],
      ['__proto__.toString', undefined, 'argument.invalid'],
      ['inventory', undefined, 'argument.invalid'],
      [['inventory.overview'], undefined, 'argument.invalid'],
      [undefined, undefined, 'argument.invalid'],
    ];
    const found: { call: unknown; code: string; expected: string }[] = [];
    for (const [call, argument, expected] of calls) {
      const result = (await window.arcwarden.call(call as string, argument)) as {
        ok: boolean;
        problem?: { code: string };
      };
      found.push({ call, code: result.ok ? 'accepted' : (result.problem?.code ?? ''), expected });
    }
    return found;
  });
  expect(codes).toEqual(codes.map((each) => ({ ...each, code: each.expected })));
});

test('a second start hands its files to the first console and exits', async ({ start, dataFolder, workstation }) => {
  const { page } = await start();
  const second = spawn(EXECUTABLE, ['--no-sandbox', '--data', dataFolder, '--import', workstation.kubeconfig], {
    stdio: 'ignore',
  });
  const code = await new Promise((done) => second.once('exit', done));
  expect(code).toBe(0);
  await expect.poll(() => rowCount(page)).toBe(2);
});

test('a damaged file in the data folder is set aside and reported, and everything else loads', async ({
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

test('a console that was killed starts again with everything that was imported', async ({
  dataFolder,
  workstation,
}) => {
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
