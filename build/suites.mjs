/**
 * Tests that somebody else’s program judges, of which a machine may have or lack each: they are counted by themselves.
 *
 * @typedef {object} Suite
 * @property {string} name of what judges
 * @property {RegExp} files
 */

/** @type {readonly Suite[]} */
export const SUITES = [
  { name: 'OpenSSH', files: /tests\/powershell\/openssh\./u },
  { name: 'PowerShell', files: /tests\/powershell\//u },
  { name: 'Prometheus', files: /tests\/core\/notifications\/prometheus\./u },
  { name: 'Exim', files: /tests\/core\/notifications\/exim\./u },
  { name: 'khal', files: /tests\/core\/maintenance\/export\/khal\./u },
  { name: 'Windows programs', files: /tests\/windows\// },
  { name: 'Kubernetes', files: /tests\/kubernetes\// },
];

/**
 * How many tests of each suite passed in a run of Vitest, and why the others were skipped.
 *
 * @param {readonly { name: string, assertionResults: readonly { status: string }[] }[]} files of its report
 * @param {readonly import('./results.mjs').Skip[]} skips
 * @returns {string[]} a line for each suite that has a test in them
 */
export function tellSuites(files, skips) {
  const suiteOf = (/** @type {string} */ name) => SUITES.find((suite) => suite.files.test(name));
  return SUITES.flatMap((suite) => {
    const own = files.filter(({ name }) => suiteOf(name) === suite).flatMap((file) => file.assertionResults);
    if (own.length === 0) return [];
    const count = (/** @type {readonly string[]} */ ...statuses) =>
      own.filter(({ status }) => statuses.includes(status)).length;
    const skipped = own.length - count('passed', 'failed');
    const reasons = new Set(skips.filter(({ name }) => suiteOf(name) === suite).map(({ reason = '' }) => reason));
    const parts = [`${count('passed')} passed`, `${count('failed')} failed`];
    if (skipped > 0) parts.push(`${skipped} skipped: ${[...reasons].join('; ')}`);
    return [`${suite.name}: ${parts.join(', ')}`];
  });
}
