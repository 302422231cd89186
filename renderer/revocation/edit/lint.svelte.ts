import type { JudgeRequest } from '../../../core/revocation/contract.ts';
import type { Result } from '../../../core/shared/problem.ts';
import type { RevocationJudgement } from '../../../core/revocation/model/view.ts';
import { isUnreadable } from './findings.ts';
import type { JudgedWork } from '../work.ts';

/** Input is judged after a pause of this length. */
const JUDGE_AFTER_MS = 120;

type Judge = (request: JudgeRequest) => Promise<Result<RevocationJudgement>>;

/** Keeps the judgement of the text up to date; drops answers about older texts. */
export class RevocationJudge {
  #judge: Judge;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  judgement = $state.raw<RevocationJudgement>();
  text = $state.raw<string>();
  readable = $state.raw<JudgedWork>();
  /** The value of `#shape` in `RevocationState` at the time of the judgement. */
  shape = -1;
  working = $state(false);

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
  }

  soon(request: () => JudgeRequest | undefined, shape: number): void {
    if (request() === undefined) return;
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.working = true;
    this.#timer = setTimeout(() => {
      const latest = request();
      if (latest !== undefined) void this.judgeNow(latest, shape);
    }, JUDGE_AFTER_MS);
  }

  async judgeNow(request: JudgeRequest, shape: number): Promise<void> {
    clearTimeout(this.#timer);
    const asked = (this.#asked += 1);
    this.working = true;
    const result = await this.#judge(request);
    if (asked !== this.#asked) return;
    this.working = false;
    if (!result.ok) return;
    const judgement = omitNoObject(result.value, request.text);
    this.judgement = judgement;
    this.text = request.text;
    if (!isUnreadable(judgement)) this.readable = { judgement, text: request.text };
    this.shape = shape;
  }
}

/** Returns the judgement of an empty text without the finding that it contains no object. */
function omitNoObject(judgement: RevocationJudgement, text: string): RevocationJudgement {
  if (text.trim() !== '') return judgement;
  const findings = judgement.findings.filter(({ rule }) => rule !== 'revocation.no-object');
  return { ...judgement, findings };
}
