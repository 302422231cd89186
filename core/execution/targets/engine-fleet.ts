import type { Action, Failure, Outcome } from '../../authority/simulation/actions.ts';
import { adopt } from '../../authority/simulation/adopt.ts';
import { observe } from '../../authority/simulation/observe.ts';
import { perform } from '../../authority/simulation/perform.ts';
import type { ClusterState, DeploymentState } from '../../authority/simulation/state.ts';
import type { FactsByCluster } from '../../domain/cluster-facts.ts';
import type { Cluster, ClusterId } from '../../domain/credential.ts';
import { deploymentsOf } from '../../domain/deployment.ts';
import type { Instant } from '../../domain/instant.ts';
import type { CommandWord, Plan, PlanCommand, PlanStep } from '../../domain/plan.ts';
import { ConsoleError } from '../../domain/problem.ts';
import type { CommandResult } from '../../domain/run.ts';
import { knownErrorsIn, OutputKeeper } from '../output.ts';
import type { RunningCommand, Target, TargetCommand } from '../target.ts';

/** What a command prints, and whether it worked. */
interface Answer {
  ok: boolean;
  lines: readonly string[];
}

type Parameters = ReadonlyMap<string, string | true>;

export interface EngineFleetFacts {
  state: DeploymentState;
  /** What clusters are called by admins, by their names in the state. */
  names: ReadonlyMap<string, string>;
  /** The build that the hosts have after their update, where that is known. */
  newestBuild?: string;
}

/**
 * The engine’s deployment as a host: it answers the commands of a plan by what they do to certificates and tokens, so that the
 * whole way can be practised where nothing can break. Versions are the ones that it was told; what the engine does not know,
 * it does not print.
 */
export class EngineFleet implements Target {
  readonly #names: ReadonlyMap<string, string>;
  readonly #newestBuild: string | undefined;
  #state: DeploymentState;
  #build: string | undefined;
  readonly #versions = new Map<string, string>();

  constructor({ state, names, newestBuild }: EngineFleetFacts) {
    this.#state = state;
    this.#names = names;
    this.#newestBuild = newestBuild;
  }

  /** After what was run so far. */
  get state(): DeploymentState {
    return this.#state;
  }

  describe(): string {
    return 'sample';
  }

  canRun({ command }: PlanStep): boolean {
    return command !== undefined && command.kind !== 'script';
  }

  run(command: TargetCommand, { signal, onOutput }: RunningCommand): Promise<CommandResult> {
    const keeper = new OutputKeeper(onOutput);
    if (signal?.aborted === true)
      return Promise.resolve({
        ...{ ended: 'cancelled', exitCode: null, tookMs: 0, knownErrors: [] },
        output: keeper.end(),
      });
    const { ok, lines } = this.#answer(command);
    for (const line of lines) keeper.takeText(`${line}\n`);
    const output = keeper.end();
    const exitCode = ok ? 0 : 1;
    const knownErrors = knownErrorsIn(output);
    return Promise.resolve({ ended: 'itself', exitCode, tookMs: 0, output, knownErrors });
  }

  /** A run that goes on finds what its earlier part did. */
  replay(command: TargetCommand): void {
    this.#answer(command);
  }

  #answer({ command, cluster }: TargetCommand): Answer {
    switch (command.kind) {
      case 'cmdlet':
        return this.#cmdlet(command.name, parametersOf(command));
      case 'program':
        return this.#program(command, cluster);
      case 'script':
        return notKnown('script');
    }
  }

  #cmdlet(name: string, parameters: Parameters): Answer {
    const cluster = textOf(parameters.get('name') ?? parameters.get('clustername'));
    const action = this.#actionOf(name, parameters, this.#nameInState(cluster));
    if (action !== undefined) return this.#perform(name, action, parameters);
    switch (name.toLowerCase()) {
      case 'get-akshciversion':
        return answered(this.#build === undefined ? [] : [this.#build]);
      case 'get-akshcicluster':
        return this.#clusters(cluster);
      case 'get-akshcinodepool':
        return this.#asksCluster(cluster, () => []);
      case 'get-mocnode':
        return answered(this.#state.hosts.map((host) => `Name : ${host.name}`));
      case 'get-akshciclusterupdates':
      case 'get-akshciupdates':
      case 'get-akshciconfig':
      case 'get-module':
      case 'update-module':
      case 'test-updateakshci':
        return answered([]);
      default:
        return notKnown(name);
    }
  }

  #actionOf(name: string, parameters: Parameters, cluster: string): Action | undefined {
    const force = parameters.has('force') && { force: true };
    switch (name.toLowerCase()) {
      case 'update-akshci':
        return { kind: 'Update-AksHci' };
      case 'update-akshcicluster':
        return { kind: 'Update-AksHciCluster', name: cluster };
      case 'update-akshcicertificates':
        return { kind: 'Update-AksHciCertificates', ...force };
      case 'update-akshciclustercertificates':
        return {
          ...{ kind: 'Update-AksHciClusterCertificates', name: cluster, ...force },
          ...(parameters.has('patchloadbalancer') && { patchLoadBalancer: true }),
          fix: parameters.has('fixkubeletcredentials')
            ? 'kubelet-credentials'
            : 'cloud-credentials',
        };
      case 'get-akshcicredential':
        return { kind: 'Get-AksHciCredential', name: cluster };
      case 'invoke-akshcirotatecacertificate':
        return { kind: 'Invoke-AksHciRotateCACertificate' };
      case 'repair-moclogin':
        return { kind: 'Repair-MocLogin' };
      case 'repair-moc':
        return { kind: 'Repair-Moc' };
      default:
        return undefined;
    }
  }

  #perform(name: string, action: Action, parameters: Parameters): Answer {
    const { state, outcome } = perform(this.#state, action);
    this.#state = state;
    if (!outcome.ok) return this.#failed(name, outcome);
    if (action.kind === 'Update-AksHci') this.#build = this.#newestBuild ?? this.#build;
    if (action.kind === 'Update-AksHciCluster') {
      const version = textOf(parameters.get('kubernetesversion'));
      if (version !== '') this.#versions.set(action.name, version);
    }
    return answered(doneLines(outcome));
  }

  #clusters(cluster: string): Answer {
    if (cluster !== '') return this.#asksCluster(cluster, (each) => this.#clusterLines(each));
    const workload = this.#state.clusters.filter(({ kind }) => kind === 'workload');
    return answered(workload.flatMap((each) => this.#clusterLines(each)));
  }

  #clusterLines({ name }: ClusterState): string[] {
    const version = this.#versions.get(name);
    return [
      `Name              : ${this.#names.get(name) ?? name}`,
      ...(version === undefined ? [] : [`KubernetesVersion : ${version}`]),
    ];
  }

  #program(
    command: Extract<PlanCommand, { kind: 'program' }>,
    cluster: string | undefined,
  ): Answer {
    const words = command.args.map(wordOf);
    if (command.program.replace(/\.exe$/iu, '') !== 'kubectl') return notKnown(command.program);
    const [verb = '', what = ''] = words;
    if (verb === 'get' && what.startsWith('node'))
      return this.#asksCluster(cluster ?? '', ({ nodes }) =>
        nodes.map(({ name, lost }) => `${name}   ${lost === true ? 'NotReady' : 'Ready'}`),
      );
    return this.#asksCluster(cluster ?? '', () => []);
  }

  #asksCluster(cluster: string, lines: (cluster: ClusterState) => readonly string[]): Answer {
    const name = this.#nameInState(cluster);
    const found = this.#state.clusters.find((each) => each.name === name);
    if (found === undefined)
      return this.#failed('kubectl', { ok: false, code: 'not-found', subject: cluster });
    const problem = observe(this.#state).apiServer(name);
    return problem === undefined ? answered(lines(found)) : this.#failed(cluster, problem);
  }

  #failed(name: string, { code, text, subject }: Failure): Answer {
    const about = subject === undefined ? '' : ` (${this.#names.get(subject) ?? subject})`;
    return { ok: false, lines: [`${name}: ${text ?? code}${about}`] };
  }

  #nameInState(cluster: string): string {
    for (const [name, shown] of this.#names) if (shown === cluster) return name;
    return cluster;
  }
}

export interface EngineFleetRequest {
  clusters: readonly Cluster[];
  facts: FactsByCluster;
  now: Instant;
  plan: Plan;
}

/**
 * The engine’s copy of the deployment that a plan is about, as the inventory knows it. `run.not-practised` when none of its
 * clusters are in the inventory.
 */
export function engineFleet({ clusters, facts, now, plan }: EngineFleetRequest): EngineFleet {
  const wanted = new Set(plan.clusters.map(({ id, name }) => id ?? name));
  const isWanted = ({ id, name }: { id: ClusterId; name: string }): boolean =>
    wanted.has(id) || wanted.has(name);
  const deployment = deploymentsOf(clusters, facts).find(
    (each) =>
      each.clusters.some(isWanted) || (each.cloudAgent !== undefined && isWanted(each.cloudAgent)),
  );
  if (deployment === undefined) throw new ConsoleError('run.not-practised', {});
  const known = (id: ClusterId | undefined) =>
    clusters.filter((cluster) => cluster.id === id).map((cluster) => ({ cluster }));
  const [cloudAgent] = known(deployment.cloudAgent?.id);
  const members = deployment.clusters.flatMap(({ id }) => known(id));
  const { state } = adopt({
    ...{ now, clusters: members, isStalled: () => false },
    ...(cloudAgent !== undefined && { cloudAgent }),
  });
  const names = new Map<string, string>(members.map(({ cluster }) => [cluster.id, cluster.name]));
  const build = plan.steps.find(({ id }) => id === 'update-host')?.check?.prints?.[0];
  return new EngineFleet({ state, names, ...(build !== undefined && { newestBuild: build }) });
}

function parametersOf({ parameters }: Extract<PlanCommand, { kind: 'cmdlet' }>): Parameters {
  return new Map(
    parameters.map(({ name, value }) => [
      name.toLowerCase(),
      value === undefined ? true : wordOf(value),
    ]),
  );
}

function wordOf(word: CommandWord): string {
  return 'literal' in word ? word.literal : (word.value ?? '');
}

function textOf(value: string | true | undefined): string {
  return typeof value === 'string' ? value : '';
}

function answered(lines: readonly string[]): Answer {
  return { ok: true, lines };
}

/** As Windows PowerShell says it, which the diagnosis takes for no failure of the product. */
function notKnown(name: string): Answer {
  return {
    ok: false,
    lines: [
      `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program.`,
    ],
  };
}

function doneLines(outcome: Extract<Outcome, { ok: true }>): string[] {
  return [
    `issued: ${outcome.issued.length}`,
    `tokens: ${outcome.tokens.length}`,
    ...outcome.refused.map(({ certificate, reason }) => `refused: ${certificate} ${reason}`),
    ...outcome.stillRevoked.map(
      ({ certificate, by }) => `revoked: ${certificate} ${by.revocation}`,
    ),
  ];
}
