import { remedyCommand, namesOfCluster, type NamedCluster } from '../../plan/model/command-name.ts';
import { listDeployments } from '../../plan/model/deployment.ts';
import { diagnose, type Cause, type EvidenceItem } from '../model/diagnose.ts';
import { inventoryEvidence, groupRows, type SymptomEvidence } from '../model/evidence.ts';
import { findFailure } from '../../knowledge/model/failures/failures.ts';
import { epochMs } from '../../shared/instant.ts';
import { collectAnswers, type KnownAnswers } from '../model/known-answers.ts';
import { MOST_LOG_BYTES, readInput } from '../../plan/cli/plan-files.ts';
import { STANDARD_INPUT } from '../../shared/verb/values.ts';
import { translateKey } from '../text/diagnosis-text.ts';
import { translator } from '../../shared/text/text.ts';
import { noticeFindings, filterErrors } from '../../shared/verb/findings.ts';
import { readFleet } from '../../expiry/cli/fleet.ts';
import { inventoryPaths, tellUncheckedNames, matchClusters } from '../../inventory/cli/read-clusters.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { getAnswers } from './answers.ts';
import { diagnosisLines, elsewhereLine } from './text.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';

const english = translator('en');

/** `arcwarden repair diagnose [FILE]`: lists matching causes, best first. */
export async function repairDiagnose(invocation: Invocation): Promise<ExitCode> {
  const { line, world, ports, translate } = invocation;
  const now = epochMs(ports.clock.now());
  const answers = getAnswers(invocation);
  const place = await findPlace(invocation);
  const isAnswered = Object.keys(answers).length > 0;
  // The name of a cluster alone is no evidence.
  const text = await readLog(invocation, place?.inventory !== undefined || isAnswered);
  const evidence: SymptomEvidence = {
    texts: text === undefined ? [] : [text],
    answers,
    ...(place?.inventory !== undefined && { known: place.known?.(now), inventory: place.inventory(now) }),
  };
  const diagnosis = diagnose(evidence);
  const insertCluster = (command: string): string =>
    place === undefined ? command : remedyCommand({ command }, place);
  if (line.json) {
    const records = diagnosis.causes.map((cause) => causeRecord(cause, insertCluster));
    world.json(records);
    for (const sign of diagnosis.elsewhere) world.notice(elsewhereLine(translate, sign));
  } else world.out(`${diagnosisLines(translate, diagnosis, insertCluster).join('\n')}\n`);
  place?.tell?.();
  return diagnosis.causes.length > 0 ? EXIT.attention : EXIT.fine;
}

/** Reads the given file or standard input; `undefined` if there is no file but other evidence. */
async function readLog(invocation: Invocation, hasOther: boolean): Promise<string | undefined> {
  const { words, paths, world } = invocation;
  if (words.length === 0 && hasOther) return undefined;
  // Otherwise the program would wait for input, and nobody would notice.
  if (words.length === 0 && world.ask !== undefined)
    throw new UsageError('cli.usage.no-evidence', { options: '--cluster' });
  const [word = STANDARD_INPUT] = words;
  const text = await readInput(invocation, { word, path: paths[0] ?? '', maxBytes: MOST_LOG_BYTES });
  if (text === undefined) throw new UsageError('cli.usage.not-a-text', { path: word });
  return text;
}

interface ClusterEvidence extends NamedCluster {
  /** Absent without an inventory. */
  inventory?: (nowMs: number) => ReturnType<typeof inventoryEvidence>;
  known?: (nowMs: number) => KnownAnswers;
  /** Reports files of the inventory that cannot be read. */
  tell?: () => void;
}

/** Finds the cluster of `--cluster`, or the only cluster in `--inventory`; `undefined` without both options. */
async function findPlace(invocation: Invocation): Promise<ClusterEvidence | undefined> {
  const { line } = invocation;
  if (line.values.cluster === undefined && line.values.inventory === undefined) return undefined;
  const paths = inventoryPaths(invocation, 1);
  const { fleet, findings } = await readFleet(invocation, paths, { isOptional: invocation.words.length > 0 });
  const { clusters, facts } = fleet;
  const [name, ...more] = tellUncheckedNames(invocation, clusters);
  if (name !== undefined && more.length === 0) return { name };
  const isWanted = matchClusters(invocation, fleet);
  const wanted = clusters.filter(isWanted);
  const [first, ...others] = wanted.length > 1 ? wanted.filter(({ kind }) => kind === 'kubernetes') : wanted;
  if (first === undefined || others.length > 0)
    throw new UsageError('cli.usage.one-cluster', { clusters: clusters.map(({ name }) => name).join(', ') });
  const deployments = listDeployments(clusters, facts);
  const rows = groupRows(fleet.rows, deployments)(first.id);
  const agent = deployments.find(({ clusters: hosted }) => hosted.some(({ id }) => id === first.id));
  return {
    ...namesOfCluster(first),
    inventory: (nowMs) => inventoryEvidence(rows, nowMs),
    known: (nowMs) => collectAnswers({ ids: [first.id, agent?.cloudAgent?.id], rows, facts, nowMs }),
    tell: () => {
      // Other verbs report expiry; only unreadable files count here.
      noticeFindings(invocation, filterErrors(findings));
    },
  };
}

function causeRecord(cause: Cause, named: (command: string) => string): object {
  const { failure, confidence, evidence, speaksAgainst, missingCheck } = cause;
  return {
    failure,
    title: translateKey(`failure.${failure}`, english),
    kind: findFailure(failure)?.kind ?? null,
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
      return {
        kind: item.kind,
        pattern: item.sign,
        ...item.answer,
        ...(item.from !== undefined && { from: item.from }),
      };
    case 'inventory':
      return { kind: item.kind, pattern: item.sign, roles: item.roles, state: item.state };
    case 'part-of':
    case 'build':
      return item;
  }
}
