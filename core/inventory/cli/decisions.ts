import type { OpenDecision } from '../contract.ts';
import { answer } from '../../shared/verb/answer.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { ownCommand } from '../../shared/verb/own-command.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';
import { terminalLine } from '../../shared/terminal-text.ts';
import { citationText, statementText } from '../../shared/text/statement.ts';
import { listRealPlaces } from '../../plan/model/deployment.ts';
import { findNameQuestion } from '../model/name-question.ts';
import { InventoryService } from '../service.ts';
import { openInventoryToRead } from './open.ts';
import { questionText } from './inventory.ts';

/** Lists what waits for the admin: requests of kubelets, files that could not be read, and names of clusters. */
export async function inventoryDecisions(invocation: Invocation): Promise<ExitCode> {
  const { ports, translate } = invocation;
  const store = await openInventoryToRead(invocation);
  const decisions = await new InventoryService({ ports, store }).decisions();
  const names = listRealPlaces(store.clusters()).flatMap((cluster) => findNameQuestion(cluster) ?? []);
  const rename = (id: string): string =>
    ownCommand(invocation, ['inventory', 'rename', id, translate('cli.placeholder.name')]);
  const texts = [
    ...decisions.map((one) => decisionText(invocation, one)),
    ...names.map((one) => `${questionText(one, translate)}\n  ${rename(one.clusterId)}`),
  ];
  answer(invocation, { decisions, names }, texts.join('\n\n') || translate('decisions.none'));
  return texts.length > 0 ? EXIT.attention : EXIT.fine;
}

function decisionText({ translate }: Invocation, decision: OpenDecision): string {
  const { cluster = translate('report.revocation.no-cluster') } = decision;
  const path = `  ${translate('decisions.fact.path')}: ${terminalLine(decision.path)}`;
  if (decision.kind === 'file') {
    const { rule, params } = decision;
    return [`${cluster}: ${statementText({ text: `finding.${rule}`, params }, translate)}`, path].join('\n');
  }
  const { name, verdict, checks, commands, citation, names, username = '' } = decision;
  const failed = checks.filter(({ outcome }) => outcome === 'failed');
  return [
    `${cluster}: ${terminalLine(name)}`,
    path,
    `  ${translate('decisions.fact.username')}: ${terminalLine(username)}`,
    `  ${translate('decisions.fact.names')}: ${terminalLine(names.join(', '))}`,
    `  ${translate(verdict === 'ignore' ? 'decisions.compare' : `approver.verdict.${verdict}`)}`,
    ...failed.flatMap(({ rule, outcome, params, citation: source }) => [
      `  - ${statementText({ text: `approver.${rule}`, params: { outcome, ...params } }, translate)}`,
      ...(source === undefined ? [] : [`    ${citationText(source, { translate })}`]),
    ]),
    ...commands.map((command) => `  ${command}`),
    `  ${citationText(citation, { translate })}`,
  ].join('\n');
}
