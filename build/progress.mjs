/**
 * Plain numbered lines that say what is being done: `[1/4] Debian packages: installing xvfb`.
 *
 * @typedef {object} Progress
 * @property {(text: string) => void} step begins the next step
 * @property {(text: string) => void} say adds a line to the step under way
 */

/**
 * @param {number} total how many steps there will be
 * @param {(line: string) => void} [write]
 * @returns {Progress}
 */
export function createProgress(total, write = console.log) {
  let current = 0;
  return {
    step(text) {
      current += 1;
      write(`[${current}/${total}] ${text}`);
    },
    say: (text) => write(`      ${text}`),
  };
}
