import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EVENTS } from '../../../../core/notifications/model/channels/event-log.ts';
import { ROLE_IDS } from '../../../../core/knowledge/model/credentials/credentials.ts';
import type { ChannelId, ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import { DAY_MS, instantFromMs, epochMs } from '../../../../core/shared/instant.ts';
import { EXPIRY_STATES } from '../../../../core/knowledge/model/credentials/expiry-state.ts';
import {
  ALARM_STATES,
  type AlarmState,
  type Change,
  type FleetSummary,
  type NotificationMessage,
  type ReportedCredential,
} from '../../../../core/notifications/model/notice.ts';
import { noticeTexts } from '../../../../core/notifications/export/notice-text.ts';
import { prometheusText } from '../../../../core/expiry/export/prometheus-text.ts';
import { LANGUAGES, translator } from '../../../../core/shared/text/text.ts';
import { TEST_NOW } from '../../../support/ports.ts';

const CREDENTIAL: ReportedCredential = {
  credentialId: 'ab'.repeat(32) as CredentialId,
  clusterId: 'retail-east' as ClusterId,
  cluster: 'retail-east',
  layer: 'kubernetes',
  role: 'apiserver',
  kind: 'certificate',
  name: 'kube-apiserver',
  notAfter: instantFromMs(epochMs(TEST_NOW) - 1_000),
};
const SUMMARY: FleetSummary = {
  clusters: 1,
  credentials: 9,
  sources: 4,
  sourcesDown: 1,
  counts: {
    ...(Object.fromEntries(EXPIRY_STATES.map((state) => [state, 0])) as FleetSummary['counts']),
    expired: 1,
    fine: 8,
  },
};

function makeChange(to: AlarmState, change: Partial<ReportedCredential> = {}): Change {
  return { kind: 'entered', id: 'x', at: TEST_NOW, from: null, to, credential: { ...CREDENTIAL, ...change } };
}

function notice(changes: Change[], purpose: NotificationMessage['purpose'] = 'changes'): NotificationMessage {
  return { id: '0123456789abcdef', at: TEST_NOW, purpose, changes, summary: SUMMARY };
}

const english = noticeTexts(translator('en'), 'en');
const japanese = noticeTexts(translator('ja'), 'ja');

describe('an e-mail about one credential', () => {
  test('states what happened to which credential, what breaks, and the exact command with its source', () => {
    const told = notice([makeChange('expired')]);
    expect(english.subject(told)).toBe('Expired: kube-apiserver in retail-east (API server)');
    const body = english.body(told);
    expect(body).toContain('Update-AksHciClusterCertificates -name retail-east -fixKubeletCredentials');
    for (const part of [
      'What breaks: ',
      'What to do: ',
      'Source: ',
      `SHA-256: ${'ab'.repeat(32)}`,
      '11:59 UTC), 0 s ago',
      'message 0123456789abcdef',
    ])
      expect(body).toContain(part);
    expect(body).not.toMatch(/undefined|\{|\}|notice\./u);
  });

  test('states the same in Japanese, with the command unchanged', () => {
    const told = notice([makeChange('expired')]);
    expect(japanese.subject(told)).toContain('期限切れ: retail-east の kube-apiserver');
    const body = japanese.body(told);
    expect(body).toContain('Update-AksHciClusterCertificates -name retail-east -fixKubeletCredentials');
    expect(body).toContain('対処: ');
    expect(body).not.toMatch(/What |Source|undefined/u);
  });

  test('omits an impossible cluster name from the command', () => {
    const body = english.body(notice([makeChange('urgent', { cluster: "o'hare; rm" })]));
    expect(body).toContain('-name <cluster>');
    expect(body).not.toMatch(/-name .*hare/u);
  });

  test('states why a renewal is stalled, and suggests comparing the clocks if a certificate is not yet valid', () => {
    expect(english.body(notice([makeChange('stalled', { obstacle: 'issuer-expired' })]))).toContain(
      'Its CA has expired',
    );
    const future = {
      notBefore: instantFromMs(epochMs(TEST_NOW) + DAY_MS),
      notAfter: instantFromMs(epochMs(TEST_NOW) + 5 * DAY_MS),
    };
    const body = english.body(notice([makeChange('not-yet-valid', future)]));
    expect(body).toContain('Valid from 25 Nov 2026');
    expect(body).toContain('compare the clocks');
  });
});

test('an e-mail about many credentials counts them in its subject, most severe first, and is limited in length', () => {
  const changes = [
    ...Array.from({ length: 120 }, () => makeChange('urgent')),
    makeChange('expired'),
    { ...makeChange('urgent'), kind: 'withdrawn', from: 'urgent', credential: CREDENTIAL } as Change,
  ];
  const told = notice(changes);
  expect(english.subject(told)).toBe('1 expired, 120 urgent, 1 removed');
  expect(japanese.subject(told)).toBe('期限切れ 1 件、緊急 120 件、削除 1 件');
  expect(english.body(told)).toContain('and 22 more changes');
  expect(english.body(told).match(/^Urgent: /gmu)).toHaveLength(100);
});

test('heartbeats and test messages state their purpose and describe the fleet', () => {
  for (const purpose of ['heartbeat', 'test'] as const)
    for (const texts of [english, japanese]) {
      const told = notice([], purpose);
      expect(texts.subject(told)).toContain('Arcwarden');
      expect(texts.body(told)).toMatch(/9/u);
    }
  expect(english.body(notice([], 'heartbeat'))).toContain('9 credentials in 1 cluster: Expired 1, Fine 8');
  expect(english.body(notice([], 'heartbeat'))).toContain('4 files checked, 1 could not be read');
});

test('every role has a complete text in every state and language', () => {
  const others: Change[] = [
    {
      kind: 'renewed',
      id: 'x',
      at: TEST_NOW,
      from: 'urgent',
      credential: CREDENTIAL,
      by: { credentialId: CREDENTIAL.credentialId, notAfter: TEST_NOW },
    },
    { kind: 'recovered', id: 'x', at: TEST_NOW, from: 'urgent', credential: CREDENTIAL },
    { kind: 'withdrawn', id: 'x', at: TEST_NOW, from: 'urgent', credential: CREDENTIAL },
    { kind: 'channel-failing', id: 'x', at: TEST_NOW, channel: { id: 'a' as ChannelId, name: 'm', kind: 'mail' } },
    { kind: 'channel-working', id: 'x', at: TEST_NOW, channel: { id: 'a' as ChannelId, name: 'm', kind: 'mail' } },
    { kind: 'clock-back', id: 'x', at: TEST_NOW, from: TEST_NOW, to: TEST_NOW },
  ];
  for (const language of LANGUAGES) {
    const texts = noticeTexts(translator(language), language);
    const changes = [
      ...others,
      ...ALARM_STATES.flatMap((state) => ROLE_IDS.map((role) => makeChange(state, { role }))),
    ];
    for (const change of changes) {
      const told = notice([change]);
      for (const text of [texts.subject(told), texts.body(told), texts.entry(change), texts.short(told)])
        expect(text).not.toMatch(/undefined|\bnotice\.|\bremedy\.|\bsource\.|\brole\.|\bbreaks\./u);
    }
  }
});

test('event ids are as documented, and each id has one meaning', () => {
  const kinds = ['renewed', 'recovered', 'withdrawn', 'channel-failing', 'channel-working', 'clock-back'] as const;
  const ids = [...ALARM_STATES, ...kinds, 'heartbeat' as const, 'test' as const].map((what) => EVENTS[what].id);
  expect(ids).toEqual([104, 103, 102, 101, 105, 110, 111, 112, 120, 121, 130, 190, 199]);
});

test('the documentation lists every event id with its level, and every metric', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/notifications.md'), 'utf8');
  for (const { id, level } of Object.values(EVENTS))
    expect(page).toMatch(new RegExp(`^\\| ${id} +\\| ${level} +\\|`, 'mu'));
  const metrics = prometheusText({
    assessments: [],
    sources: [{ path: '/a', up: true }],
    checkedAt: TEST_NOW,
    version: '1',
  });
  for (const [, name = ''] of metrics.matchAll(/^# TYPE (\S+)/gmu)) expect(page).toContain(`\`${name}\``);
});

test('every statement in an e-mail is followed by its source, and a missing command leaves no empty line', () => {
  for (const role of ROLE_IDS) {
    const told = notice([makeChange('stalled', { role, obstacle: 'unchanged-moc' })]);
    const lines = english.body(told).split('\n');
    const stated = lines.filter((line) => /^ {2}(?:What |Why )/u.test(line)).length;
    const sourced = lines.filter((line) => /^ {4}Source: \S/u.test(line)).length;
    const unsourced = lines.filter((line) => line.includes('no source gives a command')).length;
    expect(sourced, role).toBe(stated - unsourced);
    expect(
      lines.slice(0, lines.indexOf('')).every((line) => line.trim() !== ''),
      role,
    ).toBe(true);
  }
});
