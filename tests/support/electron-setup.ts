import { webcrypto } from 'node:crypto';

// Otherwise the tests would also pass in plain Node, and prove nothing about Electron.
if (process.versions['electron'] === undefined) throw new Error('these tests belong into Electron');

// Node 18 provides the Web Crypto API only under this name; the tests expect the global one.
globalThis.crypto ??= webcrypto as Crypto;
