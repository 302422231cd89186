import type { Problem, Result } from '../../../core/shared/problem.ts';
import type { MessageKey, MessageValues } from '../../../core/shared/text/text.ts';

export interface NoticeText {
  key: MessageKey;
  values?: MessageValues;
}

export interface ShownNotice {
  id: number;
  /** `remark`: done, but something in it needs a look. */
  tone: 'done' | 'remark' | 'problem';
  texts: NoticeText[];
  problem?: Problem;
  /** Shown on demand, with a copy button. */
  checksum?: string;
  action?: { key: MessageKey; run: () => void };
}

const SHORT_MS = 6_000;
/** Long enough to read a sentence, notice the mistake and reach the button. */
const WITH_ACTION_MS = 15_000;

/** Messages at the edge of the window. Remarks and problems stay until they are dismissed. */
export class NoticesState {
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();
  list: ShownNotice[] = $state.raw([]);
  /** Announced by screen readers without being shown. */
  announcement: string = $state('');

  done(texts: NoticeText[], more: Pick<ShownNotice, 'action' | 'checksum'> = {}): void {
    const id = this.#add({ tone: 'done', texts, ...more });
    const lasts = more.action === undefined && more.checksum === undefined ? SHORT_MS : WITH_ACTION_MS;
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), lasts),
    );
  }

  remark(texts: NoticeText[], more: Pick<ShownNotice, 'action'> = {}): void {
    this.#add({ tone: 'remark', texts, ...more });
  }

  problem(problem: Problem): void {
    this.#add({ tone: 'problem', texts: [], problem });
  }

  /** Returns the value of a result; tells the problem where it has none. */
  take<T>(result: Result<T>): T | undefined {
    if (result.ok) return result.value;
    this.problem(result.problem);
    return undefined;
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  /** Dismisses messages that offer an action that has since been done in another way. */
  dismissActions(key: MessageKey): void {
    for (const notice of this.list) if (notice.action?.key === key) this.dismiss(notice.id);
  }

  /** A message does not disappear while the pointer or focus is on it. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  #add(notice: Omit<ShownNotice, 'id'>): number {
    const id = this.#next++;
    const last = this.list.slice(-2);
    this.list = [...last, { id, ...notice }];
    return id;
  }
}
