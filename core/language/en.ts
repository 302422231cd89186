import { application } from './en/application.ts';
import { board } from './en/board.ts';
import { cli } from './en/cli.ts';
import { credentials } from './en/credentials.ts';
import { decoding } from './en/decoding.ts';
import { details } from './en/details.ts';
import { findings } from './en/findings.ts';
import { menu } from './en/menu.ts';
import { problems } from './en/problems.ts';
import { report } from './en/report.ts';
import { sources } from './en/sources.ts';
import { store } from './en/store.ts';

/** English, the language that defines which messages there are. */
export const en = {
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
} as const;
