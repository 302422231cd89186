import type { Finding } from '../../../shared/finding.ts';
import type { KeyAlgorithm } from '../../../shared/certificates/key-algorithm.ts';
import { listPlaceholders, type PlaceholderName } from '../../../pki/model/profile-placeholders.ts';
import { listSigners, type Profile, type ProfileId } from '../../../pki/model/profile.ts';
import type { ProfileValues } from '../../../pki/issue/profile-template.ts';
import type { Wished } from '../creation-spec.ts';
import { specFinding, type SpecRule } from './rules.ts';
import { readServerHost } from '../../operations/names.ts';
import type { ShapedSpec, SoundDocument } from './shape.ts';
import type { SpecPath, SpecSource } from './source.ts';

/** The fields that fill the placeholders of profiles; `name` belongs to the entry itself. */
const FIELDS: Readonly<Record<PlaceholderName, string>> = {
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

export class SpecContext {
  readonly document: SoundDocument;
  readonly findings: Finding[] = [];
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

  /** Whether another fault may be the reason that something is missing. */
  get isMarred(): boolean {
    return !this.#isShaped || this.findings.length > 0;
  }

  add(rule: SpecRule, path: SpecPath, params?: Record<string, string | number>): void {
    this.findings.push(specFinding(rule, this.#source.findPlace(path), params));
  }

  findLine(path: SpecPath): number {
    return this.#source.findPlace(path).line ?? 1;
  }

  /**
   * Reports, once per field, that the entry at `path` needs the field, unless the part with the field is already wrong.
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

  hasValuesFor(profile: Profile, path: SpecPath): boolean {
    const missing = listPlaceholders(profile)
      .map(({ name }) => name)
      .filter((name) => (this.values[name] ?? []).length === 0);
    for (const name of missing) this.needs(profile.id, FIELDS[name], path);
    return missing.length === 0;
  }

  /** Returns the entry's CA, else the profile's. */
  issuer(profile: Profile, own: ProfileId | undefined, path: SpecPath): ProfileId | undefined {
    const allowed = listSigners(profile);
    const issuer = own ?? allowed[0];
    if (issuer === undefined) throw new Error('a root is no leaf');
    if (allowed.includes(issuer)) return issuer;
    this.add('spec.issuer', [...path, 'issuer'], { profile: profile.id, allowed: allowed.join(', ') });
    return undefined;
  }

  /** Returns the entry's algorithm, else the specification's if the profile allows it, else the profile's first. */
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
