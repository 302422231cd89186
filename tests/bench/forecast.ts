/**
 * Measures a one-year forecast for 1,000 clusters with forty credentials each: with no action, with one update, and
 * with everything switched off for 35 days. Also measures the first case for a tenth and a hundredth of these clusters.
 * Exits with 1 if a limit is exceeded.
 */
import type { ForecastScenario } from '../../core/forecast/model/forecast.ts';
import { LIFETIME_CLASSES } from '../../core/knowledge/model/credentials/lifetimes.ts';
import type { Cluster, Credential } from '../../core/inventory/model/credential.ts';
import { DAY_MS, HOUR_MS, instant, instantFromMs, epochMs, type Instant } from '../../core/shared/instant.ts';
import { computeForecast } from '../../core/forecast/forecast.ts';
import { listRows } from '../../core/inventory/store/rows.ts';
import { provisionDeployment } from '../../core/simulation/provision.ts';
import { buildInventory } from '../support/inventory-of-deployment.ts';
import { growth, limitWork, note, type Sized } from './support/figures.ts';
import { measureTime, type Measured } from './support/measure.ts';

const START = instant('2026-01-01T00:00:00Z');
const CLUSTERS = 1_000;
const CREDENTIALS = 40;
const LIMIT_MS = 5_000;
const ROUNDS = 2;
/**
 * The issue times of four-day certificates are spread over this period, so that they do not all expire in the same
 * second.
 */
const SPREAD_MS = 60 * HOUR_MS;

/**
 * Creates clusters with three control-plane machines, two workers and forty credentials each; omits credentials that
 * only an update renews.
 */
function inventory(): Cluster[] {
  const state = provisionDeployment({
    seed: 'bench',
    at: START,
    cloudAgentFqdn: 'ca-5b1f0c2e.contoso.example',
    hosts: [{ name: 'host-1', ip: '192.168.0.11' }],
    management: { name: 'management', controlPlane: 1, workers: 0, network: '192.168.1' },
    clusters: Array.from({ length: CLUSTERS }, (_, at) => ({
      name: `cluster-${at}`,
      controlPlane: 3,
      workers: 2,
      network: `10.${at >> 8}.${at & 255}`,
    })),
  });
  let number = 0;
  return buildInventory(state).map((cluster) => {
    if (!cluster.name.startsWith('cluster-')) return cluster;
    const credentials = cluster.credentials.slice(0, CREDENTIALS).map((credential) => {
      number += 1;
      return earlier(credential, (number * 7_919_000) % SPREAD_MS);
    });
    return { ...cluster, credentials };
  });
}

function earlier(credential: Credential, byMs: number): Credential {
  if (credential.kind !== 'certificate' || credential.layer !== 'kubernetes') return credential;
  const shiftBack = (moment: Instant): Instant => instantFromMs(epochMs(moment) - byMs);
  const { facts } = credential;
  const dates = { notBefore: shiftBack(facts.notBefore), notAfter: shiftBack(facts.notAfter) };
  return { ...credential, facts: { ...facts, ...dates } };
}

interface Told {
  events: number;
  /** The longest time for which the forecast ran without a pause. */
  stretchMs: number;
}

async function forecast(clusters: Cluster[], scenario: ForecastScenario): Promise<Told> {
  let last = performance.now();
  let stretchMs = 0;
  const pause = (): Promise<void> => {
    stretchMs = Math.max(stretchMs, performance.now() - last);
    return new Promise((resolve) => {
      setImmediate(() => {
        last = performance.now();
        resolve();
      });
    });
  };
  const { clusters: told } = await computeForecast({
    clusters,
    listRows,
    facts: {},
    classes: LIFETIME_CLASSES,
    nowMs: epochMs(START) + DAY_MS,
    horizonMs: 365 * DAY_MS,
    scenario,
    pause,
  });
  return { events: told.reduce((sum, { events }) => sum + events.length, 0), stretchMs };
}

/** Returns the fastest of several rounds, by processor time. */
async function measureFastest(clusters: Cluster[], scenario: ForecastScenario): Promise<Measured<Told>> {
  const rounds: Measured<Told>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measureTime(() => forecast(clusters, scenario)));
  const [best] = rounds.sort((one, other) => one.processor - other.processor);
  if (best === undefined) throw new Error('nothing was measured');
  return best;
}

async function main(): Promise<void> {
  const clusters = inventory();
  const counts = clusters.filter(({ name }) => name.startsWith('cluster-'));
  if (!counts.every(({ credentials }) => credentials.length === CREDENTIALS))
    throw new Error('not forty credentials in every cluster');
  const nowMs = epochMs(START);
  const scenarios: [string, ForecastScenario][] = [
    ['nothing is done', {}],
    ['updated on day 30', { updateOnMs: nowMs + 30 * DAY_MS }],
    ['off from day 10 to 45', { off: { fromMs: nowMs + 10 * DAY_MS, toMs: nowMs + 45 * DAY_MS } }],
  ];
  for (const [name, scenario] of scenarios) {
    const { processor, value } = await measureFastest(clusters, scenario);
    limitWork(LIMIT_MS, `1,000 clusters, ${name}`, processor);
    note('  longest stretch without a pause', value.stretchMs, 'ms');
    note('  events told', value.events, '');
  }
  const series: Sized[] = [];
  for (const size of [CLUSTERS / 100, CLUSTERS / 10, CLUSTERS]) {
    const { processor: ms } = await measureFastest(clusters.slice(0, size), {});
    series.push({ size, ms });
  }
  growth('nothing is done, clusters', series);
}

void main();
