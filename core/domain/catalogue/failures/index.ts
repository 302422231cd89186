import type { Failure, FailureId } from '../../failure.ts';
import { F01 } from './F01.ts';
import { F02 } from './F02.ts';
import { F03 } from './F03.ts';
import { F04 } from './F04.ts';
import { F05 } from './F05.ts';
import { F06 } from './F06.ts';
import { F07 } from './F07.ts';
import { F08 } from './F08.ts';
import { F09 } from './F09.ts';
import { F10 } from './F10.ts';
import { F11 } from './F11.ts';
import { F12 } from './F12.ts';
import { F13 } from './F13.ts';
import { F14 } from './F14.ts';
import { F15 } from './F15.ts';
import { F16 } from './F16.ts';
import { F17 } from './F17.ts';
import { F18 } from './F18.ts';
import { F19 } from './F19.ts';
import { F20 } from './F20.ts';
import { F21 } from './F21.ts';
import { F22 } from './F22.ts';
import { F23 } from './F23.ts';
import { F24 } from './F24.ts';
import { F25 } from './F25.ts';
import { F26 } from './F26.ts';
import { F27 } from './F27.ts';
import { F28 } from './F28.ts';
import { F29 } from './F29.ts';
import { F30 } from './F30.ts';
import { F31 } from './F31.ts';
import { F32 } from './F32.ts';
import { F33 } from './F33.ts';
import { F34 } from './F34.ts';
import { F35 } from './F35.ts';
import { F36 } from './F36.ts';

/** Every failure, in the order of their ids. To add one: a file beside this one, its texts, and a line here. */
export const FAILURES: readonly Failure[] = [
  F01,
  F02,
  F03,
  F04,
  F05,
  F06,
  F07,
  F08,
  F09,
  F10,
  F11,
  F12,
  F13,
  F14,
  F15,
  F16,
  F17,
  F18,
  F19,
  F20,
  F21,
  F22,
  F23,
  F24,
  F25,
  F26,
  F27,
  F28,
  F29,
  F30,
  F31,
  F32,
  F33,
  F34,
  F35,
  F36,
];

const BY_ID = new Map<string, Failure>(FAILURES.map((failure) => [failure.id, failure]));

/** A failure by its id, such as `F07`; `undefined` where there is none. */
export function failureOf(id: FailureId): Failure | undefined {
  return BY_ID.get(id);
}
