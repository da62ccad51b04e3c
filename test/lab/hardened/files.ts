/** Seconds after which an isolated primary closes itself: the product's default, which the lab's inventory keeps. */
export const FENCE_SECONDS = 15;
