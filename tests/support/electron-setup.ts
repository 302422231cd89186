import { webcrypto } from 'node:crypto';

// In plain Node, the tests would also pass, and prove nothing about Electron.
if (process.versions['electron'] === undefined) throw new Error('these tests belong into Electron');

// Node 18 provides the Web Crypto API only as `webcrypto`; the tests expect a global `crypto`.
globalThis.crypto ??= webcrypto as Crypto;
