import type { Action } from '../../simulation/actions/actions.ts';
import type { CommandWord, PlanCommand } from '../../plan/model/plan.ts';

/* Targets for practice read the commands of a plan with these functions. */

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

/** Cmdlets for modules, services and files, which practice does not include. */
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

export function getParameters({ parameters }: Extract<PlanCommand, { kind: 'cmdlet' }>): Parameters {
  return new Map(
    parameters.map(({ name, value }) => [name.toLowerCase(), value === undefined ? '' : requireWord(value)]),
  );
}

export function requireWord(word: CommandWord): string {
  return 'literal' in word ? word.literal : (word.value ?? '');
}
