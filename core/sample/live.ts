import { DAY_MS, instantFromMs, epochMs, type Instant } from '../shared/instant.ts';
import { advance } from '../simulation/advance.ts';
import { perform } from '../simulation/actions/perform.ts';
import { provisionDeployment } from '../simulation/provision.ts';
import type { DeploymentState } from '../simulation/state.ts';
import { CLOUD_AGENT_FQDN, HOSTS, MANAGEMENT, type WorkloadCluster } from './fleet.ts';
import { listActions, DEPLOYED_BEFORE_MS } from './history.ts';

/** The simulation of this period takes a few milliseconds. */
const STRETCH_MS = 20 * DAY_MS;

export async function simulateFleet({
  now,
  seed,
  clusters,
  pause,
}: {
  now: Instant;
  seed: string;
  clusters: readonly WorkloadCluster[];
  pause: () => Promise<void>;
}): Promise<DeploymentState> {
  const instantBefore = (beforeMs: number): Instant => instantFromMs(epochMs(now) - beforeMs);
  let state = provisionDeployment({
    seed,
    at: instantBefore(DEPLOYED_BEFORE_MS),
    cloudAgentFqdn: CLOUD_AGENT_FQDN,
    hosts: HOSTS,
    management: MANAGEMENT,
    clusters: [],
    settings: { caRotatesItself: false },
  });
  const liveUntil = async (moment: Instant): Promise<void> => {
    while (state.now < moment) {
      const stretch = instantFromMs(Math.min(epochMs(state.now) + STRETCH_MS, epochMs(moment)));
      state = advance(state, stretch, { log: false }).state;
      await pause();
    }
  };
  for (const { beforeMs, action } of listActions(clusters)) {
    await liveUntil(instantBefore(beforeMs));
    const performed = perform(state, action);
    if (!performed.outcome.ok) throw new Error(`${action.kind} failed in the sample: ${performed.outcome.code}`);
    state = performed.state;
    await pause();
  }
  await liveUntil(now);
  return state;
}
