import cli from './en/cli.ts';
import deliveries from './en/deliveries.ts';
import notices from './en/notices.ts';
import notifications from './en/notifications.ts';

const english = { ...cli, ...deliveries, ...notices, ...notifications } as const;
export default english;

type NotificationMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends NotificationMessages {}
}
