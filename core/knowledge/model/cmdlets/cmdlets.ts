import type { Command } from './cmdlet.ts';
import { CERTIFICATE_COMMANDS } from './cmdlets-certificates.ts';
import { DEPLOYMENT_COMMANDS } from './cmdlets-deployment.ts';
import { COMMAND_ALIASES, TOOL_COMMANDS } from './cmdlets-tools.ts';

/** Commands known by more than their name, in the order of the reference. */
export const COMMANDS: readonly Command[] = [...CERTIFICATE_COMMANDS, ...DEPLOYMENT_COMMANDS, ...TOOL_COMMANDS];

const BY_NAME = new Map(COMMANDS.map((command) => [command.name.toLowerCase(), command]));

/** Programs whose first words select one of several commands, such as `mocctl security login`. */
export const PROGRAMS: ReadonlySet<string> = new Set(
  COMMANDS.flatMap(({ name }) => (name.includes(' ') ? [name.split(' ', 1).join('')] : [])),
);

export function commandNamed(name: string): Command | undefined {
  const folded = name.toLowerCase();
  const alias = Object.hasOwn(COMMAND_ALIASES, folded) ? COMMAND_ALIASES[folded] : undefined;
  return BY_NAME.get((alias ?? folded).toLowerCase());
}
