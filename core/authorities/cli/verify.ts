import { verifyOperation } from '../operations/check.ts';
import { verifyFiles, type VerifyFiles } from '../operations/verify-files.ts';
import { terminalLine } from '../../shared/terminal-text.ts';
import type { Finding } from '../../shared/finding.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { CertificateReference, Reason, PathVerdict } from '../../pki/model/verdict.ts';
import { entryMeant, readAuthority, unlock } from './context.ts';
import { statementText } from '../../shared/text/statement.ts';
import { foreignOption } from './values.ts';
import { choice, moment, requirePath } from '../../shared/verb/values.ts';
import { answer } from '../../shared/verb/answer.ts';
import { tellFindings, findingsExitCode } from '../../shared/verb/findings.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import type { OptionName } from '../../shared/verb/options.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

const PURPOSES = ['server', 'client', 'any'] as const;
const FILE_OPTIONS = ['chain', 'roots', 'crl', 'revocations'] as const satisfies OptionName[];

type Question = Pick<VerifyFiles, 'at' | 'purpose' | 'name'>;

export async function authorityVerify(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, words } = invocation;
  const { name } = line.values;
  const question: Question = {
    at: moment(invocation, 'at') ?? ports.clock.now(),
    purpose: choice(invocation, 'purpose', PURPOSES) ?? 'any',
    name,
  };
  return words.length === 0 ? verifyInFiles(invocation, question) : verifyKept(invocation, question);
}

async function verifyKept(invocation: Invocation, question: Question): Promise<ExitCode> {
  const { line, words } = invocation;
  const foreign = FILE_OPTIONS.find((option) => line.values[option] !== undefined);
  if (foreign !== undefined) throw foreignOption(foreign, 'verify NAME ENTRY');
  return readAuthority(invocation, async (named) => {
    const { authority } = named;
    const { id: entryId } = entryMeant(named, words[1]);
    const request = { authorityId: authority.id, entryId, ...question };
    const verdict = await verifyOperation(named, request).catch(async (error: unknown) => {
      if (!(error instanceof ConsoleError) || error.code !== 'keyring.locked') throw error;
      // The list of a CA with revoked certificates must be signed first.
      await unlock(invocation, named);
      return verifyOperation(named, request);
    });
    return tellVerdict(invocation, { question, verdict, findings: [] });
  });
}

async function verifyInFiles(invocation: Invocation, question: Question): Promise<ExitCode> {
  const { line, ports, world } = invocation;
  const chain = requirePath(invocation, 'chain');
  const roots = requirePath(invocation, 'roots');
  const crls = (line.values.crl ?? []).map((file) => world.absolute(file));
  const revocations = (line.values.revocations ?? []).map((file) => world.absolute(file));
  const outcome = await verifyFiles(ports, { ...question, chain, roots, crls, revocations });
  return tellVerdict(invocation, { question, ...outcome });
}

function tellVerdict(
  invocation: Invocation,
  told: { question: Question; verdict: PathVerdict; findings: readonly Finding[] },
): ExitCode {
  const { verdict, findings } = told;
  const { at, purpose, name = null } = told.question;
  const { accepted, reasons } = verdict;
  const document = { accepted, at, purpose, name, reasons, path: verdict.path, findings };
  answer(invocation, document, verdictText(invocation, told));
  tellFindings(invocation, findings);
  return accepted ? findingsExitCode(findings) : EXIT.attention;
}

function verdictText(
  invocation: Invocation,
  { question, verdict }: { question: Question; verdict: PathVerdict },
): string {
  const { translate } = invocation;
  const { accepted, path, reasons } = verdict;
  const at = localTime(invocation, question.at);
  return [
    translate(accepted ? 'cli.verify.accepted' : 'cli.verify.refused', { at }),
    ...path.map((certificate, depth) => `${'  '.repeat(depth + 1)}${getSubject(certificate)}`),
    ...reasons.flatMap((reason) => reasonLines(invocation, reason)),
  ].join('\n');
}

function reasonLines(invocation: Invocation, reason: Reason): string[] {
  const { rule, severity, certificate, params } = reason;
  const { translate } = invocation;
  const text = statementText({ text: `verdict.${rule}`, params }, translate);
  const remedy = statementText({ text: `verdict.${rule}.remedy`, params }, translate);
  return [`${translate(`cli.severity.${severity}`)}: ${getSubject(certificate)}: ${text}`, `    ${remedy}`];
}

function getSubject({ list, index, subject, serialHex }: CertificateReference): string {
  if (subject === undefined) return `${list}[${String(index)}]`;
  return terminalLine(serialHex === undefined ? subject : `${subject} (${serialHex})`);
}
