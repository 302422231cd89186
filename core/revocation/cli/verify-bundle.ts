import type { BundleVerdict } from '../model/bundle.ts';
import { terminalLine } from '../../shared/terminal-text.ts';
import { formatInstant } from '../../shared/text/time.ts';
import { verifyBundleFile } from '../bundle/verify.ts';
import { objectTexts } from '../text/revocation-text.ts';
import { findingLines } from '../../shared/verb/findings.ts';
import { answer } from '../../shared/verb/answer.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

const MOST_NAMED = 20;

export async function revocationVerifyBundle(invocation: Invocation): Promise<ExitCode> {
  const { ports, paths } = invocation;
  const path = paths[0] ?? '';
  const verdict = await verifyBundleFile(ports, path);
  answer(invocation, verdictRecord(path, verdict), verdictLines(invocation, verdict).join('\n'));
  return verdict.ok ? EXIT.fine : EXIT.attention;
}

function verdictRecord(path: string, { ok, sha256, files, findings, facts }: BundleVerdict): object {
  return {
    path,
    ok,
    sha256,
    files: files.map(({ name, state, sha256: own = null }) => ({ name, state, sha256: own })),
    findings,
    madeAt: facts?.madeAt ?? null,
    manifest: facts === undefined ? null : { sha256: facts.manifestSha256, objects: facts.objects },
    matched: facts?.matched ?? null,
    phrase: facts?.phrase ?? null,
  };
}

function verdictLines(
  { translate, language }: Invocation,
  { ok, sha256, files, findings, facts }: BundleVerdict,
): string[] {
  const lines = files.map(({ name, state }) => `  ${terminalLine(name)}  ${translate(`cli.bundle.state.${state}`)}`);
  if (facts !== undefined) {
    const { matched, phrase } = facts;
    const date = formatInstant(facts.madeAt, language, 'utc');
    const objects = objectTexts(translate, facts.objects, MOST_NAMED).join('; ');
    lines.push(translate('cli.bundle.made', { date, matched, objects }));
    if (phrase !== undefined) lines.push(translate('cli.bundle.confirmed', { phrase }));
  }
  return [
    translate(ok ? 'cli.bundle.ok' : 'cli.bundle.not-ok'),
    ...findings.flatMap((finding) => findingLines(finding, translate)),
    ...lines,
    `SHA-256 ${sha256}`,
    translate('cli.bundle.compare'),
  ];
}
