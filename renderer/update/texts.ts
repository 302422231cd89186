import type { ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import { READ_COMMANDS } from '../../core/update/model/versions.ts';
import { commandText, type PlanCommand } from '../../core/plan/model/plan.ts';
import type { PreflightCheck } from '../../core/update/model/preflight.ts';
import type { UpdateQuestion } from '../../core/update/model/planning.ts';

/** The mark for the state of a check. */
export const CHECK_MARKS: Readonly<Record<PreflightCheck['state'], ExpiryState>> = {
  ok: 'fine',
  problem: 'expired',
  unknown: 'unknown',
};

/** `kms retail-east`: the key by which an answer is remembered, however often the checks are recomputed. */
export function getKey({ id, cluster }: { id: string; cluster?: string }): string {
  return cluster === undefined ? id : `${id} ${cluster}`;
}

/**
 * How a check can be answered. `paste`: the output of its command, where that can be read. `update`: when the last
 * update was. `windows`: which Windows the hosts run. Otherwise `looked`.
 */
export type CheckInput = 'paste' | 'update' | 'windows' | 'looked';

export function getInput({ id, command }: Pick<PreflightCheck, 'id' | 'command'>): CheckInput {
  if (id === 'update-age') return 'update';
  if (id === 'support-end') return 'windows';
  return isRead(command) ? 'paste' : 'looked';
}

function isRead(command: PlanCommand): boolean {
  return command.kind === 'cmdlet' && READ_COMMANDS.includes(command.name.toLowerCase());
}

const PROMPT = /^\s*(?:\[[^\]]*\]:\s*)?PS [^\n]*>/mu;

/**
 * An output with its command in front, unless it was pasted with one: without it, the origin of the output would be
 * unknown.
 */
export function withCommand(command: PlanCommand, output: string): string {
  return PROMPT.test(output) ? output : `PS C:\\> ${commandText(command)}\n${output}`;
}

/**
 * The commands to run on a host and paste as one session: everything that an update is planned from, all of it
 * read-only.
 */
export function sessionCommands(clusters: readonly string[], parts: 'all' | 'hosts' | 'clusters'): string {
  const ofCluster = (name: string): string =>
    commandText({
      kind: 'cmdlet',
      name: 'Get-AksHciClusterUpdates',
      parameters: [{ name: 'name', value: { name: 'cluster', value: name } }],
    });
  return [
    ...['Get-AksHciVersion', 'Get-MocVersion'],
    ...(parts === 'clusters' ? [] : ['Get-AksHciUpdates', 'Test-UpdateAksHci']),
    ...['Get-MocNode', 'Get-AksHciCluster'],
    ...(parts === 'hosts' ? [] : clusters.map(ofCluster)),
    'Get-Module -ListAvailable -Name AksHci',
  ].join('\n');
}

/** A question whose command is already shown by an earlier question or a check: one box is enough for both. */
export function openQuestions(
  questions: readonly UpdateQuestion[],
  checks: readonly PreflightCheck[],
): UpdateQuestion[] {
  const asked = new Set(
    checks
      .filter((check) => getInput(check) === 'paste' && check.state !== 'ok')
      .map(({ command }) => commandText(command)),
  );
  return questions.filter(({ command }) => {
    const text = commandText(command);
    const isNew = !asked.has(text);
    asked.add(text);
    return isNew;
  });
}
