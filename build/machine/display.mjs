import { spawn } from 'node:child_process';

import { SetUpProblem } from '../command.mjs';
import { endWithUs } from '../processes.mjs';
import { programsOnPath } from '../tools.mjs';
import { hasDisplay } from './setup.mjs';

const START_TIMEOUT_MS = 15_000;
const SCREEN = '1920x1200x24';

/**
 * @typedef {object} Display
 * @property {boolean} isVirtual
 * @property {NodeJS.ProcessEnv} environment for programs that open windows there
 * @property {() => void} close
 */

/** @returns {Promise<Display>} */
export function openDisplay() {
  if (hasDisplay()) return Promise.resolve({ isVirtual: false, environment: process.env, close: () => undefined });
  return new Promise((resolve, reject) => {
    // Xvfb picks a free display and writes its number to the descriptor.
    const [program = '/usr/bin/Xvfb'] = programsOnPath('Xvfb');
    const server = spawn(program, ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    let complaints = '';
    server.stderr?.setEncoding('utf8').on('data', (text) => (complaints += text));
    const forget = endWithUs(server.pid);
    const close = () => {
      forget();
      server.kill();
      server.unref();
    };
    /** @param {string} reason */
    const fail = (reason) => {
      clearTimeout(limit);
      close();
      reject(
        new SetUpProblem(
          `There is no display, and a virtual one could not be started: ${reason}.`,
          'Install Xvfb (Debian: apt-get install xvfb), or run this where there is a display.',
        ),
      );
    };
    const limit = setTimeout(() => fail('Xvfb did not answer'), START_TIMEOUT_MS);
    server.on('error', (error) => fail(error.message));
    server.on('exit', () => fail(complaints.trim().split('\n').at(-1) || 'Xvfb ended'));

    let number = '';
    const numbers = /** @type {import('node:stream').Readable} */ (server.stdio[3]);
    numbers.setEncoding('utf8').on('data', (text) => {
      number += text;
      if (!number.includes('\n')) return;
      clearTimeout(limit);
      server.removeAllListeners('exit');
      server.on('exit', forget);
      resolve({ isVirtual: true, environment: { ...process.env, DISPLAY: `:${number.trim()}` }, close });
    });
  });
}
