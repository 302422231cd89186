import { epochMs } from '../../shared/instant.ts';
import { BUNDLE_FILES } from '../model/bundle.ts';
import { isStillValid } from '../model/inventory-index.ts';
import { IMPACT_GROUPS, MATCH_LISTS, type ClusterImpact, type Share } from '../model/view.ts';
import { impactAnswer } from '../text/impact-text.ts';
import {
  consequenceText,
  formatNumberedEntry,
  firstTexts,
  objectTexts,
  revocationStatement,
  formatParams,
  type RevocationWords,
} from '../text/revocation-text.ts';
import type { MessageKey, Translate } from '../../shared/text/text.ts';
import { formatBareUtc, formatInstant } from '../../shared/text/time.ts';
import type { BundleContent } from '../bundle/content.ts';
import type { PreviewedEntry } from '../impact/preview.ts';
import type { Match } from '../impact/impact.ts';
import { PLAN_STYLE, planHtmlSections } from '../../plan/export/html-page.ts';
import { escapeHtml, htmlDocument } from '../../formats/html.ts';
import { ReportWords } from '../../plan/export/report-words.ts';
import type { Statement } from '../../shared/citation.ts';

/** Longer tables are unreadable on paper. */
const MOST_ROWS = { clusters: 500, entries: 500, certificates: 2_000, future: 500, findings: 100 };
const MOST_NAMED = 50;

const STYLE = `
@page{margin:14mm 15mm}
body{margin:32px;max-width:1200px;overflow-wrap:anywhere}h1{font-size:22px}h3{font-size:14px;margin:16px 0 4px}
.lead{font-size:16px}.lead,.meta{max-width:110ch}.danger{font-weight:600}.sample{border:1px solid #767676;padding:4px 8px}
table{font-size:12px}th,td{padding:4px 12px 4px 0}table.facts{width:auto}table.facts th{font-weight:400;color:#5c5c5c}
code{font-family:"Cascadia Mono",Consolas,"Noto Sans Mono CJK JP",monospace;font-size:12px}code span{white-space:nowrap}
ol,ul{padding-left:24px}li{margin:4px 0;max-width:88ch}.sources,.sure{font-size:12px;color:#5c5c5c}
@media print{body{margin:0;font-size:9.5pt}h2,h3{break-after:avoid}li{break-inside:avoid}}
`;

/** Renders the effects of a manifest as an HTML page without scripts. Times are in UTC. */
export function impactHtml(content: BundleContent, hashes: { manifest: string }, translate: Translate): string {
  return new Report(content, hashes, translate).html();
}

/** Strings are escaped; numbers are right-aligned. */
type Cell = string | { html: string } | { number: string };

type Column<Row> = readonly [head: Cell, cellOf: (row: Row) => Cell];

class Report {
  readonly #content: BundleContent;
  readonly #hashes: { manifest: string };
  readonly #translate: Translate;
  readonly #words: ReportWords;
  readonly #wording: RevocationWords;

  constructor(content: BundleContent, hashes: { manifest: string }, translate: Translate) {
    this.#content = content;
    this.#hashes = hashes;
    this.#translate = translate;
    this.#words = new ReportWords(translate, epochMs(content.madeAt));
    this.#wording = { translate, moment: (ms) => formatInstant(ms, this.#words.language, 'utc') };
  }

  html(): string {
    const { judgement, isSample, madeAt } = this.#content;
    const words = this.#words;
    const { sentence, more, gravity } = impactAnswer(judgement, this.#translate);
    const body = [
      `<p class="meta">${words.html('bundle.impact.title')} · ${escapeHtml(
        words.text('report.taken', { moment: this.#wording.moment(epochMs(madeAt)), zone: words.text('time.utc') }),
      )}</p>`,
      `<h1${gravity === 'danger' ? ' class="danger"' : ''}>${gravity === 'danger' ? '■ ' : ''}${escapeHtml(sentence)}</h1>`,
      ...(more.length === 0
        ? []
        : [`<p class="lead">${escapeHtml(more.join(words.language === 'ja' ? '' : ' '))}</p>`]),
      ...(isSample ? [`<p class="sample">${words.html('bundle.sample')}</p>`] : []),
      this.#manifest(),
      this.#guard(),
      this.#exposure(),
      this.#clusters(),
      this.#entries(),
      ...planHtmlSections(this.#content.plan, { language: words.language, translate: this.#translate, zone: 'utc' }),
      this.#findings(),
      this.#certificates(),
      this.#future(),
      `<p class="meta">${escapeHtml(words.text('bundle.impact.all', { file: BUNDLE_FILES.impact }))}</p>`,
    ];
    return htmlDocument({
      language: words.language,
      title: words.text('bundle.impact.title'),
      style: PLAN_STYLE + STYLE,
      body: body.join('\n'),
    });
  }

  #heading(key: MessageKey): string {
    return `<h2>${this.#words.html(key)}</h2>`;
  }

  #statement(statement: Statement): string {
    return this.#listItem(escapeHtml(revocationStatement(this.#wording, statement)), statement);
  }

  #listItem(html: string, { citations }: Pick<Statement, 'citations'>): string {
    return `<li>${html}<br><span class="sources">${escapeHtml(this.#words.sources(citations))}</span></li>`;
  }

  #manifest(): string {
    const { objects } = this.#content;
    const words = this.#words;
    const rows = [
      ...objectTexts(this.#translate, objects, MOST_NAMED).map((text, at) => [
        at < MOST_NAMED ? words.html('revocation.wizard.object') : '',
        escapeHtml(text),
      ]),
      [`SHA-256 ${BUNDLE_FILES.manifest}`, `<code>${escapeHtml(this.#hashes.manifest)}</code>`],
    ];
    const lines = rows.map(([head = '', cell = '']) => `<tr><th scope="row">${head}</th><td>${cell}</td></tr>`);
    return `<table class="facts"><tbody>${lines.join('\n')}</tbody></table>`;
  }

  #guard(): string {
    const { consequences, phrase } = this.#content.judgement.guard;
    const words = this.#words;
    if (phrase === undefined)
      return `${this.#heading('bundle.confirmed')}<p>${words.html('bundle.confirmed.none')}</p>`;
    const told = consequences.map((consequence) => {
      const names = consequence.clusters.map((name) => words.nameHtml(name));
      const clusters = firstTexts((key, values) => words.html(key, values), names, MOST_NAMED).join(', ');
      const where = clusters === '' ? '' : ` ${words.html('bundle.impact.in')} ${clusters}`;
      return this.#listItem(`${escapeHtml(consequenceText(this.#translate, consequence))}${where}`, consequence);
    });
    return `${this.#heading('bundle.confirmed')}<p>${words.html('bundle.confirmed.phrase')} <code>${escapeHtml(phrase)}</code></p>
<ul>${told.join('\n')}</ul>`;
  }

  #exposure(): string {
    const { impact } = this.#content.judgement;
    const words = this.#words;
    const until = impact.exposureUntil === undefined ? undefined : epochMs(impact.exposureUntil);
    const answer =
      until === undefined
        ? words.text('revocation.exposure.none')
        : words.text('bundle.exposure', { until: this.#wording.moment(until), span: words.spanTo(until) });
    return `${this.#heading('exposure.title')}<p>${escapeHtml(answer)}</p>
<ul>${impact.exposure.map((each) => this.#statement(each)).join('\n')}</ul>`;
  }

  #table<Row>(rows: readonly Row[], total: number, columns: readonly Column<Row>[]): string {
    const cell = (tag: 'td' | 'th', content: Cell): string => {
      const scope = tag === 'th' ? ' scope="col"' : '';
      if (typeof content === 'string') return `<${tag}${scope}>${escapeHtml(content)}</${tag}>`;
      return 'html' in content
        ? `<${tag}${scope}>${content.html}</${tag}>`
        : `<${tag}${scope} class="number">${escapeHtml(content.number)}</${tag}>`;
    };
    const line = (cells: readonly string[]): string => `<tr>${cells.join('')}</tr>`;
    const rest = total - rows.length;
    return `<table><thead>${line(columns.map(([head]) => cell('th', head)))}</thead><tbody>
${rows.map((row) => line(columns.map(([, cellOf]) => cell('td', cellOf(row))))).join('\n')}
</tbody></table>${rest > 0 ? `\n${this.#more(rest)}` : ''}`;
  }

  #name(name: string): Cell {
    return { html: this.#words.nameHtml(name) };
  }

  #share({ matched, known }: Share): Cell {
    return { number: this.#words.text('impact.picture.share', { matched, known }) };
  }

  #clusters(): string {
    const { clusters } = this.#content.judgement.impact;
    if (clusters.length === 0) return '';
    const columns = ['total', ...IMPACT_GROUPS, 'inUse'] as const;
    const isHit = ({ shares }: ClusterImpact): boolean => shares.total.matched > 0;
    const sorted = [...clusters.filter(isHit), ...clusters.filter((each) => !isHit(each))];
    const table = this.#table(sorted.slice(0, MOST_ROWS.clusters), clusters.length, [
      [this.#words.text('column.cluster'), ({ cluster }) => this.#name(cluster)],
      ...columns.map((column): Column<ClusterImpact> => [
        { number: this.#words.text(`revocation.share.${column}`) },
        ({ shares }) => this.#share(shares[column]),
      ]),
    ]);
    return `${this.#heading('bundle.impact.clusters')}${table}`;
  }

  #formatNumberedEntry({ object, entryIndex, entry }: PreviewedEntry): Cell {
    const text = formatNumberedEntry(this.#wording, entryIndex + 1, entry);
    const own = this.#content.objects.length > 1 ? `${object}: ` : '';
    return { html: this.#words.nameHtml(`${own}${text}`) };
  }

  #entries(): string {
    const { entries } = this.#content;
    const columns = [...MATCH_LISTS, 'future'] as const;
    const table = this.#table(entries.slice(0, MOST_ROWS.entries), entries.length, [
      [this.#words.text('impact.entries.entry'), (entry) => this.#formatNumberedEntry(entry)],
      ...columns.map((column): Column<PreviewedEntry> => [
        { number: this.#words.text(`impact.count.${column}`) },
        ({ counts }) => ({ number: this.#words.count(counts[column]) }),
      ]),
    ]);
    const explained = columns.map(
      (column) =>
        `${this.#words.text(`impact.count.${column}`)}: ${this.#words.text(`impact.count.${column}.explain`)}`,
    );
    return `${this.#heading('impact.entries.title')}${table}
<p class="meta">${escapeHtml(explained.join(' '))}</p>`;
  }

  #certificates(): string {
    const { entries } = this.#content;
    const tables = MATCH_LISTS.map((list) => {
      const total = entries.reduce((sum, { counts }) => sum + counts[list], 0);
      if (total === 0) return '';
      const rows = pickFirst(entries, list, MOST_ROWS.certificates);
      return `<h3>${this.#words.html(`matches.title.${list}`)}</h3>${this.#table(rows, total, this.#matchColumns)}`;
    });
    const told = tables.filter((table) => table !== '');
    return told.length === 0 ? '' : `${this.#heading('column.certificates')}${told.join('\n')}`;
  }

  get #matchColumns(): Column<{ entry: PreviewedEntry; match: Match }>[] {
    const words = this.#words;
    const object = ({ object: name }: PreviewedEntry): string => (this.#content.objects.length > 1 ? `${name} ` : '');
    return [
      [words.text('column.cluster'), ({ match }) => this.#name(match.certificate.cluster)],
      [words.text('column.role'), ({ match }) => words.role(match.certificate.role)],
      [words.text('column.name'), ({ match }) => this.#name(match.certificate.name)],
      [words.text('column.why'), ({ match }) => this.#name(match.why)],
      [words.text('impact.entries.entry'), ({ entry }) => this.#name(`${object(entry)}${entry.entryIndex + 1}`)],
      [{ number: words.text('bundle.impact.issued') }, ({ match }) => this.#instant(match.certificate.notBeforeMs)],
      [{ number: words.text('report.column.notAfter') }, ({ match }) => this.#instant(match.certificate.notAfterMs)],
      [words.text('matches.column.notes'), ({ match }) => this.#notes(match)],
    ];
  }

  #instant(ms: number): Cell {
    return { number: formatBareUtc(ms, this.#words.language) };
  }

  #notes({ certificate: { notAfterMs, replaced } }: Match): string {
    const keys: MessageKey[] = [];
    if (replaced) keys.push('matches.replaced');
    if (!isStillValid({ notAfterMs }, epochMs(this.#content.madeAt))) keys.push('matches.ended');
    return keys.map((key) => this.#words.text(key)).join(', ');
  }

  #future(): string {
    const { entries } = this.#content;
    const total = entries.reduce((sum, { counts }) => sum + counts.future, 0);
    const head = this.#heading('future.title');
    if (total === 0) return `${head}<p>${this.#words.html('future.none')}</p>`;
    const rows = pickFirst(entries, 'future', MOST_ROWS.future);
    const table = this.#table(rows, total, [
      [{ number: this.#words.text('bundle.impact.at') }, ({ match }) => this.#instant(epochMs(match.at))],
      [this.#words.text('bundle.impact.replaced'), ({ match }) => ({ html: `<code>${escapeHtml(match.id)}</code>` })],
      [this.#words.text('impact.entries.entry'), ({ entry }) => this.#formatNumberedEntry(entry)],
    ]);
    return `${head}<p>${this.#words.html('future.simulated')}</p>${table}`;
  }

  #findings(): string {
    const { findings } = this.#content.judgement;
    if (findings.length === 0) return '';
    const told = findings.slice(0, MOST_ROWS.findings).map((finding) => {
      const { rule, severity, place, params } = finding;
      const where =
        place.line === undefined ? '' : `${this.#words.text('revocation.entries.line', { line: place.line })}: `;
      const text = this.#words.translateName(`finding.${rule}`, formatParams(this.#wording, params));
      return this.#listItem(escapeHtml(`${this.#words.text(`cli.severity.${severity}`)}: ${where}${text}`), finding);
    });
    const more = this.#more(findings.length - told.length);
    return `${this.#heading('bundle.impact.findings')}<ul>${told.join('\n')}</ul>${more}`;
  }

  #more(rest: number): string {
    return rest > 0 ? `<p class="meta">${this.#words.html('revocation.more', { rest })}</p>` : '';
  }
}

type Listed<L extends keyof PreviewedEntry['listed']> = {
  entry: PreviewedEntry;
  match: PreviewedEntry['listed'][L][number];
};

function pickFirst<L extends keyof PreviewedEntry['listed']>(
  entries: readonly PreviewedEntry[],
  list: L,
  most: number,
): Listed<L>[] {
  return entries.flatMap((entry) => entry.listed[list].map((match) => ({ entry, match }))).slice(0, most);
}
