import { isUnderstood } from '../model/view.ts';
import { impactAnswer } from '../text/impact-text.ts';
import { previewRecord } from '../export/records.ts';
import { inputFault, noticeFindings, filterErrors } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { chooseKubeconfig, readNarrowed, serviceOver } from './source.ts';
import { exposureLines, guardLines, objectLines, planLines, tellPlaced } from './text.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

export async function revocationPreview(invocation: Invocation): Promise<ExitCode> {
  const { line, world, ports, translate, paths } = invocation;
  const now = ports.clock.now();
  const file = paths[0] ?? '';
  const inventory = await readNarrowed(invocation, 1);
  const service = serviceOver(invocation, inventory);
  const about = chooseKubeconfig(invocation);
  const judged = await service.judgeFile(file, about);
  const { findings, judgement } = judged;
  const { guard, impact, plan } = judgement;
  const { objects, entries } = await service.preview(judged, about.kubeconfig);
  if (line.json) {
    const facts = { ...impact, generatedAt: now, file, guard, plan, entries, objects, findings };
    world.json(previewRecord({ ...facts, inventoryFindings: inventory.findings }));
  } else {
    const { sentence, more } = impactAnswer(judgement, translate);
    const lines = [
      sentence,
      ...more.map((each) => `  ${each}`),
      '',
      ...objects.flatMap((object, at) => {
        const own = entries.filter(({ objectIndex }) => objectIndex === at);
        return objectLines(invocation, object, own);
      }),
      '',
      ...exposureLines(invocation, impact, now),
      '',
      ...guardLines(invocation, guard),
      '',
      translate('cli.revocation.plan'),
      ...planLines(invocation, plan),
    ];
    if (objects.length > 0) world.out(`${lines.join('\n')}\n`);
    tellPlaced(invocation, findings);
    noticeFindings(invocation, inventory.findings);
  }
  if (inputFault(inventory.findings)) return EXIT.usage;
  const isTaken = isUnderstood(guard, line.values['i-understand']);
  const hasErrors = filterErrors(findings).some(({ consequence }) => consequence === undefined);
  return isTaken && !hasErrors ? EXIT.fine : EXIT.attention;
}
