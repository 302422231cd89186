import type { BuildRange } from '../build.ts';
import type { Citation, Statement } from '../../../shared/citation.ts';

/*
 * What is known of a command that an admin runs: a PowerShell cmdlet, or one command of a program. Values are in
 * `catalogue/cmdlets.ts`.
 */

/** `host`: the AKS host as a whole; `moc`: cloud agent, node agents and their clients; `kubernetes`: one cluster. */
export type CommandLayer = 'host' | 'moc' | 'kubernetes' | 'workstation';

/** What stands behind a parameter; nothing behind a `switch`. */
export type ValueKind = 'switch' | 'cluster' | 'text' | 'number' | 'boolean' | 'path' | 'version' | 'object';

/** Something to know about one parameter, told by the command checker. */
export interface ParameterRemark {
  severity: 'warning' | 'notice';
  /** Key of the catalogues. */
  text: string;
  citation: Citation;
}

export interface Parameter {
  /** Of a cmdlet without the hyphen (`name`), of a program with them (`--name`, `-i`). */
  name: string;
  value: ValueKind;
  mandatory?: true;
  remark?: ParameterRemark;
}

/** One way to call a command: a parameter set. Those of two sets never stand together unless a third has both. */
export interface Syntax {
  parameters: readonly Parameter[];
  citations: readonly Citation[];
  /** Whether the API server of the cluster that it is about has to answer; `null` where no source tells. */
  needsApiServer: boolean | null;
}

/** A release by month (`2022-05`), and by build where that is known. */
export interface Release {
  month: string;
  build?: string;
  citation: Citation;
}

export interface Deprecation {
  successor: string;
  since: Release;
}

/** What a command does to what is running: reads only, changes, interrupts services meanwhile, or can lose something. */
export type CommandRisk = 'reads' | 'changes' | 'interrupts' | 'loses';

export interface Command {
  /** Canonical spelling; of a program its words, such as `mocctl security login`. */
  name: string;
  /** The module or program that brings it. */
  module: string;
  layer: CommandLayer;
  /** Empty when no syntax is published. */
  syntaxes: readonly Syntax[];
  /** No list of its parameters is published, or only those that remedies use are in the catalogue: others may exist. */
  open?: true;
  /** Values may stand without a parameter in front. */
  positional?: true;
  /** What it is for and when to use it. */
  use: Statement;
  notes: readonly Statement[];
  risk: CommandRisk;
  /** Running it twice does no more than running it once; `null` where no source tells. */
  isRepeatable: boolean | null;
  /** How long it takes, where a source says so. */
  takes?: Statement;
  since?: Release;
  until?: Release;
  deprecated?: Deprecation;
  /** Parameters that say that another command is meant, which is about another layer. */
  otherLayer?: { parameters: readonly string[]; command: string };
}

/** The builds that have a command, as far as its releases are known by build. */
export function buildsOf({ since, until }: Pick<Command, 'since' | 'until'>): BuildRange {
  return {
    ...(since?.build !== undefined && { from: since.build }),
    ...(until?.build !== undefined && { until: until.build }),
  };
}
