import { defineChat } from './chat.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Sources: Slack, “Sending messages using incoming webhooks”; “Formatting text for app surfaces” (the three characters
 * to escape, and `mrkdwn`, without which a name such as `a_b_c` becomes italic).
 */
export const SLACK = defineChat('slack', 'hooks.slack.com', (subject, text) => ({
  text: `${subject}\n\n${text}`.replace(/[&<>]/gu, (character) => ESCAPES[character] ?? character),
  mrkdwn: false,
}));
