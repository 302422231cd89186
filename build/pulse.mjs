import { writeFileSync } from 'node:fs';

const LEAST_MS = 1_000;
let lastAt = -Infinity;

/** Shows whoever runs the tests that they get on: writes the file named by `ARCWARDEN_PULSE`, once a second at most. */
export function pulse() {
  const file = process.env['ARCWARDEN_PULSE'];
  const now = performance.now();
  if (file === undefined || now - lastAt < LEAST_MS) return;
  lastAt = now;
  writeFileSync(file, '');
}

/** A reporter for Vitest and Playwright: each finished test, hook or step and each line that one prints is a pulse. */
export default class PulseReporter {
  onTestCaseResult = pulse;
  onTestModuleCollected = pulse;
  onHookEnd = pulse;
  onUserConsoleLog = pulse;
  onTestBegin = pulse;
  onTestEnd = pulse;
  onStepEnd = pulse;
  onStdOut = pulse;
  onStdErr = pulse;

  printsToStdio() {
    return false;
  }
}
