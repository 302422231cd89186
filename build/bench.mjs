import { helpWithNames } from './help.mjs';
import { runCommand } from './problem.mjs';
import { runBenches, scriptNames } from './scripts.mjs';

await runCommand(() => runBenches(process.argv.slice(2)), helpWithNames('bench', scriptNames('bench')));
