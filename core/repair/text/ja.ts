import type english from './en.ts';
import cli from './ja/cli.ts';
import diagnosis from './ja/diagnosis.ts';
import facts from './ja/facts.ts';
import needs from './ja/needs.ts';
import steps from './ja/steps.ts';
import triage from './ja/triage.ts';
import wizard from './ja/wizard.ts';

export default { ...cli, ...diagnosis, ...facts, ...needs, ...steps, ...triage, ...wizard } satisfies Record<
  keyof typeof english,
  string
>;
