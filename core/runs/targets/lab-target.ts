import { LabFailure, LabHost, type LabHostPorts } from '../../lab/fleet.ts';
import type { Action } from '../../simulation/actions/actions.ts';
import type { Plan, PlanCommand, PlanStep } from '../../plan/model/plan.ts';
import type { CommandResult } from '../model/run.ts';
import { findKnownErrors, OutputKeeper } from '../output.ts';
import type { RunningCommand, StepRunner, TargetCommand } from '../target.ts';
import { scriptAction, scriptText, type ScriptAction } from './plan-scripts.ts';
import { getParameters, getTool, isOfNoAccount, parseAction, requireWord, type Parameters } from './plan-commands.ts';

const LOGIN_STEPS = ['write-login', 'send-login', 'place-login'] as const;
type LoginStep = (typeof LOGIN_STEPS)[number];

/**
 * A target that runs the commands of a plan on a lab: they change real certificates, tokens and files of running
 * processes, and fail where a call fails.
 */
export class LabTarget implements StepRunner {
  readonly #folder: string;
  readonly #ports: LabHostPorts;
  /** A lab has no catalogue of releases: an update reaches the build that the plan expects. */
  readonly #newestBuild: string | undefined;
  #build: string | undefined;
  readonly #versions = new Map<string, string>();
  #host: LabHost | undefined;
  /** The last step of a login file on its way to the plugin, by cluster. */
  readonly #logins = new Map<string, LoginStep>();

  constructor(ports: LabHostPorts, { folder, plan }: { folder: string; plan: Pick<Plan, 'steps'> }) {
    this.#ports = ports;
    this.#folder = folder;
    this.#newestBuild = plan.steps.find(({ id }) => id === 'update-host')?.check?.prints?.[0];
  }

  canRun({ command }: PlanStep): boolean {
    if (command === undefined) return false;
    if (command.kind === 'script') return scriptAction(command) !== undefined;
    if (command.kind === 'program') return getTool(command.program) === 'kubectl';
    return isOfNoAccount(command.name) || parseAction(command.name, new Map(), '') !== undefined;
  }

  /** Throws `lab.absent` or `lab.damaged`. */
  async prepare(): Promise<void> {
    this.#host = await LabHost.open(this.#ports, this.#folder);
  }

  async run(command: TargetCommand, { signal, onOutput }: RunningCommand): Promise<CommandResult> {
    const keeper = new OutputKeeper(onOutput);
    if (signal?.aborted === true)
      return { ended: 'cancelled', exitCode: null, tookMs: 0, knownErrors: [], output: keeper.end() };
    const begun = this.#ports.scheduler.monotonicMs();
    const { ok, lines } = await this.#answer(command).then(
      (printed) => ({ ok: true, lines: printed }),
      (error: unknown) => {
        if (!(error instanceof LabFailure)) throw error;
        return { ok: false, lines: [error.message] };
      },
    );
    for (const line of lines) keeper.takeText(`${line}\n`);
    const output = keeper.end();
    const tookMs = Math.round(this.#ports.scheduler.monotonicMs() - begun);
    return { ended: 'itself', exitCode: ok ? 0 : 1, tookMs, output, knownErrors: findKnownErrors(output) };
  }

  async #answer({ command, cluster }: TargetCommand): Promise<readonly string[]> {
    if (this.#host === undefined) await this.prepare();
    const host = this.#host;
    if (host === undefined) throw new Error('a lab that was opened');
    switch (command.kind) {
      case 'cmdlet':
        return this.#cmdlet(host, command.name, getParameters(command));
      case 'program':
        return this.#program(host, command, cluster);
      case 'script': {
        const action = scriptAction(command);
        if (action === undefined) return fail('script');
        return this.#script(host, action, { text: scriptText(command), cluster });
      }
    }
  }

  async #cmdlet(host: LabHost, name: string, parameters: Parameters): Promise<readonly string[]> {
    const cluster = parameters.get('name') ?? parameters.get('clustername') ?? '';
    const action = parseAction(name, parameters, cluster);
    if (action !== undefined) {
      const lines = await perform(host, action, name);
      const version = parameters.get('kubernetesversion') ?? '';
      if (action.kind === 'Update-AksHci') this.#build = this.#newestBuild;
      if (action.kind === 'Update-AksHciCluster' && version !== '') this.#versions.set(action.name, version);
      return lines;
    }
    switch (name.toLowerCase()) {
      case 'get-akshcicluster': {
        await host.checkCmdlet();
        const found = host.description.clusters.filter(
          (each) => each.kind === 'workload' && (cluster === '' || each.name === cluster),
        );
        return found.flatMap((each) => {
          const version = this.#versions.get(each.name);
          const lines = version === undefined ? [] : [`KubernetesVersion : ${version}`];
          return [`Name              : ${each.name}`, ...lines];
        });
      }
      case 'get-mocnode':
        await host.useTool('mocctl');
        return host.description.machines.filter(({ kind }) => kind === 'host').map((each) => `Name : ${each.name}`);
      case 'get-akshciversion':
        await host.checkCmdlet();
        return this.#build === undefined ? [] : [this.#build];
      case 'get-akshcinodepool':
      case 'get-akshciclusterupdates':
      case 'get-akshciupdates':
        await host.checkCmdlet();
        return [];
      default:
        return isOfNoAccount(name) ? [] : fail(name);
    }
  }

  async #program(
    host: LabHost,
    command: Extract<PlanCommand, { kind: 'program' }>,
    cluster: string | undefined,
  ): Promise<readonly string[]> {
    if (getTool(command.program) !== 'kubectl') return fail(command.program);
    const words = command.args.map(requireWord);
    const found = cluster === undefined ? host.management() : host.findCluster(cluster);
    if (words[0] === 'config') return [];
    const isNodes = words[0] === 'get' && (words[1] ?? '').startsWith('node');
    const body = await host.askApi(found, isNodes ? '/api/v1/nodes' : '/healthz');
    return isNodes ? found.nodes.map(({ name }) => `${name}   ${body === '' ? 'Unknown' : 'Ready'}`) : [body];
  }

  async #script(
    host: LabHost,
    action: ScriptAction,
    { text, cluster }: { text: string; cluster: string | undefined },
  ): Promise<readonly string[]> {
    const found = cluster === undefined ? host.management() : host.findCluster(cluster);
    const node = found.nodes.find(({ role }) => role === 'control-plane');
    const server = node?.certificates.find(({ profile }) => profile === 'apiserver')?.file ?? '';
    switch (action) {
      case 'write-login':
      case 'send-login':
      case 'place-login':
        return this.#login(host, action, found.name);
      case 'restart-kms':
        await host.restartClient(host.getKmsIdentity(found.name));
        return [];
      case 'list-kms': {
        const answers = await host.askApi(found).then(
          () => true,
          () => false,
        );
        return [`kms-plugin   ${answers ? 'Running' : 'Exited'}`];
      }
      case 'control-plane-end':
        return [`notAfter=${String(await host.readEnd(server))}`];
      case 'management-kubeconfig-end':
        return [`notAfter=${String(await host.readEnd(host.management().kubeconfig))}`];
      case 'management-kubeconfig':
        return perform(host, { kind: 'replace-management-kubeconfig' }, 'scp');
      case 'list-machines':
        return [
          'VMName IPAddresses',
          ...host.description.clusters.flatMap(({ nodes }) => nodes.map(({ name, ip }) => `${name} {${ip}}`)),
        ];
      case 'credential':
        return perform(host, { kind: 'Get-AksHciCredential', name: found.name }, 'Get-AksHciCredential');
      case 'nodes':
        await host.askApi(found, '/api/v1/nodes');
        return found.nodes.map(({ name }) => `${name}   Ready`);
      case 'node-agent':
        return host.description.machines
          .filter(({ kind }) => kind === 'host')
          .map(({ name }) => `${name}   wssdagent   Running`);
      case 'place-tattoo':
        return [];
      case 'files':
        await removeFiles(host, text);
        return [];
    }
  }

  /** Moves a login file. A step works only after the one before it, and the token counts only where it is read. */
  async #login(host: LabHost, step: LoginStep, cluster: string): Promise<readonly string[]> {
    const at = LOGIN_STEPS.indexOf(step);
    if (at > 0 && this.#logins.get(cluster) !== LOGIN_STEPS[at - 1])
      throw new LabFailure('cloudlogin.yaml: No such file or directory');
    if (step === 'write-login') await host.useTool('mocctl');
    if (step === 'place-login') await host.rotateIdentity(host.getKmsIdentity(cluster));
    this.#logins.set(cluster, step);
    return [];
  }
}

async function perform(host: LabHost, action: Action, name: string): Promise<readonly string[]> {
  try {
    await host.perform(action);
    return [];
  } catch (error) {
    if (error instanceof LabFailure) throw new LabFailure(`${name}: ${error.message}`);
    throw error;
  }
}

/** Deletes the access file of a tool, the only file whose absence changes anything. */
async function removeFiles(host: LabHost, text: string): Promise<void> {
  if (!/^(?:Remove|Move)-Item /u.test(text)) return;
  for (const tool of ['kvactl', 'mocctl'] as const)
    if (text.includes(`\\${tool}\\cloudconfig`)) await host.removeToolAccess(tool);
}

/** The text of Windows PowerShell, which the diagnosis does not mistake for a failure of the product. */
function fail(name: string): never {
  throw new LabFailure(
    `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program.`,
  );
}
