import { runCommand } from './problem.mjs';
import { runScripts } from './scripts.mjs';

await runCommand(() => runScripts('fuzz', process.argv.slice(2)));
