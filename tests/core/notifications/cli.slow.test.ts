import { execFile, execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuditTrail } from '../../../core/audit/store/audit.ts';
import type { Channel } from '../../../core/notifications/model/channel.ts';
import type { ChannelId, CredentialId } from '../../../core/shared/ids.ts';
import { instant } from '../../../core/shared/instant.ts';
import type { Silence } from '../../../core/notifications/model/silence.ts';
import type { NotificationMessage } from '../../../core/notifications/model/notice.ts';
import { nodeClock } from '../../../core/node/clock.ts';
import { nodeCrypto } from '../../../core/node/crypto.ts';
import { createFiles } from '../../../core/node/files.ts';
import { lockFolder } from '../../../core/node/folder-lock.ts';
import { openNotificationStore } from '../../../core/notifications/store/store.ts';
import { BuiltProgram, type Outcome } from '../../support/built-program.ts';
import { serverIdentity, webServer, type ServerIdentity, type WebServer } from '../../support/servers.ts';
import { makeWorkstation } from '../../support/workstation.ts';

const NOW = '2026-11-24T12:00:00Z';
const SECRET = 'of the receiver';
const CHANNEL = '00000000000000a1' as ChannelId;

let folder: string;
let program: BuiltProgram;
let data: string;
let server: WebServer;
let identity: ServerIdentity;

/** Runs the built program asynchronously, since the test process must respond as the server. */
function arcwarden(...words: string[]): Promise<Outcome> {
  const options = program.options({ ARCWARDEN_CHANNEL_TEST: SECRET });
  return new Promise((resolve) => {
    execFile(process.execPath, [program.file, ...words], options, (error, out, notices) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, out, notices });
    });
  });
}

const on = (...words: string[]): Promise<Outcome> => arcwarden(...words, '--data', data);

const ports = { files: createFiles(), clock: nodeClock(), crypto: nodeCrypto() };

const store = () => openNotificationStore(ports, data);

const notices = (): NotificationMessage[] => server.received.map(({ body }) => JSON.parse(body) as NotificationMessage);

beforeAll(async () => {
  program = await BuiltProgram.build();
  ({ folder } = program);
  data = join(folder, 'data');
  mkdirSync(data);
  const workstation = makeWorkstation(join(folder, 'files'), Date.parse(NOW));
  await on('inventory', 'import', workstation.folder, '--now', NOW);
  identity = await serverIdentity();
  server = await webServer(identity);
  writeFileSync(join(folder, 'ca.pem'), identity.ca);
  const channel: Channel = {
    id: CHANNEL,
    kind: 'webhook',
    name: 'monitor',
    enabled: true,
    createdAt: instant(NOW),
    url: server.url,
    caFile: join(folder, 'ca.pem'),
    secret: { kind: 'environment', name: 'ARCWARDEN_CHANNEL_TEST' },
  };
  const opened = await store();
  await opened.saveChannels([channel]);
  await opened.close();
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('arcwarden expiry check --notify', () => {
  test('sends signed reports of changes to the channels, and does not repeat them in the next run', async () => {
    const { code, notices: said } = await on('expiry', 'check', '--notify', '--now', NOW);
    expect([code, said]).toEqual([1, expect.stringContaining('Sent notifications of 4 changes.')]);
    const [post] = server.received;
    const [notice] = notices();
    expect(notice).toMatchObject({ purpose: 'changes', at: NOW, summary: { sourcesDown: 0 } });
    expect(notice?.changes.map((change) => (change.kind === 'entered' ? change.to : change.kind)).sort()).toEqual([
      'expired',
      'renewal-overdue',
      'urgent',
      'urgent',
    ]);
    const signed = `${String(post?.headers['arcwarden-timestamp'])}.${post?.body ?? ''}`;
    expect(post?.headers['arcwarden-signature']).toBe(
      `v1=${createHmac('sha256', SECRET).update(signed).digest('hex')}`,
    );
    const again = await on('expiry', 'check', '--notify', '--json', '--now', NOW);
    expect(JSON.parse(again.out)).toMatchObject({ told: [], watchFindings: [], fails: true });
    expect(server.received).toHaveLength(1);
  });

  test('signs messages as documented, with the same result as openssl', () => {
    const [post] = server.received;
    const body = join(folder, 'body.bin');
    writeFileSync(body, `${String(post?.headers['arcwarden-timestamp'])}.${post?.body ?? ''}`);
    const made = execFileSync('openssl', ['dgst', '-sha256', '-hmac', SECRET, '-r', body]).toString();
    expect(`v1=${made.split(' ')[0] ?? ''}`).toBe(post?.headers['arcwarden-signature']);
  });

  test('sends nothing while the console is open, and states the reason', async () => {
    const lock = await lockFolder(data);
    try {
      const { code, notices: said } = await on('expiry', 'check', '--notify', '--now', NOW);
      expect([code, said]).toEqual([1, expect.stringContaining('The console is open')]);
    } finally {
      await lock.release();
    }
  });

  test('refuses paths of files to check', async () => {
    const { code, notices: said } = await on('expiry', 'check', '/tmp', '--notify');
    expect([code, said]).toEqual([2, expect.stringContaining('leave out the paths')]);
  });

  test('exits with 1 while a channel fails, and delivers the message later', async () => {
    server.status = 500;
    const later = '2026-11-25T12:00:00Z';
    const failing = await on('expiry', 'check', '--notify', '--fail-on', 'expired', '--now', later);
    expect(failing.code).toBe(1);
    expect(failing.notices).toContain('The channel “monitor” failed once; 1 message is waiting.');
    const { out, code } = await on('channel', 'list', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      channels: [{ name: 'monitor', waiting: 1, failures: 1, lastFailure: { code: 'delivery.failed' } }],
    });
    server.status = 204;
    const before = server.received.length;
    await on('expiry', 'check', '--notify', '--now', '2026-11-25T12:01:00Z');
    expect(
      notices()
        .slice(before)
        .map(({ id }) => id),
    ).toEqual([notices()[before - 1]?.id]);
  });
});

test('arcwarden channel test states whether a test message arrives, and lists the channels if the name is unknown', async () => {
  expect(await on('channel', 'test', 'monitor')).toMatchObject({ code: 0 });
  expect(notices().at(-1)?.purpose).toBe('test');
  server.status = 403;
  const { code, out } = await on('channel', 'test', CHANNEL, '--json');
  expect([code, JSON.parse(out)]).toMatchObject([1, { arrived: false, params: { detail: 403 } }]);
  server.status = 204;
  const unknown = await on('channel', 'test', 'pager');
  expect([unknown.code, unknown.notices]).toEqual([2, expect.stringContaining('Channels: monitor')]);
});

test('a snoozed credential does not make the check fail until the snooze ends, to the second', async () => {
  const checked = await on('expiry', 'check', '--json', '--fail-on', 'expired', '--now', NOW);
  const { credentials } = JSON.parse(checked.out) as { credentials: { id: string; state: string }[] };
  const expired = credentials.find(({ state }) => state === 'expired');
  expect(checked.code).toBe(1);
  const mark: Silence = {
    credentialId: (expired?.id ?? '') as CredentialId,
    clusterId: 'mgmt' as Silence['clusterId'],
    kind: 'snoozed',
    at: instant(NOW),
    by: 'admin',
    reason: 'planned',
    state: 'expired',
    until: instant('2026-11-24T13:00:00Z'),
  };
  const opened = await store();
  await opened.saveSilences([mark]);
  await opened.close();
  const codeAt = async (now: string): Promise<number | null> =>
    (await on('expiry', 'check', '--fail-on', 'expired', '--now', now)).code;
  expect(await codeAt('2026-11-24T12:59:59Z')).toBe(0);
  expect(await codeAt('2026-11-24T13:00:00Z')).toBe(1);
});

test('--prometheus writes a complete file that everyone may read, and leaves no other file behind', async () => {
  const out = join(folder, 'textfile');
  mkdirSync(out);
  const file = join(out, 'arcwarden.prom');
  const { code, notices: said } = await on('expiry', 'check', '--prometheus', file, '--now', NOW);
  expect([code, said]).toEqual([1, expect.stringContaining(file)]);
  const text = readFileSync(file, 'utf8');
  expect(text.match(/^arcwarden_credential_state\{/gmu)).toHaveLength(16);
  expect(text).toContain(`arcwarden_build_info{version="${ARCWARDEN_VERSION}"} 1`);
  expect(text.match(/^arcwarden_source_up\{.*\} 1$/gmu)?.length).toBeGreaterThan(5);
  expect(statSync(file).mode & 0o777).toBe(0o644);
  expect(readdirSync(out)).toEqual(['arcwarden.prom']);
});

test('arcwarden audit lists the trail and detects a changed line', async () => {
  for (const name of readdirSync(data).filter((each) => each.startsWith('audit')))
    rmSync(join(data, name), { recursive: true });
  const opened = await AuditTrail.open(ports, data);
  await opened.append({ by: 'CORP\\admin', action: 'channel.added', subject: CHANNEL });
  const { previous } = await opened.append({ by: 'CORP\\admin', action: 'credential.snoozed', subject: 'x' });
  await opened.close();
  const listed = await on('audit', 'list', '--json');
  expect(JSON.parse(listed.out)).toMatchObject({
    entries: [
      { line: 1, action: 'channel.added' },
      { line: 2, by: 'CORP\\admin' },
    ],
  });
  expect(await on('audit', 'verify')).toMatchObject({ code: 0 });
  expect(await on('audit', 'verify', '--head', previous)).toMatchObject({ code: 0 });
  expect(await on('audit', 'verify', '--head', 'ab'.repeat(32))).toMatchObject({ code: 1 });
  const path = join(data, 'audit.jsonl');
  writeFileSync(path, readFileSync(path, 'utf8').replace('channel.added', 'channel.adde'));
  const { code, notices: said } = await on('audit', 'verify');
  expect([code, said]).toEqual([1, expect.stringContaining('Line 2 of the audit trail does not follow')]);
});

test('a CA made with openssl is trusted as PEM or DER, and a server with another CA is refused', async () => {
  const [key, pem, der] = [join(folder, 'own.key'), join(folder, 'own.pem'), join(folder, 'own.cer')];
  const [request, cert, more] = [join(folder, 'server.csr'), join(folder, 'server.pem'), join(folder, 'san.cnf')];
  const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'pipe' }).toString();
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...ec, '-keyout', key, '-out', pem, '-days', '9', '-subj', '/CN=Contoso CA');
  openssl('x509', '-in', pem, '-outform', 'DER', '-out', der);
  openssl('req', ...ec, '-keyout', join(folder, 'server.key'), '-out', request, '-subj', '/CN=localhost');
  writeFileSync(more, 'subjectAltName=IP:127.0.0.1');
  openssl('x509', '-req', '-in', request, '-CA', pem, '-CAkey', key, '-days', '9', '-extfile', more, '-out', cert);
  const [ownCert, ownKey] = [cert, join(folder, 'server.key')].map((path) => readFileSync(path, 'utf8'));
  const own = await webServer({ ca: '', cert: ownCert ?? '', key: ownKey ?? '' });
  try {
    const hook = ['--kind', 'webhook', '--url', own.url, '--secret-env', 'ARCWARDEN_CHANNEL_TEST'];
    const wrong = await on('channel', 'add', 'own', ...hook, '--ca-file', cert);
    expect([wrong.code, wrong.notices]).toEqual([2, expect.stringContaining(`“${cert}” contains no CA certificate.`)]);
    for (const [file, code] of [
      [join(folder, 'ca.pem'), 1],
      [pem, 0],
      [der, 0],
    ] as const) {
      await on('channel', 'add', 'own', ...hook, '--ca-file', file);
      expect((await on('channel', 'test', 'own')).code).toBe(code);
      await on('channel', 'remove', 'own');
    }
    expect(own.received).toHaveLength(2);
    // With the line count and hash in a message, the receiver can detect whether the trail was cut or replaced.
    const trail = readFileSync(join(data, 'audit.jsonl'), 'utf8').split('\n').slice(0, -1);
    const { audit } = JSON.parse(own.received[0]?.body ?? '') as NotificationMessage;
    const kept = trail[(audit?.lines ?? 0) - 1] ?? '';
    expect(kept).toMatch(/"action":"channel\.tested".*"phase":"begun"/u);
    expect(audit?.hash).toBe(createHash('sha256').update(kept).digest('hex'));
  } finally {
    await own.close();
  }
});
