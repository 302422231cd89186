import type { Answers } from '../model/evidence.ts';
import { findBuild } from '../../knowledge/model/build.ts';
import { HOUR_MS, epochMs } from '../../shared/instant.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { TRIAGE_IDS } from '../../knowledge/model/triage.ts';
import { badValue, choices, moment } from '../../shared/verb/values.ts';

const FOUND = TRIAGE_IDS.flatMap((id) => [`${id}=works`, `${id}=fails`] as const);

/** Reads the answers from the options. Throws a `UsageError` that names an invalid one. */
export function getAnswers(invocation: Invocation): Answers {
  const { line, ports } = invocation;
  const build = buildOption(invocation);
  const since = moment(invocation, 'off-since');
  const found = choices(invocation, 'found', FOUND);
  const nowMs = epochMs(ports.clock.now());
  return {
    ...build,
    ...(since !== undefined && { offHours: (nowMs - epochMs(since)) / HOUR_MS }),
    ...(found.length > 0 && { found: Object.fromEntries(found.map((each) => each.split('='))) as Answers['found'] }),
    ...(line.values['other-user'] === true && { sameUser: false }),
  };
}

export function buildOption({ line }: Invocation): { build?: string } {
  const { build } = line.values;
  if (build === undefined) return {};
  if (findBuild(build) === undefined) throw badValue('--build', build, '1.0.14.10928');
  return { build };
}
