import { ipBytes } from '../../shared/ip-address.ts';
import { addTo } from '../../shared/lists.ts';
import { CHECKS } from '../../knowledge/model/checks.ts';
import { repairFact } from '../../knowledge/model/repair-facts.ts';
import type { CommandPlaceholder } from '../../knowledge/model/command-placeholders.ts';
import { buildCommand } from '../../plan/model/command.ts';
import { commandText, openValues, type PlanStep } from '../../plan/model/plan.ts';
import { parseOpenValue } from '../../plan/model/value.ts';
import { includesCase } from './cases.ts';
import { stepId } from './plan-step.ts';

/* Values that only a command reveals are looked up before the first step that needs them. */

interface Finder {
  id: 'machines' | 'pods' | 'revocations' | 'kms-container' | 'kube-vip' | 'tattoo-files';
  finds: readonly CommandPlaceholder[];
  command: string;
  /** One lookup finds the values of all clusters. */
  isOfHosts?: true;
  /** The lookup is only moved, because every remedy that needs it already contains it. */
  isOfRemedy?: true;
  /** Reads the values from the lines of the output in their documented form; absent if it does not tell them apart. */
  read?: (lines: readonly string[], asked: { placeholder: CommandPlaceholder; cluster: string }) => FoundValues;
}

export interface FoundValues {
  /** `of`: the machine that has the address. */
  choices: readonly { value: string; of?: string }[];
  /** Whether a single choice is certainly the value. */
  isSure: boolean;
}

const PODS: readonly CommandPlaceholder[] = ['kms-pod', 'pod', 'renewal-pod', 'webhook-pod'];

const FINDERS: readonly Finder[] = [
  {
    id: 'machines',
    finds: ['control-plane-ip', 'worker-ip'],
    command: CHECKS['vm-names'].command,
    isOfHosts: true,
    read: readMachines,
  },
  { id: 'pods', finds: PODS, command: 'kubectl -n kube-system get pods' },
  {
    id: 'revocations',
    finds: ['revocation-name'],
    command: 'kubectl -n kube-system get renewrevocation.certificates.microsoft.com',
  },
  { id: 'kms-container', finds: ['kms-container-id'], command: '"sudo crictl ps -a | grep kms"', isOfRemedy: true },
  { id: 'kube-vip', finds: ['kube-vip-container-id'], command: `"sudo crictl ps | grep 'kube-vip'"`, isOfRemedy: true },
  {
    id: 'tattoo-files',
    finds: ['tattoo-file'],
    command: '"sudo ls /etc/kubernetes/pki/cert-tattoo-*"',
    isOfRemedy: true,
  },
];

/** A line of VMName and IPAddresses. Windows PowerShell ends a list with dots if it is too long for the window. */
const MACHINE = /^(?<name>\S+) +\{(?<list>[^{}]*?)(?<cut>\.{3}|…)?\}?$/u;
const LINK_LOCAL = /^(?:169\.254\.|fe[89ab])/iu;

/** A list that was cut may lack an address, so that nobody can tell whether the others are all. */
function readMachines(
  lines: readonly string[],
  { placeholder, cluster }: Parameters<NonNullable<Finder['read']>>[1],
): FoundValues {
  const own = lines.flatMap((line) => {
    if (!line.startsWith(`${cluster}-`)) return [];
    const { name = '', list = '', cut } = MACHINE.exec(line)?.groups ?? {};
    const addresses = list.split(', ').slice(0, cut === undefined ? undefined : -1);
    const usable = addresses.filter((each) => ipBytes(each) !== undefined && !LINK_LOCAL.test(each));
    const role = name.slice(cluster.length);
    return { choices: usable.map((value) => ({ value, of: name })), isCut: cut !== undefined, role };
  });
  const controlPlanes = own.filter(({ role }) => /^-control-plane-[a-z0-9]+$/u.test(role));
  const others = own.filter(({ role }) => !role.includes('-control-plane-'));
  const isSure = placeholder === 'control-plane-ip' && controlPlanes.length > 0;
  const machines = isSure ? controlPlanes : placeholder === 'worker-ip' ? others : own;
  return {
    choices: machines.flatMap(({ choices }) => choices),
    isSure: isSure && !machines.some(({ isCut }) => isCut),
  };
}
const OF_MANAGEMENT = 'kubectl --kubeconfig (Get-KvaConfig).kubeconfig ';

interface Lookup {
  step: PlanStep;
  finds: string | undefined;
  needs: readonly Need[];
}

/** Moves each lookup before the first step that needs its values, and adds missing lookups. */
export function placeFinders(steps: readonly PlanStep[]): PlanStep[] {
  const placed: PlanStep[] = [];
  const all = steps.map((step) => createLookup(removePodCheck(step)));
  const [finding, needing] = [new Map<string, Lookup[]>(), new Map<string, Lookup[]>()];
  for (const each of all) {
    if (each.finds !== undefined) addTo(finding, each.finds, each);
    for (const { key } of each.needs) addTo(needing, key, each);
  }
  const left = new Set(all);
  const found = new Set<string>();
  const put = (lookup: Lookup, step: PlanStep): void => {
    const { finds, needs } = lookup;
    left.delete(lookup);
    // An earlier lookup has already listed all values of this kind.
    if (finds !== undefined && found.has(finds)) return;
    if (finds !== undefined) found.add(finds);
    for (const need of needs) {
      if (found.has(need.key)) continue;
      const own = finding.get(need.key)?.find((each) => left.has(each));
      if (own === undefined && need.finder.isOfRemedy) continue;
      const others = (needing.get(need.key) ?? []).flatMap((each) => (left.has(each) ? [each.step] : []));
      const users = [step, ...others];
      if (own === undefined) {
        const finder = createFinder(need, step, users);
        put(createLookup(finder), finder);
      } else {
        const always = users.some((user) => !includesCase(own.step, user, true));
        const { only, ...limitless } = own.step;
        // The lookup's own reason applies only to the optional remedy.
        put(own, always && only !== undefined ? { ...limitless, why: repairFact('find.why') } : own.step);
      }
    }
    placed.push(step);
  };
  for (const each of all) if (left.has(each)) put(each, each.step);
  return placed;
}

/**
 * Removes a check that reads the log of a pod: the pod's name comes from the API server, which often does not answer
 * yet.
 */
export function removePodCheck(step: PlanStep): PlanStep {
  const { check, ...others } = step;
  if (check === undefined) return step;
  const isOfPod = openValues({ steps: [{ command: check.command }] }).some((name) =>
    PODS.includes(parseOpenValue(name).placeholder ?? 'cluster'),
  );
  return isOfPod ? others : step;
}

interface Need {
  /** Name of the open value. */
  name: string;
  placeholder: CommandPlaceholder;
  finder: Finder;
  /** Contains the cluster, because each cluster has its own machines and pods. */
  key: string;
  cluster: string | undefined;
  isOfManagement: boolean;
}

/** Determines what the output of a step reveals, and which values the step needs from earlier output. */
export function createLookup(step: PlanStep): Lookup {
  const text = step.command && commandText(step.command);
  const own = FINDERS.find(({ command }) => text?.endsWith(command));
  const needs = openValues({ steps: [step] }).flatMap((name): Need[] => {
    const { placeholder } = parseOpenValue(name);
    const finder = FINDERS.find(({ finds }) => placeholder !== undefined && finds.includes(placeholder));
    if (placeholder === undefined || finder === undefined) return [];
    const isOfManagement =
      finder.id === 'pods' &&
      [step.command, step.check?.command].some((command) => command && commandText(command).startsWith(OF_MANAGEMENT));
    const { cluster } = step;
    return [{ name, placeholder, finder, key: finderKey(finder, cluster), cluster, isOfManagement }];
  });
  return { step, finds: own && finderKey(own, step.cluster), needs };
}

function finderKey({ id, isOfHosts }: Finder, cluster: string | undefined): string {
  return isOfHosts || cluster === undefined ? id : `${id} ${cluster}`;
}

/** Lists all lookup steps, without a cluster. */
export function listFinderSteps(): PlanStep[] {
  const user: PlanStep = {
    id: '',
    title: repairFact('find.why'),
    why: repairFact('find.why'),
    target: { kind: 'host' },
    risk: 'none',
    needsApiServer: false,
    because: { failures: [], credentials: [] },
  };
  return FINDERS.flatMap((finder) =>
    [false, true].map((isOfManagement) => createFinder({ finder, cluster: undefined, isOfManagement }, user, [])),
  );
}

function createFinder(
  { finder, cluster, isOfManagement }: Pick<Need, 'finder' | 'cluster' | 'isOfManagement'>,
  user: PlanStep,
  users: readonly PlanStep[],
): PlanStep {
  const { id, command, isOfHosts } = finder;
  const isLimited = user.only !== undefined && users.every((each) => includesCase(user, each, true));
  return {
    id: stepId('find', id, isOfHosts ? '' : (cluster ?? '')),
    title: repairFact(`find.${id}`),
    why: repairFact('find.why'),
    target: { kind: isOfHosts || isOfManagement ? 'host' : 'workstation' },
    command: buildCommand(isOfManagement ? command.replace('kubectl ', OF_MANAGEMENT) : command),
    ...(isLimited && { only: user.only }),
    expected: repairFact('find.expected'),
    risk: 'none',
    needsApiServer: !isOfHosts,
    ...(cluster !== undefined && !isOfHosts && { cluster }),
    because: user.because,
  };
}
