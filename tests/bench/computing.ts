/**
 * The real console while it computes plans of 1,000 clusters: how long another call of the page waits meanwhile, how long main
 * is kept from its windows, and how long the plans take. Exits with 1 when a limit is missed.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { fillListedFolder } from '../support/large-inventory.ts';
import { atMost, note } from './support/figures.ts';
import { quantile, runIn } from './support/measure.ts';

const CLUSTERS = 1_000;
const PER_CLUSTER = 40;
const ANSWER_LIMIT_MS = 200;
const BLOCK_LIMIT_MS = 50;
const CALL_EVERY_MS = 20;
const PATIENCE = { timeout: 120_000 };

/** `fillListedFolder` gives its clusters these names. */
const NAMES = Array.from({ length: CLUSTERS }, (_, number) => `cluster-${String(number).padStart(4, '0')}`);

const PLANS = ['repair.plan', 'update.plan', 'maintenance.plan'] as const;

/** Asks for a plan, and for the overview again and again until it is there. Milliseconds. */
function askMeanwhile(page: Page, plan: string): Promise<{ plan: number; others: number[] }> {
  return page.evaluate(
    async ([method, clusters, everyMs]) => {
      const call = (name: string, given?: unknown) => window.arcwarden.call(name, given);
      const answers = { texts: [], answers: {}, clusters, failures: [] };
      const update = {
        parts: 'clusters',
        clusters,
        texts: [],
        typed: { clusters: [] },
        versions: [],
        onlySystem: false,
      };
      const argument = { 'repair.plan': answers, 'update.plan': update, 'maintenance.plan': undefined }[method];
      const began = performance.now();
      let took: number | undefined;
      const plan = call(method, argument).then((answer) => {
        took = performance.now() - began;
        // A long answer comes as lines of JSON.
        const isText = Array.isArray(answer);
        const beginning = isText ? new TextDecoder().decode(answer[0] as Uint8Array) : JSON.stringify(answer);
        if (!beginning.startsWith('{"ok":true')) throw new Error(`${method}: ${beginning.slice(0, 200)}`);
      });
      const others: number[] = [];
      while (took === undefined) {
        const asked = performance.now();
        await call('inventory.overview');
        others.push(performance.now() - asked);
        await new Promise((done) => setTimeout(done, everyMs));
      }
      await plan;
      return { plan: took, others };
    },
    [plan as (typeof PLANS)[number], NAMES, CALL_EVERY_MS] as const,
  );
}

/**
 * Begins to watch for how long main cannot do anything; the result gives the longest time, in milliseconds. It does not count
 * the time in which main could have run and another thread had both processors.
 */
async function watchMain(application: ElectronApplication): Promise<() => Promise<number>> {
  await application.evaluate(() => {
    const { readFileSync } = process.mainModule!.require('node:fs') as typeof import('node:fs');
    const waitedMs = (): number => Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[1]) / 1e6;
    let last = { at: performance.now(), waitedMs: waitedMs() };
    let longest = 0;
    setInterval(() => {
      const now = { at: performance.now(), waitedMs: waitedMs() };
      longest = Math.max(longest, now.at - last.at - (now.waitedMs - last.waitedMs) - 1);
      last = now;
      Object.assign(globalThis, { longest });
    }, 1);
  });
  return () => application.evaluate(() => (globalThis as unknown as { longest: number }).longest);
}

async function main(work: string): Promise<void> {
  const executablePath = process.env['ARCWARDEN_APP'];
  if (executablePath === undefined) throw new Error('ARCWARDEN_APP names no console; run: npm run bench computing');
  const folder = join(work, 'data');
  mkdirSync(folder);
  await fillListedFolder(folder, CLUSTERS, PER_CLUSTER, Date.now());
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const application = await _electron.launch({ executablePath, args: [...asRoot, '--lang=en-US', '--data', folder] });
  try {
    const page = await application.firstWindow(PATIENCE);
    await page.locator('html[data-ready=true]').waitFor(PATIENCE);
    // The first plan starts the thread, which reads the inventory.
    note('first plan, with the inventory read for it', (await askMeanwhile(page, 'maintenance.plan')).plan, 'ms');
    const longestBlock = await watchMain(application);
    for (const method of PLANS) {
      const { plan, others } = await askMeanwhile(page, method);
      note(`${method} of 1,000 clusters`, plan, 'ms');
      atMost(ANSWER_LIMIT_MS, `another answer during ${method}, 95 %`, quantile(others, 0.95), 'ms');
    }
    atMost(BLOCK_LIMIT_MS, 'longest block of main meanwhile', await longestBlock(), 'ms');
  } finally {
    await application.close();
  }
}

void runIn('computing', main);
