import { NEWER_NODE, NEWER_NODE_VERSION } from './newer-node.mjs';
import { vitestStep } from './test-run.mjs';

/**
 * The quickest tests of what judges in `npm run proof`. They run in `npm test` as well, but for what has not been installed yet:
 * Wine and the build of Kubernetes are too much for a first run.
 */
const FOREIGN = ['tests/windows/programs.proof.test.ts', 'tests/kubernetes/expiration.proof.test.ts'];
const ON_NEWER_NODE = ['tests/core/node', 'tests/core/formats/x509'];

/** @param {import('./test-run.mjs').TestRun} testRun */
export async function runSlices(testRun) {
  const config = 'vitest.config.mjs';
  await testRun.run(
    vitestStep({ name: 'a slice of the proof', report: 'slices.json', config }, [
      ...['--project=windows', '--project=kubernetes'],
      ...FOREIGN,
    ]),
  );
  const name = `a slice of the unit tests on Node ${NEWER_NODE_VERSION}`;
  const program = NEWER_NODE.find();
  if (program === undefined) {
    testRun.doWithout(name, `it is not here: ${NEWER_NODE.whyAbsent()}`);
    return;
  }
  const step = vitestStep({ name, report: 'slice-node.json', config }, ['--project=unit', ...ON_NEWER_NODE]);
  await testRun.run({ ...step, program });
}
