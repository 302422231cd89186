import type english from './en.ts';
import cli from './ja/cli.ts';

export default { ...cli } satisfies Record<keyof typeof english, string>;
