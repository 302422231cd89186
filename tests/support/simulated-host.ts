import type { Action, FailedAction, ActionOutcome } from '../../core/simulation/actions/actions.ts';
import { observe } from '../../core/simulation/observe.ts';
import { perform } from '../../core/simulation/actions/perform.ts';
import type { CertificateState, ClusterState, DeploymentState } from '../../core/simulation/state.ts';
import type { PlanCommand, PlanStep } from '../../core/plan/model/plan.ts';
import type { CommandResult } from '../../core/runs/model/run.ts';
import { findKnownErrors, OutputKeeper } from '../../core/runs/output.ts';
import type { RunningCommand, StepRunner, TargetCommand } from '../../core/runs/target.ts';
import { copyDeployment, type SimulationFacts, type SimulationRequest, type RevocationFile } from './simulated-copy.ts';
import { scriptAction, type ScriptAction } from '../../core/runs/targets/plan-scripts.ts';
import {
  getParameters,
  getTool,
  isOfNoAccount,
  parseAction,
  requireWord,
  type Parameters,
} from '../../core/runs/targets/plan-commands.ts';

interface PracticeAnswer {
  ok: boolean;
  lines: readonly string[];
}

/**
 * A host without machines, for tests of whole plans: commands change certificates and tokens of the simulation. Prints
 * only what the simulation determines.
 */
export class SimulatedHost implements StepRunner {
  readonly #names: ReadonlyMap<string, string>;
  readonly #newestBuild: string | undefined;
  readonly #files: ReadonlyMap<string, readonly RevocationFile[]>;
  #state: DeploymentState;
  #build: string | undefined;
  readonly #versions = new Map<string, string>();
  readonly #logins = new Map<string, 'on-host' | 'sent'>();

  constructor({ state, names, newestBuild, files = new Map() }: SimulationFacts) {
    this.#state = state;
    this.#names = names;
    this.#newestBuild = newestBuild;
    this.#files = files;
  }

  get state(): DeploymentState {
    return this.#state;
  }

  canRun({ command }: PlanStep): boolean {
    if (command === undefined) return false;
    if (command.kind === 'script') return scriptAction(command) !== undefined;
    if (command.kind === 'program') return getTool(command.program) === 'kubectl';
    return isOfNoAccount(command.name) || parseAction(command.name, new Map(), '') !== undefined;
  }

  run(command: TargetCommand, { signal, onOutput }: RunningCommand): Promise<CommandResult> {
    const keeper = new OutputKeeper(onOutput);
    if (signal?.aborted === true)
      return Promise.resolve({ ended: 'cancelled', exitCode: null, tookMs: 0, knownErrors: [], output: keeper.end() });
    const { ok, lines } = this.#answer(command);
    for (const line of lines) keeper.takeText(`${line}\n`);
    const output = keeper.end();
    const knownErrors = findKnownErrors(output);
    return Promise.resolve({ ended: 'itself', exitCode: ok ? 0 : 1, tookMs: 0, output, knownErrors });
  }

  #answer({ command, cluster }: TargetCommand): PracticeAnswer {
    switch (command.kind) {
      case 'cmdlet':
        return this.#cmdlet(command.name, getParameters(command));
      case 'program':
        return this.#program(command, cluster);
      case 'script': {
        const action = scriptAction(command);
        return action === undefined ? notKnown('script') : this.#script(action, this.#clusterName(cluster));
      }
    }
  }

  #cmdlet(name: string, parameters: Parameters): PracticeAnswer {
    const cluster = parameters.get('name') ?? parameters.get('clustername') ?? '';
    const action = parseAction(name, parameters, this.#nameInState(cluster));
    if (action !== undefined) return this.#perform(name, action, parameters);
    switch (name.toLowerCase()) {
      case 'get-akshciversion':
        return createAnswer(this.#build === undefined ? [] : [this.#build]);
      case 'get-akshcicluster':
        return this.#clusters(cluster);
      case 'get-mocnode':
        return this.#nodesOfMoc(name);
      case 'get-akshcinodepool':
      case 'get-akshciclusterupdates':
      case 'get-akshciupdates':
        return this.#asksHost(name);
      default:
        return isOfNoAccount(name) ? createAnswer() : notKnown(name);
    }
  }

  #perform(name: string, action: Action, parameters: Parameters = new Map()): PracticeAnswer {
    const { state, outcome } = perform(this.#state, action);
    this.#state = state;
    if (!outcome.ok) return this.#reportFailure(name, outcome);
    if (action.kind === 'Update-AksHci') this.#build = this.#newestBuild ?? this.#build;
    if (action.kind === 'Update-AksHciCluster') {
      const version = parameters.get('kubernetesversion') ?? '';
      if (version !== '') this.#versions.set(action.name, version);
    }
    return createAnswer(outcomeLines(outcome));
  }

  #clusters(cluster: string): PracticeAnswer {
    const name = this.#nameInState(cluster);
    const found = this.#state.clusters.filter(
      (each) => each.kind === 'workload' && (cluster === '' || each.name === name),
    );
    if (cluster !== '' && found.length === 0) return this.#reportFailure('Get-AksHciCluster', notFound(cluster));
    const lines = found.flatMap((each) => {
      const version = this.#versions.get(each.name);
      return [
        `Name              : ${this.#names.get(each.name) ?? each.name}`,
        ...(version === undefined ? [] : [`KubernetesVersion : ${version}`]),
      ];
    });
    return this.#asksHost('Get-AksHciCluster', lines);
  }

  /** Answers a read-only cmdlet, which requires kvactl and the management cluster. */
  #asksHost(name: string, lines?: readonly string[]): PracticeAnswer {
    const [some] = this.#state.clusters.filter(({ kind }) => kind === 'workload');
    // Simulates fetching a kubeconfig, which has the same requirements, and discards the resulting state.
    const outcome = some && perform(this.#state, { kind: 'Get-AksHciCredential', name: some.name }).outcome;
    return outcome?.ok === false ? this.#reportFailure(name, outcome) : createAnswer(lines);
  }

  #nodesOfMoc(name: string): PracticeAnswer {
    const mocctl = this.#state.identities.find(({ profile }) => profile === 'mocctl');
    const problem = mocctl && observe(this.#state).cloudAgent(mocctl.name);
    if (problem !== undefined) return this.#reportFailure(name, problem);
    return createAnswer(this.#state.hosts.map((host) => `Name : ${host.name}`));
  }

  #program(command: Extract<PlanCommand, { kind: 'program' }>, cluster: string | undefined): PracticeAnswer {
    const words = command.args.map(requireWord);
    if (getTool(command.program) !== 'kubectl') return notKnown(command.program);
    const [verb = '', what = ''] = words.filter((word, at) => word !== '-n' && words[at - 1] !== '-n');
    const name = this.#clusterName(cluster);
    switch (verb) {
      case 'config':
        return createAnswer();
      case 'delete':
      case 'apply':
        return this.#objects(verb, filesIn(words));
      case 'edit':
        return this.#perform('kubectl', { kind: 'delete-revocation', cluster: name, name: words.at(-1) ?? '' });
      case 'get':
        return this.#asksCluster(
          name,
          what.startsWith('node') ? nodeLines : what.startsWith('pod') ? podLines : undefined,
        );
      default:
        return this.#asksCluster(name);
    }
  }

  #objects(verb: 'delete' | 'apply', paths: readonly string[]): PracticeAnswer {
    const lines: string[] = [];
    for (const path of paths) {
      const objects = this.#files.get(path);
      if (objects === undefined) return { ok: false, lines: [`error: the path "${path}" does not exist`] };
      for (const { cluster, object } of objects) {
        const { ok, lines: said } = this.#perform(
          'kubectl',
          verb === 'delete'
            ? { kind: 'delete-revocation', cluster, name: object.name }
            : { kind: 'apply-revocation', cluster, revocation: object },
        );
        if (!ok) return { ok, lines: said };
        const done = verb === 'delete' ? 'deleted' : 'configured';
        lines.push(`${RESOURCE} "${object.name}" ${done}`);
      }
    }
    return createAnswer(lines);
  }

  #asksCluster(name: string, lines?: (cluster: ClusterState) => readonly string[]): PracticeAnswer {
    const found = this.#state.clusters.find((each) => each.name === name);
    if (found === undefined) return this.#reportFailure('kubectl', notFound(name));
    const seen = observe(this.#state);
    const kubeconfig = this.#findKubeconfig(name);
    const problem = seen.apiServer(name) ?? (kubeconfig && seen.authenticate(kubeconfig.id));
    return problem === undefined ? createAnswer(lines?.(found)) : this.#reportFailure('kubectl', problem);
  }

  #findKubeconfig(name: string): CertificateState | undefined {
    return this.#state.certificates.findLast(({ holder }) => holder.kind === 'workstation' && holder.cluster === name);
  }

  #script(action: ScriptAction, cluster: string): PracticeAnswer {
    switch (action) {
      case 'write-login':
      case 'send-login':
      case 'place-login':
        return this.#login(action, cluster);
      case 'restart-kms':
        return this.#callKms(cluster, (identity) => this.#perform('crictl', { kind: 'restart-client', identity }));
      case 'list-kms':
        return this.#callKms(cluster, (name) => {
          const isUp = this.#state.identities.find((each) => each.name === name)?.started === true;
          return createAnswer([`kms-plugin   ${isUp ? 'Running' : 'Exited'}`]);
        });
      case 'control-plane-end':
        return this.#end(({ profile, ...of }) => profile === 'apiserver' && of.cluster === cluster);
      case 'management-kubeconfig-end': {
        const kubeconfig = this.#findKubeconfig(this.#clusterName(undefined));
        return this.#end(({ id }) => id === kubeconfig?.id);
      }
      case 'management-kubeconfig':
        return this.#perform('scp', { kind: 'replace-management-kubeconfig' });
      case 'place-tattoo':
        return this.#resumeRenewal(cluster);
      case 'list-machines':
        return createAnswer([
          'VMName IPAddresses',
          ...this.#state.clusters.flatMap(({ nodes }) => nodes.map(({ name, ip }) => `${machineName(name)} {${ip}}`)),
        ]);
      case 'credential':
        return this.#perform('Get-AksHciCredential', { kind: 'Get-AksHciCredential', name: cluster });
      case 'nodes':
        return this.#asksCluster(cluster, nodeLines);
      case 'node-agent':
        return createAnswer(this.#state.hosts.map(({ name }) => `${name}   wssdagent   Running`));
      case 'files':
        return createAnswer();
    }
  }

  /** Moves a login file. It takes effect only in the folder from which the plugin reads it. */
  #login(action: 'write-login' | 'send-login' | 'place-login', cluster: string): PracticeAnswer {
    return this.#callKms(cluster, (identity) => {
      const rotated: Action = { kind: 'rotate-identity', identity };
      if (action === 'write-login') {
        const { outcome } = perform(this.#state, rotated);
        if (!outcome.ok) return this.#reportFailure('mocctl.exe', outcome);
        this.#logins.set(cluster, 'on-host');
        return createAnswer();
      }
      if (this.#logins.get(cluster) !== (action === 'send-login' ? 'on-host' : 'sent'))
        return { ok: false, lines: ['cloudlogin.yaml: No such file or directory'] };
      if (action === 'place-login') return this.#perform('mv', rotated);
      this.#logins.set(cluster, 'sent');
      return createAnswer();
    });
  }

  #callKms(cluster: string, act: (identity: string) => PracticeAnswer): PracticeAnswer {
    const found = this.#state.identities.find((each) => each.profile === 'kms-plugin' && each.cluster === cluster);
    return found === undefined ? this.#reportFailure('ssh', notFound(cluster)) : act(found.name);
  }

  #resumeRenewal(cluster: string): PracticeAnswer {
    const found = this.#state.clusters.find(({ name }) => name === cluster);
    if (found?.renewers['renewal-controller'].running !== false) return createAnswer();
    return this.#perform('ssh', { kind: 'resume-renewer', cluster, renewer: 'renewal-controller' });
  }

  #end(isIt: (record: CertificateState) => boolean): PracticeAnswer {
    const ends = this.#state.certificates.filter(isIt).map(({ notAfter }) => notAfter);
    return createAnswer(ends.map((end) => `notAfter=${end}`));
  }

  #reportFailure(name: string, { code, text, subject }: FailedAction): PracticeAnswer {
    const about = subject === undefined ? '' : ` (${this.#names.get(subject) ?? subject})`;
    return { ok: false, lines: [`${name}: ${text ?? code}${about}`] };
  }

  #clusterName(cluster: string | undefined): string {
    if (cluster !== undefined) return this.#nameInState(cluster);
    return this.#state.clusters.find(({ kind }) => kind === 'management')?.name ?? '';
  }

  #nameInState(cluster: string): string {
    for (const [name, shown] of this.#names) if (shown === cluster) return name;
    return cluster;
  }
}

/**
 * Copies the clusters of a plan into the simulation. Throws `run.not-in-inventory` if none of them is in the inventory.
 */
export function simulateHost(request: SimulationRequest): SimulatedHost {
  return new SimulatedHost(copyDeployment(request));
}

/** Formatted like kubectl's custom resources; the real output for this kind is not public. */
const RESOURCE = 'renewrevocation.certificates.microsoft.com';

function notFound(subject: string): FailedAction {
  return { ok: false, code: 'not-found', subject };
}

/** Returns the name without the cluster and the number that `adopt` prepends. */
function machineName(node: string): string {
  return node.slice(node.lastIndexOf(' ') + 1);
}

function nodeLines({ nodes }: ClusterState): string[] {
  return nodes.map(({ name, lost }) => `${machineName(name)}   ${lost === true ? 'NotReady' : 'Ready'}`);
}

function podLines({ renewers }: ClusterState): string[] {
  const { running } = renewers['renewal-controller'];
  return [`certificate-renewal-controller   ${running ? '1/1   Running' : '0/1   CrashLoopBackOff'}`];
}

function outcomeLines(outcome: Extract<ActionOutcome, { ok: true }>): string[] {
  return [
    `issued: ${outcome.issued.length}`,
    `tokens: ${outcome.tokens.length}`,
    ...outcome.refused.map(({ certificate, reason }) => `refused: ${certificate} ${reason}`),
    ...outcome.stillRevoked.map(({ certificate, by }) => `revoked: ${certificate} ${by.revocation}`),
  ];
}

function filesIn(words: readonly string[]): string[] {
  return words.filter((_, at) => words[at - 1] === '-f');
}

function createAnswer(lines: readonly string[] = []): PracticeAnswer {
  return { ok: true, lines };
}

function notKnown(name: string): PracticeAnswer {
  return { ok: false, lines: [`The term '${name}' is not recognized.`] };
}
