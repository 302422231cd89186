import type { Instant } from '../shared/instant.ts';

/* Times are in UTC. Source: RFC 5545. */

/** Longest line in octets, without the line ending. Source: RFC 5545 section 3.1. */
const MOST_OCTETS = 75;
const encoder = new TextEncoder();

const ALARMS = ['-P1D', '-PT1H'];

export interface CalendarEvent {
  /** Lets a repeated import update the existing event. */
  uid: string;
  /** The time at which the event was computed. */
  stamp: Instant;
  start: Instant;
  end: Instant;
  summary: string;
  description: string;
}

/** Writes a calendar; the same events always yield the same bytes. */
export function calendarText(
  events: readonly CalendarEvent[],
  { name, language }: { name: string; language: string },
): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Arcwarden//Maintenance//${language.toUpperCase()}`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`,
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${foldLine(line)}\r\n`).join('');
}

function eventLines({ uid, stamp, start, end, ...texts }: CalendarEvent): string[] {
  const summary = escapeText(texts.summary);
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${utcText(stamp)}`,
    `DTSTART:${utcText(start)}`,
    `DTEND:${utcText(end)}`,
    `SUMMARY:${summary}`,
    `DESCRIPTION:${escapeText(texts.description)}`,
    'CATEGORIES:MAINTENANCE',
    'TRANSP:OPAQUE',
    ...ALARMS.flatMap((trigger) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${summary}`,
      `TRIGGER:${trigger}`,
      'END:VALARM',
    ]),
    'END:VEVENT',
  ];
}

export function utcText(moment: Instant): string {
  return moment.replaceAll(/[-:]/gu, '');
}

/**
 * Escapes a text value. Control characters, which are not allowed, become spaces; unpaired surrogates become U+FFFD.
 * Source: RFC 5545 section 3.3.11.
 */
function escapeText(text: string): string {
  return text
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll(/[\\;,]/gu, (character) => `\\${character}`)
    .replaceAll('\n', '\\n')
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll(/\p{Surrogate}/gu, '\u{FFFD}');
}

/** Splits a line after at most 75 octets of UTF-8, never inside a character. */
function foldLine(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > MOST_OCTETS) {
      pieces.push(piece);
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n');
}
