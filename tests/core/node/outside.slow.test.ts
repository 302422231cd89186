import { execFile } from 'node:child_process';
import { createServer as createPlainServer, type AddressInfo } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { instant } from '../../../core/shared/instant.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import { createFiles } from '../../../core/node/files.ts';
import { nodeMail } from '../../../core/node/network/mail.ts';
import { nodeProcesses } from '../../../core/node/processes.ts';
import { nodeWeb } from '../../../core/node/network/web.ts';
import type { MailServer } from '../../../core/shared/ports.ts';
import {
  mailServer,
  serverIdentity,
  webServer,
  type MailServerOfTest,
  type ServerIdentity,
  type WebServer,
} from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Returns the code, the reason and the detail of the problem. */
async function catchFailure(action: Promise<unknown>): Promise<unknown[]> {
  try {
    await action;
    return ['nothing'];
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    return [error.code, error.params['reason'], error.params['detail']];
  }
}

let identity: ServerIdentity;
beforeAll(async () => {
  identity = await serverIdentity();
});

describe('a program', () => {
  const processes = nodeProcesses();
  const run = (script: string, more: { input?: string; timeoutMs?: number; limitBytes?: number } = {}) =>
    processes.run({
      program: process.execPath,
      args: ['-e', script, '--', '$(id) "x" %PATH%'],
      timeoutMs: 240_000,
      ...more,
    });

  test('gets its arguments without a shell, reads its input, and returns its exit code and output', async () => {
    const script = `process.stdin.on('data', (d) => process.stdout.write('in:' + d));
      process.stderr.write(process.argv.slice(1).join('|')); process.on('exit', () => (process.exitCode = 3));`;
    expect(await run(script, { input: 'あ' })).toEqual({ exitCode: 3, out: 'in:あ', error: '$(id) "x" %PATH%' });
  });

  test('succeeds even if it ignores long input', async () => {
    const { exitCode } = await run('process.exit(0)', { input: 'x'.repeat(4_000_000) });
    expect(exitCode).toBe(0);
  });

  test('is reported as missing if it does not exist', async () => {
    const missing = processes.run({ program: 'arcwarden-no-such', args: [], timeoutMs: 60_000 });
    await expect(missing).rejects.toMatchObject({ code: 'program.not-found' });
  });

  test('is killed at its time limit', async () => {
    const hanging = run('setInterval(() => {}, 1000)', { timeoutMs: 150 });
    await expect(hanging).rejects.toMatchObject({ code: 'program.timed-out', params: { seconds: 0.15 } });
  });

  test('is killed if its output is too long', async () => {
    const endless = run('setInterval(() => process.stdout.write("x".repeat(65536)), 0)', { limitBytes: 100_000 });
    await expect(endless).rejects.toMatchObject({ code: 'program.too-talkative' });
  });
});

describe('an HTTPS POST', () => {
  const web = nodeWeb();
  let server: WebServer;
  beforeAll(async () => {
    server = await webServer(identity);
  });
  afterAll(() => server.close());
  const post = (more: Partial<Parameters<typeof web.post>[0]> = {}) =>
    web.post({
      url: server.url,
      headers: { 'content-type': 'application/json' },
      body: '{"text":"証明書"}',
      timeoutMs: 60_000,
      extraCaPem: identity.ca,
      ...more,
    });

  test('sends body and headers, and returns the status', async () => {
    expect(await post()).toEqual({ status: 204 });
    expect(server.received.at(-1)).toMatchObject({
      body: '{"text":"証明書"}',
      headers: { 'content-type': 'application/json' },
    });
  });

  test('does not follow a redirect', async () => {
    server.status = 302;
    expect(await post()).toEqual({ status: 302 });
    server.status = 204;
  });

  test('fails if the server’s CA is unknown', async () => {
    const { extraCaPem: _, ...without } = { extraCaPem: '' };
    const bare = web.post({ url: server.url, headers: {}, body: '', timeoutMs: 60_000, ...without });
    expect(await catchFailure(bare)).toEqual(['delivery.failed', 'certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE']);
  });

  test('fails if the server’s certificate is expired or has another name', async () => {
    for (const [wrong, detail] of [
      [await serverIdentity({ dns: ['elsewhere.example'], ip: ['10.0.0.1'] }), 'ERR_TLS_CERT_ALTNAME_INVALID'],
      [await serverIdentity({ expired: true }), 'CERT_HAS_EXPIRED'],
    ] as const) {
      const other = await webServer(wrong);
      onTestFinished(() => other.close());
      const posted = post({ url: other.url, extraCaPem: wrong.ca });
      expect(await catchFailure(posted)).toEqual(['delivery.failed', 'certificate', detail]);
      expect(other.received).toEqual([]);
    }
  });

  test('fails within the time limit if the server sends no response', async () => {
    const silent = await webServer(identity);
    silent.status = 'silence';
    onTestFinished(() => silent.close());
    const posted = post({ url: silent.url, timeoutMs: 200 });
    expect(await catchFailure(posted)).toEqual(['delivery.failed', 'late', '0.2 s']);
  });

  test('to a closed port fails because the server is unreachable', async () => {
    const gone = await webServer(identity);
    await gone.close();
    expect(await catchFailure(post({ url: gone.url }))).toEqual(['delivery.failed', 'unreachable', 'ECONNREFUSED']);
  });
});

describe('an email', () => {
  const mail = nodeMail();
  let server: MailServerOfTest;
  beforeAll(async () => {
    server = await mailServer(identity);
  });
  afterAll(() => server.close());
  const send = (change: Partial<MailServer> = {}, to = ['ops@contoso.example']) =>
    mail.send(
      {
        host: 'localhost',
        port: server.port,
        security: 'starttls',
        extraCaPem: identity.ca,
        timeoutMs: 60_000,
        ...change,
      },
      {
        from: 'arcwarden@contoso.example',
        to,
        subject: '証明書の期限切れ: kube-apiserver',
        text: 'retail-east の kube-apiserver が期限切れです。\n.\n終わり\n',
        id: 'a1b2c3',
        at: instant('2026-11-24T12:00:00Z'),
      },
    );

  test('is encrypted and sent to every recipient after a login, with a Message-ID made from its ID', async () => {
    await send({ login: { user: 'ops', password: 'secret' } }, ['a@x.example', 'b@x.example']);
    const received = server.received.at(-1);
    expect(received).toMatchObject({
      from: 'arcwarden@contoso.example',
      to: ['a@x.example', 'b@x.example'],
      encrypted: true,
      user: 'ops',
    });
    expect(received?.text).toContain('Message-ID: <a1b2c3@arcwarden.invalid>');
    expect(received?.text).toContain('Auto-Submitted: auto-generated');
    expect(received?.text).toContain('Date: Tue, 24 Nov 2026 12:00:00 +0000');
  });

  test('is not sent unencrypted to a server that offers no STARTTLS', async () => {
    const plain = await mailServer(identity, { disabledCommands: ['STARTTLS'] });
    onTestFinished(() => plain.close());
    expect(await catchFailure(send({ port: plain.port }))).toEqual(['delivery.failed', 'unencrypted', '500']);
    expect(plain.received).toEqual([]);
    await send({ port: plain.port, security: 'none' });
    expect(plain.received).toMatchObject([{ encrypted: false }]);
  });

  test('is sent to a server that expects TLS from the first byte', async () => {
    const tls = await mailServer(identity, { secure: true });
    onTestFinished(() => tls.close());
    await send({ port: tls.port, security: 'tls' });
    expect(tls.received).toMatchObject([{ encrypted: true }]);
  });

  test('is not sent to a server whose CA is unknown or whose certificate has another name', async () => {
    const before = server.received.length;
    const other = await serverIdentity();
    expect((await catchFailure(send({ extraCaPem: other.ca })))[1]).toBe('certificate');
    const misnamed = await serverIdentity({ dns: ['elsewhere.example'], ip: ['10.0.0.1'] });
    const wrong = await mailServer(misnamed);
    onTestFinished(() => wrong.close());
    const sent = send({ port: wrong.port, extraCaPem: misnamed.ca });
    expect((await catchFailure(sent))[1]).toBe('certificate');
    expect([server.received.length - before, wrong.received.length]).toEqual([0, 0]);
  });

  test('fails after a wrong password, without the server’s text, which repeats the password', async () => {
    const refused = await send({ login: { user: 'ops', password: 'wrong-pa55' } }).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'delivery.failed',
      params: { reason: 'login', target: `localhost:${server.port}` },
    });
    expect(JSON.stringify((refused as ConsoleError).params)).not.toContain('wrong-pa55');
  });

  test('returns the recipients that the server rejects, and is delivered to the others', async () => {
    const choosy = await mailServer(identity, {
      onRcptTo: ({ address }, _session, done) => done(address.startsWith('no') ? new Error('no such user') : null),
    });
    onTestFinished(() => choosy.close());
    const sent = send({ port: choosy.port }, ['no@Zürich.example', 'yes@x.example', 'no@x.example']);
    expect(await sent).toEqual([
      { address: 'no@Zürich.example', status: '550' },
      { address: 'no@x.example', status: '550' },
    ]);
    expect(choosy.received.map(({ to }) => to)).toEqual([['yes@x.example']]);
    const all = send({ port: choosy.port }, ['no@x.example']);
    expect(await all).toEqual([{ address: 'no@x.example', status: '550' }]);
  });

  test('fails within the time limit if the server accepts the connection but sends nothing', async () => {
    const silent = createPlainServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const port = (silent.address() as AddressInfo).port;
    expect((await catchFailure(send({ port, timeoutMs: 200 })))[1]).toBe('late');
  });
});

test('NODE_TLS_REJECT_UNAUTHORIZED does not disable the check of certificates, and no password is sent', async () => {
  const outfile = join(temporaryFolder(), 'sender.cjs');
  const entry = join(process.cwd(), 'tests/core/node/sender.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs' });
  const web = await webServer(identity);
  const logins: string[] = [];
  const mail = await mailServer(identity, {
    onAuth: ({ username }, _session, done) => {
      logins.push(username ?? '');
      done(null, { user: 'ops' });
    },
  });
  onTestFinished(async () => {
    await Promise.all([web.close(), mail.close()]);
  });
  const env = { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  const { stdout } = await promisify(execFile)(process.execPath, [outfile, web.url, String(mail.port)], { env });
  expect(JSON.parse(stdout)).toEqual(['certificate', 'certificate']);
  expect([web.received, mail.received, logins]).toEqual([[], [], []]);
});

test('appending adds text at the end of a file, and fails for a path below a file', async () => {
  const files = createFiles();
  const path = join(temporaryFolder(), 'trail');
  await files.append(path, 'one\n');
  await files.append(path, 'two\n');
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
  writeFileSync(join(path, '..', 'file'), '');
  await expect(files.append(join(path, 'x'), '')).rejects.toMatchObject({ code: 'file.not-writable' });
});
