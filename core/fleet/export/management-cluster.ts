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
import { LANE_MM, lifetimesPicture, PICTURE_MM } from './lifetimes-picture.ts';
import type { ReportedCluster } from './management-facts.ts';
import { BODY, COMMAND, measureHeight, LEAD, PAGE_MM, SMALL } from './page-height.ts';
import type { ReportWords } from '../../plan/export/report-words.ts';

/** The chart fills the rest of the page, but has at least this many lanes. */
const LEAST_LANES = 4;
const MOST_TASKS = 5;
const MOST_IMPACTS = 4;

const NAME_MM = 9;
const HEADING_MM = 9.3;
const COUNTS_MM = { margin: 2, line: 5.7, perLine: 5 };
const LAYER_MM = 7.2;
const STEP_INDENT_MM = 6;
/** Height reserved for the sources; the steps get what remains. */
const LEAST_SOURCES_MM = 14;

interface Block {
  html: string;
  mm: number;
}

interface StepBlock extends Block {
  citations: readonly Citation[];
}

interface ClusterInput {
  cluster: ReportedCluster;
  words: ReportWords;
  nowMs: number;
}

/** Renders one cluster as an HTML section that fits on one sheet. */
export function clusterPage(input: ClusterInput): string {
  const { cluster, words, nowMs } = input;
  const { clock, lives, worst, counts } = cluster;
  const answer = getAnswer(input);
  const facts = factsBlock(input);
  const layers = layersBlock(input);
  const obstacles = obstacleBlocks(input);
  const states = EXPIRY_STATES.filter((state) => counts[state] > 0).length;
  const countsMm = COUNTS_MM.margin + Math.ceil(states / COUNTS_MM.perLine) * COUNTS_MM.line;
  const headMm = NAME_MM + measureHeight(answer, LEAD) + 2 + facts.mm + countsMm + layers.mm;
  const room = PAGE_MM - headMm - addUp(obstacles) - PICTURE_MM - LEAST_LANES * LANE_MM;

  const steps = stepsWithin(stepBlocks(input), room - LEAST_SOURCES_MM, words);
  const citations = [...obstacles, ...steps.shown].flatMap((block) => block.citations);
  const sources = sourcesBlock(
    [
      ...[...citations, ...updateCitations(cluster)],
      ...listLimits(clock).flatMap(({ statement }) => statement.citations),
    ],
    { mm: room - steps.mm, words },
  );
  const lanes = LEAST_LANES + Math.floor((room - steps.mm - sources.mm) / LANE_MM);
  return `<section class="page cluster">
<h2 class="name">${words.nameHtml(clusterName(cluster, words))} <span class="kind">${words.html(`place.${clock.kind}`)}</span></h2>
<p class="lead ${worst}">${STATE_SHAPES[worst]} ${escapeHtml(answer)}</p>
${facts.html}
${countsHtml(counts, words)}
${layers.html}
<h3>${words.html('management.lives')}</h3>
${lifetimesPicture(lives, { words, nowMs, most: Math.max(LEAST_LANES, lanes) })}
${obstacles.map(({ html }) => html).join('')}
${steps.html}
${sources.html}
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

function factsBlock({ cluster, words, nowMs }: ClusterInput): Block {
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
  if (told.length === 0) return { html: '', mm: 0 };
  const text = told.join(' ');
  return { html: `<p class="facts">${escapeHtml(text)}</p>`, mm: measureHeight(text, BODY) + 2 };
}

function layersBlock({ cluster: { clock }, words, nowMs }: ClusterInput): Block {
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
  return {
    html: `<h3>${words.html('management.first')}</h3>
<ul class="layers">${lines.join('')}</ul>`,
    mm: HEADING_MM + lines.length * LAYER_MM,
  };
}

/** Lists what blocks renewals, and the checks on which conditional steps depend. */
function obstacleBlocks({ cluster: { lives, need }, words }: ClusterInput): StepBlock[] {
  const rules = [...new Set(lives.flatMap(({ obstacle }) => obstacle?.rule ?? []))];
  const block = (statement: Statement, lead: string): StepBlock => ({
    html: `<p class="obstacle">${lead}${words.statementHtml(statement)}</p>`,
    mm: measureHeight(`${words.translateName(statement.text, statement.params)} ()`, BODY) + BODY.lineMm,
    citations: statement.citations,
  });
  const stalled = `<b>${words.html('state.stalled')}:</b> `;
  return [
    ...rules.map((rule) => block(OBSTACLES[rule], stalled)),
    ...(need?.unsure ?? []).map((doubt) => block(doubt, '')),
  ];
}

function stepBlocks({ cluster: { need, tasks }, words }: ClusterInput): StepBlock[] {
  const steps = need?.steps ?? [];
  if (steps.length > 0)
    return steps.map((step) => {
      const condition = words.conditionText(step.only);
      return {
        html: `<li>${condition === '' ? '' : `<b>${escapeHtml(condition)}</b> `}${stepHtml(step, words)}${sentenceHtml(step.why, words)}</li>`,
        mm:
          (condition === '' ? 0 : measureHeight(condition, BODY, STEP_INDENT_MM)) +
          (step.command === undefined ? statementMm(step.title, words) : commandsMm([commandText(step.command)])) +
          statementMm(step.why, words),
        citations: [step.why, ...(step.only ?? [])].flatMap(({ citations }) => citations),
      };
    });
  return tasks.slice(0, MOST_TASKS).map((task) => {
    const { why, how } = task;
    const commands = task.commands.map(commandText);
    const by = words.html('management.by', { date: words.moment(task.deadlineMs - SECOND_MS) });
    const told = commands.map((command) => words.commandHtml(command)).join('');
    return {
      html: `<li><b>${by}</b> ${escapeHtml(taskText(task, words))}${told}${sentenceHtml(why, words)}</li>`,
      mm: BODY.lineMm + commandsMm(commands) + statementMm(why, words),
      citations: [why, ...how].flatMap(({ citations }) => citations),
    };
  });
}

function sentenceHtml(statement: Statement, words: ReportWords): string {
  return `<span>${words.statementHtml(statement)}</span>`;
}

function commandsMm(commands: readonly string[]): number {
  return commands.reduce((sum, text) => sum + measureHeight(text, COMMAND, STEP_INDENT_MM), 0);
}

function statementMm({ text, params, citations }: Statement, words: ReportWords): number {
  const certainty = citations[0]?.certainty ?? 'documented';
  const whole = `${words.translateName(text, params)} (${words.text(`certainty.${certainty}`)})`;
  return measureHeight(whole, BODY, STEP_INDENT_MM) + 1;
}

/** Returns at least one step, and as many as fit, with the number of omitted steps. */
function stepsWithin(
  steps: readonly StepBlock[],
  mm: number,
  words: ReportWords,
): Block & { shown: readonly StepBlock[] } {
  if (steps.length === 0) return { html: '', mm: 0, shown: [] };
  let shown = [...steps];
  while (shown.length > 1 && HEADING_MM + addUp(shown) + SMALL.lineMm > mm) shown = shown.slice(0, -1);
  const hidden = steps.length - shown.length;
  const note = hidden === 0 ? '' : `<p class="meta">${words.html('management.steps.more', { count: hidden })}</p>`;
  return {
    html: `<h3>${words.html('management.steps')}</h3><ol class="steps">${shown.map(({ html }) => html).join('')}</ol>${note}`,
    mm: HEADING_MM + addUp(shown) + (hidden === 0 ? 0 : SMALL.lineMm + 1),
    shown,
  };
}

function sourcesBlock(citations: readonly Citation[], { mm, words }: { mm: number; words: ReportWords }): Block {
  let told = citations;
  const sourcesText = (): string => `${words.text('management.sources')}: ${words.sources(told)}`;
  while (told.length > 1 && measureHeight(sourcesText(), SMALL) + SMALL.lineMm > mm) told = told.slice(0, -1);
  if (told.length === 0) return { html: '', mm: 0 };
  return {
    html: `<p class="sources">${escapeHtml(sourcesText())}</p>`,
    mm: measureHeight(sourcesText(), SMALL) + SMALL.lineMm,
  };
}

function updateCitations({ clock }: ReportedCluster): readonly Citation[] {
  return clock.kind === 'management' ? [] : (clock.update?.citations ?? []);
}

function addUp(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { mm }) => sum + mm, 0);
}
