/** A build as numbers, such as 1, 0, 14, 10928; missing numbers count as 0. */
export type Build = readonly number[];

const PARTS = /^v?(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}|x))?$/iu;

/** Parses `1.0.14.10928`, `1.0.14.x` and `1.0.14`; `undefined` for anything else. */
export function findBuild(text: string): Build | undefined {
  const match = PARTS.exec(text.trim());
  if (match === null) return undefined;
  return match
    .slice(1)
    .filter((part) => part !== undefined && !/x/iu.test(part))
    .map(Number);
}

/** `from` and `until` are inclusive; `until: '1.0.14'` covers all of 1.0.14. */
export interface BuildRange {
  from?: string;
  until?: string;
}

/** Returns whether a build is in a range; compares only as many numbers as the end has. */
export function isInRange(build: Build, { from, until }: BuildRange): boolean {
  return (
    (from === undefined || compareBuild(build, from) >= 0) && (until === undefined || compareBuild(build, until) <= 0)
  );
}

function compareBuild(build: Build, end: string): number {
  for (const [at, number] of (findBuild(end) ?? []).entries()) {
    const difference = (build[at] ?? 0) - number;
    if (difference !== 0) return difference;
  }
  return 0;
}
