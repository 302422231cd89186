import { DAY_MS, epochMs, instantFromMs, type Instant } from '../../shared/instant.ts';
import type { Action } from '../actions/actions.ts';
import { perform } from '../actions/perform.ts';
import { advance } from '../advance.ts';
import { provisionDeployment, type DeploymentPlan } from '../provision.ts';
import type { DeploymentState } from '../state.ts';

/** The simulation of this period takes a few milliseconds. */
const STRETCH_MS = 20 * DAY_MS;

export interface PastAction {
  beforeMs: number;
  action: Action;
}

export interface History extends Omit<DeploymentPlan, 'at'> {
  /** Age of the deployment. */
  ageMs: number;
  /** Oldest first. */
  actions: readonly PastAction[];
}

/** Simulates the past of a deployment until now. `pause` lets other work run. Throws for an action that fails. */
export async function simulateHistory(
  { ageMs, actions, ...plan }: History,
  { now, pause }: { now: Instant; pause: () => Promise<void> },
): Promise<DeploymentState> {
  const instantBefore = (beforeMs: number): Instant => instantFromMs(epochMs(now) - beforeMs);
  let state = provisionDeployment({ ...plan, at: instantBefore(ageMs) });
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
    if (!performed.outcome.ok) throw new Error(`${action.kind} failed in the past: ${performed.outcome.code}`);
    state = performed.state;
    await pause();
  }
  await liveUntil(now);
  return state;
}
