import { writeFileSync } from 'node:fs';

/**
 * Writes the skipped tests with their reasons to the file named by `ARCWARDEN_SKIPS`; Vitest's JSON report has no
 * reasons.
 */
export default class SkipReporter {
  /** @param {readonly import('vitest/node').TestModule[]} modules */
  onTestRunEnd(modules) {
    const file = process.env['ARCWARDEN_SKIPS'];
    if (file === undefined) return;
    const skips = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map((test) => {
        const result = test.result();
        const reason = result.state === 'skipped' ? result.note : undefined;
        return { name: `${module.relativeModuleId}: ${test.fullName}`, reason };
      }),
    );
    writeFileSync(file, JSON.stringify(skips));
  }
}
