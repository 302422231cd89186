import type { Service } from '../../shared/problem.ts';
import { answer } from '../../shared/verb/answer.ts';
import { findingsExitCode, tellFindings } from '../../shared/verb/findings.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { ownCommand } from '../../shared/verb/own-command.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';
import { requireOption } from '../../shared/verb/values.ts';
import type { RunsApi } from '../contract.ts';
import { exportRunEvidence } from '../export/evidence.ts';
import { runHistory } from '../history.ts';
import { fillPrinted } from '../model/printed.ts';
import type { RunId } from '../model/run.ts';
import { getRunState } from '../model/view.ts';
import { runStore, type RunStore } from '../store/store.ts';
import { runTranscript } from '../text/run-text.ts';
import { planDocument } from '../../plan/export/plan-records.ts';

/** `arcwarden runs list`: lists every run in the data folder, newest first. */
export async function runsList(invocation: Invocation): Promise<ExitCode> {
  const { translate } = invocation;
  const { runs, findings } = await (await readHistory(invocation)).list();
  const heads = ['id', 'started', 'kind', 'clusters', 'target', 'by', 'done', 'state'] as const;
  const rows = runs.map(({ id, startedAt, kind, clusters, target, by, done, count, ...run }) => [
    id,
    localTime(invocation, startedAt),
    translate(`cli.runs.kind.${kind}`),
    clusters.join(', '),
    target,
    by,
    `${done}/${count}`,
    translate(`run.state.${getRunState(run)}`),
  ]);
  const columns = heads.map((head) => translate(`runs.column.${head}`));
  answer(invocation, { runs, findings }, rows.length === 0 ? translate('cli.runs.none') : tabulate(columns, rows));
  tellFindings(invocation, findings);
  return findingsExitCode(findings);
}

/** `arcwarden runs show RUN`: prints the steps with their output. */
export async function runsShow(invocation: Invocation): Promise<ExitCode> {
  const { line, world, translate, language, words } = invocation;
  const { run } = await (await readHistory(invocation)).read({ id: getRunId(words) });
  if (line.json) {
    world.json({ ...run, plan: planDocument(fillPrinted(run)) });
  } else world.out(runTranscript(run, { translate, language, zone: 'local' }));
  return EXIT.fine;
}

/** `arcwarden runs export RUN --out FILE`: writes plan, record and transcript as a ZIP file. */
export async function runsExport(invocation: Invocation): Promise<ExitCode> {
  const { line, world, ports, dataFolder, translate, words } = invocation;
  const path = world.absolute(requireOption(invocation, 'out'));
  const request = { id: getRunId(words), target: ports.tickets.issue(path, 'write:zip') };
  const history = collectHistory(invocation, runStore(ports, dataFolder));
  const { bytes, sha256 } = await history.exportEvidence(request, invocation.note);
  answer(invocation, { file: { path, bytes, sha256 } }, translate('cli.file.written', { path }));
  const command = ownCommand(invocation, ['runs', 'show', getRunId(words)]);
  if (!line.json) world.notice(translate('cli.runs.exported', { command }));
  return EXIT.fine;
}

type History = Service<Pick<RunsApi, 'list' | 'read' | 'exportEvidence'>>;

async function readHistory(invocation: Invocation): Promise<History> {
  return collectHistory(invocation, await invocation.world.openToRead(invocation, runStore));
}

function collectHistory({ world, ports, dataFolder }: Invocation, store: RunStore): History {
  return runHistory({
    ports,
    dataFolder,
    isHeld: world.isHeld,
    store,
    writeEvidence: (run, path) => exportRunEvidence(ports, run, path),
  });
}

/** The service treats an invalid id as an unknown run. */
function getRunId([id = '']: readonly string[]): RunId {
  return id as RunId;
}
