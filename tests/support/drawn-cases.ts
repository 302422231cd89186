import fc from 'fast-check';

/*
 * Makes property tests draw the same cases in every run, so that the result depends on the code alone.
 * `ARCWARDEN_SEED=new` draws other cases; a failure prints their seed, which can replace `new`.
 */
const seed = process.env['ARCWARDEN_SEED'] ?? '1';
if (seed !== 'new') {
  if (!/^-?\d{1,10}$/u.test(seed)) throw new Error(`ARCWARDEN_SEED is ${seed}, but has to be "new" or a whole number.`);
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
}
