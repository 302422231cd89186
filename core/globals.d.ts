/**
 * The globals that core may use: those that Node and Chromium share and that need no I/O. Everything else is a port.
 */

/** The version in package.json, inserted by the build and the test runner. */
declare const ARCWARDEN_VERSION: string;

declare module '*.sql' {
  const text: string;
  export default text;
}

declare module '*.ps1' {
  const code: string;
  export default code;
}
