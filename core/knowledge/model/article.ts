import { COMMANDS, commandNamed } from './cmdlets/cmdlets.ts';
import { OTHER_CMDLETS } from './cmdlets/cmdlets-tools.ts';
import { CHECKS } from './checks.ts';
import { CONTRADICTION_IDS, type ContradictionId } from './contradictions.ts';
import { ROLE_IDS, type RoleId } from './credentials/credentials.ts';
import { FAILURES, failureOf } from './failures/failures.ts';
import { ROLES } from './credentials/roles.ts';
import { checkCommand } from './cmdlets/command-check.ts';
import type { Failure, FailureId, RemedyStep } from './failure.ts';

/*
 * Everything that is known, as articles that name each other. What an article says is in the catalogue; here is only which
 * articles there are and what leads from one to another.
 */

/** `credential`: a kind of certificate or token, by its role. */
export const KNOWLEDGE_KINDS = ['failure', 'cmdlet', 'credential', 'contradiction'] as const;
export type KnowledgeKind = (typeof KNOWLEDGE_KINDS)[number];

/** One article. `id` of a cmdlet is its canonical name, of a program that with its words. */
export type KnowledgeRef =
  | { kind: 'failure'; id: FailureId }
  | { kind: 'cmdlet'; id: string }
  | { kind: 'credential'; id: RoleId }
  | { kind: 'contradiction'; id: ContradictionId };

/** Every article, in the order of its catalogue; kinds in the order of `KNOWLEDGE_KINDS`. */
export const KNOWLEDGE: readonly KnowledgeRef[] = [
  ...FAILURES.map(({ id }): KnowledgeRef => ({ kind: 'failure', id })),
  ...COMMANDS.map(({ name }): KnowledgeRef => ({ kind: 'cmdlet', id: name })),
  ...OTHER_CMDLETS.map((id): KnowledgeRef => ({ kind: 'cmdlet', id })),
  ...ROLE_IDS.filter((id) => id !== 'unknown').map((id): KnowledgeRef => ({ kind: 'credential', id })),
  ...CONTRADICTION_IDS.map((id): KnowledgeRef => ({ kind: 'contradiction', id })),
];

/** The same text for the same article, and for no other. */
export function knowledgeKey({ kind, id }: KnowledgeRef): string {
  return `${kind}:${id}`;
}

/** A remedy in which a command stands, and the 1-based numbers of those steps. */
export interface CommandUse {
  failure: FailureId;
  steps: readonly number[];
}

/** Names of the commands of the catalogue in a line of PowerShell, each once, in their order. */
export function commandsIn(line: string): string[] {
  return [...new Set(checkCommand(line).commands.map(({ name }) => name))];
}

/** Every command line of a step: its own, those that keep or take back, and the check after it. */
export function linesOfStep({ command, backup, undo, check }: RemedyStep): string[] {
  const lines = [command, backup?.command, undo?.command];
  return [...lines, check && CHECKS[check].command].filter((line) => line !== undefined);
}

/** Commands of a remedy and of what confirms it, each once. */
export function commandsOfFailure(failure: Failure): string[] {
  const lines = failure.steps.flatMap(linesOfStep);
  if (failure.confirm !== null) lines.push(CHECKS[failure.confirm].command);
  return [...new Set(lines.flatMap(commandsIn))];
}

/** Commands that bring back a certificate or token, each once. */
export function commandsOfRole(id: RoleId): string[] {
  return [...new Set(ROLES[id].remedies.flatMap(({ command }) => commandsIn(command)))];
}

/** Credentials whose state speaks for a failure. */
export function rolesOfFailure({ supports }: Failure): RoleId[] {
  return [
    ...new Set(
      supports.flatMap((sign) => ('roles' in sign && sign.weight > 0 ? [...sign.roles, ...(sign.together ?? [])] : [])),
    ),
  ];
}

/** Failures for which the state of this certificate or token speaks. */
export function failuresOfRole(id: RoleId): FailureId[] {
  return FAILURES.filter((failure) => rolesOfFailure(failure).includes(id)).map(({ id: failure }) => failure);
}

/** Where sources disagree on something that matters for a failure. */
export function contradictionsOfFailure({ contradictions = [], dispute }: Failure): ContradictionId[] {
  return [...new Set([...(dispute === undefined ? [] : [dispute.contradiction]), ...contradictions])];
}

export function failuresOfContradiction(id: ContradictionId): FailureId[] {
  return FAILURES.filter((failure) => contradictionsOfFailure(failure).includes(id)).map(({ id: failure }) => failure);
}

let uses: ReadonlyMap<string, readonly CommandUse[]> | undefined;

/** The remedies in which a command stands, in the order of the failures; empty for none. */
export function usesOfCommand(name: string): readonly CommandUse[] {
  uses ??= findUses();
  return uses.get(name) ?? [];
}

function findUses(): Map<string, CommandUse[]> {
  const found = new Map<string, CommandUse[]>();
  for (const failure of FAILURES) {
    const steps = new Map<string, number[]>();
    for (const [at, step] of failure.steps.entries())
      for (const name of new Set(linesOfStep(step).flatMap(commandsIn)))
        steps.set(name, [...(steps.get(name) ?? []), at + 1]);
    for (const [name, numbers] of steps)
      found.set(name, [...(found.get(name) ?? []), { failure: failure.id, steps: numbers }]);
  }
  return found;
}

/** Certificates and tokens that a command brings back. */
export function rolesOfCommand(name: string): RoleId[] {
  return ROLE_IDS.filter((id) => id !== 'unknown' && commandsOfRole(id).includes(name));
}

/** A part of a text; with `ref` it names another article. */
export interface TextPart {
  text: string;
  ref?: KnowledgeRef;
}

/** The id of a failure, or a name such as `Update-AksHci`. */
const MENTION = /(?<![\w-])(?:F\d\d|[A-Z][A-Za-z]+-[A-Z][A-Za-z]+)(?![\w-])/gu;

/** Takes a text apart at the names of failures and cmdlets in it; the parts together are the text. */
export function mentionsIn(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let behind = 0;
  for (const { 0: word, index } of text.matchAll(MENTION)) {
    const ref = refNamed(word);
    if (ref === undefined) continue;
    if (index > behind) parts.push({ text: text.slice(behind, index) });
    parts.push({ text: word, ref });
    behind = index + word.length;
  }
  if (behind < text.length) parts.push({ text: text.slice(behind) });
  return parts;
}

const OTHERS: ReadonlySet<string> = new Set(OTHER_CMDLETS);

function refNamed(word: string): KnowledgeRef | undefined {
  const failure = failureOf(word as FailureId);
  if (failure !== undefined) return { kind: 'failure', id: failure.id };
  const command = commandNamed(word);
  if (command !== undefined) return { kind: 'cmdlet', id: command.name };
  return OTHERS.has(word) ? { kind: 'cmdlet', id: word } : undefined;
}
