/** What is left for later (`content-visibility` in paper.css and notebook.css). */
const left = '.prose > :is(p, ul, ol, .equation, .symbols), .cell, .checks > li';

/** Milliseconds of an idle time that a piece may take. */
const apiece = 8;

const whenIdle = (work: (left?: IdleDeadline) => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(work) : setTimeout(work, 50);

const isWide = () => matchMedia('(min-width: 700.02px)').matches;
const leave = (piece: HTMLElement) => {
  piece.style.contentVisibility = '';
};

/** Says, to whoever presses or measures by program, that nothing of the page will move any more by itself. */
const stands = (document: Document) => document.documentElement.toggleAttribute('data-stands', true);

/**
 * Lays out once, piece by piece and while nothing else is to be done, what was not laid out to begin with: its type
 * comes before it is scrolled to, the length of the page is its true one, and nothing moves under a finger that jumped
 * there. In a wide window a piece is then left alone again, with the height that it had
 * (`contain-intrinsic-block-size: auto`); a cell, which changes while it runs, in a narrow one too.
 */
export function layOutLater(document: Document): void {
  const pieces = [...document.querySelectorAll<HTMLElement>(left)].filter(
    (piece) => getComputedStyle(piece).contentVisibility === 'auto',
  );
  const layOut = (piece: HTMLElement) => {
    // What lies above an address that was opened would push it down; it is laid out when it is scrolled to.
    if (piece.getBoundingClientRect().bottom <= 0) return;
    piece.style.contentVisibility = 'visible';
    // Two frames on its height is known.
    if (isWide() || piece.matches('.cell'))
      requestAnimationFrame(() => requestAnimationFrame(() => leave(piece)));
  };
  const next = (left?: IdleDeadline) => {
    // The next piece asks where it lies, which lays out the one before: a fast device does many at once.
    do {
      const piece = pieces.shift();
      if (!piece) return stands(document);
      layOut(piece);
    } while (left && left.timeRemaining() > apiece);
    whenIdle(next);
  };
  const begin = () => whenIdle(next);
  if (document.readyState === 'complete') begin();
  else addEventListener('load', begin, { once: true });
}
