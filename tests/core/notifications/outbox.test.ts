import { describe, expect, test } from 'vitest';
import type { ChannelId } from '../../../core/shared/ids.ts';
import type { NotificationMessage } from '../../../core/notifications/model/notice.ts';
import { due, enqueue, postpone, type Outbox } from '../../../core/notifications/outbox.ts';
import { epochMs } from '../../../core/shared/instant.ts';
import { TEST_NOW } from '../../support/ports.ts';

const CHANNEL = '00000000000000a1' as ChannelId;
const NOW_MS = epochMs(TEST_NOW);

function message(id: string): NotificationMessage {
  const summary = {} as NotificationMessage['summary'];
  return { id, at: TEST_NOW, purpose: 'changes', changes: [], summary };
}

/** Queues this many messages, each of which was sent once and accepted only by the given recipients. */
function makeRefused(count: number, accepted: (at: number) => string[]): Outbox {
  let outbox: Outbox = { notices: [], waiting: [] };
  for (let at = 0; at < count; at += 1) {
    outbox = enqueue(outbox, message(`m${at}`), [CHANNEL]);
    const waiting = outbox.waiting.find(({ noticeId }) => noticeId === `m${at}`);
    if (waiting === undefined) throw new Error('it was posted');
    outbox = postpone(outbox, waiting, { nowMs: NOW_MS, accepted: accepted(at) });
  }
  return outbox;
}

const ready = (outbox: Outbox): string[] => due(outbox, NOW_MS, () => true).map(({ notice }) => notice.id);

describe('a message that some recipients refuse', () => {
  test('waits, while a message that no recipient has received is sent immediately', () => {
    const outbox = enqueue(
      makeRefused(1, () => ['a@x.example']),
      message('next'),
      [CHANNEL],
    );
    expect(ready(outbox)).toEqual(['next']);
    expect(due(outbox, NOW_MS + 60_000, () => true).map(({ waiting }) => [waiting.noticeId, waiting.accepted])).toEqual(
      [
        ['m0', ['a@x.example']],
        ['next', undefined],
      ],
    );
  });

  test('delays later messages if every recipient refuses it, so that they stay in order', () => {
    expect(
      ready(
        enqueue(
          makeRefused(1, () => []),
          message('next'),
          [CHANNEL],
        ),
      ),
    ).toEqual([]);
  });

  test('is merged with another if more than a hundred wait, and a recipient who lacks either receives both', () => {
    const outbox = makeRefused(101, (at) =>
      at === 0 ? ['a@x.example', 'b@x.example'] : ['b@x.example', 'c@x.example'],
    );
    expect([outbox.waiting.length, outbox.notices.length]).toEqual([100, 100]);
    expect(outbox.waiting[0]).toMatchObject({ noticeId: `m1.${CHANNEL}`, accepted: ['b@x.example'] });
  });

  test('does not displace a message that no recipient has received', () => {
    let outbox = makeRefused(100, () => ['a@x.example']);
    for (let at = 0; at < 100; at += 1) outbox = enqueue(outbox, message(`n${at}`), [CHANNEL]);
    expect(outbox.waiting).toHaveLength(200);
  });

  test('keeps the recipients that have accepted it in several attempts', () => {
    const once = makeRefused(1, () => ['a@x.example']);
    const [waiting] = once.waiting;
    if (waiting === undefined) throw new Error('it waits');
    const twice = postpone(once, waiting, { nowMs: NOW_MS, accepted: ['b@x.example'] });
    expect(twice.waiting[0]).toMatchObject({ tries: 2, accepted: ['a@x.example', 'b@x.example'] });
  });
});
