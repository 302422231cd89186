import { findingsIn, type Finding } from '../../../shared/finding.ts';
import { readYaml } from '../../../formats/yaml/yaml.ts';
import type { CreationSpec } from '../creation-spec.ts';
import { SpecContext } from './context.ts';
import { specFinding } from './rules.ts';
import { checkShape } from './shape.ts';
import { SpecSource, type SpecPath } from './source.ts';
import { readRequested, type Asked, type Requested } from '../requested.ts';
import { ipBytes } from '../../../shared/ip-address.ts';
import type { SansTemplate } from '../../../shared/certificates/certificate-template.ts';
import { readServerHost } from '../../operations/names.ts';

/** Further findings are only counted. */
const MAX_FINDINGS = 50;

/**
 * Reads a specification and reports all its faults in the order of the text, without quoting values. `spec` is absent
 * after an error. docs/authority-create.md describes the format.
 */
export function readCreationSpec(text: string, path: string): { spec?: CreationSpec; findings: Finding[] } {
  const reading = readYaml(text);
  if (!reading.ok) return { findings: findingsIn(path, reading.findings) };
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
  const findings = sortUnique([...shape.findings, ...context.findings], path);
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

/** Sorts findings and removes duplicates, since a value may fail two checks with the same result. */
function sortUnique(findings: readonly Finding[], path: string): Finding[] {
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

function checkRequested(context: SpecContext, requested: Requested): void {
  checkFiles(context, requested);
  checkServers(context, requested);
  const { authorities, certificates, kubeconfigs, bootstrap, serviceAccountKey } = requested;
  const lists = [authorities, certificates, kubeconfigs, bootstrap, serviceAccountKey];
  if (lists.every((list) => list.length === 0) && !context.isMarred) context.add('spec.nothing-to-make', []);
}

/** Reports files that two parts of the specification would write, ignoring the case of names, as Windows does. */
function checkFiles(context: SpecContext, requested: Requested): void {
  const { authorities, certificates, kubeconfigs, bootstrap, serviceAccountKey } = requested;
  const listPairs = (asked: readonly Asked<{ pair: string }>[], extension: string) =>
    asked.flatMap(({ wish: { pair }, path }) =>
      [`${pair}.${extension}`, `${pair}.key`].map((file) => ({ file, path })),
    );
  const owners = new Map<string, SpecPath>();
  const told = new Set<SpecPath>();
  for (const { file, path } of [
    ...listPairs(serviceAccountKey, 'pub'),
    ...listPairs([...authorities, ...certificates], 'crt'),
    ...[...bootstrap, ...kubeconfigs].map(({ wish: { file }, path }) => ({ file, path })),
  ]) {
    const owner = owners.get(file.toLowerCase());
    if (owner === undefined) owners.set(file.toLowerCase(), path);
    else if (!told.has(path)) {
      told.add(path);
      context.add('spec.same-file', path, { file, line: context.findLine(owner) });
    }
  }
}

function checkServers(context: SpecContext, requested: Requested): void {
  const apiServers = requested.certificates.filter(({ wish }) => wish.profile === 'apiserver');
  if (apiServers.length === 0) return;
  for (const { wish, path } of [...requested.kubeconfigs, ...requested.bootstrap]) {
    const host = readServerHost(wish.server);
    if (!apiServers.some((each) => covers(each.wish.sans, host)))
      context.add('spec.server-not-covered', path, { host });
  }
}

function covers({ dns, ip }: SansTemplate, host: string): boolean {
  const address = ipBytes(host);
  return address === undefined
    ? dns.some((name) => name.toLowerCase() === host.toLowerCase())
    : ip.some((each) => String(ipBytes(each)) === String(address));
}
