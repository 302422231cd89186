import type { Action } from '../simulation/actions/actions.ts';
import type { DeploymentState } from '../simulation/state.ts';
import { TOOLS } from '../simulation/validity.ts';
import type { ClusterId } from '../shared/ids.ts';
import { UPDATE_USUAL_MS, type ForecastScenario } from './model/forecast.ts';

export interface ScenarioAction {
  atMs: number;
  kind: 'update' | 'power-off' | 'power-on' | 'leave' | 'return';
  actions: Action[];
  /** Absent for actions on the hosts. */
  clusterId?: ClusterId;
}

interface ActsRequest {
  scenario: ForecastScenario;
  state: DeploymentState;
  /** The part of this deployment that the scenario switches off. */
  off: 'hosts' | ClusterId | undefined;
  lastUpdateMs: number | undefined;
  nowMs: number;
  untilMs: number;
}

/** Lists what people do until the end of a forecast, by time; simultaneous actions keep their order. */
export function listScenarioActions(request: ActsRequest): ScenarioAction[] {
  const { nowMs, untilMs } = request;
  return [...absence(request), ...power(request), ...updates(request)]
    .map((act) => ({ ...act, atMs: Math.max(act.atMs, nowMs) }))
    .filter(({ atMs }) => atMs <= untilMs)
    .sort((one, other) => one.atMs - other.atMs);
}

function updates({ scenario, state, lastUpdateMs, nowMs, untilMs }: ActsRequest): ScenarioAction[] {
  const { updateOnMs, absent, missesUpdate } = scenario;
  const actions: Action[] = [
    { kind: 'Update-AksHci' },
    ...state.clusters
      .filter(({ kind }) => kind === 'workload')
      .map(({ name }): Action => ({ kind: 'Update-AksHciCluster', name })),
  ];
  const moments = updateOnMs === undefined ? [] : [updateOnMs];
  if (absent !== undefined || missesUpdate) {
    const usual = usualUpdates(moments[0] ?? lastUpdateMs ?? nowMs, nowMs, untilMs);
    moments.push(...(missesUpdate ? usual.slice(1) : usual));
  }
  return moments
    .filter((atMs) => absent === undefined || atMs < absent.fromMs || atMs >= absent.toMs)
    .map((atMs) => ({ atMs, kind: 'update', actions }));
}

/** Lists future updates at intervals of 30 days after the last one. */
function usualUpdates(lastMs: number, nowMs: number, untilMs: number): number[] {
  const moments: number[] = [];
  const missed = Math.max(0, Math.floor((nowMs - lastMs) / UPDATE_USUAL_MS));
  for (let atMs = lastMs + (missed + 1) * UPDATE_USUAL_MS; atMs <= untilMs; atMs += UPDATE_USUAL_MS) moments.push(atMs);
  return moments;
}

function absence({ scenario: { absent }, state }: ActsRequest): ScenarioAction[] {
  if (absent === undefined) return [];
  const tools = state.identities.filter(({ profile, client }) => TOOLS.includes(profile) && client.running);
  const switchTools = (kind: 'stall-client' | 'resume-client'): Action[] =>
    tools.map(({ name }) => ({ kind, identity: name }));
  return [
    { atMs: absent.fromMs, kind: 'leave', actions: switchTools('stall-client') },
    { atMs: absent.toMs, kind: 'return', actions: switchTools('resume-client') },
  ];
}

function power({ scenario, off }: ActsRequest): ScenarioAction[] {
  if (scenario.off === undefined || off === undefined) return [];
  const { fromMs, toMs } = scenario.off;
  const cluster = off === 'hosts' ? undefined : off;
  return [
    { atMs: fromMs, kind: 'power-off', actions: [{ kind: 'power', on: false, cluster }], clusterId: cluster },
    { atMs: toMs, kind: 'power-on', actions: [{ kind: 'power', on: true, cluster }], clusterId: cluster },
  ];
}
