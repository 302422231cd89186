import type { Issued } from '../operations/issue.ts';
import { REVOCATION_REASONS } from '../../pki/model/authority.ts';
import type { MessageKey } from '../../shared/text/text.ts';
import { changing, entryMeant, signing } from './context.ts';
import { authorityRecord, toCertificateDocument, entryWithPem } from './records.ts';
import { tellTree } from './list.ts';
import { formatEntry } from './text.ts';
import { duration, keyedValues, profileWord } from './values.ts';
import { KEY_ALGORITHMS } from '../../shared/certificates/key-algorithm.ts';
import { choice, moment, splitList } from '../../shared/verb/values.ts';
import { answer } from '../../shared/verb/answer.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

/** `arcwarden authority issue NAME PROFILE` */
export async function authorityIssue(invocation: Invocation): Promise<ExitCode> {
  const { values } = invocation.line;
  const request = {
    profile: profileWord(invocation.words[1] ?? ''),
    values: keyedValues(invocation),
    dns: splitList(values.dns),
    ip: splitList(values.ip),
    keyAlgorithm: choice(invocation, 'key-algorithm', KEY_ALGORITHMS),
    validityMs: duration(invocation, 'validity'),
  };
  const issued = await signing(invocation, (named) =>
    named.service.issue({ authorityId: named.authority.id, ...request }),
  );
  return tellEntry(invocation, issued, 'cli.authority.issued');
}

/** `arcwarden authority renew NAME ENTRY` */
export async function authorityRenew(invocation: Invocation): Promise<ExitCode> {
  const renewed = await signing(invocation, (named) => {
    const { id: entryId } = entryMeant(named, invocation.words[1] ?? '');
    return named.service.renew({ authorityId: named.authority.id, entryId });
  });
  return tellEntry(invocation, renewed, 'cli.authority.renewed');
}

/** `arcwarden authority revoke NAME ENTRY` */
export async function authorityRevoke(invocation: Invocation): Promise<ExitCode> {
  const { translate } = invocation;
  const reason = choice(invocation, 'reason', REVOCATION_REASONS) ?? 'unspecified';
  const invalidityDate = moment(invocation, 'invalidity-date');
  const revoked = await changing(invocation, (named) => {
    const { id: entryId } = entryMeant(named, invocation.words[1] ?? '');
    return named.service.revoke({ authorityId: named.authority.id, entryId, reason, invalidityDate });
  });
  const others = revoked.stillValid;
  const document = { ...toDocument(revoked), stillValid: others.map(toCertificateDocument) };
  const serials = others.map(({ facts }) => facts.serialHex).join(', ');
  const count = others.length;
  const remark = count > 0 && { remark: translate('cli.authority.still-valid', { count, serials }) };
  return tell(invocation, { ...revoked, document, sentence: 'cli.authority.revoked', ...remark });
}

function tellEntry(invocation: Invocation, issued: Issued, sentence: MessageKey): ExitCode {
  return tell(invocation, { ...issued, document: toDocument(issued), sentence });
}

function toDocument({ authority, entry }: Issued): object {
  return { authority: authorityRecord(authority), entry: entryWithPem(entry) };
}

interface Told extends Issued {
  document: object;
  sentence: MessageKey;
  remark?: string;
}

function tell(invocation: Invocation, { entry, document, sentence, remark }: Told): ExitCode {
  const record = toCertificateDocument(entry);
  const { name } = record;
  const text = [invocation.translate(sentence, { name }), formatEntry(invocation, record)];
  answer(invocation, document, text.join('\n'));
  if (remark !== undefined && !invocation.line.json) invocation.world.notice(remark);
  return EXIT.fine;
}

/** `arcwarden authority rotate-ca NAME` */
export function authorityRotateCa(invocation: Invocation): Promise<ExitCode> {
  return signing(invocation, async (named) => {
    const authority = await named.service.rotateCa(named.authority.id);
    const { rotation } = await named.service.tree(authority.id);
    const isOver = rotation === undefined;
    const sentence = isOver ? 'cli.authority.withdrawn' : 'cli.authority.rotated';
    return tellTree(invocation, { ...named, authority }, sentence);
  });
}
