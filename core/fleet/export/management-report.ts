import { commandText } from '../../plan/model/plan.ts';
import { writeSavedFile, type SavedFile } from '../../shared/files/saved-file.ts';
import { epochMs, SECOND_MS } from '../../shared/instant.ts';
import type { MaintenanceTask } from '../../maintenance/model/tasks.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Translate } from '../../shared/text/text.ts';
import type { Ports } from '../../shared/ports.ts';
import { escapeHtml, htmlDocument } from '../../formats/html.ts';
import { STATE_SHAPES, STATE_STYLE } from '../../expiry/export/state-look.ts';
import { PICTURE_STYLE } from './lifetimes-picture.ts';
import {
  getAnswer,
  clusterName,
  clusterPage,
  countsHtml,
  needsRepair,
  needWording,
  stepHtml,
  taskText,
} from './management-cluster.ts';
import { countLanes } from '../../repair/model/needs.ts';
import { needSentences } from '../../repair/text/needs-text.ts';
import { prepareFleet, type FleetInput, type ReportedCluster, type ReportedFleet } from './management-facts.ts';
import { ReportWords } from '../../plan/export/report-words.ts';

/** Limit on the listed tasks. The rest is only counted here, and appears with the clusters. */
const MOST_TASKS = 12;

/*
 * Sizes are in points and millimetres. The margins leave 180 × 251 mm, which fits both A4 and Letter; the printer
 * chooses the paper.
 */
const STYLE = `
@page{margin:14mm 15mm}
body{font-size:9.5pt;line-height:1.4;margin:0;overflow-wrap:anywhere}
h1{font-size:20pt;line-height:1.2}h2{font-size:12pt;margin:5mm 0 1.5mm}h3{font-size:9.5pt;margin:3mm 0 1mm;padding-bottom:.5mm;border-bottom:1px solid #767676}
h2.name{margin:0;font-size:17pt;font-weight:600;line-height:1.25;display:flex;align-items:baseline;white-space:nowrap}h2.name bdi{min-width:0;overflow:hidden;text-overflow:ellipsis}.kind{flex:none;font-size:9.5pt;font-weight:400;color:#5c5c5c;margin-left:2mm}
p{max-width:none}.lead{font-size:12pt;font-weight:600;margin:1mm 0}.rest{font-weight:400}h1+.lead{font-weight:400}
.meta,.sources{font-size:8pt;color:#5c5c5c;margin:1mm 0 0}.sources{margin-top:3mm;padding-top:1mm;border-top:1px solid #dcdcdc}
.counts{display:flex;flex-wrap:wrap;gap:1mm 5mm;margin:2mm 0 0;padding:0;list-style:none}
th,td{padding:1mm 3mm 1mm 0}
.layers{margin:0;padding:0;list-style:none}.layers li{display:flex;gap:3mm;padding:1mm 0;border-bottom:1px solid #dcdcdc}.layers b{flex:0 0 15%}.when{flex:0 0 38%}.clip{flex:1;min-width:0;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
code{display:block;font:8.5pt/1.4 "Cascadia Mono",Consolas,"Noto Sans Mono",monospace}code span{display:inline-block;max-width:100%;overflow-wrap:anywhere}
.steps{margin:1mm 0 0;padding-left:6mm}.steps li{margin:0 0 1mm;break-inside:avoid}.steps li>span{display:block}.sure{font-size:8pt;color:#5c5c5c}
.obstacle{margin:1.5mm 0 0}.fleet table{table-layout:fixed}
.fleet .c-name{width:22%}.fleet .c-off{width:19%}.fleet .c-next{width:27%}.fleet .t-by{width:17%}.fleet .t-where{width:18%}.c-name .meta{font-weight:400}
@media screen{body{background:#f1f1f1;padding:8mm 0}.page{box-sizing:border-box;width:210mm;max-width:100%;margin:0 auto 8mm;padding:14mm 15mm;background:#fff;border:1px solid #dcdcdc}}
@media print{.cluster{break-before:page}}
${PICTURE_STYLE}`;

export interface ManagementReport extends FleetInput {
  translate: Translate;
}

/** Renders the fleet first, then one printed page per cluster, as a single HTML file without scripts. */
export function managementReport({ translate, ...input }: ManagementReport): string {
  const words = new ReportWords(translate, input.nowMs);
  const fleet = prepareFleet(input);
  const pages = fleet.clusters.map((cluster) => clusterPage({ cluster, words, nowMs: fleet.nowMs }));
  return htmlDocument({
    language: words.language,
    title: words.text('management.title'),
    style: STATE_STYLE + STYLE,
    body: `<main>${[fleetPage(fleet, words), ...pages].join('\n')}</main>`,
  });
}

/**
 * Writes the management report to a file. Throws `export.nothing-to-write` if there is no credential, or
 * `file.not-writable`.
 */
export async function exportManagementReport(
  ports: Pick<Ports, 'clock' | 'files' | 'crypto'>,
  { path, ...report }: Omit<ManagementReport, 'nowMs'> & { path: string },
): Promise<SavedFile> {
  return writeSavedFile(ports, path, reportToPrint(ports, report));
}

/** Returns the management report in HTML. Throws `export.nothing-to-write` if there is no credential. */
export function reportToPrint(ports: Pick<Ports, 'clock'>, report: Omit<ManagementReport, 'nowMs'>): string {
  if (report.rows.length === 0) throw new ConsoleError('export.nothing-to-write', {});
  return managementReport({ ...report, nowMs: epochMs(ports.clock.now()) });
}

function fleetPage(fleet: ReportedFleet, words: ReportWords): string {
  const { clusters, nowMs } = fleet;
  const [headline = '', ...rest] = composeHeadline(fleet, words);
  const taken = words.text('report.taken', { moment: words.moment(nowMs), zone: words.zone() });
  const assumed = clusters.some(({ lives }) => lives.some(({ row }) => row.assumed));
  return `<section class="page fleet">
<p class="meta">${words.html('management.title')} · ${escapeHtml(taken)}</p>
<h1>${escapeHtml(headline)}</h1>
${rest.length === 0 ? '' : `<p class="lead">${escapeHtml(rest.join(' '))}</p>`}
${countsHtml(fleet.counts, words)}
<h2>${words.html('management.clusters')}</h2>
<table><thead><tr><th scope="col" class="c-name">${words.html('column.cluster')}</th><th scope="col">${words.html('management.answer')}</th><th scope="col" class="c-off">${words.html('management.off')}</th><th scope="col" class="c-next">${words.html('management.deadline')}</th></tr></thead><tbody>
${clusters.map((cluster) => clusterLine(cluster, words, nowMs)).join('\n')}
</tbody></table>
${todoHtml(fleet, words)}
<p class="meta">${words.html('management.not-counted')} ${words.html('report.thresholds.note')}</p>
${assumed ? `<p class="meta">${words.html('report.assumed.note')}</p>` : ''}
</section>`;
}

function composeHeadline({ clusters, tasks, nowMs }: ReportedFleet, words: ReportWords): string[] {
  const sentences = needSentences(countLanes(clusters.flatMap(({ need }) => need ?? [])), needWording(words));
  const next = tasks.find(({ deadlineMs }) => deadlineMs > nowMs);
  if (sentences.length === 0) sentences.push(words.text('management.headline.fine', { total: clusters.length }));
  if (next !== undefined)
    sentences.push(
      words.text('management.headline.next', {
        date: words.moment(next.deadlineMs - SECOND_MS),
        task: taskText(next, words),
        cluster: next.target.name,
      }),
    );
  return sentences;
}

function clusterLine(cluster: ReportedCluster, words: ReportWords, nowMs: number): string {
  const { clock, worst, tasks } = cluster;
  const { safeUntilMs, failsAtStart } = clock;
  const off =
    needsRepair(cluster) || failsAtStart !== undefined
      ? words.html('poweroff.repair-first')
      : safeUntilMs === undefined
        ? words.html('poweroff.card.unknown')
        : escapeHtml(words.moment(safeUntilMs)) + metaLine(escapeHtml(words.spanTo(safeUntilMs)));
  const next = tasks.find(({ deadlineMs }) => deadlineMs > nowMs);
  const deadline =
    next === undefined
      ? words.html('management.deadline.none')
      : escapeHtml(words.moment(next.deadlineMs - SECOND_MS)) + metaLine(escapeHtml(taskText(next, words)));
  return `<tr><th scope="row" class="c-name">${words.nameHtml(clusterName(cluster, words))}${metaLine(words.html(`place.${clock.kind}`))}</th><td><span class="${worst}">${STATE_SHAPES[worst]}</span> ${escapeHtml(getAnswer({ cluster, words, nowMs }))}</td><td class="c-off">${off}</td><td class="c-next">${deadline}</td></tr>`;
}

function metaLine(html: string): string {
  return `<br><span class="meta">${html}</span>`;
}

function todoHtml({ clusters, tasks, nowMs }: ReportedFleet, words: ReportWords): string {
  const repairs = clusters.flatMap(({ clock, need }) => {
    const [step, ...more] = need?.steps ?? [];
    if (step === undefined) return [];
    const others = more.length === 0 ? '' : metaLine(words.html('management.more-steps', { count: more.length }));
    const what = stepHtml(step, words) + words.statementHtml(step.why) + others;
    return [lineHtml(urgencyHtml(words), words.nameHtml(clock.cluster), what)];
  });
  const broken = new Set(clusters.flatMap(({ clock, need }) => (need?.steps.length ? clock.clusterId : [])));
  const due = tasks.filter(({ target }) => !broken.has(target.clusterId)).map((task) => taskLine(task, words, nowMs));
  const lines = [...repairs, ...due];
  if (lines.length === 0) return '';
  const hidden = Math.max(0, lines.length - MOST_TASKS);
  return `<h2>${words.html('management.todo')}</h2>
<table><thead><tr><th scope="col" class="t-by">${words.html('management.todo.by')}</th><th scope="col" class="t-where">${words.html('column.cluster')}</th><th scope="col">${words.html('management.todo.what')}</th></tr></thead><tbody>
${lines.slice(0, MOST_TASKS).join('\n')}
</tbody></table>${hidden === 0 ? '' : `<p class="meta">${words.html('management.todo.more', { count: hidden })}</p>`}`;
}

function taskLine(task: MaintenanceTask, words: ReportWords, nowMs: number): string {
  const date = escapeHtml(words.moment(task.deadlineMs - SECOND_MS));
  const assumed = task.assumed ? ` (${words.html('report.assumed')})` : '';
  const by = task.deadlineMs <= nowMs ? urgencyHtml(words) : date + assumed;
  const commands = task.commands.map((command) => words.commandHtml(commandText(command))).join('');
  const what = escapeHtml(taskText(task, words)) + commands + words.statementHtml(task.why);
  return lineHtml(by, words.nameHtml(task.target.name), what);
}

function urgencyHtml(words: ReportWords): string {
  return `<span class="expired">${words.html('management.now')}</span>`;
}

function lineHtml(by: string, where: string, what: string): string {
  return `<tr><td class="t-by">${by}</td><td class="t-where">${where}</td><td>${what}</td></tr>`;
}
