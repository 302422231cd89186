import type { Service } from '../shared/problem.ts';
import type { RunsApi } from './contract.ts';
import { runHistory, type RunHistoryContext } from './history.ts';
import type { Runs } from './runs.ts';

export function runsService({
  runs,
  ...context
}: Omit<RunHistoryContext, 'liveView'> & { runs: Runs }): Service<RunsApi> {
  return {
    ...runHistory({ ...context, liveView: (id) => runs.liveView(id) }),
    findLab: async ({ clusterIds }) => {
      const folder = await runs.findLab(clusterIds);
      return folder === undefined ? null : { folder };
    },
    start: (request) => runs.start(request),
    resume: ({ id }) => runs.resume(id),
    answer: ({ id, stepId, answer }) => runs.answer(id, stepId, answer),
    cancel: ({ id }) => runs.cancel(id),
  };
}
