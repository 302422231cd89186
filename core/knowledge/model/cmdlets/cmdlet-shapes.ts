import type { Citation, Statement } from '../../../shared/citation.ts';
import type { Parameter, ParameterRemark, Syntax, ValueKind } from './cmdlet.ts';
import { cited } from '../sources/sources.ts';

/* Shorthands for rows of the cmdlet catalogue. */

/** A parameter that may be omitted. */
export function optional(name: string, value: ValueKind, remark?: ParameterRemark): Parameter {
  return { name, value, remark };
}

/** A required parameter. */
export function needed(name: string, value: ValueKind): Parameter {
  return { name, value, mandatory: true };
}

interface SyntaxFacts {
  citations: readonly [Citation, ...Citation[]];
  /** Default: unknown. */
  needsApiServer?: boolean;
}

export function syntax(parameters: readonly Parameter[], { citations, needsApiServer }: SyntaxFacts): Syntax {
  return { parameters, citations, needsApiServer: needsApiServer ?? null };
}

/** The purpose of a command: the text `cmdlet.<name>.use`. */
export function citeUse(name: string, ...citations: [Citation, ...Citation[]]): Statement {
  return cited(`cmdlet.${getKey(name)}.use`, ...citations);
}

/** A remark about it: the text `cmdlet.<name>.<about>`. */
export function citeNote(name: string, about: string, ...citations: [Citation, ...Citation[]]): Statement {
  return cited(`cmdlet.${getKey(name)}.${about}`, ...citations);
}

/** The name of a command in catalogue keys. */
function getKey(name: string): string {
  return name.replaceAll(' ', '-');
}
