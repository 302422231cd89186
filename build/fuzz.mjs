import { helpWithNames } from './help.mjs';
import { runCommand } from './problem.mjs';
import { runScripts, scriptNames } from './scripts.mjs';

await runCommand(() => runScripts('fuzz', process.argv.slice(2)), helpWithNames('fuzz', scriptNames('fuzz')));
