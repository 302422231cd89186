import { READS } from '../../shared/contract/effect.ts';
import { runIn, starts, type Verb } from '../../shared/verb/verb.ts';

const LAB = () => import('./lab.ts');

export const LAB_VERBS: readonly Verb[] = [
  {
    name: ['lab', 'create'],
    usage: 'FOLDER',
    words: 1,
    effect: starts('lab.created'),
    options: ['outage', 'pace', 'etcd-client-issuer'],
    run: runIn(LAB, 'labCreate'),
  },
  { name: ['lab', 'start'], usage: 'FOLDER', words: 1, effect: starts('lab.started'), run: runIn(LAB, 'labStart') },
  { name: ['lab', 'stop'], usage: 'FOLDER', words: 1, effect: starts('lab.stopped'), run: runIn(LAB, 'labStop') },
  { name: ['lab', 'status'], usage: 'FOLDER', words: 1, effect: READS, run: runIn(LAB, 'labStatus') },
  {
    name: ['lab', 'off'],
    usage: 'FOLDER [MACHINE]',
    words: [1, 2],
    effect: starts('lab.switched-off'),
    run: runIn(LAB, 'labOff'),
  },
  {
    name: ['lab', 'on'],
    usage: 'FOLDER [MACHINE]',
    words: [1, 2],
    effect: starts('lab.switched-on'),
    run: runIn(LAB, 'labOn'),
  },
  {
    name: ['lab', 'remove'],
    usage: 'FOLDER --yes',
    words: 1,
    effect: starts('lab.removed'),
    options: ['yes'],
    run: runIn(LAB, 'labRemove'),
  },
  { name: ['lab', 'run'], usage: 'FOLDER MACHINE', words: 2, effect: READS, run: runIn(LAB, 'labRun') },
];
