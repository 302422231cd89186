import { runCommand } from './command.mjs';
import { HELP } from './help.mjs';
import { runBenches, scriptNames } from './scripts.mjs';

await runCommand(import.meta.url, HELP.bench.replace('{names}', scriptNames('bench').join(', ')), runBenches);
