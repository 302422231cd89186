import { remedyCommand, type NamedCluster } from '../../plan/model/command-name.ts';
import { LIFETIME_CLASSES } from '../../knowledge/model/credentials/lifetimes.ts';
import type { Cause, EvidenceItem } from '../model/diagnose.ts';
import { repairDiagnosis, type RepairSource } from '../model/request.ts';
import { MOST_LOG_BYTES, readInput } from '../../plan/cli/plan-files.ts';
import { STANDARD_INPUT } from '../../shared/verb/values.ts';
import { noticeFindings, filterErrors } from '../../shared/verb/findings.ts';
import { readFleet } from '../../expiry/cli/fleet.ts';
import { inventoryPaths, tellUncheckedNames, matchClusters } from '../../inventory/cli/read-clusters.ts';
import { statementText } from '../../shared/text/statement.ts';
import type { Finding } from '../../shared/finding.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { getAnswers } from './answers.ts';
import { diagnosisLines, elsewhereLine, failureRecord } from './text.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';

export async function repairDiagnose(invocation: Invocation): Promise<ExitCode> {
  const { line, world, translate, language } = invocation;
  const answers = getAnswers(invocation);
  const { cluster, isRead, fleet, findings } = await findPlace(invocation);
  const isAnswered = Object.keys(answers).length > 0;
  // The name of a cluster alone is no evidence.
  const text = await readLog(invocation, isRead || isAnswered);
  const diagnosis = repairDiagnosis(fleet, {
    clusters: cluster === undefined ? [] : [cluster.id ?? cluster.name],
    failures: [],
    texts: text === undefined ? [] : [text],
    answers,
  });
  const insertCluster = (command: string): string =>
    cluster === undefined ? command : remedyCommand({ command }, cluster);
  if (line.json) {
    world.json(diagnosis.causes.map((cause) => causeRecord(cause, insertCluster)));
    for (const sign of diagnosis.elsewhere) world.notice(elsewhereLine(translate, sign));
    for (const statement of diagnosis.first ?? []) world.notice(statementText(statement, translate));
  } else world.out(`${diagnosisLines({ translate, language, zone: 'local' }, diagnosis, insertCluster).join('\n')}\n`);
  // Other commands report expiry.
  noticeFindings(invocation, filterErrors(findings));
  return diagnosis.causes.length > 0 ? EXIT.attention : EXIT.fine;
}

/** Reads the given file or standard input. Returns `undefined` if no file is given and there is other evidence. */
async function readLog(invocation: Invocation, hasOther: boolean): Promise<string | undefined> {
  const { words, paths, world } = invocation;
  if (words.length === 0 && hasOther) return undefined;
  // Without this error, the program would wait for input without a prompt.
  if (words.length === 0 && world.ask !== undefined)
    throw new UsageError('cli.usage.no-evidence', { options: '--cluster' });
  const [word = STANDARD_INPUT] = words;
  const text = await readInput(invocation, { word, path: paths[0] ?? '', maxBytes: MOST_LOG_BYTES });
  if (text === undefined) throw new UsageError('cli.usage.not-a-text', { path: word });
  return text;
}

interface DiagnosedPlace {
  /** Absent if there is neither a name nor an inventory. Without an inventory, the id is absent. */
  cluster?: NamedCluster & { id?: ClusterId };
  /** Whether the cluster was found in an inventory. */
  isRead: boolean;
  fleet: RepairSource;
  findings: readonly Finding[];
}

/** Finds the cluster of `--cluster`, or the only cluster in `--inventory`. */
async function findPlace(invocation: Invocation): Promise<DiagnosedPlace> {
  const { line, ports } = invocation;
  const nowhere = { now: ports.clock.now(), clusters: [], rows: [], facts: {}, classes: LIFETIME_CLASSES };
  if (line.values.cluster === undefined && line.values.inventory === undefined)
    return { isRead: false, fleet: nowhere, findings: [] };
  const paths = inventoryPaths(invocation, 1);
  const { fleet, findings } = await readFleet(invocation, paths, { isOptional: invocation.words.length > 0 });
  const { clusters } = fleet;
  const [name, ...more] = tellUncheckedNames(invocation, clusters);
  if (name !== undefined && more.length === 0) return { cluster: { name }, isRead: false, fleet, findings: [] };
  const wanted = clusters.filter(matchClusters(invocation, fleet));
  const [cluster, ...others] = wanted.length > 1 ? wanted.filter(({ kind }) => kind === 'kubernetes') : wanted;
  if (cluster === undefined || others.length > 0)
    throw new UsageError('cli.usage.one-cluster', { clusters: clusters.map(({ name }) => name).join(', ') });
  return { cluster, isRead: true, fleet: { ...fleet, findings: [...fleet.findings, ...findings] }, findings };
}

function causeRecord(cause: Cause, named: (command: string) => string): object {
  const { failure, confidence, evidence, speaksAgainst, missingCheck } = cause;
  return {
    ...failureRecord(failure),
    confidence,
    evidence: evidence.map(itemRecord),
    speaksAgainst: speaksAgainst.map(itemRecord),
    missingCheck: missingCheck === null ? null : { ...missingCheck, command: named(missingCheck.command) },
  };
}

function itemRecord(item: EvidenceItem): object {
  switch (item.kind) {
    case 'text':
      return { kind: item.kind, pattern: item.sign, phrases: item.phrases, line: item.line };
    case 'answer':
      return { kind: item.kind, pattern: item.sign, ...item.answer, from: item.from, line: item.line };
    case 'inventory':
      return { kind: item.kind, pattern: item.sign, roles: item.roles, state: item.state, isLater: item.isLater };
    case 'part-of':
    case 'build':
      return item;
  }
}
