import { watchFindings } from '../../../../core/notifications/notification-findings.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Channel } from '../../../../core/notifications/model/channel.ts';
import { type ChannelId, type ClusterId, type CredentialId, LAYERS } from '../../../../core/shared/ids.ts';
import type { Instant } from '../../../../core/shared/instant.ts';
import { ROLE_IDS } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { NAME_EVIDENCE } from '../../../../core/plan/model/cluster-name.ts';
import { LIMIT_BYTES } from '../../../../core/store/durable-json-file.ts';
import { EXPIRY_STATES, type ExpiryState } from '../../../../core/knowledge/model/credentials/expiry-state.ts';
import type { Silence } from '../../../../core/notifications/model/silence.ts';
import { ALARM_STATES, type Change, type ReportedCredential } from '../../../../core/notifications/model/notice.ts';
import { EMPTY_WATCH, openNotificationStore } from '../../../../core/notifications/store/store.ts';
import type { WatchFile } from '../../../../core/notifications/store/schemas.ts';
import { MemoryFiles, TEST_NOW, testPorts } from '../../../support/ports.ts';

const ID = '00000000000000a1' as ChannelId;
const base = { id: ID, name: 'x', enabled: true, createdAt: TEST_NOW };
const CHANNELS: Channel[] = [
  { ...base, kind: 'toast' },
  { ...base, kind: 'event-log' },
  { ...base, kind: 'prometheus', path: '/var/lib/node_exporter/arcwarden.prom' },
  { ...base, kind: 'webhook', url: 'https://x.example/', secret: { kind: 'vault', guarded: 'AAAA' } },
  {
    ...base,
    kind: 'mail',
    host: 'mail.example',
    port: 25,
    security: 'tls',
    from: 'a@x.example',
    to: ['b@x.example'],
    user: 'ops',
    caFile: '/ca.pem',
    secret: { kind: 'file', path: '/secret' },
  },
];

const CREDENTIAL: ReportedCredential = {
  credentialId: 'ab'.repeat(32) as CredentialId,
  clusterId: 'retail' as ClusterId,
  cluster: 'retail',
  layer: 'moc',
  role: 'caph',
  kind: 'token',
  name: 'caph',
  notBefore: TEST_NOW,
  notAfter: TEST_NOW,
  assumed: true,
  obstacle: 'unchanged-moc',
};
const channel = { id: ID, name: 'x', kind: 'mail' as const };
const CHANGES: Change[] = [
  { kind: 'entered', id: '1', at: TEST_NOW, from: null, to: 'urgent', credential: CREDENTIAL },
  { kind: 'entered', id: '2', at: TEST_NOW, from: 'urgent', to: 'expired', credential: CREDENTIAL },
  {
    kind: 'renewed',
    id: '3',
    at: TEST_NOW,
    from: 'expired',
    credential: CREDENTIAL,
    by: { credentialId: CREDENTIAL.credentialId, notAfter: TEST_NOW },
  },
  { kind: 'recovered', id: '4', at: TEST_NOW, from: 'stalled', credential: CREDENTIAL },
  { kind: 'withdrawn', id: '5', at: TEST_NOW, from: 'not-yet-valid', credential: CREDENTIAL },
  { kind: 'channel-failing', id: '6', at: TEST_NOW, channel },
  { kind: 'channel-working', id: '7', at: TEST_NOW, channel },
  { kind: 'clock-back', id: '8', at: TEST_NOW, from: TEST_NOW, to: TEST_NOW },
];
const counts = Object.fromEntries(EXPIRY_STATES.map((state) => [state, 1])) as Record<ExpiryState, number>;
const WATCH: WatchFile = {
  told: { [CREDENTIAL.credentialId]: { state: 'urgent', at: TEST_NOW, credential: CREDENTIAL } },
  clock: { latest: TEST_NOW, backSince: TEST_NOW },
  lastCheckAt: TEST_NOW,
  lastHeartbeatAt: TEST_NOW,
  failing: [ID],
  sources: 2,
  sourcesDown: ['/a'],
  notices: [
    {
      id: '00000000000000b1',
      at: TEST_NOW,
      purpose: 'changes',
      changes: CHANGES,
      summary: {
        clusters: 1,
        credentials: 8,
        counts,
        sources: 2,
        sourcesDown: 1,
        nextExpiry: { cluster: 'retail', name: 'caph', role: 'caph', notAfter: TEST_NOW },
      },
    },
  ],
  waiting: [{ channelId: ID, noticeId: '00000000000000b1', tries: 2, nextAt: TEST_NOW, lastAt: TEST_NOW }],
  sent: [
    { noticeId: '00000000000000b2', at: TEST_NOW, channel, subject: '1 expired' },
    {
      noticeId: '00000000000000b1',
      at: TEST_NOW,
      channel,
      subject: '1 urgent',
      failure: { code: 'delivery.failed', params: { detail: 503 } },
    },
  ],
  statuses: {
    [ID]: {
      lastSuccessAt: TEST_NOW,
      lastFailure: { at: TEST_NOW, code: 'delivery.failed', params: { detail: 503 } },
      failures: 2,
    },
  },
};
const MARK: Silence = {
  credentialId: CREDENTIAL.credentialId,
  clusterId: CREDENTIAL.clusterId,
  kind: 'snoozed',
  at: TEST_NOW,
  by: 'CORP\\admin',
  reason: '保守',
  until: TEST_NOW,
  state: 'urgent',
};

test('saved data is unchanged after a restart', async () => {
  const ports = testPorts();
  const store = await openNotificationStore(ports, '/data');
  expect([store.channels(), store.silences(), store.watch()]).toEqual([[], [], EMPTY_WATCH]);
  await store.saveChannels(CHANNELS);
  await store.saveSilences([MARK]);
  await store.saveWatch(WATCH);
  await store.close();
  const again = await openNotificationStore(ports, '/data', { readOnly: true });
  expect(again.channels()).toEqual(CHANNELS);
  expect(again.silences()).toEqual([MARK]);
  expect(again.watch()).toEqual(WATCH);
  expect(again.damages()).toEqual([]);
});

test('reports in the format of an earlier version can be read', async () => {
  const files = new MemoryFiles();
  files.put('/data/watch.json', JSON.stringify({ schema: 1, ...WATCH }));
  const store = await openNotificationStore(testPorts(files), '/data');
  expect([store.watch(), store.damages()]).toEqual([WATCH, []]);
});

const lane = { clusters: 2, cluster: 'retail', first: TEST_NOW };

test.each([
  ['kept as now written', { down: lane, attention: { ...lane, sample: true } }, true, true],
  [
    'dropped as an earlier version counted them',
    { stopped: { ...lane, impacts: 3 }, late: { ...lane, impacts: 1 } },
    false,
    true,
  ],
  ['damage with a key that no version wrote', { broken: { ...lane, impacts: 3 } }, false, false],
  ['damage with a count that is none', { down: { ...lane, clusters: -1 } }, false, false],
  ['damage if they are a text', 'down', false, false],
])('the counts of clusters in a report are %s', async (_, needs, areKept, isReadable) => {
  const [notice] = WATCH.notices;
  const written = { ...WATCH, notices: [{ ...notice, summary: { ...notice?.summary, needs } }] };
  const files = new MemoryFiles();
  files.put('/data/watch.json', JSON.stringify({ schema: 1, ...written }));
  const store = await openNotificationStore(testPorts(files), '/data');
  expect(store.watch()).toEqual(areKept ? written : isReadable ? WATCH : EMPTY_WATCH);
  expect(store.damages()).toHaveLength(isReadable ? 0 : 1);
});

test.each([
  ['is absent, as in earlier versions', undefined, []],
  ['is a text', 'x', []],
  ['has an unreadable entry', [{ noticeId: 'x' }, ...WATCH.sent], WATCH.sent],
])('a list of sent notifications that %s loses nothing else', async (_, sent, kept) => {
  const files = new MemoryFiles();
  files.put('/data/watch.json', JSON.stringify({ schema: 1, ...WATCH, sent }));
  const store = await openNotificationStore(testPorts(files), '/data');
  expect(store.watch()).toEqual({ ...WATCH, sent: kept });
  expect(store.damages()).toEqual([]);
});

const id = fc.stringMatching(/^[0-9a-f]{64}$/u) as fc.Arbitrary<CredentialId>;
const moment = fc.constantFrom<Instant>(TEST_NOW, '2026-01-01T00:00:00Z' as Instant, '9999-12-31T23:59:59Z' as Instant);
const clusterName = fc.oneof(fc.constantFrom('retail', '__proto__', '小売'), fc.string());
const optional = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined });
const told = fc
  .record({
    state: fc.constantFrom(...ALARM_STATES),
    at: moment,
    credential: fc.record({
      credentialId: id,
      clusterId: fc.constantFrom('retail', 'plant') as fc.Arbitrary<ClusterId>,
      cluster: clusterName,
      commandName: optional(clusterName),
      nameEvidence: optional(fc.constantFrom(...NAME_EVIDENCE)),
      layer: fc.constantFrom(...LAYERS),
      role: fc.constantFrom(...ROLE_IDS.slice(0, 3)),
      kind: fc.constantFrom('certificate' as const, 'token' as const),
      name: fc.string(),
      notBefore: optional(moment),
      notAfter: optional(moment),
      assumed: optional(fc.constant(true as const)),
      obstacle: optional(fc.constant('unchanged-moc' as const)),
    }),
  })
  // Removes fields that are undefined, since the file does not contain them.
  .map((each) => JSON.parse(JSON.stringify(each)) as WatchFile['told'][string]);

test('reports are unchanged after a restart, whatever their credentials and clusters', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(told, { selector: ({ credential }) => credential.credentialId }), async (all) => {
      const watch = { ...WATCH, told: Object.fromEntries(all.map((each) => [each.credential.credentialId, each])) };
      const files = new MemoryFiles();
      const store = await openNotificationStore(testPorts(files), '/data');
      await store.saveWatch(watch);
      await store.close();
      const again = await openNotificationStore(testPorts(files), '/data');
      expect(again.watch()).toEqual(watch);
    }),
  );
});

test('reports about a million credentials of similar clusters fit into the file', async () => {
  const files = new MemoryFiles();
  const store = await openNotificationStore(testPorts(files), '/data');
  const roles = ROLE_IDS.slice(0, 8);
  const entries = Array.from({ length: 1_000 }, (_, at): [string, WatchFile['told'][string]] => {
    const credentialId = at.toString(16).padStart(64, '0') as CredentialId;
    const cluster = `cluster-${Math.floor(at / 40)}`;
    const credential: ReportedCredential = {
      credentialId,
      clusterId: `${cluster}-0123abcd` as ClusterId,
      cluster,
      commandName: cluster,
      layer: 'kubernetes',
      role: roles[at % roles.length]!,
      kind: 'certificate',
      name: `node-${at}.${cluster}.contoso.example`,
      notBefore: TEST_NOW,
      notAfter: TEST_NOW,
    };
    return [credentialId, { state: 'expired', at: TEST_NOW, credential }];
  });
  const before = JSON.stringify(EMPTY_WATCH).length;
  await store.saveWatch({ ...EMPTY_WATCH, told: Object.fromEntries(entries) });
  const { length } = await files.read('/data/watch.json', 1_000_000);
  expect((length - before) * 1_000).toBeLessThan(LIMIT_BYTES);
});

test('earlier reports can be loaded later, and cannot be overwritten before they are loaded', async () => {
  const files = new MemoryFiles();
  const ports = testPorts(files);
  const store = await openNotificationStore(ports, '/data');
  await store.saveWatch(WATCH);
  await store.close();
  const later = await openNotificationStore(ports, '/data', { toldLater: true });
  expect(() => later.watch()).toThrow('has not been read');
  expect(() => later.saveWatch(EMPTY_WATCH)).toThrow('has not been read');
  await Promise.all([later.recall(), later.recall()]);
  expect(later.watch()).toEqual(WATCH);
  await later.saveWatch(EMPTY_WATCH);
  await later.recall();
  expect(later.watch()).toEqual(EMPTY_WATCH);
});

test('a damaged or newer file of reports is detected at the start, even if the reports are loaded later', async () => {
  const files = new MemoryFiles();
  files.put('/data/watch.json', '{"schema": 1');
  const store = await openNotificationStore(testPorts(files), '/data', { toldLater: true });
  expect(store.damages()).toMatchObject([{ kind: 'lost', path: '/data/watch.json' }]);
  files.put('/data/watch.json', '{"schema":99,"told":{}}');
  await expect(openNotificationStore(testPorts(files), '/data', { toldLater: true })).rejects.toMatchObject({
    code: 'store.newer',
  });
});

test('a changed digit in a file is reported, and the other files stay valid', async () => {
  const files = new MemoryFiles();
  const ports = testPorts(files);
  const store = await openNotificationStore(ports, '/data');
  await store.saveChannels(CHANNELS);
  await store.saveSilences([MARK]);
  await store.close();
  const path = '/data/marks.json';
  const text = new TextDecoder().decode(await files.read(path, 10_000));
  await files.replace(path, text.replace(`"until":"${TEST_NOW}"`, '"until":"2099-01-01T00:00:00Z"'));
  const again = await openNotificationStore(ports, '/data', { readOnly: true });
  expect(again.damages()).toEqual([{ kind: 'doubted', path }]);
  expect(watchFindings(again, (each) => each)).toMatchObject([
    { rule: 'watch.file-doubted', severity: 'error', params: { file: path } },
  ]);
  expect(again.channels()).toEqual(CHANNELS);
});

test('a silence and an acknowledgement are saved without the other being lost', async () => {
  const files = new MemoryFiles();
  const ports = testPorts(files);
  const store = await openNotificationStore(ports, '/data');
  const outage = { clusterId: MARK.clusterId, by: 'Sato', note: '', at: TEST_NOW, causes: [MARK.credentialId] };
  await store.saveAcknowledgements([outage]);
  await store.saveSilences([MARK]);
  await store.saveAcknowledgements([{ ...outage, by: 'Suzuki' }]);
  await store.close();
  const again = await openNotificationStore(ports, '/data', { readOnly: true });
  expect(again.silences()).toEqual([MARK]);
  expect(again.acknowledgements()).toEqual([{ ...outage, by: 'Suzuki' }]);
  expect(again.damages()).toEqual([]);
});

test('unknown fields of a channel, such as a password, are not written', async () => {
  const files = new MemoryFiles();
  const store = await openNotificationStore(testPorts(files), '/data');
  const [, , , , mail] = CHANNELS;
  await store.saveChannels([{ ...mail, password: 'pa55word' } as unknown as Channel]);
  const text = new TextDecoder().decode(await files.read('/data/channels.json', 10_000));
  expect(text).toContain('mail.example');
  expect(text).not.toContain('pa55word');
});

test('an invalid entry is reported, stays in the file and does not hide other entries', async () => {
  const files = new MemoryFiles();
  const entry = { kind: 'pigeon', name: 'loft' };
  files.put('/data/channels.json', JSON.stringify({ schema: 1, channels: [entry, CHANNELS[0]] }));
  const store = await openNotificationStore(testPorts(files), '/data');
  expect(store.channels()).toEqual([CHANNELS[0]]);
  expect(store.damages()).toEqual([{ kind: 'entry-unreadable', path: '/data/channels.json', entry: '1' }]);
  await store.saveChannels([]);
  const text = new TextDecoder().decode(await files.read('/data/channels.json', 10_000));
  expect(JSON.parse(text)).toMatchObject({ schema: 1, channels: [entry] });
});

test('a damaged file of reports is set aside and reported, so that messages are repeated instead of lost', async () => {
  const files = new MemoryFiles();
  files.put('/data/watch.json', '{"schema":1,"told":');
  const store = await openNotificationStore(testPorts(files), '/data');
  expect(store.watch()).toEqual(EMPTY_WATCH);
  expect(store.damages()).toEqual([
    { kind: 'lost', path: '/data/watch.json', setAside: 'watch.json.damaged-20261124T120000Z' },
  ]);
});
