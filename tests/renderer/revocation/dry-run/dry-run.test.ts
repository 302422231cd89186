import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import { HOUR_MS, instantFromMs, epochMs } from '../../../../core/shared/instant.ts';
import type { DryRun, DryRunEvent, DryRunHour } from '../../../../core/revocation/model/view.ts';
import { translator, type Language } from '../../../../core/shared/text/text.ts';
import { Formatter } from '../../../../renderer/i18n/format.ts';
import {
  LANES,
  markGroups,
  dryRunStrip,
  describeDryRun,
  stripTicks,
} from '../../../../renderer/revocation/dry-run/dry-run.ts';
import { NOW } from '../../../support/known-certificates.ts';
import { numberBetween } from '../../../support/number-between.ts';

const hoursLater = (hours: number) => instantFromMs(epochMs(NOW) + hours * HOUR_MS);

function one(name: string, changes: Partial<DryRunEvent> = {}): DryRunEvent {
  return { id: name as CredentialId, profile: 'apiserver', name, ...changes };
}
const makeRefusal = (name: string): DryRunEvent => one(name, { reason: 'revoked', object: 'lost', entry: 1 });

function hour(hours: number, changes: Partial<DryRunHour> = {}): DryRunHour {
  return { at: hoursLater(hours), step: 'hour', renewed: [], refused: [], expired: [], apiServer: true, ...changes };
}

function aDryRun(changes: Partial<DryRun> = {}): DryRun {
  return {
    clusterId: 'retail' as ClusterId,
    from: NOW,
    until: hoursLater(100),
    revoked: [],
    hours: [],
    apiServer: true,
    assumed: [],
    ...changes,
  };
}

const REPAIR = {
  at: hoursLater(0.1),
  command: 'Update-AksHciClusterCertificates' as const,
  issued: 3,
  stillRevoked: [],
  holds: true,
};

function describeRun(dryRun: DryRun, language: Language = 'en') {
  const moment = (ms: number): string => `+${(ms - epochMs(NOW)) / HOUR_MS} h`;
  return describeDryRun(dryRun, { translate: translator(language), moment });
}

describe('the verdict', () => {
  const down = [
    hour(0, { step: 'apply' }),
    hour(30, { refused: [makeRefusal('a'), makeRefusal('b')] }),
    hour(31, { refused: [makeRefusal('a')] }),
    hour(40, { expired: [one('a')], apiServer: false }),
  ];
  test.each<[string, Partial<DryRun>, boolean, string]>([
    [
      'holds',
      { repair: REPAIR },
      true,
      'The repair lasts: Update-AksHciClusterCertificates brings the cluster back, and no renewal is refused as revoked until +100 h.',
    ],
    [
      'made certificates that are revoked at once',
      { repair: { ...REPAIR, holds: false, stillRevoked: [one('a'), one('b'), one('c')] } },
      false,
      'The repair does not last: 3 certificates that Update-AksHciClusterCertificates creates are revoked from the first second. Set notBefore, or delete the entry.',
    ],
    [
      'is followed by refusals, each certificate counted once',
      { repair: { ...REPAIR, holds: false }, hours: down },
      false,
      'The repair does not last: 2 certificates are refused again, the first by +30 h. Set notBefore, or delete the entry.',
    ],
    [
      'leaves no API server',
      { repair: { ...REPAIR, holds: false }, apiServer: false },
      false,
      'The repair does not last: no API server answers at the end.',
    ],
    [
      'did nothing',
      { repair: { ...REPAIR, holds: false, failure: 'unauthorized' } },
      false,
      'The repair does not work: Update-AksHciClusterCertificates does nothing (the kubeconfig is no longer accepted).',
    ],
    [
      'was not requested, and nothing breaks',
      { hours: down.slice(0, 3) },
      true,
      'Without a repair, the API server answers to the end; the renewals of 2 certificates are refused.',
    ],
    [
      'was not requested, and the cluster goes down',
      { hours: down, apiServer: false },
      false,
      'Without a repair, no API server answers from +40 h on.',
    ],
    [
      'was not reached',
      { applyFailure: 'api-server-down', apiServer: false },
      false,
      'The object cannot be applied: no API server answers.',
    ],
  ])('when the repair %s', (_what, changes, isWell, verdict) => {
    expect(describeRun(aDryRun(changes))).toMatchObject({ isWell, verdict });
    expect(describeRun(aDryRun(changes), 'ja').verdict).toMatch(/。$/u);
  });

  test('counts only the rejections that the revocation causes after the repair', () => {
    const hours = [
      hour(0.05, { refused: [makeRefusal('before')] }),
      hour(5, { refused: [one('b', { reason: 'api-server-down' })] }),
      hour(9, { refused: [makeRefusal('c')] }),
    ];
    const repair = { ...REPAIR, holds: false };
    expect(describeRun(aDryRun({ repair, hours })).verdict).toMatch(
      /: 1 certificate is refused again, the first by \+9 h\./u,
    );
  });
});

describe('the table', () => {
  test('merges hours with the same outcome, whatever the number of attempts, and counts certificates of one kind together', () => {
    const { lines } = describeRun(
      aDryRun({
        hours: [
          hour(0, { step: 'apply' }),
          hour(1, { refused: [makeRefusal('a'), makeRefusal('b')] }),
          hour(2, { refused: [makeRefusal('b'), makeRefusal('a'), makeRefusal('a')] }),
          hour(3, { refused: [makeRefusal('a')], renewed: [one('k', { profile: 'kubelet-client' })] }),
        ],
      }),
    );
    expect(lines.map(({ step, hours }) => [step, hours])).toEqual([
      ['apply', 1],
      ['hour', 2],
      ['hour', 1],
    ]);
    expect(lines[1]?.happened.refused).toEqual([
      {
        kind: 'API server',
        count: 2,
        times: 5,
        names: ['a', 'b'],
        reason: 'it has been revoked',
        by: { object: 'lost', entry: 2 },
      },
    ]);
    expect(lines[2]?.happened.renewed[0]?.kind).toBe('kubelet client');
  });
});

describe('the strip', () => {
  test('shows every hour at its position and merges adjacent hours into one bar', () => {
    const { lanes, counts, marks } = dryRunStrip(
      aDryRun({
        hours: [
          hour(0, { step: 'apply' }),
          hour(0.5, { step: 'repair', renewed: [one('a'), one('b')] }),
          hour(10, { refused: [makeRefusal('a')] }),
          hour(11, { refused: [makeRefusal('a')] }),
          hour(13, { refused: [makeRefusal('a')] }),
        ],
      }),
    );
    expect(marks).toEqual([
      { step: 'apply', at: 0 },
      { step: 'repair', at: 0.005 },
    ]);
    expect(counts).toEqual({ renewed: 2, refused: 3, expired: 0 });
    expect(lanes.renewed).toEqual([{ from: 0.005, length: expect.closeTo(0.01) as number, height: 1 }]);
    expect(lanes.refused.map(({ from, length }) => [from, length])).toEqual([
      [expect.closeTo(0.09), expect.closeTo(0.02)],
      [expect.closeTo(0.12), expect.closeTo(0.01)],
    ]);
  });

  test('shows when no API server responds, up to the end if none recovers', () => {
    const hours = [
      hour(0, { step: 'apply' }),
      hour(20, { apiServer: false }),
      hour(30),
      hour(90, { apiServer: false }),
    ];
    const { down, downHours } = dryRunStrip(aDryRun({ hours, apiServer: false }));
    expect(down).toEqual([
      { from: 0.2, length: expect.closeTo(0.1) as number },
      { from: 0.9, length: expect.closeTo(0.1) as number },
    ]);
    expect(downHours).toBe(20);
    expect(dryRunStrip(aDryRun({ apiServer: false })).down).toEqual([{ from: 0, length: 1 }]);
  });

  test('draws nothing beyond the width of the strip', () => {
    const happening = fc.record({
      hours: numberBetween(0, 100),
      counts: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)),
      apiServer: fc.boolean(),
      step: fc.constantFrom('apply' as const, 'repair' as const, 'hour' as const),
    });
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30 }), (all) => {
        const hours = all
          .sort((first, second) => first.hours - second.hours)
          .map(({ hours: when, counts: [renewed, refusals, expired], ...rest }) =>
            hour(when, {
              ...rest,
              renewed: Array.from({ length: renewed }, () => one('a')),
              refused: Array.from({ length: refusals }, () => makeRefusal('a')),
              expired: Array.from({ length: expired }, () => one('a')),
            }),
          );
        const { lanes, down, counts } = dryRunStrip(aDryRun({ hours }));
        const drawn = [...LANES.flatMap((lane) => lanes[lane]), ...down];
        const isInside = ({ from, length }: (typeof drawn)[number]): boolean =>
          from >= 0 && length >= 0 && from + length <= 1 + 1e-9;
        expect(drawn.filter((each) => !isInside(each))).toEqual([]);
        for (const lane of LANES) expect(counts[lane]).toBe(hours.reduce((sum, each) => sum + each[lane].length, 0));
      }),
    );
  });

  test('has a single label for steps in quick succession', () => {
    const apply = { step: 'apply' as const, at: 0 };
    expect(markGroups([apply, { step: 'repair', at: 0.19 }])).toEqual([{ at: 0, steps: ['apply', 'repair'] }]);
    expect(markGroups([apply, { step: 'repair', at: 0.2 }])).toHaveLength(2);
    expect(markGroups([apply, apply])).toEqual([{ at: 0, steps: ['apply'] }]);
  });

  test('has a scale of days', () => {
    const ticks = stripTicks(aDryRun(), {
      widthPx: 800,
      format: new Formatter(
        () => 'en',
        () => 'utc',
      ),
    });
    expect(ticks.map(({ label }) => label)).toEqual(['26 Nov', '27 Nov', '28 Nov', '29 Nov']);
    // The scale starts at noon, and a hundred hours are 800 pixels wide.
    expect(ticks[0]?.x).toBeCloseTo(96);
  });
});
