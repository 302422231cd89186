import type { Answers } from '../model/evidence.ts';
import { HOUR_MS, msOf } from '../../shared/instant.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { instantOption } from '../../cli/options.ts';
import { buildOption } from './build.ts';

/** The answers given by `--build`, `--off-since` and `--other-user`; throws a `UsageError` that names the option. */
export function answersOf({ line, ports }: Pick<Invocation, 'line' | 'ports'>): Answers {
  const since = line.values['off-since'];
  const nowMs = msOf(ports.clock.now());
  return {
    ...buildOption({ line }),
    ...(since !== undefined && { offHours: (nowMs - msOf(instantOption('--off-since', since))) / HOUR_MS }),
    ...(line.values['other-user'] === true && { sameUser: false }),
  };
}
