import type { PlanCommand } from '../../plan/model/plan.ts';

/* Scripts are recognised by their published form, which is the same for all values. */

export type ScriptAction =
  /** `mocctl security identity rotate` writes a new login file on the host. */
  | 'write-login'
  | 'send-login'
  | 'place-login'
  | 'restart-kms'
  | 'list-kms'
  | 'control-plane-end'
  | 'list-machines'
  | 'management-kubeconfig'
  | 'management-kubeconfig-end'
  /** On a worker: writes the description from which renewal pods create certificates. */
  | 'place-tattoo'
  | 'node-agent'
  | 'credential'
  | 'nodes'
  /** Copies or deletes files that the simulation does not have. */
  | 'files';

const SSH = String.raw`^ssh (?:-o StrictHostKeyChecking=no )?-i \(Get-MocConfig\)\.sshPrivateKey clouduser@<[a-z-]+> `;
const SCP = String.raw`^scp -i \(Get-MocConfig\)\.sshPrivateKey `;

const SCRIPT_ACTIONS: readonly (readonly [RegExp, ScriptAction])[] = [
  [/^mocctl\.exe security identity rotate --name "KMSPlugin-/u, 'write-login'],
  [new RegExp(String.raw`${SCP}\.\\cloudlogin\.yaml `, 'u'), 'send-login'],
  [new RegExp(String.raw`${SSH}sudo mv cloudlogin\.yaml /opt/`, 'u'), 'place-login'],
  [new RegExp(`${SSH}"sudo crictl stop <kms-container-id>"$`, 'u'), 'restart-kms'],
  [new RegExp(String.raw`${SSH}"sudo crictl ps -a \| grep kms"$`, 'u'), 'list-kms'],
  [new RegExp(`${SSH}"sudo openssl x509 -noout -enddate `, 'u'), 'control-plane-end'],
  [new RegExp(`${SSH}"sudo cp ~/cert-tattoo-kubelet`, 'u'), 'place-tattoo'],
  [/^Get-ClusterNode \| ForEach-Object \{ Get-VM /u, 'list-machines'],
  [new RegExp(String.raw`${SCP}clouduser@<[a-z-]+>:~/admin\.conf \(Get-KvaConfig\)`, 'u'), 'management-kubeconfig'],
  [/^\[Security\.Cryptography\.X509Certificates\./u, 'management-kubeconfig-end'],
  [/^Invoke-Command -ComputerName \(Get-ClusterNode\)\.Name -ScriptBlock \{ Get-Service wssdagent \}/u, 'node-agent'],
  [/^Get-AksHciCredential /u, 'credential'],
  [/^kubectl --kubeconfig \(Get-ChildItem .* get nodes$/u, 'nodes'],
  [/^kubectl --kubeconfig \(Get-KvaConfig\)\.kubeconfig -n kube-system get pods$/u, 'files'],
  [/^(?:New-Item|Copy-Item|Remove-Item|Set-Content|Test-Path|mkdir) /u, 'files'],
  [new RegExp(`${SSH}"(?:sudo cp|rm) `, 'u'), 'files'],
  [new RegExp(`${SCP}`, 'u'), 'files'],
];

/** Returns the published form of a script; empty for other kinds of commands. */
export function scriptText(command: PlanCommand): string {
  return command.kind === 'script' ? (command.typed ?? command.script) : '';
}

export function scriptAction(command: PlanCommand): ScriptAction | undefined {
  const text = scriptText(command);
  return SCRIPT_ACTIONS.find(([pattern]) => pattern.test(text))?.[1];
}
