import { runCommand } from './problem.mjs';
import { runScripts } from './scripts.mjs';

await runCommand(() => runScripts('bench', process.argv.slice(2)));
