import { commandText, type PlanStep } from '../../plan/model/plan.ts';
import { countLanes, isBroken } from '../../repair/model/needs.ts';
import { impactText, needSentences, type NeedWording } from '../../repair/text/needs-text.ts';
import { OBSTACLES } from '../../knowledge/model/obstacles.ts';
import type { Citation, Statement } from '../../shared/citation.ts';
import { SECOND_MS } from '../../shared/instant.ts';
import { EXPIRY_STATES, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import type { MaintenanceTask } from '../../maintenance/model/tasks.ts';
import { LAYERS_BY_BREAK, listLimits } from '../../availability/model/power-off.ts';
import { escapeHtml } from '../../formats/html.ts';
import { STATE_SHAPES } from '../../expiry/export/state-look.ts';
import { lifetimesPicture } from './lifetimes-picture.ts';
import type { ReportedCluster } from './management-facts.ts';
import type { ReportWords } from '../../plan/export/report-words.ts';

/** With these limits nearly every cluster fits on one printed page. */
const MOST_LANES = 6;
const MOST_STEPS = 4;
const MOST_TASKS = 5;
const MOST_IMPACTS = 4;

interface Block {
  html: string;
  citations: readonly Citation[];
}

interface ClusterInput {
  cluster: ReportedCluster;
  words: ReportWords;
  nowMs: number;
}

/** Renders one cluster as an HTML section that begins a new page. */
export function clusterPage(input: ClusterInput): string {
  const { cluster, words, nowMs } = input;
  const { clock, lives, worst, counts } = cluster;
  const obstacles = obstacleBlocks(input);
  const steps = stepBlocks(input);
  const shown = steps.slice(0, MOST_STEPS);
  const citations = [
    ...[...obstacles, ...shown].flatMap((block) => block.citations),
    ...updateCitations(cluster),
    ...listLimits(clock).flatMap(({ statement }) => statement.citations),
  ];
  return `<section class="page cluster">
<h2 class="name">${words.nameHtml(clusterName(cluster, words))} <span class="kind">${words.html(`place.${clock.kind}`)}</span></h2>
<p class="lead ${worst}">${STATE_SHAPES[worst]} ${escapeHtml(getAnswer(input))}</p>
${factsHtml(input)}
${countsHtml(counts, words)}
${layersHtml(input)}
<h3>${words.html('management.lives')}</h3>
${lifetimesPicture(lives, { words, nowMs, most: MOST_LANES })}
${obstacles.map(({ html }) => html).join('')}
${stepsHtml(shown, steps.length - shown.length, words)}
${citations.length === 0 ? '' : `<p class="sources">${words.html('management.sources')}: ${escapeHtml(words.sources(citations))}</p>`}
</section>`;
}

export function clusterName({ clock }: ReportedCluster, words: ReportWords): string {
  return clock.sample ? words.text('sample.name', { name: clock.cluster }) : clock.cluster;
}

export function getAnswer({ cluster, words, nowMs }: ClusterInput): string {
  const { clock, need, tasks } = cluster;
  const [worst] = need === undefined ? [] : needSentences(countLanes([need]), needWording(words));
  if (worst !== undefined) return worst;
  if (clock.valid.length === 0 && clock.unknown.length > 0) return words.text('management.answer.unknown');
  const [next] = tasks;
  if (next === undefined) return words.text('management.answer.fine');
  const about = { date: words.moment(next.deadlineMs - SECOND_MS), task: taskText(next, words) };
  return words.text(next.deadlineMs <= nowMs ? 'management.answer.missed' : 'management.answer.next', about);
}

export function needsRepair({ need }: ReportedCluster): boolean {
  return need !== undefined && isBroken(need);
}

export function stepHtml({ command, title }: PlanStep, words: ReportWords): string {
  return command === undefined ? words.statementHtml(title) : words.commandHtml(commandText(command));
}

export function needWording(words: ReportWords): NeedWording {
  return { translate: (key, values) => words.text(key, values), formatDate: (ms) => words.moment(ms) };
}

export function taskText({ kind, step }: MaintenanceTask, words: ReportWords): string {
  if (kind === 'rotate-certificates') return words.text('maintenance.kind.rotate-certificates');
  return words.text(`maintenance.step.${kind === 'by-hand' ? kind : step}`);
}

export function countsHtml(counts: Record<ExpiryState, number>, words: ReportWords): string {
  const told = EXPIRY_STATES.filter((state) => counts[state] > 0).map(
    (state) =>
      `<li class="${state}">${STATE_SHAPES[state]} ${words.html(`state.${state}`)} <b>${escapeHtml(words.count(counts[state]))}</b></li>`,
  );
  return `<ul class="counts">${told.join('')}</ul>`;
}

function factsHtml({ cluster, words, nowMs }: ClusterInput): string {
  const { clock, need } = cluster;
  const { offSinceMs, confirmedMs, update, safeUntilMs } = clock;
  const timeValues = (ms: number) => ({ date: words.moment(ms), span: words.spanTo(ms) });
  const wording = needWording(words);
  const told = (need?.impacts ?? []).slice(0, MOST_IMPACTS).map((each) => impactText(each, wording));
  if (offSinceMs !== undefined) told.push(words.text('poweroff.off-since', timeValues(offSinceMs)));
  if (!needsRepair(cluster) && safeUntilMs !== undefined)
    told.push(words.text('poweroff.safe-until', timeValues(safeUntilMs)));
  for (const { layer, atMs } of listLimits(clock))
    told.push(words.text(`poweroff.${layer}-limit`, { date: words.moment(atMs - SECOND_MS) }));
  if (update !== undefined && clock.kind !== 'management') {
    const key = update.stated ? 'poweroff.updated' : 'poweroff.updated.inferred';
    told.push(words.text(key, { span: words.spanTo(update.lastUpdatedMs) }));
    told.push(words.text(`update-age.${update.state}`, { date: words.moment(update.deadlineMs) }));
  }
  if (confirmedMs !== undefined)
    told.push(words.text('management.read', { date: words.moment(Math.min(confirmedMs, nowMs)) }));
  return told.length === 0 ? '' : `<p class="facts">${escapeHtml(told.join(' '))}</p>`;
}

function layersHtml({ cluster: { clock }, words, nowMs }: ClusterInput): string {
  const lines = LAYERS_BY_BREAK.flatMap((layer) => {
    const { count, first, atMs, expired } = clock.layers[layer];
    const shown = expired[0] ?? first;
    if (count === 0) return [];
    const credential =
      shown === undefined ? '' : `${escapeHtml(words.role(shown.row.role))}, ${words.nameHtml(shown.row.name)}`;
    const when =
      expired.length > 0 || (atMs !== undefined && atMs <= nowMs)
        ? `<span class="expired">${words.html('poweroff.layer.now')}</span>`
        : atMs === undefined
          ? words.html('column.no-end')
          : words.html('poweroff.layer.from', { date: words.moment(atMs) });
    return [
      `<li><b>${words.html(`layer.${layer}`)}</b><span class="when">${when}</span><span class="clip">${credential}</span></li>`,
    ];
  });
  return `<h3>${words.html('management.first')}</h3>
<ul class="layers">${lines.join('')}</ul>`;
}

/** Lists what blocks renewals, and the checks on which conditional steps depend. */
function obstacleBlocks({ cluster: { lives, need }, words }: ClusterInput): Block[] {
  const rules = [...new Set(lives.flatMap(({ obstacle }) => obstacle?.rule ?? []))];
  const block = (statement: Statement, lead: string): Block => ({
    html: `<p class="obstacle">${lead}${words.statementHtml(statement)}</p>`,
    citations: statement.citations,
  });
  const stalled = `<b>${words.html('state.stalled')}:</b> `;
  return [
    ...rules.map((rule) => block(OBSTACLES[rule], stalled)),
    ...(need?.unsure ?? []).map((doubt) => block(doubt, '')),
  ];
}

function stepBlocks({ cluster: { need, tasks }, words }: ClusterInput): Block[] {
  const steps = need?.steps ?? [];
  if (steps.length > 0)
    return steps.map((step) => {
      const condition = words.conditionText(step.only);
      return {
        html: `<li>${condition === '' ? '' : `<b>${escapeHtml(condition)}</b> `}${stepHtml(step, words)}${sentenceHtml(step.why, words)}</li>`,
        citations: [step.why, ...(step.only ?? [])].flatMap(({ citations }) => citations),
      };
    });
  return tasks.slice(0, MOST_TASKS).map((task) => {
    const { why, how } = task;
    const by = words.html('management.by', { date: words.moment(task.deadlineMs - SECOND_MS) });
    const told = task.commands.map((command) => words.commandHtml(commandText(command))).join('');
    return {
      html: `<li><b>${by}</b> ${escapeHtml(taskText(task, words))}${told}${sentenceHtml(why, words)}</li>`,
      citations: [why, ...how].flatMap(({ citations }) => citations),
    };
  });
}

function sentenceHtml(statement: Statement, words: ReportWords): string {
  return `<span>${words.statementHtml(statement)}</span>`;
}

function stepsHtml(shown: readonly Block[], hidden: number, words: ReportWords): string {
  if (shown.length === 0) return '';
  const note = hidden === 0 ? '' : `<p class="meta">${words.html('management.steps.more', { count: hidden })}</p>`;
  return `<h3>${words.html('management.steps')}</h3><ol class="steps">${shown.map(({ html }) => html).join('')}</ol>${note}`;
}

function updateCitations({ clock }: ReportedCluster): readonly Citation[] {
  return clock.kind === 'management' ? [] : (clock.update?.citations ?? []);
}
