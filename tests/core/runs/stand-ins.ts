import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { PRINTS_END } from '../../support/script-end.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Programs that replace those of a host. Each is a small Node script; `HERE` is its folder. */
export interface StandIns {
  folder: string;
  put(program: string, script: string): void;
  /** Returns the calls of a program in order, with arguments and standard input. */
  calls(program: string): { args: string[]; input: string }[];
}

const RECORD = String.raw`
const fs = require('node:fs');
const HERE = __dirname;
const NAME = require('node:path').basename(__filename);
const input = fs.readFileSync(0, 'utf8');
fs.appendFileSync(HERE + '/' + NAME + '.calls', JSON.stringify({ args: process.argv.slice(2), input }) + '\n');
const document = () => JSON.parse(input.slice(input.indexOf("@'\n") + 3, input.indexOf("\n'@\n")));
${PRINTS_END}`;

/** Creates a folder for stand-ins. The folder comes first in the path until the test ends. */
export function standIns(): StandIns {
  const programs = makeStandIns(temporaryFolder());
  const { PATH } = process.env;
  process.env['PATH'] = pathWith(programs);
  onTestFinished(() => {
    process.env['PATH'] = PATH;
  });
  return programs;
}

export function pathWith({ folder }: StandIns): string {
  return `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
}

export function makeStandIns(folder: string): StandIns {
  return {
    folder,
    put: (program, script) => {
      const path = join(folder, program);
      writeFileSync(path, `#!${process.execPath}\n${RECORD}${script}\n`);
      chmodSync(path, 0o755);
    },
    calls: (program) => {
      const lines = readFileSync(join(folder, `${program}.calls`), 'utf8')
        .trim()
        .split('\n');
      return lines.map((line) => JSON.parse(line) as { args: string[]; input: string });
    },
  };
}
