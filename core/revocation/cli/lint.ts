import { consequencesIn } from '../../shared/renew-revocation/draft.ts';
import type { PlacedFinding } from '../lint-text.ts';
import { noticeFindings, inputFault } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { placedRecord } from './records.ts';
import { readInventory, serviceOver } from './source.ts';
import { placedLines } from './text.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

/** `arcwarden revocation lint FILE [--inventory PATH...]`: reports what is wrong with a manifest, line by line. */
export async function revocationLint(invocation: Invocation): Promise<ExitCode> {
  const { line, world, translate } = invocation;
  const inventory = await readInventory(invocation, 1);
  const { findings, judgement } = await serviceOver(invocation, inventory).judgeFile(invocation.paths[0] ?? '');
  if (line.json) world.json(findings.map(placedRecord));
  else {
    for (const finding of findings) world.out(`${placedLines(invocation, finding).join('\n')}\n`);
    const count = (severity: PlacedFinding['severity']): number =>
      findings.filter((finding) => finding.severity === severity).length;
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
  return openErrors(invocation, findings).length > 0 ? EXIT.attention : EXIT.fine;
}

/** Errors that nobody accepted with `--i-understand`. */
function openErrors({ line }: Pick<Invocation, 'line'>, findings: readonly PlacedFinding[]): PlacedFinding[] {
  const named = consequencesIn(line.values['i-understand'] ?? '');
  return findings.filter(
    ({ severity, consequence }) => severity === 'error' && (consequence === undefined || !named.has(consequence)),
  );
}
