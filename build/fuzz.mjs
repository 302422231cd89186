import { runCommand } from './command.mjs';
import { HELP } from './help.mjs';
import { runScripts, scriptNames } from './scripts.mjs';

await runCommand(import.meta.url, HELP.fuzz.replace('{names}', scriptNames('fuzz').join(', ')), (args) =>
  runScripts('fuzz', args),
);
