import { helpWithNames } from './help.mjs';
import { runCommand } from './problem.mjs';
import { runScripts, scriptNames } from './scripts.mjs';

await runCommand(() => runScripts('bench', process.argv.slice(2)), helpWithNames('bench', scriptNames('bench')));
