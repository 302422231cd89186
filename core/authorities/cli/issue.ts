import { renewOperation, revokeOperation, rotateCaOperation } from '../operations/change.ts';
import { issueOperation, type Issued } from '../operations/issue.ts';
import { readTree } from '../operations/view.ts';
import { REVOCATION_REASONS } from '../../pki/model/authority.ts';
import type { MessageKey } from '../../shared/text/text.ts';
import { changeAuthority, entryMeant, changeUnlocked } from './context.ts';
import { authorityRecord, certificateDocument, entryWithPem } from './records.ts';
import { tellTree } from './list.ts';
import { formatEntry } from './text.ts';
import { duration, readKeyedValues, profileWord } from './values.ts';
import { PROFILE_IDS } from '../../pki/model/profile.ts';
import { KEY_ALGORITHMS } from '../../shared/certificates/key-algorithm.ts';
import { choice, moment, splitList } from '../../shared/verb/values.ts';
import { answer } from '../../shared/verb/answer.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { UsageError, type ExitCode } from '../../shared/verb/usage.ts';

export async function authorityIssue(invocation: Invocation): Promise<ExitCode> {
  const { values } = invocation.line;
  const request = {
    profile: profileWord(invocation.words[1] ?? ''),
    values: readKeyedValues(invocation),
    dns: splitList(values.dns),
    ip: splitList(values.ip),
    issuer: choice(invocation, 'issuer', PROFILE_IDS),
    keyAlgorithm: choice(invocation, 'key-algorithm', KEY_ALGORITHMS),
    validityMs: duration(invocation, 'validity'),
  };
  const issued = await changeUnlocked(invocation, (named) =>
    issueOperation(named, { authorityId: named.authority.id, ...request }),
  );
  return tellEntry(invocation, issued, 'cli.authority.issued');
}

export async function authorityRenew(invocation: Invocation): Promise<ExitCode> {
  const { due, watch, 'dry-run': dryRun } = invocation.line.values;
  const isDue = due === true;
  if (isDue !== (invocation.words.length === 1) || (!isDue && (watch || dryRun)))
    throw new UsageError('cli.usage.entry-or-due');
  if (watch && dryRun) throw new UsageError('cli.usage.option-not-for', { option: '--dry-run', use: '--watch' });
  if (isDue) return (await import('./renew-due.ts')).authorityRenewDue(invocation);
  const renewed = await changeUnlocked(invocation, (named) => {
    const { id: entryId } = entryMeant(named, invocation.words[1]);
    return renewOperation(named, { authorityId: named.authority.id, entryId });
  });
  return tellEntry(invocation, renewed, 'cli.authority.renewed');
}

export async function authorityRevoke(invocation: Invocation): Promise<ExitCode> {
  const reason = choice(invocation, 'reason', REVOCATION_REASONS) ?? 'unspecified';
  const invalidityDate = moment(invocation, 'invalidity-date');
  const { stillValid: others, ...revoked } = await changeAuthority(invocation, (named) => {
    const { id: entryId } = entryMeant(named, invocation.words[1]);
    return revokeOperation(named, { authorityId: named.authority.id, entryId, reason, invalidityDate });
  });
  const stillValid = others.map(certificateDocument);
  const code = tellEntry(invocation, revoked, 'cli.authority.revoked', { stillValid });
  const [count, serials] = [others.length, others.map(({ facts }) => facts.serialHex).join(', ')];
  if (count > 0 && !invocation.line.json)
    invocation.world.notice(invocation.translate('cli.authority.still-valid', { count, serials }));
  return code;
}

function tellEntry(
  invocation: Invocation,
  { authority, entry }: Issued,
  sentence: MessageKey,
  more: object = {},
): ExitCode {
  const record = entryWithPem(entry);
  const text = [invocation.translate(sentence, { name: record.name }), formatEntry(invocation, record)];
  return answer(invocation, { authority: authorityRecord(authority), entry: record, ...more }, text.join('\n'));
}

export function authorityRotateCa(invocation: Invocation): Promise<ExitCode> {
  return changeUnlocked(invocation, async (named) => {
    const authority = await rotateCaOperation(named, named.authority.id);
    const { rotation } = await readTree(named, authority);
    const sentence = rotation === undefined ? 'cli.authority.withdrawn' : 'cli.authority.rotated';
    return tellTree(invocation, { ...named, authority }, sentence);
  });
}
