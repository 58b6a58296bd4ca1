"""Blocks dealt onto pages, so that none sticks out, and no page holds a single bullet or row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camcensus.report.pdf.laid import LaidBlock

type Page = list[tuple[LaidBlock, float]]
"""Blocks with their distance from the top of the page."""

LEFT_OVER = 1 / 4
"""A page that holds one thing no higher than this part of it is left over from the page before."""
THIN = 1 / 8
"""So is a page that is no fuller than this, whatever is on it."""
SHORT = 2 / 5
"""A last page no fuller than this is avoided where less white between the blocks does it."""
LOWER = (0.9, 0.8, 0.7, 0.6, 0.5)
"""Parts of its height that the page before is given, until so much goes on that the last page is not left over."""
TIGHTER = (0.75, 0.5)
"""Parts of the white between blocks that are tried where a page would be left over."""


def deal(blocks: Sequence[LaidBlock], height: float) -> list[Page]:
    """Blocks onto pages of `height`: for each page the blocks with their distance from its top.

    A block that keeps the next one moves on with it; a block too high for what is left is parted where it allows, else moved.
    Where the last page before a new beginning holds next to nothing, the white between blocks shrinks, or the page before
    ends sooner, or the new beginning follows on it; a beginning that is no more than that begins no page.
    """
    pages: list[Page] = []
    before: list[LaidBlock] = []
    for begun in _runs(blocks):
        run, dealt = begun, _settled(begun, height)
        if before and (_is_alone(dealt, height) or _is_left_over(pages[-1], height)):
            del pages[-len(_settled(before, height)) :]
            run = [*before, *begun]
            dealt = _settled(run, height)
        pages += dealt
        before = run
    return pages or [[]]


def fit_a_page(blocks: Sequence[LaidBlock], height: float) -> bool:
    """Whether blocks that begin a page fit it with all their white: whatever comes after them."""
    return len(_dealt(blocks, height)) == 1


def _runs(blocks: Sequence[LaidBlock]) -> Iterator[list[LaidBlock]]:
    """The blocks from one that begins a page to the next that does."""
    run: list[LaidBlock] = []
    for block in blocks:
        if block.new_page and run:
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _is_alone(pages: Sequence[Page], height: float) -> bool:
    return len(pages) == 1 and _is_left_over(pages[0], height)


def _is_left_over(page: Page, height: float) -> bool:
    filled = _filled(page)
    return filled <= height * THIN or (sum(block.things for block, _ in page) <= 1 and filled <= height * LEFT_OVER)


def _filled(page: Page) -> float:
    return page[-1][1] + page[-1][0].height if page else 0.0


def _settled(run: Sequence[LaidBlock], height: float) -> list[Page]:
    pages = _dealt(run, height)
    left_over = _is_left_over(pages[-1], height)
    if len(pages) < 2 or not (left_over or _filled(pages[-1]) <= height * SHORT):
        return pages
    for white in TIGHTER:
        tighter = _dealt(run, height, white)
        if len(tighter) < len(pages):
            return tighter
    for part in LOWER if left_over else ():
        evened = _dealt(run, height, before_last=(len(pages) - 2, height * part))
        if len(evened) == len(pages) and not _is_left_over(evened[-1], height):
            return evened
    return pages


def _dealt(
    blocks: Sequence[LaidBlock], height: float, white: float = 1.0, *, before_last: tuple[int, float] = (-1, 0.0)
) -> list[Page]:
    """One after the other; `white` is the part of the white between them that is left. The first begins its page already.

    `before_last` is the place of a page that ends sooner, and how high it is.
    """
    whole = height
    pages: list[Page] = [[]]
    y = gap = 0.0
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        block.followed = bool(waiting)
        page = pages[-1]
        height = before_last[1] if len(pages) - 1 == before_last[0] else whole
        start = y + max(gap, block.before) * white if page else 0.0
        if page and start + _needed(block, waiting, white) > height + 0.01:
            pages.append([])
            y = gap = start = 0.0
            page, height = pages[-1], before_last[1] if len(pages) - 1 == before_last[0] else whole
        if start + block.height > height + 0.01:
            parts = block.split(height - start)
            if parts is not None:
                block, rest = parts
                waiting.append(rest)  # on the next page, also where its first row would still fit here
                page.append((block, start))
                pages.append([])
                y = gap = 0.0
                continue
            if page:
                waiting.append(block)
                pages.append([])
                y = gap = 0.0
                continue
        page.append((block, start))
        y, gap = start + block.height, block.after
    return pages


def _needed(block: LaidBlock, waiting: Sequence[LaidBlock], white: float) -> float:
    """The height that has to be free: of a block that keeps the next one, with the least of what it keeps."""
    needed = 0.0
    ahead = len(waiting)
    while block.keeps_next and ahead:
        ahead -= 1
        needed += block.height + max(block.after, waiting[ahead].before) * white
        block = waiting[ahead]
    return needed + block.least
