import type { Action } from '../../simulation/actions/actions.ts';
import type { CommandWord, PlanCommand } from '../../plan/model/plan.ts';

/* How targets for practice read the commands of a plan, and how they answer what they do not know. */

export interface PracticeAnswer {
  ok: boolean;
  lines: readonly string[];
}

/** By lower-case name; the value of a switch is empty. */
export type Parameters = ReadonlyMap<string, string>;

const ACTIONS = [
  ...(['Update-AksHci', 'Update-AksHciCluster', 'Update-AksHciCertificates'] as const),
  ...(['Update-AksHciClusterCertificates', 'Invoke-AksHciRotateCACertificate'] as const),
  ...(['Get-AksHciCredential', 'Repair-MocLogin', 'Repair-Moc'] as const),
];

export function parseAction(name: string, parameters: Parameters, cluster: string): Action | undefined {
  const kind = ACTIONS.find((each) => each.toLowerCase() === name.toLowerCase());
  const force = parameters.has('force') && { force: true };
  switch (kind) {
    case 'Update-AksHciCluster':
    case 'Get-AksHciCredential':
      return { kind, name: cluster };
    case 'Update-AksHciCertificates':
      return { kind, ...force };
    case 'Update-AksHciClusterCertificates':
      return {
        kind,
        name: cluster,
        ...force,
        ...(parameters.has('patchloadbalancer') && { patchLoadBalancer: true }),
        fix: parameters.has('fixkubeletcredentials') ? 'kubelet-credentials' : 'cloud-credentials',
      };
    default:
      return kind && { kind };
  }
}

/** Cmdlets for modules, services and files, which the simulation does not include. */
const OF_NO_ACCOUNT: readonly string[] = [
  ...['update-module', 'uninstall-module', 'copy-item', 'remove-item'],
  ...['kill', 'stop-service', 'start-clustergroup'],
];

export function isOfNoAccount(name: string): boolean {
  return /^(?:get|test)-/iu.test(name) || OF_NO_ACCOUNT.includes(name.toLowerCase());
}

export function getTool(program: string): string {
  return program.toLowerCase().replace(/\.exe$/u, '');
}

export function filesIn(words: readonly string[]): string[] {
  return words.filter((_, at) => words[at - 1] === '-f');
}

export function getParameters({ parameters }: Extract<PlanCommand, { kind: 'cmdlet' }>): Parameters {
  return new Map(
    parameters.map(({ name, value }) => [name.toLowerCase(), value === undefined ? '' : requireWord(value)]),
  );
}

export function requireWord(word: CommandWord): string {
  return 'literal' in word ? word.literal : (word.value ?? '');
}

export function createAnswer(lines: readonly string[] = []): PracticeAnswer {
  return { ok: true, lines };
}

/**
 * Returns an error with the text of Windows PowerShell, which the diagnosis does not mistake for a failure of the
 * product.
 */
export function notKnown(name: string): PracticeAnswer {
  return {
    ok: false,
    lines: [
      `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program.`,
    ],
  };
}
