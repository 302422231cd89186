import { beforeAll, expect, test } from 'vitest';
import type { Channel } from '../../../core/notifications/model/channel.ts';
import { noticeTexts } from '../../../core/notifications/export/notice-text.ts';
import { translator } from '../../../core/shared/text/text.ts';
import { nodeMail } from '../../../core/node/network/mail.ts';
import { nodeWeb } from '../../../core/node/network/web.ts';
import { readMails } from '../../support/read-mail.ts';
import { mailServer, serverIdentity, webServer, type ServerIdentity } from '../../support/servers.ts';
import { needTool } from '../../support/tools.ts';
import type { ChannelId } from '../../../core/shared/ids.ts';
import { TEST_NOW } from '../../support/ports.ts';
import { HOOK, localMail, MAIL, NotifierWorld } from './notifier-world.ts';

let identity: ServerIdentity;
beforeAll(async () => {
  identity = await serverIdentity();
});

async function realWorld(channels: readonly Channel[]): Promise<NotifierWorld> {
  const world = await NotifierWorld.start(channels);
  Object.assign(world.ports, { mail: nodeMail(), web: nodeWeb() });
  world.ports.files.put('/ca.pem', identity.ca);
  world.texts = () => noticeTexts(translator('ja'), 'ja');
  return world.restart();
}

test('a mail server that is down for hours receives every message once it is up, in Japanese and in order', async (context) => {
  const python = needTool(context, 'python3');
  const first = await mailServer(identity);
  const { port } = first;
  await first.close();
  const world = await realWorld([localMail(port)]);
  world.ports.files.put('/password', 'secret\n');
  await world.check({ a: 'urgent' });
  await world.pass(120).check({ a: 'expired' });
  expect(world.store.watch().statuses[MAIL.id]?.lastFailure?.params).toMatchObject({ reason: 'unreachable' });
  const server = await mailServer(identity, {}, port);
  try {
    await (await world.restart()).pass(360).watcher.deliver();
    const read = readMails(
      python,
      server.received.map(({ text }) => text),
    );
    expect(read.map(({ subject }) => subject)).toEqual([
      '緊急: retail-east の a (API サーバー証明書)',
      '期限切れ: retail-east の a (API サーバー証明書)',
    ]);
    expect(read.map(({ to }) => to)).toEqual(['ops@contoso.example', 'ops@contoso.example']);
    expect(read[0]?.text).toContain('Update-AksHciClusterCertificates -name retail-east');
    expect(new Set(read.map(({ id }) => id)).size).toBe(2);
    expect(server.received.every(({ encrypted, user }) => encrypted && user === 'ops')).toBe(true);
    expect(world.store.watch()).toMatchObject({ waiting: [], notices: [] });
  } finally {
    await server.close();
  }
});

test('a webhook that is unreachable and then rejects messages finally receives each message exactly once', async () => {
  const first = await webServer(identity);
  const port = Number(new URL(first.url).port);
  await first.close();
  if (HOOK.kind !== 'webhook') throw new Error('it is one');
  const world = await realWorld([{ ...HOOK, url: first.url, caFile: '/ca.pem' }]);
  await world.check({ a: 'urgent' });
  const server = await webServer(identity, port);
  try {
    server.status = 503;
    await (await world.pass(1).restart()).check({ a: 'urgent', b: 'expired' });
    const refused = server.received.length;
    server.status = 200;
    await world.pass(60).watcher.deliver();
    const taken = server.received.slice(refused).map(({ body }) => body);
    expect(taken.map((body) => (JSON.parse(body) as { changes: unknown[] }).changes.length)).toEqual([1, 1]);
    await world.pass(600).watcher.deliver();
    expect(server.received).toHaveLength(refused + 2);
  } finally {
    await server.close();
  }
});

/** The structures are those of Microsoft Learn, “Create and send messages”, and of Slack, “incoming webhooks”. */
test.each([
  [
    'teams' as const,
    {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.2',
            body: expect.arrayContaining([
              {
                type: 'RichTextBlock',
                inlines: [{ type: 'TextRun', weight: 'Bolder', text: '緊急: retail-east の a<b (API サーバー証明書)' }],
              },
            ]) as unknown,
          },
        },
      ],
    },
  ],
  ['slack' as const, { text: expect.stringMatching(/^緊急: retail-east の a&lt;b \(/u) as unknown, mrkdwn: false }],
])(
  'a message to %s has the documented structure, goes to the address in the file, and is below 28 KB',
  async (kind, body) => {
    const server = await webServer(identity);
    const { host } = new URL(server.url);
    const id = '00000000000000a3' as ChannelId;
    const secret = { kind: 'file', path: '/address' } as const;
    const world = await realWorld([
      { ...{ id, kind, name: 'chat', enabled: true, createdAt: TEST_NOW, host, secret, caFile: '/ca.pem' } },
    ]);
    try {
      world.ports.files.put('/address', `${server.url}/token\n`);
      await world.check({ 'a<b': 'urgent' });
      expect(server.received.map((each): unknown => JSON.parse(each.body))).toEqual([body]);
      const many = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`証明書${at}`, 'expired' as const]));
      await world.pass(60).check({ 'a<b': 'urgent', ...many });
      const size = Buffer.byteLength(server.received.at(-1)?.body ?? '');
      expect(size).toBeGreaterThan(5_000);
      expect(size).toBeLessThan(28 * 1024);
    } finally {
      await server.close();
    }
  },
);
