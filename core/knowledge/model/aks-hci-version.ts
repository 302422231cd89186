import { KNOWN_RELEASES } from './releases.ts';

/*
 * Versions of AKS on Windows Server and Azure Stack HCI, and of Kubernetes in it. Source: the page on updates of the AKS host,
 * "Versioning": major.minor.patch, then 1 for a public build, then month and day on which it was built.
 */

/** A public build, such as `1.0.2.10723`. */
export interface AksHciVersion {
  text: string;
  major: number;
  minor: number;
  patch: number;
  /** On which it was built; the number has no year. */
  month: number;
  day: number;
}

const AKS_HCI = /^(\d{1,4})\.(\d{1,4})\.(\d{1,4})\.1(\d\d)(\d\d)$/u;
/** The most that a month can have. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Reads a version; `undefined` for anything else, a date that does not exist included. */
export function aksHciVersion(text: string): AksHciVersion | undefined {
  const match = AKS_HCI.exec(text.trim());
  if (match === null) return undefined;
  const [major = 0, minor = 0, patch = 0, month = 0, day = 0] = match.slice(1).map(Number);
  if (day < 1 || day > (DAYS[month - 1] ?? 0)) return undefined;
  return { text: match[0], major, minor, patch, month, day };
}

/**
 * Negative when `a` is the older build. Of builds of one release the day decides: a later build of one month is the newer one,
 * and no release was built anew in another year.
 */
export function compareAksHci(a: AksHciVersion, b: AksHciVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || a.month - b.month || a.day - b.day;
}

/** The year and month in which a release was built. */
export interface ReleaseMonth {
  year: number;
  month: number;
}

/**
 * When a build was made. Its number has no year: the releases that are known by month lie around it, and releases come in the
 * order of their numbers. `undefined` where that leaves more than one year.
 */
export function releaseMonth(version: AksHciVersion): ReleaseMonth | undefined {
  const known = KNOWN_RELEASES.map(({ build, year }) => {
    const parsed = aksHciVersion(build);
    if (parsed === undefined) throw new Error(`not a build: ${build}`);
    return { version: parsed, year };
  });
  const before = known.findLast((each) => compareAksHci(each.version, version) <= 0);
  const after = known.find((each) => compareAksHci(each.version, version) >= 0);
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

/** A version of Kubernetes, such as `v1.20.7`. */
export interface KubernetesVersion {
  /** With the `v` that the cmdlets print and take. */
  text: string;
  major: number;
  minor: number;
  patch: number;
}

const KUBERNETES = /^v?(\d{1,3})\.(\d{1,4})\.(\d{1,4})$/iu;

/** Reads a version with or without its `v`; `undefined` for anything else. */
export function kubernetesVersion(text: string): KubernetesVersion | undefined {
  const match = KUBERNETES.exec(text.trim());
  if (match === null) return undefined;
  const [major = 0, minor = 0, patch = 0] = match.slice(1).map(Number);
  return { text: `v${major}.${minor}.${patch}`, major, minor, patch };
}

/** Negative when `a` is the older version. */
export function compareKubernetes(a: KubernetesVersion, b: KubernetesVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/** One update on the way to a version. */
export interface PathStep {
  /** As `v1.21`. */
  minor: string;
  /** Absent where none of that minor version was offered: `Get-AksHciClusterUpdates` tells on the way. */
  version?: KubernetesVersion;
}

/**
 * One minor version at a time, each in its newest offered patch, up to `target` or as far as the offer goes; empty when there is
 * nothing to do, `undefined` for a target that lies behind or under another major version. A patch of the version in use is no
 * step of its own where a later minor version is offered, as the page on upgrades shows.
 * Source: Kubernetes version skew policy, which the support policy of the product follows.
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
