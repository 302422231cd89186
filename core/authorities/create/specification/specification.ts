import type { Finding } from '../../../shared/finding.ts';
import { readYaml } from '../../../formats/yaml/yaml.ts';
import type { CreationSpec } from '../creation-spec.ts';
import { checkRequested } from './checks.ts';
import { SpecContext } from './context.ts';
import { specFinding } from './rules.ts';
import { checkShape } from './shape.ts';
import { SpecSource } from './source.ts';
import { readRequested } from '../requested.ts';

/** More are only counted. */
const MAX_FINDINGS = 50;

export interface SpecReading {
  /** Absent when a finding is an error. */
  spec?: CreationSpec;
  /** In the order of the text. */
  findings: Finding[];
}

/**
 * Reads a specification and reports everything that is wrong with it at once. Findings never quote a value.
 * docs/authority-create.md describes the format, which is our own.
 */
export function readCreationSpec(text: string, path: string): SpecReading {
  const reading = readYaml(text);
  if (!reading.ok) return { findings: reading.findings.map((each) => ({ ...each, place: { ...each.place, path } })) };
  const { root } = reading;
  if (root?.kind !== 'map') {
    const { line, column } = root ?? { line: 1, column: 1 };
    return { findings: [specFinding('spec.not-a-mapping', { path, line, column })] };
  }
  const source = new SpecSource(root, text, path);
  const shape = checkShape(source);
  const context = new SpecContext(source, shape);
  const requested = readRequested(context);
  checkRequested(context, requested);
  const findings = arranged([...shape.findings, ...context.findings], path);
  if (findings.some(({ severity }) => severity === 'error')) return { findings };
  const [bootstrap] = requested.bootstrap;
  const [serviceAccountKey] = requested.serviceAccountKey;
  const spec: CreationSpec = {
    path,
    authorities: requested.authorities.map(({ wish }) => wish),
    certificates: requested.certificates.map(({ wish }) => wish),
    kubeconfigs: requested.kubeconfigs.map(({ wish }) => wish),
    bootstrap: bootstrap?.wish,
    serviceAccountKey: serviceAccountKey?.wish,
  };
  return { spec, findings };
}

/** Sorted and unique: a value may fail two checks with the same outcome. */
function arranged(findings: readonly Finding[], path: string): Finding[] {
  const key = ({ rule, place, params }: Finding): string =>
    JSON.stringify([rule, place.line, place.column, place.entry, params]);
  const once = [...new Map(findings.map((each) => [key(each), each])).values()];
  const sorted = once.sort(
    ({ place: left }, { place: right }) =>
      (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0),
  );
  const tooMany = sorted.length - MAX_FINDINGS;
  if (tooMany <= 0) return sorted;
  return [...sorted.slice(0, MAX_FINDINGS), specFinding('spec.more-findings', { path }, { count: tooMany })];
}
