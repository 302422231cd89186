import type { JudgeRequest } from '../../../core/revocation/contract.ts';
import type { Problem, Result } from '../../../core/shared/problem.ts';
import type { RevocationJudgement } from '../../../core/revocation/model/view.ts';
import { isUnreadable } from './findings.ts';
import type { JudgedWork } from '../work.ts';

/** Typing is judged when it pauses for a moment. */
const JUDGE_AFTER_MS = 120;

type Judge = (request: JudgeRequest) => Promise<Result<RevocationJudgement>>;

/** What is told of the text, kept up with it; an answer about an older text than the latest one is dropped. */
export class RevocationJudge {
  #judge: Judge;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  judgement: RevocationJudgement | undefined = $state.raw();
  /** What `judgement` is about. */
  text: string | undefined = $state.raw();
  /** The last of a text that could be read to its end. */
  readable: JudgedWork | undefined = $state.raw();
  /** Which arrangement of entries `judgement` shows; see `RevocationState`. */
  shape: number = -1;
  working: boolean = $state(false);
  /** Why there is no judgement of the latest text. */
  problem: Problem | undefined = $state.raw();

  constructor(judge: Judge) {
    this.#judge = judge;
  }

  forget(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.judgement = undefined;
    this.text = undefined;
    this.readable = undefined;
    this.working = false;
    this.problem = undefined;
  }

  soon(request: () => JudgeRequest, shape: number): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.working = true;
    this.#timer = setTimeout(() => void this.now(request(), shape), JUDGE_AFTER_MS);
  }

  async now(request: JudgeRequest, shape: number): Promise<void> {
    clearTimeout(this.#timer);
    const asked = (this.#asked += 1);
    this.working = true;
    const result = await this.#judge(request);
    if (asked !== this.#asked) return;
    this.working = false;
    this.problem = result.ok ? undefined : result.problem;
    if (!result.ok) return;
    const judgement = told(result.value, request.text);
    this.judgement = judgement;
    this.text = request.text;
    if (!isUnreadable(judgement)) this.readable = { judgement, text: request.text };
    this.shape = shape;
  }
}

/** That there is nothing in an empty text is no fault of it. */
function told(judgement: RevocationJudgement, text: string): RevocationJudgement {
  if (text.trim() !== '') return judgement;
  const findings = judgement.findings.filter(({ rule }) => rule !== 'revocation.no-object');
  return { ...judgement, findings };
}
