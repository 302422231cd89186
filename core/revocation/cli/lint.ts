import { consequencesIn } from '../../shared/renew-revocation/draft.ts';
import { findingRecord } from '../export/records.ts';
import type { Severity } from '../../shared/finding.ts';
import { findingsExitCode, inputFault, noticeFindings } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { readInventory, serviceOver } from './source.ts';
import { formatFinding } from './text.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

export async function revocationLint(invocation: Invocation): Promise<ExitCode> {
  const { line, world, translate } = invocation;
  const inventory = await readInventory(invocation, 1);
  const { findings, judgement } = await serviceOver(invocation, inventory).judgeFile(invocation.paths[0] ?? '');
  if (line.json) world.json(findings.map(findingRecord));
  else {
    for (const finding of findings) world.out(`${formatFinding(invocation, finding).join('\n')}\n`);
    const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
    world.out(
      `${translate('cli.revocation.linted', {
        objects: judgement.objects.length,
        errors: count('error'),
        warnings: count('warning'),
        notices: count('notice'),
      })}\n`,
    );
    noticeFindings(invocation, inventory.findings);
  }
  if (inputFault(inventory.findings)) return EXIT.usage;
  const accepted = consequencesIn(line.values['i-understand'] ?? '');
  return findingsExitCode(
    findings.filter(({ consequence }) => consequence === undefined || !accepted.has(consequence)),
  );
}
