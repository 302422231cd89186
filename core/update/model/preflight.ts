import { EXCLUDED_EARLIER, SUPPORT_ENDS, type WindowsServer } from '../../knowledge/model/support-end.ts';
import { preflightFact } from '../../knowledge/model/update-facts.ts';
import type { RoleFacts } from '../../knowledge/model/credentials/credentials.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { Statement } from '../../shared/citation.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { DAY_MS, instantFromMs, epochMs, SECOND_MS } from '../../shared/instant.ts';
import { buildCommand } from '../../plan/model/command.ts';
import type { CommandWord, PlanCommand, StepTarget } from '../../plan/model/plan.ts';
import type { Break, PowerOffClock } from '../../availability/model/power-off.ts';
import { aksHciVersion, compareAksHci, findRelease } from '../../knowledge/model/aks-hci-version.ts';
import { newRelease, type NewRelease } from '../../availability/model/update-age.ts';
import { NOTHING_KNOWN, type KnownVersions } from './versions.ts';

/*
 * An update depends on credentials that it renews itself. If the update stops halfway, the deployment is left between
 * two versions.
 */

export const PREFLIGHT_IDS = [
  'moc-login',
  'kvactl-login',
  'management-kubeconfig',
  'host-credentials',
  'cluster-credentials',
  'kms',
  'moc-version',
  'module',
  'update-test',
  'room',
  'support-end',
  'update-age',
] as const;
export type PreflightId = (typeof PREFLIGHT_IDS)[number];

export interface PreflightCheck {
  id: PreflightId;
  /** Absent for the hosts. */
  cluster?: string;
  state: 'ok' | 'problem' | 'unknown';
  title: Statement;
  why: Statement;
  /** The contradictory statement of another source. */
  but?: Statement;
  /** A read-only command whose output answers the check. */
  command: PlanCommand;
  target: StepTarget;
  expected: Statement;
  /** Earliest expiry first. */
  credentials: readonly CredentialId[];
}

export interface PreflightInput {
  nowMs: number;
  /** Estimated duration of the update in milliseconds. */
  runMs: number;
  /** Hosts and management cluster; empty if nothing was read. */
  host: readonly PowerOffClock[];
  clusters: readonly { name: string; clock?: PowerOffClock }[];
  versions: KnownVersions;
  windowsServer?: WindowsServer;
}

export function preflightChecks(input: PreflightInput): PreflightCheck[] {
  const checkEach = (
    check: (input: PreflightInput, clocks: readonly PowerOffClock[], cluster?: string) => PreflightCheck,
  ): PreflightCheck[] => [
    check(input, input.host),
    ...input.clusters.map(({ name, clock }) => check(input, clock === undefined ? [] : [clock], name)),
  ];
  return [
    login(input, 'moc-login', 'Get-MocNode'),
    login(input, 'kvactl-login', 'Get-AksHciCluster'),
    managementKubeconfig(input),
    ...checkEach(credentials),
    ...checkEach(kms),
    mocVersion(input),
    moduleVersions(input),
    updateTest(input),
    room(),
    supportEnd(input),
    ...checkEach(getUpdateAge),
  ];
}

/** Returns whether a check of these hosts or clusters finds a problem already now, whatever their versions. */
export function isBlocked(clocks: readonly PowerOffClock[], nowMs: number): boolean {
  const host = clocks.filter(({ kind }) => kind !== 'workload');
  const workloads = clocks.filter(({ kind }) => kind === 'workload');
  const clusters = workloads.map((clock) => ({ name: clock.cluster, clock }));
  const checks = preflightChecks({ nowMs, runMs: 0, host, clusters, versions: NOTHING_KNOWN });
  return checks.some(({ state }) => state === 'problem');
}

const HOST: StepTarget = { kind: 'host' };

/** Makes a cmdlet command. The value `true` makes a parameter a switch. */
export function cmdlet(name: string, parameters: Readonly<Record<string, CommandWord | true>> = {}): PlanCommand {
  return {
    kind: 'cmdlet',
    name,
    parameters: Object.entries(parameters).map(([parameter, value]) => ({
      name: parameter,
      ...(value !== true && { value }),
    })),
  };
}

function createCheck(
  id: Exclude<PreflightId, 'support-end'>,
  own: Pick<PreflightCheck, 'command' | 'state' | 'why'> & Partial<PreflightCheck>,
): PreflightCheck {
  return {
    id,
    title: preflightFact(id),
    target: HOST,
    expected: preflightFact(`${id}.expected`),
    credentials: [],
    ...own,
  };
}

/** Judges by the result of a login if there is one, or else by the credentials. */
function login(input: PreflightInput, id: 'moc-login' | 'kvactl-login', name: string): PreflightCheck {
  const command = cmdlet(name);
  const judged = judgeEnd(input, input.host, id);
  switch (input.versions.answers[name.toLowerCase()]) {
    case 'failed':
      return createCheck(id, { command, ...judged, state: 'problem', why: preflightFact(`${id}.failed`) });
    case 'answered':
      return createCheck(id, { command, state: 'ok', why: preflightFact(`${id}.answered`) });
    default:
      return createCheck(id, { command, ...judged });
  }
}

function managementKubeconfig(input: PreflightInput): PreflightCheck {
  return createCheck('management-kubeconfig', {
    command: buildCommand('kubectl get nodes --kubeconfig (Get-KvaConfig).kubeconfig'),
    ...judgeEnd(input, input.host, 'management-kubeconfig'),
  });
}

function credentials(input: PreflightInput, clocks: readonly PowerOffClock[], cluster?: string): PreflightCheck {
  const id = cluster === undefined ? 'host-credentials' : 'cluster-credentials';
  return createCheck(id, {
    cluster,
    command: buildCommand('arcwarden inventory import <path>'),
    target: { kind: 'workstation' },
    ...judgeEnd(input, clocks, 'credentials'),
  });
}

function kms(input: PreflightInput, clocks: readonly PowerOffClock[], cluster?: string): PreflightCheck {
  const kubeconfig = cluster === undefined ? '(Get-KvaConfig).kubeconfig' : '<kubeconfig>';
  return createCheck('kms', {
    cluster,
    command: buildCommand(`kubectl get secrets --namespace kube-system --kubeconfig ${kubeconfig}`),
    ...judgeEnd(input, clocks, 'kms'),
  });
}

function mocVersion({ versions: { host, moc } }: PreflightInput): PreflightCheck {
  const isKnown = host !== undefined && moc !== undefined;
  return createCheck('moc-version', {
    command: cmdlet('Get-MocVersion'),
    state: !isKnown ? 'unknown' : host === moc ? 'ok' : 'problem',
    why: isKnown
      ? preflightFact(host === moc ? 'moc-version.same' : 'moc-version.differs', { host, moc })
      : preflightFact('moc-version.unknown'),
  });
}

export const LIST_MODULES = buildCommand('Get-Module -ListAvailable -Name AksHci');

function moduleVersions({ versions: { modules } }: PreflightInput): PreflightCheck {
  const [only, ...others] = modules ?? [];
  return createCheck('module', {
    command: LIST_MODULES,
    target: { kind: 'every-host' },
    state: only === undefined ? 'unknown' : others.length === 0 ? 'ok' : 'problem',
    why:
      only === undefined
        ? preflightFact('module.unknown')
        : others.length === 0
          ? preflightFact('module.one', { version: only })
          : preflightFact('module.several', { versions: [only, ...others].join(', ') }),
  });
}

function updateTest({ versions: { tests } }: PreflightInput): PreflightCheck {
  const failed = tests?.filter(({ passed }) => !passed) ?? [];
  const deprecated = failed.flatMap((test) => test.deprecated ?? []);
  const names = [...new Set(failed.map(({ name }) => name))].join(', ');
  const clusters = deprecated.map(({ cluster, version }) => `${cluster} (${version})`).join(', ');
  return createCheck('update-test', {
    command: cmdlet('Test-UpdateAksHci'),
    state: tests === undefined ? 'unknown' : failed.length === 0 ? 'ok' : 'problem',
    why:
      tests === undefined
        ? preflightFact('update-test.unknown')
        : failed.length === 0
          ? preflightFact('update-test.passed')
          : deprecated.length === failed.length
            ? preflightFact('update-test.deprecated', { clusters })
            : preflightFact('update-test.failed', { tests: names }),
  });
}

/** No file answers this check. */
function room(): PreflightCheck {
  return createCheck('room', {
    state: 'unknown',
    why: preflightFact('room.unknown', { memory: 8, hostAddresses: 2, clusterAddresses: 5 }),
    command: cmdlet('Get-Volume'),
    target: { kind: 'every-host' },
  });
}

function supportEnd({ windowsServer, nowMs }: PreflightInput): PreflightCheck {
  const [end, moved, first] = SUPPORT_ENDS.filter((each) => each.windowsServer === windowsServer);
  const citations = (end === undefined ? SUPPORT_ENDS : [end]).flatMap((each) => each.citations);
  const isOver = end !== undefined && epochMs(end.at) <= nowMs;
  return {
    id: 'support-end',
    title: { text: 'preflight.support-end', citations },
    state: end === undefined ? 'unknown' : isOver ? 'problem' : 'ok',
    why:
      end === undefined
        ? { text: 'preflight.support-end.unknown', citations }
        : {
            text: `preflight.support-end.${isOver ? 'over' : 'supported'}`,
            params: { system: end.windowsServer, at: end.at },
            citations,
          },
    ...(moved !== undefined &&
      first !== undefined && {
        but: {
          text: 'preflight.support-end.but',
          params: { at: moved.at, before: first.at },
          citations: [...moved.citations, ...first.citations],
        },
      }),
    ...(windowsServer === EXCLUDED_EARLIER.windowsServer && {
      but: {
        text: 'preflight.support-end.excluded',
        params: { system: windowsServer },
        citations: EXCLUDED_EARLIER.citations,
      },
    }),
    command: buildCommand('(Get-CimInstance Win32_OperatingSystem).Caption'),
    target: HOST,
    expected: preflightFact('support-end.expected'),
    credentials: [],
  };
}

/** Finds the oldest offered build that is newer than the hosts' build, if its release date is known. */
function findNewRelease({ host, hostUpdates = [] }: KnownVersions): NewRelease | undefined {
  const own = aksHciVersion(host ?? '');
  const offered = hostUpdates.flatMap((text) => aksHciVersion(text) ?? []);
  const newer = own === undefined ? [] : offered.filter((version) => compareAksHci(version, own) > 0);
  const [first] = newer.sort(compareAksHci).flatMap((version) => findRelease(version) ?? []);
  return first && newRelease(first);
}

function getUpdateAge(
  { nowMs, versions }: PreflightInput,
  clocks: readonly PowerOffClock[],
  cluster?: string,
): PreflightCheck {
  const [age] = clocks.flatMap(({ update }) => update ?? []).sort((a, b) => a.lastUpdatedMs - b.lastUpdatedMs);
  const common = { cluster, command: cmdlet('Get-AksHciVersion') };
  // The article counts days from a release. The offered release is more certain than the list of releases.
  const release = (cluster === undefined ? findNewRelease(versions) : undefined) ?? age?.release;
  const but = release && {
    text: preflightFact('update-age.release').text,
    params: {
      build: release.build,
      released: instantFromMs(release.atMs),
      until: instantFromMs(release.untilMs),
      over: nowMs >= release.untilMs ? 'yes' : 'no',
    },
    citations: release.citations,
  };
  if (age === undefined)
    return createCheck('update-age', { ...common, state: 'unknown', why: preflightFact('update-age.unknown'), but });
  const params = {
    days: Math.floor((nowMs - age.lastUpdatedMs) / DAY_MS),
    at: instantFromMs(age.lastUpdatedMs),
    deadline: instantFromMs(age.deadlineMs),
  };
  const isExpired = age.state === 'expired';
  const isDue = age.state === 'renewal-due' || age.state === 'critical';
  const isLate = isDue || (release === undefined ? age.state === 'warning' : nowMs >= release.untilMs);
  const { text } = preflightFact(isExpired ? 'update-age.expired' : isLate ? 'update-age.late' : 'update-age.current');
  const why = { text, params, citations: age.citations };
  return createCheck('update-age', { ...common, state: isExpired ? 'problem' : 'ok', why, but });
}

type JudgedByEnd = Exclude<RoleFacts['preflight'], 'none' | undefined> | 'credentials';

function judgeEnd(
  { nowMs, runMs }: PreflightInput,
  clocks: readonly PowerOffClock[],
  id: JudgedByEnd,
): Pick<PreflightCheck, 'state' | 'why' | 'credentials'> {
  // An update needs only those credentials on workstations that have a check of their own.
  const isMeant = ({ row: { role, layer } }: Break): boolean =>
    (ROLES[role].preflight ?? 'credentials') === id && (id !== 'credentials' || layer !== 'workstation');
  const all = clocks
    .flatMap(({ alreadyExpired, valid }) => [...alreadyExpired, ...valid])
    .filter(isMeant)
    .sort((a, b) => a.atMs - b.atMs);
  const explain = (part: 'expired' | 'ends' | 'valid', { row, atMs }: Break, count: number): Statement =>
    preflightFact(`${id}.${part}`, { count, name: row.name, at: instantFromMs(atMs - SECOND_MS), takesMs: runMs });
  const expired = all.filter(({ atMs }) => atMs <= nowMs);
  const needed = all.filter(({ atMs }) => atMs <= nowMs + runMs);
  const [first] = needed;
  const credentials = needed.map(({ row }) => row.id);
  if (first !== undefined) {
    const [part, count] =
      expired.length > 0 ? (['expired', expired.length] as const) : (['ends', needed.length] as const);
    return { state: 'problem', why: explain(part, first, count), credentials };
  }
  const [next] = all;
  return next === undefined
    ? { state: 'unknown', why: preflightFact(`${id}.unknown`), credentials }
    : { state: 'ok', why: explain('valid', next, 1), credentials };
}
