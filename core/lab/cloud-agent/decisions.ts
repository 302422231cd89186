import type { AuditRecord, AuditTrail } from '../../audit/store/audit.ts';
import type { Scheduler } from '../../shared/ports.ts';
import type { AccessDecision, AccessQuestion } from '../../pki/model/access.ts';

type Trail = Pick<AuditTrail, 'append'>;

interface LogOptions {
  scheduler: Pick<Scheduler, 'wait'>;
  onFailure: (error: unknown) => void;
}

/** Decisions that wait to be written; more of them would make callers wait. */
const MOST_WAITING = 1_000;
/** Reads of this time are written together: the disk, not the work, would limit them. */
const READ_MS = 100;

/**
 * Writes every decision about access to the audit trail of the cloud agent, many with one write. A refusal, and a
 * decision on a change, is on disk before the caller gets its answer; a read does not wait.
 */
export class DecisionLog {
  readonly #trail: Trail;
  readonly #scheduler: Pick<Scheduler, 'wait'>;
  readonly #onFailure: (error: unknown) => void;
  #waiting: AuditRecord[] = [];
  #nextWrite: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isPutOff = false;

  private constructor(trail: Trail, { scheduler, onFailure }: LogOptions) {
    this.#trail = trail;
    this.#scheduler = scheduler;
    this.#onFailure = onFailure;
  }

  static async open(trail: Trail, options: LogOptions): Promise<DecisionLog> {
    // A killed cloud agent may have left lines that the trail's head does not count yet.
    await trail.append();
    return new DecisionLog(trail, options);
  }

  async record({ identity, action, target }: AccessQuestion, { allowed, reason, by }: AccessDecision): Promise<void> {
    const given = Object.entries(target).filter((entry): entry is [string, string] => entry[1] !== undefined);
    this.#waiting.push({
      by: identity,
      action: 'access.decided',
      subject: identity,
      params: { operation: action, ...Object.fromEntries(given), allowed, reason, ...(by && { role: by.role }) },
    });
    if (!allowed || action !== 'read' || this.#waiting.length > MOST_WAITING) return this.#write();
    if (this.#isPutOff) return;
    this.#isPutOff = true;
    void this.#scheduler.wait(READ_MS).then(() => this.#writeReads());
  }

  async close(): Promise<void> {
    await this.#writeReads();
    await this.#writing;
  }

  async #writeReads(): Promise<void> {
    if (!this.#isPutOff) return;
    this.#isPutOff = false;
    if (this.#waiting.length > 0) await this.#write().catch(this.#onFailure);
  }

  #write(): Promise<void> {
    if (this.#nextWrite !== undefined) return this.#nextWrite;
    const next = this.#writing.then(async () => {
      this.#nextWrite = undefined;
      const records = this.#waiting;
      this.#waiting = [];
      await this.#trail.append(...records);
    });
    this.#nextWrite = next;
    this.#writing = next.catch(() => undefined);
    return next;
  }
}
