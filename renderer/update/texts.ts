import type { ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import { READ_COMMANDS } from '../../core/update/model/versions.ts';
import { buildCommand } from '../../core/plan/model/command.ts';
import { commandText, type PlanCommand } from '../../core/plan/model/plan.ts';
import type { PreflightCheck } from '../../core/update/model/preflight.ts';
import type { UpdatePlanning, UpdateQuestion } from '../../core/update/model/planning.ts';
import type { PlanWording } from '../../core/plan/text/plan-text.ts';
import { checkTitle } from '../../core/update/text/check-text.ts';
import type { ItemWork } from '../parts/slices.svelte.ts';
import { citeStatement, type CitedSentence } from '../plan/plan-view.ts';

export const CHECK_MARKS: Readonly<Record<PreflightCheck['state'], ExpiryState>> = {
  ok: 'fine',
  problem: 'expired',
  unknown: 'unknown',
};

/**
 * Returns a key such as `kms retail-east`. With it, an answer stays with its check when the checks are computed again.
 */
export function getKey({ id, cluster }: { id: string; cluster?: string }): string {
  return cluster === undefined ? id : `${id} ${cluster}`;
}

/**
 * How to answer a check. `paste`: with the output of its command. `update`: with the date of the last update.
 * `windows`: with the Windows version of the hosts. `looked`: in any other way.
 */
type CheckInput = 'paste' | 'update' | 'windows' | 'looked';

function getInput({ id, command }: Pick<PreflightCheck, 'id' | 'command'>): CheckInput {
  if (id === 'update-age') return 'update';
  if (id === 'support-end') return 'windows';
  return isRead(command) ? 'paste' : 'looked';
}

function isRead(command: PlanCommand): boolean {
  return command.kind === 'cmdlet' && READ_COMMANDS.includes(command.name.toLowerCase());
}

const PROMPT = /^\s*(?:\[[^\]]*\]:\s*)?PS [^\n]*>/mu;

/** Puts the command before output without a prompt; otherwise, nothing would show the origin of the output. */
export function prependCommand(command: PlanCommand, output: string): string {
  return PROMPT.test(output) ? output : `PS C:\\> ${commandText(command)}\n${output}`;
}

export function sessionCommands(clusters: readonly string[], parts: 'all' | 'hosts' | 'clusters'): string {
  const clusterCommand = (cluster: string): string =>
    commandText(buildCommand('Get-AksHciClusterUpdates -name <cluster>', { values: { cluster } }));
  return [
    ...['Get-AksHciVersion', 'Get-MocVersion'],
    ...(parts === 'clusters' ? [] : ['Get-AksHciUpdates', 'Test-UpdateAksHci']),
    ...['Get-MocNode', 'Get-AksHciCluster'],
    ...(parts === 'hosts' ? [] : clusters.map(clusterCommand)),
    'Get-Module -ListAvailable -Name AksHci',
  ].join('\n');
}

/** Lists the questions whose command belongs to no check and to no earlier question, because one box serves both. */
function openQuestions(questions: readonly UpdateQuestion[], checks: readonly PreflightCheck[]): UpdateQuestion[] {
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

type CheckWords = ReturnType<typeof checkWords>;

export interface UpdateWords {
  checks: CheckWords[];
  questions: { key: string; said: CitedSentence; command: string }[];
}

export function checkWork(
  { checks, questions }: UpdatePlanning,
  wording: PlanWording,
): ItemWork<PreflightCheck, CheckWords, UpdateWords> {
  return {
    items: checks,
    each: (check) => checkWords(check, wording),
    join: (words) => ({
      checks: words,
      questions: openQuestions(questions, checks).map((question) => ({
        key: getKey(question),
        said: citeStatement(question.statement, wording),
        command: commandText(question.command),
      })),
    }),
  };
}

function checkWords(check: PreflightCheck, wording: PlanWording) {
  const { state, why, but, command, expected, cluster } = check;
  return {
    key: getKey(check),
    state,
    cluster,
    title: checkTitle(check, wording),
    /** For a check at which the admin has looked. */
    looked: checkTitle({ ...check, state: 'ok' }, wording),
    why: citeStatement(why, wording),
    but: but && citeStatement(but, wording),
    command: commandText(command),
    expected: citeStatement(expected, wording),
    input: getInput(check),
  };
}
