import type { AuditTrail } from '../../audit/store/audit.ts';
import type { AccessDecision, AccessQuestion } from '../../pki/model/access.ts';

/** Decisions that wait to be written; more of them would make callers wait. */
const MOST_WAITING = 1_000;

/**
 * Writes every decision about access to the audit trail of the cloud agent, many with one write. A refusal, and a
 * decision on a change, is on disk before the caller gets its answer; a read does not wait.
 */
export class DecisionLog {
  readonly #trail: Pick<AuditTrail, 'appendAll'>;
  readonly #onFailure: (error: unknown) => void;
  #waiting: Parameters<AuditTrail['appendAll']>[0][number][] = [];
  #nextWrite: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor(trail: Pick<AuditTrail, 'appendAll'>, onFailure: (error: unknown) => void) {
    this.#trail = trail;
    this.#onFailure = onFailure;
  }

  static async open(trail: Pick<AuditTrail, 'appendAll'>, onFailure: (error: unknown) => void): Promise<DecisionLog> {
    // A killed cloud agent may have left lines that the trail's head does not count yet.
    await trail.appendAll([]);
    return new DecisionLog(trail, onFailure);
  }

  async record({ identity, action, target }: AccessQuestion, { allowed, reason, by }: AccessDecision): Promise<void> {
    const given = Object.entries(target).filter((entry): entry is [string, string] => entry[1] !== undefined);
    this.#waiting.push({
      by: identity,
      action: 'access.decided',
      subject: identity,
      params: { operation: action, ...Object.fromEntries(given), allowed, reason, ...(by && { role: by.role }) },
    });
    const written = this.#write();
    if (!allowed || action !== 'read' || this.#waiting.length > MOST_WAITING) return written;
    written.catch(this.#onFailure);
  }

  async close(): Promise<void> {
    await this.#writing;
  }

  #write(): Promise<void> {
    if (this.#nextWrite !== undefined) return this.#nextWrite;
    const next = this.#writing.then(async () => {
      this.#nextWrite = undefined;
      const records = this.#waiting;
      this.#waiting = [];
      await this.#trail.appendAll(records);
    });
    this.#nextWrite = next;
    this.#writing = next.catch(() => undefined);
    return next;
  }
}
