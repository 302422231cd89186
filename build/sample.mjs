import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SetUpProblem } from './command.mjs';
import { run } from './processes.mjs';

/*
 * A start without a display or data prints the demo fleet. The built command line creates and prints all of it, so that
 * anybody can reproduce it by hand.
 */

const MAKING_TIMEOUT_MS = 120_000;
/** More steps do not fit on a screen and are only counted. */
const MOST_STEPS = 8;
/** Counts by state, an empty line, the column headers. */
const BOARD_HEAD_LINES = 3;

/** Exit code 1 means that the board lists something to act on, as it should for a sample. */
const FINE_CODES = [0, 1];

/** The output for a missing data folder; for damaged data, it differs. */
const NO_DATA = { code: 2, text: 'contains no data of Arcwarden' };

/** @typedef {(...words: string[]) => Promise<{ code: number, output: string }>} Arcwarden */

/**
 * @param {string} program the built command line
 * @returns {Arcwarden}
 */
export function createRunner(program) {
  return (...words) => run(process.execPath, [program, ...words], { output: 'collect', timeoutMs: MAKING_TIMEOUT_MS });
}

/**
 * Returns whether the default data folder, which only the command line can locate, is missing or has an empty board.
 * Unreadable data counts as data.
 *
 * @param {Arcwarden} arcwarden
 */
export async function hasNoData(arcwarden) {
  const { code, output } = await arcwarden('inventory', 'list', '--json', '--lang', 'en');
  if (code === NO_DATA.code) return output.includes(NO_DATA.text);
  if (code !== 0) return false;
  try {
    return JSON.parse(output).credentials.length === 0;
  } catch {
    // Damaged data adds text to the JSON.
    return false;
  }
}

/**
 * @param {Arcwarden} arcwarden
 */
export async function makeSample(arcwarden) {
  const folder = mkdtempSync(join(tmpdir(), 'arcwarden-sample-'));
  const removeNow = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  // Also runs when a user interrupts the start.
  process.once('exit', removeNow);
  const remove = () => {
    process.off('exit', removeNow);
    removeNow();
  };
  const [files, data] = [join(folder, 'files'), join(folder, 'data')];
  try {
    await succeed(arcwarden, 'sample', '--out', files);
    await succeed(arcwarden, 'inventory', 'import', files, '--data', data);
    return { folder, data, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * Returns the counts by state, the board by urgency (without credentials that are fine), and the plan for the first
 * cluster to repair.
 *
 * @param {Arcwarden} arcwarden
 * @param {string} data
 * @returns without a final newline
 */
export async function sampleText(arcwarden, data) {
  const json = await succeed(arcwarden, 'expiry', 'check', '--json', '--data', data);
  /** @type {{ credentials: { state: string }[], needs: { clusters: { cluster: string, firstStep: object | null }[] } }} */
  const { credentials, needs } = JSON.parse(json);
  const text = await succeed(arcwarden, 'expiry', 'check', '--data', data);
  const end = text.indexOf('\n\n') + 2;
  const lines = [text.slice(0, end - 1), boardInShort(text.slice(end), credentials)];
  const begin = needs.clusters.find(({ firstStep }) => firstStep !== null);
  if (begin === undefined) return lines.join('\n');
  const { cluster } = begin;
  const plan = planInShort(await succeed(arcwarden, 'repair', 'plan', '--data', data, '--cluster', cluster));
  const head = `The plan of the cluster to begin with (arcwarden repair plan --cluster ${cluster}):`;
  return [...lines, '', head, ...(plan === undefined ? [] : ['', plan])].join('\n');
}

/**
 * Returns the rows of a board before the first credential that is fine; such credentials come last.
 *
 * @param {string} table
 * @param {readonly { state: string }[]} credentials in the same order
 */
export function boardInShort(table, credentials) {
  const fine = credentials.filter(({ state }) => state === 'fine').length;
  const shown = credentials.length - fine;
  const lines = table
    .trimEnd()
    .split('\n')
    .slice(0, BOARD_HEAD_LINES + shown);
  if (fine > 0) lines.push(`… and ${fine} more that are fine.`);
  return lines.join('\n');
}

/**
 * Returns the head of a plan and its first steps with their commands, without explanations and checks.
 *
 * @param {string} text
 * @returns `undefined` for a plan without steps
 */
export function planInShort(text) {
  const lines = text.trimEnd().split('\n');
  const begin = lines.findIndex((line) => isStep(line));
  if (begin < 0) return undefined;
  const rest = lines.slice(begin);
  const end = rest.indexOf('');
  const steps = (end < 0 ? rest : rest.slice(0, end)).filter((line) => isStep(line) || line.startsWith('      > '));
  const starts = steps.flatMap((line, at) => (isStep(line) ? [at] : []));
  const more = starts.length - MOST_STEPS;
  return [
    ...lines.slice(0, begin),
    ...steps.slice(0, starts[MOST_STEPS]),
    ...(more > 0 ? [`  … and ${more} more ${more === 1 ? 'step' : 'steps'}.`] : []),
  ].join('\n');
}

/** @param {string} line */
function isStep(line) {
  return /^ {2}\d+\. /u.test(line);
}

/**
 * @param {Arcwarden} arcwarden
 * @param {string[]} words
 * @returns what it printed
 */
async function succeed(arcwarden, ...words) {
  const { code, output } = await arcwarden(...words);
  if (FINE_CODES.includes(code)) return output;
  throw new SetUpProblem(
    `The demo fleet could not be shown: arcwarden ${words.slice(0, 2).join(' ')} ended with exit code ${code}.`,
    output.trim() === '' ? 'Run the command again.' : `It said: ${output.trim()}`,
  );
}
