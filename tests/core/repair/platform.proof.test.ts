import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { needTool } from '../../support/tools.ts';
import { ACTIONS, platforms, Repairs } from './proof/platform.ts';

/** Spin also counts the state before the first choice. */
const BEFORE_ANY_CHOICE = 1;

test('a separate model for Spin has the same number of platforms, and each of them can be repaired', (context) => {
  const [spin, gcc] = [needTool(context, 'spin'), needTool(context, 'gcc')];
  const cwd = temporaryFolder();
  copyFileSync(join(import.meta.dirname, 'proof/platform.pml'), join(cwd, 'platform.pml'));
  execFileSync(spin, ['-a', 'platform.pml'], { cwd });
  // With NOREDUCE, every state is counted. With SAFETY, the program searches for states that cannot be left.
  execFileSync(gcc, ['-O2', '-DSAFETY', '-DNOREDUCE', '-o', 'pan', 'pan.c'], { cwd });
  const said = execFileSync(join(cwd, 'pan'), ['-m100000'], { cwd, encoding: 'utf8' });
  expect(said).toMatch(/errors: 0\n/u);
  const count = [...platforms()].length;
  console.log(`${count} platforms`);
  expect(Number(/(\d+) states, stored/u.exec(said)?.[1])).toBe(count + BEFORE_ANY_CHOICE);
});

test('documented commands can repair every platform', () => {
  const repairs = new Repairs();
  const lengths = new Map<number, number>();
  for (const platform of platforms()) {
    const length = repairs.shortest(platform);
    lengths.set(length, (lengths.get(length) ?? 0) + 1);
  }
  console.log(
    [...lengths]
      .sort(([a], [b]) => a - b)
      .map(([length, count]) => `${length}: ${count}`)
      .join(', '),
  );
  // No repair needs more actions than there are kinds of actions.
  expect(Math.max(...lengths.keys())).toBeLessThanOrEqual(Object.keys(ACTIONS).length);
});
