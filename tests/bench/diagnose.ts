/**
 * Measures how well and how fast failures are identified. Tests every published text with every perturbation, pairs of
 * these texts, and texts without a failure: precision (the share of correct answers among the causes named first) and
 * recall (the share of the failures in the texts that are named first). Then diagnoses a megabyte of log text of
 * several kinds. Exits with 1 if a limit is missed.
 */
import { FAILURES } from '../../core/knowledge/model/failures/failures.ts';
import { diagnose } from '../../core/repair/model/diagnose.ts';
import { INNOCENT, PERTURBATIONS } from '../support/perturbed.ts';
import { recordAtLeast, limitWork, note } from './support/figures.ts';
import { least } from './support/measure.ts';

const LEAST_PRECISION_PERCENT = 98;
const LEAST_RECALL_PERCENT = 98;
/** If a text contains two errors, each is expected among this many causes. */
const FIRST_FEW = 3;
const LEAST_PAIR_RECALL_PERCENT = 90;
const MEGABYTE = 1024 * 1024;
const LIMIT_MS = 1_000;
const ROUNDS = 3;

const SYMPTOMS = new Set(['F02', 'F21', 'F22', 'F33', 'F34']);

// ---- Accuracy -------------------------------------------------------------------------------------------------------

function single(): void {
  let [right, wrong, missed, second] = [0, 0, 0, 0];
  const mistakes: string[] = [];
  for (const { id, published } of FAILURES)
    for (const text of published)
      for (const [name, perturb] of Object.entries(PERTURBATIONS)) {
        const { causes } = diagnose({ texts: [perturb(text)] });
        const [first, other] = causes;
        if (first?.failure === id) right += 1;
        else if (first === undefined) missed += 1;
        else wrong += 1;
        if (first?.failure === id && (other?.confidence ?? 0) > first.confidence / 2) second += 1;
        if (first?.failure !== id) mistakes.push(`${id}, ${name}: ${first?.failure ?? 'nothing'}`);
      }
  let innocent = 0;
  for (const [name, text] of Object.entries(INNOCENT))
    for (const [how, perturb] of Object.entries(PERTURBATIONS)) {
      const [first] = diagnose({ texts: [perturb(text)] }).causes;
      innocent += 1;
      if (first === undefined) continue;
      wrong += 1;
      mistakes.push(`${name}, ${how}: ${first.failure}`);
    }
  const precision = right / Math.max(1, right + wrong);
  const recall = right / Math.max(1, right + missed + wrong);
  console.log(`  ${right + wrong + missed} texts of failures, ${innocent} of none`);
  for (const mistake of mistakes.slice(0, 20)) console.log(`    ${mistake}`);
  recordAtLeast(LEAST_PRECISION_PERCENT, 'precision', precision * 100, '%');
  recordAtLeast(LEAST_RECALL_PERCENT, 'recall', recall * 100, '%');
  note('texts with a look-alike more than half as likely', second, '');
}

function pairs(): void {
  let [found, all] = [0, 0];
  const texts = FAILURES.filter(({ id }) => !SYMPTOMS.has(id));
  for (const one of texts)
    for (const other of texts) {
      // If one failure contains the other or is easily mistaken for it, either is a correct answer.
      if (one === other || one.lookAlikes.some(({ id }) => id === other.id)) continue;
      const { causes } = diagnose({ texts: [`${one.published[0]}\n\nPS C:\\> Get-Date\n\n${other.published[0]}`] });
      const few = causes.slice(0, FIRST_FEW).map(({ failure }) => failure);
      all += 2;
      found += [one, other].filter(({ id }) => few.includes(id)).length;
    }
  const text = `of two errors in one text, among the first ${FIRST_FEW}`;
  recordAtLeast(LEAST_PAIR_RECALL_PERCENT, text, (found / all) * 100, '%');
}

// ---- Speed ----------------------------------------------------------------------------------------------------------

const LOG_LINE =
  'I1124 09:12:44.120934       1 shared_informer.go:318] Caches are synced for garbage collector, current time 2026-11-24T09:12:44Z\n';

function repeatLine(line: string): string {
  return line.repeat(Math.ceil(MEGABYTE / line.length)).slice(0, MEGABYTE);
}

const LOGS: Readonly<Record<string, string>> = {
  'a log': repeatLine(LOG_LINE),
  'a log with an error at the end': `${repeatLine(LOG_LINE)}\n${FAILURES[6]?.published[0] ?? ''}`,
  'a log of errors': repeatLine(`${FAILURES.map(({ published }) => published[0]).join('\n')}\n`),
  'a log in JSON': repeatLine(`${JSON.stringify({ level: 'info', msg: LOG_LINE })}\n`),
  'a log in Japanese': repeatLine('情報: 証明書の有効期限を確認しています。しばらくお待ちください。\n'),
  'one line': repeatLine('Valid Token Required '),
  'the beginning of a phrase over and over': repeatLine('x509: certificate has expired or is not yet '),
  'nothing but blanks': repeatLine(' \n'),
  'nothing but backslashes': repeatLine('\\'),
  'nothing but quotes': repeatLine('\\"'),
  'nothing but escapes': repeatLine('\u001b['),
  'nothing but ampersands': repeatLine('&'),
};

single();
pairs();
for (const [name, text] of Object.entries(LOGS))
  limitWork(
    LIMIT_MS,
    `1 MB of ${name}`,
    least(ROUNDS, () => diagnose({ texts: [text] })),
  );
