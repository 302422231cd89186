import { addTo } from '../../shared/lists.ts';
import { repairFact } from '../../knowledge/model/repair-facts.ts';
import type { CommandPlaceholder } from '../../knowledge/model/command-placeholders.ts';
import { toCommand } from '../../plan/model/command.ts';
import { commandText, openValues, type PlanStep } from '../../plan/model/plan.ts';
import { toOpenValue } from '../../plan/model/value.ts';
import { includesCase } from './cases.ts';
import { stepId } from './plan-step.ts';

/* Values that only a command on the way shows: each is looked up before the first step that needs it. */

interface Finder {
  id: 'machines' | 'pods' | 'revocations' | 'kms-container' | 'kube-vip' | 'tattoo-files';
  finds: readonly CommandPlaceholder[];
  /** What its command contains, as a remedy has it. */
  command: string;
  /** Lists those of all clusters at once. */
  isOfHosts?: true;
  /** Every remedy that needs the value has the step: only its place is seen to. */
  isOfRemedy?: true;
}

const PODS: readonly CommandPlaceholder[] = ['kms-pod', 'pod', 'renewal-pod', 'webhook-pod'];

const FINDERS: readonly Finder[] = [
  {
    id: 'machines',
    finds: ['control-plane-ip', 'worker-ip'],
    command:
      'Get-ClusterNode | ForEach-Object { Get-VM -ComputerName $_ } | Get-VMNetworkAdapter | Select-Object VMName, IPAddresses',
    isOfHosts: true,
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
const OF_MANAGEMENT = 'kubectl --kubeconfig (Get-KvaConfig).kubeconfig ';

/** The same steps, each after those that find what it needs, which are added where no remedy has them. */
export function placeFinders(steps: readonly PlanStep[]): PlanStep[] {
  const placed: PlanStep[] = [];
  const all: PlanStep[] = [];
  const { findsOf, needsOf } = lookUps();
  /** In their order, by what they find and by what they need. */
  const [finding, needing] = [new Map<string, PlanStep[]>(), new Map<string, PlanStep[]>()];
  for (const each of steps) {
    const step = withoutPodCheck(each);
    all.push(step);
    const finds = findsOf(step);
    if (finds !== undefined) addTo(finding, finds, step);
    for (const { key } of needsOf(step)) addTo(needing, key, step);
  }
  const left = new Set(all);
  const found = new Set<string>();
  const put = (step: PlanStep): void => {
    left.delete(step);
    const finder = findsOf(step);
    // Once is enough: it lists everything of its kind.
    if (finder !== undefined && found.has(finder)) return;
    if (finder !== undefined) found.add(finder);
    for (const need of needsOf(step)) {
      if (found.has(need.key)) continue;
      const own = finding.get(need.key)?.find((each) => left.has(each));
      if (own === undefined && need.finder.isOfRemedy === true) continue;
      const users = [step, ...(needing.get(need.key) ?? []).filter((each) => left.has(each))];
      if (own === undefined) put(createFinder(need, step, users));
      else {
        const always = users.some((user) => !includesCase(own, user, true));
        const { only: _, ...others } = own;
        left.delete(own);
        // Why a remedy that may never be needed has it says nothing about those who need it always.
        put(always && own.only !== undefined ? { ...others, why: repairFact('find.why') } : own);
      }
    }
    placed.push(step);
  };
  for (const step of all) if (left.has(step)) put(step);
  return placed;
}

/**
 * A check that reads the log of a pod is left to the admin: before the step, when its name would have to be listed, the
 * API server often answers nobody.
 */
export function withoutPodCheck(step: PlanStep): PlanStep {
  const { check, ...others } = step;
  if (check === undefined) return step;
  const isOfPod = openValues({ steps: [{ command: check.command }] }).some((name) =>
    PODS.includes(toOpenValue(name).placeholder ?? 'cluster'),
  );
  return isOfPod ? others : step;
}

interface Need {
  finder: Finder;
  /** Of one owner: machines and pods of two clusters are not the same. */
  key: string;
  cluster: string | undefined;
  isOfManagement: boolean;
}

/** What steps need and find; each step is asked about many times. */
function lookUps(): { findsOf: (step: PlanStep) => string | undefined; needsOf: (step: PlanStep) => readonly Need[] } {
  return { findsOf: once(findFound), needsOf: once(listNeeds) };
}

function once<T>(answer: (step: PlanStep) => T): (step: PlanStep) => T {
  const known = new Map<PlanStep, T>();
  return (step) => {
    const before = known.get(step);
    if (before !== undefined || known.has(step)) return before as T;
    const made = answer(step);
    known.set(step, made);
    return made;
  };
}

function listNeeds(step: PlanStep): Need[] {
  const needs = openValues({ steps: [step] }).flatMap((name): Need[] => {
    const { placeholder } = toOpenValue(name);
    const finder = FINDERS.find(({ finds }) => placeholder !== undefined && finds.includes(placeholder));
    if (finder === undefined) return [];
    const commands = [step.command, step.check?.command].map((each) => (each === undefined ? '' : commandText(each)));
    const isOfManagement = finder.id === 'pods' && commands.some((text) => text.startsWith(OF_MANAGEMENT));
    return [{ finder, key: keyOf(finder, step.cluster), cluster: step.cluster, isOfManagement }];
  });
  return needs.filter(({ key }, at) => needs.findIndex((other) => other.key === key) === at);
}

function keyOf({ id, isOfHosts }: Finder, cluster: string | undefined): string {
  return isOfHosts || cluster === undefined ? id : `${id} ${cluster}`;
}

/** What a step of a remedy finds, by the key of the need. */
function findFound(step: PlanStep): string | undefined {
  const text = step.command === undefined ? '' : commandText(step.command);
  const finder = FINDERS.find(({ command }) => text.endsWith(command));
  return finder === undefined ? undefined : keyOf(finder, step.cluster);
}

/** Every step that may be added, for no cluster in particular. */
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
    [false, true].map((isOfManagement) =>
      createFinder({ finder, key: '', cluster: undefined, isOfManagement }, user, []),
    ),
  );
}

function createFinder({ finder, cluster, isOfManagement }: Need, user: PlanStep, users: readonly PlanStep[]): PlanStep {
  const { id, command, isOfHosts } = finder;
  const isLimited = user.only !== undefined && users.every((each) => includesCase(user, each, true));
  return {
    id: stepId('find', id, isOfHosts ? '' : (cluster ?? '')),
    title: repairFact(`find.${id}`),
    why: repairFact('find.why'),
    target: { kind: isOfHosts || isOfManagement ? 'host' : 'workstation' },
    command: toCommand(isOfManagement ? command.replace('kubectl ', OF_MANAGEMENT) : command),
    ...(isLimited && { only: user.only }),
    expected: repairFact('find.expected'),
    risk: 'none',
    needsApiServer: isOfHosts !== true,
    ...(cluster !== undefined && !isOfHosts && { cluster }),
    because: user.because,
  };
}
