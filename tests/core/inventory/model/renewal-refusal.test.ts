import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { assess } from '../../../../core/expiry/model/assess.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { DAY_MS, HOUR_MS, instant, instantFromMs, MINUTE_MS, epochMs } from '../../../../core/shared/instant.ts';
import { powerOffClocks, type PowerOffClock } from '../../../../core/availability/model/power-off.ts';
import {
  activeRevocations,
  describeRemoval,
  refusalsAt,
  RenewalRefusals,
  type RenewalRefusal,
} from '../../../../core/inventory/model/renewal-refusal.ts';
import type { KnownRevocation } from '../../../../core/shared/renew-revocation/known.ts';
import { repairOrder } from '../../../../core/availability/model/repair-order.ts';
import { listKnownCertificates } from '../../../../core/revocation/model/inventory-index.ts';
import { listMatchingEntries } from '../../../support/naive-match.ts';
import type { RenewRevocation, RevocableCertificate } from '../../../../core/shared/renew-revocation/entry.ts';
import { boardRow } from '../../../support/board-rows.ts';
import { certificatesFor, randomObject } from '../../../support/random-revocations.ts';
import { revocableCertificate } from '../../../support/impact.ts';

const NOW = instant('2026-11-24T12:00:00Z');
const NOW_MS = epochMs(NOW);
const BACK = 5 * MINUTE_MS;

function makeKnownRevocation(object: RenewRevocation, change: Partial<KnownRevocation> = {}): KnownRevocation {
  const source = { path: `/revocations/${object.name}.yaml`, entry: '', fileModified: NOW, readAt: NOW };
  return { object, source, isAlone: true, ...change };
}

const nodes = (notBefore?: string): RenewRevocation => ({
  name: 'lost-image',
  namespace: 'kube-system',
  entries: [
    { kind: 'Group', value: 'system:nodes', ...(notBefore !== undefined && { notBefore: instant(notBefore) }) },
  ],
});

const KUBELET: RevocableCertificate = {
  serialHex: 'ab',
  groups: ['system:nodes'],
  dns: [],
  ip: [],
  notBefore: instant('2026-11-22T00:00:00Z'),
  exempt: false,
};

describe('the refusal of the next renewal', () => {
  test('is predicted if an object would revoke the next certificate at its issuance, and otherwise not', () => {
    let refused = 0;
    const wrong: string[] = [];
    for (let seed = 0; seed < 120; seed += 1) {
      const { clusters } = certificatesFor(seed % 3);
      const objects = [seed, seed + 1_000, seed + 2_000].map((one) => randomObject(one, clusters));
      const refusals = new RenewalRefusals(objects.map((object) => makeKnownRevocation(object)));
      const certificates = listKnownCertificates(clusters).map(revocableCertificate);
      for (const [at, certificate] of certificates.entries()) {
        // Offsets around the start of the certificate, and around that start plus the backdating.
        const aroundMs = [-MINUTE_MS, 0, MINUTE_MS, BACK - 1_000, BACK, BACK + 1_000, BACK + 2_000];
        const issuedMs = epochMs(certificate.notBefore) + (aroundMs[at % aroundMs.length] ?? 0);
        const next = { ...certificate, serialHex: '', notBefore: instantFromMs(issuedMs - BACK) };
        const wanted = objects
          .filter((object) => listMatchingEntries([object], next).length > 0)
          .map(({ name }) => name);
        const found = refusalsAt(refusals.find(certificate), issuedMs).map(({ name }) => name);
        if (found.sort().join(' ') !== wanted.sort().join(' '))
          wrong.push(`seed ${seed}, certificate ${at}: ${found.join(' ')}`);
        refused += found.length;
      }
    }
    expect(wrong).toEqual([]);
    expect(refused).toBeGreaterThan(300);
  });

  test('is permanent without notBefore, and does not happen if notBefore has passed', () => {
    const countRefusals = (object: RenewRevocation, atMs: number): number =>
      refusalsAt(new RenewalRefusals([makeKnownRevocation(object)]).find(KUBELET), atMs).length;
    expect(countRefusals(nodes(), NOW_MS)).toBe(1);
    expect(countRefusals(nodes(), NOW_MS + 3_650 * DAY_MS)).toBe(1);
    expect(countRefusals(nodes('2026-11-24T10:00:00Z'), NOW_MS)).toBe(0);
  });

  test.each([
    [-1_000, 1],
    [0, 0],
    [1_000, 0],
  ])(
    'ends five minutes (the backdating) after notBefore: %i ms from then, the number of refusals is %i',
    (fromThere, count) => {
      const refusals = new RenewalRefusals([makeKnownRevocation(nodes('2026-11-24T13:00:00Z'))]).find(KUBELET);
      const thereMs = epochMs(instant('2026-11-24T13:05:00Z'));
      expect(refusalsAt(refusals, thereMs + fromThere)).toHaveLength(count);
    },
  );

  test('is not caused by a serial number or a lifted object, and does not affect an exempt certificate', () => {
    const bySerial: RenewRevocation = {
      name: 'x',
      namespace: 'kube-system',
      entries: [{ kind: 'serialnumber', value: 'ab' }],
    };
    expect(new RenewalRefusals([makeKnownRevocation(bySerial)]).find(KUBELET)).toEqual([]);
    const exempt = { ...KUBELET, exempt: true };
    expect(new RenewalRefusals([makeKnownRevocation(nodes())]).find(exempt)).toEqual([]);
    const lifted = makeKnownRevocation(nodes(), { liftedAt: NOW });
    expect(new RenewalRefusals([lifted]).find(KUBELET)).toEqual([]);
  });

  test('cites the entry whose refusal lasts longest if several entries match', () => {
    const object: RenewRevocation = {
      name: 'x',
      namespace: 'kube-system',
      entries: [
        { kind: 'Group', value: 'system:nodes', notBefore: instant('2026-12-01T00:00:00Z') },
        { kind: 'DNS', value: '.example' },
        { kind: 'DNS', value: 'node.example' },
      ],
    };
    const certificate = { ...KUBELET, dns: ['node.example'] };
    expect(new RenewalRefusals([makeKnownRevocation(object)]).find(certificate)).toEqual([
      {
        name: 'x',
        namespace: 'kube-system',
        path: '/revocations/x.yaml',
        isAlone: true,
        kind: 'DNS',
        value: '.example',
      },
    ]);
  });

  test('depends only on the objects in force, which are listed by cluster', () => {
    const id = 'east' as ClusterId;
    const inForce = makeKnownRevocation(nodes());
    const clusters = [
      { id, revocations: [inForce, makeKnownRevocation(nodes(), { liftedAt: NOW })] },
      { id: 'west' as ClusterId },
    ];
    expect(activeRevocations(clusters)).toEqual([{ clusterId: id, revocation: inForce }]);
  });
});

const REFUSAL: RenewalRefusal = {
  name: 'lost-image',
  namespace: 'kube-system',
  path: 'C:\\my files\\lost.yaml',
  isAlone: true,
  kind: 'Group',
  value: 'system:nodes',
};

describe('the remedy for a renewal refusal', () => {
  test('deletes the object through its file if the file contains nothing else, and otherwise by name', () => {
    expect(describeRemoval([REFUSAL]).command).toBe("kubectl delete -f 'C:\\my files\\lost.yaml'");
    expect(describeRemoval([{ ...REFUSAL, isAlone: false }]).command).toBe(
      'kubectl delete renewrevocation.certificates.microsoft.com lost-image -n kube-system',
    );
  });

  test('lists each object and each file once, and states how many more there are', () => {
    const other = { ...REFUSAL, name: 'other', path: '/b.yaml' };
    const apart = { ...REFUSAL, name: 'apart', isAlone: false };
    const { command, statement } = describeRemoval([REFUSAL, REFUSAL, other, apart, other]);
    expect(command).toBe(
      "kubectl delete -f 'C:\\my files\\lost.yaml' -f '/b.yaml'; " +
        'kubectl delete renewrevocation.certificates.microsoft.com apart -n kube-system',
    );
    expect(statement.params).toEqual({
      name: 'lost-image',
      entry: 'Group system:nodes',
      others: 2,
      path: 'C:\\my files\\lost.yaml',
    });
    expect(statement.citations.map(({ certainty, place }) => [certainty, place])).toEqual([
      ['inferred', 'source.revocation.deletion'],
      ['documented', 'Certificate revocation'],
      ['inferred', 'source.inferred.revocation-of-renewed'],
      ['inferred', 'source.revocation.resource'],
    ]);
  });
});

function aRow(role: RoleId, leftMs: number, change: Partial<BoardRow> = {}): BoardRow {
  return boardRow({
    name: role,
    cluster: 'nagoya-lab',
    clusterId: 'nagoya' as ClusterId,
    role,
    layer: ROLES[role].layer ?? 'kubernetes',
    lifetimeClass: ROLES[role].lifetimeClass,
    notBeforeMs: NOW_MS + leftMs - 4 * DAY_MS,
    notAfterMs: NOW_MS + leftMs,
    ...change,
  });
}

function computeClock(rows: BoardRow[], atMs = NOW_MS): PowerOffClock {
  const place = { id: 'nagoya' as ClusterId, name: 'nagoya-lab', kind: 'kubernetes' } as const;
  const options = { nowMs: atMs, classes: LIFETIME_CLASSES, facts: {} };
  const [clock] = powerOffClocks([place], rows, options);
  if (clock === undefined) throw new Error('no clock');
  return clock;
}

describe('the repair of a cluster', () => {
  const refused = { refusals: [REFUSAL] };

  test('begins with the removal of the object that would undo it', () => {
    const { repairOrder: steps } = computeClock([
      aRow('kubelet-client', -HOUR_MS, { ...refused, name: 'a' }),
      aRow('kubelet-client', DAY_MS, { ...refused, name: 'b' }),
      aRow('apiserver', DAY_MS),
    ]);
    expect(steps.map(({ id }) => id)).toEqual(['revocation', 'kubelet', 'credential']);
    expect(steps[0]?.command).toBe("kubectl delete -f 'C:\\my files\\lost.yaml'");
    // The list also contains unexpired credentials, because the repair recreates every credential.
    expect(steps[0]?.because).toHaveLength(2);
  });

  test('does not remove an object if the Kubernetes layer is unaffected', () => {
    const rows = [aRow('kms-plugin-token', -HOUR_MS, { layer: 'moc' }), aRow('kubelet-client', DAY_MS, refused)];
    expect(computeClock(rows).repairOrder.map(({ id }) => id)).not.toContain('revocation');
  });

  test('begins with the removal of the object for a management cluster as well, and continues with the host’s cmdlet', () => {
    const steps = repairOrder([aRow('apiserver', -HOUR_MS)], {
      name: 'mgmt',
      kind: 'host',
      refusals: [{ id: aRow('apiserver', 0).id, refusal: REFUSAL }],
    });
    expect(steps.map(({ id }) => id)).toEqual(['revocation', 'host']);
  });

  test('does not remove an object once notBefore has passed', () => {
    const until = { refusals: [{ ...REFUSAL, untilMs: NOW_MS }] };
    const steps = (atMs: number): string[] =>
      computeClock([aRow('kubelet-client', -HOUR_MS, until)], atMs).repairOrder.map(({ id }) => id);
    expect(steps(NOW_MS - 1_000)).toContain('revocation');
    expect(steps(NOW_MS)).not.toContain('revocation');
  });

  test('is predicted with the affected credentials before anything expires', () => {
    const clock = computeClock([aRow('kubelet-client', DAY_MS, refused), aRow('apiserver', 3 * DAY_MS)]);
    expect(clock.repairOrder).toEqual([]);
    expect(clock.refusals).toEqual([REFUSAL]);
    expect(clock.refused.map(({ role }) => role)).toEqual(['kubelet-client']);
    expect(clock.firstToBreak).not.toHaveProperty('renewsAtMs');
    expect(clock.valid[1]).toHaveProperty('renewsAtMs');
  });
});

test('an overdue credential whose renewal is refused is shown as stalled, with the reason', () => {
  const rows = [
    aRow('kubelet-client', 9 * HOUR_MS, { refusals: [REFUSAL], name: 'a' }),
    aRow('kubelet-client', 9 * HOUR_MS, { name: 'b' }),
    aRow('kubelet-client', 3 * DAY_MS, { refusals: [REFUSAL], name: 'c' }),
  ];
  const assessed = assess(rows, { nowMs: NOW_MS, classes: LIFETIME_CLASSES });
  expect(assessed.map(({ state, obstacle }) => [state, obstacle?.rule])).toEqual([
    ['stalled', 'revoked'],
    ['renewal-overdue', undefined],
    ['fine', undefined],
  ]);
});
