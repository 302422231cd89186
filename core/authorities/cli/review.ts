import { judgeObjects } from '../operations/csr-objects.ts';
import { listAsked, listGranted, type ReviewFact } from '../text/review-facts.ts';
import { reviewOperation } from '../operations/review.ts';
import type { RequestFile, SingleRequest } from '../operations/request-files.ts';
import { findRequest } from '../../formats/kubernetes/csr-object.ts';
import type { ApprovalContext } from '../../pki/model/approval.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import type { RequestReview } from '../../pki/model/request-review.ts';
import type { CsrObject } from '../../shared/certificates/csr-object.ts';
import { readAuthority } from './context.ts';
import { authorityRecord } from './records.ts';
import { answer } from '../../shared/verb/answer.ts';
import { tellFindings, findingsExitCode } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { statementText } from '../../shared/text/statement.ts';
import { tableLines } from '../../shared/verb/table.ts';
import { localTime } from '../../shared/verb/time.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

/** Shows what signing the requests of a file would do. Needs no passphrase. */
export async function reviewFile(
  invocation: Invocation,
  request: { profile: ProfileId; context: ApprovalContext; file: RequestFile },
): Promise<ExitCode> {
  const { file, context, profile } = request;
  const { ports, line, translate, world } = invocation;
  const singles: SingleRequest[] =
    file.kind === 'request'
      ? [file]
      : judgeObjects(ports, file.objects.filter(isReadable), context).map(({ answered }) => ({
          kind: 'object',
          object: answered,
        }));
  const { authority, reviews } = await readAuthority(invocation, (named) => {
    const asked = { authorityId: named.authority.id, profile, allowed: line.values.allow };
    return Promise.resolve({
      authority: named.authority,
      reviews: singles.map((single) => reviewOperation(named, asked, single)),
    });
  });
  const findings = file.kind === 'objects' ? file.findings : [];
  const text = reviews.map((review) => reviewText(invocation, review)).join('\n\n');
  answer(invocation, { authority: authorityRecord(authority), reviews, findings }, text);
  tellFindings(invocation, findings);
  world.notice(translate('cli.sign.dry-run'));
  const isFine = reviews.length > 0 && reviews.every(({ refusal }) => refusal === undefined);
  return isFine ? findingsExitCode(findings) : EXIT.attention;
}

/** Returns whether a request can be shown. The findings of the file name the others. */
function isReadable(object: CsrObject): boolean {
  return findRequest(object)?.decoded.ok === true;
}

function reviewText(invocation: Invocation, review: RequestReview): string {
  const { translate } = invocation;
  const { certificate, findings, refusal } = review;
  const period = {
    from: localTime(invocation, certificate.notBefore),
    to: localTime(invocation, certificate.notAfter),
  };
  const none = translate('authorities.preview.no-sans');
  const table = (facts: ReviewFact[]): string[] =>
    tableLines(
      ['', ''],
      facts.map(({ name, values }) => [`  ${translate(name)}`, values.join(', ') || none]),
    ).slice(1);
  return [
    translate(refusal === undefined ? 'authorities.sign.fine' : 'authorities.sign.refused'),
    ...(refusal === undefined ? [] : [translate(`problem.${refusal.code}`, refusal.params)]),
    ...findings.map(({ rule, params }) => statementText({ text: `finding.${rule}`, params }, translate)),
    translate('authorities.sign.asks'),
    ...table(listAsked(review)),
    ...(refusal === undefined
      ? [
          translate('authorities.sign.gets'),
          ...table([
            ...listGranted(review),
            { name: 'details.validity', values: [translate('cli.fact.from-to', period)] },
          ]),
        ]
      : []),
  ].join('\n');
}
