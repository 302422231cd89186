import { countsFindings, limitFindings, type Finding } from '../../shared/finding.ts';

/** Nobody reads more findings about one file, and a hostile file may cause hundreds of thousands. */
const MOST_OF_ONE_FILE = 100;

export class FileFindings {
  readonly all: Finding[] = [];
  readonly #files = new Map<string, { shown: number; more?: Finding }>();

  add(path: string, findings: Finding[]): void {
    if (findings.length === 0) return;
    const file = this.#files.get(path) ?? { shown: 0 };
    this.#files.set(path, file);
    const { more } = file;
    const most = MOST_OF_ONE_FILE - file.shown;
    for (const finding of limitFindings(more === undefined ? findings : [...findings, more], most)) {
      if (!countsFindings(finding)) {
        file.shown += 1;
        this.all.push(finding);
      } else if (more === undefined) {
        file.more = { ...finding, place: { path, ...finding.place } };
        this.all.push(file.more);
      } else Object.assign(more, { severity: finding.severity, params: finding.params });
    }
  }
}
