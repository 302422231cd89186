import * as z from 'zod/mini';
import { LAYERS } from '../shared/ids.ts';
import { BOARD_COLUMNS } from './model/board-columns.ts';
import type { BoardSort } from './model/board-order.ts';
import type { BoardFilter } from './model/board.ts';
import { EXPIRY_STATES } from '../knowledge/model/credentials/expiry-state.ts';

export const boardFilter: z.ZodMiniType<BoardFilter> = z.object({
  query: z.string(),
  states: z.array(z.enum(EXPIRY_STATES)),
  layers: z.array(z.enum(LAYERS)),
});
export const boardSort: z.ZodMiniType<BoardSort> = z.object({ column: z.enum(BOARD_COLUMNS), descending: z.boolean() });
