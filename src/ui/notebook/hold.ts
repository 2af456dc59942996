/**
 * Blocks whose words change while a run goes on keep the height they had: what stands below them stays where its
 * reader sees it, and the browser need not place the whole page anew. A window of another width sets them free.
 */
export function createHold() {
  const held = new Set<HTMLElement>();
  addEventListener('resize', () => {
    for (const element of held) element.style.minHeight = '';
    held.clear();
  });

  return (elements: Iterable<HTMLElement>): void => {
    // All are read before any is written.
    const heights = [...elements].map((element) => [element, element.offsetHeight] as const);
    for (const [element, height] of heights) {
      element.style.minHeight = `${height}px`;
      held.add(element);
    }
  };
}
