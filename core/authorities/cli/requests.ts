import { judgeObjects, signObjectsOperation, type SignedObject } from '../operations/csr-objects.ts';
import { signRequestOperation } from '../operations/issue.ts';
import { objectsText, readRequestFile, type RequestFile } from '../operations/request-files.ts';
import type { ApprovalContext, Judgement } from '../../pki/model/approval.ts';
import { USUAL_LONGEST_SECONDS } from '../../pki/approve/approver.ts';
import { findSignerProfile, readCsrState, type CsrObject } from '../../shared/certificates/csr-object.ts';
import { SECOND_MS } from '../../shared/instant.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import { changeUnlocked } from './context.ts';
import { authorityRecord, entryWithPem } from './records.ts';
import { reviewFile } from './review.ts';
import { formatEntry } from './text.ts';
import { statementText } from '../../shared/text/statement.ts';
import { duration, parseNodes, profileWord } from './values.ts';
import { path } from '../../shared/verb/values.ts';
import { answer } from '../../shared/verb/answer.ts';
import { tellFindings, findingsExitCode } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';

function buildContext(invocation: Invocation): ApprovalContext {
  const longestMs = duration(invocation, 'longest');
  const longestSeconds = longestMs === undefined ? USUAL_LONGEST_SECONDS : longestMs / SECOND_MS;
  return { nodes: parseNodes(invocation), longestSeconds };
}

export async function authorityJudgeCsr(invocation: Invocation): Promise<ExitCode> {
  const { ports, paths, translate, world } = invocation;
  const context = buildContext(invocation);
  const out = path(invocation, 'out');
  const file = await readRequestFile(ports, paths[0] ?? '');
  if (file.kind === 'request') throw new UsageError('cli.usage.no-csr-object');
  const judged = judgeObjects(ports, file.objects, context);
  const requests = judged.map(({ object, judgement }) => requestRecord(object, judgement));
  const text = judged.map(({ object, judgement }) => judgementText(invocation, object, judgement));
  answer(invocation, { requests, findings: file.findings }, text.join('\n\n'));
  tellFindings(invocation, file.findings);
  if (out !== undefined) {
    const answered = judged.map((each) => each.answered);
    await ports.files.replace(out, objectsText(answered, out));
    world.notice(translate('cli.file.written', { path: out }));
  }
  const isFine = judged.length > 0 && judged.every(({ judgement }) => judgement.verdict === 'approve');
  return isFine ? findingsExitCode(file.findings) : EXIT.attention;
}

export async function authoritySignCsr(invocation: Invocation): Promise<ExitCode> {
  const { ports, words, world } = invocation;
  const profile = profileWord(words[1] ?? '');
  const context = buildContext(invocation);
  const file = await readRequestFile(ports, world.absolute(words[2] ?? ''));
  if (file.kind === 'objects') checkSigners(file.objects, profile);
  if (invocation.line.values['dry-run'] === true) return reviewFile(invocation, { profile, context, file });
  if (file.kind === 'request') return signOne(invocation, { profile, der: file.der });
  return signObjects(invocation, { profile, context, file });
}

async function signOne(invocation: Invocation, request: { profile: ProfileId; der: Uint8Array }): Promise<ExitCode> {
  const out = path(invocation, 'out');
  const signed = await changeUnlocked(invocation, (named) =>
    signRequestOperation(named, { authorityId: named.authority.id, allowed: invocation.line.values.allow, ...request }),
  );
  const entry = entryWithPem(signed.entry);
  const { subject, sans, leftOut, findings } = signed.report;
  const document = {
    authority: authorityRecord(signed.authority),
    entry,
    request: { subject, sans, leftOut, findings },
  };
  const { line, ports, translate, world } = invocation;
  if (line.json) answer(invocation, document, '');
  else {
    // Standard output may be redirected, so only the certificate is written to it.
    if (out === undefined) world.document(entry.pem);
    world.notice(translate('cli.authority.issued', { name: entry.name }));
    world.notice(formatEntry(invocation, entry));
    const { names, usages, extensions } = leftOut;
    if (names.length > 0) world.notice(translate('cli.sign.names-left-out', { names: names.join(', ') }));
    const others = [...usages, ...extensions];
    if (others.length > 0) world.notice(translate('cli.sign.extensions-left-out', { extensions: others.join(', ') }));
  }
  if (out !== undefined) {
    await ports.files.replace(out, entry.pem, { mode: PUBLIC_MODE });
    world.notice(translate('cli.file.written', { path: out }));
  }
  return EXIT.fine;
}

const PUBLIC_MODE = 0o644;

async function signObjects(
  invocation: Invocation,
  request: { profile: ProfileId; context: ApprovalContext; file: Extract<RequestFile, { kind: 'objects' }> },
): Promise<ExitCode> {
  const { profile, context, file } = request;
  const { line, ports, translate, world } = invocation;
  const out = path(invocation, 'out');
  const { authority, signed } = await changeUnlocked(invocation, async (named) => {
    const { objects } = file;
    const asked = { authorityId: named.authority.id, objects, profile, context, allowed: line.values.allow };
    const done = await signObjectsOperation(named, asked);
    return { authority: named.store.get(named.authority.id), signed: done };
  });
  const objects = objectsText(
    signed.map(({ answered }) => answered),
    out,
  );
  if (line.json) {
    const requests = signed.map(({ object, judgement, answered, entry, refusal }) => ({
      ...requestRecord(object, judgement),
      state: readCsrState(answered),
      entry: entry === undefined ? null : entryWithPem(entry),
      problem: refusal === undefined ? null : { code: refusal.code, params: refusal.params },
    }));
    answer(invocation, { authority: authorityRecord(authority), requests, findings: file.findings }, '');
  } else {
    if (out === undefined && signed.length > 0) world.document(objects);
    for (const each of signed) world.notice(resultText(invocation, each));
  }
  tellFindings(invocation, file.findings);
  if (out !== undefined && signed.some(({ entry }) => entry !== undefined)) {
    await ports.files.replace(out, objects);
    world.notice(translate('cli.file.written', { path: out }));
  } else if (out !== undefined) world.notice(translate('cli.csr.not-written', { path: out }));
  const isFine = signed.length > 0 && signed.every(({ entry }) => entry !== undefined);
  return isFine ? findingsExitCode(file.findings) : EXIT.attention;
}

/** Refuses the profile of another signer, which would give a kubelet a certificate that it did not request. */
function checkSigners(objects: readonly CsrObject[], profile: ProfileId): void {
  for (const object of objects) {
    const own = findSignerProfile(object);
    if (own !== undefined && own !== profile)
      throw new UsageError('cli.usage.profile-of-signer', {
        signer: object.signerName,
        profile: own,
        name: object.name,
      });
  }
}

function requestRecord(object: CsrObject, judgement: Judgement | undefined): object {
  const { name, signerName: signer, username = null } = object;
  const { verdict = null, checks = [] } = judgement ?? {};
  return { name, signer, username, state: readCsrState(object), verdict, checks };
}

function judgementText(
  invocation: Invocation,
  { name, signerName: signer }: CsrObject,
  { verdict, checks }: Judgement,
): string {
  const { translate } = invocation;
  return [
    translate('cli.csr.head', { name, signer }),
    translate(`approver.verdict.${verdict}`),
    ...checks.map(({ rule, outcome, params }) => {
      const mark = translate(`cli.check.${outcome}`);
      return `  ${mark} ${statementText({ text: `approver.${rule}`, params: { outcome, ...params } }, translate)}`;
    }),
  ].join('\n');
}

function resultText(invocation: Invocation, signed: SignedObject): string {
  const { object, judgement, entry, refusal } = signed;
  const { name, signerName: signer } = object;
  const { translate } = invocation;
  const head =
    judgement === undefined
      ? translate('cli.csr.head', { name, signer })
      : judgementText(invocation, object, judgement);
  const end =
    refusal !== undefined
      ? translate(`problem.${refusal.code}`, refusal.params)
      : translate(entry === undefined ? 'cli.csr.not-signed' : 'cli.csr.signed', { name });
  return [head, end].join('\n');
}
