/**
 * A year of a deployment with a hundred and with a thousand clusters of forty certificates, metadata only, and three
 * years of the smaller one: seconds, and cost per event. Exits with 1 when a year of the larger one takes longer than
 * allowed, or when an event costs more as their number grows.
 */
import { advance, type Advanced } from '../../core/pki/simulation/advance.ts';
import { provisionDeployment } from '../../core/pki/simulation/provision.ts';
import type { CertificateState, DeploymentState } from '../../core/pki/simulation/state.ts';
import { DAY_MS, HOUR_MS, instant, instantFromMs, toMilliseconds, type Instant } from '../../core/shared/instant.ts';

const START = instant('2026-01-01T00:00:00Z');
const YEAR_MS = 365 * DAY_MS;
const YEARS = 3;
const CERTIFICATES = 40;
const LIMIT_SECONDS = 60;
/**
 * A heap ten times as large is a third deeper and no longer fits into the nearest cache; work that grows with the
 * square would give ten.
 */
const LIMIT_LARGER = 2.5;
/** More events for the same certificates cost the same per event. */
const LIMIT_LONGER = 1.3;
/**
 * Best of several, because the machine has other work. Small and large take turns, so that both run under the same
 * conditions.
 */
const ROUNDS = 5;
/** Renewals of four-day certificates fall due over this span, instead of all in the same second. */
const SPREAD_MS = 60 * HOUR_MS;

/** A cluster with one control-plane machine and nine workers has forty certificates. */
function provisioned(clusters: number): DeploymentState {
  return provisionDeployment({
    seed: 'bench',
    at: START,
    cloudAgentFqdn: 'ca-5b1f0c2e.contoso.example',
    hosts: [{ name: 'host-1', ip: '192.168.0.11' }],
    management: { name: 'management', controlPlane: 1, workers: 0, network: '192.168.1' },
    clusters: Array.from({ length: clusters }, (_, at) => ({
      name: `cluster-${at}`,
      controlPlane: 1,
      workers: 9,
      network: `10.${at >> 8}.${at & 255}`,
    })),
  });
}

/** Makes each certificate of a node appear some hours older than it is. */
function spread(state: DeploymentState): DeploymentState {
  const earlier = (moment: Instant, byMs: number): Instant => instantFromMs(toMilliseconds(moment) - byMs);
  const aged = (record: CertificateState): CertificateState => {
    const byMs = (record.slot * 7_919_000) % SPREAD_MS;
    const { notBefore, notAfter, issuedAt } = record;
    return record.holder.kind !== 'node'
      ? record
      : {
          ...record,
          notBefore: earlier(notBefore, byMs),
          notAfter: earlier(notAfter, byMs),
          issuedAt: earlier(issuedAt, byMs),
        };
  };
  return { ...state, certificates: state.certificates.map(aged) };
}

interface Measured {
  seconds: number;
  /** Processor time, which is less affected by other work on the machine. */
  busy: number;
  events: number;
}

function measured(state: DeploymentState, years = 1): Measured {
  const before = process.cpuUsage();
  const start = performance.now();
  const to = instantFromMs(toMilliseconds(START) + years * YEAR_MS);
  const { counts }: Advanced = advance(state, to, { log: false });
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(before);
  const events = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { seconds, busy: (user + system) / 1e6, events };
}

function best(one: Measured | undefined, other: Measured): Measured {
  return one === undefined || other.busy < one.busy ? other : one;
}

function costOf({ busy, events }: Measured): number {
  return (busy * 1e6) / events;
}

function told(what: string, result: Measured): void {
  console.log(
    `  ${what}: ` +
      `${result.seconds.toFixed(2)} s for ${result.events.toLocaleString('en')} events, ` +
      `${costOf(result).toFixed(2)} us of the processor each`,
  );
}

function limit(text: string, met: boolean): boolean {
  console.log(`limit: ${text}: ${met ? 'pass' : 'FAIL'}`);
  return met;
}

function run(): number {
  const small = spread(provisioned(100));
  const start = performance.now();
  const unspread = provisioned(1_000);
  const provisioning = (performance.now() - start) / 1_000;
  const large = spread(unspread);
  const perCluster =
    (large.certificates.length - small.certificates.length) / (large.clusters.length - small.clusters.length);
  if (perCluster !== CERTIFICATES) throw new Error(`${perCluster} certificates in a cluster`);
  let ofSmall: Measured | undefined;
  let ofLong: Measured | undefined;
  let ofLarge: Measured | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    ofSmall = best(ofSmall, measured(small));
    ofLong = best(ofLong, measured(small, YEARS));
    ofLarge = best(ofLarge, measured(large));
  }
  if (ofSmall === undefined || ofLong === undefined || ofLarge === undefined) throw new Error('nothing was measured');
  console.log(`simulation: metadata only; Node ${process.version}`);
  console.log(`  provisioning 1000 clusters: ${provisioning.toFixed(2)} s`);
  told(`a year, 100 clusters, ${small.certificates.length} certificates`, ofSmall);
  told(`${YEARS} years of the same`, ofLong);
  told(`a year, 1000 clusters, ${large.certificates.length} certificates`, ofLarge);
  const longer = costOf(ofLong) / costOf(ofSmall);
  const larger = costOf(ofLarge) / costOf(ofSmall);
  const held = [
    limit(`a year of 1000 clusters in ${LIMIT_SECONDS} s`, ofLarge.seconds <= LIMIT_SECONDS),
    limit(
      `an event in ${YEARS} years costs ${longer.toFixed(2)} x one in a year, at most ${LIMIT_LONGER} x`,
      longer <= LIMIT_LONGER,
    ),
    limit(
      `an event among 1000 clusters costs ${larger.toFixed(2)} x one among 100, at most ${LIMIT_LARGER} x`,
      larger <= LIMIT_LARGER,
    ),
  ];
  return held.every(Boolean) ? 0 : 1;
}

process.exitCode = run();
