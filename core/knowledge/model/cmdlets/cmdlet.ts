import type { Citation, Statement } from '../../../shared/citation.ts';

/** `host`: the AKS host as a whole; `moc`: cloud agent, node agents and their clients; `kubernetes`: one cluster. */
export type CommandLayer = 'host' | 'moc' | 'kubernetes' | 'workstation';

export type ValueKind =
  | ('switch' | 'cluster' | 'text' | 'number' | 'boolean' | 'path' | 'object' | 'encoding')
  | ('version' | 'cidr' | 'mac' | 'fqdn' | 'guid' | 'sid' | 'port');

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
  aliases?: readonly string[] | undefined;
  mandatory?: true | undefined;
  remark?: ParameterRemark;
}

/** A parameter set. Parameters of two sets never occur together unless a third set has both. */
export interface Syntax {
  parameters: readonly Parameter[];
  citations: readonly Citation[];
  /** Whether the API server of the affected cluster has to answer; `null` if no source says so. */
  needsApiServer: boolean | null;
}

/** A release by month (`2022-05`), and by build if known. */
export interface ModuleRelease {
  month: string;
  build?: string;
  citation: Citation;
}

export type CommandRisk = 'reads' | 'changes' | 'interrupts' | 'loses';

export interface Command {
  /** Canonical spelling; for a program, the words of the command, such as `mocctl security login`. */
  name: string;
  module: string;
  layer: CommandLayer;
  /** Empty if no syntax is published. */
  syntaxes: readonly Syntax[];
  /** Other parameters may exist: no list of them is published, or the catalogue has only those used by remedies. */
  open?: true;
  /** Takes values without a parameter name. */
  positional?: true;
  use: Statement;
  notes: readonly Statement[];
  risk: CommandRisk;
  /** Whether a second run changes nothing more; `null` if no source says so. */
  isRepeatable: boolean | null;
  takes?: Statement;
  since?: ModuleRelease;
  deprecated?: { successor: string; since: ModuleRelease };
  /** `parameters` reveal that the admin means `command`, a cmdlet for another layer. */
  otherLayer?: { parameters: readonly string[]; command: string };
}
