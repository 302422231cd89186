import type english from './en.ts';
import forecast from './ja/forecast.ts';

export default { ...forecast } satisfies Record<keyof typeof english, string>;
