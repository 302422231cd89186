import { defineChat } from './chat.ts';

/**
 * Posts to a workflow that begins with “When a Teams webhook request is received”. No source states the form of its
 * address, so the form shows no example. The Office 365 connectors, which had
 * the older addresses on webhook.office.com, are retired. Sources: Microsoft Learn, “Create and send messages” (the
 * message around an Adaptive Card); Microsoft 365 Developer Blog, “Retirement of Office 365 connectors within Microsoft
 * Teams”.
 */
export const TEAMS = defineChat('teams', undefined, (subject, text) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.2',
        body: [textBlock(subject, { weight: 'Bolder' }), ...text.split('\n').flatMap(lineBlocks)],
      },
    },
  ],
}));

/** Every line is a block: only a TextBlock has line breaks, and that reads names as Markdown. */
function lineBlocks(line: string, at: number, lines: readonly string[]): object[] {
  if (line.trim() === '') return [];
  const isFirst = at === 0 || lines[at - 1]?.trim() === '';
  return [{ ...textBlock(line.trim()), spacing: isFirst ? 'Medium' : 'None' }];
}

function textBlock(text: string, style: { weight?: 'Bolder' } = {}): object {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, ...style }] };
}
