import { Recorder } from '../../audit/recorder.ts';
import { AuditTrail } from '../../audit/store/audit.ts';
import type { Authority } from '../../pki/model/authority.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { epochMs, HOUR_MS, instantFromMs, SECOND_MS, type Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { answer } from '../../shared/verb/answer.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { localTime } from '../../shared/verb/time.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';
import { listRenewals, nextTryMs, renewDueOperation, type Renewal } from '../operations/renew-due.ts';
import { changeAuthority, readAuthority } from './context.ts';
import { authorityRecord, certificateDocument } from './records.ts';
import { passphraseFor } from './secrets.ts';

/** So that a changed clock, store or certificate is seen. */
const LONGEST_SLEEP_MS = HOUR_MS;

interface Look {
  authority: Authority;
  renewals: Renewal[];
}

export async function authorityRenewDue(invocation: Invocation): Promise<ExitCode> {
  const passphrase = (): Promise<string> => passphraseFor(invocation, invocation.words[0] ?? '');
  if (invocation.line.values.watch === true) return watchRenewals(invocation, await passphrase());
  const look = await renewDue(invocation, passphrase, (renewal) => nextTryMs(renewal));
  const { due, renewed, failed } = sortRenewals(invocation, look);
  const shown = [...due, ...renewed, ...failed];
  answer(invocation, lookDocument(invocation, look), () =>
    [...(shown.length > 0 ? [renewalTable(invocation, shown), ''] : []), lookSentence(invocation, look)].join('\n'),
  );
  noticeProblems(invocation, look);
  return failed.length > 0 ? EXIT.attention : EXIT.fine;
}

/** Takes the lock of the data folder only when there is something to renew. */
async function renewDue(
  invocation: Invocation,
  passphrase: () => string | Promise<string>,
  tryMs: (renewal: Renewal) => number,
  isCancelled = () => false,
): Promise<Look> {
  const { line, ports } = invocation;
  const isTried = (renewal: Renewal): boolean => !isCancelled() && tryMs(renewal) <= epochMs(ports.clock.now());
  const seen = await readAuthority(invocation, async ({ authority }) => ({
    authority,
    renewals: listRenewals(authority),
  }));
  if (line.values['dry-run'] === true || !seen.renewals.some(isTried)) return seen;
  const given = await passphrase();
  return changeAuthority(invocation, async (named) => {
    const { authority, store } = named;
    await store.getKeyring(authority.id).unlock(given);
    const trail = await AuditTrail.open(ports, invocation.dataFolder, { claim: invocation.world.claim });
    const recorder = new Recorder(ports, trail);
    try {
      const renewals = await renewDueOperation(named, {
        authorityId: authority.id,
        isTried,
        record: ({ id: entry, facts, profile }, renew) => {
          const act = { subject: authority.name, name: facts.subject.text, profile: profile ?? undefined, due: true };
          return recorder.record({ action: 'authority.renewed', facts: { ...act, entry } }, async (note) =>
            note({ entry: (await renew()).id }),
          );
        },
      });
      return { authority, renewals };
    } finally {
      await trail.close();
    }
  });
}

/** Runs until it is interrupted; holds no lock while it sleeps. */
async function watchRenewals(invocation: Invocation, passphrase: string): Promise<ExitCode> {
  const { line, ports, translate, world } = invocation;
  const signal = world.cancelling();
  const refused = new Map<CredentialId, number>();
  const tryMs = (renewal: Renewal): number => nextTryMs(renewal, refused.get(renewal.entry.id));
  // A wrong name or passphrase ends the command now, not in the night when something is due.
  let { authority, renewals } = await readAuthority(invocation, async (named) => {
    await named.store.getKeyring(named.authority.id).unlock(passphrase);
    return { authority: named.authority, renewals: listRenewals(named.authority) };
  });
  for (let told: Instant | 'none' | undefined; !signal.aborted;) {
    let problem: ConsoleError | undefined;
    const tried = renewals.filter((each) => tryMs(each) <= epochMs(ports.clock.now()));
    try {
      ({ authority, renewals } = await renewDue(
        invocation,
        () => passphrase,
        tryMs,
        () => signal.aborted,
      ));
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      problem = error;
    }
    const look = { authority, renewals };
    const now = ports.clock.now();
    for (const { entry } of problem === undefined ? sortRenewals(invocation, look).failed : tried)
      refused.set(entry.id, epochMs(now));
    renewals = listUpcoming(look);
    const wakeMs = Math.min(...renewals.map(tryMs).filter((ms) => ms > epochMs(now)), epochMs(now) + LONGEST_SLEEP_MS);
    const sentence = problem === undefined ? lookSentence(invocation, look) : problemText(invocation, problem);
    const isIdle = problem === undefined && look.renewals.every((each) => each.made === undefined && !each.problem);
    const next = findNext(invocation, look) ?? 'none';
    if (!isIdle || next !== told) {
      const again = localTime(invocation, wakeMs);
      const document = {
        ...lookDocument(invocation, look),
        problem: problem?.code ?? null,
        again: instantFromMs(wakeMs),
      };
      answer(invocation, document, translate('cli.due.watching', { at: localTime(invocation, now), sentence, again }));
      noticeProblems(invocation, look);
    }
    told = next;
    await ports.scheduler.wait(Math.max(wakeMs - epochMs(now), SECOND_MS), signal);
  }
  if (!line.json) world.out(`${translate('cli.due.ended')}\n`);
  return EXIT.fine;
}

function sortRenewals({ ports }: Invocation, { renewals }: Look) {
  const now = ports.clock.now();
  const isOpen = ({ made, problem }: Renewal): boolean => made === undefined && problem === undefined;
  return {
    due: renewals.filter((each) => isOpen(each) && each.dueAt <= now),
    later: renewals.filter((each) => isOpen(each) && each.dueAt > now),
    renewed: renewals.filter(({ made }) => made !== undefined),
    failed: renewals.filter(({ made, problem }) => made === undefined && problem !== undefined),
  };
}

function lookDocument(invocation: Invocation, look: Look) {
  const outcomes = Object.entries(sortRenewals(invocation, look));
  const certificates = outcomes.flatMap(([outcome, renewals]) =>
    renewals.map(({ entry, dueAt, made, problem }) => ({
      ...{ outcome, dueAt, entry: certificateDocument(entry) },
      ...{ renewed: made === undefined ? null : certificateDocument(made), problem: problem?.code ?? null },
    })),
  );
  const dryRun = invocation.line.values['dry-run'] === true;
  return { authority: authorityRecord(look.authority), dryRun, certificates, next: findNext(invocation, look) ?? null };
}

/** Lists what comes after this look, with the new certificates. */
function listUpcoming({ renewals }: Look): Renewal[] {
  return listRenewals({ entries: renewals.map(({ entry, made = entry }) => made) });
}

function findNext({ ports }: Invocation, look: Look): Instant | undefined {
  return listUpcoming(look).find(({ dueAt }) => dueAt > ports.clock.now())?.dueAt;
}

function lookSentence(invocation: Invocation, look: Look): string {
  const { line, translate } = invocation;
  const { due, renewed, failed } = sortRenewals(invocation, look);
  const next = findNext(invocation, look);
  return translate('cli.due.told', {
    ...{ name: look.authority.name, due: due.length, renewed: renewed.length, failed: failed.length },
    dryRun: line.values['dry-run'] === true ? 'yes' : 'no',
    next: next === undefined ? 'none' : localTime(invocation, next),
  });
}

function renewalTable(invocation: Invocation, renewals: readonly Renewal[]): string {
  const { translate } = invocation;
  return tabulate(
    [
      translate('column.name'),
      translate('cli.column.profile'),
      { head: translate('cli.due.column'), align: 'right' },
      { head: translate('column.expires'), align: 'right' },
      '',
    ],
    renewals.map(({ entry, dueAt, made, problem }) => [
      entry.facts.subject.cn ?? entry.facts.subject.text,
      entry.profile ?? '',
      localTime(invocation, dueAt),
      localTime(invocation, (made ?? entry).facts.notAfter),
      translate(`cli.due.outcome.${made !== undefined ? 'renewed' : problem === undefined ? 'due' : 'failed'}`),
    ]),
  );
}

function noticeProblems(invocation: Invocation, { renewals }: Look): void {
  const { translate, world } = invocation;
  for (const { entry, problem } of renewals)
    if (problem !== undefined) {
      world.notice(`${entry.facts.subject.text}: ${problemText(invocation, problem)}`);
      world.notice(translate(`problem.${problem.code}.remedy`, problem.params));
    }
}

function problemText({ translate }: Invocation, { code, params }: ConsoleError): string {
  return translate(`problem.${code}`, params);
}
