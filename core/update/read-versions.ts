import { aksHciVersion, compareAksHci, kubernetesVersion } from '../knowledge/model/aks-hci-version.ts';
import { ISSUE_152, STATE_VALIDATOR } from '../knowledge/model/sources/sources-repair.ts';
import type { Citation } from '../shared/citation.ts';
import { findingsIn, type Finding } from '../shared/finding.ts';
import {
  READ_COMMANDS,
  type ClusterUpdate,
  type ClusterVersions,
  type CommandAnswer,
  type KnownVersions,
  type NodePoolVersion,
  type UpdateTest,
  type VersionsRead,
} from './model/versions.ts';
import {
  findField,
  formatFieldText,
  readCmdletOutput,
  type CmdletOutput,
  type OutputRecord,
} from '../formats/cmdlet-output/cmdlet-output.ts';
import { isList, formatValue, type OutputValue } from '../formats/cmdlet-output/value.ts';
import { readModuleConfig } from '../formats/moc/module-config.ts';

/** Texts: `finding.<rule>` and `finding.<rule>.remedy`. */
export const VERSION_RULES = [
  'update.nothing-read',
  'update.command-failed',
  'update.value-cut',
  'update.value-unknown',
  'update.cluster-not-named',
  'update.build-without-command',
  'update.two-versions',
  'update.install-state',
  'update.install-state-number',
] as const;
type Rule = (typeof VERSION_RULES)[number];

export interface VersionText {
  text: string;
  path?: string;
}

/**
 * Reads versions and updates from pasted output of the cmdlets in `READ_COMMANDS` and of `Get-AksHciConfig`. If answers
 * contradict each other, the later one counts. All other output is ignored.
 */
export function readVersions(texts: readonly VersionText[]): VersionsRead {
  const reader = new VersionReader();
  for (const text of texts) reader.read(text);
  return reader.result();
}

interface Place {
  path?: string;
  line: number;
}

class VersionReader {
  readonly #findings: Finding[] = [];
  readonly #clusters = new Map<string, ClusterVersions>();
  readonly #pools = new Map<string, NodePoolVersion>();
  readonly #answers = new Map<string, CommandAnswer>();
  readonly #builds: { text: string; place: Place }[] = [];
  readonly #updates: { updates: ClusterUpdate[]; place: Place }[] = [];
  readonly #tests = new Map<string, UpdateTest>();
  #host: string | undefined;
  #moc: string | undefined;
  #hostUpdates: string[] | undefined;
  #offered: Set<string> | undefined;
  #modules: Set<string> | undefined;
  #path: string | undefined;
  readonly #askedBy = new Map<string, string>();
  #isUnderstood = false;

  read({ text, path }: VersionText): void {
    this.#path = path;
    this.#isUnderstood = false;
    this.#takeConfig(text);
    const { outputs, findings } = readCmdletOutput(text);
    for (const finding of findingsIn(path, findings)) this.#findings.push(finding);
    for (const output of outputs) this.#take(output);
    if (!this.#isUnderstood)
      this.#findings.push({
        rule: 'update.nothing-read' satisfies Rule,
        severity: 'error',
        place: { path: this.#path },
      });
  }

  result(): VersionsRead {
    this.#placeBuilds();
    this.#placeUpdates();
    const known: KnownVersions = {
      host: this.#host,
      moc: this.#moc,
      hostUpdates: this.#hostUpdates,
      kubernetesVersions: this.#offered && [...this.#offered],
      modules: this.#modules && [...this.#modules],
      clusters: [...this.#clusters.values()],
      nodePools: [...this.#pools.values()],
      ...(this.#tests.size > 0 && { tests: [...this.#tests.values()] }),
      answers: Object.fromEntries(this.#answers),
    };
    return { known, findings: this.#findings };
  }

  #find(rule: Rule, line: number, params?: Record<string, string>, citation?: Citation): void {
    const place = { path: this.#path, line };
    this.#findings.push({ rule, severity: 'warning', place, params, citation });
  }

  #take(output: CmdletOutput): void {
    const command = output.command?.name.toLowerCase();
    const isError = output.shape === 'error';
    if (command !== undefined && READ_COMMANDS.includes(command)) {
      this.#isUnderstood = true;
      this.#answers.set(command, isError ? 'failed' : 'answered');
      if (isError) this.#find('update.command-failed', output.line, { command: output.command?.name ?? '' });
    }
    if (isError) return;
    if (output.shape !== 'lines') for (const record of output.records) this.#takeRecord(record, output);
    else if (output.lines.length === 0) this.#takeNothing(command, output);
    else this.#takeLines(output);
  }

  /** Returns whether the last answer of this kind came from another command. One command may print several parts. */
  #isNewAnswer(kind: string, { command }: CmdletOutput): boolean {
    const asked = JSON.stringify([this.#path, command?.line]);
    const isNew = this.#askedBy.get(kind) !== asked;
    this.#askedBy.set(kind, asked);
    return isNew;
  }

  #takeNothing(command: string | undefined, output: CmdletOutput): void {
    if (command === 'get-akshciupdates') this.#hostUpdates = [];
    const name = output.command?.parameters.get('name');
    if (command === 'get-akshciclusterupdates' && name !== undefined) this.#cluster(name, { updates: [] });
  }

  #takeLines(output: Extract<CmdletOutput, { shape: 'lines' }>): void {
    for (const { line, text } of output.lines) {
      const build = aksHciVersion(text.replaceAll('"', ''))?.text;
      if (build === undefined) continue;
      this.#isUnderstood = true;
      this.#takeBuild(build, output, line);
    }
  }

  #takeBuild(build: string, output: CmdletOutput, line: number): void {
    const command = output.command?.name.toLowerCase();
    if (command === 'get-akshciversion') this.#setHost(build, line);
    else if (command === 'get-mocversion') this.#moc = build;
    else if (command === 'get-akshciupdates') this.#takeHostUpdate(build, output);
    else this.#builds.push({ text: build, place: { path: this.#path, line } });
  }

  #takeHostUpdate(build: string, output: CmdletOutput): void {
    const before = this.#isNewAnswer('host-updates', output) ? [] : (this.#hostUpdates ?? []);
    this.#hostUpdates = [...new Set([...before, build])];
  }

  #setHost(build: string, line: number): void {
    if (this.#host !== undefined && this.#host !== build)
      this.#find('update.two-versions', line, { before: this.#host, after: build });
    this.#host = build;
  }

  /** Reads only build and state from the configuration of the modules. */
  #takeConfig(text: string): void {
    const settings = readModuleConfig(text)?.sections.AksHci;
    if (settings === undefined) return;
    this.#isUnderstood = true;
    const build = aksHciVersion(settings.get('version')?.text ?? '')?.text;
    if (build !== undefined) this.#setHost(build, 1);
    const state = settings.get('installstate')?.text ?? '';
    // The meaning of the numbers is not public.
    if (/^\d{1,2}$/u.test(state)) this.#find('update.install-state-number', 1, { state }, STATE_VALIDATOR);
    else if (/^[A-Za-z]{1,32}$/u.test(state) && state !== INSTALLED)
      this.#find('update.install-state', 1, { state }, ISSUE_152);
  }

  /** Recognises a record by its fields, because output is often pasted without a prompt. */
  #takeRecord(record: OutputRecord, output: CmdletOutput): void {
    const has = (name: string): boolean => findField(record, name) !== undefined;
    const before = this.#isUnderstood;
    this.#isUnderstood = true;
    if (has('TestName') && has('TestResult')) this.#takeTest(record, output);
    else if (has('NodePoolName')) this.#takePool(record, output);
    else if (has('OrchestratorVersion')) this.#takeOffer(record, output);
    else if (has('KubernetesVersion') && has('OperatingSystemVersion')) this.#takeUpdate(record, output);
    else if (has('KubernetesVersion') && (has('Name') || has('ProvisioningState'))) this.#takeCluster(record, output);
    else if (has('ModuleType') && has('Version')) this.#takeModule(record, output);
    else if (has('Properties') && has('Tags') && has('Name')) this.#answers.set('get-mocnode', 'answered');
    else if (has('Version') && (record.fields.length === 1 || isHostUpdate(record, output))) {
      const build = aksHciVersion(formatFieldText(record, 'Version') ?? '')?.text;
      if (build === undefined) return;
      const isUpdate = record.fields.length > 1;
      if (isUpdate) this.#takeHostUpdate(build, output);
      else this.#takeBuild(build, output, record.line);
    } else this.#isUnderstood = before;
  }

  /** Reports any value that is not a Kubernetes version. */
  #kubernetes(record: OutputRecord, field: string): string | undefined {
    const value = findField(record, field);
    const text = value === undefined ? undefined : formatValue(value.value);
    if (text === undefined || text === '') return undefined;
    const version = kubernetesVersion(text);
    if (version !== undefined) return version.text;
    const isCut = formatFieldText(record, field) === undefined;
    this.#find(isCut ? 'update.value-cut' : 'update.value-unknown', record.line, { field });
    return undefined;
  }

  /** Returns the name in a field, or else the name in the command. */
  #name(
    record: OutputRecord,
    output: CmdletOutput,
    { field, parameter }: { field: string; parameter: string },
  ): string | undefined {
    const isThere = formatValue(findField(record, field)?.value ?? '') ?? '';
    const name = formatFieldText(record, field) ?? output.command?.parameters.get(parameter);
    if (name !== undefined && name !== '') return name;
    if (isThere === '') this.#find('update.cluster-not-named', record.line);
    else this.#find('update.value-cut', record.line, { field });
    return undefined;
  }

  #takeCluster(record: OutputRecord, output: CmdletOutput): void {
    const name = this.#name(record, output, { field: 'Name', parameter: 'name' });
    const version = this.#kubernetes(record, 'KubernetesVersion');
    const state = formatFieldText(record, 'ProvisioningState') ?? stateIn(findField(record, 'Status')?.value);
    if (name === undefined) return;
    // The output shows that the command worked, even if the command itself was not pasted.
    this.#answers.set('get-akshcicluster', 'answered');
    this.#cluster(name, { kubernetesVersion: version, state });
  }

  #takeUpdate(record: OutputRecord, output: CmdletOutput): void {
    const version = this.#kubernetes(record, 'KubernetesVersion');
    if (version === undefined) return;
    const system = findField(record, 'OperatingSystemVersion')?.value ?? '';
    const named = typeof system === 'object' && !isList(system) ? Object.entries(system) : [];
    const update: ClusterUpdate = {
      kubernetesVersion: version,
      operatingSystem: Object.fromEntries(
        named.flatMap(([node, each]) => {
          const text = formatValue(each);
          return text === undefined || text === '' ? [] : [[node.toLowerCase(), text]];
        }),
      ),
    };
    const name = output.command?.parameters.get('name');
    if (name !== undefined && name !== '') {
      const isNew = this.#isNewAnswer(`updates of ${name}`, output);
      const before = isNew ? [] : (this.#clusters.get(name)?.updates ?? []);
      this.#cluster(name, { updates: [...before, update] });
      return;
    }
    const last = this.#updates.at(-1);
    if (last !== undefined && last.place.path === this.#path && last.place.line === output.line)
      last.updates.push(update);
    else this.#updates.push({ updates: [update], place: { path: this.#path, line: output.line } });
  }

  #takePool(record: OutputRecord, output: CmdletOutput): void {
    const cluster = this.#name(record, output, { field: 'ClusterName', parameter: 'clustername' });
    const name = this.#name(record, output, { field: 'NodePoolName', parameter: 'name' });
    const version = this.#kubernetes(record, 'Version');
    if (cluster === undefined || name === undefined) return;
    const count = Number(formatFieldText(record, 'NodeCount') ?? NaN);
    const system = formatFieldText(record, 'OsType');
    const phase = formatFieldText(record, 'Phase');
    this.#pools.set(JSON.stringify([cluster, name]), {
      cluster,
      name,
      version,
      operatingSystem: system,
      ...(Number.isInteger(count) && { nodes: count }),
      phase,
    });
  }

  #takeTest(record: OutputRecord, output: CmdletOutput): void {
    const name = formatFieldText(record, 'TestName') ?? '';
    const result = formatFieldText(record, 'TestResult') ?? '';
    const isFailed = /^fail/iu.test(result);
    if (!isFailed && !/^(?:succe|pass|ok)/iu.test(result)) {
      this.#find('update.value-unknown', record.line, { field: 'TestResult' });
      return;
    }
    this.#answers.set('test-updateakshci', 'answered');
    if (this.#isNewAnswer('tests', output)) this.#tests.clear();
    const details = formatFieldText(record, 'Details') ?? '';
    const [, cluster, version] = DEPRECATED.exec(details) ?? [];
    this.#tests.set(JSON.stringify([name, details]), {
      name,
      passed: !isFailed,
      ...(isFailed && cluster !== undefined && version !== undefined && { deprecated: { cluster, version } }),
    });
  }

  #takeOffer(record: OutputRecord, output: CmdletOutput): void {
    const version = this.#kubernetes(record, 'OrchestratorVersion');
    if (version === undefined || /^true$/iu.test(formatFieldText(record, 'IsPreview') ?? '')) return;
    if (this.#isNewAnswer('offer', output)) this.#offered = new Set();
    this.#offered?.add(version);
  }

  #takeModule(record: OutputRecord, output: CmdletOutput): void {
    const version = formatFieldText(record, 'Version');
    if (formatFieldText(record, 'Name')?.toLowerCase() !== 'akshci' || version === undefined) return;
    if (this.#isNewAnswer('modules', output)) this.#modules = new Set();
    this.#modules?.add(version);
  }

  #cluster(name: string, facts: Omit<ClusterVersions, 'name'>): void {
    this.#clusters.set(name, { ...this.#clusters.get(name), name, ...facts });
  }

  /**
   * If no command shows the current build, the oldest build counts as current, because only newer builds are offered.
   */
  #placeBuilds(): void {
    const builds = this.#builds.flatMap(({ text, place }) => {
      const version = aksHciVersion(text);
      return version === undefined ? [] : [{ version, place }];
    });
    builds.sort((a, b) => compareAksHci(a.version, b.version));
    const [first, ...later] = builds;
    if (first === undefined) return;
    this.#path = first.place.path;
    const isHost = this.#host === undefined;
    if (isHost) this.#host = first.version.text;
    const host = aksHciVersion(this.#host ?? '');
    const updates = (isHost ? later : builds).filter(
      ({ version }) => host !== undefined && compareAksHci(version, host) > 0,
    );
    if (updates.length > 0) this.#hostUpdates ??= [...new Set(updates.map(({ version }) => version.text))];
    this.#find('update.build-without-command', first.place.line, {
      build: first.version.text,
      use: isHost ? 'host' : 'update',
    });
  }

  /** Assigns updates without a command if there is only one cluster and only one list of updates. */
  #placeUpdates(): void {
    const names = [...this.#clusters.keys()];
    const [only, ...others] = names;
    for (const { updates, place } of this.#updates)
      if (only !== undefined && others.length === 0 && this.#updates.length === 1) this.#cluster(only, { updates });
      else {
        this.#path = place.path;
        this.#find('update.cluster-not-named', place.line);
      }
  }
}

function stateIn(status: OutputValue | undefined): string | undefined {
  if (typeof status !== 'object' || isList(status)) return undefined;
  const state = formatValue(status['ProvisioningState'] ?? '');
  return state === '' ? undefined : state;
}

/** Updates begin from this state only. */
const INSTALLED = 'Installed';

/** Returns whether a record is an item of `Get-AksHciUpdates`, whose exact fields are not public. */
function isHostUpdate(record: OutputRecord, { command }: CmdletOutput): boolean {
  const isAsked = command?.name.toLowerCase() === 'get-akshciupdates';
  return isAsked || findField(record, 'Recommendation') !== undefined || findField(record, 'Comments') !== undefined;
}

/** Source: example in the reference of Test-UpdateAksHci. */
const DEPRECATED = /target cluster (\S+) is operating on a deprecated minor version (v?[\d.]*\d)/iu;
