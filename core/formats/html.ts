import type { Language } from '../shared/text/text.ts';

/* Common parts of exported HTML pages, which contain no script, load nothing and escape every value. */

const STYLE = `
body{font:14px/1.5 "Segoe UI","Yu Gothic UI",Meiryo,"Noto Sans CJK JP",system-ui,sans-serif;color:#1b1b1b;background:#fff}
h1{font-size:28px;font-weight:600;margin:0 0 4px}h2{font-size:16px;margin:24px 0 8px}p{max-width:72ch;margin:4px 0}
.meta{color:#5c5c5c;font-size:12px}
table{border-collapse:collapse;width:100%}th,td{text-align:left;border-bottom:1px solid #dcdcdc;vertical-align:top}
th{font-weight:600}thead th{border-bottom:1px solid #767676}td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.state{white-space:nowrap;font-weight:600}
tr{break-inside:avoid}thead{display:table-header-group}
`;

interface HtmlDocument {
  language: Language;
  /** Plain text, shown after the product name. */
  title: string;
  style: string;
  /** HTML. */
  body: string;
}

export function htmlDocument({ language, title, style, body }: HtmlDocument): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width"><title>Arcwarden: ${escapeHtml(title)}</title><style>${STYLE}${style}</style></head>
<body>${body}
</body></html>
`;
}

/** Escapes text for content and double-quoted attributes. Characters that HTML does not allow become U+FFFD. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]/gu, '\uFFFD')
    .replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
