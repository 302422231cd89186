import { filterRows, firstRows, type BoardFilter, type FilteredBoard } from '../../../core/expiry/model/board.ts';
import type { RowLabels } from '../../../core/expiry/model/board-search.ts';
import { nextFrame } from '../../parts/slices.svelte.ts';

/** Filtering this many rows takes less than a frame. */
const ROWS_PER_FRAME = 50_000;

interface Found {
  /** The rows that pass the filter; during a search, those that passed the previous filter. */
  all: readonly number[];
  /** The first matching rows, during a search; absent if there are too few near the beginning. */
  first?: readonly number[];
  isSearching: boolean;
}

interface Question {
  board: FilteredBoard;
  filter: BoardFilter;
  labels: RowLabels;
}

/**
 * Applies a filter to the board. With very many rows, it is applied in the next frame, so that typed text appears
 * first.
 */
export class FoundRows {
  readonly #rowsPerFrame: number;
  readonly #untilDrawn: () => Promise<unknown>;
  #question: Question | undefined;
  #found: Found = { all: [], isSearching: false };
  #answers = $state(0);

  constructor(rowsPerFrame = ROWS_PER_FRAME, untilDrawn: () => Promise<unknown> = nextFrame) {
    this.#rowsPerFrame = rowsPerFrame;
    this.#untilDrawn = untilDrawn;
  }

  /**
   * Returns the rows that pass the filter, for use in a derived state. `drawn` returns how many rows are drawn at
   * first.
   */
  search(question: Question, drawn: () => number): Found {
    void this.#answers;
    const { board, filter, labels } = question;
    const former = this.#question;
    const isSameBoard = former !== undefined && isSame(former.board, board);
    if (isSameBoard && former.filter === filter && former.labels === labels) return this.#found;
    this.#question = question;
    if (!isSameBoard || board.rows.length <= this.#rowsPerFrame)
      this.#found = { all: filterRows(board, filter, labels), isSearching: false };
    else {
      this.#found = { ...this.#found, first: firstRows(board, filter, labels, drawn()), isSearching: true };
      void this.#find(question);
    }
    return this.#found;
  }

  async #find(question: Question): Promise<void> {
    await this.#untilDrawn();
    if (this.#question !== question) return;
    const { board, filter, labels } = question;
    this.#found = { all: filterRows(board, filter, labels), isSearching: false };
    this.#answers += 1;
  }
}

function isSame(left: FilteredBoard, right: FilteredBoard): boolean {
  return left.rows === right.rows && left.states === right.states && left.order === right.order;
}
