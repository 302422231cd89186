/** Keyed by the name of the script in this folder. */
export const HELP = {
  start: `Usage: npm start [-- --data DIR] [--import PATH...] [SWITCH...]

Builds what has changed and opens the console. Without a display (Linux) it runs under a virtual one, saves a
picture to out/console.png and prints the board as text; of a demo fleet, where there is no data yet.

  --data DIR        keep the data in this folder instead of the usual one
  --import PATH...  import these files and folders
  SWITCH            any switch of Electron or Chromium, such as --inspect`,
  dev: `Usage: npm run dev [-- --data DIR] [--import PATH...] [SWITCH...]

Opens the console for working on it. Changes to the page show at once; after a change to main or preload the
console starts again. Without a display (Linux) it runs under a virtual one.

  --data DIR        keep the data in this folder instead of .cache/dev/data
  --import PATH...  import these files and folders at every start
  SWITCH            any switch of Electron or Chromium: --inspect=9229, --remote-debugging-port=9222`,
  test: `Usage: npm test [-- GROUP...] | npm test -- unit|engine|e2e [ARGUMENT...]

Runs all checks, or the groups that are named.

  types     the compiler on every part, and svelte-check
  format    Prettier
  lint      Oxlint, ESLint on components, Knip
  unit      unit tests but for the slow ones
  engine    the slow unit tests, in Node and inside the Electron runtime
  e2e       builds, packages and drives the console
  ARGUMENT  for the test runner: a file, -t NAME, -g NAME`,
  proof: `Usage: npm run proof [-- PART...] | npm run proof -- rules|plans|advice|powershell|kubernetes|lab|team|windows|node [ARGUMENT...]

Tries what takes too long for npm test: every case, or a far larger sample of them. Without PART, those parts that
take less than seven minutes each on two quiet cores.

  rules       tests that go through every case, or a large sample
  plans       every repair plan is followed on a model of the platform (15 minutes; only when named)
  advice      files of generated fleets are imported, and what is said about them is compared with the truth
  powershell  every script is run in a real PowerShell, and lets each of its calls go wrong (15 minutes; only when named)
  kubernetes  a real API server works with our files; the first time it is built from Debian’s source (10 minutes; only when named)
  lab         a month of a lab passes in half an hour, watched by openssl (only when named)
  team        20 consoles write to three servers under Patroni, whose leader is killed 20 times (only when named)
  windows     command line, scripts, unit tests and setup program run on Windows programs in Wine, which root alone can have
  node        unit and engine tests on a Node like that of the pinned Electron
  faults      every writing command meets a full disk, a failing disk and a kill at each of its system calls
  kill        the store and an import are killed 50 times each
  decode      damaged certificates go to the decoder
  revocation  damaged manifests go to the reader
  ARGUMENT    for the test runner: a file, -t NAME`,
  screenshots: `Usage: npm run screenshots

Builds, and draws screens of a demo fleet and of a lab in both themes and languages and in four sizes, each on a sheet
in out/screenshots/, and the pictures of the documents in docs/images/. Fails if the first row of a screen is out of view.`,
  docs: `Usage: npm run docs

Writes the pages in docs/cli from the help of the commands. A test fails while they differ.`,
  build: `Usage: npm run build

Builds main process, preload, command line and page into out/, unless nothing has changed.`,
  package: `Usage: npm run package [-- --dir | --fused [FOLDER]]

Builds, and makes the release files for this system in dist/. Needs the official Electron release.

  --dir             only a folder to test with, from whatever Electron is there
  --fused [FOLDER]  copy that folder and set the fuses of a release in the copy`,
  bench: `Usage: npm run bench [-- NAME...] [ARGUMENT...]

Measures speed, beside a peer or a limit in the same run, and ends with a table of every figure.

  NAME      any of {names}; all by default
  --runs N  as often, and tells how far the values differ; ratios may by a tenth
  ARGUMENT  passed on to each of them`,
  fuzz: `Usage: npm run fuzz [-- NAME...] [ARGUMENT...]

Feeds damaged input to the decoders, and kills the writer of the store and imports.

  NAME      any of {names}; all by default
  ARGUMENT  passed on to each of them`,
};

/** @returns the parts of `npm run proof` with their help */
export function proofParts() {
  const lines = HELP.proof.matchAll(/^ {2}(?<name>[a-z]+) +(?<about>.*)$/gmu);
  return Array.from(lines, ({ groups }) => ({ name: groups?.['name'] ?? '', about: groups?.['about'] ?? '' }));
}
