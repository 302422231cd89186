import { isOpenEnded, isOver, type RunRecord } from '../../core/runs/model/run.ts';
import { getRunState, type RunView } from '../../core/runs/model/view.ts';

/**
 * `confirm`: the run asks before the next step. `by-hand`: a person does the step. `failed`: the run asks after a
 * failure or errors. `running`: a command runs. `checking`: a read-only command runs. `working`: the short time between
 * these phases. `ending`: no step is left, and the inventory is being read again. `paused`: nothing runs, and the run
 * can be resumed. `done`: nothing is left.
 */
type RunPhase =
  ('confirm' | 'by-hand' | 'failed') | ('running' | 'checking' | 'working' | 'ending') | ('paused' | 'done');

export interface RunTurn {
  phase: RunPhase;
  at: number;
}

export function chooseTurn({ run, isLive, question }: RunView): RunTurn {
  const next = run.steps.findIndex((step) => !isOver(step));
  const turn = next < 0 ? run.steps.length - 1 : next;
  if (!isLive) return { phase: run.state === 'done' ? 'done' : 'paused', at: turn };
  if (question !== undefined) {
    const asked = question.byHand ? 'by-hand' : 'confirm';
    const at = run.steps.findIndex(({ id }) => id === question.stepId);
    return { phase: question.kind === 'confirm' ? asked : 'failed', at };
  }
  const running = run.steps.findIndex(({ state }) => state === 'running');
  if (running >= 0) return { phase: 'running', at: running };
  const last = next < 0 ? turn : turn - 1;
  if (isBeingChecked(run, last)) return { phase: 'checking', at: last };
  if (next < 0 || run.state !== 'running') return { phase: 'ending', at: turn };
  const step = run.steps[turn];
  const isLookedAt = step !== undefined && isOpenEnded(step);
  return { phase: isLookedAt ? 'checking' : 'working', at: turn };
}

function isBeingChecked({ plan, steps }: RunRecord, at: number): boolean {
  const record = steps[at];
  return (
    (record?.state === 'done' || record?.state === 'wrote-errors') &&
    record.result !== undefined &&
    record.check === undefined &&
    plan.steps[at]?.check !== undefined
  );
}

/** The step numbers of a run that nobody is running, by what is known about the steps; 1-based. */
export interface KnownSteps {
  done: number[];
  unknown: number[];
  notDone: number[];
}

export function groupSteps({ steps }: Pick<RunRecord, 'steps'>): KnownSteps {
  const known: KnownSteps = { done: [], unknown: [], notDone: [] };
  steps.forEach((step, at) => {
    const list = isOver(step) ? known.done : isOpenEnded(step) ? known.unknown : known.notDone;
    list.push(at + 1);
  });
  return known;
}

/** Returns text such as `1–3, 5`, which stays short for many steps. */
export function ranges(numbers: readonly number[]): string {
  const parts: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last !== undefined && last.to === number - 1) last.to = number;
    else parts.push({ from: number, to: number });
  }
  return parts.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

/** `waiting`: the run needs an answer. `interrupted`: the run is recorded as running, but nobody runs it. */
export type RunStanding = 'waiting' | ReturnType<typeof getRunState>;

export function getStanding(run: Parameters<typeof getRunState>[0], isAsking: boolean): RunStanding {
  if (run.isLive) return isAsking ? 'waiting' : 'running';
  return getRunState(run);
}
