import type { Problem, Result } from '../../../core/shared/problem.ts';
import type { MessageKey, MessageValues } from '../../../core/shared/text/text.ts';

export interface NoticeText {
  key: MessageKey;
  values?: MessageValues;
}

export interface ShownNotice {
  id: number;
  at: number;
  /** `remark`: the operation succeeded, but needs attention. */
  tone: 'done' | 'remark' | 'problem';
  texts: NoticeText[];
  problem?: Problem;
  checksum?: string;
  action?: { key: MessageKey; run: () => void };
  /** Only the task list still shows it. */
  isHidden?: boolean;
}

const SHORT_MS = 6_000;
/** Long enough to read the message, notice a mistake and reach the button. */
const WITH_ACTION_MS = 15_000;
const MOST_KEPT = 20;

/** The status bar shows a success for a while, remarks and problems until dismissed; the task list keeps all. */
export class NoticesState {
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();
  readonly #readClock: () => number;
  kept: readonly ShownNotice[] = $state.raw([]);
  readonly list = $derived(this.kept.filter(({ isHidden }) => isHidden !== true));
  announcement = $state('');

  constructor(readClock: () => number) {
    this.#readClock = readClock;
  }

  success(texts: NoticeText[], more: Pick<ShownNotice, 'action' | 'checksum'> = {}): void {
    const id = this.#add({ tone: 'done', texts, ...more });
    const lasts = more.action === undefined && more.checksum === undefined ? SHORT_MS : WITH_ACTION_MS;
    const timer = setTimeout(() => this.hide(id), lasts);
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
    this.#forgetTimer(id);
    this.kept = this.kept.filter((notice) => notice.id !== id);
  }

  /** Takes a message out of the status bar; the task list keeps it. */
  hide(id: number): void {
    this.#forgetTimer(id);
    this.kept = this.kept.map((notice) => (notice.id === id ? { ...notice, isHidden: true } : notice));
  }

  clear(): void {
    for (const { id } of this.kept) this.dismiss(id);
  }

  act(notice: ShownNotice): void {
    this.dismiss(notice.id);
    notice.action?.run();
  }

  /** Dismisses messages whose action has been carried out elsewhere. */
  dismissActions(key: MessageKey): void {
    for (const notice of this.kept) if (notice.action?.key === key) this.dismiss(notice.id);
  }

  /** Keeps a message for as long as it has the pointer or the focus. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  #forgetTimer(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  #add(notice: Omit<ShownNotice, 'id' | 'at'>): number {
    const id = this.#next++;
    const kept = [...this.kept, { id, at: this.#readClock(), ...notice }];
    // Problems stay until they are dismissed.
    const oldest =
      kept.length > MOST_KEPT ? kept.find(({ tone, isHidden }) => tone !== 'problem' || isHidden) : undefined;
    this.kept = kept.filter((each) => each !== oldest);
    return id;
  }
}
