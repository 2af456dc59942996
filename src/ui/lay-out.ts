/** What is left for later (`content-visibility` in paper.css). */
const left = '.prose > :is(p, ul, ol, .equation, .symbols), .checks > li';

const whenIdle = (work: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(work) : setTimeout(work, 50);

const isWide = () => matchMedia('(min-width: 700.02px)').matches;
const leave = (piece: HTMLElement) => {
  piece.style.contentVisibility = '';
};

/**
 * Lays out once, piece by piece and while nothing else is to be done, the words and formulas that were not laid out to
 * begin with: their type comes before they are scrolled to, and the length of the page is its true one. In a
 * wide window a piece is then left alone again, with the height that it had (`contain-intrinsic-block-size: auto`).
 */
export function layOutLater(document: Document): void {
  const pieces = [...document.querySelectorAll<HTMLElement>(left)].filter(
    (piece) => getComputedStyle(piece).contentVisibility === 'auto',
  );
  const next = () => {
    const piece = pieces.shift();
    if (!piece) return;
    // What lies above an address that was opened would push it down; it is laid out when it is scrolled to.
    if (piece.getBoundingClientRect().bottom > 0) {
      piece.style.contentVisibility = 'visible';
      // Two frames on its height is known.
      if (isWide()) requestAnimationFrame(() => requestAnimationFrame(() => leave(piece)));
    }
    whenIdle(next);
  };
  const begin = () => whenIdle(next);
  if (document.readyState === 'complete') begin();
  else addEventListener('load', begin, { once: true });
}
