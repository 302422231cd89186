import type { Finding } from '../../../shared/finding.ts';
import type { KeyAlgorithm } from '../../../shared/certificates/key-algorithm.ts';
import { listPlaceholders } from '../../../pki/model/profile-placeholders.ts';
import type { Profile } from '../../../pki/model/profile.ts';
import type { ProfileValues } from '../../../pki/issue/profile-template.ts';
import type { Wished } from '../creation-spec.ts';
import { specFinding, type SpecRule } from './rules.ts';
import { readServerHost } from './schema.ts';
import type { ShapedSpec, SoundDocument } from './shape.ts';
import type { SpecPath, SpecSource } from './source.ts';

/** Fields of a specification that fill the placeholders of profiles; `name` is the entry's own. */
const FIELDS: Readonly<Record<keyof ProfileValues, string>> = {
  cluster: 'cluster.name',
  node: 'node.name',
  host: 'host.name',
  identity: 'name',
  'cloud-agent-fqdn': 'host.cloudAgentFqdn',
  'node-ip': 'node.ips',
  'host-ip': 'host.ips',
  'service-ip': 'cluster.serviceIp',
  endpoint: 'cluster.endpoints',
  'service-domain': 'cluster.serviceDomain',
};
const SERVICE_DOMAIN = 'cluster.local';

/** State shared by the entries of one specification while they are read: its values, and the problems found so far. */
export class SpecContext {
  readonly document: SoundDocument;
  readonly findings: Finding[] = [];
  /** The same for all entries. */
  readonly values: ProfileValues;
  readonly #source: SpecSource;
  readonly #isShaped: boolean;
  readonly #broken: ReadonlySet<string>;
  readonly #told = new Set<string>();

  constructor(source: SpecSource, { document, broken, findings }: ShapedSpec) {
    this.#isShaped = findings.length === 0;
    this.document = document;
    this.values = valuesIn(document);
    this.#source = source;
    this.#broken = broken;
  }

  /** Whether something is already wrong, so that something else may be missing for that reason alone. */
  get isMarred(): boolean {
    return !this.#isShaped || this.findings.length > 0;
  }

  add(rule: SpecRule, path: SpecPath, params?: Record<string, string | number>): void {
    this.findings.push(specFinding(rule, this.#source.placeOf(path), params));
  }

  /** The line of a part in its file. */
  lineOf(path: SpecPath): number {
    return this.#source.placeOf(path).line ?? 1;
  }

  /**
   * Reports that `asker`, the entry at `path`, requires a field: once per field, however many entries require it, and
   * not where the part that holds it is already wrong.
   */
  needs(asker: string, field: string, path: SpecPath): void {
    const isOwn = field === FIELDS.identity;
    const [section = ''] = field.split('.');
    const mark = isOwn ? path.join('.') : field;
    if (this.#told.has(mark) || (!isOwn && this.#broken.has(section))) return;
    this.#told.add(mark);
    const hint = isOwn ? 'name' : field === FIELDS.endpoint ? 'endpoints' : 'none';
    this.add('spec.needs', path, { asker, field, hint });
  }

  /** Whether every placeholder of a profile has a value; missing ones become findings. */
  hasValuesFor(profile: Profile, values: ProfileValues, path: SpecPath): boolean {
    const missing = listPlaceholders(profile)
      .map(({ name }) => name)
      .filter((name): name is keyof ProfileValues => Object.hasOwn(FIELDS, name))
      .filter((name) => (values[name] ?? []).length === 0);
    for (const name of missing) this.needs(profile.id, FIELDS[name], path);
    return missing.length === 0;
  }

  /**
   * The key of an entry: its own, otherwise that of the whole specification where the profile allows it, otherwise the
   * profile's.
   */
  keyAlgorithm(
    { id, keyAlgorithms }: Profile,
    own: KeyAlgorithm | undefined,
    path: SpecPath,
  ): Wished<KeyAlgorithm> | undefined {
    const allowed = keyAlgorithms.value;
    if (own !== undefined && !allowed.includes(own)) {
      const params = { profile: id, allowed: allowed.join(', ') };
      this.add('spec.key-algorithm', [...path, 'keyAlgorithm'], params);
      return undefined;
    }
    const stated = own ?? allowed.find((each) => each === this.document.keyAlgorithm);
    return { value: stated ?? allowed[0], isStated: stated !== undefined };
  }
}

function valuesIn({ cluster, node, host }: SoundDocument): ProfileValues {
  const { server, endpoints = [] } = cluster ?? {};
  const own = server === undefined ? [] : [readServerHost(server)];
  return {
    cluster: cluster?.name ?? [],
    'service-ip': cluster?.serviceIp ?? [],
    'service-domain': cluster?.serviceDomain ?? SERVICE_DOMAIN,
    endpoint: [...own, ...endpoints],
    node: node?.name ?? [],
    'node-ip': node?.ips ?? [],
    host: host?.name ?? [],
    'host-ip': host?.ips ?? [],
    'cloud-agent-fqdn': host?.cloudAgentFqdn ?? [],
  };
}
