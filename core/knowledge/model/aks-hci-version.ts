import { KNOWN_RELEASES } from './releases.ts';

/*
 * Versions of AKS on Windows Server and Azure Stack HCI, and of its Kubernetes. A version is major.minor.patch, then 1
 * for a public build, then the month and day of the build. Source: "Versioning" on the page about host updates.
 */

export interface AksHciVersion extends KubernetesVersion {
  /** The number omits the year. */
  month: number;
  day: number;
}

const AKS_HCI = /^(\d{1,4})\.(\d{1,4})\.(\d{1,4})\.1(\d\d)(\d\d)$/u;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Parses a version; `undefined` for anything else, including impossible dates. */
export function aksHciVersion(text: string): AksHciVersion | undefined {
  const match = AKS_HCI.exec(text.trim());
  if (match === null) return undefined;
  const [major = 0, minor = 0, patch = 0, month = 0, day = 0] = match.slice(1).map(Number);
  if (day < 1 || day > (DAYS[month - 1] ?? 0)) return undefined;
  return { text: match[0], major, minor, patch, month, day };
}

/** Compares two builds: negative if `a` is older. Ignores the year, since no release was rebuilt in another year. */
export function compareAksHci(a: AksHciVersion, b: AksHciVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || a.month - b.month || a.day - b.day;
}

const KNOWN = KNOWN_RELEASES.map(({ build, year }) => {
  const version = aksHciVersion(build);
  if (version === undefined) throw new Error(`not a build: ${build}`);
  return { version, year };
});

/** Returns when a build was made. The year follows from known releases; `undefined` if several are possible. */
export function releaseMonth(version: AksHciVersion): { year: number; month: number } | undefined {
  const before = KNOWN.findLast((each) => compareAksHci(each.version, version) <= 0);
  const after = KNOWN.find((each) => compareAksHci(each.version, version) >= 0);
  if (before === undefined || after === undefined) return undefined;
  const from = before.year * 12 + before.version.month;
  const to = after.year * 12 + after.version.month;
  const years = [...new Set([before.year, after.year])].filter((year) => {
    const at = year * 12 + version.month;
    return at >= from && at <= to;
  });
  const [year, ...others] = years;
  return year === undefined || others.length > 0 ? undefined : { year, month: version.month };
}

/** `atMs` is the day of the build, in milliseconds since 1970. */
export interface DatedRelease {
  build: string;
  atMs: number;
}

export function findRelease(version: AksHciVersion): DatedRelease | undefined {
  const at = releaseMonth(version);
  return at && { build: version.text, atMs: Date.UTC(at.year, at.month - 1, version.day) };
}

export const DATED_RELEASES: readonly DatedRelease[] = KNOWN.flatMap(({ version }) => findRelease(version) ?? []);

export interface KubernetesVersion {
  /** A version of Kubernetes with the `v` that the cmdlets print and accept. */
  text: string;
  major: number;
  minor: number;
  patch: number;
}

const KUBERNETES = /^v?(\d{1,3})\.(\d{1,4})\.(\d{1,4})$/iu;

export function kubernetesVersion(text: string): KubernetesVersion | undefined {
  const match = KUBERNETES.exec(text.trim());
  if (match === null) return undefined;
  const [major = 0, minor = 0, patch = 0] = match.slice(1).map(Number);
  return { text: `v${major}.${minor}.${patch}`, major, minor, patch };
}

export function compareKubernetes(a: KubernetesVersion, b: KubernetesVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

export interface PathStep {
  /** For example `v1.21`. */
  minor: string;
  /** Absent if no patch of this minor version was offered; `Get-AksHciClusterUpdates` names one during the update. */
  version?: KubernetesVersion;
}

/**
 * Returns the path to `target`, or as far as the offered versions reach: one minor version at a time, each in its
 * newest offered patch. Empty if there is nothing to do; `undefined` for an older target or another major version.
 * Skips patches of the current minor version if a later one is offered. Source: Kubernetes version skew policy.
 */
export function updatePath(
  current: KubernetesVersion,
  offered: readonly KubernetesVersion[],
  target?: KubernetesVersion,
): PathStep[] | undefined {
  const isAhead = (version: KubernetesVersion): boolean =>
    version.major === current.major && compareKubernetes(version, current) > 0;
  if (target !== undefined && !isAhead(target)) return compareKubernetes(target, current) === 0 ? [] : undefined;
  const newest = new Map<number, KubernetesVersion>();
  for (const version of target === undefined ? offered : [...offered, target]) {
    const known = newest.get(version.minor);
    const isWithin = target === undefined || compareKubernetes(version, target) <= 0;
    if (isAhead(version) && isWithin && (known === undefined || compareKubernetes(version, known) > 0))
      newest.set(version.minor, version);
  }
  const last = Math.max(current.minor, ...newest.keys());
  const first = last === current.minor ? last : current.minor + 1;
  if (newest.size === 0) return [];
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const version = newest.get(first + index);
    return { minor: `v${current.major}.${first + index}`, version };
  });
}
