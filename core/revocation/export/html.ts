import { toMilliseconds, SECOND_MS } from '../../shared/instant.ts';
import { BUNDLE_FILES } from '../model/bundle.ts';
import { IMPACT_GROUPS, MATCH_LISTS, type ClusterImpact, type MatchList, type Share } from '../model/view.ts';
import { impactAnswer } from '../text/impact-text.ts';
import { consequenceText, revocationStatement, shownParams } from '../text/revocation-text.ts';
import type { MessageKey, MessageValues, Translate } from '../../shared/text/text.ts';
import { formatBareUtc, formatInstant } from '../../shared/text/time.ts';
import type { BundleContent } from '../bundle/content.ts';
import type { PreviewedEntry } from '../impact/preview.ts';
import type { Match } from '../impact/impact.ts';
import { PLAN_STYLE, planHtmlSections } from '../../plan/export/html-page.ts';
import { escapeHtml, htmlDocument } from '../../formats/html.ts';
import { ReportWords } from '../../plan/export/report-words.ts';
import type { Statement } from '../../shared/citation.ts';

/** Rows of each table: more is paper that nobody reads. */
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

/**
 * The effects of a manifest, for people: one HTML page without scripts, to be read or printed anywhere. Times are UTC.
 */
export function impactHtml(content: BundleContent, hashes: { manifest: string }, translate: Translate): string {
  return new Report(content, hashes, translate).html();
}

/** A cell: `text` is escaped, numbers are right-aligned. */
type Cell = string | { html: string } | { number: string };

class Report {
  readonly #content: BundleContent;
  readonly #hashes: { manifest: string };
  readonly #translate: Translate;
  readonly #words: ReportWords;

  constructor(content: BundleContent, hashes: { manifest: string }, translate: Translate) {
    this.#content = content;
    this.#hashes = hashes;
    this.#translate = translate;
    this.#words = new ReportWords(translate, toMilliseconds(content.madeAt));
  }

  html(): string {
    const { judgement, isSample, madeAt } = this.#content;
    const words = this.#words;
    const { sentence, more, gravity } = impactAnswer(judgement, this.#translate);
    const body = [
      `<p class="meta">${words.html('bundle.impact.title')} · ${escapeHtml(
        words.text('report.taken', {
          moment: this.#moment(toMilliseconds(madeAt)),
          zone: words.text('report.zone.utc'),
        }),
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

  #moment(ms: number): string {
    return formatInstant(ms, this.#words.language, 'utc');
  }

  #heading(key: MessageKey): string {
    return `<h2>${this.#words.html(key)}</h2>`;
  }

  #statement(statement: Statement): string {
    const moment = (ms: number): string => this.#moment(ms);
    const text = revocationStatement({ translate: this.#translate, moment }, statement);
    const sources = this.#words.sources(statement.citations);
    return `${escapeHtml(text)}<br><span class="sources">${escapeHtml(sources)}</span>`;
  }

  /** Names of clusters or objects, up to a limit. */
  #named(names: readonly string[]): string {
    const some = names.slice(0, MOST_NAMED).map((name) => this.#words.nameHtml(name));
    const rest = names.length - some.length;
    return [...some, ...(rest > 0 ? [this.#words.html('bundle.more', { rest })] : [])].join(', ');
  }

  #manifest(): string {
    const { objects } = this.#content;
    const words = this.#words;
    const rows = [
      ...objects
        .slice(0, MOST_NAMED)
        .map(({ name, namespace, entries }) => [
          words.html('bundle.impact.object'),
          words.html('bundle.object', { name, namespace, count: entries }),
        ]),
      ...(objects.length > MOST_NAMED ? [['', words.html('bundle.more', { rest: objects.length - MOST_NAMED })]] : []),
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
      const text = escapeHtml(consequenceText(this.#translate, consequence));
      const { clusters, citations } = consequence;
      const where = clusters.length === 0 ? '' : ` ${words.html('bundle.impact.in')} ${this.#named(clusters)}`;
      return `<li>${text}${where}<br><span class="sources">${escapeHtml(words.sources(citations))}</span></li>`;
    });
    return `${this.#heading('bundle.confirmed')}<p>${words.html('bundle.confirmed.phrase')} <code>${escapeHtml(phrase)}</code></p>
<ul>${told.join('\n')}</ul>`;
  }

  #exposure(): string {
    const { impact } = this.#content.judgement;
    const words = this.#words;
    const until = impact.exposureUntil === undefined ? undefined : toMilliseconds(impact.exposureUntil);
    const answer =
      until === undefined
        ? words.text('revocation.exposure.none')
        : words.text('bundle.exposure', { until: this.#moment(until), span: words.spanTo(until) });
    return `${this.#heading('exposure.title')}<p>${escapeHtml(answer)}</p>
<ul>${impact.exposure.map((each) => `<li>${this.#statement(each)}</li>`).join('\n')}</ul>`;
  }

  /** A table with as many rows as fit; the number of omitted ones is below it. */
  #table(
    { heads, most, total }: { heads: readonly Cell[]; most: number; total: number },
    rows: readonly (readonly Cell[])[],
  ): string {
    const shown = rows.slice(0, most);
    const rest = total - shown.length;
    const cell = (tag: 'td' | 'th', content: Cell): string => {
      const scope = tag === 'th' ? ' scope="col"' : '';
      if (typeof content === 'string') return `<${tag}${scope}>${escapeHtml(content)}</${tag}>`;
      return 'html' in content
        ? `<${tag}${scope}>${content.html}</${tag}>`
        : `<${tag}${scope} class="number">${escapeHtml(content.number)}</${tag}>`;
    };
    const line = (tag: 'td' | 'th', cells: readonly Cell[]): string =>
      `<tr>${cells.map((each) => cell(tag, each)).join('')}</tr>`;
    const more = rest > 0 ? `\n<p class="meta">${this.#words.html('bundle.more', { rest })}</p>` : '';
    return `<table><thead>${line('th', heads)}</thead><tbody>
${shown.map((cells) => line('td', cells)).join('\n')}
</tbody></table>${more}`;
  }

  #count(count: number): Cell {
    return { number: this.#words.count(count) };
  }

  #share({ matched, known }: Share): Cell {
    return { number: this.#words.text('impact.picture.share', { matched, known }) };
  }

  #clusters(): string {
    const { clusters } = this.#content.judgement.impact;
    if (clusters.length === 0) return '';
    const columns = ['total', ...IMPACT_GROUPS, 'inUse'] as const;
    // Affected clusters come first, each group in inventory order.
    const isHit = ({ shares }: ClusterImpact): boolean => shares.total.matched > 0;
    const sorted = [...clusters.filter(isHit), ...clusters.filter((each) => !isHit(each))];
    const heads = [
      this.#words.text('column.cluster'),
      ...columns.map((column) => ({ number: this.#words.text(`revocation.share.${column}`) })),
    ];
    const rows = sorted
      .slice(0, MOST_ROWS.clusters)
      .map(({ cluster, shares }) => [
        { html: this.#words.nameHtml(cluster) },
        ...columns.map((column) => this.#share(shares[column])),
      ]);
    return `${this.#heading('bundle.impact.clusters')}${this.#table(
      { heads, most: MOST_ROWS.clusters, total: clusters.length },
      rows,
    )}`;
  }

  #entryText({ object, entryIndex, entry }: PreviewedEntry): Cell {
    const { kind, value, notBefore } = entry;
    const text = this.#words.text('revocation.entry', {
      number: entryIndex + 1,
      kind,
      value,
      cutoff: notBefore === undefined ? 'none' : 'some',
      notBefore: notBefore === undefined ? '' : this.#moment(toMilliseconds(notBefore)),
    });
    const own = this.#content.objects.length > 1 ? `${object}: ` : '';
    return { html: this.#words.nameHtml(`${own}${text}`) };
  }

  #entries(): string {
    const { entries } = this.#content;
    const columns = [...MATCH_LISTS, 'future'] as const;
    const heads = [
      this.#words.text('impact.entries.entry'),
      ...columns.map((column) => ({ number: this.#words.text(`impact.count.${column}`) })),
    ];
    const rows = entries
      .slice(0, MOST_ROWS.entries)
      .map((entry) => [this.#entryText(entry), ...columns.map((column) => this.#count(entry.counts[column]))]);
    const explained = columns.map(
      (column) =>
        `${this.#words.text(`impact.count.${column}`)}: ${this.#words.text(`impact.count.${column}.explain`)}`,
    );
    return `${this.#heading('impact.entries.title')}${this.#table(
      { heads, most: MOST_ROWS.entries, total: entries.length },
      rows,
    )}
<p class="meta">${escapeHtml(explained.join(' '))}</p>`;
  }

  #certificates(): string {
    const { entries } = this.#content;
    const tables = MATCH_LISTS.map((list) => {
      const total = entries.reduce((sum, { counts }) => sum + counts[list], 0);
      if (total === 0) return '';
      const heads = [
        ...(['column.cluster', 'column.role', 'column.name', 'matches.column.why'] as const).map((key) =>
          this.#words.text(key),
        ),
        this.#words.text('impact.entries.entry'),
        { number: this.#words.text('bundle.impact.issued') },
        { number: this.#words.text('report.column.notAfter') },
        this.#words.text('matches.column.notes'),
      ];
      const rows = pickFirst(entries, list, MOST_ROWS.certificates).map(({ entry, match }) =>
        this.#certificate(entry, match),
      );
      return `<h3>${this.#words.html(`matches.title.${list}`)}</h3>${this.#table(
        { heads, most: MOST_ROWS.certificates, total },
        rows,
      )}`;
    });
    const told = tables.filter((table) => table !== '');
    return told.length === 0 ? '' : `${this.#heading('bundle.impact.certificates')}${told.join('\n')}`;
  }

  #certificate(entry: PreviewedEntry, { certificate, why }: Match): Cell[] {
    const { cluster, role, name, notBeforeMs, notAfterMs, replaced } = certificate;
    const { language } = this.#words;
    const own = this.#content.objects.length > 1 ? `${entry.object} ` : '';
    // Valid up to and including its last second.
    const hasEnded = notAfterMs + SECOND_MS <= toMilliseconds(this.#content.madeAt);
    const notes = [
      ...(replaced === true ? (['matches.replaced'] as const) : []),
      ...(hasEnded ? (['matches.ended'] as const) : []),
    ];
    return [
      { html: this.#words.nameHtml(cluster) },
      this.#words.role(role),
      { html: this.#words.nameHtml(name) },
      { html: this.#words.nameHtml(why) },
      { html: this.#words.nameHtml(`${own}${entry.entryIndex + 1}`) },
      { number: formatBareUtc(notBeforeMs, language) },
      { number: formatBareUtc(notAfterMs, language) },
      notes.map((key) => this.#words.text(key)).join(', '),
    ];
  }

  #future(): string {
    const { entries } = this.#content;
    const total = entries.reduce((sum, { counts }) => sum + counts.future, 0);
    const head = this.#heading('future.title');
    if (total === 0) return `${head}<p>${this.#words.html('future.none')}</p>`;
    const heads = [
      { number: this.#words.text('bundle.impact.at') },
      this.#words.text('bundle.impact.replaced'),
      this.#words.text('impact.entries.entry'),
    ];
    const rows = entries
      .flatMap((entry) => entry.listed.future.map((match) => ({ entry, match })))
      .slice(0, MOST_ROWS.future)
      .map(({ entry, match: { id, at } }) => [
        { number: formatBareUtc(toMilliseconds(at), this.#words.language) },
        { html: `<code>${escapeHtml(id)}</code>` },
        this.#entryText(entry),
      ]);
    return `${head}<p>${this.#words.html('future.simulated')}</p>${this.#table(
      { heads, most: MOST_ROWS.future, total },
      rows,
    )}`;
  }

  #findings(): string {
    const { findings } = this.#content.judgement;
    if (findings.length === 0) return '';
    const moment = (ms: number): string => this.#moment(ms);
    const told = findings.slice(0, MOST_ROWS.findings).map(({ rule, severity, place: { line }, params, citations }) => {
      const values: MessageValues = shownParams({ moment }, params);
      const where = line === undefined ? '' : `${this.#words.text('bundle.line', { line })}: `;
      const text = `${this.#words.text(`cli.severity.${severity}`)}: ${where}${this.#words.named(`finding.${rule}`, values)}`;
      return `<li>${escapeHtml(text)}<br><span class="sources">${escapeHtml(this.#words.sources(citations))}</span></li>`;
    });
    const rest = findings.length - told.length;
    const more = rest > 0 ? `<p class="meta">${this.#words.html('bundle.more', { rest })}</p>` : '';
    return `${this.#heading('bundle.impact.findings')}<ul>${told.join('\n')}</ul>${more}`;
  }
}

function pickFirst(
  entries: readonly PreviewedEntry[],
  list: MatchList,
  most: number,
): { entry: PreviewedEntry; match: Match }[] {
  const found: { entry: PreviewedEntry; match: Match }[] = [];
  for (const entry of entries) {
    for (const match of entry.listed[list].slice(0, most - found.length)) found.push({ entry, match });
    if (found.length === most) break;
  }
  return found;
}
