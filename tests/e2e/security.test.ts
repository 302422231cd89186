import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createSocket as createDatagramSocket } from 'node:dgram';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { board, EXECUTABLE, expect, launch, ready, rowCount, test } from './console.ts';
import { PATIENCE, showCredentials } from './launch.ts';

test('the page has no Node, no eval, no inline script and no network access', async ({ shared }) => {
  const { application, page } = shared;
  // The test uses a task of the page itself, because the content security policy does not apply to code that a driver
  // evaluates.
  const seen = await page.evaluate(
    () =>
      new Promise<Record<string, unknown>>((done) => {
        setTimeout(() => {
          const result: Record<string, unknown> = {
            require: typeof (globalThis as Record<string, unknown>)['require'],
            process: typeof (globalThis as Record<string, unknown>)['process'],
          };
          try {
            // `eval` is accessed by name, because a lint rule forbids direct calls.
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

test('the page’s scheme serves only the page’s own files, whoever makes the request', async ({ shared }) => {
  const { application } = shared;
  // The request is made in main, because the page's policy would refuse every address.
  const fetchStatus = (address: string): Promise<number> =>
    application.evaluate(async ({ net }, asked) => (await net.fetch(asked)).status, address);
  expect(await fetchStatus('app://console/index.html')).toBe(200);
  const policy = await application.evaluate(async ({ net }) =>
    (await net.fetch('app://console/index.html')).headers.get('content-security-policy'),
  );
  expect(policy).toContain("default-src 'none'");
  const outside = ['/..%2fmain.cjs', '/..%2f..%2fpackage.json', '/assets/..%2f..%2fpreload.cjs', '/..%2fa.css'];
  for (const path of outside) expect([path, await fetchStatus(`app://console${path}`)]).toEqual([path, 403]);
  // These paths are either resolved before the handler sees them, or name no file of a page.
  const nothing = ['/%2e%2e/main.cjs', '/..%5cmain.cjs', '//etc/passwd', '/assets/%2e%2e/%2e%2e/preload.cjs', '/'];
  for (const path of nothing) expect([403, 404], path).toContain(await fetchStatus(`app://console${path}`));
  expect(await fetchStatus('app://elsewhere/index.html')).toBe(403);
  expect(await fetchStatus('app://print/index.html')).toBe(403);
});

test('the page sends nothing over WebRTC, which its policy does not cover', async ({ shared }) => {
  const { page } = shared;
  const packets: string[] = [];
  const udp = createDatagramSocket('udp4').on('message', () => packets.push('udp'));
  const tcp = createServer((socket) => {
    packets.push('tcp');
    socket.destroy();
  });
  await new Promise<void>((done) => udp.bind(0, '127.0.0.1', done));
  await new Promise<void>((done) => tcp.listen(0, '127.0.0.1', done));
  try {
    const ports = { udp: udp.address().port, tcp: (tcp.address() as AddressInfo).port };
    const gathered = await page.evaluate(async ({ udp: udpPort, tcp: tcpPort }) => {
      const turn = { urls: `turn:127.0.0.1:${tcpPort}?transport=tcp`, username: 'a', credential: 'b' };
      const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udpPort}` }, turn] });
      connection.createDataChannel('out');
      await connection.setLocalDescription(await connection.createOffer());
      await new Promise((done) => setTimeout(done, 3_000));
      connection.close();
      return true;
    }, ports);
    expect([gathered, packets]).toEqual([true, []]);
  } finally {
    udp.close();
    tcp.close();
  }
});

test('command-line switches neither set nor remove the page’s proxy', async ({ start }) => {
  const others = [
    '--no-proxy-server',
    '--proxy-auto-detect',
    '--proxy-pac-url=http://127.0.0.1:1/',
    '--proxy-server=x:1',
  ];
  const { application } = await start(...others);
  const proxies = await application.evaluate(({ session }) =>
    Promise.all(['https://example.com', 'http://127.0.0.1'].map((url) => session.defaultSession.resolveProxy(url))),
  );
  expect(proxies).toEqual(['PROXY 127.0.0.1:9', 'PROXY 127.0.0.1:9']);
});

test('the page cannot download files', async ({ shared }) => {
  const { application, page } = shared;
  await application.evaluate(({ session }) => {
    const downloads: boolean[] = [];
    Object.assign(globalThis, { downloads });
    session.defaultSession.once('will-download', (event, item) => {
      downloads.push(event.defaultPrevented);
      if (!event.defaultPrevented) item.cancel();
    });
  });
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'data:text/plain,taken';
    link.download = 'taken.txt';
    link.click();
  });
  const downloads = () => application.evaluate(() => (globalThis as unknown as { downloads: boolean[] }).downloads);
  await expect.poll(downloads).toEqual([true]);
});

const ELSEWHERE = {
  'about:blank': () => location.assign('about:blank'),
  // This navigation does not even begin, so no event is reported.
  'about:srcdoc': () => location.assign('about:srcdoc'),
  'another address of the page': () => history.pushState(undefined, '', '/elsewhere'),
};

for (const [title, leave] of Object.entries(ELSEWHERE))
  test(`the window does not keep an empty page after a navigation to ${title}`, async ({ start }) => {
    const { page, application } = await start();
    const currentUrl = () =>
      application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());
    // The navigation discards the page, including its answer.
    await page.evaluate(leave).catch(() => undefined);
    await expect.poll(currentUrl).toBe('app://console/index.html');
    await ready(page);
    const answers = () => page.evaluate(() => window.arcwarden.call('settings.read', undefined)).catch(() => undefined);
    await expect.poll(answers).toMatchObject({ ok: true });
  });

test('a release refuses to start with a debugger or without its sandbox, and gives the reason', async () => {
  const folder = `${dirname(EXECUTABLE)}-released`;
  rmSync(folder, { recursive: true, force: true });
  execFileSync('cp', ['-al', dirname(EXECUTABLE), folder]);
  rmSync(join(folder, 'resources/open-to-debuggers'));
  try {
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const data = join(folder, 'data');
    for (const word of ['--remote-debugging-port=0', '--inspect=0', '-js-flags=--expose-gc', ' --host-rules=MAP * a']) {
      const { status, stderr } = spawnSync(
        join(folder, basename(EXECUTABLE)),
        [...asRoot, '--disable-gpu', '--data', data, word],
        { encoding: 'utf8', timeout: 120_000 },
      );
      expect([word, status]).toEqual([word, 2]);
      expect(stderr).toContain(`--${/[a-z-]*[a-z]/u.exec(word.replace(/^ ?--?/u, ''))?.[0] ?? ''}`);
      expect(stderr).not.toContain('DevTools listening');
      expect(existsSync(data)).toBe(false);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a script in the page cannot open a file picker, a print dialog or a message box', async ({ shared }) => {
  const { page } = shared;
  // Pickers require a recent key press or mouse click.
  await page.locator('body').press('Shift');
  const opened = await page.evaluate(() => {
    const seen: string[] = [];
    window.addEventListener('beforeprint', () => seen.push('print'), { once: true });
    window.print();
    if (window.confirm('a')) seen.push('message');
    const pickers = ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker'];
    return [...seen, ...pickers.filter((name) => name in window)];
  });
  expect(opened).toEqual([]);
});

test('permissions are refused', async ({ shared }) => {
  const { page } = shared;
  const answer = await page.evaluate(() => Notification.requestPermission());
  expect(answer).toBe('denied');
  expect(await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)).toBe(
    'denied',
  );
});

test('main refuses malformed arguments, unknown tickets, paths and methods outside the contract', async ({
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
      const answer: unknown = await window.arcwarden.call(call as string, argument);
      // A long answer arrives as lines of JSON; the first line contains the problem.
      const result = (
        Array.isArray(answer) ? JSON.parse(new TextDecoder().decode(answer[0] as Uint8Array)) : answer
      ) as { ok: boolean; problem?: { code: string } };
      found.push({ call, code: result.ok ? 'accepted' : (result.problem?.code ?? ''), expected });
    }
    return found;
  });
  expect(codes).toEqual(codes.map((each) => ({ ...each, code: each.expected })));
});

test('a second start passes its files to the first console and exits', async ({ start, dataFolder, workstation }) => {
  const { page } = await start();
  const second = spawn(EXECUTABLE, ['--no-sandbox', '--data', dataFolder, '--import', workstation.kubeconfig], {
    stdio: 'ignore',
  });
  const code = await new Promise((done) => second.once('exit', done));
  expect(code).toBe(0);
  await expect.poll(() => rowCount(page)).toBe(2);
});

test('a damaged file in the data folder is set aside and reported, and all other files are loaded', async ({
  start,
  dataFolder,
  workstation,
}) => {
  const first = await start('--import', workstation.folder);
  await expect.poll(() => rowCount(first.page)).toBeGreaterThan(10);
  await first.application.close();
  const { readdirSync } = await import('node:fs');
  const clusters = join(dataFolder, 'clusters');
  const victim = readdirSync(clusters).find((name) => name.startsWith('mgmt') && name.endsWith('.json'));
  writeFileSync(join(clusters, victim ?? 'missing'), '{ torn');
  rmSync(join(clusters, `${victim}.previous`), { force: true });
  const again = await start();
  await expect(board(again.page)).toContainText('kube-apiserver');
  await expect(
    again.page.getByRole('region', { name: 'Problems found when the data folder was opened' }),
  ).toContainText(victim ?? '');
  expect(readdirSync(clusters).some((name) => name.includes('.damaged-'))).toBe(true);
});

test('a killed console starts again with all imported data', async ({ dataFolder, workstation }) => {
  const first = await launch(dataFolder, '--import', workstation.folder);
  const page = await first.firstWindow(PATIENCE);
  await ready(page);
  await showCredentials(page);
  await expect.poll(() => rowCount(page)).toBeGreaterThan(10);
  const rows = await rowCount(page);
  const pid = first.process().pid ?? 0;
  process.kill(pid, 'SIGKILL');
  await new Promise((done) => first.process().once('exit', done));
  const again = await launch(dataFolder);
  const after = await again.firstWindow(PATIENCE);
  await ready(after);
  await expect.poll(() => rowCount(after)).toBe(rows);
  await again.close();
});
