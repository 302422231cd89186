import { z } from 'zod';
import { ROLE_IDS } from '../../knowledge/model/credentials/credentials.ts';
import type { Acknowledgement } from '../model/acknowledgement.ts';
import { CHANNEL_KINDS, type ChannelStatus } from '../model/channel.ts';
import { EXPIRY_STATES } from '../../knowledge/model/credentials/expiry-state.ts';
import { SILENCE_KINDS, type Silence } from '../model/silence.ts';
import { ALARM_STATES, type Change, type NotificationMessage, type ReportedCredential } from '../model/notice.ts';
import type { SentNotice } from '../model/notification-view.ts';
import { FLEET_LANES } from '../../repair/model/needs.ts';
import { clusterId, credentialId, instantField } from '../../shared/contract/schemas.ts';
import type { ReportedAlarms } from '../changes.ts';
import { channelId } from '../schemas.ts';
import { ungroupAlarms, alarmGroup, commonFields } from './alarm-groups.ts';

const noticeId = z.string().regex(/^[0-9a-f]{16}(?:\.[0-9a-f]{16})?$/u);
const MOST_REASON = 2_000;

const silence: z.ZodType<Silence> = z.object({
  credentialId,
  clusterId,
  kind: z.enum(SILENCE_KINDS),
  at: instantField,
  by: z.string(),
  reason: z.string().max(MOST_REASON),
  until: instantField,
  state: z.enum(EXPIRY_STATES),
});

const acknowledgement: z.ZodType<Acknowledgement> = z.object({
  ...{ clusterId, by: z.string(), note: z.string(), at: instantField, causes: z.array(z.string()) },
});

export const markEntry = z.union([silence, acknowledgement]);

const reportedCredential: z.ZodType<ReportedCredential> = z.object({
  ...commonFields,
  credentialId,
  name: z.string(),
  notBefore: instantField.optional(),
  notAfter: instantField.optional(),
});

const alarm = z.enum(ALARM_STATES);
const ofCredential = { id: z.string(), at: instantField, credential: reportedCredential };
const ofChannel = {
  id: z.string(),
  at: instantField,
  channel: z.object({ id: channelId, name: z.string(), kind: z.enum(CHANNEL_KINDS) }),
};

const change: z.ZodType<Change> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('entered'), ...ofCredential, from: alarm.nullable(), to: alarm }),
  z.object({
    kind: z.literal('renewed'),
    ...ofCredential,
    from: alarm,
    by: z.object({ credentialId, notAfter: instantField.optional() }),
  }),
  z.object({ kind: z.literal('recovered'), ...ofCredential, from: alarm }),
  z.object({ kind: z.literal('withdrawn'), ...ofCredential, from: alarm }),
  z.object({ kind: z.literal('channel-failing'), ...ofChannel }),
  z.object({ kind: z.literal('channel-working'), ...ofChannel }),
  z.object({ kind: z.literal('clock-back'), id: z.string(), at: instantField, from: instantField, to: instantField }),
]);

const count = z.int().min(0);

const needCount = z.object({
  clusters: count,
  cluster: z.string(),
  sample: z.literal(true).optional(),
  first: instantField.optional(),
});

const notice: z.ZodType<NotificationMessage> = z.object({
  id: noticeId,
  at: instantField,
  purpose: z.enum(['changes', 'heartbeat', 'test']),
  changes: z.array(change),
  summary: z.object({
    clusters: count,
    credentials: count,
    counts: z.record(z.enum(EXPIRY_STATES), count),
    needs: z
      .union([
        z.partialRecord(z.enum(FLEET_LANES), needCount),
        // Earlier versions counted clusters by the state of their impacts.
        z
          .partialRecord(z.enum(['stopped', 'stopping', 'late']), needCount.extend({ impacts: count }))
          .transform(() => undefined),
      ])
      .optional(),
    sources: count,
    sourcesDown: count,
    nextExpiry: z
      .object({ cluster: z.string(), name: z.string(), role: z.enum(ROLE_IDS), notAfter: instantField })
      .optional(),
  }),
  audit: z.object({ lines: count, hash: z.string() }).optional(),
});

/** Written by earlier versions, one alarm at a time. */
const alarmsById: z.ZodType<ReportedAlarms> = z.record(
  credentialId,
  z.object({ state: alarm, at: instantField, credential: reportedCredential }),
);

const problemFields = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) });

const channelStatus: z.ZodType<ChannelStatus> = z.object({
  lastSuccessAt: instantField.optional(),
  lastFailure: problemFields.extend({ at: instantField }).optional(),
  failures: count,
});

const sentNotice: z.ZodType<SentNotice> = z.object({
  noticeId,
  at: instantField,
  channel: ofChannel.channel,
  subject: z.string(),
  failure: problemFields.optional(),
});

export const watchFile = z.object({
  told: z.union([z.array(alarmGroup).transform(ungroupAlarms), alarmsById]),
  clock: z.object({ latest: instantField, backSince: instantField.optional() }).optional(),
  lastCheckAt: instantField.optional(),
  lastHeartbeatAt: instantField.optional(),
  failing: z.array(channelId),
  sourcesDown: z.array(z.string()),
  sources: count,
  notices: z.array(notice),
  waiting: z.array(
    z.object({
      channelId,
      noticeId,
      tries: count,
      nextAt: instantField,
      lastAt: instantField.optional(),
      accepted: z.array(z.string()).optional(),
    }),
  ),
  /** Earlier versions wrote no list. */
  sent: z
    .array(z.unknown())
    .catch([])
    .transform((list) => list.flatMap((each) => sentNotice.safeParse(each).data ?? [])),
  statuses: z.record(channelId as unknown as z.ZodType<string, string>, channelStatus),
});
/** Past reports, queued messages and the channels' status change together, so they share a file. */
export type WatchFile = z.infer<typeof watchFile>;
