import { instantFromMs } from '../../../core/shared/instant.ts';
import { completionAt, type CompletionOption } from '../../../core/revocation/model/completion.ts';
import type { CandidateGroup, JudgedFinding, RevocationJudgement } from '../../../core/revocation/model/view.ts';
import type { MessageKey } from '../../../core/shared/text/text.ts';
import type { WindowServices } from '../../parts/window/services.ts';
import type { EditorFinding, Suggestions } from '../../ui/yaml-editor/parts.ts';

interface Services extends Pick<WindowServices, 'api' | 'text'> {
  readClock: () => number;
}

const MOST_GROUPS = 200;

/** Keys are the English texts in the packages of the editor. */
const PHRASES: Record<string, MessageKey> = {
  'line $': 'editor.phrase.line',
  'Tab indents': 'editor.phrase.tab-indents',
  'Tab leaves': 'editor.phrase.tab-leaves',
  'Control character': 'editor.phrase.control-character',
  'Selection deleted': 'editor.phrase.selection-deleted',
  Completions: 'editor.phrase.suggestions',
  Find: 'editor.phrase.find',
  Replace: 'editor.phrase.replace-by',
  next: 'editor.phrase.next',
  previous: 'editor.phrase.previous',
  all: 'editor.phrase.all',
  'match case': 'editor.phrase.match-case',
  regexp: 'editor.phrase.regexp',
  'by word': 'editor.phrase.by-word',
  replace: 'editor.phrase.replace',
  'replace all': 'editor.phrase.replace-all',
  close: 'action.close',
  'current match': 'editor.phrase.current-match',
  'on line': 'editor.phrase.on-line',
  'replaced match on line $': 'editor.phrase.replaced-on-line',
  'replaced $ matches': 'editor.phrase.replaced',
};

export class RevocationEditorState {
  #services: Services;
  #groups: readonly CandidateGroup[] = [];

  readonly phrases: Record<string, string> = $derived.by(() => {
    const { text } = this.#services;
    return Object.fromEntries(Object.entries(PHRASES).map(([word, key]) => [word, text.t(key)]));
  });

  constructor(services: Services) {
    this.#services = services;
  }

  /** Loads groups from the inventory as suggestions; on failure, only groups in the published form are suggested. */
  async load(): Promise<void> {
    const question = { goal: 'group', query: '', offset: 0, limit: MOST_GROUPS } as const;
    const result = await this.#services.api.revocation.candidates(question);
    if (result.ok) this.#groups = result.value.groups;
  }

  findings(judgement: RevocationJudgement | undefined): EditorFinding[] {
    return (judgement?.findings ?? []).map((finding) => {
      const { severity, place } = finding;
      return { line: place.line, column: place.column, severity, message: this.#message(finding) };
    });
  }

  suggest(text: string, offset: number): Suggestions | undefined {
    const now = instantFromMs(this.#services.readClock());
    const found = completionAt(text, offset, { now, groups: this.#groups });
    if (found === undefined) return undefined;
    return {
      from: found.from,
      options: found.options.map(({ about, ...option }) => ({ ...option, detail: about && this.#detail(about) })),
    };
  }

  #message({ rule, severity, params = {} }: JudgedFinding): string {
    const { text } = this.#services;
    const values = text.formatMoments(params);
    const remedy = text.optional(`finding.${rule}.remedy`, values);
    const said = text.t('editor.finding', {
      severity: text.t(`severity.${severity}`),
      text: text.lookUp(`finding.${rule}`, values),
    });
    return remedy === undefined ? said : `${said}\n${remedy}`;
  }

  #detail(about: NonNullable<CompletionOption['about']>): string {
    const { text } = this.#services;
    return about.kind === 'now' ? text.t('time.now') : text.t('editor.suggestion.group', { count: about.certificates });
  }
}
