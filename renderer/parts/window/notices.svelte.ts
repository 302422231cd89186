import type { Problem, Result } from '../../../core/shared/problem.ts';
import type { MessageKey, MessageValues } from '../../../core/shared/text/text.ts';

export interface NoticeText {
  key: MessageKey;
  values?: MessageValues;
}

export interface ShownNotice {
  id: number;
  /** `remark`: the operation succeeded, but needs attention. */
  tone: 'done' | 'remark' | 'problem';
  texts: NoticeText[];
  problem?: Problem;
  checksum?: string;
  action?: { key: MessageKey; run: () => void };
}

const SHORT_MS = 6_000;
/** Long enough to read the message, notice a mistake and reach the button. */
const WITH_ACTION_MS = 15_000;

/** Remarks and problems stay until dismissed. */
export class NoticesState {
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();
  list: ShownNotice[] = $state.raw([]);
  announcement = $state('');

  success(texts: NoticeText[], more: Pick<ShownNotice, 'action' | 'checksum'> = {}): void {
    const id = this.#add({ tone: 'done', texts, ...more });
    const lasts = more.action === undefined && more.checksum === undefined ? SHORT_MS : WITH_ACTION_MS;
    const timer = setTimeout(() => this.dismiss(id), lasts);
    this.#timers.set(id, timer);
  }

  remark(texts: NoticeText[], more: Pick<ShownNotice, 'action'> = {}): void {
    this.#add({ tone: 'remark', texts, ...more });
  }

  problem(problem: Problem): void {
    this.#add({ tone: 'problem', texts: [], problem });
  }

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

  /** Dismisses messages whose action has been carried out elsewhere. */
  dismissActions(key: MessageKey): void {
    for (const notice of this.list) if (notice.action?.key === key) this.dismiss(notice.id);
  }

  /** Keeps a message for as long as it has the pointer or the focus. */
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
