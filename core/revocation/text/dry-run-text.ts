import { PROFILES } from '../../pki/model/profiles.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import type { DryRun, DryRunEvent, DryRunHour, DryRunRepair } from '../model/view.ts';
import type { RevocationWords } from './revocation-text.ts';
import { isMessageKey, type Translate } from '../../shared/text/text.ts';

type Command = DryRunRepair['command'];

/** `at`: the end of the hour of the event. */
export type DryRunVerdict =
  | { kind: 'not-applied'; reason: string }
  | { kind: 'holds'; command: Command; until: Instant }
  | { kind: 'made-revoked'; command: Command; count: number }
  | { kind: 'refused-again'; at: Instant; count: number }
  | { kind: 'repaired-down' }
  | { kind: 'repair-failed'; command: Command; reason: string }
  | { kind: 'unrepaired-up'; count: number }
  | { kind: 'unrepaired-down'; at: Instant };

export function dryRunVerdict(dryRun: DryRun): DryRunVerdict {
  const { applyFailure, repair, hours, apiServer, until } = dryRun;
  if (applyFailure !== undefined) return { kind: 'not-applied', reason: applyFailure };
  if (repair === undefined)
    return apiServer
      ? { kind: 'unrepaired-up', count: findRefusals(hours).count }
      : { kind: 'unrepaired-down', at: downSince(dryRun) };
  const { command, failure, holds, stillRevoked } = repair;
  if (failure !== undefined) return { kind: 'repair-failed', command, reason: failure };
  if (holds) return { kind: 'holds', command, until };
  if (stillRevoked.length > 0) return { kind: 'made-revoked', command, count: stillRevoked.length };
  const { at, count } = findRefusals(hours.filter((hour) => hour.at > repair.at));
  return at === undefined ? { kind: 'repaired-down' } : { kind: 'refused-again', at, count };
}

/** Returns whether the object could be applied, no refusal remains, and an API server answers at the end. */
export function isWell({ kind }: DryRunVerdict): boolean {
  return kind === 'holds' || kind === 'unrepaired-up';
}

export function verdictText({ translate, moment }: RevocationWords, verdict: DryRunVerdict): string {
  const { kind, reason, at, until, ...values } = { reason: '', at: undefined, until: undefined, ...verdict };
  return translate(`dry-run.verdict.${kind}`, {
    ...values,
    reason: reasonText(translate, reason),
    at: at === undefined ? '' : moment(epochMs(at)),
    until: until === undefined ? '' : moment(epochMs(until)),
  });
}

/** Counts certificates refused as revoked. `at` is the end of the first hour with such a refusal. */
function findRefusals(hours: readonly DryRunHour[]): { at?: Instant; count: number } {
  const names = new Set<string>();
  let first: Instant | undefined;
  for (const { at, refused } of hours)
    for (const { reason, id, profile, name } of refused) {
      if (reason !== 'revoked') continue;
      first ??= at;
      names.add(id ?? `${profile} ${name}`);
    }
  return { at: first, count: names.size };
}

function downSince({ hours, from, until }: DryRun): Instant {
  const lastUp = hours.findLastIndex(({ apiServer }) => apiServer);
  return hours[lastUp + 1]?.at ?? (lastUp < 0 ? from : until);
}

/** Translates a reason from the simulation; returns reasons without a translation unchanged. */
export function reasonText(translate: Translate, reason: string): string {
  const key = `forecast.reason.${reason}`;
  return isMessageKey(key) ? translate(key) : reason;
}

export function alikeHours(hours: readonly DryRunHour[]): DryRunHour[][] {
  const groups: DryRunHour[][] = [];
  let last = '';
  for (const hour of hours) {
    const { step, renewed, refused, expired, apiServer } = hour;
    const same = JSON.stringify([step, renewed, refused, expired, apiServer]);
    if (step === 'hour' && same === last) groups.at(-1)?.push(hour);
    else groups.push([hour]);
    last = same;
  }
  return groups;
}

export function kindsText(translate: Translate, all: readonly DryRunEvent[]): string {
  const counts = new Map<string, number>();
  for (const { profile } of all) {
    const name = kindText(translate, profile);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)).join(translate('list.and'));
}

export function kindText(translate: Translate, profile: string): string {
  const role = Object.hasOwn(PROFILES, profile) ? PROFILES[profile as ProfileId].role : profile;
  const key = `role.${role}`;
  return isMessageKey(key) ? translate(key) : role;
}
