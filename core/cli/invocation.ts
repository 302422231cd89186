import type { Language, Translate } from '../text/text.ts';
import type { Ports } from '../shared/ports.ts';
import type { CommandLine } from './options.ts';
import type { World } from './world.ts';

/** One call of one verb, everything resolved. */
export interface Invocation {
  line: CommandLine;
  /** Words behind the verb, as typed. */
  words: string[];
  /** The same as absolute paths. */
  paths: string[];
  ports: Ports;
  translate: Translate;
  language: Language;
  world: World;
  dataFolder: string;
}
