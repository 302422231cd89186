import type english from './en.ts';
import application from './ja/application.ts';
import menu from './ja/menu.ts';

export default { ...application, ...menu } satisfies Record<keyof typeof english, string>;
