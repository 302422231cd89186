import { describe, expect, test } from 'vitest';
import { changesSince, type ReportedAlarms } from '../../../core/notifications/changes.ts';
import { DAY_MS, HOUR_MS } from '../../../core/shared/instant.ts';
import type { Change } from '../../../core/notifications/model/notice.ts';
import { PROFILE_IDS, type ProfileId } from '../../../core/pki/model/profile.ts';
import { Life } from '../simulation/deployment.ts';
import { SimulatedFleet } from './simulated-fleet.ts';
import { allDifferences } from './whole-fleet.ts';

const CHECK_EVERY_MS = 6 * HOUR_MS;

/**
 * Profiles of certificates that people renew: the article's exceptions, kubeadm's second admin file, and the cloud
 * agent's CA, which is kept beside the next CA until it expires.
 */
const BY_HAND: readonly ProfileId[] = [
  ...(['kubelet-server', 'super-admin', 'admin', 'extra-admin', 'cloud-agent-ca'] as const),
];
const RENEWED = PROFILE_IDS.filter((id) => !BY_HAND.includes(id));

/** A simulated deployment that is checked every six hours, with all reports about it. */
class WatchedLife {
  readonly life = new Life();
  readonly fleet: SimulatedFleet;
  reported: ReportedAlarms = {};
  readonly changes: Change[] = [];

  constructor(profiles: readonly ProfileId[]) {
    this.fleet = new SimulatedFleet(profiles);
  }

  pass(ms: number): this {
    for (let passed = 0; passed < ms; passed += CHECK_EVERY_MS) {
      this.life.pass(CHECK_EVERY_MS);
      const { renewals } = this.fleet;
      const { assessments, nowMs } = this.fleet.look(this.life);
      const differences = allDifferences(this.reported, { assessments, renewals });
      const { changes, reported } = changesSince(this.reported, differences, { nowMs, marks: [], quiet: false });
      this.changes.push(...changes);
      this.reported = reported;
    }
    return this;
  }

  /** Lists the reports about the certificate of a role, in order. */
  listChanges(role: string, cluster = 'retail'): string[] {
    return this.changes.flatMap((change) => {
      if (!('credential' in change) || change.credential.role !== role) return [];
      if (change.credential.cluster !== cluster) return [];
      return [change.kind === 'entered' ? `${change.from ?? 'fine'} → ${change.to}` : change.kind];
    });
  }
}

test('a healthy deployment that renews its four-day certificates causes no message for a year', () => {
  const { changes, life } = new WatchedLife(RENEWED).pass(365 * DAY_MS);
  const renewals = life.events.filter(({ kind }) => kind === 'certificate-renewed');
  expect(renewals.length).toBeGreaterThan(1_000);
  expect(changes).toEqual([]);
});

describe('a stalled renewal', () => {
  const stallRenewal = (): WatchedLife => {
    const watched = new WatchedLife(RENEWED).pass(20 * DAY_MS);
    const renewer = 'renewal-controller';
    watched.life.succeed({ kind: 'stall-renewer', cluster: 'retail', renewer });
    return watched;
  };

  test('is reported once for every change of state, however long it lasts', () => {
    const watched = stallRenewal().pass(40 * DAY_MS);
    for (const role of ['scheduler', 'controller-manager', 'front-proxy-client'])
      expect(watched.listChanges(role)).toEqual(['fine → stalled', 'stalled → urgent', 'urgent → expired']);
    const ids = watched.changes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(watched.listChanges('scheduler', 'management')).toEqual([]);
  });

  test('is reported once as renewed when it is fixed', () => {
    const watched = stallRenewal();
    while (!watched.listChanges('scheduler').includes('stalled → urgent')) watched.pass(6 * HOUR_MS);
    const renewer = 'renewal-controller';
    watched.life.succeed({ kind: 'resume-renewer', cluster: 'retail', renewer });
    watched.pass(10 * DAY_MS);
    expect(watched.listChanges('scheduler')).toEqual(['fine → stalled', 'stalled → urgent', 'renewed']);
    expect(watched.reported).toEqual({});
  });
});
