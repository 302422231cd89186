import { describe, expect, test } from 'vitest';
import type { ForecastScenario } from '../../../core/forecast/model/forecast.ts';
import type { RoleId } from '../../../core/knowledge/model/credentials/credentials.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import { instantFromMs } from '../../../core/shared/instant.ts';
import { AGENT, expiriesIn, forecastByHand, type Fleet, type Held } from './fleet-by-hand.ts';

/*
 * A small deployment whose dates were worked out with a calendar. Its rules: a control-plane certificate lives for four
 * days and is renewed when a quarter of its life is left; a kubelet's certificate is renewed when a fifth is left.
 * Certificates of the cloud agent's clients live for 90 days and are renewed when 30 % is left: 27 days before their
 * end, so every 63 days. mocctl's certificate is renewed only when somebody uses mocctl, on Thursdays at midnight.
 * Tokens live for 90 days, and only updates renew them. Nobody renews a kubelet's serving certificate, a kubeconfig (a
 * year) or the cloud agent's CA (365 days).
 */

const parseSecond = (moment: string): number => Date.parse(moment) / 1000;

const makeHeld = (cluster: string, role: RoleId, from: string, end: string, more: Partial<Held> = {}): Held => ({
  kind: 'certificate',
  role,
  name: role,
  cluster,
  from: parseSecond(from),
  end: parseSecond(end),
  ...more,
});

/** Issued on 10 March at 8:00 for four days; certificates are valid from five minutes earlier. */
const onMachine = (machine: string, roles: readonly RoleId[]): Held[] =>
  roles.map((role) => makeHeld('retail', role, '2026-03-10T07:55:00Z', '2026-03-14T08:00:00Z', { machine }));

const FLEET: Fleet = {
  now: parseSecond('2026-03-11T08:00:00Z'),
  clusters: ['management', 'retail'],
  held: [
    makeHeld(AGENT, 'cloud-agent-ca', '2025-09-01T00:00:00Z', '2026-09-01T00:00:00Z'),
    makeHeld(AGENT, 'cloud-agent-server', '2026-02-01T00:00:00Z', '2026-05-02T00:00:00Z'),
    makeHeld(AGENT, 'mocctl', '2026-02-01T00:00:00Z', '2026-05-02T00:00:00Z'),
    makeHeld(AGENT, 'csi', '2026-01-10T08:00:00Z', '2026-04-10T08:00:00Z', { name: 'retail-csi' }),
    makeHeld(AGENT, 'csi-token', '2026-03-01T08:00:00Z', '2026-05-30T08:00:00Z', { name: 'retail-csi', kind: 'token' }),
    makeHeld('management', 'management-kubeconfig', '2025-06-01T07:55:00Z', '2026-06-01T08:00:00Z'),
    ...onMachine('control', ['apiserver', 'etcd-server', 'apiserver-etcd-client', 'scheduler']),
    ...onMachine('control', ['kubelet-client', 'kubelet-server']),
    ...onMachine('worker', ['kubelet-client', 'kubelet-server']),
  ],
};

const SERVING_ENDS = [
  '2026-03-14T08:00:00Z retail control certificate kubelet-server kubelet-server',
  '2026-03-14T08:00:00Z retail worker certificate kubelet-server kubelet-server',
];
const KUBECONFIG_AND_CA = [
  '2026-06-01T08:00:00Z management certificate management-kubeconfig management-kubeconfig',
  '2026-09-01T00:00:00Z agent certificate cloud-agent-ca cloud-agent-ca',
];
const TOKEN_ENDS = '2026-05-30T08:00:00Z agent token csi-token retail-csi';

const control = (moment: string): string[] =>
  ['apiserver', 'apiserver-etcd-client', 'etcd-server', 'scheduler'].map(
    (role) => `${moment} retail control certificate ${role} ${role}`,
  );
const kubelets = (moment: string): string[] =>
  ['control', 'worker'].map((machine) => `${moment} retail ${machine} certificate kubelet-client kubelet-client`);

async function expiries(scenario: ForecastScenario = {}): Promise<string[]> {
  return expiriesIn(await forecastByHand(FLEET, { scenario }), FLEET);
}

const off = (from: string, to: string, clusterId?: string): ForecastScenario => ({
  off: {
    fromMs: Date.parse(from),
    toMs: Date.parse(to),
    ...(clusterId !== undefined && { clusterId: clusterId as ClusterId }),
  },
});

test('without updates for a year, credentials that nobody renews expire first, then those issued by the expired CA', async () => {
  expect(await expiries()).toEqual(
    [
      // The serving certificates of kubelets end four days after 10 March. The cluster renews all other four-day
      // certificates throughout the year.
      ...SERVING_ENDS,
      // The token ends 90 days after 1 March: 31 to 1 April, 61 to 1 May, 90 to 30 May.
      TOKEN_ENDS,
      ...KUBECONFIG_AND_CA,
      // The certificate of csi is renewed on 14 March, 27 days before 10 April; 63 days later, on 16 May; and on 18
      // July. The next renewal, on 19 September, would be after the end of the CA. The certificate ends 90 days after
      // 18 July: 31 to 18 August, 62 to 18 September, 90 to 16 October.
      '2026-10-16T08:00:00Z agent certificate csi retail-csi',
      // The certificate of the cloud agent is renewed on 5 April, 27 days before 2 May; on 7 June; and on 9 August. It
      // ends 90 days later, on 7 November.
      '2026-11-07T00:00:00Z agent certificate cloud-agent-server cloud-agent-server',
      // The certificate of mocctl is due on 5 April, a Sunday, so it is renewed on Thursday, 9 April; 63 days later, on
      // 11 June; and on 13 August, both Thursdays. It ends 90 days later, on 11 November.
      '2026-11-11T00:00:00Z agent certificate mocctl mocctl',
    ].sort(),
  );
});

test('renewals are forecast for the day on which they are due, until the CA expires', async () => {
  const { clusters } = await forecastByHand(FLEET, {});
  const renewals = clusters.flatMap(({ events }) => events).filter(({ kind }) => kind === 'renewal');
  expect(renewals.map(({ atMs, role, count }) => [instantFromMs(atMs), role, count])).toEqual([
    ['2026-03-14T08:00:00Z', 'csi', 3],
    ['2026-04-05T00:00:00Z', 'cloud-agent-server', 3],
    ['2026-04-09T00:00:00Z', 'mocctl', 3],
  ]);
  const horizon = clusters.flatMap(({ events }) => events).filter(({ kind }) => kind === 'ca-horizon');
  // The horizon is 90 days before 1 September: 31 to 1 August, 62 to 1 July, 90 to 3 June.
  expect(horizon.map(({ atMs }) => instantFromMs(atMs))).toEqual(['2026-06-03T00:00:00Z']);
});

test('four-day certificates are renewed in the second in which a quarter or a fifth of their life is left', async () => {
  const { clusters } = await forecastByHand(FLEET, {});
  const [sum] = clusters.find(({ cluster }) => cluster === 'retail')?.renewals ?? [];
  // Four days and five minutes are 345,900 seconds; a quarter, 86,475 s, is a day, a minute and 15 seconds.
  expect(instantFromMs(sum?.nextMs ?? 0)).toBe('2026-03-13T07:58:45Z');
  // Four certificates are renewed every 345,600 - 86,475 = 259,125 s, two every 345,600 - 69,180 = 276,420 s. From 13
  // March, 7:58:45, to the next 11 March, 8:00, there are 31,363,275 s: 121 renewals after the first. From 12:47, there
  // are 31,345,980 s: 113 after the first.
  expect(sum).toMatchObject({ credentials: 6, renewals: 4 * 122 + 2 * 114 });
});

describe('a cluster that is switched off', () => {
  test('loses its four-day certificates if it is off for six days, beginning before their renewal', async () => {
    const lost = await expiries(off('2026-03-12T08:00:00Z', '2026-03-18T08:00:00Z', 'retail'));
    const moment = '2026-03-14T08:00:00Z';
    expect(lost.filter((line) => line.includes(' retail '))).toEqual(
      [...SERVING_ENDS, ...control(moment), ...kubelets(moment)].sort(),
    );
    // Only the CSI driver is affected, since it runs in the cluster: its certificate is renewed on 18 March instead of
    // 14 March, then on 20 May and 22 July, and ends 90 days later.
    const year = await expiries();
    expect(lost.filter((line) => !line.includes(' retail '))).toEqual(
      year
        .filter((line) => !line.includes(' retail '))
        .map((line) => line.replace(/2026-10-16(?=.* csi )/u, '2026-10-20')),
    );
  });

  test('loses the kubelets first if it is switched off between the two renewals', async () => {
    const lost = await expiries(off('2026-03-13T10:00:00Z', '2026-03-19T10:00:00Z', 'retail'));
    expect(lost.filter((line) => line.includes(' retail '))).toEqual(
      [...SERVING_ENDS, ...kubelets('2026-03-14T08:00:00Z'), ...control('2026-03-17T07:58:45Z')].sort(),
    );
  });

  // The control plane's certificates are renewed on 13 March at 7:58:45, the kubelets' at 12:47, which is 69,180 s
  // before 14 March, 8:00.
  test.each([
    ['a second before its certificates end loses nothing', '2026-03-17T07:58:44Z', []],
    // Nothing is renewed without an API server, so the kubelets follow.
    [
      'when its certificates end loses all of them',
      '2026-03-17T07:58:45Z',
      [...control('2026-03-17T07:58:45Z'), ...kubelets('2026-03-17T12:47:00Z')],
    ],
  ])('and switched on again %s', async (_title, on, ends) => {
    const lost = await expiries(off('2026-03-13T20:00:00Z', on, 'retail'));
    expect(lost.filter((line) => line.includes(' retail '))).toEqual([...SERVING_ENDS, ...ends].sort());
  });
});

describe('hosts that are switched off on 15 March', () => {
  const CLUSTER_ENDS = [
    ...SERVING_ENDS,
    // The certificates of the control plane were renewed on 13 March, but not again on 16 March.
    ...control('2026-03-17T07:58:45Z'),
    ...kubelets('2026-03-17T12:47:00Z'),
  ];

  test('lose their four-day credentials if they are off for 35 days, while the cloud agent keeps working', async () => {
    expect(await expiries(off('2026-03-15T08:00:00Z', '2026-04-19T08:00:00Z'))).toEqual(
      [
        ...CLUSTER_ENDS,
        TOKEN_ENDS,
        ...KUBECONFIG_AND_CA,
        // The date is unchanged, since the certificate renewed on 14 March lasts until 12 June.
        '2026-10-16T08:00:00Z agent certificate csi retail-csi',
        // The certificate of the cloud agent is due on 5 April, so it is renewed at power-on, on 19 April; then on 21
        // June and 23 August. It ends 90 days later.
        '2026-11-21T08:00:00Z agent certificate cloud-agent-server cloud-agent-server',
        // mocctl is used on Thursday, 23 April, then on 25 June and 27 August. Its certificate ends 90 days later.
        '2026-11-25T00:00:00Z agent certificate mocctl mocctl',
      ].sort(),
    );
  });

  test("also lose the cloud agent's clients in 100 days, because their tokens have expired too", async () => {
    expect(await expiries(off('2026-03-15T08:00:00Z', '2026-06-23T08:00:00Z'))).toEqual(
      [
        ...CLUSTER_ENDS,
        TOKEN_ENDS,
        ...KUBECONFIG_AND_CA,
        '2026-05-02T00:00:00Z agent certificate mocctl mocctl',
        '2026-06-12T08:00:00Z agent certificate csi retail-csi',
        // The cloud agent's own certificate expires on 2 May. A new one needs no approval, so the agent issues it on 23
        // June and again on 25 August. The last one expires 90 days later.
        '2026-05-02T00:00:00Z agent certificate cloud-agent-server cloud-agent-server',
        '2026-11-23T08:00:00Z agent certificate cloud-agent-server cloud-agent-server',
      ].sort(),
    );
  });
});

test('an update on 20 March replaces all machines and issues tokens that are valid for 90 days', async () => {
  expect(await expiries({ updateOnMs: Date.parse('2026-03-20T08:00:00Z') })).toEqual(
    [
      ...SERVING_ENDS,
      ...KUBECONFIG_AND_CA,
      // The token ends 90 days after 20 March: 31 to 20 April, 61 to 20 May, 90 to 18 June.
      '2026-06-18T08:00:00Z agent token csi-token retail-csi',
      // These two certificates are renewed on 22 May and 24 July, but not on 25 September. They end 90 days later.
      '2026-10-22T08:00:00Z agent certificate csi retail-csi',
      '2026-10-22T08:00:00Z agent certificate cloud-agent-server cloud-agent-server',
      // The certificate of mocctl is due on Friday, 22 May, at 8:00. mocctl is used on Thursday, 28 May, and on 30
      // July; the certificate ends 90 days later.
      '2026-10-28T00:00:00Z agent certificate mocctl mocctl',
    ].sort(),
  );
});
