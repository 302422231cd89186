/**
 * Simulates a year of a deployment with ten to a thousand clusters of forty certificates, as metadata only, and three
 * years of one deployment; measures the time and the cost per event. Exits with 1 if a limit is exceeded.
 */
import { advance } from '../../core/simulation/advance.ts';
import { provisionDeployment } from '../../core/simulation/provision.ts';
import type { CertificateState, DeploymentState } from '../../core/simulation/state.ts';
import { DAY_MS, HOUR_MS, instant, instantFromMs, epochMs, type Instant } from '../../core/shared/instant.ts';
import { recordAtMost, growth, note } from './support/figures.ts';
import { least, median } from './support/measure.ts';

const START = instant('2026-01-01T00:00:00Z');
const YEAR_MS = 365 * DAY_MS;
const YEARS = 3;
const CERTIFICATES = 40;
const LIMIT_SECONDS = 60;
/**
 * The cost per event may grow by this factor if the fleet is ten times as large: the heap is then a third deeper and no
 * longer fits into the nearest cache. Quadratic work would take ten times as long per event.
 */
const LIMIT_LARGER = 2.5;
/** The number of certificates stays the same over three years, so each event should cost the same. */
const LIMIT_LONGER = 1.3;
const ROUNDS = 11;
/** Renewals of four-day certificates fall due over this period instead of all in the same second. */
const SPREAD_MS = 60 * HOUR_MS;

/** Creates clusters with one control-plane machine and nine workers each, forty certificates in all. */
function provisionClusters(clusters: number): DeploymentState {
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

function spread(state: DeploymentState): DeploymentState {
  const earlier = (moment: Instant, byMs: number): Instant => instantFromMs(epochMs(moment) - byMs);
  const ageCertificate = (record: CertificateState): CertificateState => {
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
  return { ...state, certificates: state.certificates.map(ageCertificate) };
}

interface Year {
  ms: number;
  events: number;
}

function measureYears(state: DeploymentState, years = 1): Year {
  const to = instantFromMs(epochMs(START) + years * YEAR_MS);
  let advanced: ReturnType<typeof advance> | undefined;
  const ms = least(1, () => {
    advanced = advance(state, to, { log: false });
  });
  const events = Object.values(advanced?.counts ?? {}).reduce((sum, number) => sum + number, 0);
  return { ms, events };
}

/**
 * Alternates between deployments, so that all run under the same conditions. A year is measured by its best time, an
 * event by its median time, since only some rounds include garbage collection.
 */
function main(): void {
  const clusters = [10, 100, 1_000];
  const states = clusters.map((number) => spread(provisionClusters(number)));
  const [, small, large] = states;
  if (small === undefined || large === undefined) throw new Error('no states');
  const perCluster =
    (large.certificates.length - small.certificates.length) / (large.clusters.length - small.clusters.length);
  if (perCluster !== CERTIFICATES) throw new Error(`${perCluster} certificates in a cluster`);
  const rounds = Array.from({ length: ROUNDS }, () => ({
    years: states.map((state) => measureYears(state)),
    longer: measureYears(small, YEARS),
  }));
  const timePerEvent = (of: (round: (typeof rounds)[number]) => Year | undefined): number =>
    median(rounds.map((round) => ((of(round)?.ms ?? Number.NaN) / (of(round)?.events ?? 0)) * 1_000));
  growth(
    'a year, clusters of 40 certificates',
    clusters.map((size, at) => ({ size, ms: Math.min(...rounds.map(({ years }) => years[at]?.ms ?? Number.NaN)) })),
  );
  const most = Math.min(...rounds.map(({ years }) => years[2]?.ms ?? Number.NaN));
  recordAtMost(LIMIT_SECONDS, 'a year of 1,000 clusters', most / 1_000, 's');
  const ofSmall = timePerEvent(({ years }) => years[1]);
  const ofLarge = timePerEvent(({ years }) => years[2]);
  const ofLong = timePerEvent(({ longer }) => longer);
  note('an event among 100 clusters', ofSmall, 'us');
  recordAtMost(LIMIT_LARGER, 'an event among 1,000 clusters beside one among 100', ofLarge / ofSmall, 'x');
  recordAtMost(LIMIT_LONGER, `an event in ${YEARS} years beside one in a year`, ofLong / ofSmall, 'x');
}

main();
