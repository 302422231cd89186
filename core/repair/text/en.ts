import cli from './en/cli.ts';
import diagnosis from './en/diagnosis.ts';
import facts from './en/facts.ts';
import needs from './en/needs.ts';
import steps from './en/steps.ts';
import triage from './en/triage.ts';
import wizard from './en/wizard.ts';

const english = { ...cli, ...diagnosis, ...facts, ...needs, ...steps, ...triage, ...wizard } as const;
export default english;

type RepairMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends RepairMessages {}
}
