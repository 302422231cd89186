import type { BuildRange } from '../build.ts';
import type { Citation, Statement } from '../../../shared/citation.ts';

/* Facts about a command that an admin runs: a PowerShell cmdlet, or one command of a program. */

/** `host`: the AKS host as a whole; `moc`: cloud agent, node agents and their clients; `kubernetes`: one cluster. */
export type CommandLayer = 'host' | 'moc' | 'kubernetes' | 'workstation';

/** Type of a parameter's value; a `switch` has none. */
export type ValueKind = 'switch' | 'cluster' | 'text' | 'number' | 'boolean' | 'path' | 'version' | 'object';

/** A remark about one parameter, made by the command checker. */
export interface ParameterRemark {
  severity: 'warning' | 'notice';
  /** Catalogue key. */
  text: string;
  citation: Citation;
}

export interface Parameter {
  /** Without the hyphen for a cmdlet (`name`), with hyphens for a program (`--name`, `-i`). */
  name: string;
  value: ValueKind;
  mandatory?: true;
  remark?: ParameterRemark;
}

/**
 * One way to call a command: a parameter set. Parameters of two sets never occur together unless a third set has both.
 */
export interface Syntax {
  parameters: readonly Parameter[];
  citations: readonly Citation[];
  /** Whether the API server of the affected cluster has to answer; `null` when no source says. */
  needsApiServer: boolean | null;
}

/** A release by month (`2022-05`), and by build where known. */
export interface ModuleRelease {
  month: string;
  build?: string;
  citation: Citation;
}

export interface Deprecation {
  successor: string;
  since: ModuleRelease;
}

/** Effect of a command: it only reads, changes something, interrupts services meanwhile, or can lose something. */
export type CommandRisk = 'reads' | 'changes' | 'interrupts' | 'loses';

export interface Command {
  /** Canonical spelling; for a program its words, such as `mocctl security login`. */
  name: string;
  /** The module or program that provides it. */
  module: string;
  layer: CommandLayer;
  /** Empty when no syntax is published. */
  syntaxes: readonly Syntax[];
  /** No list of its parameters is published, or the catalogue has only those used by remedies: others may exist. */
  open?: true;
  /** Values may occur without a parameter name. */
  positional?: true;
  /** Its purpose and when to use it. */
  use: Statement;
  notes: readonly Statement[];
  risk: CommandRisk;
  /** Whether running it twice does no more than running it once; `null` when no source says. */
  isRepeatable: boolean | null;
  /** How long it takes, if a source says so. */
  takes?: Statement;
  since?: ModuleRelease;
  until?: ModuleRelease;
  deprecated?: Deprecation;
  /** Parameters that show that the admin means a command of another layer. */
  otherLayer?: { parameters: readonly string[]; command: string };
}

/** Returns the builds that have a command, as far as its releases are known by build. */
export function getBuilds({ since, until }: Pick<Command, 'since' | 'until'>): BuildRange {
  return {
    ...(since?.build !== undefined && { from: since.build }),
    ...(until?.build !== undefined && { until: until.build }),
  };
}
