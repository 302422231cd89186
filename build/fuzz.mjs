import { runCommand } from './command.mjs';
import { HELP } from './help.mjs';
import { chooseScripts, useEnvironment, runScript, scriptNames } from './scripts.mjs';

const NAMES = scriptNames('fuzz');

/**
 * @param {readonly string[]} args names, then arguments for the scripts
 * @returns 0 if all scripts exited with 0
 */
async function runFuzzers(args) {
  const { names, passedOn } = chooseScripts(args, NAMES);
  let worst = 0;
  await useEnvironment(names, async (environment) => {
    for (const name of names) {
      const code = await runScript('fuzz', name, { passedOn, environment });
      if (code !== 0) console.error(`fuzz ${name} ended with exit code ${code}.`);
      worst = Math.max(worst, code);
    }
  });
  return worst;
}

await runCommand(import.meta.url, HELP.fuzz.replace('{names}', NAMES.join(', ')), runFuzzers);
