import type { Language, Translate } from '../text/text.ts';
import type { Ports } from '../shared/ports.ts';
import type { CommandLine } from './options.ts';
import type { World } from './world.ts';

/** One call of one verb, with everything resolved. */
export interface Invocation {
  line: CommandLine;
  /** Words after the verb, as typed. */
  words: string[];
  /** Same, as absolute paths. */
  paths: string[];
  ports: Ports;
  translate: Translate;
  language: Language;
  world: World;
  dataFolder: string;
}
