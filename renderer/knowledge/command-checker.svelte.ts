import { findBuild } from '../../core/knowledge/model/build.ts';
import { COMMANDS } from '../../core/knowledge/model/cmdlets/cmdlets.ts';
import { KNOWN_RELEASES } from '../../core/knowledge/model/releases.ts';
import type { Citation } from '../../core/shared/citation.ts';
import { checkCommand, clusterNames, type CommandVerdict } from '../../core/knowledge/model/cmdlets/command-check.ts';
import type { CommandProblem } from '../../core/knowledge/model/cmdlets/command-problem.ts';
import { commandProblemText } from '../../core/knowledge/text/command-problem.ts';
import { compareSeverity, type Severity } from '../../core/shared/finding.ts';
import type { TextState } from '../i18n/text.svelte.ts';
import { statementParts } from './said.ts';

export interface ShownProblem {
  severity: Severity;
  message: string;
  /** The marked part of the line; empty if something is missing there. */
  marked: string;
  /** Lines and columns count from 1. */
  line: number;
  column: number;
  at: number;
  length: number;
  suggestion: string | null;
  citations: readonly Citation[];
}

const EMPTY: CommandVerdict = { ok: true, problems: [], commands: [] };
const MOST_UNDONE = 50;

/** The clusters with which names in a command are compared. */
export interface CheckedInventory {
  clusters: readonly { name: string; kind: string }[];
}

export class CommandCheckerState {
  readonly #text: TextState;
  readonly #inventory: CheckedInventory | undefined;
  /** The lines as they were before each accepted suggestion, oldest first. */
  #before: readonly string[] = $state.raw([]);
  line = $state('');
  build = $state('');

  readonly releases: readonly string[] = KNOWN_RELEASES.map(({ build }) => build);
  readonly knownCount: number = COMMANDS.length;
  readonly isBuildReadable = $derived(this.build.trim() === '' || findBuild(this.build) !== undefined);
  readonly #verdict = $derived.by(() => {
    if (this.line.trim() === '') return EMPTY;
    const build = this.build.trim();
    const clusters = clusterNames(this.#inventory?.clusters ?? []);
    return checkCommand(this.line, { clusters, ...(build !== '' && this.isBuildReadable && { build }) });
  });
  /** `unknown`: not everything was judged. `right`: everything is correct. Otherwise, the worst severity. */
  readonly answer = $derived.by(() => {
    if (this.line.trim() === '') return 'empty';
    const { ok, problems } = this.#verdict;
    if (ok) return 'right';
    const worst = (['error', 'warning'] as const).find((each) => problems.some(({ severity }) => severity === each));
    return worst ?? 'unknown';
  });
  readonly problems = $derived(this.#verdict.problems.map((problem) => this.#formatProblem(problem)));
  readonly pieces = $derived(listPieces(this.line, this.#verdict.problems));
  readonly commands = $derived(
    [...new Set(this.#verdict.commands)].map(({ name, use, risk, open = false }) => ({
      name,
      use: statementParts(this.#text, use),
      risk,
      /** If set, unknown parameters are not reported, because the published list is incomplete. */
      isOpen: open,
    })),
  );
  readonly canUndo = $derived(this.#before.length > 0);

  constructor(text: TextState, inventory?: CheckedInventory) {
    this.#text = text;
    this.#inventory = inventory;
  }

  /** Sets one or more lines. Suggestions accepted earlier can no longer be undone. */
  type(line: string): void {
    this.line = line.replaceAll(/\r\n?/gu, '\n');
    this.#before = [];
  }

  /** Applies a suggestion; returns the offset of the end of the inserted text. */
  take({ at, length, suggestion }: ShownProblem): number | undefined {
    if (suggestion === null) return undefined;
    this.#before = [...this.#before, this.line].slice(-MOST_UNDONE);
    this.line = this.line.slice(0, at) + suggestion + this.line.slice(at + length);
    return at + suggestion.length;
  }

  undo(): void {
    const before = this.#before.at(-1);
    if (before === undefined) return;
    this.#before = this.#before.slice(0, -1);
    this.line = before;
  }

  clear(): void {
    this.type('');
  }

  #formatProblem({ severity, text, params, at, length, suggestion, citations }: CommandProblem) {
    const before = this.line.slice(0, at).split('\n');
    return {
      severity,
      at,
      length,
      suggestion,
      citations,
      line: before.length,
      column: (before.at(-1) ?? '').length + 1,
      message: commandProblemText({ text, params }, this.#text.t),
      marked: this.line.slice(at, at + length),
    } satisfies ShownProblem;
  }
}

/** Splits a line where problems begin or end; each piece has the worst severity of its problems. */
function listPieces(line: string, problems: readonly CommandProblem[]) {
  const marked = problems.filter(({ length }) => length > 0);
  const edges = [0, line.length, ...marked.flatMap(({ at, length }) => [at, at + length])];
  const cuts = [...new Set(edges)].sort((one, other) => one - other);
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? line.length;
    const [worst] = marked.filter(({ at, length }) => at <= from && to <= at + length).sort(compareSeverity);
    return { text: line.slice(from, to), severity: worst?.severity };
  });
}
