import type { PlanCommand, PlanStep } from '../plan/model/plan.ts';
import type { CommandResult } from './model/run.ts';
import type { CancelSignal } from '../shared/ports.ts';

/** Where a command is run: which of the places of a step, so that a target knows its way there. */
export interface TargetCommand {
  command: PlanCommand;
  at: PlanStep['target'];
  /** Of which cluster; the command alone does not always say. */
  cluster?: string;
}

export interface RunningCommand {
  timeoutMs: number;
  signal?: CancelSignal;
  /** What is printed, as it comes and without what is secret. */
  onOutput: (text: string) => void;
}

/** What a plan is run on. */
export interface Target {
  /** As it stands in the record of a run: `sample`, `local`, or the name of a host. */
  describe(): string;
  /** Whether it can run the command of such a step; else somebody does it by hand. */
  canRun(step: PlanStep): boolean;
  /** Runs to the end, whatever comes of it. `program.not-found`, `program.not-started` when it could not begin. */
  run(command: TargetCommand, running: RunningCommand): Promise<CommandResult>;
  /** What a step of an earlier part of the run did, for a target that does not remember it. */
  replay?(command: TargetCommand): void;
}
