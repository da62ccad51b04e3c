/** Pages with no operation that goes on behind them; extension/main.ts makes them. */
export const OTHER_PAGES = ['reading', 'silent', 'silent-plan', 'silent-end', 'gone', 'run-gone'] as const;
export type OtherPage = (typeof OTHER_PAGES)[number];
