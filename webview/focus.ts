/** Draws, and where the focused element is gone or disabled afterwards, moves the focus to the page's state instead of losing it. */
export function keepFocus(root: HTMLElement, draw: () => void): void {
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  draw();
  if (focused && (!focused.isConnected || isDisabled(focused)))
    document.getElementById('state')?.focus({ preventScroll: true });
}

/** Also of the toolkit's elements, which say it the same way. */
function isDisabled(element: Element): boolean {
  return element.hasAttribute('disabled') || element.getAttribute('aria-disabled') === 'true';
}

/** Keeps what is scrolled into view, or has the focus, from lying under the bar. Set by CSSOM: the policy allows no inline style. */
export function makeRoomForBar(root: HTMLElement): void {
  const bar = root.querySelector('.bar');
  const sticky = bar !== null && getComputedStyle(bar).position === 'sticky';
  const room = sticky ? bar.getBoundingClientRect().height + 16 : 16;
  document.documentElement.style.setProperty('scroll-padding-bottom', `${Math.ceil(room)}px`);
}

let followed = '';

/**
 * Brings a step into view once, when it becomes the running one; the operator may scroll away from it. At once, not
 * smoothly: steps follow each other faster than a page glides.
 */
export function scrollToStep(id: string): void {
  if (id === followed) return;
  followed = id;
  document.getElementById(`step-${id}`)?.scrollIntoView({ block: 'nearest' });
}

/** Once a run that was followed has ended: its result stands at the top, far above its last step. */
export function scrollToResult(): void {
  if (followed === '') return;
  followed = '';
  scrollToTop();
}

export function scrollToTop(): void {
  document.querySelector('h1')?.scrollIntoView({ block: 'start' });
}

/** Shows an element, whatever closed section it stands in, and gives it the focus. */
export function reveal(id: string): void {
  const target = document.getElementById(id);
  for (let part = target?.parentElement; part; part = part.parentElement) {
    if (part instanceof HTMLDetailsElement) part.open = true;
  }
  target?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
}
