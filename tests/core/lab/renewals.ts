import type { Lab } from '../../../core/lab/model/lab.ts';
import { instant } from '../../../core/shared/instant.ts';
import { SteppedLab, type SeenCertificate } from './stepped-lab.ts';

const HOUR_MS = 3_600_000;

export const START = instant('2026-03-01T00:00:00Z');
export const STEP_HOURS = 6;

/** The share of the lifetime that is left when renewal is due; docs/profiles.md has the sources. */
const DUE_SHARES: readonly [pattern: RegExp, share: number][] = [
  [/kubelet\.conf$|\/kubelet\/pki\//u, 1 / 5],
  [/\/etc\/kubernetes\//u, 1 / 4],
  [/cloudconfig(?:\/value)?$|wssdcloudagent\/server\.crt$/u, 0.3],
];
/** Nobody renews it; see docs/profiles.md. */
const UNRENEWED = /super-admin\.conf$/u;

export function listWatchedFiles(lab: Lab): string[] {
  return [
    ...lab.clusters.flatMap(({ nodes }) => nodes.flatMap(({ certificates }) => certificates.map(({ file }) => file))),
    ...lab.clients.map(({ accessFile }) => accessFile),
    ...new Set(
      lab.machines
        .filter(({ kind }) => kind === 'cloud-agent')
        .flatMap(({ services }) => services.map(({ file }) => file)),
    ),
  ].filter((file) => !UNRENEWED.test(file));
}

/** Notes every certificate that appears in a file, and what is wrong with the moment. */
export class RenewalWatch {
  readonly faults: string[] = [];
  renewals = 0;
  readonly #last = new Map<string, SeenCertificate>();
  readonly #files: readonly string[];
  readonly #stepMs: number;

  constructor(files: readonly string[], stepHours: number) {
    this.#files = files;
    this.#stepMs = stepHours * HOUR_MS;
  }

  /** `isExcused`: whether a missed renewal is no fault now, since the client has no one to ask. */
  async look(lab: SteppedLab, isExcused: (file: string) => boolean = () => false): Promise<void> {
    for (const file of this.#files) {
      const seen = await lab.readCertificate(file);
      const former = this.#last.get(file);
      this.#last.set(file, seen);
      if (seen.seenMs > seen.toMs && !isExcused(file)) this.faults.push(`${file} has ended`);
      if (former === undefined || former.serial === seen.serial) continue;
      this.renewals += 1;
      const [, share = 0] = DUE_SHARES.find(([pattern]) => pattern.test(file)) ?? [];
      const dueMs = former.toMs - share * (former.toMs - former.fromMs);
      if (seen.seenMs < dueMs && !isExcused(file)) this.faults.push(`${file} was renewed before it was due`);
      // A tool is used once a day; everything else looks at every step.
      if (former.seenMs > dueMs + this.#stepMs + 24 * HOUR_MS && !isExcused(file))
        this.faults.push(`${file} was renewed late`);
    }
  }
}

/** Lets days pass in which nobody acts. */
export async function watchDays(days: number): Promise<RenewalWatch> {
  const lab = new SteppedLab(START);
  const description = await lab.create();
  await lab.start(description);
  const watch = new RenewalWatch(listWatchedFiles(description), STEP_HOURS);
  await watch.look(lab);
  for (let hours = 0; hours < days * 24; hours += STEP_HOURS) {
    await lab.pass(STEP_HOURS);
    await watch.look(lab);
  }
  await lab.stopAll();
  return watch;
}
