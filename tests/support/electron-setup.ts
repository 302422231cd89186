import { webcrypto } from 'node:crypto';

// So that a run on the wrong program is no success.
if (process.versions['electron'] === undefined) throw new Error('these tests belong into Electron');

// Node 18 has it under this name only; the peers that tests compare with look for the global one.
globalThis.crypto ??= webcrypto as Crypto;
