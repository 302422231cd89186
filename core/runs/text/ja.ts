import type english from './en.ts';
import consent from './ja/consent.ts';
import evidence from './ja/evidence.ts';
import runs from './ja/runs.ts';
import screen from './ja/screen.ts';

export default { ...consent, ...evidence, ...runs, ...screen } satisfies Record<keyof typeof english, string>;
