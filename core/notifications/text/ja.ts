import type english from './en.ts';
import cli from './ja/cli.ts';
import deliveries from './ja/deliveries.ts';
import notices from './ja/notices.ts';
import notifications from './ja/notifications.ts';

export default { ...cli, ...deliveries, ...notices, ...notifications } satisfies Record<keyof typeof english, string>;
