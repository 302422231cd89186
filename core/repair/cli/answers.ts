import type { Answers } from '../model/evidence.ts';
import { HOUR_MS, toMilliseconds } from '../../shared/instant.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { instantOption } from '../../shared/verb/options.ts';
import { buildOption } from './build.ts';

/** The answers given by `--build`, `--off-since` and `--other-user`; throws a `UsageError` that names the option. */
export function getAnswers({ line, ports }: Pick<Invocation, 'line' | 'ports'>): Answers {
  const since = line.values['off-since'];
  const nowMs = toMilliseconds(ports.clock.now());
  return {
    ...buildOption({ line }),
    ...(since !== undefined && { offHours: (nowMs - toMilliseconds(instantOption('--off-since', since))) / HOUR_MS }),
    ...(line.values['other-user'] === true && { sameUser: false }),
  };
}
