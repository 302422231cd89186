import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Channel } from '../../../core/notifications/model/channel.ts';
import { noticeTexts } from '../../../core/notifications/export/notice-text.ts';
import { instant } from '../../../core/shared/instant.ts';
import { nodeMail } from '../../../core/node/network/mail.ts';
import { translator } from '../../../core/shared/text/text.ts';
import { readMails, type ReadMail } from '../../support/read-mail.ts';
import { EximServer, needExim, PASSWORD } from '../../support/real-exim.ts';
import { serverIdentity, type ServerIdentity } from '../../support/servers.ts';
import { needTool } from '../../support/tools.ts';
import { localMail, MAIL, NotifierWorld } from './notifier-world.ts';

/* Mail as received by Exim, which shares no code with the sending library and uses GnuTLS for TLS. */

type Context = Parameters<typeof needTool>[0];

let identity: ServerIdentity;
beforeAll(async () => {
  identity = await serverIdentity();
});

async function startExim(context: Context, options: Parameters<typeof EximServer.start>[1] = {}): Promise<EximServer> {
  needExim(context);
  const server = await EximServer.start(identity, options);
  onTestFinished(() => server.stop());
  return server;
}

/** Starts a notifier with one mail channel to a server on this computer and with messages in Japanese. */
async function worldFor(
  port: number,
  change: Partial<Extract<Channel, { kind: 'mail' }>> = {},
): Promise<NotifierWorld> {
  const world = await NotifierWorld.start([localMail(port, change)]);
  Object.assign(world.ports, { mail: nodeMail() });
  world.ports.files.put('/ca.pem', identity.ca).put('/password', `${PASSWORD}\n`);
  world.texts = () => noticeTexts(translator('ja'), 'ja');
  return world.restart();
}

function getLastFailure(world: NotifierWorld): Record<string, string | number> | undefined {
  return world.store.watch().statuses[MAIL.id]?.lastFailure?.params;
}

/** Waits until `count` e-mails are delivered, since Exim responds before it delivers. */
async function awaitMails(server: EximServer, python: string, count: number): Promise<ReadMail[]> {
  await expect.poll(() => server.letters().length).toBeGreaterThanOrEqual(count);
  return readMails(python, server.letters());
}

test('a message arrives encrypted, after a login, with its Japanese subject and text unchanged', async (context) => {
  const python = needTool(context, 'python3');
  const server = await startExim(context);
  const world = await worldFor(server.port, { to: ['ops@contoso.example', 'betrieb@contoso.example'] });
  const texts = world.texts();
  let sent: { subject: string; text: string } | undefined;
  world.texts = () => ({
    ...texts,
    body: (notice) => (sent = { subject: texts.subject(notice), text: texts.body(notice) }).text,
  });
  await (await world.restart()).check({ 'kube-apiserver "東"': 'urgent' });
  expect(getLastFailure(world)).toBeUndefined();
  const letters = await awaitMails(server, python, 2);
  for (const { subject, text, to, defects } of letters) {
    expect(subject).toBe('緊急: retail-east の kube-apiserver "東" (API サーバー証明書)');
    expect({ subject, text: text.replace(/\n$/u, '') }).toEqual({ ...sent, text: sent?.text.replace(/\n$/u, '') });
    expect([to, defects]).toEqual(['ops@contoso.example, betrieb@contoso.example', []]);
  }
  expect(new Set(letters.map(({ id }) => id)).size).toBe(1);
  expect(server.log()).toMatch(/<= arcwarden@contoso\.example .*P=esmtpsa X=TLS1\.3\S* .*A=plain:ops/u);
});

test('no line of text ends the message early or is too long for a server', async (context) => {
  const python = needTool(context, 'python3');
  const server = await startExim(context);
  const text = ['.', '..', '.QUIT', 'From here', '長い行'.repeat(800), `x${' y'.repeat(2_000)}`, '=20', 'end'].join(
    '\n',
  );
  await nodeMail().send(
    {
      host: 'localhost',
      port: server.port,
      security: 'starttls',
      login: { user: 'ops', password: PASSWORD },
      extraCaPem: identity.ca,
      timeoutMs: 60_000,
    },
    {
      from: 'arcwarden@contoso.example',
      to: ['ops@contoso.example'],
      subject: `${'証明書の期限切れ '.repeat(40)}終わり`,
      text,
      id: 'a1b2c3',
      at: instant('2026-11-24T12:00:00Z'),
    },
  );
  const [letter] = await awaitMails(server, python, 1);
  expect(letter?.text.trimEnd()).toBe(text);
  expect(letter?.subject).toBe(`${'証明書の期限切れ '.repeat(40)}終わり`);
  expect(letter?.defects).toEqual([]);
});

describe('a mail server', () => {
  test('receives neither the password nor the message if it offers no encryption', async (context) => {
    const server = await startExim(context, { hasTls: false });
    const world = await worldFor(server.port);
    await world.check({ a: 'urgent' });
    expect(getLastFailure(world)).toMatchObject({ reason: 'unencrypted' });
    expect(world.store.watch().waiting).toHaveLength(1);
    expect([server.letters(), server.log()]).toEqual([[], expect.not.stringContaining('login')]);
  });

  test('never receives a password in plain text, since the notifier does not connect', async (context) => {
    const server = await startExim(context);
    const { user: _, secret: __, ...nobody } = { user: '', secret: '' };
    const world = await worldFor(server.port, { ...nobody, security: 'none' });
    await world.check({ a: 'urgent' });
    expect(world.store.watch().statuses[MAIL.id]?.lastFailure).toMatchObject({ code: 'channel.invalid' });
    expect(
      server
        .log()
        .split('\n')
        .filter((line) => line.includes('H=')),
    ).toEqual([]);
  });

  test('receives neither the password nor the message if its certificate is from an untrusted CA', async (context) => {
    const server = await startExim(context);
    const world = await worldFor(server.port);
    world.ports.files.put('/ca.pem', (await serverIdentity()).ca);
    await world.check({ a: 'urgent' });
    expect(getLastFailure(world)).toMatchObject({ reason: 'certificate', target: `localhost:${server.port}` });
    world.ports.files.put('/ca.pem', identity.ca);
    await world.pass(5).check();
    expect(world.store.watch()).toMatchObject({ waiting: [], notices: [] });
  });

  test('is reported if it rejects the password, and receives the message once the password is correct', async (context) => {
    const python = needTool(context, 'python3');
    const server = await startExim(context);
    const world = await worldFor(server.port);
    world.ports.files.put('/password', 'wrong-pa55\n');
    await world.check({ a: 'urgent' });
    expect(getLastFailure(world)).toEqual({ reason: 'login', target: `localhost:${server.port}`, detail: '535' });
    // Exim responds before it writes to its log.
    await expect.poll(() => server.log()).toContain('535 Incorrect authentication data');
    world.ports.files.put('/password', `${PASSWORD}\n`);
    await world.pass(5).check();
    expect(await awaitMails(server, python, 1)).toHaveLength(1);
    expect(world.store.watch()).toMatchObject({ waiting: [], notices: [] });
  });

  test('is reported with the reason if it rejects a long message', async (context) => {
    const server = await startExim(context, { largestLetter: '1K' });
    const world = await worldFor(server.port);
    await world.check({ a: 'urgent' });
    expect(getLastFailure(world)).toEqual({ reason: 'refused', target: `localhost:${server.port}`, detail: '552' });
  });
});

test('a recipient unknown to the server is reported with a remedy in both languages', async (context) => {
  const server = await startExim(context);
  const world = await worldFor(server.port, { to: ['nobody@contoso.example'] });
  await world.check({ a: 'urgent' });
  const failure = getLastFailure(world) ?? {};
  expect(failure).toEqual({
    reason: 'refused',
    target: `localhost:${server.port}`,
    detail: 'nobody@contoso.example: 550',
  });
  for (const [language, sentence, remedy] of [
    ['en', `localhost:${server.port} refused the message (nobody@contoso.example: 550).`, 'SMTP reply code'],
    ['ja', `localhost:${server.port} がメッセージを拒否しました (nobody@contoso.example: 550)。`, 'SMTP 応答コード'],
  ] as const) {
    const translate = translator(language);
    expect(translate('problem.delivery.failed', failure)).toBe(sentence);
    expect(translate('problem.delivery.failed.remedy', failure)).toContain(remedy);
  }
});

test('accepted recipients receive a message once, even if others are rejected', async (context) => {
  const python = needTool(context, 'python3');
  const server = await startExim(context);
  const to = ['ops@contoso.example', 'nobody@contoso.example', 'no-one@contoso.example'];
  const world = await worldFor(server.port, { to });
  await world.check({ a: 'urgent' });
  expect(getLastFailure(world)).toMatchObject({
    reason: 'refused',
    detail: 'nobody@contoso.example: 550, no-one@contoso.example: 550',
  });
  for (let tries = 0; tries < 3; tries += 1) await (await world.pass(600).restart()).check();
  // The next message is sent without delay, and the accepted recipients also receive a message about the failing
  // channel.
  await world.check({ a: 'urgent', b: 'expired' });
  const firsts = await awaitMails(server, python, 3);
  expect(firsts.map(({ subject }) => subject).sort()).toEqual([
    'チャネル operators が失敗しています',
    '期限切れ: retail-east の b (API サーバー証明書)',
    '緊急: retail-east の a (API サーバー証明書)',
  ]);
  // The admin corrects one address and removes the other.
  const [channel] = world.store.channels();
  if (channel?.kind !== 'mail') throw new Error('it is one');
  await world.store.saveChannels([{ ...channel, to: ['ops@contoso.example', 'betrieb@contoso.example'] }]);
  await world.pass(600).watcher.deliver();
  expect(world.store.watch()).toMatchObject({ waiting: [], notices: [] });
  const letters = await awaitMails(server, python, 6);
  const ids = firsts.map(({ id }) => id);
  expect(letters.map(({ id }) => id).sort()).toEqual([...ids, ...ids].sort());
});

/**
 * Opens a proxy to a server. The proxy breaks the connection after this many bytes from the client, and `sent` returns
 * the number of bytes so far.
 */
async function cutAfter(bytes: number, target: number): Promise<{ port: number; sent: () => number }> {
  let sent = 0;
  const proxy = createServer((client: Socket) => {
    const server = connect(target, '127.0.0.1');
    const cut = (): void => {
      client.destroy();
      server.destroy();
    };
    for (const each of [client, server]) each.on('error', cut).on('close', cut);
    client.on('data', (chunk: Buffer) => {
      const room = bytes - sent;
      sent += chunk.length;
      if (sent < bytes) server.write(chunk);
      else server.write(chunk.subarray(0, room), cut);
    });
    server.on('data', (chunk: Buffer) => client.write(chunk));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  return { port: (proxy.address() as AddressInfo).port, sent: () => sent };
}

/** The connection breaks after these shares of the bytes: in the greeting, the handshake, the login and the text. */
const SHARES = [0.005, 0.05, 0.4, 0.6, 0.85];

test('a message is sent again if its connection breaks, and arrives once', async (context) => {
  const server = await startExim(context);
  const whole = await cutAfter(Infinity, server.port);
  await (await worldFor(whole.port)).check({ a: 'urgent' });
  for (const share of SHARES) {
    const bytes = Math.ceil(whole.sent() * share);
    const world = await worldFor((await cutAfter(bytes, server.port)).port);
    await world.check({ a: 'urgent' });
    expect([bytes, getLastFailure(world)?.['reason']]).toEqual([bytes, 'unreachable']);
    expect(world.store.watch().waiting).toHaveLength(1);
    const [channel] = world.store.channels();
    if (channel?.kind !== 'mail') throw new Error('it is one');
    await world.store.saveChannels([{ ...channel, port: server.port }]);
    await world.pass(5).watcher.deliver();
    expect(world.store.watch()).toMatchObject({ waiting: [], notices: [] });
  }
  const wanted = 1 + SHARES.length;
  await expect.poll(() => server.letters().length).toBeGreaterThanOrEqual(wanted);
  // Counts the messages that the server has accepted, whether or not it has delivered them.
  expect(server.log().match(/ <= arcwarden@/gu)).toHaveLength(wanted);
});
