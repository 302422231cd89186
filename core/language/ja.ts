import { application } from './ja/application.ts';
import { board } from './ja/board.ts';
import { cli } from './ja/cli.ts';
import { credentials } from './ja/credentials.ts';
import { decoding } from './ja/decoding.ts';
import { details } from './ja/details.ts';
import { findings } from './ja/findings.ts';
import { menu } from './ja/menu.ts';
import { problems } from './ja/problems.ts';
import { report } from './ja/report.ts';
import { sources } from './ja/sources.ts';
import { store } from './ja/store.ts';
import type { en } from './en.ts';

/** Japanese. A key that English has and this lacks, or the other way round, does not compile. */
export const ja: Record<keyof typeof en, string> = {
  ...application,
  ...board,
  ...cli,
  ...credentials,
  ...decoding,
  ...details,
  ...findings,
  ...menu,
  ...problems,
  ...report,
  ...sources,
  ...store,
};
