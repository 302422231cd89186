import { webcrypto } from 'node:crypto';

// Prevents a run with the wrong program from passing.
if (process.versions['electron'] === undefined) throw new Error('these tests belong into Electron');

// Node 18 provides it only under this name; the tests expect the global one.
globalThis.crypto ??= webcrypto as Crypto;
