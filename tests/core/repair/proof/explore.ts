import { checkCommand } from '../../../../core/knowledge/model/cmdlets/command-check.ts';
import { COMMAND_PLACEHOLDERS } from '../../../../core/knowledge/model/command-placeholders.ts';
import { commandText, type Plan, type PlanCommand } from '../../../../core/plan/model/plan.ts';
import { MANAGEMENT, WORKLOAD } from './inventory.ts';
import { isReachable, platformKey, listFaults, Repairs, type Platform } from './platform.ts';
import { planFor, walk } from './walk.ts';

const DETOUR = 2;

export interface Findings {
  platforms: number;
  plans: number;
  /** Total number of actions on all platforms. */
  steps: number;
  /** Faults of plans, the most frequent first, each with a platform on which it occurs. */
  counterexamples: readonly { what: string; count: number; platform: string; actions: readonly string[] }[];
}

/** Follows the plan of each platform, and checks that each state on the way is itself one of the platforms. */
export function explore(all: Iterable<Platform>): Findings {
  const found = new Map<string, { what: string; count: number; platform: string; actions: readonly string[] }>();
  const repairs = new Repairs();
  let [platforms, plans, steps] = [0, 0, 0];
  let last: { credentials: Platform['credentials']; plan: Plan; problems: string[] } | undefined;
  for (const platform of all) {
    platforms += 1;
    // The conditions that an inventory does not show have no effect on the plan.
    if (last?.credentials !== platform.credentials) {
      const plan = planFor(platform);
      last = { credentials: platform.credentials, plan, problems: problemsOfCommands(plan) };
      plans += 1;
    }
    const { problems, platforms: reached, actions, followUps } = walk(platform, last.plan);
    steps += actions.length;
    const end = reached.at(-1) ?? platform;
    const left = listFaults(end).map((each) => `${each} is left`);
    const shortest = repairs.shortest(platform);
    const length = actions.length - followUps;
    const isTooLong = left.length === 0 && length > shortest + DETOUR;
    const what = [
      ...problems,
      ...last.problems,
      ...left,
      ...(isTooLong ? [`longer than the shortest repair by ${length - shortest}`] : []),
      // An admin who stops in a state later follows the plan of that state, so the state must be one of the platforms.
      ...reached.filter((each) => !isReachable(each)).map((each) => `ends in another world: ${platformKey(each)}`),
    ];
    for (const each of new Set(what)) {
      const known = found.get(each) ?? { what: each, count: 0, platform: platformKey(platform), actions };
      found.set(each, { ...known, count: known.count + 1 });
    }
  }
  return { platforms, plans, steps, counterexamples: [...found.values()].sort((a, b) => b.count - a.count) };
}

export function formatCounts({ platforms, plans, steps, counterexamples }: Findings): string {
  return `${platforms} platforms, ${plans} plans, ${steps} steps, ${counterexamples.length} counterexamples`;
}

/**
 * Lists the errors that the command checker finds in a plan, and names in its commands that are not in the inventory.
 */
function problemsOfCommands({ steps }: Plan): string[] {
  return steps.flatMap(({ id, command, check, undo, instead }) => {
    const others = instead?.steps.map((step) => step.command) ?? [];
    const all = [command, check?.command, undo?.command, ...others];
    return all.flatMap((each) => (each === undefined ? [] : findProblems(each).map((problem) => `${id}: ${problem}`)));
  });
}

/** Results by text of the command, since thousands of plans contain the same few commands. */
const checked = new Map<string, readonly string[]>();

function findProblems(command: PlanCommand): readonly string[] {
  const text = commandText(command);
  let problems = checked.get(text);
  if (problems === undefined) {
    // A value in angle brackets is no error, since the admin enters it before the step runs.
    const errors = checkCommand(text).problems.filter(
      ({ code, severity }) => severity === 'error' && code !== 'placeholder',
    );
    problems = [...errors.map(({ code }) => `${code} in ${text}`), ...unknownNames(text)];
    checked.set(text, problems);
  }
  return problems;
}

/** Patterns of cluster names in the text of a command, independent of the planner. */
const NAMED_CLUSTERS = [
  / -name ("[^"]*"|'[^']*'|\S+)/gu,
  /KMSPlugin-(.+?)-moc-kms-plugin/gu,
  /\.before-" \+ '(.*?)'/gu,
];
const PLACEHOLDER = /<([^<>]+)>/gu;

function unknownNames(text: string): string[] {
  const names = NAMED_CLUSTERS.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name));
  const unknown = names.filter((name) => !isPlaceholder(name) && name !== WORKLOAD && name !== MANAGEMENT);
  const asked = [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  return [
    ...unknown.map((name) => `a cluster that is not in the inventory: ${name}`),
    ...asked.filter((name) => !isAskedFor(name)).map((name) => `a value that nobody is asked for: <${name}>`),
  ];
}

function isPlaceholder(name: string): boolean {
  return /^<[^<>]+>$/u.test(name);
}

/** Returns whether a name is a placeholder of the catalogue, alone or with the name of a cluster. */
function isAskedFor(name: string): boolean {
  return Object.keys(COMMAND_PLACEHOLDERS).some(
    (each) => name === each || name === `${each}-${WORKLOAD}` || name === `${each}-${MANAGEMENT}`,
  );
}
