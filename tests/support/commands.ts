import { CHECKS } from '../../core/knowledge/model/checks.ts';
import { FAILURES } from '../../core/knowledge/model/failures/failures.ts';
import type { Command, Parameter, Syntax } from '../../core/knowledge/model/cmdlets/cmdlet.ts';

export const KNOWN_VALUES: Readonly<Record<string, string>> = {
  cluster: 'retail-east',
  'control-plane-ip': '10.0.0.11',
  'worker-ip': '10.0.0.21',
  'api-server': '10.0.0.10',
  'kms-container-id': '4a49a5158a5f8',
  'kube-vip-container-id': '77c1d0b5e2f3a',
  'tattoo-file': '/etc/kubernetes/pki/cert-tattoo-kubelet.yaml',
  'module-version': '1.1.25',
  days: '60',
  subscription: '11111111-2222-4333-8444-555555555555',
};

export function fillCommand(command: string): string {
  return command.replaceAll(/<([a-z][a-z\\-]*)>/gu, (_, name: string) => KNOWN_VALUES[name] ?? 'value');
}

/** Lists every command of a remedy or check in the catalogue, with its placeholders. */
export function listCommands(): string[] {
  const steps = FAILURES.flatMap((failure) => failure.steps);
  return [
    ...steps.flatMap(({ backup, command, undo }) => [backup?.command, command, undo?.command]),
    ...Object.values(CHECKS).map(({ command }) => command),
  ].filter((command) => command !== undefined);
}

/** A valid value of each kind. */
export const EXAMPLES: Readonly<Record<Parameter['value'], string>> = {
  switch: '',
  cluster: 'retail-east',
  text: 'value',
  number: '60',
  boolean: '$false',
  path: '.\\file.yaml',
  version: 'v1.24.9',
  encoding: 'ascii',
  cidr: '10.96.0.0/16',
  mac: '02:00',
  fqdn: 'ca-1.contoso.com',
  guid: '11111111-2222-4333-8444-555555555555',
  sid: 'S-1-5-21-1-2-3-1104',
  port: '55000',
  object: '$object',
};

/** Returns one call of a command, with its mandatory parameters and those for which `has` returns true. */
export function formatCall({ name }: Command, { parameters }: Syntax, has: (parameter: Parameter) => boolean): string {
  const words = parameters
    .filter((parameter) => parameter.mandatory === true || has(parameter))
    .map((parameter) => {
      const option = parameter.name.startsWith('-') ? parameter.name : `-${parameter.name}`;
      // A Boolean value is written `false` for a program and `$false` for a cmdlet.
      const isWord = parameter.value === 'boolean' && option.startsWith('--');
      return `${option} ${isWord ? 'false' : EXAMPLES[parameter.value]}`.trim();
    });
  return [name, ...words].join(' ');
}
