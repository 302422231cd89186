/**
 * Numbered progress lines such as `[1/4] Debian packages: installing xvfb`.
 *
 * @typedef {object} Progress
 * @property {(text: string) => void} step begins the next step
 * @property {(text: string) => void} say adds a line to the current step
 */

/**
 * @param {number} total number of steps
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
