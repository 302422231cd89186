import type { ClusterQuestion } from '../contract.ts';
import { answer } from '../../shared/verb/answer.ts';
import { findingsExitCode, inputFault, tellFindings } from '../../shared/verb/findings.ts';
import { ownCommand } from '../../shared/verb/own-command.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { passphrasesFor } from './passphrases.ts';
import type { Cluster } from '../model/credential.ts';
import { progressText } from '../text/import-progress.ts';
import { ClusterLookup } from '../../plan/model/cluster-lookup.ts';
import { clusterNamed } from './context.ts';
import { InventoryService } from '../service.ts';
import { useInventory } from './open.ts';
import { refuseUnreadable } from '../../shared/problem.ts';
import type { Translate } from '../../shared/text/text.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';

export async function inventoryImport(invocation: Invocation): Promise<ExitCode> {
  const { line, paths, ports, translate, world } = invocation;
  if (paths.length === 0) throw new UsageError('cli.usage.missing-paths', { verb: 'inventory import' });
  const passphrases = await passphrasesFor(invocation);
  const report = await useInventory(invocation, async (store) => {
    const service = new InventoryService({
      ports,
      store,
      onProgress: (progress) => world.progress?.(progressText(progress, translate)),
    });
    world.cancelling().addEventListener('abort', () => service.cancelImports());
    try {
      const imported = await service.importFiles(paths, passphrases);
      // Allows the window to list a large fleet without reading cluster files.
      await service.settle();
      return imported;
    } finally {
      world.progress?.('');
    }
  });
  const { added, renewed, unchanged, superseded, revocations, findings, filesRead: files } = report;
  const counts = {
    added: added.length,
    renewed: renewed.length,
    unchanged: unchanged.length,
    superseded: superseded.length,
  };
  const told = revocations.map(({ name, cluster, source: { path } }) =>
    translate('cli.import.revocation', { name, path, cluster: cluster ?? translate('report.revocation.no-cluster') }),
  );
  const summary = translate('cli.import.summary', { files, ...counts, findings: findings.length });
  const questions = report.questions.map((each) => ({
    ...each,
    // For other questions, the admin has to choose a name or may reject a merge.
    commands: each.asks === 'deployment' ? listAnswers(invocation, each) : [],
  }));
  answer(invocation, { ...report, questions }, [summary, ...told].join('\n'));
  tellFindings(invocation, findings);
  if (!line.json) askQuestions(invocation, report.questions);
  if (inputFault(findings)) return EXIT.usage;
  const isNothing =
    !findings.some(({ rule }) => rule === 'module-config.management') &&
    revocations.length === 0 &&
    Object.values(counts).every((count) => count === 0);
  return isNothing ? tellNothingFound(invocation) : findingsExitCode(findings);
}

export function tellNothingFound({ paths, translate, world }: Invocation): ExitCode {
  world.notice(translate('problem.import.nothing-found', { path: paths.join(', ') }));
  world.notice(translate('problem.import.nothing-found.remedy'));
  return EXIT.usage;
}

export async function inventoryForget(invocation: Invocation): Promise<ExitCode> {
  const { paths, words, ports, translate, note } = invocation;
  const wanted = words[0];
  if (wanted === undefined || paths.length > 1) throw new UsageError('cli.usage.missing-cluster');
  const { cluster, isNew } = await useInventory(invocation, async (store) => {
    const isLive = new ClusterLookup(store.clusters()).find(wanted, { namesFirst: true }).length > 0;
    const service = new InventoryService({ ports, store });
    if (!isLive) refuseUnreadable(store.unreadable());
    const before = isLive ? undefined : await service.findForgotten(wanted);
    if (before !== undefined) return { cluster: before, isNew: false };
    const { id } = clusterNamed(store, wanted);
    return { cluster: await service.forget(id, note), isNew: true };
  });
  const record = clusterRecord(cluster);
  const { name, credentials: count } = record;
  const told = translate(isNew ? 'cli.forget.done' : 'cli.forget.before', { name, count });
  return answer(invocation, { forgotten: record }, told);
}

export async function inventoryRestore(invocation: Invocation): Promise<ExitCode> {
  const { words, ports, translate, note } = invocation;
  const { cluster, isNew } = await useInventory(invocation, (store) =>
    new InventoryService({ ports, store }).restoreNamed(words[0] ?? '', note),
  );
  const record = clusterRecord(cluster);
  const { name, credentials: count } = record;
  const told = translate(isNew ? 'cli.inventory.restored' : 'cli.inventory.restored.before', { name, count });
  return answer(invocation, { restored: record }, told);
}

function clusterRecord({ id, name, credentials }: Cluster) {
  return { clusterId: id, name, credentials: credentials.length };
}

/** Limits the questions of each kind. The output counts the rest and names a command that lists all clusters. */
const QUESTIONS_PRINTED = 20;

function askQuestions(invocation: Invocation, questions: readonly ClusterQuestion[]): void {
  const { world, translate } = invocation;
  const names = questions.filter(({ asks }) => asks === 'name');
  const others = questions.filter(({ asks }) => asks !== 'name');
  const printed = [names, others].flatMap((each) => each.slice(0, QUESTIONS_PRINTED));
  for (const question of printed) {
    world.notice(questionText(question, translate));
    for (const command of listAnswers(invocation, question)) world.notice(`  ${command}`);
  }
  const count = questions.length - printed.length;
  if (count === 0) return;
  world.notice(translate('cli.import.more-questions', { count }));
  world.notice(`  ${ownCommand(invocation, ['inventory', 'clusters'])}`);
}

export function questionText(question: ClusterQuestion, translate: Translate): string {
  const { asks, cluster } = question;
  if (asks === 'rebuilt') return translate(`inventory.question.${asks}`, { cluster });
  if (asks === 'name')
    return translate(`inventory.question.${asks}`, {
      cluster,
      evidence: translate(`inventory.evidence.${question.evidence}`),
    });
  const agents = question.agents.map(({ name }) => name).join(translate('list.and'));
  return translate(`inventory.question.${asks}`, { cluster, agents });
}

/** Returns a command for each possible answer. Ids stay valid if a cluster is renamed, and a guessed name is left out. */
function listAnswers(invocation: Invocation, question: ClusterQuestion): string[] {
  const { asks, clusterId } = question;
  const name = invocation.translate('cli.placeholder.name');
  if (asks === 'rebuilt')
    return [ownCommand(invocation, ['inventory', 'move', ...question.credentialIds, '--new-cluster', name])];
  if (asks === 'name') return [ownCommand(invocation, ['inventory', 'rename', clusterId, name])];
  const words = asks === 'deployment' ? ['link', clusterId, '--deployment'] : ['merge', clusterId];
  return question.agents.map(({ id }) => ownCommand(invocation, ['inventory', ...words, id]));
}
