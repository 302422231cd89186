import { commandScript, WindowsHost } from '../../core/runs/targets/windows-host.ts';
import * as remedies from '../../core/knowledge/model/credentials/roles-remedies.ts';
import { OWN_CREDENTIAL } from '../../core/knowledge/model/failures/steps.ts';
import { registerScript } from '../../core/maintenance/export/register.ts';
import { runScript } from '../../core/maintenance/export/script.ts';
import { TASK_COMMAND } from '../../core/maintenance/export/task-command.ts';
import { nodeIds } from '../../core/node/ids.ts';
import type { ChannelMessage } from '../../core/notifications/model/channel-type.ts';
import { EVENT_LOG } from '../../core/notifications/model/channels/event-log.ts';
import { commandText } from '../../core/plan/model/plan.ts';
import { planScript } from '../../core/plan/export/script.ts';
import { buildCommand } from '../../core/plan/model/command.ts';
import { recoveryScript, verifierScript } from '../../core/revocation/export/script.ts';
import { SUMMED_FILES } from '../../core/revocation/model/bundle.ts';
import { translator } from '../../core/shared/text/text.ts';
import * as maintenance from '../core/maintenance/export/plans.ts';
import * as plans from '../core/plan/export/samples.ts';
import { fillCommand, listCommands } from '../support/commands.ts';
import { MemoryFiles, RecordingOutside } from '../support/ports.ts';
import { makeBundleContent } from '../support/revocation-bundles.ts';

/* All PowerShell code that the product writes, with all commands of its catalogue. */

export interface ProductScript {
  name: string;
  text: string;
  /**
   * How the code reaches Windows PowerShell: as a file, on standard input, on the command line, or as data from which a
   * script creates a command.
   */
  way: 'file' | 'input' | 'command-line' | 'data';
}

const TRANSLATORS = { en: translator('en'), ja: translator('ja') };
const FOLDER = '0123456789abcdef';
const HASHES = { manifest: '0'.repeat(64), undo: '1'.repeat(64) };

export async function productScripts(): Promise<ProductScript[]> {
  const content = await makeBundleContent();
  const file = (name: string, text: string): ProductScript => ({ name, text, way: 'file' });
  return [
    file('plan', planScript(plans.samplePlan('retail-east'), plans.ENGLISH, { others: [plans.JAPANESE] })),
    file('plan in Japanese', planScript(plans.samplePlan('retail-east'), plans.JAPANESE)),
    file('plan with every command', planScript(planOfEverything(), plans.ENGLISH)),
    file('recovery', recoveryScript(content, HASHES, TRANSLATORS)),
    file('verification', verifierScript(SUMMED_FILES, TRANSLATORS)),
    ...[maintenance.ENGLISH, maintenance.JAPANESE].flatMap((wording) => [
      file(`maintenance (${wording.language})`, runScript(maintenance.samplePlan('retail-east'), wording)),
      file(`registration (${wording.language})`, registerScript(maintenance.samplePlan('retail-east'), wording)),
    ]),
    { name: 'command of the task', text: fillTaskCommand(), way: 'command-line' },
    // One command is enough, since the code is the same for all; the plan with every command contains all blocks.
    ...[undefined, 'host02'].map((computer): ProductScript => {
      const text = commandScript(buildCommand('Get-AksHciVersion'), { computer, folder: FOLDER, end: ['a.', 'b'] });
      return { name: `command on ${computer ?? 'this computer'}`, text, way: 'input' };
    }),
    ...commands().map((command): ProductScript => {
      const text = commandText(buildCommand(fillCommand(command)));
      return { name: `${command} as data`, text, way: 'data' };
    }),
    ...(await calls()),
  ];
}

/** Lists the commands of all remedies and checks, and those that other parts of the product use. */
function commands(): string[] {
  const others = Object.values(remedies).flatMap((remedy) => ('command' in remedy ? [remedy.command] : []));
  const own = [OWN_CREDENTIAL.command, OWN_CREDENTIAL.backup.command, OWN_CREDENTIAL.nodes];
  return [...new Set([...listCommands(), ...others, ...own])];
}

function fillTaskCommand(): string {
  return TASK_COMMAND.replace('#SCRIPT#', "'x.ps1'")
    .replace('#CONSTRAINED#', "'text'")
    .replace('#MESSAGE#', "'text'")
    .replace('#ARGUMENTS#', '-Check');
}

function planOfEverything(): ReturnType<typeof plans.samplePlan> {
  const plan = plans.samplePlan('retail-east');
  const [first] = plan.steps;
  if (first === undefined) throw new Error('no step');
  return {
    ...plan,
    steps: commands().map((command, at) => ({
      ...first,
      id: `step-${at}`,
      command: buildCommand(fillCommand(command)),
    })),
  };
}

/** Returns the code that the product passes on the command line of `powershell.exe`. */
async function calls(): Promise<ProductScript[]> {
  const outside = new RecordingOutside('win32');
  const ports = { processes: outside.processes, files: new MemoryFiles(), ids: nodeIds() };
  const texts = { subject: () => '', short: () => '', body: () => 'text', entry: () => 'entry' };
  const message = { notice: { purpose: 'test', changes: [] }, texts } as unknown as ChannelMessage;
  const delivery = EVENT_LOG.deliver?.({}, message);
  if (delivery?.by === 'program') await outside.processes.run(delivery.run);
  const command = buildCommand('Get-AksHciVersion');
  await new WindowsHost(ports, { folder: FOLDER }).run(
    { command, at: { kind: 'host' } },
    { timeoutMs: 1, onOutput: () => undefined },
  );
  return [...outside.runs, ...outside.streams].map(({ args }, at) => ({
    name: ['event log', 'runner'][at] ?? 'another call',
    text: args.at(-1) ?? '',
    way: 'command-line',
  }));
}
