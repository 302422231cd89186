import type { Answers } from '../domain/evidence.ts';
import { HOUR_MS, msOf } from '../domain/instant.ts';
import type { Invocation } from './invocation.ts';
import { instantOption } from './options.ts';
import { buildOption } from './repair-build.ts';

/** What `--build`, `--off-since` and `--other-user` answer; throws `UsageError` that names the option. */
export function answersOf({ line, ports }: Pick<Invocation, 'line' | 'ports'>): Answers {
  const since = line.values['off-since'];
  const nowMs = msOf(ports.clock.now());
  return {
    ...buildOption({ line }),
    ...(since !== undefined && {
      offHours: (nowMs - msOf(instantOption('--off-since', since))) / HOUR_MS,
    }),
    ...(line.values['other-user'] === true && { sameUser: false }),
  };
}
