import { DAY_MS, epochMs, instantFromMs, type Instant } from '../../shared/instant.ts';
import { perform } from '../../simulation/actions/perform.ts';
import { advance } from '../../simulation/advance.ts';
import { provisionDeployment } from '../../simulation/provision.ts';
import type { DeploymentState } from '../../simulation/state.ts';
import { LAB_FQDN, LAB_HOSTS, LAB_MANAGEMENT, LAB_WORKLOADS, type LabHistory } from './topology.ts';

/** The simulation of this period takes a few milliseconds. */
const STRETCH_MS = 20 * DAY_MS;

/** Simulates the history of the lab until now. `pause` lets other work run. */
export async function simulateLab(
  { ageMs, settings, actions }: LabHistory,
  { now, seed, pause }: { now: Instant; seed: string; pause: () => Promise<void> },
): Promise<DeploymentState> {
  const instantBefore = (beforeMs: number): Instant => instantFromMs(epochMs(now) - beforeMs);
  let state = provisionDeployment({
    seed,
    at: instantBefore(ageMs),
    cloudAgentFqdn: LAB_FQDN,
    hosts: LAB_HOSTS,
    management: LAB_MANAGEMENT,
    clusters: LAB_WORKLOADS,
    settings,
  });
  const liveUntil = async (moment: Instant): Promise<void> => {
    while (state.now < moment) {
      const stretch = instantFromMs(Math.min(epochMs(state.now) + STRETCH_MS, epochMs(moment)));
      state = advance(state, stretch, { log: false }).state;
      await pause();
    }
  };
  for (const { beforeMs, action } of actions) {
    await liveUntil(instantBefore(beforeMs));
    const performed = perform(state, action);
    if (!performed.outcome.ok) throw new Error(`${action.kind} failed in the lab: ${performed.outcome.code}`);
    state = performed.state;
  }
  await liveUntil(now);
  return state;
}
