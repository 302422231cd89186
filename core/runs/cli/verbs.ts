import { ANY, exports, runIn, starts, type Verb } from '../../shared/verb/verb.ts';
import { REPAIR_PLAN_OPTIONS } from '../../repair/cli/verbs.ts';
import { READS } from '../../shared/contract/effect.ts';
import { UPDATE_PLAN_OPTIONS } from '../../update/cli/verbs.ts';

const RUN_OPTION_NAMES = ['target', 'yes', 'accept', 'skip', 'value', 'from', 'resume'] as const;

const HISTORY = () => import('./history.ts');
const RUN = () => import('./run.ts');

export const RUN_VERBS: readonly Verb[] = [
  {
    name: ['repair', 'run'],
    usage: '[FILE...|-] --target TARGET',
    help: 'plan-run',
    effect: starts('run.requested'),
    words: ANY,
    options: [...REPAIR_PLAN_OPTIONS, ...RUN_OPTION_NAMES],
    run: runIn(RUN, 'repairRunVerb'),
  },
  {
    name: ['update', 'run'],
    usage: '[FILE...|-] --target TARGET',
    help: 'plan-run',
    effect: starts('run.requested'),
    words: ANY,
    options: [...UPDATE_PLAN_OPTIONS, ...RUN_OPTION_NAMES],
    run: runIn(RUN, 'updateRunVerb'),
  },
  { name: ['runs', 'list'], effect: READS, run: runIn(HISTORY, 'runsList') },
  { name: ['runs', 'show'], usage: 'RUN', effect: READS, words: 1, run: runIn(HISTORY, 'runsShow') },
  {
    name: ['runs', 'export'],
    usage: 'RUN --out FILE',
    effect: exports('run.exported'),
    words: 1,
    options: ['out'],
    run: runIn(HISTORY, 'runsExport'),
  },
];
