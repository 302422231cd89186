import { COMMANDS, commandNamed } from './cmdlets/cmdlets.ts';
import { OTHER_CMDLETS } from './cmdlets/cmdlets-by-name.ts';
import { CHECKS } from './checks.ts';
import { CONTRADICTION_IDS, type ContradictionId } from './contradictions.ts';
import { ROLE_IDS, type RoleId } from './credentials/credentials.ts';
import { FAILURES, findFailure } from './failures/failures.ts';
import { ROLES } from './credentials/roles.ts';
import { checkCommand } from './cmdlets/command-check.ts';
import { addTo } from '../../shared/lists.ts';
import type { Failure, FailureId, RemedyStep } from './failure.ts';

/* The articles of the knowledge base and their links; the texts are in the catalogues. */

/** `credential`: a kind of certificate or token, by its role. */
export const KNOWLEDGE_KINDS = ['failure', 'cmdlet', 'credential', 'contradiction'] as const;
export type KnowledgeKind = (typeof KNOWLEDGE_KINDS)[number];

/** The `id` of a cmdlet is its canonical name; that of a program includes its verbs. */
export type KnowledgeRef =
  | { kind: 'failure'; id: FailureId }
  | { kind: 'cmdlet'; id: string }
  | { kind: 'credential'; id: RoleId }
  | { kind: 'contradiction'; id: ContradictionId };

/** By kind, and then in the order of the catalogue. */
export const KNOWLEDGE: readonly KnowledgeRef[] = [
  ...FAILURES.map(({ id }): KnowledgeRef => ({ kind: 'failure', id })),
  ...COMMANDS.map(({ name }): KnowledgeRef => ({ kind: 'cmdlet', id: name })),
  ...OTHER_CMDLETS.map((id): KnowledgeRef => ({ kind: 'cmdlet', id })),
  ...ROLE_IDS.filter((id) => id !== 'unknown').map((id): KnowledgeRef => ({ kind: 'credential', id })),
  ...CONTRADICTION_IDS.map((id): KnowledgeRef => ({ kind: 'contradiction', id })),
];

export function knowledgeKey({ kind, id }: KnowledgeRef): string {
  return `${kind}:${id}`;
}

/** `steps` are 1-based. */
interface CommandUse {
  failure: FailureId;
  steps: readonly number[];
}

export function commandsIn(line: string): string[] {
  return [...new Set(checkCommand(line).commands.map(({ name }) => name))];
}

export function listStepLines({ command, backup, undo, check }: RemedyStep): string[] {
  const lines = [command, backup?.command, undo?.command, check && CHECKS[check].command];
  return lines.filter((line) => line !== undefined);
}

export function listFailureCommands(failure: Failure): string[] {
  const lines = failure.steps.flatMap(listStepLines);
  if (failure.confirm !== undefined) lines.push(CHECKS[failure.confirm].command);
  return [...new Set(lines.flatMap(commandsIn))];
}

export function listRoleCommands(id: RoleId): string[] {
  return [...new Set(ROLES[id].remedies.flatMap(({ command }) => commandsIn(command)))];
}

export function listFailureRoles({ supports }: Failure): RoleId[] {
  const roles = supports.flatMap((sign) =>
    'roles' in sign && sign.weight > 0 ? [...sign.roles, ...(sign.together ?? [])] : [],
  );
  return [...new Set(roles)];
}

export function listRoleFailures(id: RoleId): FailureId[] {
  return FAILURES.flatMap((failure) => (listFailureRoles(failure).includes(id) ? failure.id : []));
}

export function listFailureContradictions({ contradictions = [], dispute }: Failure): ContradictionId[] {
  return [...new Set(dispute === undefined ? contradictions : [dispute.contradiction, ...contradictions])];
}

export function listContradictionFailures(id: ContradictionId): FailureId[] {
  return FAILURES.flatMap((failure) => (listFailureContradictions(failure).includes(id) ? failure.id : []));
}

let uses: ReadonlyMap<string, readonly CommandUse[]> | undefined;

export function listCommandUses(name: string): readonly CommandUse[] {
  uses ??= findUses();
  return uses.get(name) ?? [];
}

function findUses(): Map<string, CommandUse[]> {
  const found = new Map<string, CommandUse[]>();
  for (const failure of FAILURES) {
    const steps = new Map<string, number[]>();
    for (const [at, step] of failure.steps.entries())
      for (const name of new Set(listStepLines(step).flatMap(commandsIn))) addTo(steps, name, at + 1);
    for (const [name, numbers] of steps) addTo(found, name, { failure: failure.id, steps: numbers });
  }
  return found;
}

export function listCommandRoles(name: string): RoleId[] {
  return ROLE_IDS.filter((id) => listRoleCommands(id).includes(name));
}

export interface TextPart {
  text: string;
  ref?: KnowledgeRef;
}

const MENTION = /(?<![\w-])(?:F\d\d|[A-Z][A-Za-z]+-[A-Z][A-Za-z]+)(?![\w-])/gu;

/** Splits text at the names of failures and cmdlets. The joined parts are the whole text. */
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
  const failure = findFailure(word as FailureId);
  if (failure !== undefined) return { kind: 'failure', id: failure.id };
  const command = commandNamed(word);
  if (command !== undefined) return { kind: 'cmdlet', id: command.name };
  return OTHERS.has(word) ? { kind: 'cmdlet', id: word } : undefined;
}
